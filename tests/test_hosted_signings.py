"""Who is listed as signed, with the host that the clause leaves out."""

from __future__ import annotations

import pytest

from kg.extract.agreements import agreement_facts
from kg.extract.facts import Fact
from kg.extract.hosted_signings import hosted_signings
from tests.extract_scenes import Cast, said, scene

CAST: Cast = [
    ("Place", "临湖县"),
    ("Event", "康养推介会"),
    ("Firm", "甲药业"),
    ("Firm", "乙生物"),
    ("Park", "青禾药谷"),
]
HEADLINE = "临湖县办会。\n"
OPENING = HEADLINE + "临湖县举办康养推介会，青禾药谷派员参加。"


def hosts(
    text: str, cast: Cast = CAST, *, facts: list[Fact] | None = None, busy: set[int] | None = None
) -> set[str]:
    """Host and member of each hosted signing; the county holds the event unless facts say otherwise."""
    cast = [c for c in cast if c[1] in text]
    names = [c[1] for c in cast]
    if facts is None:
        facts = [Fact("organizes", names.index("临湖县"), names.index("康养推介会"), 0.9, 0, 1)]
    found = hosted_signings(scene(text, cast), facts, busy or set())
    return {"+".join(sorted(names[k] for k in pair)) for pair in found}


@pytest.mark.parametrize(
    "told",
    [
        "会上签约项目21个，包括甲药业的原料药基地28亿元、乙生物的中试平台5亿元。",
        "集中签约的21个项目中，甲药业、乙生物各有一个。",
        "签约的还有：甲药业车间、乙生物基地。",
        "会上21个项目集中签约。其中，甲药业将建原料药基地，乙生物将建中试平台。",
    ],
)
def test_who_is_listed_signs_with_the_holder_of_the_event(told: str) -> None:
    assert hosts(OPENING + told) == {"临湖县+甲药业", "临湖县+乙生物"}


def test_the_words_name_the_host() -> None:
    assert hosts(OPENING + "青禾药谷签约项目4个，包括甲药业基地、乙生物平台。") == {
        "甲药业+青禾药谷",
        "乙生物+青禾药谷",
    }
    assert hosts(OPENING + "21个项目与青禾药谷现场签约，其中甲药业要建基地。") == {"甲药业+青禾药谷"}
    assert hosts(OPENING + "青禾药谷签约项目4个，有甲药业基地；乙生物捐了款。") == {"甲药业+青禾药谷"}


@pytest.mark.parametrize(
    "told",
    [
        "会上签约项目21个，甲药业与乙生物签约。",
        "会上签约项目21个，乙生物和甲药业达成合作。",
        "会上，甲药业、乙生物受到关注。",
        "累计签约项目21个，包括甲药业基地、乙生物平台。",
        "会上签约项目21个，其中落在青禾药谷的有甲药业基地、乙生物平台。",
        "丙医院签约项目21个，包括甲药业、乙生物。",
        "丁项目签约仪式上，甲药业、乙生物受到关注。",
    ],
)
def test_other_words_say_nothing_of_a_host(told: str) -> None:
    assert (
        hosts(OPENING + told, [*CAST, ("MedicalInstitution", "丙医院"), ("Event", "丁项目签约仪式")]) == set()
    )


def test_a_headline_lists_nobody() -> None:
    text = "推介会21个项目集中签约，甲药业来了。\n" + OPENING
    assert hosts(text) == set()
    assert hosts(OPENING + "会上21个项目集中签约，甲药业来了。") == {"临湖县+甲药业"}


def test_who_has_signed_needs_no_host() -> None:
    text = OPENING + "会上签约项目21个，包括甲药业基地、乙生物平台。"
    assert hosts(text, busy={2}) == {"临湖县+乙生物"}


def test_no_host_where_others_hold_the_event() -> None:
    text = OPENING + "会上签约项目21个，包括甲药业基地、乙生物平台。"
    assert hosts(text, facts=[]) == set()
    other = (
        "某地有会。\n"
        + "青禾药谷举办康养推介会，临湖县领导到场，临湖县代表发言。会上签约项目21个，包括甲药业基地。"
    )
    names = [c for c in CAST if c[1] in other]
    park, event = names.index(("Park", "青禾药谷")), names.index(("Event", "康养推介会"))
    assert hosts(other, facts=[Fact("organizes", park, event, 0.9, 0, 1)]) == set(), (
        "it speaks more of another"
    )


def test_a_project_stands_for_the_firm_that_carries_it_out() -> None:
    cast = [*CAST[:3], ("Project", "原料药基地项目")]
    text = OPENING.replace("，青禾药谷派员参加", "") + "会上签约项目21个，包括甲药业的原料药基地项目。"
    facts = [Fact("organizes", 0, 1, 0.9, 0, 1), Fact("implements", 2, 3, 0.9, 0, 1)]
    assert hosts(text, cast, facts=facts) == {"临湖县+原料药基地项目"}
    assert hosts(text, cast, facts=facts, busy={2}) == set(), "the firm has signed with somebody"


def test_the_agreement_is_an_investment_at_the_event() -> None:
    text = OPENING + "会上签约项目21个，包括甲药业基地。"
    candidates = scene(text, [c for c in CAST if c[1] in text])
    found = agreement_facts(candidates, said(candidates, {}), [Fact("organizes", 0, 1, 0.9, 0, 1)])
    assert [(a.parties, a.type, a.status, a.event) for a in found] == [((0, 2), "investment", "signed", 1)]
