"""Answers of the SPARQL endpoint, in the form that the client asked for; run in a worker process."""

from __future__ import annotations

import io
from dataclasses import dataclass

import pyoxigraph as ox
from pyoxigraph import BlankNode, DefaultGraph, NamedNode, QueryResultsFormat, RdfFormat

from kg.errors import KgError, QueryError
from kg.graph.stores import OxigraphStore, Solutions, Store
from kg.graph.terms import PREFIXES
from kg.query.formats import write_result
from kg.query.run import syntax_message
from kg.query.table import Table
from kg.serve.guard import check, names_dataset
from kg.serve.negotiate import best

#: Media types of rows and of yes or no, the default first.
RESULTS = {
    "application/sparql-results+json": QueryResultsFormat.JSON,
    "application/sparql-results+xml": QueryResultsFormat.XML,
    "text/csv": QueryResultsFormat.CSV,
    "text/tab-separated-values": QueryResultsFormat.TSV,
    "application/json": QueryResultsFormat.JSON,
    "application/xml": QueryResultsFormat.XML,
}
#: Media types of graphs, the default first.
GRAPHS = {
    "text/turtle": RdfFormat.TURTLE,
    "application/n-triples": RdfFormat.N_TRIPLES,
    "application/ld+json": RdfFormat.JSON_LD,
    "application/rdf+xml": RdfFormat.RDF_XML,
    "application/json": RdfFormat.JSON_LD,
    "text/plain": RdfFormat.N_TRIPLES,
}
_BOOLEANS = {kind: form for kind, form in RESULTS.items() if "xml" in kind or "json" in kind}
#: Forms of a graph by the name that an address gives them: ?format=turtle.
GRAPH_NAMES = {
    "turtle": "text/turtle",
    "ntriples": "application/n-triples",
    "jsonld": "application/ld+json",
    "rdfxml": "application/rdf+xml",
}

#: What a description holds: the entity's own triples, the facts that it is part of, and their sentences.
_DESCRIBE = """
CONSTRUCT {{ {node} ?p ?o . ?fact ?fp ?fo . ?statement ?sp ?so . ?span ?xp ?xo }} WHERE {{
  {{ GRAPH ?a {{ {node} ?p ?o }} }}
  UNION {{ GRAPH ?b {{ ?fact kg:party|kg:quantityOf|kg:signedAt {node} ; ?fp ?fo }} }}
  UNION {{ GRAPH ?c {{
    {{ ?statement rdf:subject|rdf:object {node} }} UNION
    {{ ?any kg:party|kg:quantityOf|kg:signedAt {node} . ?statement kg:states ?any }}
    {{ ?statement ?sp ?so }} UNION {{ ?statement oa:hasSelector ?span . ?span ?xp ?xo }}
  }} }}
}}
"""
_PAGE = "CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH {node} {{ ?s ?p ?o }} }}"


class NotAcceptableError(KgError):
    """The client accepts none of the forms that an answer of this kind has."""


class TooLargeError(KgError):
    """The answer is larger than the server gives out."""


@dataclass(frozen=True, slots=True)
class Dataset:
    """The graphs that the protocol's parameters choose; None where a parameter is not given at all."""

    default: tuple[str, ...] = ()
    named: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.default or self.named)


class _Limited(io.BytesIO):
    """Collects bytes up to a limit."""

    def __init__(self, limit: int) -> None:
        super().__init__()
        self._limit = limit

    def write(self, data: bytes) -> int:  # type: ignore[override]
        if self.tell() + len(data) > self._limit:
            raise TooLargeError(
                f"the answer is larger than {self._limit / 1e6:g} MB; add LIMIT, or ask for less"
            )
        return super().write(data)


def answer(store: Store, query: str, dataset: Dataset, accept: str | None, size: int) -> tuple[str, bytes]:
    """Media type and body of the answer to a SPARQL query.

    Raises QueryError for a text that is no query, asks another server or names graphs that are no IRIs,
    NotAcceptableError, TooLargeError, StoreError.
    """
    check(query)
    try:
        result = _ask(store, query, dataset)
    except SyntaxError as err:
        raise QueryError(syntax_message(query, err)) from err
    if isinstance(result, ox.QueryTriples):
        return _graph(result, accept, size)
    offered = _BOOLEANS if isinstance(result, ox.QueryBoolean) else RESULTS
    kind = _chosen(accept, tuple(offered))
    output = _Limited(size)
    result.serialize(output, offered[kind])
    return kind, output.getvalue()


def describe(store: Store, iri: str, accept: str | None, size: int) -> tuple[str, bytes]:
    """Media type and body of what the store says of an IRI; a page's graph as a whole."""
    node = NamedNode(iri)
    text = (_PAGE if store.query(f"ASK {{ GRAPH {node} {{ ?s ?p ?o }} }}") else _DESCRIBE).format(node=node)
    result = _ask(store, text, Dataset())
    if not isinstance(result, ox.QueryTriples):
        raise TypeError("CONSTRUCT gives triples")
    return _graph(result, accept, size)


def _ask(store: Store, query: str, dataset: Dataset) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
    try:
        default: list[NamedNode | BlankNode | DefaultGraph] = [NamedNode(iri) for iri in dataset.default]
        named: list[NamedNode | BlankNode] = [NamedNode(iri) for iri in dataset.named]
    except ValueError as err:
        raise QueryError(f"default-graph-uri or named-graph-uri is not an absolute IRI: {err}") from err
    if isinstance(store, OxigraphStore):
        if dataset:
            return store.native.query(query, prefixes=PREFIXES, default_graph=default, named_graphs=named)
        # A dataset clause would be overridden by the union of all graphs.
        union = not names_dataset(query)
        return store.native.query(query, prefixes=PREFIXES, use_default_graph_as_union=union)
    if dataset:
        raise QueryError("this store is another server: write FROM and FROM NAMED into the query instead")
    return _relayed(store, query)


def _relayed(store: Store, query: str) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
    """Another server's answer, as if it were our own."""
    found = store.query(query)
    if isinstance(found, list):
        native = ox.Store()
        native.bulk_extend(ox.Quad(t.subject, t.predicate, t.object) for t in found)
        triples = native.query("CONSTRUCT WHERE { ?s ?p ?o }")
        if not isinstance(triples, ox.QueryTriples):
            raise TypeError("CONSTRUCT gives triples")
        return triples
    text = io.StringIO()
    write_result(
        Table(found.variables, found.rows) if isinstance(found, Solutions) else found, text, format="json"
    )
    return ox.parse_query_results(text.getvalue(), format=QueryResultsFormat.JSON)


def _graph(result: ox.QueryTriples, accept: str | None, size: int) -> tuple[str, bytes]:
    kind = _chosen(accept, tuple(GRAPHS))
    output = _Limited(size)
    form = GRAPHS[kind]
    # A graph is a set; joins may give a triple several times.
    ox.serialize(dict.fromkeys(result), output, form, prefixes=PREFIXES)
    return kind, output.getvalue()


def _chosen(accept: str | None, offered: tuple[str, ...]) -> str:
    kind = best(accept, offered)
    if kind is None:
        raise NotAcceptableError(f"this answer comes as {', '.join(offered)}; none of them is accepted")
    return kind
