"""Leaders of places: 某市委副书记、市长张三 leads 某市 too, though only its Party committee is named."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.extract.entities import DocumentEntity
from kg.extract.facts import Fact

_CONFIDENCE = 0.85  # 43 of 48 such leaders of the training pages; 19 of 19 where the government is named
_COMMITTEE = re.compile(r"(?P<place>.*(?P<level>[省市区县州盟旗]))委")
_REACH = 24
_PUNCTUATION = re.compile(r"[，。；！？\n]")


def with_leaders(text: str, entities: Sequence[DocumentEntity], facts: Sequence[Fact]) -> list[Fact]:
    """Add hasRole at the government of a place, or else at the place, for who leads it beside its Party committee.

    annotation.md: a leader with a title but no body named belongs to the body if the text names it, else to the Place.
    """
    named = {(e.type, form): k for k, e in enumerate(entities) for form in (e.name, *e.aliases)}
    persons = sorted((*m, k) for k, e in enumerate(entities) if e.type == "Person" for m in e.mentions)
    stated = {(f.subject, f.object) for f in facts if f.label == "hasRole"}
    added: dict[tuple[int, int], Fact] = {}
    for body in entities:
        for start, end in body.mentions if body.type == "GovernmentBody" else ():
            match = _COMMITTEE.fullmatch(text[start:end])
            person = next((p for p in persons if p[0] >= end), None)
            if match is None or person is None or person[0] - end > _REACH:
                continue
            title = text[end : person[0]]
            if _PUNCTUATION.search(title) or not re.search(rf"、[^、]{{0,4}}{match['level']}长", title):
                continue
            led = _led(match["place"], named)
            if led is not None and (person[2], led) not in stated:
                added[person[2], led] = Fact("hasRole", person[2], led, _CONFIDENCE, start, person[1])
    return [*facts, *added.values()]


def _led(place: str, named: dict[tuple[str, str], int]) -> int | None:
    for form in (f"{place}人民政府", f"{place}政府"):
        if ("GovernmentBody", form) in named:
            return named["GovernmentBody", form]
    return named.get(("Place", place), named.get(("Place", place[:-1])))
