"""What the worker processes do for pages: each job takes the store and gives something that can be pickled."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from pyoxigraph import Literal, NamedNode

from kg.dossier import Candidate, Dossier, read_dossier, search_entities
from kg.dossier.model import Named, Signing
from kg.dossier.read import read_names, signings
from kg.graph.stores import Store
from kg.graph.stores.base import Solutions
from kg.query.entities import near_names
from kg.query.records import DocumentRecord, local, select
from kg.query.run import run_named
from kg.query.table import Table
from kg.view.from_store import build_view
from kg.view.page import render_page
from kg.words import Language

_COUNTS = """
SELECT ?kind (COUNT(DISTINCT ?thing) AS ?n) WHERE {
  { GRAPH ?thing { ?thing a kg:Document } BIND("pages" AS ?kind) }
  UNION { GRAPH ?a { ?thing a kg:Statement } BIND("facts" AS ?kind) }
  UNION { GRAPH ?b { ?agreement a kg:Agreement }
          BIND(REPLACE(STR(?agreement), "-[^-]*$", "") AS ?thing) BIND("acts" AS ?kind) }
  UNION { GRAPH ?c { ?entity kg:inRegion/kg:cityRegion ?thing } BIND("regions" AS ?kind) }
} GROUP BY ?kind
"""
_TYPES = """
SELECT ?type (COUNT(DISTINCT ?entity) AS ?n) WHERE {
  GRAPH ?names { ?names a kg:DerivedGraph . ?entity a ?type ; skos:prefLabel ?name }
} GROUP BY ?type ORDER BY DESC(?n)
"""
_BUSIEST = """
SELECT ?entity (COUNT(DISTINCT ?act) AS ?n) WHERE {
  GRAPH ?page { ?agreement a kg:Agreement ; kg:party ?entity }
  BIND(REPLACE(STR(?agreement), "-[^-]*$", "") AS ?act)
} GROUP BY ?entity ORDER BY DESC(?n) ?entity LIMIT 15
"""
_LATEST = """
SELECT DISTINCT ?agreement WHERE {
  GRAPH ?page { ?agreement a kg:Agreement ; kg:date ?date . FILTER(!STRSTARTS(STR(?date), "--")) }
} ORDER BY DESC(STR(?date)) ?agreement LIMIT 60
"""
_ORIGINS = "SELECT DISTINCT ?graph WHERE { GRAPH ?graph { ?graph a kg:DerivedGraph } }"
_KNOWN = "ASK {{ {{ GRAPH ?g {{ {node} ?p ?o }} }} UNION {{ GRAPH {node} {{ ?s ?q ?r }} }} }}"
_ABOUT = """
SELECT DISTINCT ?property ?value ?label WHERE {{
  GRAPH ?g {{ {node} ?property ?value }}
  OPTIONAL {{ GRAPH ?names {{ ?names a kg:DerivedGraph . ?value skos:prefLabel ?label }} }}
}} ORDER BY ?property ?value LIMIT {limit}
"""
_PAGE = """
SELECT ?name ?title ?publisher ?published ?url WHERE {{ GRAPH {node} {{
  {node} a kg:Document ; rdfs:label ?name .
  OPTIONAL {{ {node} dcterms:title ?title }} OPTIONAL {{ {node} dc:publisher ?publisher }}
  OPTIONAL {{ {node} dcterms:issued ?published }} OPTIONAL {{ {node} schema:url ?url }}
}} }}
"""
_ON_PAGE = """
SELECT DISTINCT ?entity ?type ?name WHERE {{
  GRAPH {node} {{ ?entity rdfs:label ?written }}
  GRAPH ?names {{ ?names a kg:DerivedGraph . ?entity a ?type ; skos:prefLabel ?name }}
}} ORDER BY ?type ?name
"""
_NAMED = """
SELECT ?name ?entity WHERE {{
  VALUES ?name {{ {names} }}
  {{ GRAPH ?names {{ ?names a kg:DerivedGraph . ?entity skos:prefLabel ?name }} }}
  UNION {{ GRAPH ?entity {{ ?entity a kg:Document ; rdfs:label ?name }} }}
}}
"""
_LATEST_SHOWN = 10
_LINKED = 3000  # names in a table that are looked up
_PROPERTIES = 500


@dataclass(frozen=True, slots=True)
class Overview:
    """What the start page shows."""

    counts: Mapping[str, int]
    types: tuple[tuple[str, int], ...]
    latest: tuple[Signing, ...]
    busiest: tuple[tuple[Named, int], ...]


@dataclass(frozen=True, slots=True)
class OnPage:
    """A news page of the store, and the entities that it mentions."""

    page: DocumentRecord
    entities: tuple[Named, ...]


@dataclass(frozen=True, slots=True)
class Resource:
    """Anything else that the store describes: (property, value, IRI of the value or None)."""

    iri: str
    rows: tuple[tuple[str, str, str | None], ...]
    whole: bool


@dataclass(frozen=True, slots=True)
class Answered:
    """A named query's table, with IRIs of the entities that its cells name."""

    table: Table
    links: Mapping[str, str]


def overview(store: Store) -> Overview:
    """Figures of the store, its latest agreements and its busiest parties."""
    counts: Counter[str] = Counter({row["kind"]: row["n"] for row in select(store, _COUNTS)})
    types = tuple((local(row["type"]), row["n"]) for row in select(store, _TYPES))
    counts["entities"] = sum(count for _, count in types)
    busy = list(select(store, _BUSIEST))
    names = read_names(store, (row["entity"] for row in busy))
    latest = signings(store, [row["agreement"] for row in select(store, _LATEST)])
    return Overview(
        dict(counts),
        types,
        tuple(sorted(latest, key=lambda act: (act.date or "", act.iri), reverse=True)[:_LATEST_SHOWN]),
        tuple((names[row["entity"]], row["n"]) for row in busy if row["entity"] in names),
    )


def search(
    store: Store, words: str, types: tuple[str, ...], limit: int
) -> tuple[list[Candidate], int, list[str]]:
    """Candidates, how many there are in all, and near names where there are none."""
    found, total = search_entities(store, words, types=types, limit=limit)
    near = near_names(store, words, types=types, count=5) if words.strip() and not found else []
    return found, total, near


def label(store: Store, iri: str) -> str:
    """The name of an entity; the IRI itself where there is none."""
    try:
        names = read_names(store, [iri])
    except ValueError:
        return iri
    return names[iri].label if iri in names else iri


def lookup(store: Store, paths: tuple[str, ...]) -> str | None:
    """IRI of what the store describes under one of these paths of an IRI; None where there is nothing."""
    origins = {
        f"{parts.scheme}://{parts.netloc}"
        for row in select(store, _ORIGINS)
        if (parts := urlsplit(row["graph"])).netloc
    }
    for origin in sorted(origins):
        for path in paths:
            if known(store, origin + path):
                return origin + path
    return None


def known(store: Store, iri: str) -> bool:
    """Whether the store describes the IRI, or has a graph of it."""
    try:
        node = NamedNode(iri)
    except ValueError:
        return False
    return bool(store.query(_KNOWN.format(node=node)))


def about(store: Store, iri: str) -> Dossier | OnPage | Resource | None:
    """What the store says of an IRI: the dossier of an entity, a news page, or plain properties."""
    if not known(store, iri):
        return None
    if dossier := read_dossier(store, iri):
        return dossier
    node = NamedNode(iri)
    for row in select(store, _PAGE.format(node=node)):
        entities = tuple(
            Named(each["entity"], each["name"], local(each["type"]))
            for each in select(store, _ON_PAGE.format(node=node))
        )
        return OnPage(DocumentRecord(iri, row.pop("name"), **row), entities)
    answer = store.query(_ABOUT.format(node=node, limit=_PROPERTIES + 1))
    rows = answer.rows if isinstance(answer, Solutions) else []
    return Resource(iri, tuple(_property(row) for row in rows[:_PROPERTIES]), len(rows) <= _PROPERTIES)


def _property(row: tuple[Any, ...]) -> tuple[str, str, str | None]:
    name, value, label = row
    iri = value.value if isinstance(value, NamedNode) else None
    text = (
        label.value if label is not None else value.value if isinstance(value, Literal) else iri or str(value)
    )
    return name.value, text, iri


def named_query(store: Store, name: str, parameters: Mapping[str, str]) -> Answered:
    """Run a named query; which of its cells name an entity, and only one, is looked up."""
    table = run_named(store, name, parameters)
    names = {
        part for row in table.values() for cell in row if isinstance(cell, str) for part in cell.split("、")
    }
    if not 0 < len(names) <= _LINKED:
        return Answered(table, {})
    values = " ".join(str(Literal(each)) for each in sorted(names))
    found: dict[str, set[str]] = {}
    for row in select(store, _NAMED.format(names=values)):
        found.setdefault(row["name"], set()).add(row["entity"])
    return Answered(table, {each: next(iter(iris)) for each, iris in found.items() if len(iris) == 1})


def graph_page(store: Store, choice: Mapping[str, Any], title: str, language: Language) -> str:
    """The interactive page of a part of the store; ``choice`` as in kg.view.select.select."""
    return render_page(build_view(store, **choice), title=title, language=language, live=True)
