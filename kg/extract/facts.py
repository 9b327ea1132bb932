"""Scores become facts: thresholds, one best object where only one can be, and evidence for each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from kg import resources
from kg.extract.candidates import Candidates
from kg.extract.labels import LABEL_INDEX
from kg.extract.pair_scorer import PairScores
from kg.model import RELATION_TYPES


@dataclass(frozen=True, slots=True)
class Fact:
    """A label between two entities (indices), with the span of the repaired text that states it."""

    label: str
    subject: int
    object: int
    score: float
    start: int
    end: int


@cache
def thresholds() -> Mapping[str, float]:
    """Smallest probability at which a label is stated; data/models/thresholds.tsv, chosen on held-out folds."""
    rows = resources.read_tsv(resources.data("models", "thresholds.tsv"))
    return {row["label"]: float(row["threshold"]) for row in rows}


def span_of(candidates: Candidates, pair: int) -> tuple[int, int]:
    """Span of the sentences that hold both mentions of a mention pair."""
    i, j = candidates.mention_pairs[pair]
    structure = candidates.structure
    first, last = sorted((structure.mentions[i], structure.mentions[j]))
    if structure.sentence(last.start) - structure.sentence(first.start) <= 1:
        return structure.sentence_span(first.start)[0], structure.sentence_span(last.end - 1)[1]
    return structure.sentence_span(last.start)[0], structure.sentence_span(last.end - 1)[1]


def fact(candidates: Candidates, scores: PairScores, pair: int, label: str) -> Fact:
    """The fact that an entity pair (by index) states with a label."""
    column = LABEL_INDEX[label]
    start, end = span_of(candidates, int(scores.best[pair, column]))
    subject, target = candidates.entity_pairs[pair]
    return Fact(label, subject, target, float(scores.labels[pair, column]), start, end)


def relation_facts(candidates: Candidates, scores: PairScores) -> list[Fact]:
    """All relations above their thresholds, contradictions settled by the higher score."""
    found: list[Fact] = []
    for label in RELATION_TYPES:
        column, least = LABEL_INDEX[label], thresholds()[label]
        for pair in (scores.labels[:, column] >= least).nonzero()[0]:
            found.append(fact(candidates, scores, int(pair), label))
    return _settle([*found, *_homes(candidates, scores, found)])


def _homes(candidates: Candidates, scores: PairScores, stated: Sequence[Fact]) -> Iterator[Fact]:
    """The likeliest of the labels that say where somebody is, of whom no home is stated and all of them together are
    likely of one pair: whether a firm lies in a park or has settled there may be open, that it is there is not.
    """
    at_home = {f.subject for f in stated if f.label in _HOMES}
    said = scores.labels[:, [LABEL_INDEX[label] for label in _HOMES]]
    together = (said.sum(axis=1) >= _TOGETHER * thresholds()[_HOMES[0]]) & (said.max(axis=1) >= _LEAST_ALONE)
    for pair in map(int, together.nonzero()[0]):
        if candidates.entity_pairs[pair][0] not in at_home:
            yield fact(candidates, scores, pair, _HOMES[int(said[pair].argmax())])


_HOMES = ("locatedIn", "settledIn", "plansToSettleIn", "partOf")
_TOGETHER = 1.15  # times the threshold of one
_LEAST_ALONE = 0.15
#: Of these labels one holds for one subject and one object (of the last two both hold for 55 of 1,300).
_EXCLUSIVE = (
    {"settledIn", "plansToSettleIn"},
    {"locatedIn", "settledIn"},
    {"locatedIn", "partOf"},
    {"establishes", "memberOf"},
    {"organizes", "participatesIn"},
)
#: A subject has one object of each of these: so have 10,779 of the 10,927 of the annotated pages.
_ONE_OBJECT = frozenset({"locatedIn", "settledIn", "plansToSettleIn", "subsidiaryOf", "partOf", "memberOf"})


def _settle(facts: list[Fact]) -> list[Fact]:
    """Of labels that exclude each other for one pair, of A in B and B in A, and of two hosts the better one stays."""
    best = {(f.label, f.subject, f.object): f for f in facts}
    first: dict[tuple[str, int], Fact] = {}
    for f in facts:
        key = f.label, f.subject
        if f.label in _ONE_OBJECT and (key not in first or f.score > first[key].score):
            first[key] = f

    def beaten(f: Fact) -> bool:
        for group in _EXCLUSIVE:
            if f.label in group:
                for other in group - {f.label}:
                    rival = best.get((other, f.subject, f.object))
                    if rival and (rival.score, rival.label) > (f.score, f.label):
                        return True
        inverse = best.get((f.label, f.object, f.subject))
        if inverse is not None and (inverse.score, inverse.subject) > (f.score, f.subject):
            return True
        return first.get((f.label, f.subject), f) is not f

    return [f for f in facts if not beaten(f)]
