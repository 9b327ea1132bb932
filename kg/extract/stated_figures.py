"""What figures can state, by what their unit counts and by the type of whom they are told (data/lexicon)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from kg import resources

#: The properties that count something.
COUNTS = frozenset({"projectCount", "enterpriseCount", "employeeCount", "attendeeCount"})


@cache
def _stated(by: str) -> Mapping[str, frozenset[str]]:
    rows = resources.read_tsv(resources.data("lexicon", "stated_figures.tsv"))
    return {
        word: frozenset(row["properties"].split())
        for row in rows
        if row["by"] == by
        for word in row["words"].split()
    }


def counted_with(unit: str) -> frozenset[str]:
    """The properties that a count with a unit (家, 人, 个) can state."""
    return _stated("unit").get(unit, COUNTS)


def stated_of(entity_type: str) -> frozenset[str] | None:
    """The properties that are stated of entities of a type; None where any can be."""
    return _stated("type").get(entity_type)
