"""A person's last word: decisions win, survive rebuilds, can be taken back, and are on record."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import DecisionError
from tests.review_site import PAGES, STATEMENT, decide, review_site
from tests.told_pages import Site, rows

pytestmark = pytest.mark.usefixtures("told_pages_extractor")


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return review_site(tmp_path)


def apart(site: Site) -> bool:
    return site.iri("丁药业有限公司", "c") != site.iri("丁药业", "d")


# Entities


def test_two_are_one_when_a_person_says_so(site: Site) -> None:
    before = set(site.store.quads())
    short, full = site.iri("甲药业", "a"), site.iri("长沙甲药业有限公司", "b")
    assert short != full
    path = decide(site, ("same", short, full))
    report = site.build(path)
    assert (report.decided, report.stale) == (1, [])
    assert site.iri("甲药业", "a") == site.iri("长沙甲药业有限公司", "b")
    site.write("e", "长沙甲药业有限公司与己药业签约。")
    site.build()
    assert site.iri("甲药业", "a") == site.iri("长沙甲药业有限公司", "e"), "it holds for later pages"
    site.write("e", None)
    decide(site)
    site.build()
    assert set(site.store.quads()) == before, "taking it back restores what was"


def test_one_is_two_when_a_person_says_so(site: Site) -> None:
    assert not apart(site)
    keys = {
        name: iri
        for iri, name in rows(
            site.afresh(remembering=False), "SELECT ?e ?n { ?e skos:prefLabel ?n } ORDER BY ?n"
        )
    }
    before = set(site.store.quads())
    site.write("c", None)
    site.build()
    short = rows(site.afresh(remembering=False), 'SELECT ?e { ?e skos:prefLabel "丁药业" }')[0][0]
    site.write("c", PAGES["c"])
    site.build()
    path = decide(site, ("different", short, keys["丁药业有限公司"]))
    assert site.build(path).decided == 1
    assert apart(site)
    decide(site)
    site.build()
    assert not apart(site)
    assert set(site.store.quads()) == before


def test_what_one_page_means_is_split_off_by_its_mention(site: Site) -> None:
    site.write("e", "乙药业与己药业签约，2025-06-02。")
    site.build()
    before = set(site.store.quads())
    entity = site.iri("乙药业", "d")
    assert site.iri("乙药业", "e") == site.iri("乙药业", "b") == entity
    ((mention,),) = site.ask(
        'SELECT ?m { GRAPH ?d { ?m a kg:Mention ; oa:exact "乙药业" . ?d rdfs:label "e" } }'
    )
    path = decide(site, ("different", mention, entity))
    assert site.build(path).stale == []
    assert site.iri("乙药业", "e") != entity
    assert site.iri("乙药业", "b") == site.iri("乙药业", "d") == entity
    site.write("e", "今天没有消息。")
    assert [reason for _, reason in site.build().stale] == ["its page no longer says so"]
    site.write("e", None)
    assert [reason for _, reason in site.build().stale] == ["its page is gone"]
    site.write("e", "乙药业与己药业签约，2025-06-02。")
    decide(site)
    site.build()
    assert set(site.store.quads()) == before


def test_a_decision_is_on_record(site: Site) -> None:
    one, other = site.iri("甲药业", "a"), site.iri("长沙甲药业有限公司", "b")
    site.build(decide(site, ("same", one, other)))
    found = site.ask(
        """SELECT ?verdict ?who ?when ?note ?label { GRAPH ?g {
             ?g a kg:DerivedGraph . ?d a kg:Decision ; kg:verdict ?verdict ; dcterms:date ?when ; rdfs:label ?label ;
             prov:wasAssociatedWith/schema:name ?who ; rdfs:comment ?note } }"""
    )
    assert [row[:4] for row in found] == [("same", "王一", "2025-05-28", "查过工商登记")]
    assert sorted(found[0][4].split(" = ")) == ["甲药业", "长沙甲药业有限公司"]
    assert {iri for (iri,) in site.ask("SELECT ?e { ?d a kg:Decision ; prov:used ?e }")} == {one, other}


# Facts


def test_a_rejected_fact_leaves_the_graph_and_comes_back(site: Site) -> None:
    before = set(site.store.quads())
    ((statement,),) = site.ask(STATEMENT)
    path = decide(site, ("wrong", statement, ""))
    site.build(path)
    assert site.ask(STATEMENT) == []
    assert site.ask("SELECT ?p { ?p kg:hasRole ?o }") == []
    assert site.ask("SELECT ?n { ?d a kg:Decision ; rdfs:label ?n }") == [("王一 hasRole 甲药业 (董事长)",)]
    assert rows(site.afresh(remembering=True, decisions=path), STATEMENT) == []
    decide(site)
    site.build()
    assert set(site.store.quads()) == before


def test_an_accepted_fact_stays_with_its_confidence_and_the_decision(site: Site) -> None:
    ((statement,),) = site.ask(STATEMENT)
    site.build(decide(site, ("right", statement, "")))
    found = site.ask(
        "SELECT ?c ?v ?w { ?s kg:confidence ?c . ?d prov:used ?s ; kg:verdict ?v ; dcterms:date ?w }"
    )
    assert found == [("0.4", "right", "2025-05-28")]


def test_a_rejected_entity_takes_what_is_said_of_it_along(site: Site) -> None:
    ((mention,),) = site.ask('SELECT ?m { ?m a kg:Mention ; oa:exact "丙药业" }')
    site.build(decide(site, ("wrong", mention, "")))
    assert site.ask('SELECT ?e { ?e rdfs:label|skos:prefLabel "丙药业" }') == []
    agreements = site.ask(
        'SELECT ?a (COUNT(?p) AS ?n) { GRAPH ?d { ?a kg:party ?p . ?d rdfs:label "a" } } GROUP BY ?a'
    )
    assert [n for _, n in agreements] == ["1"]


def test_a_decision_on_a_fact_survives_merges_and_reprints(site: Site) -> None:
    ((statement,),) = site.ask(STATEMENT)
    one, other = site.iri("甲药业", "a"), site.iri("长沙甲药业有限公司", "b")
    path = decide(site, ("wrong", statement, ""), ("same", one, other))
    site.write("A", PAGES["a"])  # the same page of another site, which leads now
    report = site.build(path)
    assert (report.copies, report.decided, report.stale) == (1, 2, [])
    assert site.ask(STATEMENT) == []


# Which file counts


def test_the_file_of_the_last_build_counts_until_another_is_named(site: Site) -> None:
    ((statement,),) = site.ask(STATEMENT)
    path = decide(site, ("wrong", statement, ""))
    site.build(path)
    assert site.build().decisions == path
    assert site.ask(STATEMENT) == []
    path.rename(site.folder / "elsewhere.csv")
    with pytest.raises(
        DecisionError, match=r"d\.csv: the decisions that .* are gone; name another .*--no-decisions"
    ):
        site.build()
    assert site.build(ignore_decisions=True).decisions is None
    assert site.ask(STATEMENT) != []
    assert site.build().decisions is None


def test_a_file_beside_the_store_counts_by_itself(site: Site) -> None:
    ((statement,),) = site.ask(STATEMENT)
    decide(site, ("wrong", statement, ""), name="store.decisions.csv")
    assert site.build().decided == 1
    assert site.ask(STATEMENT) == []


# What does not apply


def test_a_decision_that_no_longer_applies_is_told(site: Site) -> None:
    ((statement,),) = site.ask(STATEMENT)
    one, other = site.iri("甲药业", "a"), site.iri("长沙甲药业有限公司", "b")
    path = decide(site, ("wrong", statement, ""), ("same", one, other))
    site.write("a", "今天没有消息。")
    assert [(d.row, reason) for d, reason in site.build(path).stale] == [
        (2, "its page no longer says so"),
        (3, "one of the two is in no page any more"),
    ]
    site.write("a", None)
    assert [(d.row, reason) for d, reason in site.build().stale] == [
        (2, "its page is gone"),
        (3, "one of the two is in no page any more"),
    ]


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (
            ("wrong", "https://example.org/document/x-0123456789ab#s-0123456789ab", ""),
            r"d\.csv, row 2: unknown IRI: no document",
        ),
        (
            ("same", "https://example.org/firm/x-0123456789ab", "{a}"),
            r"d\.csv, row 2: unknown IRI: https://example.org/firm",
        ),
        (("maybe", "{a}", "{b}"), r"d\.csv, row 2: 'maybe' is no verdict"),
    ],
)
def test_a_bad_decisions_file_changes_nothing(row: tuple[str, str, str], message: str, site: Site) -> None:
    ledger = Path(site.store.name + ".pages")
    before, known = set(site.store.quads()), ledger.read_bytes()
    known_iris = {"a": site.iri("甲药业", "a"), "b": site.iri("长沙甲药业有限公司", "b")}
    site.write("e", "己药业与庚药业签约。")
    path = decide(site, tuple(cell.format(**known_iris) for cell in row))  # type: ignore[arg-type]
    with pytest.raises(DecisionError, match=message):
        site.build(path)
    assert set(site.store.quads()) == before
    assert ledger.read_bytes() == known
