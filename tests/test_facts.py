"""Relations from scores: thresholds, contradictions, and the span that states each."""

from __future__ import annotations

import pytest

from kg.extract.facts import Fact, relation_facts, thresholds
from kg.extract.labels import LABELS
from tests.extract_scenes import said, scene

TEXT = "甲药业位于青禾园区。乙生物拟落户青禾园区。青禾园区在白石区。丙集团投资甲药业。"
CAST = [("Firm", "甲药业"), ("Park", "青禾园区"), ("Firm", "乙生物"), ("Place", "白石区"), ("Firm", "丙集团")]
CANDIDATES = scene(TEXT, CAST)


def stated(labels: dict[tuple[str, int, int], float]) -> dict[tuple[str, int, int], Fact]:
    return {(f.label, f.subject, f.object): f for f in relation_facts(CANDIDATES, said(CANDIDATES, labels))}


def test_every_label_has_its_threshold() -> None:
    assert set(thresholds()) == set(LABELS)
    assert all(0 < value < 1 for value in thresholds().values())


def test_a_relation_is_stated_from_its_threshold_on() -> None:
    least = thresholds()["locatedIn"]
    assert ("locatedIn", 0, 1) in stated({("locatedIn", 0, 1): least + 0.01})
    assert stated({("locatedIn", 0, 1): least - 0.01}) == {}


def test_a_fact_keeps_its_score_and_its_sentences() -> None:
    fact = stated({("investsIn", 4, 0): 0.9})["investsIn", 4, 0]
    assert fact.score == pytest.approx(0.9)
    assert TEXT[fact.start : fact.end] == "丙集团投资甲药业。"


def test_neighbouring_sentences_are_quoted_together_distant_ones_not() -> None:
    text = "甲药业扩产。青禾园区开园。今天天气好。没有别的事。丙集团来了。"
    candidates = scene(text, [("Firm", "甲药业"), ("Park", "青禾园区"), ("Firm", "丙集团")])
    near, far = relation_facts(
        candidates, said(candidates, {("settledIn", 0, 1): 0.9, ("investsIn", 2, 0): 0.9})
    )
    assert text[near.start : near.end] == "甲药业扩产。青禾园区开园。"
    assert text[far.start : far.end] == "丙集团来了。"


@pytest.mark.parametrize(
    ("better", "worse"),
    [("settledIn", "plansToSettleIn"), ("plansToSettleIn", "settledIn"), ("locatedIn", "settledIn"),
     ("settledIn", "locatedIn"), ("partOf", "locatedIn")],
)  # fmt: skip
def test_of_two_that_exclude_each_other_the_better_stays(better: str, worse: str) -> None:
    pair = (1, 3) if better == "partOf" else (0, 1)
    assert set(stated({(better, *pair): 0.9, (worse, *pair): 0.8})) == {(better, *pair)}


def test_a_subject_has_one_host_and_one_body_that_it_is_part_of() -> None:
    labels = {
        ("settledIn", 0, 1): 0.8,
        ("settledIn", 0, 3): 0.9,
        ("investsIn", 4, 0): 0.5,
        ("investsIn", 4, 2): 0.9,
    }
    assert set(stated(labels)) == set(labels) - {("settledIn", 0, 1)}
    assert ("settledIn", 0, 1) in stated({("settledIn", 0, 1): 0.8, ("settledIn", 2, 3): 0.9})


@pytest.mark.parametrize("pair", [("establishes", "memberOf"), ("organizes", "participatesIn")])
def test_a_founder_is_no_member_beside_and_an_organiser_no_guest(pair: tuple[str, str]) -> None:
    cast = [("Firm", "甲药业"), ("Association", "青禾药业联盟"), ("Event", "青禾药业大会")]
    candidates = scene("甲药业在青禾药业联盟，也在青禾药业大会。", cast)
    target = 1 if "memberOf" in pair else 2
    for better, worse in (pair, pair[::-1]):
        found = relation_facts(
            candidates, said(candidates, {(better, 0, target): 0.9, (worse, 0, target): 0.8})
        )
        assert [f.label for f in found] == [better]


def test_what_does_not_exclude_stays_together() -> None:
    labels = {("plansToSettleIn", 2, 1): 0.9, ("locatedIn", 0, 1): 0.9, ("investsIn", 4, 0): 0.9}
    assert set(stated(labels)) == set(labels)


def test_of_a_in_b_and_b_in_a_the_better_stays() -> None:
    labels = {("locatedIn", 1, 3): 0.9, ("locatedIn", 3, 1): 0.8}
    assert set(stated(labels)) == {("locatedIn", 1, 3)}
    assert len(stated({("subsidiaryOf", 0, 4): 0.9, ("subsidiaryOf", 4, 0): 0.9})) == 1


def test_nothing_said_nothing_stated() -> None:
    empty = scene("今天没有新闻。", [])
    assert relation_facts(empty, said(empty, {})) == []


def test_who_is_somewhere_in_one_way_or_another_is_there() -> None:
    least = thresholds()["locatedIn"]
    near, far = 0.7 * least, 0.6 * least
    assert set(stated({("locatedIn", 0, 1): near, ("settledIn", 0, 1): far})) == {("locatedIn", 0, 1)}
    assert stated({("locatedIn", 0, 1): near, ("settledIn", 0, 1): 0.3 * least}) == {}
    assert stated({("locatedIn", 0, 1): near, ("investsIn", 0, 1): near}) == {}
    assert stated({(label, 0, 1): 0.14 for label in ("locatedIn", "settledIn", "plansToSettleIn")}) == {}


def test_whose_home_is_stated_has_no_other() -> None:
    near = 0.7 * thresholds()["locatedIn"]
    labels = {("settledIn", 0, 3): 0.9, ("locatedIn", 0, 1): near, ("settledIn", 0, 1): near}
    assert set(stated(labels)) == {("settledIn", 0, 3)}
