"""Settled or about to settle: the words beside an enumeration decide between settledIn and plansToSettleIn."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache

from kg import resources
from kg.extract.candidates import Candidates
from kg.extract.labels import LABEL_INDEX, VALUE_TYPES
from kg.extract.pair_scorer import Floats, PairScores

_SETTLED, _PLANNED = LABEL_INDEX["settledIn"], LABEL_INDEX["plansToSettleIn"]
_REACH = 30
#: Who is said to settle does so somewhere: of the hosts one that stands out is enough.
_SAID, _LEAST_HOST, _LEAST_SHARE = 0.8, 0.08, 0.45


#: Where each side's patterns begin and end, in what stands around an enumeration with this mark in its place.
_NAMES = "@"
_AT: Mapping[str, str] = {"before": "(?:{})@", "behind": "@(?:{})", "around": "(?:{})"}


@cache
def _patterns() -> Sequence[tuple[int, re.Pattern[str]]]:
    rows = resources.read_tsv(resources.data("lexicon", "settling.tsv"))
    return [(LABEL_INDEX[row["label"]], re.compile(_AT[row["side"]].format(row["pattern"]))) for row in rows]


def settled(candidates: Candidates, scores: PairScores) -> PairScores:
    """Scores with what was said of both labels put on the one that the words beside the subject state."""
    if not candidates.entity_pairs:
        return scores
    said = {subject: stated.pop() for subject, stated in _said(candidates).items() if len(stated) == 1}
    if not said:
        return scores
    labels = scores.labels.copy()
    for k, (subject, _) in enumerate(candidates.entity_pairs):
        if subject in said:
            labels[k, said[subject]] = min(1.0, labels[k, _SETTLED] + labels[k, _PLANNED])
            labels[k, _PLANNED if said[subject] == _SETTLED else _SETTLED] = 0.0
    _give_hosts(labels, candidates, said)
    return replace(scores, labels=labels)


def _give_hosts(labels: Floats, candidates: Candidates, said: Mapping[int, int]) -> None:
    """Raise what is said of an enumeration's members and their host, where one host stands out for them together."""
    enumerations = _enumerations(candidates, said)
    if not enumerations:
        return
    rows = {pair: k for k, pair in enumerate(candidates.entity_pairs)}
    hosts = sorted({host for _, host in rows})
    for members in enumerations:
        label = said[members[0]]
        total = {h: float(sum(labels[rows[m, h], label] for m in members if (m, h) in rows)) for h in hosts}
        host = max(hosts, key=lambda h: total[h])
        share = total[host] / max(sum(total.values()), 1e-9)
        if total[host] >= _LEAST_HOST * len(members) and share >= _LEAST_SHARE:
            for k in (rows[m, host] for m in members if (m, host) in rows):
                if candidates.permitted[k, label]:
                    labels[k, label] = max(labels[k, label], _SAID * share)


def _enumerations(candidates: Candidates, said: Mapping[int, int]) -> list[list[int]]:
    """Entities of one enumeration of which one label is said, each enumeration once."""
    groups: dict[tuple[int, int], list[int]] = {}
    for mention, group in zip(candidates.structure.mentions, candidates.structure.groups, strict=True):
        if mention.entity in said and not mention.anaphor:
            groups.setdefault((group, said[mention.entity]), []).append(mention.entity)
    return [list(members) for members in dict.fromkeys(tuple(dict.fromkeys(m)) for m in groups.values())]


def _said(candidates: Candidates) -> dict[int, set[int]]:
    """For each entity the labels that stand beside one of its enumerations."""
    structure, found = candidates.structure, dict[int, set[int]]()
    for mention, group in zip(structure.mentions, structure.groups, strict=True):
        if mention.type in VALUE_TYPES or mention.anaphor:
            continue
        start, end = structure.group_start[group], structure.group_end[group]
        before, behind = structure.text[max(0, start - _REACH) : start], structure.text[end : end + _REACH]
        around = before.replace(_NAMES, " ") + _NAMES + behind.replace(_NAMES, " ")
        for label, pattern in _patterns():
            if pattern.search(around):
                found.setdefault(mention.entity, set()).add(label)
    return found
