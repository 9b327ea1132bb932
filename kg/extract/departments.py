"""Departments: 甲园区招商事业部 is 甲园区; the department belongs to the title of the person who holds it.

annotation.md: a section inside an organisation (科, 处, 事业部, 研究室) is no entity of its own.
"""

from __future__ import annotations

from collections.abc import Sequence

from kg.extract.phrases import phrase
from kg.extract.tagger import TaggedSpan
from kg.model import ACTING_TYPES

_SHORTEST = 3
_LEADING = 1  # characters before the name that may point to it (区东虹办…)


def without_departments(text: str, spans: Sequence[TaggedSpan]) -> list[TaggedSpan]:
    """Names of departments cut down to the organisation, where the page names that elsewhere."""
    forms = {text[s.start : s.end]: s.type for s in spans if s.type in ACTING_TYPES}
    result = []
    for span in spans:
        name = text[span.start : span.end]
        cut = None
        if span.type in ACTING_TYPES:
            for lead in range(_LEADING + 1):
                for end in range(len(name) - 1, lead + _SHORTEST - 1, -1):
                    head = name[lead:end]
                    if cut is None and head in forms and phrase("department").fullmatch(name[end:]):
                        cut = TaggedSpan(span.start + lead, span.start + end, forms[head], span.score)
        result.append(cut or span)
    return result
