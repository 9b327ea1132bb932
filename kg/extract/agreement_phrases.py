"""What an agreement is called says of which type it is: 投资合作协议, 租赁合同."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

import numpy as np
import numpy.typing as npt

from kg import resources
from kg.model import AGREEMENT_TYPES


@cache
def _patterns() -> Sequence[tuple[int, re.Pattern[str]]]:
    rows = resources.read_tsv(resources.data("lexicon", "agreement_phrases.tsv"))
    return [(AGREEMENT_TYPES.index(row["type"]), re.compile(row["pattern"])) for row in rows]


def types_called(text: str, start: int, end: int) -> npt.NDArray[np.float32]:
    """1 for the type that the words in [start, end) call an agreement; all 0 where they call none or several."""
    found = {kind for kind, pattern in _patterns() if pattern.search(text, start, end)}
    types = np.zeros(len(AGREEMENT_TYPES), dtype=np.float32)
    if len(found) == 1:
        types[found.pop()] = 1
    return types
