"""Firms in lists that the tagger left out: 诺恺、临济、玮光 beside firms; 甲、乙、丙等44家企业."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from kg.extract.phrases import phrase
from kg.extract.spans import listed_spans
from kg.extract.tagger import TaggedSpan
from kg.model import FIRM_TYPES

#: Between two firms 963 of 980 names of the annotated pages are firms; before 等…家企业 330 of 334.
_CONFIDENCE = 0.85
_MARK = "、"


def with_listed_firms(text: str, spans: Sequence[TaggedSpan]) -> list[TaggedSpan]:
    """Spans with the members of lists that no name covers, where firms stand on both sides or the list counts firms.

    The first member of a list is left alone: other words may stand before its name.
    """
    result = sorted(spans, key=lambda s: (s.start, s.end))
    starts = {s.start for s in result if s.type in FIRM_TYPES}
    ends = {s.end for s in result if s.type in FIRM_TYPES}
    taken = {at for s in result for at in range(s.start, s.end)}
    for match in phrase("enumeration").finditer(text):
        items = list(listed_spans(match[0], match.start()))
        counted = phrase("counts_firms").match(text, match.end()) is not None
        for (_, before), (start, end) in pairwise(items):
            between = before in ends and text[end : end + 1] == _MARK and end + 1 in starts
            if not (between or counted) or not phrase("brand").fullmatch(text, start, end):
                continue
            if taken.isdisjoint(range(start, end)):
                result.append(TaggedSpan(start, end, "Firm", _CONFIDENCE))
                ends.add(end)
    return result
