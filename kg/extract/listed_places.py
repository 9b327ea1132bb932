"""Divisions in lists of places that the tagger left out: 鹤岗市、黑河市、大兴安岭; 牡丹江、佳木斯、大庆等9个地市."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.extract.name_parts import region_names
from kg.extract.phrases import phrase
from kg.extract.spans import listed_spans
from kg.extract.tagger import TaggedSpan

_CONFIDENCE = (
    0.7  # 73 of 99 divisions of such lists are entities of the annotated pages; the others nobody speaks of
)
_SHORTEST = 2


def with_listed_places(text: str, spans: Sequence[TaggedSpan]) -> list[TaggedSpan]:
    """Spans with the divisions that stand in a list right behind a place, or in one that 等地市 ends.

    Behind a place each is as sure as that.
    """
    result = sorted(spans, key=lambda s: (s.start, s.end))
    ends = {s.end: s.score for s in result if s.type == "Place"}
    taken = {at for s in result for at in range(s.start, s.end)}
    for match in phrase("listed_place").finditer(text):
        start, end = match.span()
        if start - 1 in ends and match[0] in region_names() and taken.isdisjoint(range(start, end)):
            result.append(TaggedSpan(start, end, "Place", ends[start - 1]))
            ends[end] = ends[start - 1]
            taken.update(range(start, end))
    for match in phrase("listed_cities").finditer(text):
        parts = list(_divisions(match[0], match.start()))
        if len(parts) > 1:
            free = [p for p in parts if taken.isdisjoint(range(*p))]
            result += [TaggedSpan(start, end, "Place", _CONFIDENCE) for start, end in free]
            taken.update(at for p in free for at in range(*p))
    return result


def _divisions(listed: str, at: int) -> Iterator[tuple[int, int]]:
    """Spans of the members of a list that end in a division's name; words may stand before it."""
    for start, end in listed_spans(listed, at):
        for length in range(end - start, _SHORTEST - 1, -1):
            if listed[end - at - length : end - at] in region_names():
                yield end - length, end
                break
