"""Moving in by contract."""

from __future__ import annotations

import pytest

from kg.extract.agreements import agreement_facts
from kg.extract.candidates import Candidates
from kg.extract.moving_in import moved_in
from kg.extract.pair_scorer import PairScores
from tests.extract_scenes import said, scene

CAST = [("Park", "青禾药谷"), ("Firm", "甲药业"), ("Firm", "乙生物"), ("Project", "丙试剂项目")]


def hosts(candidates: Candidates, scores: PairScores) -> dict[tuple[int, int], float]:
    return {pair: found.score for pair, found in moved_in(candidates, scores).items()}


def test_the_host_behind_the_words_takes_them_in() -> None:
    candidates = scene("丙试剂项目开工。甲药业、乙生物等企业首批签约入驻青禾药谷。", CAST)
    assert hosts(candidates, said(candidates, {})) == {(0, 1): 0.8, (0, 2): 0.8}


def test_a_paper_signed_with_nobody_named_is_signed_with_the_host() -> None:
    candidates = scene("青禾药谷开园，甲药业、乙生物已签订意向租赁协议。", CAST[:3])
    scores = said(candidates, {("settledIn", 1, 0): 0.4, ("plansToSettleIn", 2, 0): 0.3})
    assert hosts(candidates, scores) == {(0, 1): 0.8, (0, 2): 0.8}
    candidates = scene("青禾药谷开园，甲药业与乙生物签订租赁协议。", CAST[:3])
    assert (0, 2) not in hosts(candidates, said(candidates, {("settledIn", 2, 0): 0.4}))


def test_the_paper_says_of_which_type_and_status_it_is() -> None:
    candidates = scene("青禾药谷开园，甲药业、乙生物已签订意向租赁协议。", CAST[:3])
    found = agreement_facts(candidates, said(candidates, {("settledIn", 1, 0): 0.4}), [])
    assert [(a.parties, a.type, a.status) for a in found] == [((0, 1), "lease", "intent")]


def test_else_the_likeliest_host_does() -> None:
    candidates = scene("青禾药谷开园，甲药业、乙生物已签约落户。", CAST[:3])
    scores = said(candidates, {("settledIn", 1, 0): 0.4})
    assert hosts(candidates, scores) == {(0, 1): 0.8}, "no host is thought of for the other"


@pytest.mark.parametrize(
    "text",
    [
        "青禾药谷开园，甲药业已入驻。",
        "甲药业与人签约，已入驻青禾药谷。",
        "甲药业来了，乙生物看了，丙试剂项目签约落户青禾药谷。",
    ],
)
def test_other_words_and_projects_say_nothing(text: str) -> None:
    candidates = scene(text, [c for c in CAST if c[1] in text])
    assert hosts(candidates, said(candidates, {})) == {}


def test_firms_told_as_projects_that_land_at_a_signing_sign_with_the_host() -> None:
    text = "青禾药谷办签约会，丁医院与人签约。甲药业、乙生物等优质项目落地。"
    cast = [*CAST[:3], ("MedicalInstitution", "丁医院")]
    scores = {("settledIn", 1, 0): 0.4, ("settledIn", 2, 0): 0.4, ("settledIn", 3, 0): 0.4}
    candidates = scene(text, cast)
    assert hosts(candidates, said(candidates, scores)) == {(0, 1): 0.8, (0, 2): 0.8}
    for other in (
        text.replace("签约", "推介"),
        text.replace("落地", "受到关注"),
        text.replace("甲药业、乙生物等", "甲药业看乙生物，"),
    ):
        candidates = scene(other, cast)
        assert hosts(candidates, said(candidates, scores)) == {}, other
    institute = scene(
        text, [("Park", "青禾药谷"), ("ResearchInstitution", "甲药业"), ("ResearchInstitution", "乙生物")]
    )
    assert hosts(institute, said(institute, {("settledIn", 1, 0): 0.4})) == {}
