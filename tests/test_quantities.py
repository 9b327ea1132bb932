"""Figures of entities: each figure says one thing of one subject."""

from __future__ import annotations

import pytest

from kg.extract.candidates import Candidates, find_candidates
from kg.extract.facts import thresholds
from kg.extract.quantities import quantity_facts
from kg.extract.structure import Mention
from tests.extract_scenes import said, scene, value_named

TEXT = "青禾园区占地90亩，2023年产值12亿元，同比增长8%。甲药业投资2亿元。"
CAST = [("Park", "青禾园区"), ("Firm", "甲药业")]


def stated(
    candidates: Candidates, labels: dict[tuple[str, int, int], float]
) -> list[tuple[int, str, float, str, str | None]]:
    found = quantity_facts(candidates, said(candidates, labels))
    return [(q.fact.subject, q.fact.label, q.measure.value, q.measure.unit, q.date) for q in found]


def test_figures_with_their_subjects_properties_and_dates() -> None:
    candidates = scene(TEXT, CAST)
    area, output, growth, money = (value_named(candidates, v) for v in ("90亩", "12亿元", "8%", "2亿元"))
    labels = {
        ("landArea", 0, area): 0.9,
        ("outputValue", 0, output): 0.8,
        ("growthRate", 0, growth): 0.7,
        ("investment", 1, money): 0.9,
    }
    assert stated(candidates, labels) == [
        (0, "landArea", 60_000, "m2", None),
        (0, "outputValue", 1.2e9, "CNY", "2023"),
        (0, "growthRate", 8, "percent", "2023"),
        (1, "investment", 2e8, "CNY", None),
    ]


def test_the_quote_holds_subject_and_figure() -> None:
    candidates = scene(TEXT, CAST)
    labels = {("outputValue", 0, value_named(candidates, "12亿元")): 0.9}
    output, growth = quantity_facts(candidates, said(candidates, labels))
    for found, label in ((output, "outputValue"), (growth, "growthRate")):
        assert found.fact.label == label
        assert TEXT[found.fact.start : found.fact.end] == "青禾园区占地90亩，2023年产值12亿元，同比增长8%。"


def test_a_figure_says_one_thing_of_one_subject() -> None:
    candidates = scene(TEXT, CAST)
    money = value_named(candidates, "2亿元")
    labels = {("fundSize", 1, money): 0.7, ("investment", 0, money): 0.8, ("investment", 1, money): 0.9}
    assert [row[:2] for row in stated(candidates, labels)] == [(1, "investment")]


def test_a_doubtful_figure_is_not_given() -> None:
    candidates = scene(TEXT, CAST)
    money = value_named(candidates, "2亿元")
    assert stated(candidates, {("investment", 1, money): thresholds()["investment"] - 0.05}) == []


def test_a_figure_said_twice_is_one_quantity() -> None:
    candidates = scene("青禾园区占地90亩。90亩的青禾园区今天开园。", CAST[:1])
    first, second = (k for k in candidates.values)
    found = quantity_facts(
        candidates, said(candidates, {("landArea", 0, first): 0.6, ("landArea", 0, second): 0.9})
    )
    assert [q.fact.score > 0.8 for q in found] == [True]
    different = scene("青禾园区占地90亩，二期占地60亩。", CAST[:1])
    labels = {("landArea", 0, value): 0.9 for value in different.values}
    assert len(stated(different, labels)) == 2


def test_no_figures_no_quantities() -> None:
    empty = scene("今天没有新闻。", [])
    assert quantity_facts(empty, said(empty, {})) == []


def test_words_beside_a_figure_settle_what_the_scorer_mixes_up() -> None:
    text = "青禾园区占地9万平方米，营收12亿元，投资2亿元。"
    candidates = scene(text, [("Park", "青禾园区")])
    area, revenue, money = (value_named(candidates, v) for v in ("9万平方米", "12亿元", "2亿元"))
    labels = {("floorArea", 0, area): 0.9, ("outputValue", 0, revenue): 0.8, ("fundSize", 0, money): 0.8}
    assert [label for _, label, *_ in stated(candidates, labels)] == ["landArea", "revenue", "fundSize"]


def test_money_right_behind_a_project_is_put_into_it() -> None:
    text = "签约的有甲药业颗粒项目5亿元、乙药业试剂项目（2亿元），会后再谈3亿元。"
    candidates = scene(text, [("Project", "甲药业颗粒项目"), ("Project", "乙药业试剂项目")])
    assert stated(candidates, {}) == [
        (0, "investment", 5e8, "CNY", None),
        (1, "investment", 2e8, "CNY", None),
    ]
    first = value_named(candidates, "5亿元")
    assert stated(candidates, {("financing", 0, first): 0.9})[0][1] == "financing"


@pytest.mark.parametrize(
    "told", ["亩均产值1000万元", "平均单体规模1000万元", "平均每亩投资600万元、产值1000万元"]
)
def test_a_figure_for_each_unit_is_none_of_the_whole(told: str) -> None:
    text = f"青禾园区{told}，年产值5亿元。"
    candidates = scene(text, [("Park", "青禾园区")])
    labels = {("outputValue", 0, value_named(candidates, v)): 0.9 for v in ("1000万元", "5亿元")}
    assert [value for _, _, value, *_ in stated(candidates, labels)] == [5e8]


def test_a_figure_before_a_name_belongs_to_that_name() -> None:
    text = "园区先后引进投资2亿元的甲颗粒项目、投资8亿元的乙颗粒项目。30亩的丙园开工，规模5亿元的丁基金到场。"
    cast = [("Project", "甲颗粒项目"), ("Project", "乙颗粒项目"), ("Park", "丙园"), ("Investor", "丁基金")]
    candidates = scene(text, cast)
    wrong = {("investment", 0, value_named(candidates, "8亿元")): 0.8}
    found = {row[:3] for row in stated(candidates, wrong)}
    assert found == {
        (0, "investment", 2e8),
        (1, "investment", 8e8),
        (2, "landArea", 20_000),
        (3, "fundSize", 5e8),
    }


def test_a_figure_before_a_project_that_opens_with_its_firm_is_the_projects() -> None:
    text = "投资8亿元的青禾药业颗粒项目开工。"
    mentions = [Mention(6, 10, "Firm", 0), Mention(6, 14, "Project", 1)]
    candidates = find_candidates(text, mentions, entity_types=["Firm", "Project"])
    assert [row[:2] for row in stated(candidates, {})] == [(1, "investment")]


def test_a_figure_before_a_name_keeps_the_property_that_was_scored() -> None:
    candidates = scene("建筑面积3万平方米的丙园开工。", [("Park", "丙园")])
    floor = {("floorArea", 0, value_named(candidates, "3万平方米")): 0.8}
    assert [row[:2] for row in stated(candidates, floor)] == [(0, "floorArea")]


def test_where_a_word_says_the_property_the_subject_that_stands_out_is_enough() -> None:
    text = "甲药业年产值5亿元。乙药业到场。"
    candidates = scene(text, [("Firm", "甲药业"), ("Firm", "乙药业")])
    output, least = value_named(candidates, "5亿元"), thresholds()["outputValue"]
    clear = {("outputValue", 0, output): least / 2, ("outputValue", 1, output): 0.02}
    assert [row[:2] for row in stated(candidates, clear)] == [(0, "outputValue")]
    even = {("outputValue", 0, output): least / 2, ("outputValue", 1, output): least / 2}
    assert stated(candidates, even) == []


def test_without_such_a_word_a_doubtful_figure_stays_out() -> None:
    candidates = scene("甲药业共5亿元。", [("Firm", "甲药业")])
    labels = {("outputValue", 0, value_named(candidates, "5亿元")): thresholds()["outputValue"] / 2}
    assert stated(candidates, labels) == []
