"""Ablations: the figures with one component of the pipeline left out at a time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from kg.evaluation.score import Scores, score_documents
from kg.extract import extract
from kg.extract.pipeline import OPTIONAL, pipeline
from kg.model import Annotation, Document

_FIGURES = ("entity", "core", "pairs", "relation", "quantity")


def ablations(gold: Mapping[str, Annotation], documents: Sequence[Document]) -> Iterator[tuple[str, Scores]]:
    """Scores of the whole pipeline ("all"), then without each optional component, by its name."""
    yield "all", score_documents(gold, {d.name: extract(d) for d in documents})
    for component in OPTIONAL:
        with pipeline().select_pipes(disable=component):
            yield component, score_documents(gold, {d.name: extract(d) for d in documents})


def ablation_lines(results: Iterator[tuple[str, Scores]]) -> Iterator[str]:
    """The printed table: F1 of each figure, then what leaving out a component changes."""
    yield f"{'without':22}" + "".join(f"{name:>10}" for name in _FIGURES)
    base: dict[str, float] = {}
    for name, scores in results:
        f1 = {figure: scores.tallies[figure].f1 for figure in _FIGURES}
        if not base:
            base = f1
            yield f"{'(nothing)':22}" + "".join(f"{f1[figure]:10.3f}" for figure in _FIGURES)
        else:
            yield f"{name:22}" + "".join(f"{f1[figure] - base[figure]:+10.3f}" for figure in _FIGURES)
