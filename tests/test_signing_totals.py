"""Whose the totals of a signing are."""

from __future__ import annotations

from kg.extract.entities import DocumentEntity
from kg.extract.quantities import QuantityFact, quantity_facts
from kg.extract.signing_totals import told_of_whom
from tests.extract_scenes import Cast, said, scene, value_named


def totals(text: str, cast: Cast, *told: tuple[str, int, str]) -> dict[str, str]:
    """Whose each figure is after the reading, for figures scored as (property, entity index, phrase)."""
    candidates = scene(text, cast)
    mentions = candidates.structure.mentions
    entities = [
        DocumentEntity(kind, forms[0], (), tuple((m.start, m.end) for m in mentions if m.entity == k), 0.9)  # type: ignore[arg-type]
        for k, (kind, *forms) in enumerate(cast)
    ]
    scores = {(label, k, value_named(candidates, phrase)): 0.8 for label, k, phrase in told}
    found: list[QuantityFact] = quantity_facts(candidates, said(candidates, scores))
    placed = told_of_whom(candidates.structure, entities, found)
    return {text[f.measure.start : f.measure.end]: entities[f.fact.subject].name for f in placed}


CITY = [("Event", "长沙市大健康招商大会"), ("Place", "雨花区")]
OWN = [("Event", "雨花区大健康招商大会"), ("Place", "雨花区")]


def test_a_district_at_the_event_of_its_city_has_its_own_share() -> None:
    text = "在长沙市大健康招商大会上，雨花区三个项目签约，总投资60亿元。"
    told = totals(text, CITY, ("projectCount", 0, "三个"), ("investment", 0, "60亿元"))
    assert told == {"三个": "雨花区", "60亿元": "雨花区"}


def test_the_total_of_all_districts_is_the_events() -> None:
    text = "在长沙市大健康招商大会上，雨花区、天心区三个项目签约。"
    cast = [*CITY, ("Place", "天心区")]
    assert totals(text, cast, ("projectCount", 0, "三个")) == {"三个": "长沙市大健康招商大会"}
    text = "长沙市大健康招商大会在雨花区举行，三个项目签约。"
    assert totals(text, CITY, ("projectCount", 0, "三个")) == {"三个": "长沙市大健康招商大会"}


def test_at_its_own_event_what_the_district_signs_is_the_events() -> None:
    text = "雨花区大健康招商大会昨日举行。会上，雨花区签下7个项目。"
    assert totals(text, OWN, ("projectCount", 1, "7个")) == {"7个": "雨花区大健康招商大会"}


def test_a_districts_figures_of_a_year_stay_its_own() -> None:
    for told in ("今年，雨花区签下7个项目。", "雨花区累计签下7个项目。", "雨花区共有7个项目。"):
        text = f"雨花区大健康招商大会昨日举行。{told}"
        assert totals(text, OWN, ("projectCount", 1, "7个")) == {"7个": "雨花区"}, told


def test_an_event_that_names_no_region_keeps_its_totals() -> None:
    text = "在大健康招商大会上，雨花区三个项目签约。"
    cast = [("Event", "大健康招商大会"), ("Place", "雨花区")]
    assert totals(text, cast, ("projectCount", 0, "三个")) == {"三个": "大健康招商大会"}


def test_other_figures_and_other_subjects_are_left_alone() -> None:
    text = "在长沙市大健康招商大会上，雨花区来了300人，甲药业投资2亿元。"
    cast = [*CITY, ("Firm", "甲药业")]
    told = totals(text, cast, ("attendeeCount", 0, "300人"), ("investment", 2, "2亿元"))
    assert told == {"300人": "长沙市大健康招商大会", "2亿元": "甲药业"}


def test_totals_told_twice_become_one() -> None:
    text = "长沙市大健康招商大会上，雨花区三个项目签约。雨花区的3个项目都是药。"
    told = totals(text, CITY, ("projectCount", 0, "三个"), ("projectCount", 1, "3个"))
    assert list(told.values()) == ["雨花区"]
