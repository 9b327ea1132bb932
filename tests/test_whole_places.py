"""The division that figures of 全市 are told of."""

from __future__ import annotations

import pytest

from kg.extract.tagger import TaggedSpan
from kg.extract.whole_places import with_whole_places

TOLD = "\n2022年，全市中药材产值268亿元。"


def places(text: str, *names: tuple[str, str]) -> list[str]:
    given = [TaggedSpan(text.index(n), text.index(n) + len(n), kind, 0.9) for n, kind in names]
    new = [s for s in with_whole_places(text, given) if s not in given]
    assert all(s.type == "Place" for s in new)
    return [text[s.start : s.end] for s in new]


@pytest.mark.parametrize(
    ("name", "kind"),
    [("祁安市人民政府", "GovernmentBody"), ("祁安市委", "GovernmentBody"), ("祁安市第八届人大会议", "Event")],
)
def test_the_division_of_a_body_is_a_place(name: str, kind: str) -> None:
    assert places(name + TOLD, (name, kind)) == ["祁安市"]


def test_only_where_a_figure_is_told_of_all_of_it() -> None:
    body = ("祁安市人民政府", "GovernmentBody")
    assert places(body[0] + "\n全市上下一心。", body) == []
    assert places(body[0] + "\n2022年，全县产值268亿元。", body) == []
    assert places("祁安市政府投资公司" + TOLD, ("祁安市政府投资公司", "Firm")) == []


def test_a_place_that_is_named_needs_no_other() -> None:
    text = "保定市祁安市人民政府" + TOLD
    assert places(text, ("保定市", "Place"), ("祁安市人民政府", "GovernmentBody")) == []


def test_of_two_divisions_none_is_meant() -> None:
    text = "祁安市人民政府、青禾市人民政府" + TOLD
    assert places(text, ("祁安市人民政府", "GovernmentBody"), ("青禾市人民政府", "GovernmentBody")) == []


@pytest.mark.parametrize("name", ["青禾新区管委会", "青禾高新区科技局", "宁夏回族自治区政府"])
def test_zones_and_autonomous_regions_are_no_districts(name: str) -> None:
    assert places(name + TOLD.replace("全市", "全区"), (name, "GovernmentBody")) == []
