"""Writes documents into a store: each replaces its own named graph, derived graphs are made anew."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from pyoxigraph import NamedNode, Quad

from kg.graph.derived import derived_quads
from kg.graph.stores.base import Solutions, Store
from kg.graph.terms import KG, RDF
from kg.graph.writer import Extractor, document_quads
from kg.model import Annotation, Document
from kg.resolve.types import Resolution

_CHUNK = 500  # documents whose quads are held in memory at once


@dataclass(frozen=True, slots=True)
class WriteReport:
    """What a write did: numbers of documents, and of quads and facts in the store's documents as written."""

    added: int
    replaced: int
    unchanged: int
    removed: int
    quads: int
    facts: int

    @property
    def documents(self) -> int:
        """Documents that the store holds now."""
        return self.added + self.replaced + self.unchanged


def write_graph(
    store: Store,
    items: Iterable[tuple[Document, Annotation]],
    resolution: Resolution,
    *,
    extractor: Extractor,
) -> WriteReport:
    """Make the store hold exactly these documents.

    A document's graph is written only where it is new or differs; graphs of documents that are not among
    ``items`` are dropped; graphs that are neither documents nor derived are left alone. Nothing changes if
    anything fails.
    Raises StoreError when the store cannot be written, KeyError where the resolution does not cover an item,
    ValueError where two documents have one key.
    """
    pairs = list(items)
    with store.writing() as target:
        present = set(_graphs_of(target, KG.Document))
        seen: set[NamedNode] = set()
        tally: Counter[str] = Counter()
        for start in range(0, len(pairs), _CHUNK):
            made = [
                document_quads(d, a, resolution, extractor=extractor)
                for d, a in pairs[start : start + _CHUNK]
            ]
            fresh: list[Quad] = []
            for quads in made:
                graph = _graph(quads[0])
                if graph in seen:
                    raise ValueError(f"two documents have one key: {graph.value}")
                seen.add(graph)
                change = _change(target, graph, quads, present)
                tally[change] += 1
                tally["quads"] += len(quads)
                tally["facts"] += sum(map(_states_fact, quads))
                if change != "unchanged":
                    fresh += quads
            target.extend(fresh)
        stale = sorted(present - seen, key=lambda graph: graph.value)
        for graph in stale:
            target.drop_graph(graph)
        _write_derived(target, pairs, resolution)
    return WriteReport(
        added=tally["added"],
        replaced=tally["replaced"],
        unchanged=tally["unchanged"],
        removed=len(stale),
        quads=tally["quads"],
        facts=tally["facts"],
    )


def _change(target: Store, graph: NamedNode, quads: list[Quad], present: set[NamedNode]) -> str:
    """What happens to a document's graph; one that differs is dropped, ready for its new quads."""
    if graph not in present:
        return "added"
    if set(target.quads(graph)) == set(quads):
        return "unchanged"
    target.drop_graph(graph)
    return "replaced"


def _write_derived(
    target: Store, pairs: Iterable[tuple[Document, Annotation]], resolution: Resolution
) -> None:
    graphs: dict[NamedNode, list[Quad]] = {}
    for quad in derived_quads(((document.key, annotation) for document, annotation in pairs), resolution):
        graphs.setdefault(_graph(quad), []).append(quad)
    old = set(_graphs_of(target, KG.DerivedGraph))
    for graph in sorted(old, key=lambda node: node.value):
        if graph in graphs and set(target.quads(graph)) == set(graphs[graph]):
            del graphs[graph]
        else:
            target.drop_graph(graph)
    target.extend(quad for quads in graphs.values() for quad in quads)


def _graph(quad: Quad) -> NamedNode:
    if not isinstance(quad.graph_name, NamedNode):
        raise TypeError(f"a quad without a named graph: {quad}")
    return quad.graph_name


def _graphs_of(store: Store, kind: NamedNode) -> Iterable[NamedNode]:
    """Graphs that describe themselves as of a kind."""
    answer = store.query(f"SELECT ?g WHERE {{ GRAPH ?g {{ ?g a {kind} }} }}")
    if isinstance(answer, Solutions):
        for (graph,) in answer.rows:
            if isinstance(graph, NamedNode):
                yield graph


def _states_fact(quad: Quad) -> bool:
    """Whether the quad declares a statement or a mention: the nodes that stand for one fact each."""
    return quad.predicate == RDF.type and quad.object in (KG.Statement, KG.Mention)
