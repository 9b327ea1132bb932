"""Characters of a text as rows of an embedding, looked up by code point for the whole text at once."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

_UNKNOWN = 1
_FIRST = 2  # 0 pads
_UTF32 = "utf-32-le" if sys.byteorder == "little" else "utf-32-be"


class EmbeddingRows:
    """The row of each character: 0 pads, 1 stands for the unknown.

    characters: in the order of the rows; width: characters read as others (full width as half).
    """

    def __init__(self, characters: Sequence[str], width: Mapping[str, str]) -> None:
        rows = {c: row for row, c in enumerate(characters, start=_FIRST)}
        rows |= {c: rows.get(other, _UNKNOWN) for c, other in width.items()}
        # one more row than the last character needs: all beyond it are unknown
        self._table = np.full(max(map(ord, rows), default=0) + 2, _UNKNOWN, dtype=np.int64)
        self._table[[ord(c) for c in rows]] = list(rows.values())

    def of(self, text: str) -> npt.NDArray[np.int64]:
        """[characters]: the rows of a text."""
        points = np.frombuffer(text.encode(_UTF32, "surrogatepass"), dtype=np.uint32)
        return self._table[np.minimum(points, len(self._table) - 1)]
