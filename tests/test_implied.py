"""Relations that the guidelines tie to the form of a page."""

from kg.extract.agreements import AgreementFact
from kg.extract.entities import DocumentEntity
from kg.extract.facts import Fact
from kg.extract.implied import (
    signed_by_firms,
    with_juxtaposed_places,
    with_project_firms,
    without_repeated,
)
from kg.model import AgreementStatus, AgreementType


def entity(kind: str, name: str, *spans: tuple[int, int]) -> DocumentEntity:
    return DocumentEntity(kind, name, (), spans or ((0, len(name)),), 0.9)


def act(
    *parties: int,
    kind: AgreementType = "equity_investment",
    status: AgreementStatus = "signed",
    score: float = 0.8,
) -> AgreementFact:
    return AgreementFact(parties, kind, status, None, None, None, score, 0, 10)


def triples(facts: list[Fact]) -> set[tuple[str, int, int]]:
    return {(f.label, f.subject, f.object) for f in facts}


def test_the_firm_that_opens_a_project_carries_it_out() -> None:
    cast = [
        entity("Firm", "启杉制药", (5, 9)),
        entity("Project", "启杉制药颗粒项目", (5, 13)),
        entity("Firm", "乙", (0, 1)),
    ]
    (fact,) = with_project_firms(cast, [])
    assert (fact.label, fact.subject, fact.object, fact.start, fact.end) == ("implements", 0, 1, 5, 13)
    stated = [Fact("implements", 0, 1, 0.95, 0, 3)]
    assert with_project_firms(cast, stated) == stated


def test_the_implementing_firm_signs_in_place_of_its_project() -> None:
    carried = [Fact("implements", 0, 1, 0.8, 0, 5), Fact("implements", 3, 1, 0.4, 0, 5)]
    (signed,) = signed_by_firms([act(1, 2)], carried)
    assert signed.parties == (0, 2)


def test_one_act_told_of_firm_and_project_is_one_agreement() -> None:
    carried = [Fact("implements", 0, 1, 0.8, 0, 5)]
    (signed,) = signed_by_firms([act(0, 2, score=0.6), act(1, 2, score=0.9)], carried)
    assert (signed.parties, signed.score) == ((0, 2), 0.9)


def test_a_firm_does_not_sign_with_its_own_project() -> None:
    assert signed_by_firms([act(0, 1)], [Fact("implements", 0, 1, 0.8, 0, 5)]) == []


def test_what_two_sign_is_no_relation_of_theirs_beside() -> None:
    facts = [
        Fact("settledIn", 0, 1, 0.9, 0, 5),
        Fact("settledIn", 0, 2, 0.9, 0, 5),
        Fact("investsIn", 0, 1, 0.9, 0, 5),
    ]
    assert without_repeated(facts, [act(0, 1)]) == facts[1:]
    assert without_repeated(facts, []) == facts


def test_places_side_by_side_lie_in_each_other() -> None:
    cast = [entity("Place", "苍原市"), entity("Place", "青禾区"), entity("Place", "白石新区")]
    text = "苍原市青禾区康养推介会召开，苍原市白石新区、青禾区参加。"
    (fact,) = with_juxtaposed_places(text, cast, [])
    assert (fact.label, fact.subject, fact.object, text[fact.start : fact.end]) == (
        "locatedIn", 1, 0, "苍原市青禾区"
    )  # fmt: skip
    assert triples(with_juxtaposed_places(text, [entity("Place", "苍原"), *cast[1:]], [])) == triples([fact])
    assert with_juxtaposed_places(text, cast, [fact]) == [fact]
    assert with_juxtaposed_places(text, cast, [], blocked=[(0, 8)]) == []


def test_the_firm_whose_brand_opens_a_project_carries_it_out() -> None:
    cast = [
        entity("Firm", "云州启杉清洁能源股份有限公司", (0, 14)),
        entity("Project", "启杉新能源产业项目", (20, 29)),
        entity("Project", "启杉储能项目", (30, 36)),
    ]
    stated = [Fact("implements", 0, 2, 0.9, 0, 5)]
    assert triples(with_project_firms(cast, stated)) == {("implements", 0, 1), ("implements", 0, 2)}


def test_a_brand_of_two_firms_or_of_a_park_tells_nothing() -> None:
    firm = entity("Firm", "启杉药业有限公司", (0, 8))
    project = entity("Project", "启杉新能源产业项目", (20, 29))
    for other in (entity("Firm", "启杉科技", (10, 14)), entity("Park", "启杉谷", (10, 13))):
        assert with_project_firms([firm, project, other], []) == []
    assert len(with_project_firms([firm, project], [])) == 1
