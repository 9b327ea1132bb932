"""What a figure states, by the words around it: 占地 … 平方米 is land, 建筑面积 … 平方米 is floor."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from kg import resources
from kg.read.wordlists import either

_BEFORE, _BEHIND = 16, 6  # characters of the clause that are read
_CLAUSE = re.compile(r"[，。；！？：\n,;!?（）()]")
_LAND_UNITS = ("亩", "公顷", "平方公里", "平方千米", "顷")


@cache
def _words(kind: str) -> tuple[re.Pattern[str], Mapping[str, str]]:
    rows = [
        r for r in resources.read_tsv(resources.data("lexicon", "property_cues.tsv")) if r["kind"] == kind
    ]
    properties = {word: row["property"] for row in rows for word in row["words"].split()}
    return re.compile(either(properties)), properties


def cue_before(text: str, start: int, kind: str) -> str | None:
    """Property ("other" for none of them) of the last cue word in the clause before a figure of a kind."""
    pattern, properties = _words(kind)
    clause = _CLAUSE.split(text[max(0, start - _BEFORE) : start])[-1]
    found = [m.group() for m in pattern.finditer(clause)]
    return properties[found[-1]] if found else None


def cue_behind(text: str, end: int, kind: str) -> str | None:
    """Property of the first cue word in the clause behind a figure."""
    pattern, properties = _words(kind)
    found = pattern.search(_CLAUSE.split(text[end : end + _BEHIND])[0])
    return properties[found.group()] if found else None


def is_land(figure: str) -> bool:
    """Whether an area is counted in units of land (亩, 公顷 …)."""
    return figure.endswith(_LAND_UNITS)
