"""Leaders named without a post."""

from __future__ import annotations

from kg.extract.entities import DocumentEntity
from kg.extract.facts import Fact
from kg.extract.local_leaders import with_local_leaders

TEXT = "青禾市白露区集中签约。市领导陆远山、方知秋，区委书记顾满出席，市领导要求抓紧。"


def entity(kind: str, name: str) -> DocumentEntity:
    at = TEXT.index(name)
    return DocumentEntity(kind, name, (), ((at, at + len(name)),), 0.9)


CAST = [
    entity("Place", "青禾市"),
    entity("Place", "白露区"),
    entity("Person", "陆远山"),
    entity("Person", "方知秋"),
    entity("Person", "顾满"),
]


def roles(facts: list[Fact]) -> set[tuple[int, int]]:
    return {(f.subject, f.object) for f in with_local_leaders(TEXT, CAST, facts)}


def test_leaders_in_a_row_are_the_place_of_that_level() -> None:
    assert roles([]) == {(2, 0), (3, 0)}
    (first, _) = with_local_leaders(TEXT, CAST, [])
    assert TEXT[first.start : first.end] == "市领导陆远山"


def test_a_doubtful_post_gives_way_and_a_sure_one_stays() -> None:
    assert roles([Fact("hasRole", 2, 1, 0.4, 0, 5)]) == {(2, 0), (3, 0)}
    assert roles([Fact("hasRole", 2, 1, 0.7, 0, 5)]) == {(2, 1), (3, 0)}
    assert (2, 1) in roles([Fact("participatesIn", 2, 1, 0.4, 0, 5)])


def test_without_a_place_of_the_level_nobody_has_a_post() -> None:
    assert with_local_leaders(TEXT, CAST[1:], []) == []


def test_of_two_places_of_a_level_it_is_the_one_named_last() -> None:
    cast = [*CAST, DocumentEntity("Place", "苍原市", (), ((1, 4),), 0.9)]
    assert {f.object for f in with_local_leaders(TEXT, cast, [])} == {5}
