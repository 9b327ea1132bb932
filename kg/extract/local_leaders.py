"""Leaders of a division that are named without a post: 市领导张三、李四 lead the city that the page tells of."""

from __future__ import annotations

from collections.abc import Sequence

from kg.extract.entities import DocumentEntity
from kg.extract.facts import Fact
from kg.extract.phrases import phrase
from kg.extract.posts import best_posts, is_open, with_posts

_CONFIDENCE = 0.8  # 22 of 22 such persons of the training pages who have a post have it at the place
_ROW = ("、", "和", "及", "，")


def with_local_leaders(text: str, entities: Sequence[DocumentEntity], facts: Sequence[Fact]) -> list[Fact]:
    """Add hasRole at the place named last of that level, for each person in a row behind 市领导, 区领导 …"""
    persons = {m[0]: (m[1], k) for k, e in enumerate(entities) if e.type == "Person" for m in e.mentions}
    best = best_posts(facts)
    added: dict[int, Fact] = {}
    for match in phrase("local_leaders").finditer(text):
        place = _place_of_level(entities, match["level"], match.start())
        at = match.end()
        while place is not None and at in persons:
            end, person = persons[at]
            if is_open(best.get(person)):
                added.setdefault(person, Fact("hasRole", person, place, _CONFIDENCE, match.start(), end))
            at = end + 1 if text.startswith(_ROW, end) else end
    return with_posts(facts, added)


def _place_of_level(entities: Sequence[DocumentEntity], level: str, at: int) -> int | None:
    """The place some form of which ends in the level's character, of several the one named last before ``at``."""
    named = [
        (max((start for start, _ in e.mentions if start < at), default=-1), k)
        for k, e in enumerate(entities)
        if e.type == "Place" and any(form.endswith(level) for form in (e.name, *e.aliases))
    ]
    return max(named)[1] if named else None
