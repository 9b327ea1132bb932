"""Cue words in a text, counted by category over any span in constant time."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache

import numpy as np
import numpy.typing as npt

from kg import resources
from kg.read.wordlists import either


@cache
def _lexicon(name: str, key: str) -> tuple[tuple[str, ...], re.Pattern[str], Mapping[str, int]]:
    rows = list(resources.read_tsv(resources.data("lexicon", name)))
    category = {word: index for index, row in enumerate(rows) for word in row["words"].split()}
    return tuple(row[key] for row in rows), re.compile(either(category)), category


class CueCounts:
    """Where cue words start: ``within(start, end)`` says which categories occur between two offsets."""

    def __init__(self, text: str, lexicon: str, key: str) -> None:
        names, pattern, category = _lexicon(lexicon, key)
        self.categories = names
        starts = np.zeros((len(text) + 1, len(names)), dtype=np.int32)
        for match in pattern.finditer(text):
            starts[match.start() + 1, category[match.group()]] += 1
        self._running = starts.cumsum(0)

    def within(self, start: npt.NDArray[np.int64], end: npt.NDArray[np.int64]) -> npt.NDArray[np.float32]:
        """[n, categories]: 1 where a cue of the category starts in [start, end), for arrays of offsets."""
        end = np.maximum(start, end)
        found: npt.NDArray[np.float32] = (self._running[end] > self._running[start]).astype(np.float32)
        return found


@lru_cache(maxsize=8)
def cue_offsets(text: str, lexicon: str, key: str, category: str) -> tuple[int, ...]:
    """Where cues of one category start in a text; memoised, since each pair of a document asks for it."""
    names, pattern, index = _lexicon(lexicon, key)
    wanted = names.index(category)
    return tuple(m.start() for m in pattern.finditer(text) if index[m.group()] == wanted)


def trigger_categories() -> tuple[str, ...]:
    """Categories of data/lexicon/triggers.tsv, in file order."""
    return _lexicon("triggers.tsv", "category")[0]


def quantity_categories() -> tuple[str, ...]:
    """Properties of data/lexicon/quantity_cues.tsv, in file order."""
    return _lexicon("quantity_cues.tsv", "property")[0]
