"""Divisions in the middle of a list of places that the tagger left out: 鹤岗市、黑河市、大兴安岭."""

from __future__ import annotations

from collections.abc import Sequence

from kg.extract.name_parts import region_names
from kg.extract.phrases import phrase
from kg.extract.tagger import TaggedSpan


def with_listed_places(text: str, spans: Sequence[TaggedSpan]) -> list[TaggedSpan]:
    """Spans with the divisions that stand in a list right behind a place; each is as sure as the place before it."""
    result = sorted(spans, key=lambda s: (s.start, s.end))
    ends = {s.end: s.score for s in result if s.type == "Place"}
    taken = {at for s in result for at in range(s.start, s.end)}
    for match in phrase("listed_place").finditer(text):
        start, end = match.span()
        if start - 1 in ends and match[0] in region_names() and taken.isdisjoint(range(start, end)):
            result.append(TaggedSpan(start, end, "Place", ends[start - 1]))
            ends[end] = ends[start - 1]
    return result
