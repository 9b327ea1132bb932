"""What a figure cannot state, by its unit and the words right beside it: 三级医院12家 are no firms."""

from __future__ import annotations

from kg.extract.measures import Measure
from kg.extract.phrases import phrase
from kg.extract.stated_figures import COUNTS, counted_with
from kg.extract.structure import Structure
from kg.model import QUANTITY_PROPERTIES

_FIRMS, _PEOPLE = frozenset({"enterpriseCount"}), frozenset({"employeeCount", "attendeeCount"})
_THINGS = ("个", "项")
_STAFF, _LAND = frozenset({"employeeCount"}), frozenset({"landArea"})
_PERSONS, _FIELDS = ("人", "名", "位"), "亩"
_HOUSEHOLDS = "户"
_PRICE = 10_000  # CNY; what costs less is a price or a wage, never one of the properties (165 of 165)
_NOTHING: frozenset[str] = frozenset()
_ALL = frozenset(QUANTITY_PROPERTIES)


def never_stated(structure: Structure, measure: Measure) -> frozenset[str]:
    """The properties that a figure does not state, whatever the pair scorer thinks."""
    if measure.kind == "count":
        return _not_counted(structure, measure)
    text, clause = structure.text, structure.clause_start(measure.start)
    if measure.kind == "money" and (
        measure.value < _PRICE
        or phrase("bound_on_members").match(text, measure.end)
        or _beside(structure, measure, "money_of_nothing")
    ):
        return _ALL
    if measure.kind == "percent" and phrase("share_of_whole").search(text, clause, measure.start):
        return frozenset({"growthRate"})
    planted = text[measure.end - 1] == _FIELDS and _beside(structure, measure, "planted")
    if planted and not phrase("covered_before").search(text, clause, measure.start):
        return _LAND
    return _NOTHING


def _not_counted(structure: Structure, measure: Measure) -> frozenset[str]:
    text, clause = structure.text, structure.clause_start(measure.start)
    unit = text[measure.end - 1]
    if phrase("difference_before").search(text, clause, measure.start):
        return _ALL
    never = COUNTS - counted_with(unit)
    if unit in _THINGS and not _beside(structure, measure, "people_counted"):
        never |= _PEOPLE
    if _FIRMS.isdisjoint(never) and _beside(structure, measure, "institutions_counted"):
        never |= _FIRMS
    if unit in _PERSONS and phrase("passing_people_behind").match(text, measure.end):
        never |= _STAFF
    if unit in _PERSONS and phrase("patients_counted_before").search(text, clause, measure.start):
        never |= _PEOPLE
    if unit == _HOUSEHOLDS and phrase("households_before").search(text, clause, measure.start):
        never |= _FIRMS
    if unit in _PERSONS and _beside(structure, measure, "scholars_counted"):
        never |= _STAFF
    return never


def _beside(structure: Structure, measure: Measure, name: str) -> bool:
    """Whether the words behind a figure, or those of its clause before it, are a phrase."""
    text, clause = structure.text, structure.clause_start(measure.start)
    behind = phrase(f"{name}_behind").match(text, measure.end)
    return bool(behind or phrase(f"{name}_before").search(text, clause, measure.start))
