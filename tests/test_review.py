"""A person's last word: decisions win, survive rebuilds, can be taken back, and are on record."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook

from kg.cli.build import build_command
from kg.cli.review import review_command
from kg.errors import DecisionError, StoreError
from kg.extract import many
from kg.review.review import review
from tests.told_pages import Site, read, rows

PAGES = {
    "a": "甲药业与丙药业签约。甲药业董事长王一。",
    "b": "长沙甲药业有限公司与乙药业签约。",
    "c": "丁药业有限公司（下称丁药业）亮相。",
    "d": "丁药业与乙药业签约，2025-06-01。",
}
STATEMENT = "SELECT ?s { ?s rdf:predicate kg:hasRole }"


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(many, "extract", read)


@pytest.fixture
def site(tmp_path: Path) -> Site:
    made = Site(tmp_path, PAGES)
    made.build()
    return made


def decide(site: Site, *decisions: tuple[str, str, str], name: str = "d.csv") -> Path:
    path = site.folder / name
    with path.open("w", encoding="utf-8", newline="") as out:
        table = csv.writer(out)
        table.writerow(["decision", "id", "other_id", "who", "when", "note"])
        table.writerows([*row, "王一", "2025-05-28", "查过工商登记"] for row in decisions)
    return path


def sheet(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))


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


# The sheet


def test_doubtful_facts_are_asked_with_their_sentence(site: Site) -> None:
    out = site.folder / "review.csv"
    report = review(site.store.name, out)
    facts = [row for row in sheet(out) if row["kind"] == "fact"]
    assert report.open == len(sheet(out))
    assert [(row["says"], row["quote"], row["document"], row["confidence"]) for row in facts] == [
        ("王一 hasRole 甲药业 (董事长)", "甲药业董事长王一", "a", "0.4")
    ]
    assert (facts[0]["id"],) in site.ask(STATEMENT)


def test_a_filled_sheet_goes_round(site: Site) -> None:
    out = site.folder / "review.csv"
    review(site.store.name, out)
    table = sheet(out)
    table[-1] |= {"decision": "错误", "who": "李二"}
    with out.open("w", encoding="utf-8-sig", newline="") as lines:
        writer = csv.DictWriter(lines, list(table[0]))
        writer.writeheader()
        writer.writerows(table)
    again = review(site.store.name, out)
    assert again.decided == 1, "what is filled in is kept"
    assert [row["decision"] for row in sheet(out)].count("wrong") == 1
    assert site.build(out).decided == 1
    assert site.ask(STATEMENT) == []
    final = review(site.store.name, out)
    assert (final.decided, final.stale) == (1, 0)
    assert sheet(out)[0]["who"] == "李二"
    assert not any(row["kind"] == "fact" and not row["decision"] for row in sheet(out))


def test_uncertain_pairs_are_asked_and_their_ids_are_taken(tmp_path: Path) -> None:
    site = Site(
        tmp_path,
        {
            "a": "长沙巨翊医疗科技有限公司（下称巨翊科技）亮相。长沙巨翊医疗科技有限公司董事长王一。",
            "b": "上海巨翊科技董事长王一。上海巨翊科技（下称巨翊科技）亮相。",
            "c": "巨翊科技与乙药业签约。",
        },
    )
    site.build()
    out = tmp_path / "review.csv"
    review(site.store.name, out)
    pairs = [row for row in sheet(out) if row["kind"] in ("merge", "split")]
    for row in pairs:
        verdict = "same" if row["kind"] == "merge" else "different"
        report = site.build(decide(site, (verdict, row["id"], row["other_id"])))
        assert (report.decided, report.stale) == (1, []), row


def test_hostile_words_are_text_in_both_forms(site: Site) -> None:
    site.write("e", "=cmd董事长王二。")
    text = "=HYPERLINK(药业)"
    site.write("f", f"+丙丁戊董事长王三。{text}")
    site.build()
    for name in ("r.csv", "r.xlsx"):
        review(site.store.name, site.folder / name)
    assert all(
        not cell.startswith(("=", "+", "-", "@"))
        for row in sheet(site.folder / "r.csv")
        for cell in row.values()
    )
    book = load_workbook(site.folder / "r.xlsx")
    assert all(cell.data_type != "f" for row in book.worksheets[0].iter_rows() for cell in row)
    book.close()


def test_a_store_without_a_ledger_is_named(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no ledger of the store"):
        review(str(tmp_path / "none"), tmp_path / "r.csv")
    with pytest.raises(StoreError, match="no ledger of the store memory:"):
        review("memory:", tmp_path / "r.csv")


def test_a_sheet_of_another_kind_is_refused(site: Site) -> None:
    with pytest.raises(DecisionError, match=r"ends in \.csv or \.xlsx"):
        review(site.store.name, site.folder / "r.ods")
    (site.folder / "r.csv").mkdir()
    with pytest.raises(DecisionError, match=r"r\.csv: the review sheet cannot be written"):
        review(site.store.name, site.folder / "r.csv")


@pytest.fixture
def folder(site: Site) -> Iterator[Path]:
    """The site's pages and a store of them on disk."""
    store = site.folder / "disk"
    result = CliRunner().invoke(build_command, [str(site.pages), "--store", str(store)])
    assert result.exit_code == 0, result.output
    yield store


def test_the_commands(site: Site, folder: Path) -> None:
    out = site.folder / "r.csv"
    result = CliRunner().invoke(review_command, ["--store", str(folder), "--out", str(out)])
    assert result.exit_code == 0, result.output
    assert f"{len(sheet(out))} open question(s) and 0 decision(s) in {out}" in result.output
    ((statement,),) = site.ask(STATEMENT)
    path = decide(site, ("wrong", statement, ""))
    arguments = [str(site.pages), "--store", str(folder), "--decisions", str(path)]
    result = CliRunner().invoke(build_command, arguments)
    assert f"1 decision(s) of {path} applied" in result.output
    site.write("a", None)
    result = CliRunner().invoke(build_command, [str(site.pages), "--store", str(folder)])
    assert f"no longer applies: {path}, row 2 (wrong): its page is gone" in result.output
    result = CliRunner().invoke(build_command, [*arguments, "--no-decisions"])
    assert result.exit_code == 2
