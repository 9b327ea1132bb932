"""Uncertain names that no fact uses."""

import pytest

from kg.extract.agreements import AgreementFact
from kg.extract.entities import DocumentEntity
from kg.extract.facts import Fact
from kg.extract.measures import find_measures
from kg.extract.quantities import QuantityFact
from kg.extract.unused import facts_among, kept_entities


def entity(kind: str, score: float) -> DocumentEntity:
    return DocumentEntity(kind, "云仓物流", (), ((0, 4),), score)


@pytest.mark.parametrize(
    ("kind", "score", "kept"),
    [
        ("Firm", 0.89, False),
        ("Firm", 0.91, True),
        ("Park", 0.6, False),
        ("ResearchInstitution", 0.6, False),
        ("Place", 0.69, False),
        ("Place", 0.71, True),
        ("Person", 0.4, True),
        ("Event", 0.4, True),
    ],
)
def test_a_doubtful_firm_park_institute_or_place_without_facts_goes(
    kind: str, score: float, kept: bool
) -> None:
    assert kept_entities([entity(kind, score)], [], [], []) == ([0] if kept else [])


def test_whatever_a_fact_uses_stays() -> None:
    doubtful = [entity("Firm", 0.4) for _ in range(7)]
    relation = Fact("investsIn", 0, 1, 0.5, 0, 4)
    act = AgreementFact((2, 3), "other", "signed", None, None, None, 0.5, 0, 4)
    at_event = AgreementFact((3,), "other", "signed", None, 4, None, 0.5, 0, 4)
    (measure,) = find_measures("投资3亿元")
    figure = QuantityFact(Fact("investment", 5, 9, 0.5, 0, 4), measure, None)
    assert kept_entities(doubtful, [relation], [act, at_event], [figure]) == [0, 1, 2, 3, 4, 5]


def test_a_doubtful_relation_of_a_doubtful_name_goes_with_it() -> None:
    entities = [entity("Firm", 0.4), entity("Firm", 0.95), entity("Firm", 0.4)]
    doubtful, stated = Fact("investsIn", 0, 1, 0.25, 0, 4), Fact("investsIn", 2, 1, 0.35, 0, 4)
    kept = kept_entities(entities, [doubtful, stated], [], [])
    assert kept == [1, 2]
    assert facts_among(kept, [doubtful, stated]) == [stated]
