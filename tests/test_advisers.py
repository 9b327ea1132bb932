"""Who advises in a financing is no party to it."""

from __future__ import annotations

import pytest

from kg.extract.advisers import without_advisers
from kg.extract.agreements import AgreementFact
from kg.extract.entities import DocumentEntity
from kg.model import AgreementType

TEXT = "甲药业完成融资，乙资本领投，丙资本{}担任独家财务顾问。"


def parties_left(text: str, kind: AgreementType) -> list[tuple[int, ...]]:
    names = ("甲药业", "乙资本", "丙资本")
    cast = [DocumentEntity("Investor", n, (), ((text.index(n), text.index(n) + 3),), 0.9) for n in names]
    acts = [AgreementFact((0, k), kind, "signed", None, None, None, 0.9, 0, len(text)) for k in (1, 2)]
    return [a.parties for a in without_advisers(text, cast, acts)]


@pytest.mark.parametrize("words", ["", "继续"])
def test_an_adviser_does_not_invest(words: str) -> None:
    assert parties_left(TEXT.format(words), "equity_investment") == [(0, 1)]


def test_others_and_other_agreements_stay() -> None:
    assert parties_left(TEXT.format("跟投，某某"), "equity_investment") == [(0, 1), (0, 2)]
    assert parties_left(TEXT.format(""), "strategic_cooperation") == [(0, 1), (0, 2)]
