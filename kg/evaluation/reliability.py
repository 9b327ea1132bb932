"""Reliability: of the facts stated with some confidence, how many are right.

The table that calibration is judged by (Niculescu-Mizil and Caruana, 2005): facts in bins of confidence, each with
the mean confidence and the share that gold states.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations, pairwise

from kg.evaluation.align import align
from kg.evaluation.score import same_figure, signing_pairs
from kg.model import Annotation

_EDGES = (0.0, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 1.0)


@dataclass(frozen=True, slots=True)
class Bin:
    """Facts with a confidence in [low, high): their number, mean confidence, and how many are right."""

    low: float
    high: float
    count: int
    confidence: float
    right: int


def judged(gold: Annotation, predicted: Annotation) -> Iterator[tuple[float, bool]]:
    """Confidence of each predicted relation, signing pair and quantity, and whether gold states it."""
    mapping = align(gold.entities, predicted.entities)

    def key(identifier: str) -> str:
        return mapping.get(identifier, "?" + identifier)

    relations = {(r.type, r.subject, r.object) for r in gold.relations}
    for r in predicted.relations:
        yield r.confidence or 0.0, (r.type, key(r.subject), key(r.object)) in relations
    pairs = signing_pairs(gold, lambda i: i)
    for a in predicted.agreements:
        for one, other in combinations(sorted({key(p) for p in a.parties}), 2):
            yield a.confidence or 0.0, frozenset((one, other)) in pairs
    for q in predicted.quantities:
        yield (
            q.confidence or 0.0,
            any(
                (g.subject, g.property) == (key(q.subject), q.property) and same_figure(q.value, g.value)
                for g in gold.quantities
            ),
        )


def reliability(gold: Mapping[str, Annotation], predicted: Mapping[str, Annotation]) -> list[Bin]:
    """The facts of all documents by confidence; bins without facts are left out."""
    facts = [fact for name, g in gold.items() if name in predicted for fact in judged(g, predicted[name])]
    bins = []
    for low, high in pairwise(_EDGES):
        inside = [(c, ok) for c, ok in facts if low <= c < high or (high == 1.0 and c == 1.0)]
        if inside:
            mean = sum(c for c, _ in inside) / len(inside)
            bins.append(Bin(low, high, len(inside), mean, sum(ok for _, ok in inside)))
    return bins


def reliability_lines(bins: list[Bin]) -> list[str]:
    """The printed table."""
    head = f"{'confidence':12} {'facts':>6} {'mean':>6} {'right':>6}"
    return [
        head,
        *(
            f"{b.low:.2f}–{b.high:.2f}    {b.count:6} {b.confidence:6.2f} {b.right / b.count:6.2f}"
            for b in bins
        ),
    ]
