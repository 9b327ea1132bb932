"""One event a participant: of two events on a page, who is said to be at both is mostly at one of them."""

from __future__ import annotations

from collections.abc import Sequence

from kg.extract.entities import DocumentEntity
from kg.extract.facts import Fact
from kg.extract.phrases import phrase
from kg.extract.tagger import TaggedSpan
from kg.model import ACTING_TYPES

_DOUBT, _SIGNED_THERE = 0.5, 1.25


def without_bare_events(text: str, spans: Sequence[TaggedSpan]) -> list[TaggedSpan]:
    """Spans without events that have no name of their own, where the page names another event.

    Of 1,700 annotated pages 15 have both as entities.
    """
    events = {text[s.start : s.end] for s in spans if s.type == "Event"}
    bare = {name for name in events if phrase("bare_event").fullmatch(name)}
    gone = bare if events - bare else set()
    return [s for s in spans if s.type != "Event" or text[s.start : s.end] not in gone]


def at_one_event(entities: Sequence[DocumentEntity], facts: Sequence[Fact]) -> list[Fact]:
    """Keep the likeliest participatesIn of each entity: 1,212 of 1,272 participants of pages with several events
    are at one alone.

    An event without a name of its own counts for less, one where something is signed for more with organisations. At a
    people's congress, where a government reports what others did, are only persons (on all of four annotated pages).
    """
    facts = [f for f in facts if f.label != "participatesIn" or not _only_told_at(entities, f)]
    best: dict[int, tuple[float, int]] = {}
    for f in facts:
        if f.label == "participatesIn":
            weight = f.score * _weight(entities[f.object].name, entities[f.subject].type)
            best[f.subject] = max(best.get(f.subject, (0.0, -1)), (weight, -f.object))
    return [f for f in facts if f.label != "participatesIn" or best[f.subject][1] == -f.object]


def _only_told_at(entities: Sequence[DocumentEntity], fact: Fact) -> bool:
    congress = phrase("congress").search(entities[fact.object].name)
    return congress is not None and entities[fact.subject].type != "Person"


def _weight(event: str, participant: str) -> float:
    if phrase("bare_event").fullmatch(event) or not phrase("event_kind").search(event):
        return _DOUBT
    return _SIGNED_THERE if "签约" in event and participant in ACTING_TYPES else 1.0
