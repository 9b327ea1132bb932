"""Entities, documents and acts of agreement as records: what pages and networks are made of.

An act is an agreement as all documents together report it. Reports of one act begin alike and differ in the
last part of their IRI, which is of the document (kg.resolve.iris.agreement_iri).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

from pyoxigraph import NamedNode

from kg.errors import QueryError
from kg.graph.stores import Store
from kg.graph.terms import KG
from kg.query.run import run_sparql
from kg.query.table import Table

Level = Literal["county", "city", "province"]

#: Where reports of one act differ in status, the one that says most about how things stand counts.
_STATUS_ORDER = ("terminated", "signed", "intent", "planned")

_ENTITIES = """
SELECT ?entity ?type ?name WHERE {
  GRAPH ?names { ?names a kg:DerivedGraph . ?entity a ?type ; skos:prefLabel ?name }
} ORDER BY ?entity
"""
_ALIASES = """
SELECT ?entity ?alias WHERE {
  GRAPH ?names { ?names a kg:DerivedGraph . ?entity skos:altLabel ?alias }
} ORDER BY ?entity ?alias
"""
_REGIONS = """
SELECT ?entity ?division ?name ?parent WHERE {{
  GRAPH ?regions {{
    ?entity kg:inRegion/kg:{level}Region ?division .
    ?division rdfs:label ?name .
    OPTIONAL {{ ?division schema:containedInPlace/rdfs:label ?parent }}
  }}
}} ORDER BY ?entity
"""
_WITHIN = """
SELECT DISTINCT ?inner ?outer WHERE {{
  GRAPH ?regions {{
    ?entity kg:inRegion/kg:{level}Region ?inner .
    ?other kg:inRegion/kg:{level}Region ?outer .
    ?inner schema:containedInPlace+ ?outer .
  }}
}} ORDER BY ?inner ?outer
"""
_MENTIONS = """
SELECT DISTINCT ?entity ?document WHERE {
  GRAPH ?document { ?document a kg:Document . ?entity rdfs:label ?name . FILTER(?entity != ?document) }
} ORDER BY ?entity ?document
"""
_DOCUMENTS = """
SELECT ?document ?name ?title ?publisher ?published ?url ?path WHERE {
  GRAPH ?document {
    ?document a kg:Document ; rdfs:label ?name .
    OPTIONAL { ?document dcterms:title ?title }
    OPTIONAL { ?document dc:publisher ?publisher }
    OPTIONAL { ?document dcterms:issued ?published }
    OPTIONAL { ?document schema:url ?url }
    OPTIONAL { ?document kg:sourcePath ?path }
  }
} ORDER BY ?document
"""
_PARTIES = """
SELECT DISTINCT ?agreement ?party WHERE {{
  {chosen}
  GRAPH ?document {{ ?agreement a kg:Agreement ; kg:party ?party }}
}} ORDER BY ?agreement ?party
"""
_AGREEMENTS = """
SELECT ?document ?agreement ?type ?status ?date ?amount ?currency ?event ?confidence ?quote ?start ?end
WHERE {{
  {chosen}
  GRAPH ?document {{
    ?agreement a kg:Agreement ; kg:agreementType ?type ; kg:status ?status .
    OPTIONAL {{ ?agreement kg:date ?date }}
    OPTIONAL {{ ?agreement kg:amount ?amount ; kg:currency ?currency }}
    OPTIONAL {{ ?agreement kg:signedAt ?event }}
    OPTIONAL {{
      ?statement kg:states ?agreement
      OPTIONAL {{ ?statement kg:confidence ?confidence }}
      OPTIONAL {{ ?statement oa:hasSelector ?span . ?span oa:exact ?quote ; oa:start ?start ; oa:end ?end }}
    }}
  }}
}} ORDER BY ?agreement ?document
"""

#: All reports of the acts that some reports belong to, whether or not they too name the entity asked for.
_CHOSEN = """{{ SELECT DISTINCT ?agreement {{
    {{ SELECT DISTINCT ?act {{ {which} BIND(REPLACE(STR(?mine), "-[^-]*$", "") AS ?act) }} }}
    {{ SELECT ?agreement ?act {{ GRAPH ?any {{ ?agreement a kg:Agreement }}
                               BIND(REPLACE(STR(?agreement), "-[^-]*$", "") AS ?act) }} }}
  }} }}"""


@dataclass(frozen=True, slots=True)
class EntityRecord:
    """An entity: its type (local name), preferred label, other names, home region and documents (IRIs)."""

    iri: str
    type: str
    label: str
    aliases: tuple[str, ...] = ()
    region: str | None = None
    documents: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DocumentRecord:
    """A document: its IRI, name, and where it came from. ``published``: an ISO 8601 date, possibly partial."""

    iri: str
    name: str
    title: str | None = None
    publisher: str | None = None
    published: str | None = None
    url: str | None = None
    path: str | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """What one document says of a fact: the sentence, its place (source characters) and the confidence."""

    document: str
    quote: str = ""
    start: int | None = None
    end: int | None = None
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Act:
    """One act of agreement. ``parties``: entity IRIs, sorted; ``amount``: in base units of ``currency``."""

    id: str
    type: str
    status: str
    parties: tuple[str, ...]
    date: str | None
    amount: float | None
    currency: str | None
    event: str | None
    reports: tuple[Report, ...]


def read_entities(store: Store, *, level: Level = "city") -> list[EntityRecord]:
    """All entities, in the order of their IRIs; ``level`` is that of the region they are counted in.

    Raises StoreError when the store cannot answer (as all functions here do).
    """
    aliases = _grouped(store, _ALIASES)
    documents = _grouped(store, _MENTIONS)
    regions = _regions(store, level)[0]
    found = []
    for row in select(store, _ENTITIES):
        iri = row["entity"]
        names, pages = tuple(aliases.get(iri, ())), tuple(documents.get(iri, ()))
        found.append(EntityRecord(iri, local(row["type"]), row["name"], names, regions.get(iri), pages))
    return found


def regions_within(store: Store, *, level: Level = "city") -> set[tuple[str, str]]:
    """Pairs of regions of read_entities of which the first lies in the second (a city and its province)."""
    labels = _regions(store, level)[1]
    return {
        (labels[row["inner"]], labels[row["outer"]]) for row in select(store, _WITHIN.format(level=level))
    }


def _regions(store: Store, level: Level) -> tuple[dict[str, str], dict[str, str]]:
    """Region of each entity, and name of each region's IRI; namesakes are told apart by what they lie in."""
    home: dict[str, str] = {}
    names: dict[str, str] = {}
    parents: dict[str, str] = {}
    for row in select(store, _REGIONS.format(level=level)):
        home.setdefault(row["entity"], row["division"])
        names[row["division"]] = row["name"]
        parents[row["division"]] = row["parent"] or ""
    count = Counter(names.values())
    labels = {iri: f"{parents[iri]}{name}" if count[name] > 1 else name for iri, name in names.items()}
    return {entity: labels[division] for entity, division in home.items()}, labels


def read_documents(store: Store) -> list[DocumentRecord]:
    """All documents, in the order of their IRIs."""
    return [DocumentRecord(row.pop("document"), row.pop("name"), **row) for row in select(store, _DOCUMENTS)]


def read_acts(store: Store, *, about: str | None = None, among: Collection[str] | None = None) -> list[Act]:
    """All acts of agreement, in the order of their ids, each with every report of it.

    about: only those of which this entity (IRI) is a party or the event. among: only those that these
    agreements (IRIs) report.
    """
    chosen = ""
    if about is not None:
        chosen += _CHOSEN.format(which=f"GRAPH ?where {{ ?mine kg:party|kg:signedAt {NamedNode(about)} }}")
    if among is not None:
        chosen += _CHOSEN.format(which=f"VALUES ?mine {{ {' '.join(str(NamedNode(a)) for a in among)} }}")
    parties = _grouped(store, _PARTIES.format(chosen=chosen))
    acts: dict[str, list[dict[str, Any]]] = {}
    for row in select(store, _AGREEMENTS.format(chosen=chosen)):
        acts.setdefault(row["agreement"].rpartition("-")[0], []).append(row)
    return [_act(name, rows, parties) for name, rows in sorted(acts.items())]


def report(row: dict[str, Any]) -> Report:
    """The report in a row with the columns document, quote, start, end and confidence."""
    confidence = row["confidence"]
    return Report(
        row["document"],
        row["quote"] or "",
        row["start"],
        row["end"],
        None if confidence is None else float(confidence),
    )


def select(store: Store, sparql: str) -> Iterator[dict[str, Any]]:
    """The rows of a SELECT as dictionaries of plain values by variable."""
    answer = run_sparql(store, sparql)
    if not isinstance(answer, Table):
        raise QueryError("a SELECT query was expected")
    yield from answer.records()


def local(iri: str) -> str:
    """The last part of a term's IRI, behind ``#``."""
    return iri.removeprefix(KG.iri).rpartition("#")[2]


def _grouped(store: Store, sparql: str) -> dict[str, list[str]]:
    """Second column by the first."""
    found: dict[str, list[str]] = {}
    for row in select(store, sparql):
        key, value = row.values()
        found.setdefault(key, []).append(value)
    return found


def _act(name: str, rows: list[dict[str, Any]], parties: dict[str, list[str]]) -> Act:
    statuses = {local(row["status"]) for row in rows}
    amount = next((row for row in rows if row["amount"] is not None), None)
    return Act(
        id=name,
        type=local(rows[0]["type"]),
        status=min(statuses, key=_rank),
        parties=tuple(sorted({party for row in rows for party in parties.get(row["agreement"], ())})),
        date=_first(rows, "date"),
        amount=float(amount["amount"]) if amount else None,
        currency=amount["currency"] if amount else None,
        event=_first(rows, "event"),
        reports=tuple(dict.fromkeys(report(row) for row in rows)),
    )


def _rank(status: str) -> int:
    return _STATUS_ORDER.index(status) if status in _STATUS_ORDER else len(_STATUS_ORDER)


def _first(rows: Iterable[dict[str, Any]], column: str) -> Any:
    return next((row[column] for row in rows if row[column] is not None), None)
