"""One document as one named graph: entities, agreements, relations, quantities, and who says so where.

The graph bears the document's IRI. Every relation stands as a direct triple, for queries, and every fact
has one statement node with its confidence, its extractor and the sentence it was read from; a sentence that
states several facts is one evidence node. docs/graph.md draws the shape.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pyoxigraph import NamedNode, Quad, Triple

from kg.graph.literals import integer, number, partial_date
from kg.graph.terms import (
    AGREEMENT_TYPE,
    DC,
    DCTERMS,
    KG,
    OA,
    PROV,
    QUANTITY,
    RDF,
    RDFS,
    SCHEMA,
    SKOS,
    STATUS,
    text,
)
from kg.model import Agreement, Annotation, Document, Entity, Evidence, Quantity, Relation
from kg.resolve.agreements import Report, acts_of
from kg.resolve.iris import agreement_iri, digest, document_iri, slug
from kg.resolve.statements import statements_of
from kg.resolve.types import Resolution


@dataclass(frozen=True, slots=True)
class Extractor:
    """What made the annotation: a program and its version, or an annotator."""

    name: str
    version: str


def document_quads(
    document: Document,
    annotation: Annotation,
    resolution: Resolution,
    *,
    extractor: Extractor,
    acts: Mapping[Report, str] | None = None,
    copy_of: str | None = None,
    fingerprint: str | None = None,
) -> list[Quad]:
    """The named graph of one document, without duplicates.

    acts: which agreements of several documents are one (kg.resolve.agreements); without it the document stands
    alone. copy_of: key of the document that this one is a reprint of. fingerprint: what the graph was made from,
    noted in it.
    Raises KeyError where the resolution does not cover the annotation, ValueError where a fact refers to an
    entity that the annotation does not list.
    """
    graph = NamedNode(document_iri(resolution.base, document.key))
    triples = _DocumentGraph(
        document,
        annotation,
        resolution,
        extractor,
        graph,
        acts=acts,
        copy_of=copy_of,
        fingerprint=fingerprint,
    )
    return [Quad(t.subject, t.predicate, t.object, graph) for t in dict.fromkeys(triples)]


class _DocumentGraph:
    def __init__(
        self,
        document: Document,
        annotation: Annotation,
        resolution: Resolution,
        extractor: Extractor,
        graph: NamedNode,
        *,
        acts: Mapping[Report, str] | None,
        copy_of: str | None,
        fingerprint: str | None,
    ) -> None:
        self.document = document
        self.annotation = annotation
        self.extractor = extractor
        self.iri = graph
        self.base = resolution.base
        self.agent = NamedNode(
            f"{self.base}extractor/{slug(extractor.name)}-"
            f"{digest(extractor.name, extractor.version, length=8)}"
        )
        self.nodes = {e.id: NamedNode(resolution.iri(document.key, e.id)) for e in annotation.entities}
        self.types = {node.value: resolution.entities[node.value].type for node in self.nodes.values()}
        self.statements = statements_of(annotation, key=document.key, base=self.base)
        self.acts = acts_of([(document.key, annotation)], resolution) if acts is None else acts
        self.copy_of = copy_of
        self.fingerprint = fingerprint

    def __iter__(self) -> Iterator[Triple]:
        yield from self._metadata()
        for entity in self.annotation.entities:
            yield from self._entity(entity)
        told = self.annotation
        for place, agreement in enumerate(told.agreements):
            act = self.acts[self.document.key, place]
            yield from self._agreement(agreement, act, NamedNode(self.statements.agreements[place]))
        for relation, statement in zip(told.relations, self.statements.relations, strict=True):
            yield from self._relation(relation, NamedNode(statement))
        for quantity, statement in zip(told.quantities, self.statements.quantities, strict=True):
            yield from self._quantity(quantity, NamedNode(statement))

    def _metadata(self) -> Iterator[Triple]:
        doc, iri = self.document, self.iri
        yield Triple(iri, RDF.type, KG.Document)
        yield Triple(iri, RDFS.label, text(doc.name))
        yield Triple(iri, DCTERMS.identifier, text(doc.key))
        yield Triple(iri, KG.sourcePath, text(doc.source))
        yield Triple(iri, DCTERMS["format"], text(doc.media_type))
        yield Triple(iri, KG.extractedBy, self.agent)
        yield Triple(self.agent, RDF.type, PROV.SoftwareAgent)
        yield Triple(self.agent, SCHEMA.name, text(self.extractor.name))
        yield Triple(self.agent, SCHEMA.softwareVersion, text(self.extractor.version))
        optional = (
            (KG.contentHash, doc.content_hash),
            (DCTERMS.title, doc.title),
            (DC.publisher, doc.publisher),
            (SCHEMA.url, doc.url),
            (KG.characterEncoding, doc.encoding),
            (KG.fingerprint, self.fingerprint),
        )
        for predicate, value in optional:
            if value:
                yield Triple(iri, predicate, text(value))
        if published := self.annotation.published or doc.published:
            yield Triple(iri, DCTERMS.issued, partial_date(published))
        if self.copy_of is not None:
            yield Triple(iri, KG.copyOf, NamedNode(document_iri(self.base, self.copy_of)))

    def _entity(self, entity: Entity) -> Iterator[Triple]:
        node = self.nodes[entity.id]
        yield Triple(
            node, RDF.type, KG[self.types[node.value]]
        )  # types are disjoint: all documents together decide
        yield Triple(node, RDFS.label, text(entity.name))
        for alias in entity.aliases:
            yield Triple(node, SKOS.altLabel, text(alias))
        if not entity.mentions:
            return
        start, end = entity.mentions[0]
        mention = NamedNode(self.statements.mentions[entity.id])
        yield Triple(mention, RDF.type, KG.Mention)
        yield Triple(mention, KG.mentions, node)
        yield from self._span(mention, start, end, self._repaired(start, end))
        yield from self._origin(mention, entity.confidence)

    def _agreement(self, agreement: Agreement, act: str, statement: NamedNode) -> Iterator[Triple]:
        parties = sorted({self.nodes[party].value for party in agreement.parties})
        node = NamedNode(agreement_iri(self.base, self.document.key, act))
        yield Triple(node, RDF.type, KG.Agreement)
        yield Triple(node, KG.agreementType, AGREEMENT_TYPE[agreement.type])
        yield Triple(node, KG.status, STATUS[agreement.status])
        for party in parties:
            yield Triple(node, KG.party, NamedNode(party))
        if agreement.date:
            yield Triple(node, KG.date, partial_date(agreement.date))
        if agreement.event:
            yield Triple(node, KG.signedAt, self.nodes[agreement.event])
        if agreement.amount:
            yield Triple(node, KG.amount, number(agreement.amount.value))
            yield Triple(node, KG.currency, text(agreement.amount.currency))
        yield Triple(statement, KG.states, node)
        yield from self._provenance(statement, agreement.confidence, agreement.evidence)

    def _relation(self, relation: Relation, statement: NamedNode) -> Iterator[Triple]:
        subject, predicate, target = (
            self.nodes[relation.subject],
            KG[relation.type],
            self.nodes[relation.object],
        )
        yield Triple(subject, predicate, target)
        yield Triple(statement, RDF.subject, subject)
        yield Triple(statement, RDF.predicate, predicate)
        yield Triple(statement, RDF.object, target)
        if relation.title:
            yield Triple(statement, KG.roleTitle, text(relation.title))
        yield from self._provenance(statement, relation.confidence, relation.evidence)

    def _quantity(self, quantity: Quantity, statement: NamedNode) -> Iterator[Triple]:
        node = NamedNode(statement.value.replace("#s-", "#q-"))
        yield Triple(node, RDF.type, KG.Quantity)
        yield Triple(node, KG.quantityOf, self.nodes[quantity.subject])
        yield Triple(node, KG.quantityKind, QUANTITY[quantity.property])
        yield Triple(node, KG.value, number(quantity.value))
        yield Triple(node, KG.unit, text(quantity.unit))
        if quantity.date:
            yield Triple(node, KG.date, partial_date(quantity.date))
        yield Triple(statement, KG.states, node)
        yield from self._provenance(statement, quantity.confidence, quantity.evidence)

    def _provenance(
        self, statement: NamedNode, confidence: float | None, evidence: Evidence | None
    ) -> Iterator[Triple]:
        yield Triple(statement, RDF.type, KG.Statement)
        yield from self._origin(statement, confidence)
        if evidence is None:
            return
        # RFC 5147 gives text a fragment for a span of characters, so the evidence's IRI says where it is.
        span = NamedNode(f"{self.iri.value}#char={evidence.start},{evidence.end}")
        yield Triple(statement, OA.hasSelector, span)
        yield Triple(span, RDF.type, KG.Evidence)
        yield from self._span(span, evidence.start, evidence.end, evidence.quote)

    def _origin(self, node: NamedNode, confidence: float | None) -> Iterator[Triple]:
        yield Triple(node, PROV.wasAttributedTo, self.agent)
        if confidence is not None:
            yield Triple(node, KG.confidence, number(round(confidence, 4)))

    def _span(self, node: NamedNode, start: int, end: int, quote: str) -> Iterator[Triple]:
        yield Triple(node, OA.exact, text(quote))
        yield Triple(node, OA.start, integer(start))
        yield Triple(node, OA.end, integer(end))
        yield Triple(node, PROV.wasQuotedFrom, self.iri)

    def _repaired(self, start: int, end: int) -> str:
        first, last = self.document.offsets.to_repaired(start, end)
        return self.document.text[first:last]
