"""Persons in rows: 张三、李四、来风华 are all persons, and a headline may run their names together."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from kg.extract.phrases import phrase
from kg.extract.tagger import TaggedSpan

_ROW = 3  # members of a row of persons, from which another name in it is one too
_LONGEST, _SHORTEST = 4, 2  # characters of a Han name


#: (记者 张三 李四), （王五 文/图）: who wrote the page. Of 122 such parentheses of the annotated pages none has a
#: person that the page tells of.
_PARENTHESIS = re.compile(r"[（(]([^（()）\n]{2,40})[)）]")
_NAME = re.compile(r"[\u4e00-\u9fff]{2,3}")


def with_persons(text: str, spans: Sequence[TaggedSpan]) -> list[TaggedSpan]:
    """Short names among persons are persons; names run together are taken apart where the page knows the parts.

    Who wrote the page or took its pictures is left out.
    """
    told = _without_press(text, sorted(spans, key=lambda s: s.start))
    return _apart(text, _in_rows(text, told))


def _without_press(text: str, spans: Sequence[TaggedSpan]) -> list[TaggedSpan]:
    bylines = [m.span() for m in _PARENTHESIS.finditer(text) if _is_byline(m[1])]
    return [
        s
        for s in spans
        if s.type != "Person"
        or not (
            phrase("taken_by").match(text, s.end)
            or any(start <= s.start and s.end <= end for start, end in bylines)
        )
    ]


def _is_byline(inside: str) -> bool:
    parts = phrase("press_role").sub(" ", inside).split()
    several = len(parts) > 1 or (len(parts) == 1 and parts[0] != inside.strip())
    return several and all(map(_NAME.fullmatch, parts))


def _in_rows(text: str, spans: list[TaggedSpan]) -> list[TaggedSpan]:
    rows = list(range(len(spans)))
    for k, (left, right) in enumerate(pairwise(spans), start=1):
        if text[left.end : right.start] == "、":
            rows[k] = rows[k - 1]
    persons = Counter(row for row, span in zip(rows, spans, strict=True) if span.type == "Person")
    sizes = Counter(rows)
    return [
        replace(span, type="Person")
        if persons[row] >= _ROW and persons[row] == sizes[row] - 1 and span.end - span.start <= _LONGEST
        else span
        for row, span in zip(rows, spans, strict=True)
    ]


def _apart(text: str, spans: Sequence[TaggedSpan]) -> list[TaggedSpan]:
    known = {text[s.start : s.end] for s in spans if s.type == "Person" and s.end - s.start <= _LONGEST}
    result: list[TaggedSpan] = []
    for span in spans:
        parts = _parts(text[span.start : span.end], known) if span.type == "Person" else []
        at = span.start
        for part in parts or [text[span.start : span.end]]:
            result.append(replace(span, start=at, end=at + len(part)))
            at += len(part)
    return result


def _parts(name: str, known: set[str]) -> list[str]:
    """Known names that a longer one is made of, in order; nothing where it is not."""
    if not name:
        return []
    for length in range(min(_LONGEST, len(name)), _SHORTEST - 1, -1):
        head, rest = name[:length], name[length:]
        if head in known and (not rest or (parts := _parts(rest, known))):
            return [head, *(parts if rest else [])]
    return []
