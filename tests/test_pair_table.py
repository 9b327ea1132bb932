"""Pairs that share an argument, and what they tell each other."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.pair_table import TABLE_VIEWS, largest, table_views
from tests.extract_scenes import scene


def test_members_of_an_enumeration_share_a_group_over_one_object() -> None:
    candidates = scene(
        "甲药业、乙生物、丙科技入驻青禾园区。",
        [("Firm", "甲药业"), ("Firm", "乙生物"), ("Firm", "丙科技"), ("Park", "青禾园区")],
    )
    row = {pair: k for k, pair in enumerate(map(tuple, candidates.mention_pairs.tolist()))}
    views = table_views(candidates)
    assert len(views) == TABLE_VIEWS
    listed = views[0]
    assert listed[row[0, 3]] == listed[row[1, 3]] == listed[row[2, 3]]
    assert listed[row[0, 3]] != listed[row[0, 1]]
    assert len(set(views[-1])) == 1


@given(st.data())
def test_the_largest_of_a_group_is_what_a_loop_finds(data: st.DataObject) -> None:
    count = data.draw(st.integers(1, 30))
    groups = np.unique(
        data.draw(st.lists(st.integers(0, 5), min_size=count, max_size=count)), return_inverse=True
    )[1]
    values = np.array(
        data.draw(st.lists(st.floats(0, 9, width=32), min_size=count, max_size=count)), dtype=np.float32
    )[:, None]
    expected = [max(v for v, g in zip(values[:, 0], groups, strict=True) if g == own) for own in groups]
    assert largest(values, groups)[:, 0].tolist() == expected
