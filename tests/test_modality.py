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
        ("青禾基地开园，推动总投资2亿元的甲药业、乙生物尽快落户。", "plansToSettleIn"),
        ("青禾基地开园，首批住户已经到位，它们是甲药业、乙生物。", "settledIn"),
    ],
)
def test_the_words_beside_the_names_decide(text: str, label: str) -> None:
    candidates = scene(text, CAST)
    scores = said(candidates, {("settledIn", 1, 0): 0.2, ("plansToSettleIn", 1, 0): 0.25})
    pair = candidates.entity_pairs.index((1, 0))
    row = settled(candidates, scores).labels[pair]
    other = {"settledIn", "plansToSettleIn"} - {label}
    assert row[LABEL_INDEX[label]] == pytest.approx(0.8)  # the one host that there is
    assert row[LABEL_INDEX[other.pop()]] == 0
    assert scores.labels[pair, LABEL_INDEX["settledIn"]] == pytest.approx(0.2), (
        "the scores given stay as they are"
    )


@pytest.mark.parametrize(
    "text",
    [
        "青禾基地迎来甲药业。",
        "青禾基地开园，推动甲药业做强。",
        "青禾基地@推动@甲药业@落户。",
        "青禾基地已有甲药业，甲药业也将入驻，甲药业已入驻。",
    ],
)
def test_words_that_say_nothing_or_both_change_nothing(text: str) -> None:
    candidates = scene(text, CAST[:2])
    scores = said(candidates, {("settledIn", 1, 0): 0.2, ("plansToSettleIn", 1, 0): 0.25})
    assert (settled(candidates, scores).labels == scores.labels).all()


HOSTS = [*CAST, ("Park", "白石谷"), ("Park", "青石港")]
TENANTS = "青禾基地、白石谷与青石港开园，甲药业、乙生物已率先入驻。"


def hosted(labels: dict[tuple[str, int, int], float]) -> dict[tuple[int, int], float]:
    candidates = scene(TENANTS, HOSTS)
    scores = settled(candidates, said(candidates, labels))
    column = scores.labels[:, LABEL_INDEX["settledIn"]]
    return {pair: round(float(p), 2) for pair, p in zip(candidates.entity_pairs, column, strict=True) if p}


def test_the_host_that_stands_out_is_that_of_the_whole_enumeration() -> None:
    found = hosted({("settledIn", 1, 0): 0.3, ("settledIn", 2, 0): 0.1, ("settledIn", 2, 3): 0.1})
    assert found == {(1, 0): 0.64, (2, 0): 0.64, (2, 3): 0.1}


def test_no_host_is_raised_where_none_stands_out_or_all_are_improbable() -> None:
    even = {("settledIn", 1, host): 0.2 for host in (0, 3, 4)}
    assert hosted(even) == {(1, host): 0.2 for host in (0, 3, 4)}
    assert hosted({("settledIn", 1, 0): 0.05, ("settledIn", 2, 0): 0.04}) == {(1, 0): 0.05, (2, 0): 0.04}


def test_who_moves_in_alone_on_the_page_is_said_of_nobody() -> None:
    candidates = scene("甲药业、乙药业拟入驻。", [("Firm", "甲药业")])
    scores = said(candidates, {})
    assert settled(candidates, scores) is scores
