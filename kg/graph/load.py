"""Writes documents into a store: each replaces its own named graph, derived graphs follow.

What did not change is not written again, and not even made: every document's graph bears the fingerprint of what it
was made from, and of a derived graph only the difference is written.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import chain

from pyoxigraph import Literal, NamedNode, Quad

from kg.graph.decided import Decided, decided_quads, identity_quads
from kg.graph.fingerprint import fingerprint_of
from kg.graph.kept import KeptPortions, write_derived
from kg.graph.stores.base import Solutions, Store
from kg.graph.terms import KG
from kg.graph.writer import Extractor, document_quads
from kg.model import Annotation, Document
from kg.resolve.agreements import acts_of
from kg.resolve.iris import document_iri
from kg.resolve.types import Resolution

_CHUNK = 50_000  # quads held in memory at once


@dataclass(frozen=True, slots=True)
class WriteReport:
    """What a write did: numbers of documents; quads written for them; facts that the store's documents state."""

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
    copies: Mapping[str, str] | None = None,
    decided: Iterable[Decided] = (),
    digests: Mapping[str, str] | None = None,
    portions: KeptPortions | None = None,
    rewrite: bool = False,
) -> WriteReport:
    """Make the store hold exactly these documents.

    copies: {key of a reprint: key of the document that tells its facts}; the annotation of a reprint is left out.
    decided: what people decided, for the record. digests: kg.graph.fingerprint.digest_of documents by their keys, where
    that is known and they are no reprints. portions: what derived graphs were made of before. A document's graph is
    written only where it is new or made from something else than before; graphs of documents that are not among
    ``items`` are dropped; graphs that are neither documents nor derived are left alone. rewrite: write all graphs of
    documents, whatever they say they were made from. Nothing changes if anything fails.
    Raises StoreError when the store cannot be written, KeyError where the resolution does not cover an item,
    ValueError where two documents have one key.
    """
    copies, digests = copies or {}, digests or {}
    pairs = [(d, _metadata_of(a) if d.key in copies else a) for d, a in items]
    told = [(document.key, annotation) for document, annotation in pairs]
    published = {document.key: document.published for document, _ in pairs if document.published}
    acts = acts_of(told, resolution, published=published)
    with store.writing() as target:
        present = _fingerprints(target)
        if rewrite:
            present = dict.fromkeys(present)
        seen: set[str] = set()
        tally: Counter[str] = Counter()
        waiting: list[Quad] = []
        for document, annotation in pairs:
            graph = document_iri(resolution.base, document.key)
            if graph in seen:
                raise ValueError(f"two documents have one key: {graph}")
            seen.add(graph)
            tally["facts"] += _facts(annotation)
            lead = copies.get(document.key)
            made_from = fingerprint_of(
                document,
                annotation,
                resolution,
                extractor=extractor,
                acts=acts,
                copy_of=lead,
                digest=digests.get(document.key) if lead is None else None,
            )
            if present.get(graph) == made_from:
                tally["unchanged"] += 1
                continue
            if graph in present:
                target.drop_graph(NamedNode(graph))
            tally["replaced" if graph in present else "added"] += 1
            quads = document_quads(
                document,
                annotation,
                resolution,
                extractor=extractor,
                acts=acts,
                copy_of=lead,
                fingerprint=made_from,
            )
            tally["quads"] += len(quads)
            waiting += quads
            if len(waiting) >= _CHUNK:
                target.extend(waiting)
                waiting = []
        target.extend(waiting)
        stale = sorted(set(present) - seen)
        for graph in stale:
            target.drop_graph(NamedNode(graph))
        write_derived(
            target,
            told,
            resolution,
            others=chain(identity_quads(resolution), decided_quads(resolution.base, decided)),
            portions=KeptPortions() if portions is None else portions,
        )
    return WriteReport(
        added=tally["added"],
        replaced=tally["replaced"],
        unchanged=tally["unchanged"],
        removed=len(stale),
        quads=tally["quads"],
        facts=tally["facts"],
    )


def _metadata_of(annotation: Annotation) -> Annotation:
    return Annotation(doc=annotation.doc, published=annotation.published)


def _facts(annotation: Annotation) -> int:
    """Number of statements and mentions in the document's graph."""
    relations = {(r.subject, r.type, r.object, r.title) for r in annotation.relations}
    figures = {(q.subject, q.property, q.value, q.unit, q.date) for q in annotation.quantities}
    mentions = sum(bool(entity.mentions) for entity in annotation.entities)
    return len(annotation.agreements) + len(relations) + len(figures) + mentions


def _fingerprints(store: Store) -> dict[str, str | None]:
    """Graphs of documents, and what each was made from if it says so."""
    found: dict[str, str | None] = {graph.value: None for graph in _graphs_of(store, KG.Document)}
    answer = store.query(f"SELECT ?g ?f WHERE {{ GRAPH ?g {{ ?g {KG.fingerprint} ?f }} }}")
    for graph, made_from in answer.rows if isinstance(answer, Solutions) else []:
        if isinstance(graph, NamedNode) and isinstance(made_from, Literal):
            found[graph.value] = made_from.value
    return found


def _graphs_of(store: Store, kind: NamedNode) -> set[NamedNode]:
    """Graphs that describe themselves as of a kind."""
    answer = store.query(f"SELECT ?g WHERE {{ GRAPH ?g {{ ?g a {kind} }} }}")
    rows = answer.rows if isinstance(answer, Solutions) else []
    return {graph for (graph,) in rows if isinstance(graph, NamedNode)}
