"""Growth right behind a figure."""

from __future__ import annotations

import pytest

from kg.extract.facts import Fact
from kg.extract.growth import with_growth
from tests.extract_scenes import scene, value_named

CAST = [("Park", "青禾药园"), ("Place", "青禾县")]


def grown(text: str, money: tuple[int, float], growth: tuple[int, float] | None) -> list[tuple[str, int]]:
    """(label, subject) of the figures, of which the money and perhaps the growth was told of somebody."""
    candidates = scene(text, CAST)
    first, second = value_named(candidates, "12亿元"), value_named(candidates, "8%")
    stated = {first: Fact("outputValue", money[0], first, money[1], 0, 5)}
    if growth:
        stated[second] = Fact("growthRate", growth[0], second, growth[1], 0, 5)
    return [(f.label, f.subject) for f in with_growth(candidates, stated).values()]


TEXT = "青禾县里，青禾药园去年实现产值12亿元，同比增长8%。"


def test_growth_behind_a_figure_is_told_of_its_subject() -> None:
    both = [("outputValue", 0), ("growthRate", 0)]
    assert grown(TEXT, (0, 0.6), None) == both
    assert grown(TEXT, (0, 0.6), (1, 0.5)) == both


def test_where_the_growth_was_surer_the_figure_follows() -> None:
    assert grown(TEXT, (0, 0.6), (1, 0.7)) == [("outputValue", 1), ("growthRate", 1)]


def test_a_name_right_before_the_figure_holds_it() -> None:
    text = "青禾县产业兴旺，其中青禾药园12亿元，增长8%。"
    assert grown(text, (0, 0.6), (1, 0.9)) == [("outputValue", 0), ("growthRate", 0)]


@pytest.mark.parametrize(
    "behind", ["，净利率8%", "，占全县8%", "。同比增长8%", "，税收下滑，利润增长8%", "，其中出口增长8%"]
)
def test_other_percentages_are_left_alone(behind: str) -> None:
    text = f"青禾县里，青禾药园去年实现产值12亿元{behind}。"
    assert grown(text, (0, 0.6), None) == [("outputValue", 0)]


@pytest.mark.parametrize(
    "behind", ["，增长8%", "，比上年增长8%", "，较去年同期提高8%", "（增长8%）", "，同比增幅达8%"]
)
def test_ways_to_tell_growth(behind: str) -> None:
    text = f"青禾县里，青禾药园去年实现产值12亿元{behind}。"
    assert grown(text, (0, 0.6), None) == [("outputValue", 0), ("growthRate", 0)]
