"""Numeric features of an ordered pair of mentions, beside what the network reads in the text itself.

They say what a small network learns badly from little text: distances, enumerations, which cue words stand
where, which preposition opens an argument.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from functools import cache

from kg import resources
from kg.extract.structure import Structure

_GAPS = (0, 1, 2, 4, 8, 16, 32, 64)
_BEFORE = (
    "与",
    "和",
    "同",
    "跟",
    "由",
    "被",
    "向",
    "对",
    "为",
    "在",
    "将",
    "把",
    "从",
    "以",
    "及",
    "、",
    "（",
    "“",
    "：",
    "，",
)
_AFTER = (
    "与",
    "和",
    "同",
    "的",
    "在",
    "将",
    "等",
    "、",
    "（",
    "”",
    "，",
    "。",
    "：",
    "签",
    "共",
    "分",
    "董",
    "总",
    "\n",
)
_WINDOW = 24


@cache
def _triggers() -> tuple[tuple[str, ...], re.Pattern[str], Mapping[str, int]]:
    rows = list(resources.read_tsv(resources.data("lexicon", "triggers.tsv")))
    category = {word: index for index, row in enumerate(rows) for word in row["words"].split()}
    pattern = re.compile("|".join(map(re.escape, sorted(category, key=lambda w: (-len(w), w)))))
    return tuple(row["category"] for row in rows), pattern, category


def _cues(text: str) -> set[int]:
    _, pattern, category = _triggers()
    return {category[word] for word in pattern.findall(text)}


@cache
def width() -> int:
    """Number of features of a pair."""
    structure = Structure("ab", [])
    structure.mentions = []
    return 4 + 5 + 5 + len(_GAPS) + 12 + 3 * len(_triggers()[0]) + 2 * len(_BEFORE) + 2 * len(_AFTER) + 6


def pair_features(s: Structure, subject: int, target: int) -> list[float]:
    """Features of (subject mention, object mention), by their indices in ``s.mentions``."""
    a, b = s.mentions[subject], s.mentions[target]
    forward = a.start < b.start
    x, y = (subject, target) if forward else (target, subject)
    left, right = s.mentions[x], s.mentions[y]
    group_x, group_y = s.groups[x], s.groups[y]
    together = group_x == group_y
    begin = s.ends[x] if together else s.group_end[group_x]
    end = right.start if together else s.group_start[group_y]
    if end < begin:
        begin, end = min(left.end, right.start), right.start
    sentences = s.sentence(right.start) - s.sentence(left.start)
    clauses = s.clause(right.start) - s.clause(left.start)
    between = sum(1 for k in range(x + 1, y) if s.groups[k] not in (group_x, group_y))
    same_type = len(
        {
            s.mentions[k].entity
            for k in range(x + 1, y)
            if s.mentions[k].type == left.type and s.groups[k] != group_x
        }
    )
    same_type_y = len(
        {
            s.mentions[k].entity
            for k in range(x + 1, y)
            if s.mentions[k].type == right.type and s.groups[k] != group_y
        }
    )
    gap = max(0, end - begin)
    features = [float(forward), float(together), float(begin >= right.start), 1.0]
    features += [float(sentences == k) for k in range(4)] + [float(sentences > 3)]
    features += [float(clauses == k) for k in range(4)] + [float(clauses > 3)]
    features += [float(gap <= k) for k in _GAPS]
    features += [
        math.log1p(gap) / 6,
        min(between, 8) / 8,
        min(same_type, 4) / 4,
        float(same_type == 0),
        float(same_type_y == 0),
        float(s.first[a.entity] == subject),
        float(s.first[b.entity] == target),
        min(s.frequency[a.entity], 5) / 5,
        min(s.frequency[b.entity], 5) / 5,
        min(s.group_size[group_x], 5) / 5,
        min(s.group_size[group_y], 5) / 5,
        float(left.start < 60),
    ]
    text = s.text
    before_start = max(s.sentence_span(left.start)[0], s.group_start[group_x] - _WINDOW)
    after_end = min(s.sentence_span(right.start)[1], s.group_end[group_y] + _WINDOW)
    middle = text[begin:end] if gap <= 400 else text[begin : begin + 100] + text[end - 100 : end]
    for span in (text[before_start : s.group_start[group_x]], middle, text[s.group_end[group_y] : after_end]):
        cues = _cues(span)
        features += [float(k in cues) for k in range(len(_triggers()[0]))]
    for index in (subject, target):
        at = s.group_start[s.groups[index]]
        previous = text[at - 1 : at] if at else ""
        features += [float(previous == mark) for mark in _BEFORE]
    for index in (subject, target):
        following = text[s.group_end[s.groups[index]] :][:1]
        features += [float(following == mark) for mark in _AFTER]
    name_a, name_b = text[a.start : a.end], text[b.start : b.end]
    features += [
        float(name_a in name_b),
        float(name_b in name_a),
        float(name_a[:2] == name_b[:2]),
        float(s.sentence(right.start) == 0),
        float("分别" in middle),
        float("共同" in text[begin:after_end]),
    ]
    return features
