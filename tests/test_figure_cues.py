"""What a figure states, by the words beside it."""

from __future__ import annotations

import pytest

from kg.extract.figure_cues import cue_before, cue_behind, is_land
from kg.extract.measures import Measure, find_measures


def only(text: str) -> Measure:
    (measure,) = find_measures(text)
    return measure


@pytest.mark.parametrize(
    ("text", "before", "behind"),
    [
        ("园区占地9.5万平方米", "landArea", None),
        ("总建筑面积约28万平方米", "floorArea", None),
        ("一期占地与总建筑面积28万平方米", "floorArea", None),
        ("集聚企业130家", "enterpriseCount", None),
        ("引来了130余家企业", None, "enterpriseCount"),
        ("营收突破50亿元", "revenue", None),
        ("完成近3亿元融资", None, "financing"),
        ("注册资本5000万元", "other", None),
        ("占地很大，新增12万平方米", None, None),
        ("拿出12亿元。产值可观", None, None),
    ],
)
def test_the_nearest_word_of_the_clause_says_it(text: str, before: str | None, behind: str | None) -> None:
    figure = only(text)
    assert cue_before(text, figure.start, figure.kind) == before
    assert cue_behind(text, figure.end, figure.kind) == behind


def test_a_word_of_another_kind_of_figure_says_nothing() -> None:
    text = "建筑面积里投下3亿元"
    assert cue_before(text, only(text).start, "money") is None


def test_units_of_land() -> None:
    assert is_land("90亩")
    assert is_land("13.2平方公里")
    assert not is_land("13.2万平方米")
