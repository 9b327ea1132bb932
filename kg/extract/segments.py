"""Cuts a text into pieces that a sequence model reads at once."""

from __future__ import annotations

import re

_LINE = re.compile(r"[^\n]+")
_SHORTEST = 30


def lines(text: str, *, longest: int = 260) -> list[tuple[int, int]]:
    """Spans of the lines of a text; long ones are cut behind a full stop, else a comma, else anywhere."""
    spans: list[tuple[int, int]] = []
    for match in _LINE.finditer(text):
        start, end = match.span()
        while end - start > longest:
            cut = max(text.rfind(mark, start, start + longest) for mark in "。；！？")
            if cut <= start + _SHORTEST:
                cut = max(text.rfind(mark, start, start + longest) for mark in "，、")
            if cut <= start + _SHORTEST:
                cut = start + longest - 1
            spans.append((start, cut + 1))
            start = cut + 1
        if end > start:
            spans.append((start, end))
    return spans


def packed(text: str, *, longest: int = 380) -> list[tuple[int, int]]:
    """Spans of whole lines put together up to ``longest`` characters, so that a piece carries context."""
    spans: list[tuple[int, int]] = []
    for start, end in lines(text, longest=longest):
        if spans and end - spans[-1][0] <= longest:
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((start, end))
    return spans
