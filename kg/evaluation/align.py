"""One-to-one alignment of predicted entities with gold ones, by name.

The definitions are those of the annotation project's scorer: equal normalised names match best, then any shared
surface form; events and projects also by bigram overlap (Dice coefficient of 0.6 or more).
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from itertools import pairwise

from kg.model import Entity

_IGNORED = re.compile(r"[\s\"'“”‘’《》〈〉「」『』()\[\]【】·・.,，。、:：;；\-—_]")
_FUZZY_TYPES = ("Event", "Project")
_FUZZY_DICE = 0.6


def normalise(name: str) -> str:
    """A name as the scorer compares it: NFKC, lower case, without blanks and punctuation."""
    return _IGNORED.sub("", unicodedata.normalize("NFKC", name).lower())


def surfaces(entity: Entity) -> set[str]:
    """All normalised forms of an entity."""
    return {form for form in map(normalise, entity.names) if form}


def dice(a: str, b: str) -> float:
    """Dice coefficient of the character bigrams of two strings, 0 to 1."""
    left, right = Counter(pairwise(a)), Counter(pairwise(b))
    total = sum(left.values()) + sum(right.values())
    return 2 * sum((left & right).values()) / total if total else float(a == b)


def affinity(gold: Entity, predicted: Entity) -> float:
    """How well two entities match by name; 0 means not at all."""
    ours, theirs = surfaces(gold), surfaces(predicted)
    if normalise(gold.name) == normalise(predicted.name):
        return 3 + len(ours & theirs) / 100
    if ours & theirs:
        return 2 + len(ours & theirs) / 100
    if gold.type in _FUZZY_TYPES and predicted.type == gold.type:
        best = max((dice(a, b) for a in ours for b in theirs), default=0.0)
        return best if best >= _FUZZY_DICE else 0.0
    return 0.0


def align(gold: Iterable[Entity], predicted: Iterable[Entity]) -> dict[str, str]:
    """Predicted ids mapped to gold ids, best names (then equal types) first."""
    others = list(predicted)
    scored = []
    for g in gold:
        for p in others:
            value = affinity(g, p)
            if value:
                scored.append((value + (0.5 if g.type == p.type else 0.0), g.id, p.id))
    scored.sort(key=lambda row: -row[0])
    used: set[str] = set()
    mapping: dict[str, str] = {}
    for _, g_id, p_id in scored:
        if g_id not in used and p_id not in mapping:
            used.add(g_id)
            mapping[p_id] = g_id
    return mapping
