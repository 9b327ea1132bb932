"""Spans of text, [start, end), against one another."""

from __future__ import annotations

from collections.abc import Iterable


def touches(start: int, end: int, others: Iterable[tuple[int, int]]) -> bool:
    """Whether a span shares a character with one of the others."""
    return any(a < end and start < b for a, b in others)
