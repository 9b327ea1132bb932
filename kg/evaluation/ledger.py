"""The error ledger: misses and false finds grouped by cause, so that anyone sees what to do next."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from kg.evaluation.align import align, surfaces
from kg.evaluation.score import signing_pairs
from kg.model import Annotation, Entity

_SHOWN = 12
_MODALITY = {"settledIn", "plansToSettleIn"}


@dataclass(frozen=True, slots=True)
class Error:
    """One miss or false find: what kind of fact, why, and where."""

    kind: str
    cause: str
    document: str
    what: str


@dataclass(slots=True)
class ErrorLedger:
    """All errors of an evaluation."""

    errors: list[Error] = field(default_factory=list)

    def counts(self) -> Counter[tuple[str, str]]:
        """Number of errors by (kind, cause)."""
        return Counter((e.kind, e.cause) for e in self.errors)

    def lines(self, *, shown: int = _SHOWN) -> Iterator[str]:
        """A table of causes by count, each followed by its first cases."""
        cases: dict[tuple[str, str], list[Error]] = defaultdict(list)
        for error in self.errors:
            cases[error.kind, error.cause].append(error)
        for (kind, cause), count in self.counts().most_common():
            yield f"{count:5}  {kind}: {cause}"
            for error in cases[kind, cause][:shown]:
                yield f"         {error.document}: {error.what}"


def error_ledger(gold: Mapping[str, Annotation], predicted: Mapping[str, Annotation]) -> ErrorLedger:
    """Compare documents and name the cause of each difference."""
    ledger = ErrorLedger()
    for name, annotation in gold.items():
        _Comparison(name, annotation, predicted.get(name) or Annotation(doc=name), ledger).run()
    return ledger


class _Comparison:
    def __init__(self, name: str, gold: Annotation, predicted: Annotation, ledger: ErrorLedger) -> None:
        self.name, self.gold, self.predicted, self.ledger = name, gold, predicted, ledger
        self.mapping = align(gold.entities, predicted.entities)
        self.found = {g: p for p, g in self.mapping.items()}
        self.ours = {e.id: e for e in gold.entities}
        self.theirs = {e.id: e for e in predicted.entities}

    def run(self) -> None:
        self._entities()
        self._pairs()
        self._relations()
        self._quantities()

    def _add(self, kind: str, cause: str, what: str) -> None:
        self.ledger.errors.append(Error(kind, cause, self.name, what))

    def _key(self, identifier: str) -> str:
        return self.mapping.get(identifier, "?" + identifier)

    def _label(self, key: str) -> str:
        entity = self.theirs.get(key[1:]) if key.startswith("?") else self.ours.get(key)
        return entity.name if entity else f"{key} (no such entity)"

    def _entities(self) -> None:
        for entity in self.gold.entities:
            match = self.found.get(entity.id)
            if match is None:
                cause = "boundary" if self._overlaps(entity, self.predicted.entities) else "not found"
                self._add("entity missed", f"{cause} ({entity.type})", entity.name)
            elif self.theirs[match].type != entity.type:
                self._add("entity type", f"{entity.type} taken for {self.theirs[match].type}", entity.name)
        for entity in self.predicted.entities:
            if entity.id in self.mapping:
                continue
            if any(surfaces(entity) & surfaces(g) for g in self.gold.entities):
                cause = "short form not joined"
            elif self._overlaps(entity, self.gold.entities):
                cause = "boundary"
            else:
                cause = "no such entity"
            self._add("entity wrong", f"{cause} ({entity.type})", entity.name)

    @staticmethod
    def _overlaps(entity: Entity, others: tuple[Entity, ...]) -> bool:
        return any(a in b or b in a for o in others for a in surfaces(entity) for b in surfaces(o))

    def _pairs(self) -> None:
        ours = signing_pairs(self.gold, lambda i: i)
        theirs = signing_pairs(self.predicted, self._key)
        for pair in ours.keys() - theirs.keys():
            missing = [p for p in pair if p not in self.found]
            if missing:
                cause = "party not found"
            elif len(ours[pair].parties) > 2:
                cause = "lost in a multi-party agreement"
            elif any(p & pair for p in theirs.keys() & ours.keys()):
                cause = "party lost beside others that were found"
            else:
                cause = "agreement not recognised"
            self._add("pair missed", cause, " + ".join(sorted(map(self._label, pair))))
        for pair in theirs.keys() - ours.keys():
            if any(p.startswith("?") for p in pair):
                cause = "party is no gold entity"
            elif any(p & pair for p in ours):
                cause = "wrong counterpart"
            else:
                cause = "no agreement"
            self._add("pair wrong", cause, " + ".join(sorted(map(self._label, pair))))
        for pair in ours.keys() & theirs.keys():
            for name in ("type", "status", "date"):
                wanted, given = getattr(ours[pair], name), getattr(theirs[pair], name)
                if wanted and wanted != given:
                    label = f"{name}: {wanted} taken for {given}" if name != "date" else "date"
                    what = " + ".join(sorted(map(self._label, pair)))
                    self._add("pair attribute", label, f"{what}: {wanted} → {given}")

    def _relations(self) -> None:
        ours = {(r.type, r.subject, r.object) for r in self.gold.relations}
        theirs = {(r.type, self._key(r.subject), self._key(r.object)) for r in self.predicted.relations}
        by_pair: dict[tuple[str, str], set[str]] = defaultdict(set)
        for kind, subject, target in theirs:
            by_pair[subject, target].add(kind)
        gold_pairs = {(s, o): k for k, s, o in ours}
        for kind, subject, target in sorted(ours - theirs):
            other = by_pair.get((subject, target), set())
            if subject not in self.found or target not in self.found:
                cause = "entity not found"
            elif other & _MODALITY and kind in _MODALITY:
                cause = "modality"
            elif other:
                cause = f"taken for {'/'.join(sorted(other))}"
            elif kind in by_pair.get((target, subject), set()):
                cause = "wrong direction"
            else:
                cause = "not recognised"
            self._add(
                "relation missed", f"{kind}: {cause}", f"{self._label(subject)} → {self._label(target)}"
            )
        for kind, subject, target in sorted(theirs - ours):
            if subject.startswith("?") or target.startswith("?"):
                cause = "of an entity that is none in gold"
            elif (subject, target) in gold_pairs:
                cause = f"gold says {gold_pairs[subject, target]}"
            else:
                cause = "not stated"
            self._add("relation wrong", f"{kind}: {cause}", f"{self._label(subject)} → {self._label(target)}")

    def _quantities(self) -> None:
        ours = {(q.subject, q.property, q.value) for q in self.gold.quantities}
        theirs = {(self._key(q.subject), q.property, q.value) for q in self.predicted.quantities}
        for subject, name, value in sorted(ours - theirs):
            if any(v == value and n == name for _, n, v in theirs):
                cause = "other subject"
            elif any(v == value for _, _, v in theirs):
                cause = "other property"
            else:
                cause = "not found"
            self._add("quantity missed", f"{name}: {cause}", f"{self._label(subject)} {value:g}")
        for subject, name, value in sorted(theirs - ours):
            known = any(v == value and n == name for _, n, v in ours)
            cause = "other subject" if known else "no such quantity"
            self._add("quantity wrong", f"{name}: {cause}", f"{self._label(subject)} {value:g}")
