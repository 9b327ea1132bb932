"""Places made of several."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.nested import split_places, with_nested_places
from kg.extract.tagger import TaggedSpan


@pytest.mark.parametrize(
    ("form", "parts"),
    [
        ("重庆市铜梁区", ["重庆市", "铜梁区"]),
        ("天津静海", ["天津", "静海"]),
        ("孝昌县周巷镇", ["孝昌县", "周巷镇"]),
        ("青禾县罗阳镇", ["青禾县", "罗阳镇"]),
        ("青禾乡依博村", ["青禾乡", "依博村"]),
        ("大同市云州区西坪镇", ["大同市", "云州区", "西坪镇"]),
        ("蓬溪县赤城街道", ["蓬溪县", "赤城街道"]),
        ("玉树州囊谦县", ["玉树州", "囊谦县"]),
        ("津市市新洲镇", ["津市市", "新洲镇"]),
        ("攀枝花市东区", ["攀枝花市", "东区"]),
    ],
)
def test_divisions_side_by_side_are_several_places(form: str, parts: list[str]) -> None:
    assert split_places(form) == parts


@pytest.mark.parametrize(
    "form",
    [
        "孝昌县",
        "内蒙古自治区",
        "乐东黎族自治县",
        "东乡族自治县",
        "井陉矿区",
        "独山港镇",
        "沙市区",
        "兰州新区",
        "青禾市东区",
        "青禾市新区",
        "二道白河镇",
        "青禾县产业园区",
        "青禾市经济开发区",
        "雨花台区",
        "中国青禾",
    ],
)
def test_one_division_stays_whole(form: str) -> None:
    assert split_places(form) == []


@given(st.text("县市区镇乡村州青禾兰新东孝昌", max_size=9))
def test_parts_make_the_form(form: str) -> None:
    parts = split_places(form)
    assert "".join(parts) == (form if parts else "") and len(parts) != 1


def test_each_part_is_a_span_of_its_own() -> None:
    text = "位于孝昌县周巷镇"
    found = with_nested_places(text, [TaggedSpan(2, 8, "Place", 0.7)])
    assert [(text[s.start : s.end], s.type, s.score) for s in found] == [
        ("孝昌县", "Place", 0.7),
        ("周巷镇", "Place", 0.7),
    ]
    park = [TaggedSpan(2, 8, "Park", 0.7)]
    assert with_nested_places(text, park) == park


def test_a_hostile_form_takes_no_time() -> None:
    assert split_places("新市县" * 400 + "x") == []
