"""Features of pairs that are read in words."""

from __future__ import annotations

import numpy as np

from kg.extract.labels import VALUE_TYPES
from kg.extract.pair_words import word_features
from tests.extract_scenes import scene

TEXT = "青禾区县长周远山与甲药业校长李晓云出席2025年青禾区招商推介会，园区占地9万平方米。"
CAST = [
    ("Person", "周远山"),
    ("Person", "李晓云"),
    ("Place", "青禾区"),
    ("Firm", "甲药业"),
    ("Event", "2025年青禾区招商推介会"),
]


def between(subject: int, target: int) -> list[int]:
    """The features behind the figure's: [opens, is opened by, post known, post fits, post cannot be]."""
    structure = scene(TEXT, CAST).structure
    place = {m.entity: k for k, m in reversed(list(enumerate(structure.mentions)))}
    return [int(v) for v in word_features(structure, [(place[subject], place[target])])[0, -5:]]


def test_who_can_have_whose_post() -> None:
    assert between(1, 3) == [0, 0, 1, 0, 1], "no firm has a 校长"
    assert between(0, 2) == [0, 0, 1, 0, 0], "a place may stand without its suffix"


def test_whose_name_opens_whose() -> None:
    assert between(4, 2)[:2] == [1, 0]
    assert between(2, 4)[:2] == [0, 1]
    assert between(3, 4)[:2] == [0, 0]


def test_a_figure_has_the_property_that_the_words_say() -> None:
    structure = scene(TEXT, CAST).structure
    figure = next(k for k, m in enumerate(structure.mentions) if m.type in VALUE_TYPES and m.type != "date")
    row = word_features(structure, [(0, figure), (1, 0)])
    assert row[0, :-5].sum() == 1
    assert not np.any(row[1, :-5])
