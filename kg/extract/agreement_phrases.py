"""What an agreement is called says of which type it is: 投资合作协议, 租赁合同."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

import numpy as np
import numpy.typing as npt

from kg import resources
from kg.extract.phrases import phrase
from kg.model import AGREEMENT_TYPES

_INVESTMENT, _SETTLEMENT = AGREEMENT_TYPES.index("investment"), AGREEMENT_TYPES.index("settlement")


@cache
def _patterns() -> Sequence[tuple[int, re.Pattern[str]]]:
    rows = resources.read_tsv(resources.data("lexicon", "agreement_phrases.tsv"))
    return [(AGREEMENT_TYPES.index(row["type"]), re.compile(row["pattern"])) for row in rows]


def types_called(text: str, start: int, end: int) -> npt.NDArray[np.float32]:
    """1 for the type that the words in [start, end) call an agreement; all 0 where they call none or several.

    A name inside a longer one (战略协议 in 成果转化战略协议) is part of that.
    """
    names = [(m.span(), kind) for kind, pattern in _patterns() for m in pattern.finditer(text, start, end)]
    found = {kind for span, kind in names if not any(_inside(span, other) for other, _ in names)}
    types = np.zeros(len(AGREEMENT_TYPES), dtype=np.float32)
    if len(found) == 1:
        types[found.pop()] = 1
    return types


def _inside(span: tuple[int, int], other: tuple[int, int]) -> bool:
    return other[0] <= span[0] and span[1] <= other[1] and span != other


def settled_only_in_words(
    types: npt.NDArray[np.float32], text: str, start: int, end: int
) -> npt.NDArray[np.float32]:
    """The probabilities of a host's agreement: where no word tells of moving in, settlement counts as investment.

    Of 767 such agreements of the annotated pages 750 are investments.
    """
    if phrase("moves_in").search(text, start, end):
        return types
    result = types.copy()
    result[_INVESTMENT] += result[_SETTLEMENT]
    result[_SETTLEMENT] = 0
    return result
