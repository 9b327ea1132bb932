"""Which bodies can have which posts: a 市长 is of a city or its government, a 校长 of a school."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from kg import resources
from kg.read.wordlists import either

_BEFORE = 10
_BEHIND = 10
_STOP = re.compile(r"[，。；！？：\n,;!?（）()“”]")


@dataclass(frozen=True, slots=True)
class _Post:
    types: frozenset[str]
    never: frozenset[str]
    endings: tuple[str, ...]
    strict: bool


@cache
def _posts() -> tuple[re.Pattern[str], Mapping[str, _Post]]:
    posts = {
        row["post"]: _Post(
            frozenset(row["types"].split()),
            frozenset(row["never"].split()),
            tuple(row["endings"].split()),
            row["strict"] == "1",
        )
        for row in resources.read_tsv(resources.data("lexicon", "title_bodies.tsv"))
    }
    return re.compile(either(posts)), posts


def posts_beside(text: str, start: int, end: int) -> tuple[str, ...]:
    """Posts in the words right before a person's name at [start, end); else right behind it."""
    pattern, _ = _posts()
    before = _STOP.split(text[max(0, start - _BEFORE) : start])[-1]
    if found := pattern.findall(before):
        return tuple(found)
    return tuple(pattern.findall(_STOP.split(text[end : end + _BEHIND])[0]))


def fits(post: str, kind: str, name: str) -> int:
    """1 where a body of this type and name can well have the post, -1 where it cannot, else 0."""
    known = _posts()[1][post]
    if kind in known.never:
        return -1
    if name.endswith(known.endings):
        return 1
    if known.strict:
        # a place may stand without its suffix (株洲市, 株洲)
        return 0 if kind == "Place" else -1
    return 0
