"""Whose the totals of a signing are: the event's, or those of the one district that a clause speaks of.

At the event of a city 某区三个项目签约，总投资60亿元 tells of the district's share; at the district's own event
it tells of the event.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from kg.extract.entities import DocumentEntity
from kg.extract.name_parts import region_names, strip_division_suffix
from kg.extract.quantities import QuantityFact
from kg.extract.structure import Mention, Structure

_TOTALS = frozenset({"projectCount", "investment"})
_CLAUSE = re.compile(r"[，。；！？：\n,;]")
_SIGNED = re.compile(r"签|开工|动工|动土|落地|落笔|登台")
#: A figure of a year or of all signings so far is none of the event's.
_SO_FAR, _PERIOD = re.compile(r"累计"), re.compile(r"[年月季度]，?$")
_PERIOD_REACH = 6
_LONGEST_DIVISION = 8
_OPENING = 2  # characters of a clause that may stand before the place that it speaks of


def told_of_whom(
    structure: Structure, entities: Sequence[DocumentEntity], figures: Sequence[QuantityFact]
) -> list[QuantityFact]:
    """Figures with totals given to the event or to the place, as its name and theirs say.

    On pages that no model saw 5 of 6 such totals of events were a place's, 3 of 3 of places an event's.
    """
    best: dict[tuple[int, str, float], QuantityFact] = {}
    for figure in figures:
        told = _told(structure, entities, figure)
        key = (told.fact.subject, told.fact.label, told.measure.value)
        if key not in best or told.fact.score > best[key].fact.score:
            best[key] = told
    return list(best.values())


def _told(structure: Structure, entities: Sequence[DocumentEntity], figure: QuantityFact) -> QuantityFact:
    subject = entities[figure.fact.subject]
    if figure.fact.label not in _TOTALS or subject.type not in ("Event", "Place"):
        return figure
    start = figure.measure.start
    named = [m for m in structure.mentions if not m.anaphor and m.entity < len(entities) and m.start < start]
    here = [m for m in named if m.start >= structure.sentence_span(start)[0]]
    if subject.type == "Event":
        other = _part_of_region(structure, subject, here)
    else:
        other = _event_of_place(structure, subject, start, named)
    return figure if other is None else replace(figure, fact=replace(figure.fact, subject=other))


def _part_of_region(structure: Structure, event: DocumentEntity, here: Sequence[Mention]) -> int | None:
    """The one place that opens a clause of the sentence, where the event is named after another region."""
    names = (event.name, *event.aliases)
    if not here or here[-1].type != "Place" or not any(map(_divisions, names)):
        return None
    place, text = here[-1], structure.text
    clause = max((m.end() for m in _CLAUSE.finditer(text, 0, place.start)), default=0)
    alone = structure.group_size[structure.groups[structure.mentions.index(place)]] == 1
    stem = strip_division_suffix(text[place.start : place.end])
    own = any(stem in name for name in names)
    return place.entity if alone and not own and place.start - clause <= _OPENING else None


def _event_of_place(
    structure: Structure, place: DocumentEntity, start: int, named: Sequence[Mention]
) -> int | None:
    """The event named last, where it bears the place's name and the figure's clause tells what the place signed."""
    events = [m for m in named if m.type == "Event"]
    text = structure.text
    clause = max((m.end() for m in _CLAUSE.finditer(text, 0, start)), default=0)
    places = [m for m in named if m.start >= clause and (m.start, m.end) in place.mentions]
    if not events or not places:
        return None
    first = places[0]
    said = text[first.end : start]
    if not _SIGNED.search(said) or _SO_FAR.search(said):
        return None
    if _PERIOD.search(text, max(0, first.start - _PERIOD_REACH), first.start):
        return None
    name = text[events[-1].start : events[-1].end]
    stems = (strip_division_suffix(form) for form in (place.name, *place.aliases))
    return events[-1].entity if any(len(stem) > 1 and stem in name for stem in stems) else None


@cache
def _divisions(name: str) -> frozenset[str]:
    lengths = range(2, _LONGEST_DIVISION + 1)
    parts = {name[at : at + n] for at in range(len(name)) for n in lengths}
    return frozenset(parts & region_names())
