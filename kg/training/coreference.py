"""Trains the alias scorer: a logistic regression over kg.extract.alias_features."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path

from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from kg.extract.alias_features import Surface, candidates, features
from kg.extract.entities import tidy
from kg.extract.names import find_names
from kg.extract.tagger import Tagger
from kg.training.corpus import Example

_HEADER = (
    "# Weights of the alias scorer (logistic regression). Made by `python -m kg.training`; do not edit.\n"
)
_SMALLEST = 0.005

#: A text, and the gold entity (id) of each surface form in it.
Forms = tuple[str, Mapping[Surface, str]]


def gold_forms(example: Example) -> Forms:
    """The forms that gold knows, with their gold types."""
    text = example.document.text
    return text, {(n, e.type): e.id for e in example.gold.entities for n in e.names if n in text}


def found_forms(example: Example, tagger: Tagger) -> Forms:
    """The forms that a tagger finds, with the types that it gives them, where gold knows their entity.

    They teach that a form typed Investor may be short for one typed Firm: taggers err, gold never does. The tagger
    must not have been trained on the page.
    """
    text = example.document.text
    known: dict[str, dict[str, str]] = {}
    for entity in example.gold.entities:
        for name in entity.names:
            known.setdefault(name, {})[entity.type] = entity.id
    found = {(tidy(text[s.start : s.end]), s.type) for s in find_names(example.document, tagger)}
    return text, {
        (name, kind): known[name].get(kind, next(iter(known[name].values())))
        for name, kind in sorted(found)
        if name in known
    }


def alias_examples(pages: Iterable[Forms]) -> tuple[list[dict[str, int]], list[int]]:
    """Features and labels of every candidate pair of surface forms."""
    rows: list[dict[str, int]] = []
    labels: list[int] = []
    for text, owner in pages:
        pairs = list(candidates(text, owner))
        rivals = Counter(short for short, long in pairs if short[1] == long[1])
        for short, long in pairs:
            rows.append(dict.fromkeys(features(short, long, text, rivals=max(0, rivals[short] - 1)), 1))
            labels.append(int(owner[short] == owner[long]))
    return rows, labels


def train(pages: Iterable[Forms], out: Path, *, strength: float = 1.0) -> int:
    """Fit and write the weights as TSV; returns the number of candidate pairs."""
    rows, labels = alias_examples(pages)
    vectorizer = DictVectorizer()
    model = LogisticRegression(C=strength, max_iter=3000).fit(vectorizer.fit_transform(rows), labels)
    lines = [f"(bias)\t{model.intercept_[0]:.4f}"]
    for name, weight in zip(vectorizer.feature_names_, model.coef_[0], strict=True):
        if abs(weight) >= _SMALLEST:
            lines.append(f"{name}\t{weight:.4f}")
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(_HEADER + "feature\tweight\n" + "\n".join(lines) + "\n", "utf-8")
    return len(rows)
