"""Two derived graphs: which IRIs gave way to older ones, and what people decided, when, and of what."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pyoxigraph import NamedNode, Quad, Triple

from kg.graph.literals import partial_date
from kg.graph.terms import DCTERMS, KG, PROV, RDF, RDFS, SCHEMA, text
from kg.resolve.iris import digest, slug
from kg.resolve.types import Resolution

IDENTITY_GRAPH = "graph/identity"
DECISIONS_GRAPH = "graph/decisions"
_PURPOSE = {
    IDENTITY_GRAPH: (
        "Entities that turned out to be one with another: the older IRI stays, the other points to it",
        "后被认定为同一事物的实体：旧标识保留，其余标识指向它",
    ),
    DECISIONS_GRAPH: (
        "What people decided of entities and facts",
        "人对实体与事实的裁定",
    ),
}


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision as it was applied.

    verdict: same, different, right or wrong; about: IRIs of the two entities or of the statement; says: the fact or
    the two names in words; who, when (a date, whole or partial), note: as the person gave them.
    """

    verdict: str
    about: tuple[str, ...]
    says: str
    who: str | None = None
    when: str | None = None
    note: str | None = None


def identity_quads(resolution: Resolution) -> Iterator[Quad]:
    """The graph of replaced IRIs: dcterms:isReplacedBy, not owl:sameAs, since facts stand under the older IRI only."""
    return _graph(
        resolution.base,
        IDENTITY_GRAPH,
        (
            Triple(NamedNode(gone), DCTERMS.isReplacedBy, NamedNode(stays))
            for gone, stays in sorted(resolution.replaced.items())
        ),
    )


def decided_quads(base: str, decided: Iterable[Decided]) -> Iterator[Quad]:
    """The graph of decisions; nothing where none was taken."""
    found = list(decided)
    return (
        _graph(base, DECISIONS_GRAPH, (t for d in found for t in _decision(base, d))) if found else iter(())
    )


def _decision(base: str, decided: Decided) -> Iterator[Triple]:
    node = NamedNode(f"{base}decision/{digest(decided.verdict, *sorted(decided.about))}")
    yield Triple(node, RDF.type, KG.Decision)
    yield Triple(node, KG.verdict, text(decided.verdict))
    yield Triple(node, RDFS.label, text(decided.says))
    for about in decided.about:
        yield Triple(node, PROV.used, NamedNode(about))
    if decided.who:
        person = NamedNode(f"{base}reviewer/{slug(decided.who)}-{digest('reviewer', decided.who, length=8)}")
        yield Triple(node, PROV.wasAssociatedWith, person)
        yield Triple(person, RDF.type, PROV.Agent)
        yield Triple(person, SCHEMA.name, text(decided.who))
    if decided.when:
        yield Triple(node, DCTERMS.date, partial_date(decided.when))
    if decided.note:
        yield Triple(node, RDFS.comment, text(decided.note))


def _graph(base: str, name: str, triples: Iterable[Triple]) -> Iterator[Quad]:
    graph = NamedNode(base + name)
    english, chinese = _PURPOSE[name]
    yield Quad(graph, RDF.type, KG.DerivedGraph, graph)
    yield Quad(graph, RDFS.comment, text(english, "en"), graph)
    yield Quad(graph, RDFS.comment, text(chinese, "zh"), graph)
    for triple in dict.fromkeys(triples):
        yield Quad(triple.subject, triple.predicate, triple.object, graph)
