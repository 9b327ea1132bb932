"""The SPARQL 1.1 Protocol endpoint: clients, forms, datasets, refusals, limits."""

import json
import time
from urllib.error import HTTPError
from urllib.parse import urlencode

import pyoxigraph as ox
import pytest
from rdflib import Graph, URIRef
from rdflib.plugins.stores.sparqlstore import SPARQLStore, SPARQLUpdateStore
from SPARQLWrapper import CSV, JSON, POST, POSTDIRECTLY, TURTLE, XML, SPARQLWrapper
from SPARQLWrapper.SPARQLExceptions import QueryBadFormed

from kg.serve.answers import GRAPHS, RESULTS
from tests.kg_server import build_pages, kg_server

FIRMS = "SELECT DISTINCT ?name WHERE { ?firm a kg:Firm ; skos:prefLabel ?name } ORDER BY ?name"
COUNT = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"
#: Six nested joins over everything: years of work.
RUNAWAY = "SELECT (COUNT(*) AS ?n) WHERE { " + " ".join(f"?a{n} ?b{n} ?c{n} ." for n in range(6)) + " }"
FORM = "application/x-www-form-urlencoded"
LIMIT = 2.0


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    store = build_pages(tmp_path_factory.mktemp("served") / "store")
    with kg_server(store, "--timeout", str(LIMIT), "--max-result", "0.5", "--workers", "2") as running:
        yield running


def names(reply):
    return [row["name"]["value"] for row in json.loads(reply.body)["results"]["bindings"]]


def test_get_and_both_posts_give_the_same(server):
    by_get = server.query(FIRMS)
    by_form = server.ask("sparql", data=urlencode({"query": FIRMS}).encode(), Content_Type=FORM)
    direct = server.ask("sparql", data=FIRMS.encode(), Content_Type="application/sparql-query")
    assert "湖南麓谷康泰医疗科技有限公司" in names(by_get)
    assert by_get.body == by_form.body == direct.body
    assert by_get.kind == "application/sparql-results+json"


@pytest.mark.parametrize("kind", RESULTS)
def test_rows_come_in_every_form(server, kind):
    reply = server.query(FIRMS, accept=kind)
    assert (reply.status, reply.kind) == (200, kind)
    assert "湖南麓谷康泰医疗科技有限公司" in reply.text


@pytest.mark.parametrize("kind", GRAPHS)
def test_graphs_come_in_every_form(server, kind):
    reply = server.query("CONSTRUCT { ?a kg:signsWith ?b } WHERE { ?a kg:signsWith ?b }", accept=kind)
    assert (reply.status, reply.kind) == (200, kind)
    triples = list(ox.parse(reply.body, format=GRAPHS[kind]))
    assert len(triples) > 5
    assert len(set(triples)) == len(triples)


def test_yes_or_no(server):
    assert json.loads(server.query("ASK { ?s a kg:Park }").body)["boolean"] is True
    assert "false" in server.query("ASK { ?s a <urn:no> }", accept="application/sparql-results+xml").text
    assert server.query("ASK {}", accept="text/csv").status == 406


def test_preferences_and_what_nobody_offers(server):
    accept = "text/html, text/csv;q=0.5, application/sparql-results+xml;q=0.6"
    assert server.query(FIRMS, accept=accept).kind == "application/sparql-results+xml"
    assert server.query(FIRMS, accept="text/turtle").status == 406
    assert server.query("DESCRIBE kg:Park", accept="text/csv").status == 406


def test_the_dataset_of_the_request(server):
    graph = "SELECT ?g WHERE { GRAPH ?g { ?g a kg:Document } } ORDER BY ?g LIMIT 1"
    page = json.loads(server.query(graph).body)["results"]["bindings"][0]["g"]["value"]

    def count(sparql=COUNT, **parameters):
        return int(
            json.loads(server.query(sparql, **parameters).body)["results"]["bindings"][0]["n"]["value"]
        )

    whole, one = count(), count(f"SELECT (COUNT(*) AS ?n) WHERE {{ GRAPH <{page}> {{ ?s ?p ?o }} }}")
    assert 0 < one < whole
    assert count(**{"default-graph-uri": page}) == one
    assert count(COUNT.replace("WHERE", f"FROM <{page}> WHERE")) == one
    named = "SELECT (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } }"
    assert count(named, **{"named-graph-uri": page}) == one
    assert count(named, **{"default-graph-uri": page}) == 0
    # The request's dataset goes before the query's own.
    assert count(COUNT.replace("WHERE", "FROM <urn:none> WHERE"), **{"default-graph-uri": page}) == one
    assert server.query(COUNT, **{"default-graph-uri": "not an IRI"}).status == 400


def test_faults_have_their_status_and_say_what_is_wrong(server):
    broken = server.query("SELECT ?x WHERE { ?x a kg:Firm ")
    assert (broken.status, broken.kind) == (400, "text/plain")
    assert "line 1, column" in broken.text
    assert server.ask("sparql?unknown=1").status == 400
    twice = urlencode([("query", FIRMS), ("query", COUNT)])
    assert server.ask(f"sparql?{twice}").status == 400
    assert server.ask("sparql", data=b"{}", Content_Type="application/json").status == 415
    assert server.ask("sparql", data=b"\xff", Content_Type="application/sparql-query").status == 400
    assert server.ask("sparql", method="DELETE").status == 405
    long = b"SELECT * {}" + b" " * 1_000_001
    assert server.ask("sparql", data=long, Content_Type="application/sparql-query").status == 413


def test_updates_are_refused(server):
    update = "INSERT DATA { <urn:a> <urn:b> <urn:c> }"
    before = server.query(COUNT).body
    refused = [
        server.ask("sparql", data=urlencode({"update": update}).encode(), Content_Type=FORM),
        server.ask("sparql", data=update.encode(), Content_Type="application/sparql-update"),
        server.query(update),
        server.ask("sparql", data=urlencode({"query": update}).encode(), Content_Type=FORM),
    ]
    assert [reply.status for reply in refused] == [403, 403, 400, 400]
    assert "read-only" in refused[0].text
    assert server.query(COUNT).body == before


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }",
        "SELECT * { service silent <http://127.0.0.1:1/> { ?s ?p ?o } }",
        "SELECT * { # <\nSERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }",
        "SELECT * { \\u0053ERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }",
    ],
)
def test_no_other_server_is_asked(server, query):
    reply = server.query(query)
    assert (reply.status, "SERVICE" in reply.text) == (400, True)


def test_a_runaway_query_is_ended_and_the_next_is_served(server):
    # A process that is only just starting would add its start to the time.
    assert [server.query(FIRMS).status for _ in range(4)] == [200] * 4
    start = time.monotonic()
    ended = server.query(RUNAWAY)
    taken = time.monotonic() - start
    assert ended.status == 503
    # Generous, for machines that do much else; the query itself would take years.
    assert LIMIT <= taken < LIMIT + 15
    assert "2 s" in ended.text
    # More of them than there are processes: each is replaced.
    for _ in range(2):
        assert server.query(RUNAWAY).status == 503
    start = time.monotonic()
    assert server.query(FIRMS).status == 200
    assert time.monotonic() - start < 20


def test_an_answer_that_is_too_large_is_not_given(server):
    reply = server.query("SELECT * WHERE { ?a ?b ?c . ?d ?e ?f } LIMIT 100000")
    assert (reply.status, "0.5 MB" in reply.text) == (500, True)
    assert server.query(FIRMS).status == 200


def test_a_query_that_eats_memory_ends_alone(tmp_path):
    # Each step is 32 times as long as the one before: the last would have 32 GiB.
    grown = " ".join(f"BIND(CONCAT({', '.join([f'?x{n}'] * 32)}) AS ?x{n + 1})" for n in range(6))
    hungry = f'SELECT (STRLEN(?x6) AS ?n) WHERE {{ BIND("{"x" * 32}" AS ?x0) {grown} }}'
    store = build_pages(tmp_path / "store")
    with kg_server(store, "--timeout", "30", "--max-memory", "1500", "--workers", "1", quiet=False) as server:
        reply = server.query(hungry)
        assert reply.status in (500, 503)
        assert "memory" in reply.text
        assert server.query(FIRMS).status == 200


def test_sparqlwrapper_reads_the_endpoint(server):
    client = SPARQLWrapper(server.endpoint)
    client.setQuery(
        "PREFIX kg: <https://w3id.org/health-industry-kg/ontology#> SELECT ?p WHERE { ?p a kg:Park }"
    )
    for form in (JSON, XML, CSV):
        client.setReturnFormat(form)
        assert client.query().convert()
    client.setMethod(POST)
    client.setReturnFormat(JSON)
    parks = client.queryAndConvert()["results"]["bindings"]
    client.setRequestMethod(POSTDIRECTLY)
    assert client.queryAndConvert()["results"]["bindings"] == parks
    client.setQuery("CONSTRUCT { ?s a kg:Park } WHERE { ?s a kg:Park }")
    client.setReturnFormat(TURTLE)
    assert b"Park" in client.query().convert()
    client.setReturnFormat(JSON)
    client.setQuery("SELECT WHERE")
    with pytest.raises(QueryBadFormed):
        client.query()
    client.setQuery("INSERT DATA { <urn:a> <urn:b> <urn:c> }")
    client.setMethod(POST)
    with pytest.raises(HTTPError, match="403"):
        client.query()


def test_rdflib_reads_the_endpoint_as_a_store(server):
    graph = Graph(SPARQLStore(server.endpoint))
    found = graph.query("SELECT DISTINCT ?n WHERE { ?f a kg:Firm ; skos:prefLabel ?n }")
    assert "蓝鲸诊断" in {str(row.n) for row in found}
    kind = URIRef("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
    park = URIRef("https://w3id.org/health-industry-kg/ontology#Park")
    parks = {str(row.p) for row in graph.query("SELECT ?p WHERE { ?p a kg:Park }")}
    assert {str(each) for each in graph.subjects(kind, park)} == parks != set()
    assert graph.query("ASK { ?s a kg:Park }").askAnswer is True
    writing = SPARQLUpdateStore(server.endpoint, server.endpoint)
    with pytest.raises(HTTPError, match="403"):
        writing.update("INSERT DATA { <urn:a> <urn:b> <urn:c> }")


def test_without_a_query_the_service_describes_itself(server):
    reply = server.ask("sparql", Accept="text/turtle")
    described = {quad.predicate.value for quad in ox.parse(reply.body, format=ox.RdfFormat.TURTLE)}
    assert "http://www.w3.org/ns/sparql-service-description#endpoint" in described
    assert server.endpoint in reply.text
    assert server.ask("sparql", Accept="text/html").url.endswith("/query")


def test_other_names_of_this_machine_are_refused(server):
    # A page on the web could otherwise have its own name lead here, and read the store.
    assert server.ask("sparql?query=ASK%7B%7D", Host="evil.example").status == 400
    assert server.ask("", Host="evil.example").status == 400
