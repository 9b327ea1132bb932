"""Firms in lists that the tagger left out."""

from __future__ import annotations

import pytest

from kg.extract.listed_firms import with_listed_firms
from kg.extract.tagger import TaggedSpan


def spans(text: str, *names: str, kind: str = "Firm") -> list[TaggedSpan]:
    return [TaggedSpan(text.index(n), text.index(n) + len(n), kind, 0.9) for n in names]


def added(text: str, given: list[TaggedSpan]) -> list[str]:
    new = [s for s in with_listed_firms(text, given) if s not in given]
    assert all(s.type == "Firm" for s in new)
    return [text[s.start : s.end] for s in new]


@pytest.mark.parametrize(
    ("text", "found", "more"),
    [
        ("诺恺、临济、玮光落户", ("诺恺", "玮光"), ["临济"]),
        ("诺恺、临济、Bio泰初、玮光落户", ("诺恺", "玮光"), []),
        ("诺恺、临济、落户玮光", ("诺恺", "玮光"), []),
        ("诺恺、细胞和基因治疗等临济方向、玮光落户", ("诺恺", "玮光"), []),
        ("诺恺，临济、玮光落户", ("诺恺", "玮光"), []),
        ("诺恺、临，济、玮光落户", ("诺恺", "玮光"), []),
        ("诺恺、济、玮光落户", ("诺恺", "玮光"), []),
    ],
)
def test_who_stands_between_two_firms_is_one(text: str, found: tuple[str, ...], more: list[str]) -> None:
    assert added(text, spans(text, *found)) == more


def test_only_firms_make_a_list_of_firms() -> None:
    text = "鹤岗、临济、玮光落户"
    assert added(text, [*spans(text, "鹤岗", kind="Place"), *spans(text, "玮光")]) == []
    assert added(text, [*spans(text, "鹤岗"), *spans(text, "玮光", kind="Investor")]) == ["临济"]


@pytest.mark.parametrize(
    ("text", "more"),
    [
        ("现有青禾红景、净土、藏果等44家企业入园", ["净土", "藏果"]),
        ("现有青禾红景、净土、藏果等一批优质企业", ["净土", "藏果"]),
        ("现有青禾红景、净土、藏果等企业", []),
        ("现有青禾红景、净土、藏果等44个项目", []),
        ("现有原料药、制剂、器械等领域的44家企业", []),
    ],
)
def test_a_list_that_counts_firms_names_firms_behind_its_first_member(text: str, more: list[str]) -> None:
    assert added(text, []) == more


def test_found_names_stay_as_they_are() -> None:
    text = "现有青禾红景、净土研究院、藏果等44家企业"
    assert added(text, spans(text, "净土研究院", kind="ResearchInstitution")) == ["藏果"]
    assert added(text, spans(text, "藏果等44家", kind="Event")) == ["净土研究院"]
