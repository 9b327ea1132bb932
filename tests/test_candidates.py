"""Candidate pairs: who is compared with whom, with which figures and dates, and what may hold between them."""

from __future__ import annotations

import time

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.extract.candidates import Candidates, find_candidates
from kg.extract.labels import LABEL_INDEX, LABELS, MENTION_TYPES, TYPE_INDEX, allowed
from kg.extract.pair_features import pair_features
from kg.extract.structure import Mention
from kg.model import ENTITY_TYPES, RELATION_SIGNATURES
from tests.extract_scenes import scene, value_named

STORY = "2024年5月18日，甲药业与青禾园区签约，投资2亿元。园区占地90亩，董事长张三出席。"
CAST = [("Firm", "甲药业"), ("Park", "青禾园区", "园区"), ("Person", "张三")]


def permitted(candidates: Candidates, subject: int, target: int) -> set[str]:
    row = candidates.permitted[candidates.entity_pairs.index((subject, target))]
    return {label for label in LABELS if row[LABEL_INDEX[label]]}


def test_labels_hold_between_the_types_of_the_guidelines() -> None:
    table = allowed()
    for relation, (subjects, objects) in RELATION_SIGNATURES.items():
        for subject in ENTITY_TYPES:
            for target in ENTITY_TYPES:
                expected = subject in subjects and target in objects
                assert table[TYPE_INDEX[subject], TYPE_INDEX[target], LABEL_INDEX[relation]] == expected
    values = [TYPE_INDEX[t] for t in MENTION_TYPES if t not in ENTITY_TYPES]
    assert not table[values].any()  # a figure is never a subject


def test_figures_and_dates_are_objects_of_entities() -> None:
    candidates = scene(STORY, CAST)
    money, area, day = (value_named(candidates, v) for v in ("2亿元", "90亩", "2024年5月18日"))
    assert permitted(candidates, 0, money) >= {"investment", "revenue", "amount"}
    assert permitted(candidates, 1, area) == {"landArea", "floorArea"}
    assert permitted(candidates, 0, day) == {"date"}
    assert "amount" not in permitted(candidates, 2, money)  # natural persons are no parties
    assert all(subject < len(CAST) for subject, _ in candidates.entity_pairs)


def test_both_orders_of_two_parties_are_candidates() -> None:
    candidates = scene(STORY, CAST)
    assert "pair" in permitted(candidates, 0, 1)
    assert "pair" in permitted(candidates, 1, 0)
    assert permitted(candidates, 2, 1) == {"hasRole", "establishes"}
    assert "hasRole" not in permitted(candidates, 1, 2)


def test_a_figure_inside_a_name_is_none() -> None:
    text = "甲药业2亿元基地项目开工"
    candidates = scene(text, [("Project", "甲药业2亿元基地项目")])
    assert candidates.values == {}


def test_nothing_in_a_blocked_span_is_a_figure() -> None:
    text = "甲药业签约。\n版权所有2亿元"
    mention = [Mention(0, 3, "Firm", 0)]
    free = find_candidates(text, mention, entity_types=["Firm"])
    blocked = find_candidates(text, mention, entity_types=["Firm"], blocked=[(7, len(text))])
    assert len(free.values) == 1
    assert blocked.values == {}


def test_distant_entities_are_compared_once_at_their_nearest() -> None:
    far = "这里没有提到任何人。" * 5
    text = f"甲药业成立。甲药业扩产。{far}青禾园区开园。"
    candidates = scene(text, [("Firm", "甲药业"), ("Park", "青禾园区")])
    assert candidates.entity_pairs == ((0, 1), (1, 0))
    mentions = candidates.structure.mentions
    assert {mentions[i].start for i, j in candidates.mention_pairs if mentions[i].entity == 0} == {
        text.rindex("甲药业")
    }


def test_a_distant_figure_says_nothing() -> None:
    for between, pairs in ((5, ((0, 1),)), (35, ())):
        far = "这里没有提到任何人。" * between
        candidates = scene(f"甲药业成立。{far}投资2亿元。", [("Firm", "甲药业")])
        assert len(candidates.values) == 1
        assert candidates.entity_pairs == pairs


def test_no_mentions_no_candidates() -> None:
    for text in ("", "今天没有新闻。", "投资2亿元"):
        candidates = find_candidates(text, [], entity_types=[])
        assert candidates.entity_pairs == ()
        assert candidates.mention_pairs.shape == (0, 2)
        assert candidates.permitted.shape[0] == candidates.features.shape[0] == 0


def test_every_pair_has_its_features() -> None:
    candidates = scene(STORY, CAST)
    count = len(candidates.mention_pairs)
    assert candidates.features.shape[0] == candidates.owner.shape[0] == count
    assert np.isfinite(candidates.features).all()
    alone = pair_features(candidates.structure, [tuple(candidates.mention_pairs[3])])
    assert (alone[0] == candidates.features[3]).all()  # a pair's features do not depend on the other pairs


@settings(max_examples=30, deadline=None)
@given(st.text(alphabet="甲乙丙。、与\n，签约（）2亿元5月8日", max_size=60), st.data())
def test_any_text_with_any_names_gives_whole_arrays(text: str, data: st.DataObject) -> None:
    mentions: list[Mention] = []
    at = 0
    while at < len(text):
        end = data.draw(st.integers(at + 1, min(len(text), at + 6)))
        kind = data.draw(st.sampled_from(ENTITY_TYPES))
        mentions.append(Mention(at, end, kind, len(mentions)))
        at = data.draw(st.integers(end, len(text)))
    candidates = find_candidates(text, mentions, entity_types=[m.type for m in mentions])
    assert candidates.permitted.shape == (len(candidates.entity_pairs), len(LABELS))
    assert len(candidates.features) == len(candidates.owner) == len(candidates.mention_pairs)
    assert set(candidates.owner.tolist()) == set(range(len(candidates.entity_pairs)))
    for (i, j), owner in zip(candidates.mention_pairs, candidates.owner, strict=True):
        pair = candidates.structure.mentions[i].entity, candidates.structure.mentions[j].entity
        assert candidates.entity_pairs[owner] == pair


def test_a_list_of_two_hundred_firms_takes_seconds_not_minutes() -> None:
    names = [f"第{n:03}药业" for n in range(200)]
    begun = time.perf_counter()
    candidates = scene("、".join(names) + "参会。", [("Firm", name) for name in names])
    assert len(candidates.entity_pairs) == 200 * 199
    assert time.perf_counter() - begun < 8
