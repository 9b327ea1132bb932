"""Figures told in a list, of names told in a list before."""

from __future__ import annotations

import pytest

from kg.extract.listed_figures import figure_lists, listed_topic
from kg.extract.measures import Measure
from tests.extract_scenes import Cast, scene, value_named

PROJECTS: Cast = [
    ("Firm", "青禾药业"),
    ("Firm", "远山生物"),
    ("Project", "胶囊项目"),
    ("Project", "探头项目"),
    ("Park", "临湖药谷"),
]


def meant(text: str, cast: Cast, phrase: str) -> str | None:
    """First form of the entity that a figure of a list is told of."""
    cast = [member for member in cast if member[1] in text]
    candidates = scene(text, cast)
    measure = candidates.values[value_named(candidates, phrase)]
    assert isinstance(measure, Measure)
    structure = candidates.structure
    topic = listed_topic(structure, figure_lists(structure).get(measure.start, ()), measure)
    if topic is None:
        return None
    (entity,) = topic.entities
    return cast[entity][1]


@pytest.mark.parametrize(
    "text",
    [
        "青禾药业的胶囊项目、远山生物的探头项目都落在临湖药谷，投资额分别为3亿元和2亿元。",
        "青禾药业的胶囊项目、远山生物的探头项目都落在临湖药谷。两个项目分别投资3亿元、2亿元。",
        "临湖药谷有探头项目；青禾药业的胶囊项目、远山生物的探头项目，各投3亿元和2亿元。",
    ],
)
def test_each_figure_is_of_the_project_of_its_place_in_the_list(text: str) -> None:
    assert meant(text, PROJECTS, "3亿元") == "胶囊项目"
    assert meant(text, PROJECTS, "2亿元") == "探头项目"


def test_the_enumeration_of_as_many_is_meant_where_more_are_named() -> None:
    cast: Cast = [("Firm", "临湖集团"), ("Firm", "青禾药业"), ("Firm", "远山生物")]
    text = "临湖集团签下青禾药业、远山生物两家，用工分别为300人和200人。"
    assert meant(text, cast, "200人") == "远山生物"


def test_names_apart_are_counted_without_the_nouns_that_stand_for_others() -> None:
    cast: Cast = [("Firm", "临湖集团"), ("Firm", "青禾药业"), ("Firm", "远山生物")]
    text = "临湖集团开会，临湖集团发言。青禾药业在城东，远山生物在城西，据公司介绍，产值分别为3亿元和2亿元。"
    assert meant(text, cast, "3亿元") == "青禾药业"
    assert meant(text, cast, "2亿元") == "远山生物"


@pytest.mark.parametrize(
    "text",
    [
        "胶囊项目、探头项目都落在临湖药谷，投资额3亿元和2亿元。",  # not told severally
        "胶囊项目、探头项目都落在临湖药谷，投资额分别为3亿元、2亿元和1亿元。",  # not as many
        "胶囊项目落在临湖药谷，总投资分别为3亿元。",  # no list
        "青禾药业、远山生物带来探头项目，分别投资3亿元和2亿元。",  # a project may have been overlooked
        "投资额分别为3亿元和2亿元的是胶囊项目、探头项目。",  # nobody told before
    ],
)
def test_nobody_is_meant_for_certain(text: str) -> None:
    assert meant(text, PROJECTS, "3亿元") is None


def test_what_grows_is_not_told_by_a_list_of_growth() -> None:
    cast: Cast = [("Park", "临湖药谷"), ("Park", "青禾园区")]
    assert meant("临湖药谷在青禾园区，产值和税收分别增长24%和11%。", cast, "24%") is None
