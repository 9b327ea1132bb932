"""Places that a story is at home in, kept even where no relation uses them."""

from __future__ import annotations

from kg.extract.entities import DocumentEntity

_HEAD = 120  # characters of title and lead


def places_to_keep(found: list[DocumentEntity]) -> list[int]:
    """Indices of places named in the head of the page and at least twice: the home region of the story."""
    return [
        k
        for k, e in enumerate(found)
        if e.type == "Place" and len(e.mentions) > 1 and e.mentions[0][0] < _HEAD
    ]
