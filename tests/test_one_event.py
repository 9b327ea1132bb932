"""Participants of pages that tell of several events."""

import pytest

from kg.extract.entities import DocumentEntity
from kg.extract.facts import Fact
from kg.extract.one_event import at_one_event, without_bare_events
from kg.extract.tagger import TaggedSpan


def entity(kind: str, name: str) -> DocumentEntity:
    return DocumentEntity(kind, name, (), ((0, len(name)),), 0.9)


FAIR = entity("Event", "第三届青禾康养博览会")


def attended(kind: str, first: tuple[str, float], second: tuple[str, float]) -> list[str]:
    """Names of the events that an entity of a kind is left at, of two with their scores."""
    cast = [entity(kind, "甲"), entity("Event", first[0]), entity("Event", second[0])]
    facts = [
        Fact("participatesIn", 0, 1, first[1], 0, 5),
        Fact("participatesIn", 0, 2, second[1], 0, 5),
        Fact("organizes", 0, 2, 0.4, 0, 5),
    ]
    kept = at_one_event(cast, facts)
    assert facts[2] in kept
    return [cast[f.object].name for f in kept if f.label == "participatesIn"]


@pytest.mark.parametrize(
    ("kind", "first", "second"),
    [
        ("Person", ("第三届青禾康养博览会", 0.8), ("青禾药谷招商推介会", 0.6)),
        ("Person", ("第三届青禾康养博览会", 0.6), ("新闻发布会", 0.9)),
        ("Person", ("第三届青禾康养博览会", 0.6), ("青禾城市合作机制", 0.9)),
        ("Person", ("青禾基地新闻发布会", 0.9), ("青禾基地签约仪式", 0.85)),
        ("Firm", ("青禾基地签约仪式", 0.85), ("青禾基地新闻发布会", 0.9)),
    ],
)
def test_of_two_events_the_likelier_stays(
    kind: str, first: tuple[str, float], second: tuple[str, float]
) -> None:
    assert attended(kind, first, second) == attended(kind, second, first) == [first[0]]


def test_each_participant_is_judged_by_itself() -> None:
    cast = [entity("Person", "甲"), entity("Person", "乙"), FAIR, entity("Event", "青禾药谷推介会")]
    facts = [Fact("participatesIn", 0, 2, 0.8, 0, 5), Fact("participatesIn", 1, 3, 0.4, 0, 5)]
    assert at_one_event(cast, facts) == facts


def test_an_event_without_a_name_of_its_own_goes_beside_one_with() -> None:
    text = "第三届青禾康养博览会上，签约仪式由甲药业主持。"
    fair, bare = TaggedSpan(0, 10, "Event", 0.9), TaggedSpan(12, 16, "Event", 0.9)
    firm = TaggedSpan(17, 20, "Firm", 0.9)
    assert without_bare_events(text, [fair, bare, firm]) == [fair, firm]
    assert without_bare_events(text, [bare, firm]) == [bare, firm]


def test_at_a_congress_are_only_persons() -> None:
    congress = entity("Event", "青禾县第十八届人民代表大会第六次会议")
    for kind, at in (("Person", 1), ("Firm", 0), ("GovernmentBody", 0)):
        kept = at_one_event([entity(kind, "甲"), congress], [Fact("participatesIn", 0, 1, 0.9, 0, 5)])
        assert len(kept) == at, kind
    fair = [Fact("participatesIn", 0, 1, 0.9, 0, 5)]
    assert at_one_event([entity("Firm", "甲"), FAIR], fair) == fair
