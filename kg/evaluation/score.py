"""The figures of `kg evaluate`: the definitions of the annotation project's scorer, over many documents.

Counts are summed over documents (micro average); a gold document without a prediction counts as all missed.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import combinations

from kg.evaluation.align import align
from kg.model import CORE_TYPES, Agreement, Annotation, Quantity

_HEAD = ("entity", "entity-untyped", "core", "pairs", "relation", "quantity")
_CLOSE = 0.01


@dataclass(slots=True)
class Tally:
    """True positives, false positives, false negatives."""

    tp: int = 0
    fp: int = 0
    fn: int = 0

    def add(self, gold: Iterable[Hashable], predicted: Iterable[Hashable]) -> None:
        """Count two bags of items against each other."""
        ours, theirs = Counter(gold), Counter(predicted)
        both = sum((ours & theirs).values())
        self.tp += both
        self.fp += sum(theirs.values()) - both
        self.fn += sum(ours.values()) - both

    @property
    def precision(self) -> float:
        return self.tp / (self.tp + self.fp) if self.tp + self.fp else 0.0

    @property
    def recall(self) -> float:
        return self.tp / (self.tp + self.fn) if self.tp + self.fn else 0.0

    @property
    def f1(self) -> float:
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


@dataclass(slots=True)
class Scores:
    """Tallies by figure, and how often type, status and date agree over matched pairs."""

    tallies: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    agree: dict[str, Counter[bool]] = field(default_factory=lambda: defaultdict(Counter))

    def rows(self) -> list[tuple[str, Tally]]:
        """Figures in print order: the six main ones, then types and relations by name."""
        names = [*_HEAD, *sorted(set(self.tallies) - set(_HEAD))]
        return [(name, self.tallies[name]) for name in names if name in self.tallies or name in _HEAD]

    def figures(self) -> dict[str, dict[str, float] | float]:
        """The report as data: precision, recall, F1 and counts by figure; shares of agreement over pairs."""
        table: dict[str, dict[str, float] | float] = {
            name: {"p": t.precision, "r": t.recall, "f1": t.f1, "gold": t.tp + t.fn, "predicted": t.tp + t.fp}
            for name, t in self.rows()
        }
        return table | {f"pair {name}": c[True] / sum(c.values()) for name, c in self.agree.items()}

    def lines(self) -> list[str]:
        """The printed report."""
        out = [
            f"{name:28} P {t.precision:.3f}  R {t.recall:.3f}  F1 {t.f1:.3f}   gold {t.tp + t.fn:4}  "
            f"predicted {t.tp + t.fp:4}"
            for name, t in self.rows()
        ]
        return out + [f"pair {name:23} {c[True]}/{sum(c.values())} agree" for name, c in self.agree.items()]


def same_figure(value: float, wanted: float) -> bool:
    """Whether a figure is the one wanted, but for a hundredth of it."""
    return abs(wanted - value) <= _CLOSE * abs(wanted)


def signing_pairs(annotation: Annotation, key: Callable[[str], str]) -> dict[frozenset[str], Agreement]:
    """Unordered pairs of agreement parties, each with the first agreement that states it."""
    found: dict[frozenset[str], Agreement] = {}
    for agreement in annotation.agreements:
        for pair in combinations(sorted({key(p) for p in agreement.parties}), 2):
            found.setdefault(frozenset(pair), agreement)
    return found


def score_document(gold: Annotation, predicted: Annotation, scores: Scores) -> None:
    """Add one document to the scores."""
    mapping = align(gold.entities, predicted.entities)

    def key(identifier: str) -> str:
        return mapping.get(identifier, "?" + identifier)

    ours: list[tuple[str, str]] = [(e.id, e.type) for e in gold.entities]
    theirs: list[tuple[str, str]] = [(key(e.id), e.type) for e in predicted.entities]
    tallies = scores.tallies
    tallies["entity"].add(ours, theirs)
    tallies["entity-untyped"].add([g for g, _ in ours], [p for p, _ in theirs])
    tallies["core"].add([x for x in ours if x[1] in CORE_TYPES], [x for x in theirs if x[1] in CORE_TYPES])
    for kind in {t for _, t in ours + theirs}:
        tallies["type " + kind].add([x for x in ours if x[1] == kind], [x for x in theirs if x[1] == kind])
    _score_pairs(signing_pairs(gold, lambda i: i), signing_pairs(predicted, key), scores)
    left = {(r.type, r.subject, r.object) for r in gold.relations}
    right = {(r.type, key(r.subject), key(r.object)) for r in predicted.relations}
    tallies["relation"].add(left, right)
    for kind in {r[0] for r in left | right}:
        tallies["relation " + kind].add([r for r in left if r[0] == kind], [r for r in right if r[0] == kind])
    _score_quantities(gold.quantities, predicted.quantities, key, tallies["quantity"])


def _score_pairs(
    gold: Mapping[frozenset[str], Agreement], predicted: Mapping[frozenset[str], Agreement], scores: Scores
) -> None:
    scores.tallies["pairs"].add(gold.keys(), predicted.keys())
    for pair in gold.keys() & predicted.keys():
        for name in ("type", "status", "date"):
            wanted = getattr(gold[pair], name)
            if wanted:
                scores.agree[name][wanted == getattr(predicted[pair], name)] += 1


def _score_quantities(
    gold: Iterable[Quantity], predicted: Iterable[Quantity], key: Callable[[str], str], tally: Tally
) -> None:
    left = [(q.subject, q.property, q.value) for q in gold]
    total, given, hits = len(left), 0, 0
    for q in predicted:
        given += 1
        for wanted in left:
            if wanted[:2] == (key(q.subject), q.property) and same_figure(q.value, wanted[2]):
                left.remove(wanted)
                hits += 1
                break
    tally.tp += hits
    tally.fp += given - hits
    tally.fn += total - hits


def score_documents(gold: Mapping[str, Annotation], predicted: Mapping[str, Annotation]) -> Scores:
    """Scores of all gold documents, by document name."""
    scores = Scores()
    for name, annotation in gold.items():
        score_document(annotation, predicted.get(name) or Annotation(doc=name), scores)
    return scores
