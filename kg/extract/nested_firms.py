"""Firms inside the names of projects: 某某制药项目 is carried out by 某某制药.

annotation.md: a firm's short name inside a project's name is an entity where it clearly is a company name. It is
clear where the page names the firm elsewhere, where the prefix has a legal form, and where a brand is followed by
a word that company names end with (data/lexicon/project_firms.tsv).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from kg import resources
from kg.extract.tagger import TaggedSpan
from kg.model import FIRM_TYPES
from kg.read.wordlists import either

_SHORTEST = 2
_CERTAIN, _LIKELY = 0.9, 0.6


@cache
def _prefix() -> re.Pattern[str]:
    words: dict[str, list[str]] = {"ending": [], "generic": [], "legal": [], "going_on": []}
    for row in resources.read_tsv(resources.data("lexicon", "project_firms.tsv")):
        words[row["kind"]] += row["words"].split()

    brand = rf"(?:(?!{either(words['generic'])})[\u4e00-\u9fffA-Za-z·]){{2,6}}?"
    # 某集团某某有限公司化药项目 is the company's, not its parent's: 公司 comes before 集团
    company, group = (
        either([w for w in words["legal"] if w.endswith("公司") is ends]) for ends in (True, False)
    )
    legal = rf"(?P<legal>(?P<company>[^，。、\s]{{2,24}}?(?:{company}))|[^，。、\s]{{2,20}}?(?:{group}))"
    # an industry word that goes on (某某医疗器械产业园) is no end of a name
    short = rf"(?P<short>{brand}(?:{either(words['ending'])}))(?!{either(words['going_on'])})"
    return re.compile(f"{legal}|{short}")


def nested_firms(text: str, names: Sequence[tuple[int, int, str]]) -> list[TaggedSpan]:
    """Spans of firms at the head of project names.

    names: (start, end, type) of all names found; none of those returned stands among them.
    """
    known = sorted(
        {text[a:b] for a, b, kind in names if kind in FIRM_TYPES and b - a >= _SHORTEST},
        key=lambda n: (-len(n), n),
    )
    kinds = {text[a:b]: kind for a, b, kind in names if kind in FIRM_TYPES}
    found = []
    for start, end, kind in names:
        if kind != "Project":
            continue
        name = text[start:end]
        told = next((k for k in known if name.startswith(k) and len(k) < len(name)), None)
        match = _prefix().match(name)
        if told and not (match and match["company"] and match.end() > len(told)):
            found.append(TaggedSpan(start, start + len(told), kinds[told], _CERTAIN))
        elif match and match.end() < len(name):
            score = _CERTAIN if match["legal"] else _LIKELY
            found.append(TaggedSpan(start, start + match.end(), "Firm", score))
    return found
