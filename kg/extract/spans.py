"""Spans of text, [start, end), against one another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator


def touches(start: int, end: int, others: Iterable[tuple[int, int]]) -> bool:
    """Whether a span shares a character with one of the others."""
    return any(a < end and start < b for a, b in others)


def listed_spans(listed: str, at: int, mark: str = "、") -> Iterator[tuple[int, int]]:
    """Spans of the members of a list that stands at a place of the text."""
    for part in listed.split(mark):
        yield at, at + len(part)
        at += len(part) + len(mark)
