"""Documents as named graphs: what is written, where it leads back to, how much it costs."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode

from kg.graph import open_store
from kg.graph.literals import number, partial_date
from kg.graph.stores import Solutions, Store
from kg.graph.terms import KG, XSD
from kg.graph.writer import document_quads
from kg.model import Agreement, Amount, Annotation, Entity, Quantity, Relation
from kg.resolve import resolve
from tests.graph_samples import EXTRACTOR, annotated, build, make_document, sample_store, with_evidence

SHARED = Path(__file__).resolve().parents[2] / "shared"


def rows(store: Store, sparql: str) -> list[tuple[object, ...]]:
    answer = store.query(sparql)
    assert isinstance(answer, Solutions)
    return [tuple(getattr(term, "value", None) for term in row) for row in answer.rows]


@pytest.fixture(scope="module")
def store() -> Store:
    return sample_store()


@pytest.mark.parametrize(
    ("text", "datatype"),
    [("2025-05-28", "date"), ("2025-05", "gYearMonth"), ("2025", "gYear"), ("--05-28", "gMonthDay")],
)
def test_a_date_keeps_its_precision(text: str, datatype: str) -> None:
    assert partial_date(text) == Literal(text, datatype=XSD[datatype])


def test_no_other_date_is_accepted() -> None:
    for text in ("", "2025-5", "28.05.2025", "--0528--"):
        with pytest.raises(ValueError, match="date"):
            partial_date(text)


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_number_keeps_its_value_and_has_no_exponent(value: float) -> None:
    literal = number(value)
    assert "e" not in literal.value.lower()
    assert float(literal.value) == value


def test_every_fact_leads_to_its_sentence_extractor_and_page(store: Store) -> None:
    found = rows(
        store,
        """
        SELECT ?label ?quote ?start ?end ?confidence ?name ?version WHERE {
          ?p skos:prefLabel "郑一帆" . ?o skos:prefLabel "湖南麓谷康泰医疗科技有限公司" .
          GRAPH ?document {
            ?statement a kg:Statement ; rdf:subject ?p ; rdf:predicate kg:hasRole ; rdf:object ?o ;
              kg:roleTitle "董事长" ; kg:confidence ?confidence ; oa:hasSelector ?span ;
              prov:wasAttributedTo ?agent .
            ?span oa:exact ?quote ; oa:start ?start ; oa:end ?end ; prov:wasQuotedFrom ?document .
            ?agent schema:name ?name ; schema:softwareVersion ?version .
            ?document rdfs:label ?label
          } }""",
    )
    quote = "麓谷康泰董事长郑一帆出席。"
    start = annotated()[0][0].source_text.index(quote)
    assert found == [
        ("a-xingcheng", quote, str(start), str(start + len(quote)), "0.7", *("test-extractor", "1.2"))
    ]


def test_every_asserted_fact_has_one_statement_node(store: Store) -> None:
    facts = sum(len(a.agreements) + len(a.relations) + len(a.quantities) for _, a in annotated())
    assert rows(store, "SELECT (COUNT(?s) AS ?n) { ?s a kg:Statement }") == [(str(facts),)]
    spared = rows(
        store,
        """SELECT ?s ?p ?o WHERE { GRAPH ?g { ?g a kg:Document . ?s ?p ?o }
        FILTER(STRSTARTS(STR(?p), STR(kg:)) && isIRI(?o) && !STRSTARTS(STR(?s), STR(?g)))
        FILTER NOT EXISTS { GRAPH ?g { ?t rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o } }
        FILTER NOT EXISTS { GRAPH ?g { ?t kg:states ?s } } }""",
    )
    assert spared == []


def test_facts_of_one_sentence_share_its_evidence(store: Store) -> None:
    shared = rows(
        store,
        """SELECT ?span (COUNT(?s) AS ?n) { ?s oa:hasSelector ?span . ?span oa:exact ?q }
                            GROUP BY ?span HAVING(COUNT(?s) > 1)""",
    )
    assert shared
    assert all("#char=" in str(span) for span, _ in shared)


def test_an_agreement_is_a_node_with_all_it_has(store: Store) -> None:
    (found,) = rows(
        store,
        """SELECT ?status ?date ?amount ?currency ?event (COUNT(?party) AS ?n) WHERE {
        ?a a kg:Agreement ; kg:agreementType agt:investment ; kg:status ?status ; kg:date ?date ;
           kg:amount ?amount ; kg:currency ?currency ; kg:signedAt/rdfs:label ?event ; kg:party ?party
      } GROUP BY ?status ?date ?amount ?currency ?event""",
    )
    assert found[1:] == ("2024-05-18", "240000000", "CNY", "开园签约仪式", "2")
    assert str(found[0]).endswith("#signed")


def test_reports_of_one_act_stay_apart_but_begin_alike(store: Store) -> None:
    found = [
        str(iri)
        for (iri,) in rows(
            store, "SELECT ?a { ?a a kg:Agreement ; kg:agreementType agt:supply ; kg:status ags:signed }"
        )
    ]
    assert len(found) == 2
    assert len({iri.rsplit("-", 1)[0] for iri in found}) == 1


def test_two_agreements_of_the_same_content_in_one_document_stay_two() -> None:
    two = Annotation(
        doc="x",
        entities=(Entity(id="e1", type="Firm", name="甲"), Entity(id="e2", type="Firm", name="乙丙")),
        agreements=tuple(
            Agreement(id=f"a{i}", type="supply", status="signed", parties=("e1", "e2")) for i in range(2)
        ),
    )
    store = open_store("memory:")
    build(store, [(make_document("x", "甲乙丙"), two)])
    assert rows(store, "SELECT (COUNT(?a) AS ?n) { ?a a kg:Agreement }") == [("2",)]


def test_derived_edges_are_in_a_graph_that_says_so(store: Store) -> None:
    graphs = rows(store, "SELECT DISTINCT ?g ?kind { GRAPH ?g { ?a kg:signsWith ?b . ?g a ?kind } }")
    assert [kind for _, kind in graphs] == [KG.DerivedGraph.value]
    pairs = rows(
        store,
        """SELECT ?n ?m { ?a kg:signsWith ?b . ?a skos:prefLabel ?n . ?b skos:prefLabel ?m
                           FILTER(STR(?a) < STR(?b)) }""",
    )
    assert ("湖南麓谷康泰医疗科技有限公司", "长沙市第九医院") in pairs
    assert not any("蓝鲸诊断" in pair for pair in pairs), "a terminated agreement signs nothing"
    assert not any("成都天回药谷" in pair for pair in pairs), "an intent signs nothing"


def test_regions_lead_up_to_the_province(store: Store) -> None:
    found = rows(
        store,
        """SELECT DISTINCT ?county ?city ?province {
             ?park skos:prefLabel "星城医疗器械产业园" ; kg:inRegion ?d .
             ?d kg:countyRegion/rdfs:label ?county ; kg:cityRegion/rdfs:label ?city ;
                kg:provinceRegion/rdfs:label ?province }""",
    )
    assert found == [("雨花区", "长沙市", "湖南省")]


def test_a_document_carries_its_metadata() -> None:
    document = make_document("p", "甲乙", url="https://example.org/a b", publisher="日报", published="2024")
    annotation = Annotation(doc="p")
    quads = document_quads(document, annotation, resolve([(document.key, annotation)]), extractor=EXTRACTOR)
    values = {
        (q.predicate.value.rsplit("/")[-1].rsplit("#")[-1], q.object.value)
        for q in quads
        if isinstance(q.object, Literal)
    }
    assert {
        ("url", "https://example.org/a b"),
        ("publisher", "日报"),
        ("issued", "2024"),
        ("label", "p"),
        ("identifier", "p.txt"),
        ("sourcePath", "pages/p.txt"),
        ("contentHash", document.content_hash),
    } <= values
    assert {q.graph_name for q in quads} == {quads[0].subject}


def test_hostile_text_stays_text() -> None:
    maker = Entity.model_construct
    name = "<script>\"';DROP }\n\\u0000\ud800 –\u202e🎉"
    document = make_document(name.encode("utf-8", "replace").decode(), name)
    annotation = Annotation.model_construct(
        doc="x",
        published=None,
        agreements=(),
        quantities=(),
        entities=(
            maker(id="e1", type="Firm", name=name, aliases=(), mentions=((0, 5),), confidence=None),
            maker(id="e2", type="Park", name="园" + name, aliases=(), mentions=(), confidence=None),
        ),
        relations=(Relation(type="settledIn", subject="e1", object="e2"),),
    )
    store = open_store("memory:")
    build(store, [(document, annotation)])
    labels = {row[0] for row in rows(store, "SELECT ?n { ?e a kg:Firm ; skos:prefLabel ?n }")}
    assert labels == {name.encode("utf-8", "replace").decode()}


def test_a_fact_about_an_unlisted_entity_is_refused() -> None:
    document = make_document("x", "甲")
    annotation = Annotation(
        doc="x", quantities=(Quantity(subject="e9", property="landArea", value=1, unit="m2"),)
    )
    with pytest.raises(ValueError, match=r"x\.txt.*'e9'"):
        document_quads(document, annotation, resolve([(document.key, annotation)]), extractor=EXTRACTOR)


def test_amounts_that_are_no_numbers_do_not_break_the_graph() -> None:
    assert number(float("inf")) == Literal("INF", datatype=XSD.double)
    assert number(float("-inf")).value == "-INF"
    assert number(float("nan")).value == "NaN"
    assert Amount(value=2.4e8, currency="CNY").value == float(number(2.4e8).value)


def test_writing_again_changes_nothing_and_a_change_replaces_only_its_page() -> None:
    items = annotated()
    store = open_store("memory:")
    first = build(store, items)
    assert (first.added, first.replaced, first.unchanged, first.removed) == (4, 0, 0, 0)
    before = set(store.quads())
    again = build(store, items)
    assert (again.added, again.replaced, again.unchanged, again.removed) == (0, 0, 4, 0)
    assert set(store.quads()) == before
    document, annotation = items[3]
    fewer = annotation.model_copy(update={"agreements": annotation.agreements[:1]})
    changed = build(store, [*items[:2], (document, fewer)])
    assert (changed.added, changed.replaced, changed.unchanged, changed.removed) == (0, 1, 2, 1)
    fresh = open_store("memory:")
    build(fresh, [*items[:2], (document, fewer)])
    assert set(store.quads()) == set(fresh.quads())


def test_graphs_of_others_are_left_alone() -> None:
    store = open_store("memory:")
    store.update(
        "INSERT DATA { GRAPH <https://example.org/mine> { <https://example.org/a> rdfs:label 'a' } }"
    )
    build(store, annotated())
    build(store, annotated()[:1])
    assert NamedNode("https://example.org/mine") in store.graphs()


@pytest.mark.shared
def test_a_fact_costs_fewer_than_twelve_triples() -> None:
    if not SHARED.is_dir():
        pytest.skip(f"{SHARED} is not there")
    items = []
    for page in sorted((SHARED / "corpus" / "train").glob("*.txt"))[:80]:
        text = page.read_text("utf-8")
        annotation = Annotation.load(SHARED / "gold" / "train" / f"{page.stem}.json")
        items.append((make_document(page.stem, text), with_evidence(annotation, text)))
    report = build(open_store("memory:"), items)
    assert report.facts > 2000
    assert report.quads / report.facts < 12
