"""Numeric features of ordered pairs of mentions, beside what the network reads in the text itself.

They say what a small network learns badly from little text: distances, enumerations, which cue words stand
where, which preposition opens an argument. All pairs of a document are computed at once.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from kg.extract.cues import CueCounts
from kg.extract.labels import TYPE_INDEX, VALUE_TYPES
from kg.extract.pair_topics import topic_features
from kg.extract.pair_words import word_features
from kg.extract.structure import Structure

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]

_GAPS = (0, 1, 2, 4, 8, 16, 32, 64)
_BEFORE = "与和同跟由被向对为在将把从以及、（“：，"
_AFTER = "与和同的在将等、（”，。：签共分董总\n"
_WINDOW = 24
_NARROW = 14
_WORDS = ("分别", "共同")


class _Mentions:
    """Arrays over the mentions of a document."""

    def __init__(self, s: Structure) -> None:
        self.start = np.array([m.start for m in s.mentions])
        self.end = np.array([m.end for m in s.mentions])
        self.behind = np.array(s.ends)
        self.kind = np.array([TYPE_INDEX[m.type] for m in s.mentions])
        self.is_value = np.array([m.type in VALUE_TYPES for m in s.mentions])
        self.group = np.array(s.groups)
        self.group_start = np.array([s.group_start[g] for g in s.groups])
        self.group_end = np.array([s.group_end[g] for g in s.groups])
        self.group_size = np.array([s.group_size[g] for g in s.groups])
        count = len(s.mentions)
        first, last = np.full(count, count), np.zeros(count, dtype=np.int64)
        np.minimum.at(first, self.group, np.arange(count))
        np.maximum.at(last, self.group, np.arange(count))
        self.group_first, self.group_last = first[self.group], last[self.group]
        self.sentence = np.array([s.sentence(m.start) for m in s.mentions])
        self.clause = np.array([s.clause(m.start) for m in s.mentions])
        spans = [s.sentence_span(m.start) for m in s.mentions]
        self.sentence_start = np.array([a for a, _ in spans])
        self.sentence_end = np.array([b for _, b in spans])
        self.is_first = np.array([s.first[m.entity] == k for k, m in enumerate(s.mentions)])
        self.frequency = np.array([s.frequency[m.entity] for m in s.mentions])
        self.anaphor = np.array([m.anaphor for m in s.mentions])
        self.named = np.array([s.sentence(s.mentions[s.first[m.entity]].start) for m in s.mentions])
        most = np.zeros(len(TYPE_INDEX), dtype=np.int64)
        np.maximum.at(most, self.kind, self.frequency)
        self.leading = (self.frequency == most[self.kind]) & ~self.is_value
        # how many mentions of each type stand before mention k
        ones = np.zeros((count + 1, len(TYPE_INDEX)), dtype=np.int64)
        ones[np.arange(count) + 1, self.kind] = 1
        self.before = ones.cumsum(0)


def _one_hot_char(text: str, offsets: Ints, marks: str) -> Floats:
    chars = np.array([text[k] if 0 <= k < len(text) else "" for k in offsets])
    found: Floats = (chars[:, None] == np.array(list(marks))[None, :]).astype(np.float32)
    return found


def _word_counts(text: str, word: str) -> Ints:
    starts = np.zeros(len(text) + 1, dtype=np.int64)
    at = text.find(word)
    while at >= 0:
        starts[at + 1] += 1
        at = text.find(word, at + 1)
    return starts.cumsum()


def _form_features(forms: Sequence[str], a: Ints, b: Ints) -> npt.NDArray[np.bool_]:
    """How the forms of two mentions hold each other, each pair of forms looked at once."""
    known = {form: k for k, form in enumerate(dict.fromkeys(forms))}
    number, named = np.array([known[form] for form in forms]), list(known)
    codes, where = np.unique(number[a] * len(named) + number[b], return_inverse=True)
    both = ((named[code // len(named)], named[code % len(named)]) for code in codes)
    told = [[p in q, q in p, p[:2] == q[:2], q.startswith(p), q.endswith(p)] for p, q in both]
    found: npt.NDArray[np.bool_] = np.array(told)[where]
    return found


def pair_features(s: Structure, pairs: Sequence[tuple[int, int]]) -> Floats:
    """Features [pairs, width] of (subject mention, object mention), given by indices into ``s.mentions``."""
    if not pairs:
        return np.zeros((0, 0), dtype=np.float32)
    m = _Mentions(s)
    a, b = np.array(pairs, dtype=np.int64).T
    forward = m.start[a] < m.start[b]
    x, y = np.where(forward, a, b), np.where(forward, b, a)
    together = m.group[x] == m.group[y]
    begin = np.where(together, m.behind[x], m.group_end[x])
    end = np.where(together, m.start[y], m.group_start[y])
    crossed = end < begin
    begin = np.where(crossed, np.minimum(m.end[x], m.start[y]), begin)
    end = np.where(crossed, m.start[y], end)
    gap = np.maximum(0, end - begin)
    sentences, clauses = m.sentence[y] - m.sentence[x], m.clause[y] - m.clause[x]
    inner_x, inner_y = np.maximum(x, m.group_last[x]), np.minimum(y, m.group_first[y])
    between = np.maximum(0, inner_y - inner_x - 1)
    low, high = np.minimum(inner_x + 1, inner_y), inner_y
    like_x = m.before[high, m.kind[x]] - m.before[low, m.kind[x]]
    like_y = m.before[high, m.kind[y]] - m.before[low, m.kind[y]]
    columns: list[Floats] = []

    def add(*values: npt.NDArray[np.generic]) -> None:
        columns.extend(v.astype(np.float32).reshape(len(pairs), -1) for v in values)

    add(forward, together, crossed)
    add(*(sentences == k for k in range(4)), sentences > 3, *(clauses == k for k in range(4)), clauses > 3)
    add(*(gap <= k for k in _GAPS), np.log1p(gap) / 6)
    add(np.minimum(between, 8) / 8, np.minimum(like_x, 4) / 4, like_x == 0, like_y == 0)
    add(m.is_first[a], m.is_first[b], np.minimum(m.frequency[a], 5) / 5, np.minimum(m.frequency[b], 5) / 5)
    add(np.minimum(m.group_size[x], 5) / 5, np.minimum(m.group_size[y], 5) / 5, m.start[x] < 60)
    add(m.anaphor[a], m.anaphor[b], m.leading[a], m.leading[b], m.named[a] == 0, m.named[b] == 0)
    add(m.sentence[a] == m.named[a], m.sentence[b] == m.named[b])
    triggers = CueCounts(s.text, "triggers.tsv", "category")
    left = np.maximum(m.sentence_start[x], m.group_start[x] - _WINDOW)
    right = np.minimum(m.sentence_end[y], m.group_end[y] + _WINDOW)
    add(
        triggers.within(left, m.group_start[x]),
        triggers.within(begin, end),
        triggers.within(m.group_end[y], right),
    )
    add(triggers.within(m.sentence_start[b], m.sentence_end[b]))
    opening = _one_hot_char(s.text, m.group_start - 1, _BEFORE)
    closing = _one_hot_char(s.text, m.group_end, _AFTER)
    for side in (a, b):
        add(opening[side], closing[side])
    quantity = CueCounts(s.text, "quantity_cues.tsv", "property")
    value = m.is_value[b][:, None]
    add(value * quantity.within(np.maximum(m.sentence_start[b], m.start[b] - _NARROW), m.start[b]))
    add(value * quantity.within(m.end[b], np.minimum(m.sentence_end[b], m.end[b] + _NARROW)))
    add(m.sentence_start[b] == m.start[b], m.sentence[y] == 0)
    add(_form_features([s.text[mention.start : mention.end] for mention in s.mentions], a, b))
    for word in _WORDS:
        counts = _word_counts(s.text, word)
        add(counts[np.maximum(begin, right)] > counts[begin])
    add(word_features(s, pairs), topic_features(s, pairs))
    return np.concatenate(columns, axis=1)
