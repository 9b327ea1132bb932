"""Settled or about to settle: the words beside an enumeration decide between settledIn and plansToSettleIn."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from kg import resources
from kg.extract.candidates import Candidates
from kg.extract.labels import LABEL_INDEX, VALUE_TYPES
from kg.extract.pair_scorer import PairScores

_SETTLED, _PLANNED = LABEL_INDEX["settledIn"], LABEL_INDEX["plansToSettleIn"]
_REACH = 30


@cache
def _patterns() -> Sequence[tuple[int, bool, re.Pattern[str]]]:
    """(label, whether it stands behind the names, pattern)."""
    rows = resources.read_tsv(resources.data("lexicon", "settling.tsv"))
    return [
        (LABEL_INDEX[row["label"]], behind, re.compile(row["pattern"] if behind else f"{row['pattern']}$"))
        for row in rows
        for behind in [row["side"] == "behind"]
    ]


def settled(candidates: Candidates, scores: PairScores) -> PairScores:
    """Scores with what was said of both labels put on the one that the words beside the subject state."""
    said = {subject: stated.pop() for subject, stated in _said(candidates).items() if len(stated) == 1}
    labels = scores.labels.copy()
    for k, (subject, _) in enumerate(candidates.entity_pairs):
        if subject in said:
            labels[k, said[subject]] = min(1.0, labels[k, _SETTLED] + labels[k, _PLANNED])
            labels[k, _PLANNED if said[subject] == _SETTLED else _SETTLED] = 0.0
    return replace(scores, labels=labels)


def _said(candidates: Candidates) -> dict[int, set[int]]:
    """For each entity the labels that stand beside one of its enumerations."""
    structure, found = candidates.structure, dict[int, set[int]]()
    for mention, group in zip(structure.mentions, structure.groups, strict=True):
        if mention.type in VALUE_TYPES or mention.anaphor:
            continue
        start, end = structure.group_start[group], structure.group_end[group]
        before, behind = structure.text[max(0, start - _REACH) : start], structure.text[end : end + _REACH]
        for label, is_behind, pattern in _patterns():
            if pattern.match(behind) if is_behind else pattern.search(before):
                found.setdefault(mention.entity, set()).add(label)
    return found
