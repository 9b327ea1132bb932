"""Chooses the probabilities from which facts are stated, by what whole annotations score.

The scorer's candidates alone do not tell: rules drop rivals and implausible pairs, and find lost parties again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc

from kg.evaluation.score import score_documents
from kg.extract.annotate import annotation_of
from kg.extract.entities import DocumentEntity
from kg.extract.pair_scorer import PairScores
from kg.extract.pipeline import pipeline
from kg.model import QUANTITY_PROPERTIES, RELATION_TYPES, Annotation
from kg.training.corpus import Example

#: Figure → labels that share a threshold.
TUNED: Mapping[str, tuple[str, ...]] = {
    "relation": RELATION_TYPES,
    "pairs": ("pair",),
    "quantity": QUANTITY_PROPERTIES,
}
_GRID = tuple(round(0.2 + 0.02 * k, 2) for k in range(16))
_ALIKE = 0.004  # F1 that says nothing: of thresholds that differ by less the lowest is taken
_LAST_SCORING = "kg_scores"


@dataclass(frozen=True, slots=True)
class _Page:
    """A page read up to its scores; what the later components replace is kept, so that they can run again."""

    doc: Doc
    gold: Annotation
    entities: Sequence[DocumentEntity]
    scores: PairScores


def _scored(example: Example) -> _Page:
    nlp = pipeline()
    doc = nlp.make_doc(example.document.text)
    doc._.document = example.document
    for name, component in nlp.pipeline:
        doc = component(doc)
        if name == _LAST_SCORING:
            break
    return _Page(doc, example.gold, tuple(doc._.entities), doc._.scores)


def _annotated(page: _Page) -> Annotation:
    doc = page.doc
    doc._.entities, doc._.scores = list(page.entities), page.scores
    names = pipeline().pipe_names
    for _, component in pipeline().pipeline[names.index(_LAST_SCORING) + 1 :]:
        doc = component(doc)
    return annotation_of(doc)


def best_thresholds(
    examples: Iterable[Example], start: Mapping[str, float], use: Callable[[Mapping[str, float]], None]
) -> dict[str, float]:
    """For each figure the lowest threshold at which its F1 over all pages together is as good as highest.

    The lowest, since a reader can leave out doubtful facts by their confidence, but cannot see those that were not
    stated. One figure is tuned after another.

    start: all thresholds; use: makes the pipeline use those that it is given.
    """
    pages = [_scored(example) for example in examples]
    gold = {page.gold.doc: page.gold for page in pages}
    chosen = dict(start)

    def f1(figure: str, least: float) -> float:
        use(chosen | dict.fromkeys(TUNED[figure], least))
        return score_documents(gold, {p.gold.doc: _annotated(p) for p in pages}).tallies[figure].f1

    for figure, labels in TUNED.items():
        scored = {least: f1(figure, least) for least in _GRID}
        enough = max(scored.values()) - _ALIKE
        chosen |= dict.fromkeys(labels, min(least for least, f in scored.items() if f >= enough))
    use(chosen)
    return chosen
