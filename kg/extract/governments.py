"""Governments that the tagger left out: a division and 人民政府, 行署 or the like make one wherever they stand."""

from __future__ import annotations

from collections.abc import Sequence

from kg.extract.name_parts import region_names
from kg.extract.phrases import phrase
from kg.extract.tagger import TaggedSpan

_CONFIDENCE = 0.9  # 475 of the 483 that stand alone on the annotated pages are entities
_LONGEST_DIVISION = 12


def with_governments(text: str, spans: Sequence[TaggedSpan]) -> list[TaggedSpan]:
    """Spans with the governments that no name covers; what is only the head of one goes."""
    result = list(spans)
    for match in phrase("government").finditer(text):
        start = _division(text, match.start())
        if start is None:
            continue
        inside = [s for s in result if s.start < match.end() and start < s.end]
        if all(start <= s.start and s.end <= match.start() for s in inside):
            result = [s for s in result if s not in inside]
            result.append(TaggedSpan(start, match.end(), "GovernmentBody", _CONFIDENCE))
    return result


def _division(text: str, end: int) -> int | None:
    """Where the division that ends before a word of government begins."""
    for length in range(min(_LONGEST_DIVISION, end), 1, -1):
        if text[end - length : end] in region_names():
            return end - length
    return None
