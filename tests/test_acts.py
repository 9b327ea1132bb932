"""One signing told by several pages is one act; what may be two stays two."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model import Agreement, Amount, Annotation, Entity
from kg.resolve import resolve
from kg.resolve.agreements import acts_of

NAMES = {"a": "长沙甲药业有限公司", "b": "成都乙药业有限公司", "c": "苏州丙药业有限公司"}


def told(key: str, *agreements: dict[str, Any], published: str | None = None) -> tuple[str, Annotation]:
    entities = tuple(Entity(id=i, type="Firm", name=name) for i, name in NAMES.items())
    made = tuple(
        Agreement(**{"id": f"a{n}", "type": "supply", "status": "signed", "parties": ("a", "b"), **given})
        for n, given in enumerate(agreements)
    )
    return key, Annotation(doc=key, published=published, entities=entities, agreements=made)


def acts(*pages: tuple[str, Annotation]) -> int:
    return len(set(acts_of(pages, resolve(pages)).values()))


def money(value: float) -> Amount:
    return Amount(value=value, currency="CNY")


DAY = {"date": "2025-05-18"}
ONE = [
    ({}, {}),
    (DAY, DAY),
    (DAY, {"date": "2025-05"}),
    (DAY, {"date": "--05-18"}),
    (DAY, {**DAY, "type": "other"}),
    (DAY, {**DAY, "type": "technology_service"}),
    (DAY, {**DAY, "parties": ("a", "b", "c")}),
    ({**DAY, "amount": money(1e8)}, {**DAY, "amount": money(9.8e7)}),
    ({**DAY, "amount": money(1e8)}, DAY),
]
TWO = [
    (DAY, {"date": "2025-05-19"}),
    (DAY, {"date": "2024-05"}),
    (DAY, {**DAY, "type": "credit"}),
    ({}, {"type": "technology_service"}),
    (DAY, {**DAY, "status": "intent"}),
    (DAY, {**DAY, "parties": ("a", "c")}),
    ({**DAY, "parties": ("a",)}, {**DAY, "parties": ("a",)}),
    ({**DAY, "amount": money(1e8)}, {**DAY, "amount": money(2e8)}),
]


@pytest.mark.parametrize(("one", "other"), ONE)
def test_reports_that_agree_are_one_act(one: dict[str, Any], other: dict[str, Any]) -> None:
    assert acts(told("x", one, published="2025-05-19"), told("y", other, published="2025-05-20")) == 1


@pytest.mark.parametrize(("one", "other"), TWO)
def test_reports_that_differ_are_two(one: dict[str, Any], other: dict[str, Any]) -> None:
    assert acts(told("x", one, published="2025-05-19"), told("y", other, published="2025-05-20")) == 2


def test_undated_reports_are_one_act_only_in_the_same_season() -> None:
    assert acts(told("x", DAY), told("y", {}, published="2025-06-01")) == 1
    assert acts(told("x", DAY), told("y", {}, published="2026-06-01")) == 2
    assert acts(told("x", DAY), told("y", {})) == 2
    assert acts(told("x", {}, published="2024-01-01"), told("y", {}, published="2025-01-01")) == 2


def test_an_undated_report_that_fits_two_signings_is_of_neither() -> None:
    pages = [told("x", DAY), told("y", {"date": "2025-05-28"}), told("z", {}, published="2025-06-01")]
    assert acts(*pages) == 3


def test_a_page_that_tells_two_means_two() -> None:
    pages = [told("x", DAY, DAY), told("y", DAY, DAY)]
    found = acts_of(pages, resolve(pages))
    assert len(set(found.values())) == 2
    assert found["x", 0] != found["x", 1]
    assert {found["x", 0], found["x", 1]} == {found["y", 0], found["y", 1]}


@given(st.permutations(range(5)))
def test_the_order_of_pages_does_not_matter(order: list[int]) -> None:
    pages = [
        told("v", DAY, published="2025-05-19"),
        told("w", {"date": "2025-05", "amount": money(1e8)}),
        told("x", {}, published="2025-06-01"),
        told("y", {**DAY, "parties": ("a", "b", "c")}, DAY),
        told("z", {**DAY, "amount": money(3e8)}),
    ]
    assert acts_of([pages[n] for n in order], RESOLVED) == acts_of(pages, RESOLVED)


RESOLVED = resolve([told(key) for key in "vwxyz"])
