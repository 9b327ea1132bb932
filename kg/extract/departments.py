"""Departments: 甲园区招商事业部 is 甲园区; the department belongs to the title of the person who holds it.

annotation.md: a section inside an organisation (科, 处, 事业部, 研究室) is no entity of its own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.extract.tagger import TaggedSpan
from kg.model import ACTING_TYPES

_SHORTEST = 3
_LEADING = 1  # characters before the name that may point to it (区东虹办…)
_DEPARTMENT = re.compile(
    r".{0,10}?(?:事业部|战略部|发展部|市场部|研发部|招商部|企划部|[一二三四]部|研究室|科|处|科室)"
)


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
                    if cut is None and head in forms and _DEPARTMENT.fullmatch(name[end:]):
                        cut = TaggedSpan(span.start + lead, span.start + end, forms[head], span.score)
        result.append(cut or span)
    return result
