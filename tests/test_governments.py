"""Governments that the tagger left out."""

from __future__ import annotations

import pytest

from kg.extract.governments import with_governments
from kg.extract.tagger import TaggedSpan


def found(text: str, *names: tuple[str, str]) -> list[tuple[str, str]]:
    """All names, in order, of a text in which some were found."""
    spans = [TaggedSpan(text.index(n), text.index(n) + len(n), kind, 0.8) for n, kind in names]
    return [
        (text[s.start : s.end], s.type) for s in sorted(with_governments(text, spans), key=lambda s: s.start)
    ]


@pytest.mark.parametrize(
    "name", ["大兴安岭行署", "哈尔滨市人民政府", "望城区政府", "湖南省政府", "大连人民政府"]
)
def test_a_division_and_a_word_of_government_are_its_government(name: str) -> None:
    assert found(f"会上，{name}发言。") == [(name, "GovernmentBody")]


@pytest.mark.parametrize(
    "words",
    ["市政府", "某某人民政府", "哈尔滨政府", "望城区政府工作报告", "望城区人民政府网", "望城区政府采购"],
)
def test_other_words_are_no_government(words: str) -> None:
    assert found(f"会上，{words}说。") == []


def test_what_is_only_its_head_goes() -> None:
    text = "望城区人民政府来函，望城区发言。"
    for kind in ("Place", "Park"):
        assert found(text, ("望城区", kind)) == [("望城区人民政府", "GovernmentBody")]


@pytest.mark.parametrize(
    "name",
    [
        ("望城区人民政府", "GovernmentBody"),
        ("望城区人民政府与甲药业签约仪式", "Event"),
        ("长沙市望城区", "Place"),
    ],
)
def test_a_name_that_covers_it_stays(name: tuple[str, str]) -> None:
    assert found("长沙市望城区人民政府与甲药业签约仪式举行。", name) == [name]
