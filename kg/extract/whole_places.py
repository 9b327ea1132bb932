"""The city that figures of 全市 are told of, where it is named only inside the names of its bodies.

祁安市人民政府…全市中药材产值268亿元: 祁安市 is a place. Of 287 annotated pages that tell a figure of 全市, 全县 or 全区
and have a body of such a division, 280 have the division among their entities.
"""

from __future__ import annotations

from collections.abc import Sequence

from kg.extract.phrases import phrase
from kg.extract.tagger import TaggedSpan

_CONFIDENCE = 0.85
_BODIES = frozenset({"GovernmentBody", "Event"})
_LEVELS = "市县区"


def with_whole_places(text: str, spans: Sequence[TaggedSpan]) -> list[TaggedSpan]:
    """Spans with the one division of a level that bodies are named after, where a figure is told of all of it."""
    result = list(spans)
    told = {match["level"] for match in phrase("told_of_all").finditer(text)}
    for level in _LEVELS:
        if level not in told or any(s.type == "Place" and text[s.end - 1] == level for s in spans):
            continue
        heads = [
            (s.start, match.end())
            for s in spans
            if s.type in _BODIES and (match := phrase("division_of_body").match(text, s.start, s.end))
        ]
        named = {text[start:end] for start, end in heads if text[end - 1] == level}
        if len(named) == 1:
            start, end = min(h for h in heads if text[h[1] - 1] == level)
            result.append(TaggedSpan(start, end, "Place", _CONFIDENCE))
    return result
