"""A text under repair that remembers which source characters each of its characters came from."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from kg.model import OffsetMap


class Edit(NamedTuple):
    """Replace ``text[start:end]`` by ``new``.

    ``spans`` gives, for each new character, the part of the old text that it stands for; without it a
    replacement of equal length is taken character by character, and any other stands for the whole span.
    """

    start: int
    end: int
    new: str
    spans: Sequence[tuple[int, int]] | None = None


class Draft:
    """Text plus source spans; every repair step is a list of edits applied in one pass."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._starts: Sequence[int] = range(len(text))
        self._ends: Sequence[int] = range(1, len(text) + 1)

    def apply(self, edits: Iterable[Edit]) -> None:
        """Apply edits that are sorted by position and do not overlap."""
        pieces: list[str] = []
        starts: list[int] = []
        ends: list[int] = []
        done = 0
        for start, end, new, spans in edits:
            if start < done or end < start:
                raise ValueError(f"edit {start}:{end} overlaps the one before it, which ends at {done}")
            pieces += (self.text[done:start], new)
            starts.extend(self._starts[done:start])
            ends.extend(self._ends[done:start])
            if spans is not None:
                starts.extend(self._starts[a] for a, _ in spans)
                ends.extend(self._ends[b - 1] for _, b in spans)
            elif len(new) == end - start:
                starts.extend(self._starts[start:end])
                ends.extend(self._ends[start:end])
            elif new:
                starts.extend([self._starts[start]] * len(new))
                ends.extend([self._ends[end - 1]] * len(new))
            done = end
        if not pieces:
            return
        pieces.append(self.text[done:])
        starts.extend(self._starts[done:])
        ends.extend(self._ends[done:])
        self.text = "".join(pieces)
        self._starts, self._ends = starts, ends

    def substitute(self, pattern: re.Pattern[str], new: str | Callable[[re.Match[str]], str | None]) -> None:
        """Replace each match; a function that returns None leaves its match as it is."""
        edits = []
        for match in pattern.finditer(self.text):
            value = new if isinstance(new, str) else new(match)
            if value is not None and value != match[0]:
                edits.append(Edit(match.start(), match.end(), value))
        self.apply(edits)

    def rewrite(self, text: str) -> None:
        """Take a text of the same length, character by character."""
        if len(text) != len(self.text):
            raise ValueError(f"{len(text)} characters cannot stand for {len(self.text)}")
        self.text = text

    @property
    def offsets(self) -> OffsetMap:
        """The map from the present text to the source."""
        return OffsetMap(self._starts, self._ends)
