"""Fits calibration and thresholds on annotated pages that the models were not trained on.

python -m kg.training.calibration SOURCE...
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import click
import numpy as np
from sklearn.linear_model import LogisticRegression

from kg import resources
from kg.extract.calibration import log_odds
from kg.extract.facts import thresholds
from kg.extract.labels import LABELS
from kg.extract.pair_scorer import default_scorer
from kg.extract.tagger import default_tagger
from kg.model import QUANTITY_PROPERTIES, RELATION_TYPES
from kg.training.corpus import Example, expand, load_examples
from kg.training.pair_examples import found_example
from kg.training.thresholds import best_thresholds

_LEAST = 0.01  # raw probability below which a candidate says nothing of the ones that matter
_STRENGTH = 0.3  # of the pull of each label's own offset and slope towards those of its group
GROUPS: Mapping[str, tuple[str, ...]] = {
    "relation": RELATION_TYPES,
    "pair": ("pair",),
    "quantity": QUANTITY_PROPERTIES,
    "date": ("date",),
    "amount": ("amount",),
}


@dataclass(slots=True)
class Seen:
    """Candidates of one label: raw probability and whether gold states them; facts that no candidate stands for."""

    scores: list[float] = field(default_factory=list)
    right: list[bool] = field(default_factory=list)
    missing: int = 0


def observe(examples: Iterable[Example]) -> dict[str, Seen]:
    """What the shipped scorer says of pages, over the names that the shipped tagger finds."""
    seen: dict[str, Seen] = defaultdict(Seen)
    for example in examples:
        page = found_example(example, default_tagger())
        raw = default_scorer().raw(page.text, page.candidates)
        for column, label in enumerate(LABELS):
            known = seen[label]
            said = raw[:, column] > _LEAST
            known.scores += raw[said, column].tolist()
            known.right += (page.gold[said, column] > 0).tolist()
            known.missing += page.missing.get(label, 0) + int(page.gold[~said, column].sum())
    return seen


def fit(seen: Mapping[str, Seen]) -> dict[str, tuple[float, float]]:
    """Slope and offset of each label: those of its group, moved as far as the label's own candidates demand."""
    scale: dict[str, tuple[float, float]] = {}
    for labels in GROUPS.values():
        rows = [
            (float(x), k, right)
            for k, label in enumerate(labels)
            for x, right in zip(
                log_odds(np.array(seen[label].scores, dtype=np.float32)), seen[label].right, strict=True
            )
        ]
        own = np.zeros((len(rows), 1 + 2 * len(labels)))
        for row, (x, k, _) in enumerate(rows):
            own[row, 0], own[row, 1 + 2 * k], own[row, 2 + 2 * k] = x, x * _STRENGTH, _STRENGTH
        model = LogisticRegression(C=1.0, max_iter=2000).fit(own, [right for _, _, right in rows])
        weights, bias = model.coef_[0], float(model.intercept_[0])
        for k, label in enumerate(labels):
            slope = float(weights[0] + _STRENGTH * weights[1 + 2 * k])
            scale[label] = max(slope, 0.05), bias + float(_STRENGTH * weights[2 + 2 * k])
    return scale


def candidate_thresholds(
    seen: Mapping[str, Seen], scale: Mapping[str, tuple[float, float]]
) -> dict[str, float]:
    """For each group the probability at which its F1 is highest: one for all its labels, as micro F1 asks for."""
    best: dict[str, float] = {}
    for labels in GROUPS.values():
        found: list[tuple[float, bool]] = []
        gold = 0
        for label in labels:
            slope, offset = scale[label]
            raw = log_odds(np.array(seen[label].scores, dtype=np.float32))
            found += zip((1 / (1 + np.exp(-(slope * raw + offset)))).tolist(), seen[label].right, strict=True)
            gold += sum(seen[label].right) + seen[label].missing
        found.sort(reverse=True)
        hits, top, least = 0, 0.0, 0.5
        for count, (score, right) in enumerate(found, start=1):
            hits += right
            if 2 * hits / (count + gold) > top:
                top, least = 2 * hits / (count + gold), score
        best |= dict.fromkeys(labels, least)
    return best


@click.command()
@click.argument("sources", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
def main(sources: tuple[Path, ...]) -> None:
    """Write calibration.tsv and thresholds.tsv beside the shipped models, which SOURCE... must not have trained."""
    examples = list(load_examples(expand(sources)))
    seen = observe(examples)
    scale = fit(seen)
    rows = [f"{label}\t{scale[label][0]:.4f}\t{scale[label][1]:.4f}" for label in LABELS]
    note = "Log-odds of a fact being right: slope times the scorer's log-odds, plus offset."
    _write("calibration.tsv", note, "label\tslope\toffset", rows)
    _use_thresholds(best_thresholds(examples, candidate_thresholds(seen, scale), _use_thresholds))


def _use_thresholds(least: Mapping[str, float]) -> None:
    note = "Smallest calibrated probability at which the extractor states a fact, by label."
    _write("thresholds.tsv", note, "label\tthreshold", [f"{label}\t{least[label]:.3f}" for label in LABELS])
    thresholds.cache_clear()


def _write(name: str, note: str, header: str, rows: Sequence[str]) -> None:
    made = "Made by `python -m kg.training.calibration`; do not edit."
    text = "\n".join([f"# {note} {made}", header, *rows])
    resources.data("models", name).write_text(text + "\n", "utf-8")


if __name__ == "__main__":
    main()
