"""Mentions made consistent over a document."""

from __future__ import annotations

from itertools import pairwise

import pytest

from kg.extract.mentions import clean_mentions
from kg.extract.tagger import TaggedSpan


def spans_of(text: str, *names: tuple[str, str, float]) -> list[TaggedSpan]:
    """The first place of each name, as the tagger would give it."""
    found = []
    for name, kind, score in names:
        at = text.index(name)
        found.append(TaggedSpan(at, at + len(name), kind, score))
    return found


def cleaned(
    text: str, *names: tuple[str, str, float], blocked: list[tuple[int, int]] | None = None
) -> list[str]:
    found = clean_mentions(text, spans_of(text, *names), blocked=blocked or [])
    return [f"{text[s.start : s.end]}/{s.type}@{s.start}" for s in found]


@pytest.mark.parametrize(
    "name",
    [
        "公司",
        "该公司",
        "两家企业",
        "园区",
        "本院",
        "双方",
        "十四五",
        "健康中国",
        "一带一路",
        "2025",
        "……",
        "药",
        "医务部",
        "对外合作处",
        "国际教育学院",
        "中医药学院",
        "科学技术研究院",
        "三大园区项目",
        "战略性新兴产业项目",
        "September",
        "The deal was signed",
        "guests from 9 countries attended",
    ],
)
def test_bare_nouns_and_slogans_are_no_names(name: str) -> None:
    assert cleaned(f"今天{name}签约", (name, "Firm", 0.99)) == []


@pytest.mark.parametrize(
    "name",
    [
        "青禾公司",
        "云杉集团",
        "生命元山",
        "BioBAY",
        "3M",
        "上药",
        "科技部",
        "青禾学院",
        "Qing He Bio",
        "Onyx Pharma",
    ],
)
def test_names_are_kept(name: str) -> None:
    assert cleaned(f"今天{name}签约", (name, "Firm", 0.9)) == [f"{name}/Firm@2"]


def test_repetitions_are_found() -> None:
    text = "青禾医疗签约。青禾医疗说，青禾医疗科技不同。"
    assert cleaned(text, ("青禾医疗", "Firm", 0.9)) == [
        "青禾医疗/Firm@0",
        "青禾医疗/Firm@7",
        "青禾医疗/Firm@13",
    ]


def test_repetitions_do_not_cut_longer_names() -> None:
    text = "青禾医疗科技签约。青禾医疗说。青禾医疗科技走了。"
    found = cleaned(text, ("青禾医疗科技", "Firm", 0.9), ("青禾医疗说", "Firm", 0.9))
    assert found == ["青禾医疗科技/Firm@0", "青禾医疗说/Firm@9", "青禾医疗科技/Firm@15"]


def test_short_and_doubtful_forms_are_not_repeated() -> None:
    assert cleaned("青禾来了，青禾走了", ("青禾", "Firm", 0.9)) == ["青禾/Firm@0"]
    assert cleaned("青禾谷来了，青禾谷走了", ("青禾谷", "Firm", 0.4)) == ["青禾谷/Firm@0"]


def test_nothing_is_taken_from_blocked_text() -> None:
    text = "青禾医疗签约。友情链接：青禾医疗 云杉资本"
    blocked = [(text.index("友情"), len(text))]
    found = cleaned(text, ("青禾医疗", "Firm", 0.9), ("云杉资本", "Investor", 0.9), blocked=blocked)
    assert found == ["青禾医疗/Firm@0"]


def test_one_form_has_the_type_with_more_behind_it() -> None:
    text = "青禾谷、青禾谷、青禾谷"
    places = [TaggedSpan(k, k + 3, kind, score) for k, kind, score in
              [(0, "Park", 0.9), (4, "Park", 0.8), (8, "Firm", 0.6)]]  # fmt: skip
    assert [s.type for s in clean_mentions(text, places, blocked=[])] == ["Park"] * 3
    doubtful = [TaggedSpan(k, k + 3, kind, score) for k, kind, score in
                [(0, "Park", 0.4), (4, "Park", 0.3), (8, "Place", 0.99)]]  # fmt: skip
    assert [s.type for s in clean_mentions(text, doubtful, blocked=[])] == ["Place"] * 3


def test_mentions_come_in_order_and_apart() -> None:
    text = "云杉资本投资青禾医疗，青禾医疗感谢云杉资本"
    found = clean_mentions(
        text, spans_of(text, ("青禾医疗", "Firm", 0.9), ("云杉资本", "Investor", 0.9)), blocked=[]
    )
    assert [s.start for s in found] == sorted(s.start for s in found)
    assert all(a.end <= b.start for a, b in pairwise(found))


@pytest.mark.parametrize(
    ("name", "guess", "kind"),
    [
        ("远山第一医院", "Firm", "MedicalInstitution"),
        ("青禾创业投资发展有限公司", "Firm", "Investor"),
        ("远山股权投资合伙企业（有限合伙）", "Firm", "Investor"),
        ("远山投资控股集团", "Firm", "Firm"),
        ("青禾产业投资有限公司", "Firm", "Firm"),
        ("远山制药", "Product", "Firm"),
        ("医院", "MedicalInstitution", "MedicalInstitution"),
    ],
)
def test_some_endings_settle_the_type(name: str, guess: str, kind: str) -> None:
    (found,) = clean_mentions(name, [TaggedSpan(0, len(name), guess, 0.9)], blocked=())
    assert found.type == kind


def test_the_marks_of_a_caption_are_no_part_of_a_name() -> None:
    text = "△青禾基地集团"
    (found,) = clean_mentions(text, [TaggedSpan(0, len(text), "Firm", 0.9)], blocked=())
    assert text[found.start : found.end] == "青禾基地集团"
