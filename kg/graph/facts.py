"""The store's facts as records, filtered: what exports are made of.

A record keeps the statement that vouches for it: confidence, document, quote and offsets.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from pyoxigraph import Literal, NamedNode

from kg.graph.filters import Filters, Keep
from kg.graph.stores.base import Solutions, Store, Term
from kg.resolve.divisions import divisions


@dataclass(frozen=True, slots=True)
class EntityRecord:
    """An entity with its preferred name, its aliases, and the divisions from its own up to the province."""

    iri: str
    type: str
    name: str
    aliases: tuple[str, ...] = ()
    region: str | None = None
    divisions: tuple[str, ...] = ()
    sectors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DocumentRecord:
    """A page."""

    iri: str
    name: str
    title: str | None
    published: str | None
    publisher: str | None
    source: str | None


@dataclass(frozen=True, slots=True)
class Provenance:
    """The statement behind a fact."""

    statement: str
    document: str
    confidence: Decimal | None
    quote: str | None
    start: int | None
    end: int | None


@dataclass(frozen=True, slots=True)
class AgreementRecord:
    """An agreement as one document reports it; parties and event are IRIs of entities."""

    iri: str
    type: str
    status: str
    parties: tuple[str, ...]
    date: str | None
    event: str | None
    amount: Decimal | None
    currency: str | None
    source: Provenance


@dataclass(frozen=True, slots=True)
class RelationRecord:
    """A relation between two entities (IRIs); ``title`` with hasRole and recognizes."""

    type: str
    subject: str
    object: str
    title: str | None
    source: Provenance


@dataclass(frozen=True, slots=True)
class QuantityRecord:
    """A figure of an entity (IRI)."""

    iri: str
    property: str
    subject: str
    value: Decimal
    unit: str
    date: str | None
    source: Provenance


@dataclass(frozen=True, slots=True)
class Facts:
    """The facts taken, the entities that they join (all entities where nothing is filtered), and their pages."""

    entities: dict[str, EntityRecord]
    documents: dict[str, DocumentRecord]
    agreements: list[AgreementRecord]
    relations: list[RelationRecord]
    quantities: list[QuantityRecord]


_PROVENANCE = """
  OPTIONAL { GRAPH ?graph { ?statement kg:confidence ?confidence } }
  OPTIONAL {
    GRAPH ?graph { ?statement oa:hasSelector ?span . ?span oa:exact ?quote ; oa:start ?start ; oa:end ?end }
  }
"""
_ENTITIES = """SELECT ?iri ?type ?name ?alias WHERE {
  GRAPH ?names { ?names a kg:DerivedGraph . ?iri a ?type ; skos:prefLabel ?name }
  OPTIONAL { GRAPH ?names { ?iri skos:altLabel ?alias } }
} ORDER BY ?iri ?alias"""
_REGIONS = """SELECT ?iri ?code ?label WHERE { GRAPH ?regions {
  ?iri kg:inRegion ?division . ?division dcterms:identifier ?code ; rdfs:label ?label } }"""
_SECTORS = "SELECT ?iri ?sector WHERE { GRAPH ?sectors { ?iri kg:inSector ?sector } } ORDER BY ?iri ?sector"
_DOCUMENTS = """SELECT ?iri ?name ?title ?published ?publisher ?source WHERE {
  GRAPH ?iri { ?iri a kg:Document ; rdfs:label ?name ; kg:sourcePath ?source }
  OPTIONAL { GRAPH ?iri { ?iri dcterms:title ?title } }
  OPTIONAL { GRAPH ?iri { ?iri dcterms:issued ?published } }
  OPTIONAL { GRAPH ?iri { ?iri dc:publisher ?publisher } }
} ORDER BY ?iri"""
_AGREEMENTS = f"""SELECT * WHERE {{
  GRAPH ?graph {{
    ?iri a kg:Agreement ; kg:agreementType ?type ; kg:status ?status . ?statement kg:states ?iri
  }}
  OPTIONAL {{ GRAPH ?graph {{ ?iri kg:date ?date }} }}
  OPTIONAL {{ GRAPH ?graph {{ ?iri kg:signedAt ?event }} }}
  OPTIONAL {{ GRAPH ?graph {{ ?iri kg:amount ?amount ; kg:currency ?currency }} }}
  {_PROVENANCE} }} ORDER BY ?iri ?statement"""
_PARTIES = "SELECT ?iri ?party WHERE { GRAPH ?graph { ?iri kg:party ?party } } ORDER BY ?iri ?party"
_RELATIONS = f"""SELECT * WHERE {{
  GRAPH ?graph {{ ?statement rdf:subject ?subject ; rdf:predicate ?predicate ; rdf:object ?object }}
  OPTIONAL {{ GRAPH ?graph {{ ?statement kg:roleTitle ?title }} }}
  {_PROVENANCE} }} ORDER BY ?subject ?predicate ?object ?statement"""
_QUANTITIES = f"""SELECT * WHERE {{
  GRAPH ?graph {{ ?iri kg:quantityOf ?subject ; kg:quantityKind ?kind ; kg:value ?value ; kg:unit ?unit .
                  ?statement kg:states ?iri }}
  OPTIONAL {{ GRAPH ?graph {{ ?iri kg:date ?date }} }}
  {_PROVENANCE} }} ORDER BY ?iri ?statement"""

_Row = dict[str, str]


def read_facts(store: Store, filters: Filters | None = None) -> Facts:
    """Read the facts that pass the filters.

    Raises QueryError for a type or a region that does not exist, StoreError when the store cannot be read.
    """
    wanted = filters or Filters()
    documents = {row["iri"]: _document(row) for row in _rows(store, _DOCUMENTS)}
    entities = _entities(store)
    keep = Keep(
        wanted,
        types={iri: entity.type for iri, entity in entities.items()},
        divisions={iri: entity.divisions for iri, entity in entities.items()},
        published={iri: document.published for iri, document in documents.items()},
    )

    def kept(joined: Iterable[str], date: str | None, source: Provenance) -> bool:
        return keep(joined, date, page=source.document, confidence=source.confidence)

    parties: dict[str, list[str]] = {}
    for row in _rows(store, _PARTIES):
        parties.setdefault(row["iri"], []).append(row["party"])
    agreements = [
        _agreement(row, tuple(dict.fromkeys(parties.get(row["iri"], []))))
        for row in _rows(store, _AGREEMENTS)
    ]
    agreements = [a for a in agreements if kept(a.parties, a.date, a.source)]
    relations = [
        r for r in map(_relation, _rows(store, _RELATIONS)) if kept((r.subject, r.object), None, r.source)
    ]
    quantities = [
        q for q in map(_quantity, _rows(store, _QUANTITIES)) if kept((q.subject,), q.date, q.source)
    ]
    if wanted:
        used = {iri for a in agreements for iri in (*a.parties, *([a.event] if a.event else []))}
        used |= {iri for r in relations for iri in (r.subject, r.object)} | {q.subject for q in quantities}
        entities = {iri: entity for iri, entity in entities.items() if iri in used}
        pages = {a.source.document for a in agreements} | {r.source.document for r in relations}
        pages |= {q.source.document for q in quantities}
        documents = {iri: document for iri, document in documents.items() if iri in pages}
    return Facts(entities, documents, agreements, relations, quantities)


def _entities(store: Store) -> dict[str, EntityRecord]:
    table = divisions()
    homes = {row["iri"]: (row["code"], row["label"]) for row in _rows(store, _REGIONS)}
    sectors: dict[str, list[str]] = {}
    for row in _rows(store, _SECTORS):
        sectors.setdefault(row["iri"], []).append(_local(row["sector"]))
    found: dict[str, EntityRecord] = {}
    aliases: dict[str, list[str]] = {}
    for row in _rows(store, _ENTITIES):
        if "alias" in row:
            aliases.setdefault(row["iri"], []).append(row["alias"])
        found[row["iri"]] = EntityRecord(row["iri"], _local(row["type"]), row["name"])
    for iri, entity in found.items():
        code, label = homes.get(iri, (None, None))
        chain = table.chain(code) if code in table.by_code else ()
        found[iri] = EntityRecord(
            iri,
            entity.type,
            entity.name,
            tuple(dict.fromkeys(aliases.get(iri, ()))),
            label,
            chain,
            tuple(sectors.get(iri, ())),
        )
    return found


def _document(row: _Row) -> DocumentRecord:
    return DocumentRecord(
        row["iri"],
        row["name"],
        row.get("title"),
        row.get("published"),
        row.get("publisher"),
        row.get("source"),
    )


def _agreement(row: _Row, parties: tuple[str, ...]) -> AgreementRecord:
    return AgreementRecord(
        row["iri"],
        _local(row["type"]),
        _local(row["status"]),
        parties,
        row.get("date"),
        row.get("event"),
        _decimal(row.get("amount")),
        row.get("currency"),
        _provenance(row),
    )


def _relation(row: _Row) -> RelationRecord:
    return RelationRecord(
        _local(row["predicate"]), row["subject"], row["object"], row.get("title"), _provenance(row)
    )


def _quantity(row: _Row) -> QuantityRecord:
    return QuantityRecord(
        row["iri"],
        _local(row["kind"]),
        row["subject"],
        Decimal(row["value"]),
        row["unit"],
        row.get("date"),
        _provenance(row),
    )


def _provenance(row: _Row) -> Provenance:
    start, end = row.get("start"), row.get("end")
    return Provenance(
        row["statement"],
        row["graph"],
        _decimal(row.get("confidence")),
        row.get("quote"),
        int(start) if start else None,
        int(end) if end else None,
    )


def _decimal(text: str | None) -> Decimal | None:
    return Decimal(text) if text is not None else None


def _local(iri: str) -> str:
    return iri.rpartition("#")[2]


def _rows(store: Store, sparql: str) -> list[_Row]:
    """Rows as texts by variable; unbound variables are left out."""
    answer = store.query(sparql)
    if not isinstance(answer, Solutions):
        return []
    return [
        {name: _text(term) for name, term in zip(answer.variables, row, strict=True) if term is not None}
        for row in answer.rows
    ]


def _text(term: Term) -> str:
    return term.value if isinstance(term, NamedNode | Literal) else str(term)
