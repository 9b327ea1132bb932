"""Sentences, clauses and enumerations around mentions."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.segments import lines, packed
from kg.extract.structure import Mention, Structure
from tests.extract_scenes import Cast, structure_of


def groups(text: str, cast: Cast) -> list[list[str]]:
    s = structure_of(text, cast)
    found: dict[int, list[str]] = {}
    for mention, group in zip(s.mentions, s.groups, strict=True):
        found.setdefault(group, []).append(text[mention.start : mention.end])
    return list(found.values())


def test_sentences_and_clauses() -> None:
    text = "甲公司签约，乙公司旁观。丙公司\n丁公司！"
    s = Structure(text, [])
    assert [text[slice(*s.sentence_span(text.index(c)))] for c in "甲乙丙丁"] == [
        "甲公司签约，乙公司旁观。",
        "甲公司签约，乙公司旁观。",
        "丙公司",
        "丁公司！",
    ]
    assert [s.sentence(text.index(c)) for c in "甲乙丙丁"] == [0, 0, 1, 2]
    assert [s.clause(text.index(c)) for c in "甲乙丙丁"] == [0, 1, 2, 3]
    assert [s.clause_start(text.index(c) + 1) for c in "甲乙丙丁"] == [text.index(c) for c in "甲乙丙丁"]


@given(st.text(alphabet="甲乙。！\n，", max_size=30), st.data())
def test_every_character_lies_in_the_span_of_its_sentence(text: str, data: st.DataObject) -> None:
    if not text:
        return
    s = Structure(text, [])
    at = data.draw(st.integers(0, len(text) - 1))
    start, end = s.sentence_span(at)
    assert start <= at < end or text[at] == "\n"
    assert "\n" not in text[start:end]


@pytest.mark.parametrize(
    ("text", "cast", "expected"),
    [
        ("甲公司、乙公司和丙公司签约", [("Firm", "甲公司"), ("Firm", "乙公司"), ("Firm", "丙公司")],
         [["甲公司", "乙公司", "丙公司"]]),
        ("“甲公司”、“乙公司”签约", [("Firm", "甲公司"), ("Firm", "乙公司")], [["甲公司", "乙公司"]]),
        ("甲公司（原丁厂）、乙公司签约", [("Firm", "甲公司"), ("Firm", "乙公司")], [["甲公司", "乙公司"]]),
        ("甲公司、乙大学", [("Firm", "甲公司"), ("ResearchInstitution", "乙大学")], [["甲公司", "乙大学"]]),
        ("甲公司、张三", [("Firm", "甲公司"), ("Person", "张三")], [["甲公司"], ["张三"]]),
        ("甲公司与园区内的乙公司", [("Firm", "甲公司"), ("Firm", "乙公司")], [["甲公司"], ["乙公司"]]),
        ("张三、李四、王五出席", [("Person", "张三"), ("Person", "李四"), ("Person", "王五")],
         [["张三", "李四", "王五"]]),
        ("甲公司\n乙公司", [("Firm", "甲公司"), ("Firm", "乙公司")], [["甲公司", "乙公司"]]),
        ("甲药业有限公司（甲药业）、乙公司", [("Firm", "甲药业有限公司", "甲药业"), ("Firm", "乙公司")],
         [["甲药业有限公司", "甲药业", "乙公司"]]),
        ("甲药业有限公司（简称“甲药业”）、乙公司", [("Firm", "甲药业有限公司", "甲药业"), ("Firm", "乙公司")],
         [["甲药业有限公司", "甲药业", "乙公司"]]),
    ],
)  # fmt: skip
def test_enumerations(text: str, cast: Cast, expected: list[list[str]]) -> None:
    assert groups(text, cast) == expected


def test_an_enumeration_has_one_start_and_one_end() -> None:
    text = "今天甲公司、乙公司（下称乙）签约"
    s = structure_of(text, [("Firm", "甲公司"), ("Firm", "乙公司")])
    (group,) = set(s.groups)
    assert text[s.group_start[group] : s.group_end[group]] == "甲公司、乙公司（下称乙）"
    assert s.group_size[group] == 2


def test_first_mentions_and_frequencies() -> None:
    s = structure_of("甲公司说，乙公司说，甲公司又说", [("Firm", "甲公司"), ("Firm", "乙公司")])
    assert s.first == {0: 0, 1: 1}
    assert s.frequency == {0: 2, 1: 1}


def test_mentions_are_sorted() -> None:
    s = Structure("甲乙", [Mention(1, 2, "Firm", 1), Mention(0, 1, "Firm", 0)])
    assert [m.entity for m in s.mentions] == [0, 1]


@given(st.text(alphabet="甲，。、 \n", max_size=700), st.integers(40, 120))
def test_segments_hold_every_character_but_line_breaks(text: str, longest: int) -> None:
    spans = lines(text, longest=longest)
    assert "".join(text[a:b] for a, b in spans) == text.replace("\n", "")
    assert all(0 < b - a <= longest for a, b in spans)
    whole = packed(text, longest=longest)
    assert "".join(text[a:b] for a, b in whole).replace("\n", "") == text.replace("\n", "")
    assert all(b - a <= longest for a, b in whole)


def test_a_long_line_is_cut_behind_a_full_stop_else_a_comma() -> None:
    text = "甲" * 35 + "。" + "乙" * 35 + "，" + "丙" * 35
    assert [text[a:b][-1] for a, b in lines(text, longest=60)] == ["。", "，", "丙"]
