"""Trains the alias scorer: a logistic regression over kg.extract.alias_features."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from kg.extract.alias_features import candidates, features
from kg.training.corpus import Example

_HEADER = (
    "# Weights of the alias scorer (logistic regression). Made by `python -m kg.training`; do not edit.\n"
)
_SMALLEST = 0.005


def alias_examples(examples: Iterable[Example]) -> tuple[list[dict[str, int]], list[int]]:
    """Features and labels of every candidate pair of surface forms."""
    rows: list[dict[str, int]] = []
    labels: list[int] = []
    for example in examples:
        text = example.document.text
        owner: dict[tuple[str, str], str] = {
            (n, e.type): e.id for e in example.gold.entities for n in e.names if n in text
        }
        pairs = list(candidates(text, owner))
        rivals = Counter(short for short, long in pairs if short[1] == long[1])
        for short, long in pairs:
            rows.append(dict.fromkeys(features(short, long, text, rivals=max(0, rivals[short] - 1)), 1))
            labels.append(int(owner[short] == owner[long]))
    return rows, labels


def train(examples: Iterable[Example], out: Path, *, strength: float = 1.0) -> int:
    """Fit and write the weights as TSV; returns the number of candidate pairs."""
    rows, labels = alias_examples(examples)
    vectorizer = DictVectorizer()
    model = LogisticRegression(C=strength, max_iter=3000).fit(vectorizer.fit_transform(rows), labels)
    lines = [f"(bias)\t{model.intercept_[0]:.4f}"]
    for name, weight in zip(vectorizer.feature_names_, model.coef_[0], strict=True):
        if abs(weight) >= _SMALLEST:
            lines.append(f"{name}\t{weight:.4f}")
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(_HEADER + "feature\tweight\n" + "\n".join(lines) + "\n", "utf-8")
    return len(rows)
