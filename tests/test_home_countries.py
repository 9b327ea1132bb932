"""Firms told with their country."""

from __future__ import annotations

import pytest

from kg.extract.entities import DocumentEntity
from kg.extract.facts import Fact
from kg.extract.home_countries import with_home_countries


def entity(text: str, kind: str, name: str) -> DocumentEntity:
    at = text.index(name)
    return DocumentEntity(kind, name, (), ((at, at + len(name)),), 0.9)


def located(text: str, *cast: tuple[str, str]) -> list[tuple[str, str]]:
    """Who is said to lie where, in a text with its entities."""
    known, facts = with_home_countries(text, [entity(text, *c) for c in cast], [])
    assert all(f.label == "locatedIn" for f in facts)
    return [(known[f.subject].name, known[f.object].name) for f in facts]


@pytest.mark.parametrize("name", ["葛兰美", "德国葛兰美"])
def test_a_country_before_or_in_the_name_of_a_firm_is_where_it_lies(name: str) -> None:
    text = "会上德国葛兰美参展。"
    assert located(text, ("Firm", name)) == [(name, "德国")]
    assert located(text, ("Investor", name)) == [(name, "德国")]
    assert located(text, ("Association", name)) == [], "of others it is part of the name as often"


def test_the_country_is_one_entity() -> None:
    text = "德国葛兰美与德国维霖签约。"
    known, facts = with_home_countries(
        text, [entity(text, "Firm", "葛兰美"), entity(text, "Firm", "维霖")], []
    )
    assert [e.name for e in known] == ["葛兰美", "维霖", "德国"]
    assert [(f.subject, f.object) for f in facts] == [(0, 2), (1, 2)]
    assert text[facts[0].start : facts[0].end] == "德国葛兰美", "the evidence"
    again, same = with_home_countries(text, known, facts)
    assert (again, same) == (known, facts), "nothing is stated twice"


def test_what_is_stated_already_stays() -> None:
    text = "德国葛兰美来了。"
    stated = [Fact("locatedIn", 0, 1, 0.5, 0, 2)]
    cast = [entity(text, "Firm", "葛兰美"), entity(text, "Place", "德国")]
    assert with_home_countries(text, cast, stated) == (cast, stated)


@pytest.mark.parametrize(
    ("text", "name"), [("中国葛兰美来了。", "葛兰美"), ("香港葛兰美来了。", "葛兰美"), ("德国来了。", "德国")]
)
def test_home_regions_of_china_and_countries_themselves_say_nothing(text: str, name: str) -> None:
    assert located(text, ("Firm", name)) == []


def forms(text: str, *cast: tuple[str, str]) -> list[tuple[str, ...]]:
    known, _ = with_home_countries(text, [entity(text, *c) for c in cast], [])
    return [e.aliases for e in known]


def test_the_name_without_the_country_is_a_form_of_the_firm() -> None:
    text = "新加坡Temin Bio来了，葛兰美也来了。"
    assert forms(text, ("Firm", "新加坡Temin Bio"))[0] == ("Temin Bio",)
    assert forms(text, ("Firm", "葛兰美"))[0] == ()
    assert forms("德国医疗科技来了。", ("Firm", "德国医疗科技"))[0] == (), "words of trade name nobody"
    both = forms("德国葛兰美与葛兰美研究院来了。", ("Firm", "德国葛兰美"), ("Association", "葛兰美"))
    assert both[0] == (), "it names another"
