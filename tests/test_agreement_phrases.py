"""What an agreement is called."""

from __future__ import annotations

import pytest

from kg.extract.agreement_phrases import types_called
from kg.extract.agreements import agreement_facts
from kg.model import AGREEMENT_TYPES
from tests.extract_scenes import said, scene


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("双方签订产业化项目投资合作协议。", "investment"),
        ("双方签订战略合作框架协议。", "strategic_cooperation"),
        ("双方签下厂房租赁意向协议。", "lease"),
        ("双方签订股权转让协议。", "equity_investment"),
        ("双方签订成果转化协议。", "tech_transfer"),
        ("双方签了采购订单。", "supply"),
        ("双方签订银企合作协议。", "credit"),
        ("双方签订成果转化合作战略协议。", "tech_transfer"),
        ("在供需合作方面，双方签订产品供应与技术服务协议。", "supply"),
        ("双方签约。", None),
        ("双方签订投资协议和租赁合同。", None),
    ],
)
def test_the_type_that_the_words_call_an_agreement(text: str, kind: str | None) -> None:
    types = types_called(text, 0, len(text))
    assert types.sum() == (kind is not None)
    assert kind is None or types[AGREEMENT_TYPES.index(kind)] == 1  # type: ignore[arg-type]


def test_words_outside_the_span_do_not_count() -> None:
    text = "甲与乙签约。丙与丁签订租赁合同。"
    assert types_called(text, 0, 6).sum() == 0


def test_the_name_of_an_agreement_outweighs_a_doubtful_scorer() -> None:
    candidates = scene("青禾园区与甲药业签订项目投资合作协议。", [("Park", "青禾园区"), ("Firm", "甲药业")])
    scores = said(candidates, {("pair", 0, 1): 0.9})
    scores.types[:] = 0
    scores.types[:, AGREEMENT_TYPES.index("settlement")] = 0.5
    scores.types[:, AGREEMENT_TYPES.index("investment")] = 0.2
    assert [a.type for a in agreement_facts(candidates, scores, [])] == ["investment"]


def test_a_host_s_agreement_that_tells_of_no_moving_in_is_no_settlement() -> None:
    for text, kind in (
        ("青禾园区与甲药业签约。", "investment"),
        ("青禾园区与甲药业签约，年内入园。", "settlement"),
    ):
        candidates = scene(text, [("Park", "青禾园区"), ("Firm", "甲药业")])
        scores = said(candidates, {("pair", 0, 1): 0.9})
        scores.types[:] = 0
        scores.types[:, AGREEMENT_TYPES.index("settlement")] = 0.8
        assert [a.type for a in agreement_facts(candidates, scores, [])] == [kind]


def test_two_firms_may_agree_on_moving_in_without_the_word() -> None:
    candidates = scene("云杉集团与甲药业签约。", [("Firm", "云杉集团"), ("Firm", "甲药业")])
    scores = said(candidates, {("pair", 0, 1): 0.9})
    scores.types[:] = 0
    scores.types[:, AGREEMENT_TYPES.index("settlement")] = 0.8
    assert [a.type for a in agreement_facts(candidates, scores, [])] == ["settlement"]
