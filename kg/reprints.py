"""Reprints: near-duplicate pages are one source with copies.

Two pages are compared by the shingles (runs of four letters) of their repaired text without furniture and
unreadable runs, so that injected readings, traditional characters and menus make no difference. The share of
shingles in common (Jaccard) is estimated by MinHash (Broder 1997) and candidates are found by banding
(Leskovec, Rajaraman, Ullman: Mining of Massive Datasets, ch. 3). It is written out in numpy because a signature is
kept between builds and must never change, and because datasketch would bring scipy (35 MB) for two formulas.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from kg.model import Annotation, Document
from kg.resolve.names import normalise

#: Pages of one release share 0.9 of their shingles and more, also through heavy damage; pages of different hands on
#: the same event stay below 0.4 (measured over 270 annotated news pages and damaged copies of 25 of them).
SAME_TEXT = 0.6
#: A form with other names filled in is no reprint: so much of the shorter list of names must be in the other.
SAME_NAMES = 0.5

_SHINGLE = 4
_PERMUTATIONS = 128
_ROWS = 4  # of a band: two pages at 0.6 share one of the 32 bands with a probability of 0.99
_LETTER = re.compile(r"[^\W_]+")
_AT_ONCE = 100_000  # pairs compared at once

_Signatures = NDArray[np.uint32]


@dataclass(frozen=True, slots=True)
class Candidate:
    """What of a page tells whether it is a reprint, and of two copies which leads."""

    key: str
    signature: bytes
    annotation: Annotation
    published: str | None = None


def signature(document: Document) -> bytes:
    """MinHash signature of a page's readable text: 128 unsigned 32-bit numbers, little-endian; empty without text."""
    readable = []
    at = 0
    for start, end in (*document.blocked, (len(document.text), len(document.text))):
        readable += _LETTER.findall(document.text, at, start)
        at = end
    codes = np.frombuffer("".join(readable).encode("utf-32-le", "surrogatepass"), dtype="<u4").astype(
        np.uint64
    )
    if codes.size < _SHINGLE:
        return b""
    shingles = np.zeros(codes.size - _SHINGLE + 1, dtype=np.uint64)
    for offset in range(_SHINGLE):  # a polynomial in an odd number, modulo 2**64
        shingles = shingles * np.uint64(0x9E3779B97F4A7C15) + codes[offset : offset + shingles.size]
    shingles = np.unique(shingles ^ (shingles >> np.uint64(29)))
    factors, offsets = _permutations()
    hashed = (shingles[None, :] * factors[:, None] + offsets[:, None]) >> np.uint64(32)
    return bytes(hashed.min(axis=1).astype("<u4").tobytes())


def find_copies(candidates: Iterable[Candidate]) -> dict[str, str]:
    """Which pages are copies of which: {key of the copy: key of the page that leads}.

    The result does not depend on the order of the candidates. The page with the most facts leads, among equals the
    earliest, then that of the smallest key; every copy is a near-duplicate of its leading page itself, so a chain of
    slowly changing pages does not end in one.
    """
    same: dict[bytes, list[Candidate]] = {}
    for page in candidates:
        if page.signature:
            same.setdefault(page.signature, []).append(page)
    leading = {min(group, key=_rank).key: min(group, key=_rank) for group in same.values()}
    near = _near(leading)
    copies: dict[str, str] = {}
    for key in sorted(near, key=lambda key: _rank(leading[key])):
        better = [
            (similarity, other)
            for other, similarity in near[key].items()
            if other not in copies and _rank(leading[other]) < _rank(leading[key])
        ]
        if better:
            copies[key] = max(better)[1]
    for group in same.values():
        first = min(group, key=_rank).key
        copies |= {page.key: copies.get(first, first) for page in group if page.key != first}
    return copies


def _rank(page: Candidate) -> tuple[int, str, str]:
    told = page.annotation
    facts = len(told.agreements) + len(told.relations) + len(told.quantities)
    return -facts, page.published or told.published or "9999", page.key


def _near(pages: Mapping[str, Candidate]) -> dict[str, dict[str, float]]:
    """Near-duplicates of each page with their similarity; pages without any are left out."""
    keys = sorted(pages)
    if len(keys) < 2:
        return {}
    matrix: _Signatures = np.stack([np.frombuffer(pages[key].signature, dtype="<u4") for key in keys])
    pairs = np.array(sorted(_bucketed(matrix)), dtype=np.intp).reshape(-1, 2)
    near: dict[str, dict[str, float]] = {}
    for part in np.array_split(pairs, 1 + len(pairs) // _AT_ONCE):
        similarities = (matrix[part[:, 0]] == matrix[part[:, 1]]).mean(axis=1)
        for (one, other), similarity in zip(part.tolist(), similarities.tolist(), strict=True):
            first, second = pages[keys[one]], pages[keys[other]]
            if similarity >= SAME_TEXT and _share_names(first.annotation, second.annotation):
                near.setdefault(first.key, {})[second.key] = similarity
                near.setdefault(second.key, {})[first.key] = similarity
    return near


def _bucketed(matrix: _Signatures) -> set[tuple[int, int]]:
    """Pairs of rows that agree in a band."""
    pairs: set[tuple[int, int]] = set()
    for start in range(0, matrix.shape[1], _ROWS):
        band = np.ascontiguousarray(matrix[:, start : start + _ROWS])
        words = band.view(np.dtype((np.void, band.dtype.itemsize * _ROWS))).ravel()
        order = np.argsort(words, kind="stable")
        edges = np.flatnonzero(words[order][1:] != words[order][:-1]) + 1
        starts, ends = np.concatenate(([0], edges)), np.concatenate((edges, [order.size]))
        for place in np.flatnonzero(ends - starts > 1):
            bucket = order[starts[place] : ends[place]]
            pairs.update(combinations(sorted(bucket.tolist()), 2))
    return pairs


def _share_names(one: Annotation, other: Annotation) -> bool:
    first, second = ({normalise(name) for e in told.entities for name in e.names} for told in (one, other))
    least = min(len({normalise(e.name) for e in told.entities}) for told in (one, other))
    return not least or len(first & second) >= SAME_NAMES * least


def _permutations() -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
    """Odd factors and offsets of the multiply-shift hash functions, the same for ever."""
    drawn = b"".join(hashlib.sha256(f"reprints {n}".encode()).digest()[:16] for n in range(_PERMUTATIONS))
    numbers = np.frombuffer(drawn, dtype="<u8").reshape(_PERMUTATIONS, 2)
    return numbers[:, 0] | np.uint64(1), numbers[:, 1].copy()
