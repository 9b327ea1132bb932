"""Reads a dossier from any store: some ten small SPARQL queries, however large the store is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from pyoxigraph import NamedNode

from kg.dossier.model import Dossier, Figure, Link, Named, Quote, Relations, Signing
from kg.graph.stores import Store
from kg.graph.terms import SECTOR
from kg.model import QUANTITY_PROPERTIES, RELATION_TYPES
from kg.query.records import Act, DocumentRecord, Report, local, read_acts, report, select

_NAMES = """
SELECT ?type ?name ?alias WHERE {{
  GRAPH ?names {{ ?names a kg:DerivedGraph . {entity} a ?type ; skos:prefLabel ?name .
    OPTIONAL {{ {entity} skos:altLabel ?alias }} }}
}} ORDER BY ?alias
"""
_REGIONS = """
SELECT DISTINCT ?name ?county ?city ?province WHERE {{
  GRAPH ?regions {{ {entity} kg:inRegion ?division . ?division rdfs:label ?name .
    OPTIONAL {{ ?division kg:countyRegion/rdfs:label ?county }}
    OPTIONAL {{ ?division kg:cityRegion/rdfs:label ?city }}
    OPTIONAL {{ ?division kg:provinceRegion/rdfs:label ?province }} }}
}} ORDER BY ?name
"""
_SECTORS = "SELECT DISTINCT ?sector WHERE {{ GRAPH ?g {{ {entity} kg:inSector ?sector }} }} ORDER BY ?sector"
_PAGES = """
SELECT DISTINCT ?page ?name ?title ?publisher ?published ?url ?path WHERE {{
  GRAPH ?page {{
    {entity} rdfs:label ?label . ?page a kg:Document ; rdfs:label ?name .
    OPTIONAL {{ ?page dcterms:title ?title }}
    OPTIONAL {{ ?page dc:publisher ?publisher }}
    OPTIONAL {{ ?page dcterms:issued ?published }}
    OPTIONAL {{ ?page schema:url ?url }}
    OPTIONAL {{ ?page kg:sourcePath ?path }}
  }}
}} ORDER BY DESC(?published) ?page
"""
_SAID = """
    OPTIONAL { ?statement kg:confidence ?confidence }
    OPTIONAL { ?statement oa:hasSelector ?span . ?span oa:exact ?quote ; oa:start ?start ; oa:end ?end }
"""
_RELATIONS = """
SELECT ?document ?kind ?other ?inverse ?title ?confidence ?quote ?start ?end WHERE {{
  GRAPH ?document {{
    {{ ?statement rdf:subject {entity} ; rdf:predicate ?kind ; rdf:object ?other . BIND(false AS ?inverse) }}
    UNION
    {{ ?statement rdf:object {entity} ; rdf:predicate ?kind ; rdf:subject ?other . BIND(true AS ?inverse) }}
    OPTIONAL {{ ?statement kg:roleTitle ?title }}
    {said}
  }}
}} ORDER BY ?kind ?other ?title ?document ?start
"""
_FIGURES = """
SELECT ?document ?kind ?value ?unit ?date ?confidence ?quote ?start ?end WHERE {{
  GRAPH ?document {{
    ?quantity kg:quantityOf {entity} ; kg:quantityKind ?kind ; kg:value ?value ; kg:unit ?unit .
    ?statement kg:states ?quantity .
    OPTIONAL {{ ?quantity kg:date ?date }}
    {said}
  }}
}} ORDER BY ?kind ?date ?value ?document ?start
"""
_LABELS = """
SELECT ?entity ?type ?name WHERE {{
  VALUES ?entity {{ {entities} }}
  GRAPH ?names {{ ?names a kg:DerivedGraph . ?entity a ?type ; skos:prefLabel ?name }}
}}
"""


def read_dossier(store: Store, iri: str) -> Dossier | None:
    """Everything the store says of the entity; None where the store has no entity of this IRI.

    Raises StoreError when the store cannot answer.
    """
    try:
        entity = str(NamedNode(iri))
    except ValueError:
        return None
    named = list(select(store, _NAMES.format(entity=entity)))
    if not named:
        return None
    acts = read_acts(store, about=iri)
    said = list(select(store, _RELATIONS.format(entity=entity, said=_SAID)))
    people = {iri: Named(iri, named[0]["name"], local(named[0]["type"]))}
    people |= read_names(
        store,
        {party for act in acts for party in act.parties}
        | {act.event for act in acts if act.event}
        | {row["other"] for row in said},
    )
    pages = {
        row["page"]: DocumentRecord(row.pop("page"), row.pop("name"), **row)
        for row in select(store, _PAGES.format(entity=entity))
    }
    return Dossier(
        entity=people[iri],
        aliases=tuple(dict.fromkeys(row["alias"] for row in named if row["alias"])),
        regions=_regions(select(store, _REGIONS.format(entity=entity))),
        sectors=tuple(
            row["sector"].removeprefix(SECTOR.iri) for row in select(store, _SECTORS.format(entity=entity))
        ),
        agreements=tuple(sorted((_signing(act, people, pages) for act in acts), key=_when)),
        relations=_relations(said, people, pages),
        figures=_figures(select(store, _FIGURES.format(entity=entity, said=_SAID)), pages),
        pages=tuple(pages.values()),
    )


def signings(store: Store, agreements: Iterable[str]) -> list[Signing]:
    """The acts that these agreements (IRIs of reports) belong to, with the sentences of the pages named."""
    wanted = sorted(set(agreements))
    acts = read_acts(store, among=wanted) if wanted else []
    people = read_names(store, {iri for act in acts for iri in (*act.parties, *filter(None, [act.event]))})
    return [_signing(act, people, {}) for act in acts]


def read_names(store: Store, iris: Iterable[str]) -> dict[str, Named]:
    """Labels and types of entities, by IRI; those that the store does not name are left out."""
    entities = " ".join(str(NamedNode(iri)) for iri in sorted(set(iris)))
    if not entities:
        return {}
    return {
        row["entity"]: Named(row["entity"], row["name"], local(row["type"]))
        for row in select(store, _LABELS.format(entities=entities))
    }


def _regions(rows: Iterable[Mapping[str, Any]]) -> tuple[str, ...]:
    chains = [row[level] for row in rows for level in ("name", "county", "city", "province")]
    return tuple(dict.fromkeys(name for name in chains if name))


def _quote(said: Report, pages: Mapping[str, DocumentRecord]) -> Quote:
    page = pages.get(said.document) or DocumentRecord(said.document, said.document)
    return Quote(said.quote, page, said.start, said.end, said.confidence)


def _signing(act: Act, people: Mapping[str, Named], pages: Mapping[str, DocumentRecord]) -> Signing:
    return Signing(
        iri=act.id,
        type=act.type,
        status=act.status,
        parties=tuple(_person(party, people) for party in act.parties),
        date=act.date,
        amount=act.amount,
        currency=act.currency,
        event=_person(act.event, people) if act.event else None,
        quotes=tuple(_quote(each, pages) for each in act.reports),
    )


def _person(iri: str, people: Mapping[str, Named]) -> Named:
    return people.get(iri) or Named(iri, iri, "Organization")


def _when(act: Signing) -> tuple[bool, str, str]:
    """Dates in order; what has no year comes last."""
    unknown = act.date is None or act.date.startswith("--")
    return unknown, act.date or "", act.iri


def _relations(
    rows: Iterable[dict[str, Any]], people: Mapping[str, Named], pages: Mapping[str, DocumentRecord]
) -> tuple[Relations, ...]:
    found: dict[tuple[str, bool], dict[tuple[str, str | None], list[Quote]]] = {}
    for row in rows:
        group = found.setdefault((local(row["kind"]), row["inverse"]), {})
        group.setdefault((row["other"], row["title"]), []).append(_quote(report(row), pages))
    return tuple(
        Relations(
            kind,
            inverse,
            tuple(
                sorted(
                    (
                        Link(_person(other, people), title, tuple(dict.fromkeys(quotes)))
                        for (other, title), quotes in found[kind, inverse].items()
                    ),
                    key=lambda link: (link.other.label, link.title or ""),
                )
            ),
        )
        for kind, inverse in sorted(found, key=lambda key: (_place(key[0], RELATION_TYPES), key[0], key[1]))
    )


def _figures(rows: Iterable[dict[str, Any]], pages: Mapping[str, DocumentRecord]) -> tuple[Figure, ...]:
    found: dict[tuple[str, float, str, str | None], list[Quote]] = {}
    for row in rows:
        key = (local(row["kind"]), float(row["value"]), row["unit"], row["date"])
        found.setdefault(key, []).append(_quote(report(row), pages))
    order = sorted(found, key=lambda key: (_place(key[0], QUANTITY_PROPERTIES), key[0], key[3] or "", key[1]))
    return tuple(Figure(*key, tuple(dict.fromkeys(found[key]))) for key in order)


def _place(name: str, order: tuple[str, ...]) -> int:
    return order.index(name) if name in order else len(order)
