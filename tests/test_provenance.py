"""From any fact one query leads to sentence, place, page, extractor, confidence and decision; and what it costs."""

import re
from pathlib import Path

import pytest

from kg.graph import Store, open_store
from kg.graph.stores import Solutions
from kg.model import Annotation, Document
from kg.query import run_named
from tests.graph_samples import MORE_PAGES, PAGES, annotated, build
from tests.sample_store import sample_pages

KANGTAI = "湖南麓谷康泰医疗科技有限公司"
Pages = list[tuple[Document, Annotation]]


@pytest.fixture(scope="module")
def pages() -> Pages:
    return annotated(PAGES + MORE_PAGES)


@pytest.fixture(scope="module")
def store(pages: Pages) -> Store:
    store = open_store("memory:")
    build(store, pages)
    return store


def column(store: Store, sparql: str) -> list[str]:
    answer = store.query(sparql)
    assert isinstance(answer, Solutions)
    return [row[0].value for row in answer.rows]  # type: ignore[union-attr]


def test_every_fact_of_every_page_is_found_with_the_sentence_at_its_place(store: Store, pages: Pages) -> None:
    rows = {
        tuple(record.items()): record
        for name in column(store, "SELECT DISTINCT ?n WHERE { ?e skos:prefLabel ?n }")
        for record in run_named(store, "provenance", {"entity": name}).records()
    }
    asserted = sum(
        len(a.agreements) + len(a.relations) + len(a.quantities) + sum(bool(e.mentions) for e in a.entities)
        for _, a in pages
    )
    assert len(rows) == asserted
    texts = {document.name: document.source_text for document, _ in pages}
    for record in rows.values():
        start, end = record["start"], record["end"]
        assert isinstance(start, int)
        assert isinstance(end, int)
        assert texts[str(record["document"])][start:end] == record["quote"]
        assert record["source"] == f"pages/{record['document']}.txt"
        assert (record["extractor"], record["version"]) == ("test-extractor", "1.2")
        assert record["confidence"] is not None


def test_the_row_of_one_fact(store: Store) -> None:
    found = run_named(store, "provenance", {"entity": "郑一帆"}).records()
    (post,) = [row for row in found if row["object"] == f"{KANGTAI} (董事长)"]
    quote = "麓谷康泰董事长郑一帆出席。"
    start = annotated()[0][0].source_text.index(quote)
    assert list(post.values()) == [
        *("郑一帆", "hasRole", f"{KANGTAI} (董事长)"),
        *(quote, start, start + len(quote), "a-xingcheng", "pages/a-xingcheng.txt"),
        *(post["confidence"], "test-extractor", "1.2", None, None, None),
    ]
    assert str(post["confidence"]) == "0.7"


def test_a_human_decision_is_told_with_the_fact(pages: Pages) -> None:
    store = open_store("memory:")
    build(store, pages)
    (statement,) = column(
        store,
        "SELECT ?s WHERE { ?s rdf:predicate kg:plansToSettleIn ; kg:states|rdf:subject ?x }",
    )
    store.update(
        f"""INSERT DATA {{ GRAPH <https://example.org/decisions> {{
          <https://example.org/d> a kg:Decision ; kg:verdict "right" ; prov:used <{statement}> ;
            prov:wasAssociatedWith <https://example.org/chen> ; dcterms:date "2025-05"^^xsd:gYearMonth .
          <https://example.org/chen> a prov:Agent ; schema:name "陈会计" }} }}"""
    )
    decided = [
        (row["fact"], row["decision"], row["decidedBy"], row["decidedOn"])
        for row in run_named(store, "provenance", {"entity": "杭州远岫生物"}).records()
        if row["decision"] is not None
    ]
    assert decided == [("plansToSettleIn", "right", "陈会计", "2025-05")]


def test_the_query_that_the_documentation_shows_works(store: Store) -> None:
    page = (Path(__file__).resolve().parents[1] / "docs" / "graph.md").read_text("utf-8")
    (shown,) = re.findall(r"```sparql\n(.+?)```", page, re.DOTALL)
    answer = store.query(shown)
    assert isinstance(answer, Solutions)
    assert answer.variables[:7] == ("quote", "start", "end", "page", "extractor", "version", "confidence")
    settled = sum(r.type == "settledIn" for _, a in annotated(PAGES + MORE_PAGES) for r in a.relations)
    assert len(answer.rows) == settled
    assert all(row[:7].count(None) == 0 for row in answer.rows)


def test_a_fact_of_the_sample_pages_costs_fewer_than_twelve_triples() -> None:
    report = build(open_store("memory:"), sample_pages())
    assert report.facts > 300
    assert report.quads / report.facts < 12
