"""Brackets say where a name begins and ends, better than the tagger does: policies in 《》, halves of （）."""

from __future__ import annotations

import re
from collections.abc import Iterable

from kg.extract.tagger import TaggedSpan

_OPENED = re.compile(r"[（(][^（()）\n]{0,6}$")
_TITLE = re.compile(r"《([^《》\n]{2,60})》")


def with_whole_titles(text: str, spans: Iterable[TaggedSpan]) -> list[TaggedSpan]:
    """Policy spans that touch 《》 become what stands between the brackets, one span for each pair of them.

    Other names inside such a title are part of it and go.
    """
    titles = [match.span(1) for match in _TITLE.finditer(text)]
    whole: dict[tuple[int, int], TaggedSpan] = {}
    others: list[TaggedSpan] = []
    for span in spans:
        touched = [(a, b) for a, b in titles if span.type == "Policy" and span.start < b and a < span.end]
        for start, end in touched:
            best = max(span.score, whole[start, end].score) if (start, end) in whole else span.score
            whole[start, end] = TaggedSpan(start, end, "Policy", best)
        if not touched:
            others.append(span)
    kept = [s for s in others if not any(a <= s.start and s.end <= b for a, b in whole)]
    return sorted([*kept, *whole.values()], key=lambda s: s.start)


def with_whole_brackets(text: str, spans: Iterable[TaggedSpan]) -> list[TaggedSpan]:
    """Names that begin inside a bracket take in what stands before it, where that is tagged: 甲（乙地）丙中心."""
    result: list[TaggedSpan] = []
    for span in sorted(spans, key=lambda s: s.start):
        name = text[span.start : span.end]
        closed, opened = re.search("[）)]", name), re.search("[（(]", name)
        half = closed and (not opened or closed.start() < opened.start())
        before = _OPENED.search(text, max(0, span.start - 8), span.start) if half else None
        if before and result and result[-1].end == before.start():
            result.append(TaggedSpan(result.pop().start, span.end, span.type, span.score))
        else:
            result.append(span)
    return result
