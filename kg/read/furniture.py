"""Page furniture and spam: spans of a repaired text from which nothing may be extracted.

What furniture looks like is data (data/repair/furniture.tsv); this module says how far a cue reaches.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from kg.read.metadata import is_date_line
from kg.resources import data, read_tsv

Span = tuple[int, int]

_MAX_LINE = 120
#: A breadcrumb makes the lines above it a menu only near the top of the page.
_HEAD_LINES = 40
#: A line at least this long with a full stop in it is prose and ends a tail of links.
_PROSE = 60
_MENU_TOKENS, _MENU_WORDS = 5, 3
_MENU_LINES = 3
_TOKENS = re.compile(r"[\s　|｜]+")
#: An institution writes about itself (我院…): its name in the date line may be the only mention of the actor.
_OWN_PAGE = re.compile(r"(?<![\u4e00-\u9fff]自)我[院校所司局委馆](?!们)|我公司|我中心")
_INSTITUTION = re.compile(
    r"[^\s　|｜:：\d]{2,}(?:医院|大学|学院|研究院|研究所|保健院|公司|集团|委员会|管委会|中心|局)"
    r"(?![^\s　|｜])"
)
_SENTENCE = re.compile(r"[^。！？；\n]*[。！？；]?")


@cache
def _cues(kind: str) -> re.Pattern[str]:
    """All patterns of a kind in data/repair/furniture.tsv as one."""
    patterns = [row["pattern"] for row in read_tsv(data("repair", "furniture.tsv")) if row["kind"] == kind]
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns))


def find_furniture(text: str) -> tuple[Span, ...]:
    """Spans of furniture in a repaired text, sorted, not overlapping.

    Whole lines (menus, breadcrumbs, credits, copyright …), what stands above a breadcrumb, lists of links
    behind 上一篇 or 相关阅读, spam, and parts of lines (bylines, the medium in a dateline).
    """
    lines = list(_lines(text))
    blocked: set[int] = set()
    spans: list[Span] = []
    tail = False
    for number, (start, end) in enumerate(lines):
        line = text[start:end].strip()
        if not line:
            continue
        prose = len(line) >= _PROSE and "。" in line
        tail = not prose and (tail or bool(_cues("tail").search(line)))
        if tail or _is_furniture(line, number):
            blocked.add(number)
        elif len(line) <= _MAX_LINE and number < _HEAD_LINES and _cues("head").search(line):
            blocked |= {number, *_above(text, lines, number)}
    for number, (start, end) in enumerate(lines):
        if number in blocked:
            spans += _without_author(text, start, end)
        else:
            spans += _inline(text, start, end)
    return tuple(spans)


def _lines(text: str) -> Iterator[Span]:
    at = 0
    for line in text.split("\n"):
        yield at, at + len(line)
        at += len(line) + 1


def _above(text: str, lines: list[Span], number: int) -> range:
    """The lines above a breadcrumb, if they are a menu: no prose, and not just a heading."""
    above = [line for start, end in lines[:number] if (line := text[start:end].strip())]
    menu = len(above) >= _MENU_LINES or any(_is_furniture(line, _HEAD_LINES) for line in above)
    return range(number if menu and not any("。" in line for line in above) else 0)


def _is_furniture(line: str, number: int) -> bool:
    if _cues("long").search(line):
        return True
    if len(line) > _MAX_LINE:
        return False
    return bool(_cues("line").search(line)) or _is_menu(line) or is_date_line(line, number)


def _is_menu(line: str) -> bool:
    tokens = [token for token in _TOKENS.split(line) if token]
    words = sum(_cues("menu").fullmatch(token) is not None for token in tokens)
    return words >= _MENU_WORDS and (len(tokens) >= _MENU_TOKENS or words == len(tokens))


def _inline(text: str, start: int, end: int) -> list[Span]:
    """Blocked parts of a line: bylines, and the sentences of spam in it."""
    line = text[start:end]
    spans = [match.span() for match in _cues("inline").finditer(line) if match[0]]
    if _cues("sentence").search(line):
        spans += [match.span() for match in _SENTENCE.finditer(line) if _cues("sentence").search(match[0])]
    if _cues("spam").search(line) or _cues("adult").search(line):
        spans += [match.span() for match in _SENTENCE.finditer(line) if _is_spam(match[0])]
    return _merged([(start + a, start + b) for a, b in spans])


def _without_author(text: str, start: int, end: int) -> list[Span]:
    """A blocked line, less the name of the institution whose own page this is."""
    author = _INSTITUTION.search(text, start, end)
    if author is None or not _OWN_PAGE.search(text) or ":" in author[0]:
        return [(start, end)]
    return [span for span in ((start, author.start()), (author.end(), end)) if span[0] < span[1]]


def _is_spam(sentence: str) -> bool:
    spam, adult, weak = (
        len({match[0] for match in _cues(kind).finditer(sentence)}) for kind in ("spam", "adult", "weak")
    )
    return spam + adult > 1 or (adult == 1 and weak > 1)


def _merged(spans: list[Span]) -> list[Span]:
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
