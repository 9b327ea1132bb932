"""The graph for Gephi, Cytoscape and networkx: entities as nodes; every relation and every pair of signing
parties as
an edge of its own, so that parallel edges stay apart."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import networkx as nx

from kg.graph.export.clean import for_xml
from kg.graph.facts import Facts, Provenance

Attributes = dict[str, str | float | int]


def network(facts: Facts) -> nx.MultiDiGraph:
    """A directed multigraph: an edge's key is its statement's IRI (with a number for each pair of parties).

    Edge attributes: kind (agreement or relation), relation (its type; GEXF keeps the word type for itself),
    and what is known of status, date, amount, currency, event, title, confidence, document and quote. An
    agreement's edges run between its parties in the order of their IRIs and carry the agreement's IRI; a
    party that signs alone has none.
    """
    graph = nx.MultiDiGraph()
    for entity in facts.entities.values():
        graph.add_node(
            entity.iri,
            **_known(
                label=entity.name,
                type=entity.type,
                aliases=" | ".join(entity.aliases),
                region=entity.region,
                sectors=" | ".join(entity.sectors),
            ),
        )
    for agreement in facts.agreements:
        event = facts.entities[agreement.event].name if agreement.event in facts.entities else None
        for number, (one, other) in enumerate(combinations(sorted(agreement.parties), 2)):
            graph.add_edge(
                one,
                other,
                key=f"{agreement.source.statement}-{number}",
                **_known(
                    kind="agreement",
                    relation=agreement.type,
                    label=agreement.type,
                    agreement=agreement.iri,
                    status=agreement.status,
                    date=agreement.date,
                    currency=agreement.currency,
                    event=event,
                    amount=float(agreement.amount) if agreement.amount is not None else None,
                )
                | _source(facts, agreement.source),
            )
    for relation in facts.relations:
        graph.add_edge(
            relation.subject,
            relation.object,
            key=relation.source.statement,
            **_known(
                kind="relation",
                relation=relation.type,
                label=relation.type,
                title=relation.title,
            )
            | _source(facts, relation.source),
        )
    return graph


def write_graphml(facts: Facts, path: Path) -> None:
    """GraphML, which networkx, Gephi, Cytoscape and yEd read."""
    nx.write_graphml(network(facts), path, named_key_ids=True, edge_id_from_attribute=None)


def write_gexf(facts: Facts, path: Path) -> None:
    """GEXF 1.2, Gephi's own format; edges have ids, so that parallel ones stay apart."""
    graph = network(facts)
    for number, (_, _, data) in enumerate(graph.edges(data=True)):
        data["id"] = str(number)
    nx.write_gexf(graph, path, version="1.2draft")


def _source(facts: Facts, source: Provenance) -> Attributes:
    document = facts.documents.get(source.document)
    return _known(
        confidence=float(source.confidence) if source.confidence is not None else None,
        document=document.name if document else source.document,
        quote=source.quote,
    )


def _known(**values: str | float | None) -> Attributes:
    """Attributes that have a value; the formats have none for nothing."""
    return {
        name: for_xml(value) if isinstance(value, str) else value
        for name, value in values.items()
        if value is not None and value != ""
    }
