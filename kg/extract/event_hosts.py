"""Who holds an event, by its name: of 某区…推介会 the district is the organiser (annotation.md)."""

from __future__ import annotations

from collections.abc import Sequence

from kg.extract.entities import DocumentEntity
from kg.extract.facts import Fact
from kg.extract.name_parts import region_names
from kg.extract.phrases import phrase
from kg.model import ACTING_TYPES, LOCAL_TYPES

_CONFIDENCE = 0.6  # 7 of 10 on the training pages
_SUFFIXES = "市省"
_DIVISIONS = tuple("省市区县州旗")
_LONGEST = 12
_OPENED = frozenset({"Park", "Project"})


def with_hosts(
    text: str, entities: Sequence[DocumentEntity], facts: Sequence[Fact]
) -> tuple[list[DocumentEntity], list[Fact]]:
    """Add organizes for the place, park or government that opens an event's name, where no organiser is stated.

    Its participatesIn goes, and so does an organizes of what is opened there. A division that the page names nowhere
    else becomes an entity, behind the others: where such an event of the annotated pages has no other organiser, the
    division is it in 44 of 59.
    """
    facts = [
        f for f in facts if f.label != "organizes" or not _is_opened(entities[f.subject], entities[f.object])
    ]
    organised = {f.object for f in facts if f.label == "organizes"}
    known = list(entities)
    hosts: dict[tuple[int, int], Fact] = {}
    for k, event in enumerate(entities):
        if event.type != "Event" or k in organised or not phrase("hosted_event").search(event.name):
            continue
        at = phrase("event_opening").match(event.name).end()  # type: ignore[union-attr]
        start, end = event.mentions[0]
        host = _opens(event.name[at:], known)
        if (
            host is None
            and (place := _division(text, event, at))
            and not _names_other(event.name[at:], known)
        ):
            host = len(known)
            known.append(place)
        if host is not None and known[host].type in LOCAL_TYPES and not _is_opened(known[host], event):
            hosts[host, k] = Fact("organizes", host, k, _CONFIDENCE, start, end)
    kept = [f for f in facts if f.label != "participatesIn" or (f.subject, f.object) not in hosts]
    return known, [*kept, *hosts.values()]


def _is_opened(host: DocumentEntity, event: DocumentEntity) -> bool:
    """Whether an event is the opening of a park or a project, which does not hold it then."""
    return host.type in _OPENED and any(
        phrase("opening_of_itself").match(title, title.index(name) + len(name))
        for title in (event.name, *event.aliases)
        for name in (host.name, *host.aliases)
        if name in title
    )


def _opens(title: str, entities: Sequence[DocumentEntity]) -> int | None:
    """The place or organisation that opens a title; of 成都市武侯区… the last of the row."""
    last = None
    while True:
        named = [
            (len(form), n)
            for n, entity in enumerate(entities)
            if entity.type in ACTING_TYPES | LOCAL_TYPES
            for form in (entity.name, *entity.aliases)
            if title.startswith(form)
        ]
        if not named:
            return last
        length, last = max(named)
        # 成都 opens 成都市武侯区… too
        title = title[length:].lstrip(_SUFFIXES) if entities[last].type == "Place" else title[length:]


def _names_other(title: str, entities: Sequence[DocumentEntity]) -> bool:
    """Whether a title begins with the name of something that holds no events, such as a project."""
    return any(title.startswith((e.name, *e.aliases)) for e in entities if e.type != "Event")


def _division(text: str, event: DocumentEntity, at: int) -> DocumentEntity | None:
    """The division that the event's name begins with behind ``at``, as an entity where the text has it so."""
    lengths = range(_LONGEST, 1, -1)
    name = next((event.name[at : at + n] for n in lengths if event.name[at : at + n] in region_names()), "")
    if not name.endswith(_DIVISIONS):
        return None
    starts = [start + at for start, _ in event.mentions if text.startswith(name, start + at)]
    spans = tuple((start, start + len(name)) for start in starts)
    return DocumentEntity("Place", name, (), spans, _CONFIDENCE) if spans else None
