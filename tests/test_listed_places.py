"""Divisions in lists of places."""

import pytest

from kg.extract.listed_places import with_listed_places
from kg.extract.tagger import TaggedSpan


def spans(text: str, *names: str, kind: str = "Place") -> list[TaggedSpan]:
    return [TaggedSpan(text.index(n), text.index(n) + len(n), kind, 0.8) for n in names]


@pytest.mark.parametrize(
    ("text", "found", "added"),
    [
        ("伊春市、黑河市、鹤岗市等城市", ("伊春市",), ["黑河市", "鹤岗市"]),
        ("伊春市、黑河市和鹤岗市", ("伊春市", "鹤岗市"), ["黑河市"]),
        ("伊春市、黑河市卫健委、", ("伊春市",), []),
        ("伊春市，黑河市、", ("伊春市",), []),
        ("伊春市、青禾仙市、", ("伊春市",), []),
        ("伊春市、黑河、", ("伊春市",), []),
    ],
)
def test_a_division_behind_a_place_in_a_list_is_a_place(
    text: str, found: tuple[str, ...], added: list[str]
) -> None:
    given = spans(text, *found)
    new = [s for s in with_listed_places(text, given) if s not in given]
    assert [text[s.start : s.end] for s in new] == added
    assert all((s.type, s.score) == ("Place", 0.8) for s in new)


def test_a_list_of_others_and_a_division_inside_a_name_are_left_alone() -> None:
    text = "甲药业、黑河市、伊春市、黑河市，"
    assert with_listed_places(text, spans(text, "甲药业", kind="Firm")) == spans(text, "甲药业", kind="Firm")
    covered = [*spans(text, "伊春市"), TaggedSpan(text.rindex("黑河市"), len(text), "Event", 0.9)]
    assert with_listed_places(text, covered) == covered


@pytest.mark.parametrize(
    ("text", "added"),
    [
        ("以及牡丹江、佳木斯、大庆等9个地市共同签署", ["牡丹江", "佳木斯", "大庆"]),
        ("同牡丹江、佳木斯两地市签约", ["牡丹江", "佳木斯"]),
        ("牡丹江、佳木斯、大庆共同签署", []),
        ("甲药业、牡丹江等城市", []),
        ("牡丹江等城市", []),
    ],
)
def test_a_list_that_says_that_they_are_divisions_needs_no_place_before(text: str, added: list[str]) -> None:
    new = sorted(with_listed_places(text, []), key=lambda s: s.start)
    assert [text[s.start : s.end] for s in new] == added
    assert all(s.type == "Place" for s in new)


def test_found_members_of_such_a_list_stay_as_they_are() -> None:
    text = "牡丹江、佳木斯、大庆等9个地市"
    given = spans(text, "佳木斯", kind="Park")
    assert sorted((text[s.start : s.end], s.type) for s in with_listed_places(text, given)) == [
        ("佳木斯", "Park"),
        ("大庆", "Place"),
        ("牡丹江", "Place"),
    ]
