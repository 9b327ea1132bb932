"""A page's content from a store, whatever its kind: a few SPARQL queries, no matter how many entities."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable

from kg.graph.stores import Store
from kg.model import Amount
from kg.query.records import (
    Act,
    Report,
    local,
    read_acts,
    read_documents,
    read_entities,
    report,
)
from kg.query.records import select as rows_of
from kg.view.model import Fact, Figure, Node, Source, Tie, ViewGraph
from kg.view.places import placed
from kg.view.select import select

_RELATIONS = """
SELECT ?document ?subject ?predicate ?object ?title ?confidence ?quote ?start ?end WHERE {
  GRAPH ?document {
    ?statement rdf:subject ?subject ; rdf:predicate ?predicate ; rdf:object ?object .
    OPTIONAL { ?statement kg:roleTitle ?title }
    OPTIONAL { ?statement kg:confidence ?confidence }
    OPTIONAL { ?statement oa:hasSelector ?span . ?span oa:exact ?quote ; oa:start ?start ; oa:end ?end }
  }
} ORDER BY ?subject ?predicate ?object ?document
"""
_QUANTITIES = """
SELECT ?document ?subject ?kind ?value ?unit ?date ?confidence ?quote ?start ?end WHERE {
  GRAPH ?document {
    ?quantity kg:quantityOf ?subject ; kg:quantityKind ?kind ; kg:value ?value ; kg:unit ?unit .
    OPTIONAL { ?quantity kg:date ?date }
    OPTIONAL {
      ?statement kg:states ?quantity
      OPTIONAL { ?statement kg:confidence ?confidence }
      OPTIONAL { ?statement oa:hasSelector ?span . ?span oa:exact ?quote ; oa:start ?start ; oa:end ?end }
    }
  }
} ORDER BY ?subject ?kind ?date ?value ?document
"""


def build_view(
    store: Store,
    *,
    focus: str | None = None,
    hops: int = 1,
    types: Collection[str] = (),
    region: str | None = None,
    since: str | None = None,
    min_confidence: float = 0.0,
) -> ViewGraph:
    """What a page of this store shows: all of it, or the part that kg.view.select.select chooses.

    Raises StoreError when the store cannot answer, QueryError for a condition that cannot be met.
    """
    return select(
        view_of_store(store),
        focus=focus,
        hops=hops,
        types=types,
        region=region,
        since=since,
        min_confidence=min_confidence,
    )


def view_of_store(store: Store) -> ViewGraph:
    """Everything in the store; an agreement that several documents report is one tie with all quotes."""
    entities = read_entities(store)
    known = {entity.iri for entity in entities}
    figures = _figures(store)
    ties = [*_agreements(read_acts(store), known), *_relations(store, known)]
    nodes = [
        Node(
            entity.iri,
            entity.type,
            entity.label,
            entity.aliases,
            region=entity.region,
            figures=tuple(figures.get(entity.iri, ())),
            sources=entity.documents,
        )
        for entity in entities
    ]
    sources = tuple(
        Source(each.iri, each.title or each.name, each.publisher, each.published, each.url, each.path)
        for each in read_documents(store)
    )
    return ViewGraph(tuple(placed(nodes, ties, regions=False)), tuple(ties), sources)


def _fact(said: Report) -> Fact:
    return Fact(said.document, said.quote, said.start, said.end, said.confidence)


def _agreements(acts: Iterable[Act], known: Collection[str]) -> Iterable[Tie]:
    for act in acts:
        parties = tuple(party for party in act.parties if party in known)
        if not parties:
            continue
        yield Tie(
            id=act.id,
            kind=act.type,
            members=parties,
            status=act.status,
            date=act.date,
            amount=Amount(value=act.amount, currency=act.currency) if act.amount and act.currency else None,
            event=act.event if act.event in known else None,
            facts=tuple(map(_fact, act.reports)),
        )


def _relations(store: Store, known: Collection[str]) -> Iterable[Tie]:
    facts: dict[tuple[str, str, str], list[Fact]] = defaultdict(list)
    titles: dict[tuple[str, str, str], dict[str, None]] = defaultdict(dict)
    for row in rows_of(store, _RELATIONS):
        key = (row["subject"], row["predicate"], row["object"])
        facts[key].append(_fact(report(row)))
        if row["title"]:
            titles[key][row["title"]] = None
    for (subject, predicate, target), said in facts.items():
        if subject in known and target in known:
            yield Tie(
                id="|".join((local(predicate), subject, target)),
                kind=local(predicate),
                members=(subject, target),
                title="、".join(titles[subject, predicate, target]) or None,
                facts=tuple(dict.fromkeys(said)),
            )


def _figures(store: Store) -> dict[str, list[Figure]]:
    """Figures of each entity; the same figure in several documents is one, with all quotes."""
    facts: dict[tuple[str, str, float, str, str | None], list[Fact]] = defaultdict(list)
    for row in rows_of(store, _QUANTITIES):
        key = (row["subject"], local(row["kind"]), float(row["value"]), row["unit"], row["date"])
        facts[key].append(_fact(report(row)))
    figures: dict[str, list[Figure]] = defaultdict(list)
    for (subject, kind, value, unit, date), said in facts.items():
        figures[subject].append(Figure(kind, value, unit, date, tuple(said)))
    return figures
