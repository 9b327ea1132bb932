"""Entities of a document: mentions of one thing together, under its fullest name."""

from __future__ import annotations

import pytest

from kg.extract import entities
from kg.extract.entities import group_mentions, tidy
from kg.extract.tagger import TaggedSpan

TEXT = "湖南青禾医疗科技有限公司（以下简称“青禾医疗”）在长沙市签约。青禾医疗感谢长沙。"


def tagged(text: str, *names: tuple[str, str]) -> list[TaggedSpan]:
    """Every place of each name."""
    found: list[TaggedSpan] = []
    for name, kind in names:
        at = text.find(name)
        while at >= 0:
            if not any(s.start <= at < s.end for s in found):
                found.append(TaggedSpan(at, at + len(name), kind, 0.5 + at / 1000))
            at = text.find(name, at + 1)
    return sorted(found, key=lambda s: s.start)


SPANS = tagged(
    TEXT, ("湖南青禾医疗科技有限公司", "Firm"), ("长沙市", "Place"), ("青禾医疗", "Firm"), ("长沙", "Place")
)


def test_the_fullest_name_names_the_entity() -> None:
    firm, place = group_mentions(TEXT, SPANS)
    assert (firm.type, firm.name, firm.aliases) == ("Firm", "湖南青禾医疗科技有限公司", ("青禾医疗",))
    assert (place.name, place.aliases) == ("长沙市", ("长沙",))
    assert [TEXT[a:b] for a, b in firm.mentions] == ["湖南青禾医疗科技有限公司", "青禾医疗", "青禾医疗"]
    assert firm.score == max(s.score for s in SPANS if s.type == "Firm")


def test_entities_come_in_order_of_first_mention() -> None:
    text = "长沙市的青禾医疗"
    assert [
        e.name for e in group_mentions(text, tagged(text, ("青禾医疗", "Firm"), ("长沙市", "Place")))
    ] == [
        "长沙市",
        "青禾医疗",
    ]


def test_no_two_entities_of_one_type_share_a_form(monkeypatch: pytest.MonkeyPatch) -> None:
    # one form typed in two ways, joined with different names: the types come out equal
    text = "青禾谷产业园，青禾谷。青禾谷"
    spans = [
        TaggedSpan(0, 6, "Park", 0.99),
        TaggedSpan(7, 10, "Place", 0.9),
        TaggedSpan(11, 14, "Park", 0.8),
    ]
    groups = [[("青禾谷产业园", "Park"), ("青禾谷", "Place")], [("青禾谷", "Park")]]
    monkeypatch.setattr(entities, "cluster", lambda text, forms: groups)
    (park,) = group_mentions(text, spans)
    assert (park.type, park.name, park.aliases) == ("Park", "青禾谷产业园", ("青禾谷",))
    assert len(park.mentions) == 3


@pytest.mark.parametrize(
    ("form", "clean"),
    [
        ("青禾 医疗", "青禾医疗"),
        ("青禾\n医疗", "青禾医疗"),
        ("青禾　医疗", "青禾医疗"),
        ("Green  Field Bio", "Green Field Bio"),
        ("青禾Green Field", "青禾Green Field"),
        ("青禾 Bio 公司", "青禾Bio公司"),
    ],
)
def test_names_without_the_blanks_that_pages_put_into_them(form: str, clean: str) -> None:
    assert tidy(form) == clean


def test_no_mentions_no_entities() -> None:
    assert group_mentions("", []) == []
