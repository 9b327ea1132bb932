"""The network over the mentions of a document."""

from __future__ import annotations

import numpy as np
import pytest

from kg.extract.mention_context import MENTION_FLAGS, mention_flags, read_in_order
from kg.extract.structure import Mention, Structure
from tests.extract_scenes import scene

WEIGHTS = {
    name: np.array(value, dtype=np.float32)
    for name, value in {
        "gru.wi": [[0.5, -0.4, 0.3]], "gru.wh": [[0.2, 0.1, -0.6]], "gru.bi": [0.1, 0, 0.2], "gru.bh": [0, 0.3, -0.1],
        "gru.wir": [[-0.5, 0.7, 1]], "gru.whr": [[0.1, 0.1, 0.4]], "gru.bir": [0, 0, 0], "gru.bhr": [0, 0, 0],
    }.items()
}  # fmt: skip


def by_hand(inputs: list[float], way: str) -> list[float]:
    """The states of a GRU with one cell, by its definition (Cho et al. 2014, bias of the state inside the gate)."""
    wi, wh, bi, bh = (WEIGHTS[f"gru.{name}{way}"].reshape(-1) for name in ("wi", "wh", "bi", "bh"))
    state, states = 0.0, []
    for x in inputs:
        reset = 1 / (1 + np.exp(-(wi[0] * x + bi[0] + wh[0] * state + bh[0])))
        update = 1 / (1 + np.exp(-(wi[1] * x + bi[1] + wh[1] * state + bh[1])))
        new = np.tanh(wi[2] * x + bi[2] + reset * (wh[2] * state + bh[2]))
        state = (1 - update) * new + update * state
        states.append(state)
    return states


def test_states_are_those_of_a_gru_in_both_directions() -> None:
    inputs = [1.0, -2.0, 0.5, 3.0]
    states = read_in_order(np.array([[x] for x in inputs], dtype=np.float32), WEIGHTS)
    assert states[:, 0] == pytest.approx(by_hand(inputs, ""), abs=1e-6)
    assert states[:, 1] == pytest.approx(by_hand(inputs[::-1], "r")[::-1], abs=1e-6)


def test_how_each_mention_stands_in_the_document() -> None:
    structure = scene(
        "启明谷与甲药业签约。园区占地90亩。\n甲药业", [("Park", "启明谷"), ("Firm", "甲药业")]
    ).structure
    rows = [
        {name for name, value in zip(MENTION_FLAGS, row, strict=True) if value}
        for row in mention_flags(structure)
    ]
    assert rows == [
        {"opens a paragraph", "opens a sentence", "first of its entity"},
        {"first of its entity"},
        {"opens a sentence", "anaphor"},
        {"first of its entity", "figure or date"},
        {"opens a paragraph", "opens a sentence"},
    ]


def test_a_document_of_anaphors_has_no_first_names() -> None:
    flags = mention_flags(Structure("该公司", [Mention(1, 3, "Firm", 0, anaphor=True)]))
    assert flags[0, MENTION_FLAGS.index("first of its entity")] == 0
