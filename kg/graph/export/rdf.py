"""The dataset, whole or filtered, as Turtle, TriG, N-Quads or JSON-LD."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import BinaryIO

import pyoxigraph as ox
from pyoxigraph import NamedNode, Quad, RdfFormat

from kg.graph.facts import Facts
from kg.graph.stores.base import Store
from kg.graph.terms import DCTERMS, KG, OA, PREFIXES, PROV, RDF, SCHEMA


def chosen_quads(store: Store, facts: Facts | None) -> Iterator[Quad]:
    """Quads of the store; with ``facts`` only what carries them: their nodes, entities, evidence and pages."""
    if facts is None:
        yield from store.quads()
        return
    for graph in store.graphs():
        quads = list(store.quads(graph))
        if graph.value in facts.documents:
            yield from _of_document(quads, facts)
        elif Quad(graph, RDF.type, KG.DerivedGraph, graph) in quads:
            yield from _of_derived(quads, facts, graph)
        elif any(q.predicate == KG.copyOf and _iri(q.object) in facts.documents for q in quads):
            yield from quads  # a copy of a page that is kept says nothing but where else the page stood


def write_rdf(quads: Iterable[Quad], output: BinaryIO, rdf: RdfFormat) -> None:
    """Serialise quads; formats without named graphs get each triple once."""
    if rdf.supports_datasets:
        ox.serialize(quads, output, rdf, prefixes=PREFIXES)
    else:
        ox.serialize(dict.fromkeys(quad.triple for quad in quads), output, rdf, prefixes=PREFIXES)


def _of_document(quads: list[Quad], facts: Facts) -> Iterator[Quad]:
    statements = _statements(facts)
    nodes = (
        statements
        | set(facts.documents)
        | {a.iri for a in facts.agreements}
        | {q.iri for q in facts.quantities}
    )
    edges = {(r.subject, KG[r.type].value, r.object) for r in facts.relations}
    for quad in quads:
        if quad.predicate in (OA.hasSelector, PROV.wasAttributedTo) and _iri(quad.subject) in statements:
            nodes.add(_iri(quad.object))
        elif quad.predicate == KG.mentions and _iri(quad.object) in facts.entities:
            nodes.add(_iri(quad.subject))
        elif quad.predicate == KG.extractedBy:
            nodes.add(_iri(quad.object))
    for quad in quads:
        subject, target = _iri(quad.subject), _iri(quad.object)
        if subject in facts.entities:
            # Of an entity's own triples those in our namespace are its relations; the others name it.
            if KG.local(quad.predicate) is None or (subject, quad.predicate.value, target) in edges:
                yield quad
        elif subject in nodes:
            yield quad


def _of_derived(quads: list[Quad], facts: Facts, graph: NamedNode) -> Iterator[Quad]:
    """Of a derived graph: what is about kept entities and facts, and the divisions above them."""
    signed = {
        frozenset((one, other))
        for a in facts.agreements
        if a.status == "signed"
        for one in a.parties
        for other in a.parties
        if one != other
    }
    kept = {graph.value, *facts.entities, *_about(quads, {*facts.entities, *_statements(facts)})}
    above = {_iri(q.subject): _iri(q.object) for q in quads if q.predicate == SCHEMA.containedInPlace}
    for quad in quads:
        if quad.predicate == KG.inRegion and _iri(quad.subject) in facts.entities:
            division: str | None = _iri(quad.object)
            while division is not None:
                kept.add(division)
                division = above.get(division)
    for quad in quads:
        subject, target = _iri(quad.subject), _iri(quad.object)
        match quad.predicate:
            case DCTERMS.isReplacedBy:
                wanted = target in facts.entities
            case KG.signsWith:
                wanted = frozenset((subject, target)) in signed
            case KG.mayShareGroupWith:
                wanted = {subject, target} <= kept
            case _:
                wanted = subject in kept
        if wanted:
            yield quad


def _about(quads: list[Quad], things: set[str]) -> set[str]:
    """Nodes that are about nothing but these things, such as decisions, and who took them."""
    subjects: dict[str, set[str]] = {}
    for quad in quads:
        if quad.predicate in (PROV.used, KG.linkedFirm):
            subjects.setdefault(_iri(quad.subject), set()).add(_iri(quad.object))
    found = {node for node, about in subjects.items() if about <= things}
    people = {
        _iri(q.object) for q in quads if q.predicate == PROV.wasAssociatedWith and _iri(q.subject) in found
    }
    return found | people


def _statements(facts: Facts) -> set[str]:
    sources = [a.source for a in facts.agreements] + [r.source for r in facts.relations]
    return {source.statement for source in (*sources, *(q.source for q in facts.quantities))}


def _iri(node: object) -> str:
    return node.value if isinstance(node, NamedNode) else ""
