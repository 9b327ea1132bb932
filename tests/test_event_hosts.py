"""Hosts that the names of events tell."""

from kg.extract.entities import DocumentEntity
from kg.extract.event_hosts import with_hosts
from kg.extract.facts import Fact


def entity(kind: str, name: str, *aliases: str) -> DocumentEntity:
    return DocumentEntity(kind, name, aliases, ((2, 2 + len(name)),), 0.9)


def triples(facts: list[Fact]) -> set[tuple[str, int, int]]:
    return {(f.label, f.subject, f.object) for f in facts}


def hosts(cast: list[DocumentEntity], facts: list[Fact]) -> set[tuple[str, int, int]]:
    text = "今天" + next(e.name for e in cast if e.type == "Event")
    known, found = with_hosts(text, cast, facts)
    assert known == cast
    return triples(found)


DISTRICT = [
    entity("Place", "青禾区"),
    entity("Event", "2025年青禾区康养产业招商推介会"),
    entity("Firm", "甲药业"),
]


def test_the_district_in_the_name_of_an_event_is_its_host_and_no_guest() -> None:
    facts = [Fact("participatesIn", 0, 1, 0.7, 0, 5), Fact("participatesIn", 2, 1, 0.7, 0, 5)]
    assert hosts(DISTRICT, facts) == {("organizes", 0, 1), ("participatesIn", 2, 1)}


def test_a_stated_organiser_leaves_no_room_for_a_host() -> None:
    facts = [Fact("organizes", 2, 1, 0.9, 0, 5)]
    assert hosts(DISTRICT, facts) == triples(facts)


def test_a_place_within_the_name_or_an_event_of_another_kind_has_no_such_host() -> None:
    assert hosts([entity("Place", "青禾区"), entity("Event", "甲药业走进青禾区推介会")], []) == set()
    assert hosts([entity("Place", "青禾区"), entity("Event", "青禾区马拉松")], []) == set()


def test_the_longest_name_that_opens_the_event_is_the_host() -> None:
    cast = [
        entity("Place", "青禾"),
        entity("Park", "青禾高新区"),
        entity("Event", "“乘风”青禾高新区集中签约仪式"),
    ]
    assert hosts(cast, []) == {("organizes", 1, 2)}


def test_of_a_row_of_places_the_last_is_the_host() -> None:
    for city in ("苍原市", "苍原"):
        cast = [
            entity("Place", city),
            entity("Place", "青禾区"),
            entity("Event", "苍原市青禾区康养产业招商推介会"),
        ]
        assert hosts(cast, []) == {("organizes", 1, 2)}


def test_a_division_that_only_the_name_of_the_event_tells_becomes_its_host() -> None:
    event = entity("Event", "第二届武侯区康养产业推介会")
    known, facts = with_hosts(f"今天{event.name}举行", [event], [])
    assert [(e.type, e.name, e.mentions) for e in known[1:]] == [("Place", "武侯区", ((5, 8),))]
    assert triples(facts) == {("organizes", 1, 0)}
    assert with_hosts("今天第二届康养产业推介会举行", [event], []) == ([event], [])


def test_no_division_is_made_up_where_it_begins_a_name_or_an_organiser_is_stated() -> None:
    hospital = [entity("Event", "武侯区白石医院签约仪式"), entity("MedicalInstitution", "武侯区白石医院")]
    project = [entity("Event", "武侯区颗粒剂项目签约仪式"), entity("Project", "武侯区颗粒剂项目")]
    stated = [Fact("organizes", 1, 0, 0.9, 0, 5)]
    assert hosts(hospital, []) == hosts(project, []) == set()
    assert hosts([entity("Event", "武侯区推介会"), entity("Firm", "甲药业")], stated) == triples(stated)


def test_a_place_that_begins_an_institute_s_name_does_not_hold_its_event() -> None:
    cast = [
        entity("Place", "青禾"),
        entity("ResearchInstitution", "青禾光影研究院"),
        entity("Event", "青禾光影研究院签约仪式"),
    ]
    assert hosts(cast, []) == set()


def test_what_is_opened_does_not_hold_its_opening() -> None:
    park, event = entity("Park", "青禾药谷"), entity("Event", "青禾药谷二期开工暨签约仪式")
    told = [Fact("organizes", 0, 1, 0.9, 0, 5)]
    assert hosts([park, event], []) == hosts([park, event], told) == set()
    signing = entity("Event", "青禾药谷首批企业签约仪式")
    assert hosts([park, signing], []) == hosts([park, signing], told) == triples(told)
    firm = entity("Firm", "青禾药谷")
    assert hosts([firm, event], told) == triples(told)
