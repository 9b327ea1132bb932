"""Persons in rows and run together."""

from __future__ import annotations

from kg.extract.persons import with_persons
from kg.extract.tagger import TaggedSpan


def spans(text: str, *names: tuple[str, str]) -> list[TaggedSpan]:
    return [TaggedSpan(text.index(n), text.index(n) + len(n), kind, 0.9) for n, kind in names]


def forms(text: str, found: list[TaggedSpan]) -> list[tuple[str, str]]:
    return [(text[s.start : s.end], s.type) for s in found]


def test_a_short_name_among_persons_is_a_person() -> None:
    text = "市领导张惠、刘兆亮、孙运锋、来风华出席"
    row = spans(text, ("张惠", "Person"), ("刘兆亮", "Person"), ("孙运锋", "Person"), ("来风华", "Firm"))
    assert {kind for _, kind in forms(text, with_persons(text, row))} == {"Person"}


def test_a_row_of_few_persons_or_of_several_others_stays() -> None:
    text = "张惠、刘兆亮、来风华出席"
    row = spans(text, ("张惠", "Person"), ("刘兆亮", "Person"), ("来风华", "Firm"))
    assert with_persons(text, row) == row
    text = "张惠、刘兆亮、孙运锋、青禾市药业集团出席"
    row = spans(
        text, ("张惠", "Person"), ("刘兆亮", "Person"), ("孙运锋", "Person"), ("青禾市药业集团", "Firm")
    )
    assert with_persons(text, row) == row


def test_names_run_together_are_taken_apart() -> None:
    text = "范远山罗强李青出席签约。会上，范远山、罗强、李青致辞。"
    late = text.index("会上")
    known = [
        TaggedSpan(text.index(n, late), text.index(n, late) + len(n), "Person", 0.9)
        for n in ("范远山", "罗强", "李青")
    ]
    found = with_persons(text, [TaggedSpan(0, 7, "Person", 0.8), *known])
    assert forms(text, found)[:3] == [("范远山", "Person"), ("罗强", "Person"), ("李青", "Person")]
    assert with_persons(text, [TaggedSpan(0, 7, "Person", 0.8)]) == [TaggedSpan(0, 7, "Person", 0.8)]


def test_who_wrote_the_page_is_left_out() -> None:
    for byline in (
        "（周远山 陆青禾）",
        "(记者 周远山)",
        "（周远山/文 陆青禾/图）",
        "（本报记者 周远山 通讯员 陆青禾）",
    ):
        text = f"甲药业开业。{byline}"
        names = [(n, "Person") for n in ("周远山", "陆青禾") if n in text]
        assert with_persons(text, spans(text, *names)) == [], byline
    text = "开业现场。周远山 摄"
    assert with_persons(text, spans(text, ("周远山", "Person"))) == []


def test_others_in_parentheses_stay() -> None:
    for told in ("（周远山）", "（董事长周远山 陆青禾）", "（周远山、陆青禾到场）"):
        text = f"两位高管{told}到场。"
        names = [(n, "Person") for n in ("周远山", "陆青禾") if n in text]
        assert forms(text, with_persons(text, spans(text, *names))) == names, told
    text = "周远山摄取数据。"
    assert forms(text, with_persons(text, spans(text, ("周远山", "Person")))) == [("周远山", "Person")]
