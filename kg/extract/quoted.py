"""Brackets say where a name begins and ends, better than the tagger does: policies in 《》, halves of （） and “”."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from kg.extract.phrases import phrase
from kg.extract.tagger import TaggedSpan

_QUOTED = re.compile(r"“([^“”\n]{1,60})”")
_OPENED = re.compile(r"[（(][^（()）\n]{0,6}$")
_PARK = 0.8  # 57 of 71 such words of the annotated pages are parks
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


def with_whole_quotes(text: str, spans: Iterable[TaggedSpan]) -> list[TaggedSpan]:
    """Names with both quotation marks or none: “某某大会 loses its mark, 两养”研究院 takes in what was quoted.

    Of 377 annotated names with such marks six stand in them as a whole, and none has only one of the two.
    """
    quotes = [match.span() for match in _QUOTED.finditer(text)]
    return [_balanced(span, [q for q in quotes if q[0] < span.end and span.start < q[1]]) for span in spans]


def _balanced(span: TaggedSpan, quotes: list[tuple[int, int]]) -> TaggedSpan:
    start, end = span.start, span.end
    for opening, closing in quotes:
        if start <= opening and closing <= end:  # the whole quotation
            if (start, end) == (opening, closing):
                start, end = start + 1, end - 1
        elif opening < start and closing < end:  # the name goes on behind it
            start = opening
        elif start < opening and end < closing:  # the name leads into it
            end = closing
        else:  # the name is in it
            start, end = max(start, opening + 1), min(end, closing - 1)
    return replace(span, start=start, end=end) if start < end else span


def with_quoted_parks(text: str, spans: Sequence[TaggedSpan]) -> list[TaggedSpan]:
    """Spans with the parks that stand in quotation marks and that no name covers: “青禾药谷”."""
    taken = {at for s in spans for at in range(s.start, s.end)}
    found = (m.span() for m in phrase("quoted_park").finditer(text) if taken.isdisjoint(range(*m.span())))
    return [*spans, *(TaggedSpan(start, end, "Park", _PARK) for start, end in found)]
