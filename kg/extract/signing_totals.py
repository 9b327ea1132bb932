"""Whose the totals of a signing are: the event's, or those of the one district that a clause speaks of.

At the event of a city 某区三个项目签约，总投资60亿元 tells of the district's share; at the district's own event
it tells of the event.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kg.extract.entities import DocumentEntity
from kg.extract.name_parts import names_region, strip_division_suffix
from kg.extract.phrases import phrase
from kg.extract.quantities import QuantityFact, strongest
from kg.extract.structure import Structure

_TOTALS = frozenset({"projectCount", "investment"})
_PERIOD_REACH = 6
_OPENING = 2  # characters of a clause that may stand before the place that it speaks of


def told_of_whom(
    structure: Structure, entities: Sequence[DocumentEntity], figures: Sequence[QuantityFact]
) -> list[QuantityFact]:
    """Figures with totals given to the event or to the place, as its name and theirs say.

    On pages that no model saw 5 of 6 such totals of events were a place's, 3 of 3 of places an event's.
    """
    return strongest(_told(structure, entities, f) for f in figures)


def _told(structure: Structure, entities: Sequence[DocumentEntity], figure: QuantityFact) -> QuantityFact:
    subject = entities[figure.fact.subject]
    if figure.fact.label not in _TOTALS or subject.type not in ("Event", "Place"):
        return figure
    start = figure.measure.start
    named = [
        k
        for k, m in enumerate(structure.mentions)
        if not m.anaphor and m.entity < len(entities) and m.start < start
    ]
    if subject.type == "Event":
        other = _part_of_region(structure, subject, start, named)
    else:
        other = _event_of_place(structure, subject, start, named)
    return figure if other is None else replace(figure, fact=replace(figure.fact, subject=other))


def _part_of_region(
    structure: Structure, event: DocumentEntity, start: int, named: Sequence[int]
) -> int | None:
    """The one place that opens a clause of the sentence, where the event is named after another region.

    named: numbers of the names before the figure, which stands at ``start``.
    """
    if not named:
        return None
    place = structure.mentions[named[-1]]
    if place.type != "Place" or structure.sentence(place.start) != structure.sentence(start):
        return None
    names = (event.name, *event.aliases)
    stem = strip_division_suffix(structure.text[place.start : place.end])
    if not any(map(names_region, names)) or any(stem in name for name in names):
        return None
    alone = structure.group_size[structure.groups[named[-1]]] == 1
    opens = place.start - structure.clause_start(place.start) <= _OPENING
    return place.entity if alone and opens else None


def _event_of_place(
    structure: Structure, place: DocumentEntity, start: int, named: Sequence[int]
) -> int | None:
    """The event named last, where it bears the place's name and the figure's clause tells what the place signed."""
    text, mentions = structure.text, [structure.mentions[k] for k in named]
    clause = structure.clause_start(start)
    events = [m for m in mentions if m.type == "Event"]
    places = [m for m in mentions if m.start >= clause and (m.start, m.end) in place.mentions]
    if not events or not places:
        return None
    first = places[0]
    said = text[first.end : start]
    if not phrase("signed_or_begun").search(said) or phrase("so_far").search(said):
        return None
    if phrase("period_end").search(text, max(0, first.start - _PERIOD_REACH), first.start):
        return None
    name = text[events[-1].start : events[-1].end]
    stems = (strip_division_suffix(form) for form in (place.name, *place.aliases))
    return events[-1].entity if any(len(stem) > 1 and stem in name for stem in stems) else None
