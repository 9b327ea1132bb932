"""Who signs with whom: pairs become acts, acts take their type, status, date, event and amount."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest

from kg.extract.agreements import AgreementFact, agreement_facts
from kg.extract.candidates import Candidates
from kg.extract.facts import Fact, thresholds
from kg.model import AGREEMENT_STATUSES, AGREEMENT_TYPES, Amount
from tests.extract_scenes import said, scene, value_named

FIRMS = [("Park", "青禾园区"), ("Firm", "甲药业"), ("Firm", "乙生物"), ("Firm", "丙器械")]


def acts(
    candidates: Candidates,
    *pairs: tuple[int, int],
    labels: Mapping[tuple[str, int, int], float] | None = None,
    kinds: Mapping[tuple[int, int], str] | None = None,
    statuses: Mapping[tuple[int, int], str] | None = None,
    joined: Sequence[Fact] = (),
) -> list[AgreementFact]:
    """Agreements where these pairs sign for sure."""
    all_labels = {("pair", *pair): 0.9 for pair in pairs} | dict(labels or {})
    return agreement_facts(
        candidates, said(candidates, all_labels, kinds=kinds, statuses=statuses), list(joined)
    )


def test_those_who_all_sign_with_one_another_sign_one_agreement() -> None:
    candidates = scene("青禾园区、甲药业、乙生物三方共同签署协议。", FIRMS[:3])
    (act,) = acts(candidates, (0, 1), (0, 2), (1, 2))
    assert act.parties == (0, 1, 2)
    assert act.score == pytest.approx(0.9)


def test_one_who_signs_with_each_signs_as_many_agreements() -> None:
    candidates = scene("青禾园区分别与甲药业、乙生物、丙器械签约。", FIRMS)
    assert [a.parties for a in acts(candidates, (0, 1), (0, 2), (0, 3))] == [(0, 1), (0, 2), (0, 3)]


def test_counterparts_that_a_preposition_leads_in_do_not_sign_with_each_other() -> None:
    candidates = scene("青禾园区与甲药业、乙生物、丙器械等企业签约。", FIRMS)
    found = acts(candidates, (0, 1), (0, 2), (0, 3), (1, 2), (2, 3))
    assert [a.parties for a in found] == [(0, 1), (0, 2), (0, 3)]
    candidates = scene("青禾园区与甲药业、乙生物三方共同签约。", FIRMS[:3])
    assert [a.parties for a in acts(candidates, (0, 1), (0, 2), (1, 2))] == [(0, 1, 2)]


def test_who_signs_with_one_of_an_enumeration_signs_with_all() -> None:
    candidates = scene("青禾园区（简称“青禾”）与甲药业（简称“甲”）、乙生物、丙器械等企业签约。", FIRMS)
    assert [a.parties for a in acts(candidates, (0, 2))] == [(0, 1), (0, 2), (0, 3)]
    candidates = scene("青禾园区分别与甲药业、乙生物和丙器械签约。", FIRMS)
    assert [a.parties for a in acts(candidates, (0, 3))] == [(0, 1), (0, 2), (0, 3)]
    candidates = scene("青禾园区与甲药业、乙生物共同设立丙器械并签约。", FIRMS)
    assert [a.parties for a in acts(candidates, (0, 1))] == [(0, 1)]
    candidates = scene("青禾园区、甲药业分别与乙生物、丙器械签约。", FIRMS)
    assert [a.parties for a in acts(candidates, (0, 2))] == [(0, 2)]


def test_lists_that_pair_in_order_stay_pairs() -> None:
    candidates = scene("青禾园区、甲药业分别与乙生物、丙器械签约。", FIRMS)
    assert [a.parties for a in acts(candidates, (0, 2), (1, 3))] == [(0, 2), (1, 3)]


def test_each_pair_is_in_one_agreement_only() -> None:
    candidates = scene("青禾园区、甲药业、乙生物、丙器械签约。", FIRMS)
    found = acts(candidates, (0, 1), (0, 2), (1, 2), (1, 3), (2, 3))
    assert [a.parties for a in found] == [(0, 1, 2), (1, 3), (2, 3)]


def test_a_triangle_over_different_sentences_is_three_agreements() -> None:
    text = "青禾园区与甲药业签约。别的事。青禾园区与乙生物签约。别的事。甲药业与乙生物签约。"
    candidates = scene(text, FIRMS[:3])
    found = acts(candidates, (0, 1), (0, 2), (1, 2))
    assert [a.parties for a in found] == [(0, 1), (0, 2), (1, 2)]
    assert [text[a.start : a.end] for a in found] == [
        "青禾园区与甲药业签约。",
        "青禾园区与乙生物签约。",
        "甲药业与乙生物签约。",
    ]


def test_a_triangle_of_different_kinds_is_three_agreements() -> None:
    candidates = scene("青禾园区、甲药业、乙生物签约。", FIRMS[:3])
    kinds = {(0, 1): "lease", (0, 2): "supply", (1, 2): "credit"}
    found = acts(candidates, (0, 1), (0, 2), (1, 2), kinds=kinds)
    assert {a.parties: a.type for a in found} == kinds


@pytest.mark.parametrize("kind", AGREEMENT_TYPES)
def test_types(kind: str) -> None:
    candidates = scene("青禾园区与甲药业签约，年内入园。", FIRMS[:2])
    assert [a.type for a in acts(candidates, (0, 1), kinds={(0, 1): kind})] == [kind]


@pytest.mark.parametrize("status", AGREEMENT_STATUSES)
def test_statuses(status: str) -> None:
    candidates = scene("青禾园区与甲药业签约。", FIRMS[:2])
    assert [a.status for a in acts(candidates, (0, 1), statuses={(0, 1): status})] == [status]


def test_a_pair_is_stated_from_its_threshold_on_over_both_orders() -> None:
    candidates = scene("青禾园区与甲药业签约。", FIRMS[:2])
    least = thresholds()["pair"]
    for score, count in ((least + 0.01, 1), (least - 0.01, 0)):
        assert len(agreement_facts(candidates, said(candidates, {("pair", 0, 1): score}), [])) == count
    scores = said(candidates, {("pair", 0, 1): 2 * least + 0.02})
    scores.labels[candidates.entity_pairs.index((1, 0))] = 0
    (act,) = agreement_facts(candidates, scores, [])
    assert act.score == pytest.approx(least + 0.01)


DATED = "2024年5月18日，青禾园区与甲药业签约，投资2亿元，乙生物首期出资5000万元。5月20日投产。"


def test_the_date_and_amount_for_which_the_parties_speak_most() -> None:
    candidates = scene(DATED, FIRMS[:3])
    day, later = value_named(candidates, "2024年5月18日"), value_named(candidates, "5月20日")
    all_, part = value_named(candidates, "2亿元"), value_named(candidates, "5000万元")
    labels = {
        ("date", 0, day): 0.9, ("date", 1, day): 0.8, ("date", 1, later): 0.85,
        ("amount", 0, all_): 0.9, ("amount", 1, all_): 0.7, ("amount", 2, part): 0.99,
    }  # fmt: skip
    (act,) = acts(candidates, (0, 1), labels=labels)
    assert (act.date, act.amount) == ("2024-05-18", Amount(value=2e8, currency="CNY"))


def test_a_doubtful_date_or_amount_is_not_given() -> None:
    candidates = scene(DATED, FIRMS[:3])
    day, money = value_named(candidates, "2024年5月18日"), value_named(candidates, "2亿元")
    low = min(thresholds()["date"], thresholds()["amount"]) - 0.1
    (act,) = acts(candidates, (0, 1), labels={("date", 0, day): low, ("amount", 1, money): low})
    assert (act.date, act.amount) == (None, None)


def test_one_figure_in_two_currencies_is_two_amounts() -> None:
    candidates = scene("青禾园区与甲药业签约，投资2亿元，另投2亿美元。", FIRMS[:2])
    yuan, dollars = value_named(candidates, "2亿元"), value_named(candidates, "2亿美元")
    labels = {("amount", 0, yuan): 0.6, ("amount", 0, dollars): 0.9, ("amount", 1, dollars): 0.9}
    (act,) = acts(candidates, (0, 1), labels=labels)
    assert act.amount == Amount(value=2e8, currency="USD")
    labels = {("amount", 0, yuan): 0.9, ("amount", 1, yuan): 0.9, ("amount", 0, dollars): 0.6}
    (act,) = acts(candidates, (0, 1), labels=labels)
    assert act.amount == Amount(value=2e8, currency="CNY")


def test_a_date_said_twice_counts_together() -> None:
    text = "2024年5月18日，青禾园区开园。同日甲药业签约。2024年6月1日投产。"
    candidates = scene(text, FIRMS[:2])
    first, again = value_named(candidates, "2024年5月18日"), value_named(candidates, "同日")
    later = value_named(candidates, "2024年6月1日")
    labels = {
        ("date", 0, first): 0.5, ("date", 1, again): 0.5, ("date", 0, later): 0.5, ("date", 1, later): 0.4,
    }  # fmt: skip
    (act,) = acts(candidates, (0, 1), labels=labels)
    assert act.date == "2024-05-18"


EVENT = "2024年5月18日，园区签约仪式举行。青禾园区与甲药业签约，乙生物观礼。推介会明天开。"
EVENT_CAST = [*FIRMS[:3], ("Event", "园区签约仪式"), ("Event", "推介会")]


def takes_part(party: int, event: int, score: float) -> Fact:
    return Fact("participatesIn", party, event, score, 0, 1)


def test_the_event_in_which_the_parties_take_part() -> None:
    candidates = scene(EVENT, EVENT_CAST)
    joined = [takes_part(0, 3, 0.6), takes_part(1, 3, 0.6), takes_part(0, 4, 0.9), takes_part(2, 4, 0.99)]
    (act,) = acts(candidates, (0, 1), joined=joined)
    assert act.event == 3
    (act,) = acts(candidates, (0, 1), joined=[takes_part(2, 4, 0.99)])
    assert act.event is None


def test_an_undated_agreement_takes_the_day_of_its_event() -> None:
    candidates = scene(EVENT, EVENT_CAST)
    (act,) = acts(candidates, (0, 1), joined=[takes_part(0, 3, 0.6)])
    assert act.date == "2024-05-18"
    (act,) = acts(candidates, (0, 1), joined=[takes_part(0, 4, 0.6)])
    assert act.date is None


def test_no_pairs_no_agreements() -> None:
    empty = scene("今天没有新闻。", [])
    assert agreement_facts(empty, said(empty, {}), []) == []


def test_many_parties_of_one_sentence_stay_pairs() -> None:
    cast = [("Firm", f"第{n:03}药业") for n in range(60)]
    candidates = scene("、".join(name for _, name in cast) + "签约。", cast)
    pairs = [(a, b) for a in range(60) for b in range(a + 1, 60) if (a + b) % 3]
    assert sum(len(a.parties) == 2 for a in acts(candidates, *pairs)) == len(pairs)


CITIES = [("Place", f"{name}市") for name in "甲乙丙丁戊己"]
ALLIANCE = scene("、".join(name for _, name in CITIES) + "共同签署合作宣言。", CITIES)


def test_of_many_who_sign_together_the_pairs_that_were_lost_are_found() -> None:
    pairs = [(a, b) for a in range(6) for b in range(a + 1, 6)]
    (whole,) = acts(ALLIANCE, *pairs[:-4])
    assert whole.parties == tuple(range(6))


def test_two_lists_that_sign_with_each_other_are_no_alliance() -> None:
    pairs = [(a, b) for a in range(3) for b in range(3, 6)]
    assert sorted(a.parties for a in acts(ALLIANCE, *pairs)) == sorted(pairs)


def test_pairs_that_hang_together_share_their_type() -> None:
    text = "青禾园区分别与甲药业、乙生物、丙器械签约。"
    candidates = scene(text, FIRMS)
    labels = {("pair", 0, k): 0.9 for k in (1, 2, 3)}
    kinds = {(0, 1): "investment", (0, 2): "investment", (0, 3): "lease"}
    scores = said(candidates, labels, kinds=kinds)
    column = AGREEMENT_TYPES.index("investment")
    scores.types[:, column] += 0.5  # the third is not sure of the lease
    assert {a.type for a in agreement_facts(candidates, scores, [])} == {"investment"}


def test_hosts_of_a_signing_ceremony_do_not_sign_with_each_other() -> None:
    cast = [("GovernmentBody", "青禾区政府"), ("Park", "青禾园区"), ("Event", "康养项目签约仪式")]
    for text, count in (
        ("青禾区政府、青禾园区的康养项目签约仪式昨日举行。", 0),
        ("青禾区政府与青禾园区联合主办康养项目签约仪式。", 0),
        ("康养项目签约仪式上，青禾区政府、青禾园区签订协议。", 1),
    ):
        candidates = scene(text, cast)
        assert len(agreement_facts(candidates, said(candidates, {("pair", 0, 1): 0.9}), [])) == count


def test_who_signs_severally_with_one_behind_them_does_so_each() -> None:
    cast = [("Place", "甲县"), ("Place", "乙县"), ("Firm", "丙集团"), ("Firm", "丁药业")]
    least = thresholds()["pair"]
    for text, each in (
        ("甲县、乙县分别与丙集团签约。", True),
        ("甲县、乙县与丙集团分别签约。", True),
        ("甲县、乙县各自同丙集团签约。", True),
        ("甲县、乙县与丙集团签约。", False),
        ("甲县、乙县分别与丙集团、丁药业签约。", False),
    ):
        candidates = scene(text, [c for c in cast if c[1] in text])
        scores = said(candidates, {("pair", 0, 2): least + 0.1, ("pair", 1, 2): least - 0.1})
        parties = {a.parties for a in agreement_facts(candidates, scores, [])}
        assert ((1, 2) in parties) is each, text


@pytest.mark.parametrize(
    ("day", "kept"), [("5月18日", True), ("5月19日", False), ("2024年", True), ("10月11日", False)]
)
def test_an_event_of_another_day_is_not_where_it_was_signed(day: str, kept: bool) -> None:
    cast = [*FIRMS[:2], ("Event", "康养推介会")]
    candidates = scene(f"5月18日，康养推介会举行。{day}，青禾园区与甲药业签约。", cast)
    joined = [Fact("participatesIn", 0, 2, 0.9, 0, 1), Fact("participatesIn", 1, 2, 0.9, 0, 1)]
    when = value_named(candidates, day)
    scores = said(candidates, {("pair", 0, 1): 0.9, ("date", 0, when): 0.9, ("date", 1, when): 0.9})
    (act,) = agreement_facts(candidates, scores, joined)
    assert (act.event is not None) is kept


def signed_at(text: str, told: str | None) -> tuple[str | None, bool]:
    """Date of what 青禾园区 and 甲药业 sign, said to be on a day, and whether 康养推介会 is where."""
    candidates = scene(text, [*FIRMS[:2], ("Event", "康养推介会")])
    joined = [Fact("participatesIn", 0, 2, 0.9, 0, 1), Fact("participatesIn", 1, 2, 0.9, 0, 1)]
    labels = {("pair", 0, 1): 0.9}
    if told:
        labels |= {("date", k, value_named(candidates, told)): 0.9 for k in (0, 1)}
    (act,) = agreement_facts(candidates, said(candidates, labels), joined)
    return act.date, act.event is not None


def test_a_signing_of_another_day_has_that_day() -> None:
    text = "5月18日，康养推介会举行。5月19日，青禾园区与甲药业签约。"
    assert signed_at(text, "5月18日") == ("--05-19", False), "the event's day was taken for its own"


def test_a_dateline_is_no_day_of_an_event() -> None:
    text = "青禾网5月20日讯 5月18日，康养推介会举行。会上，青禾园区与甲药业签约。"
    assert signed_at(text, None) == ("--05-18", True)


@pytest.mark.parametrize(
    "text",
    [
        "5月18日至5月20日，康养推介会举行。5月19日，青禾园区与甲药业签约。",
        "5月18日，康养推介会开幕。5月19日，康养推介会上青禾园区与甲药业签约。",
        "康养推介会举行。5月19日，青禾园区与甲药业签约。",
    ],
)
def test_an_event_of_several_days_or_named_beside_is_where_it_was_signed(text: str) -> None:
    assert signed_at(text, "5月19日") == ("--05-19", True)


def test_the_parties_of_a_table_sign_though_they_stand_in_a_list() -> None:
    text = "项目 | 签约双方 | 签约额（万元） | 类别\n导管项目 | 青禾园区/甲药业 | 26000 | 租赁\n"
    candidates = scene(text, FIRMS[:2])
    (act,) = agreement_facts(candidates, said(candidates, {}), [])
    assert (act.parties, act.type, act.status) == ((0, 1), "lease", "signed")
    assert act.amount is not None and act.amount.value == 2.6e8


@pytest.mark.parametrize(
    ("words", "date"),
    [
        ("近日，", None),
        ("日前，", None),
        ("近日，5月19日，", "--05-19"),
        ("", "--05-19"),
        ("亲近日本的", "--05-19"),
    ],
)
def test_what_was_signed_lately_has_no_day(words: str, date: str | None) -> None:
    candidates = scene(f"{words}青禾园区与甲药业签约。5月19日天气好。", FIRMS[:2])
    when = value_named(candidates, "5月19日")
    labels = {("pair", 0, 1): 0.9, ("date", 0, when): 0.9, ("date", 1, when): 0.9}
    (act,) = agreement_facts(candidates, said(candidates, labels), [])
    assert act.date == date


@pytest.mark.parametrize(
    ("published", "day", "date"),
    [
        ("2026-01-06", "7月", "2025-07"),
        ("2026-01-06", "1月", "2026-01"),
        ("2026-01-06", "2025年7月", "2025-07"),
        ("2026", "7月", "2026-07"),
    ],
)
def test_nothing_was_signed_after_the_page_came_out(published: str, day: str, date: str) -> None:
    candidates = scene(f"{day}，青禾园区与甲药业签约。", FIRMS[:2], published=published)
    when = value_named(candidates, day)
    labels = {("pair", 0, 1): 0.9, ("date", 0, when): 0.9, ("date", 1, when): 0.9}
    (act,) = agreement_facts(candidates, said(candidates, labels), [], published=published)
    assert act.date == date


def test_what_is_only_planned_may_lie_behind_the_publication() -> None:
    candidates = scene("7月，青禾园区将与甲药业签约。", FIRMS[:2], published="2026-01-06")
    when = value_named(candidates, "7月")
    labels = {("pair", 0, 1): 0.9, ("date", 0, when): 0.9, ("date", 1, when): 0.9}
    scores = said(candidates, labels, statuses={(0, 1): "planned"})
    (act,) = agreement_facts(candidates, scores, [], published="2026-01-06")
    assert (act.status, act.date) == ("planned", "2026-07")
