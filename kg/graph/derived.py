"""Derived graphs: what follows from all documents together, kept apart from what documents say.

Each is a named graph that describes itself as kg:DerivedGraph, and is made anew whenever documents change.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import permutations

from pyoxigraph import NamedNode, Quad, Triple

from kg.graph.literals import number
from kg.graph.sectors import SECTORAL_TYPES, sectors_of
from kg.graph.terms import (
    DCTERMS,
    GROUPS_GRAPH,
    KG,
    NAMES_GRAPH,
    RDF,
    RDFS,
    REGIONS_GRAPH,
    SCHEMA,
    SECTOR,
    SECTORS_GRAPH,
    SIGNS_WITH_GRAPH,
    SKOS,
    text,
)
from kg.model import Annotation
from kg.resolve.divisions import Level, divisions
from kg.resolve.iris import digest, division_iri
from kg.resolve.regions import REGION_CONFIDENCE
from kg.resolve.types import Resolution

_PURPOSE = {
    NAMES_GRAPH: (
        "Entities with their types, preferred labels and all names, over all documents",
        "全部文档合并后的实体类型、首选名称与别名",
    ),
    SIGNS_WITH_GRAPH: (
        "Direct edges between the parties of signed agreements, derived for convenience",
        "由已签署协议推导的当事方直接关系",
    ),
    REGIONS_GRAPH: (
        "Home regions of entities and the hierarchy of divisions, derived from places and names",
        "由地点与名称推导的所属行政区及区划层级",
    ),
    SECTORS_GRAPH: (
        "Sectors of the health industry, derived from names",
        "由名称推导的健康产业领域",
    ),
    GROUPS_GRAPH: (
        "Firms that bear one brand and may belong to one group, derived from names",
        "由名称推导的同字号、可能同属一个集团的企业",
    ),
}
_LEVELS: tuple[Level, ...] = ("county", "city", "province")


def derived_quads(annotations: Iterable[tuple[str, Annotation]], resolution: Resolution) -> Iterator[Quad]:
    """All derived graphs: names, signsWith edges, regions, sectors and groups of one brand."""
    makers = {
        NAMES_GRAPH: _names(resolution),
        SIGNS_WITH_GRAPH: _signs_with(annotations, resolution),
        REGIONS_GRAPH: _regions(resolution),
        SECTORS_GRAPH: _sectors(resolution),
        GROUPS_GRAPH: _groups(resolution),
    }
    for name, triples in makers.items():
        graph = NamedNode(resolution.base + name)
        english, chinese = _PURPOSE[name]
        yield Quad(graph, RDF.type, KG.DerivedGraph, graph)
        yield Quad(graph, RDFS.comment, text(english, "en"), graph)
        yield Quad(graph, RDFS.comment, text(chinese, "zh"), graph)
        for triple in dict.fromkeys(triples):
            yield Quad(triple.subject, triple.predicate, triple.object, graph)


def _names(resolution: Resolution) -> Iterator[Triple]:
    for entity in resolution.entities.values():
        node = NamedNode(entity.iri)
        yield Triple(node, RDF.type, KG[entity.type])
        yield Triple(node, SKOS.prefLabel, text(entity.name))
        for name in entity.names[1:]:
            yield Triple(node, SKOS.altLabel, text(name))


def _signs_with(annotations: Iterable[tuple[str, Annotation]], resolution: Resolution) -> Iterator[Triple]:
    for key, annotation in annotations:
        for agreement in annotation.agreements:
            if agreement.status == "signed":
                parties = {resolution.iri(key, party) for party in agreement.parties}
                for one, other in permutations(sorted(parties), 2):
                    yield Triple(NamedNode(one), KG.signsWith, NamedNode(other))


def _regions(resolution: Resolution) -> Iterator[Triple]:
    table = divisions()
    used: set[str] = set()
    for entity in resolution.entities.values():
        if entity.region is not None:
            used.update(table.chain(entity.region))
            yield Triple(
                NamedNode(entity.iri),
                KG.inRegion,
                NamedNode(division_iri(resolution.base, table.by_code[entity.region])),
            )
        if entity.region_basis is not None:
            sure = number(REGION_CONFIDENCE[entity.region_basis])
            yield Triple(NamedNode(entity.iri), KG.regionBasis, text(entity.region_basis))
            yield Triple(NamedNode(entity.iri), KG.regionConfidence, sure)
    for code in sorted(used):
        division = table.by_code[code]
        node = NamedNode(division_iri(resolution.base, division))
        yield Triple(node, RDF.type, KG.Division)
        yield Triple(node, RDFS.label, text(division.name))
        yield Triple(node, DCTERMS.identifier, text(code))
        yield Triple(node, KG.level, text(division.level))
        if division.parent:
            yield Triple(
                node,
                SCHEMA.containedInPlace,
                NamedNode(division_iri(resolution.base, table.by_code[division.parent])),
            )
        for level in _LEVELS:  # what is known no more exactly than its province counts as that province
            counted = table.by_code[table.at_level(code, level) or code]
            yield Triple(node, KG[f"{level}Region"], NamedNode(division_iri(resolution.base, counted)))


def _sectors(resolution: Resolution) -> Iterator[Triple]:
    for entity in resolution.entities.values():
        if entity.type in SECTORAL_TYPES:
            for sector in sectors_of(entity.names):
                yield Triple(NamedNode(entity.iri), KG.inSector, SECTOR[sector])


def _groups(resolution: Resolution) -> Iterator[Triple]:
    for link in resolution.groups:
        one, other = NamedNode(link.one), NamedNode(link.other)
        node = NamedNode(f"{resolution.base}group-link/{digest('group', link.one, link.other)}")
        yield Triple(one, KG.mayShareGroupWith, other)
        yield Triple(other, KG.mayShareGroupWith, one)
        yield Triple(node, RDF.type, KG.GroupLink)
        yield Triple(node, KG.linkedFirm, one)
        yield Triple(node, KG.linkedFirm, other)
        yield Triple(node, KG.brand, text(link.brand))
        yield Triple(node, KG.confidence, number(link.confidence))
