"""Settled, or about to."""

from __future__ import annotations

import pytest

from kg.extract.labels import LABEL_INDEX
from kg.extract.modality import settled
from tests.extract_scenes import said, scene

CAST = [("Park", "青禾基地"), ("Firm", "甲药业"), ("Firm", "乙生物")]


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("青禾基地开园，甲药业、乙生物等已率先入驻。", "settledIn"),
        ("青禾基地开园，甲药业、乙生物等企业先后落户。", "settledIn"),
        ("青禾基地开园，甲药业、乙生物也将入驻。", "plansToSettleIn"),
        ("青禾基地开园，甲药业、乙生物等80余家意向入驻企业在谈。", "plansToSettleIn"),
        ("青禾基地开园，正跟进甲药业、乙生物。", "plansToSettleIn"),
    ],
)
def test_the_words_beside_the_names_decide(text: str, label: str) -> None:
    candidates = scene(text, CAST)
    scores = said(candidates, {("settledIn", 1, 0): 0.2, ("plansToSettleIn", 1, 0): 0.25})
    pair = candidates.entity_pairs.index((1, 0))
    row = settled(candidates, scores).labels[pair]
    other = {"settledIn", "plansToSettleIn"} - {label}
    assert row[LABEL_INDEX[label]] == pytest.approx(0.45)
    assert row[LABEL_INDEX[other.pop()]] == 0
    assert scores.labels[pair, LABEL_INDEX["settledIn"]] == pytest.approx(0.2), (
        "the scores given stay as they are"
    )


@pytest.mark.parametrize(
    "text", ["青禾基地迎来甲药业。", "青禾基地已有甲药业，甲药业也将入驻，甲药业已入驻。"]
)
def test_words_that_say_nothing_or_both_change_nothing(text: str) -> None:
    candidates = scene(text, CAST[:2])
    scores = said(candidates, {("settledIn", 1, 0): 0.2, ("plansToSettleIn", 1, 0): 0.25})
    assert (settled(candidates, scores).labels == scores.labels).all()
