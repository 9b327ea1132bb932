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
