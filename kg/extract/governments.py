"""Governments that the tagger left out: a division and 人民政府, 行署 or the like make one wherever they stand."""

from __future__ import annotations

from collections.abc import Sequence

from kg.extract.name_parts import region_names
from kg.extract.phrases import phrase
from kg.extract.tagger import TaggedSpan

_CONFIDENCE = 0.9  # 475 of the 480 that stand alone on the annotated pages are entities
_LONGEST_DIVISION = 12
_DIVISIONS = tuple("市县区州省旗")


def with_governments(text: str, spans: Sequence[TaggedSpan]) -> list[TaggedSpan]:
    """Spans with the governments that no name covers; a place that is only the head of one goes."""
    result = list(spans)
    for match in phrase("government").finditer(text):
        start = _division(text, match.start(), match[0])
        if start is None:
            continue
        inside = [s for s in result if s.start < match.end() and start < s.end]
        if all(s.type == "Place" and start <= s.start and s.end <= match.start() for s in inside):
            result = [s for s in result if s not in inside]
            result.append(TaggedSpan(start, match.end(), "GovernmentBody", _CONFIDENCE))
    return result


def _division(text: str, end: int, word: str) -> int | None:
    """Where the division that ends before a word of government begins."""
    for length in range(min(_LONGEST_DIVISION, end), 1, -1):
        name = text[end - length : end]
        if name in region_names() and (word != "政府" or name.endswith(_DIVISIONS)):
            return end - length
    return None
