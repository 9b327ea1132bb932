"""Derived graphs: what follows from all documents together, kept apart from what documents say.

Each is a named graph that describes itself as kg:DerivedGraph, and follows from the portions that ``describe`` gives:
plain words for every thing that it is about. Quads are made of portions one by one, so that a build can make those of
the few things that changed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from pyoxigraph import Literal, NamedNode, Quad

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
_Words = tuple[NamedNode, NamedNode, NamedNode | Literal]
#: Graphs (below the base of ids) that are made of portions.
PORTIONED = tuple(_PURPOSE)
#: {kind of thing: {IRI or IRIs: what is said of it}}, as JSON gives it back.
Portions = dict[str, dict[str, list[Any]]]
_ENTITIES, _DIVISIONS, _SIGNED, _BRANDS = "entities", "divisions", "signed", "brands"


def derived_quads(annotations: Iterable[tuple[str, Annotation]], resolution: Resolution) -> Iterator[Quad]:
    """All derived graphs: names, signsWith edges, regions, sectors and groups of one brand."""
    yield from header_quads(resolution.base)
    yield from portion_quads(resolution.base, describe(annotations, resolution))


def header_quads(base: str) -> Iterator[Quad]:
    """What the graphs say of themselves."""
    for name, (english, chinese) in _PURPOSE.items():
        graph = NamedNode(base + name)
        yield Quad(graph, RDF.type, KG.DerivedGraph, graph)
        yield Quad(graph, RDFS.comment, text(english, "en"), graph)
        yield Quad(graph, RDFS.comment, text(chinese, "zh"), graph)


def describe(annotations: Iterable[tuple[str, Annotation]], resolution: Resolution) -> Portions:
    """What derived graphs are made of. No quad follows from two portions.

    Raises KeyError where the resolution does not cover an annotation.
    """
    table = divisions()
    entities: dict[str, list[Any]] = {}
    used: set[str] = set()
    for iri, entity in resolution.entities.items():
        entities[iri] = [entity.type, entity.region, entity.region_basis, *entity.names]
        if entity.region is not None:
            used.add(entity.region)
    signed: dict[str, set[str]] = {}
    for key, annotation in annotations:
        for agreement in annotation.agreements:
            if agreement.status == "signed":
                parties = {resolution.iri(key, party) for party in agreement.parties}
                for one in parties:
                    signed.setdefault(one, set()).update(parties)
    brands: dict[str, list[Any]] = {}
    for link in resolution.groups:
        brands.setdefault(f"{link.one} {link.other}", []).append([link.brand, link.confidence])
    return {
        _ENTITIES: entities,
        _DIVISIONS: {
            division_iri(resolution.base, table.by_code[code]): [code]
            for code in {above for code in used for above in table.chain(code)}
        },
        _SIGNED: {one: sorted(parties - {one}) for one, parties in signed.items()},
        _BRANDS: {pair: sorted(links) for pair, links in brands.items()},
    }


def portion_quads(base: str, portions: Portions) -> Iterator[Quad]:
    """The quads of portions, each once."""
    for kind, makers in _MAKERS.items():
        for name, maker in makers.items():
            graph = NamedNode(base + name)
            for thing, said in portions[kind].items():
                for subject, predicate, value in dict.fromkeys(maker(base, thing, said)):
                    yield Quad(subject, predicate, value, graph)


def changes(before: Portions, now: Portions) -> tuple[Portions, Portions]:
    """Portions that are gone or were otherwise before, and those that are new or otherwise now."""
    return _unlike(before, now), _unlike(now, before)


def _unlike(some: Portions, others: Portions) -> Portions:
    return {
        kind: {thing: said for thing, said in things.items() if others[kind].get(thing) != said}
        for kind, things in some.items()
    }


def _names(_: str, iri: str, said: list[Any]) -> Iterator[_Words]:
    kind, _region, _basis, name, *others = said
    node = NamedNode(iri)
    yield node, RDF.type, KG[kind]
    yield node, SKOS.prefLabel, text(name)
    for other in others:
        yield node, SKOS.altLabel, text(other)


def _sectors(_: str, iri: str, said: list[Any]) -> Iterator[_Words]:
    kind, _region, _basis, *names = said
    if kind in SECTORAL_TYPES:
        for sector in sectors_of(names):
            yield NamedNode(iri), KG.inSector, SECTOR[sector]


def _regions(base: str, iri: str, said: list[Any]) -> Iterator[_Words]:
    _kind, region, basis, *_names = said
    if region is not None:
        yield NamedNode(iri), KG.inRegion, NamedNode(division_iri(base, divisions().by_code[region]))
    if basis is not None:
        yield NamedNode(iri), KG.regionBasis, text(basis)
        yield NamedNode(iri), KG.regionConfidence, number(REGION_CONFIDENCE[basis])


def _divisions(base: str, iri: str, said: list[Any]) -> Iterator[_Words]:
    table = divisions()
    (code,) = said
    division = table.by_code[code]
    node = NamedNode(iri)
    yield node, RDF.type, KG.Division
    yield node, RDFS.label, text(division.name)
    yield node, DCTERMS.identifier, text(code)
    yield node, KG.level, text(division.level)
    if division.parent:
        yield node, SCHEMA.containedInPlace, NamedNode(division_iri(base, table.by_code[division.parent]))
    for level in _LEVELS:  # what is known no more exactly than its province counts as that province
        counted = table.by_code[table.at_level(code, level) or code]
        yield node, KG[f"{level}Region"], NamedNode(division_iri(base, counted))


def _signs_with(_: str, iri: str, said: list[Any]) -> Iterator[_Words]:
    for other in said:
        yield NamedNode(iri), KG.signsWith, NamedNode(other)


def _groups(base: str, pair: str, said: list[Any]) -> Iterator[_Words]:
    first, second = pair.split(" ")  # an IRI has no blank
    one, other = NamedNode(first), NamedNode(second)
    node = NamedNode(f"{base}group-link/{digest('group', first, second)}")
    yield one, KG.mayShareGroupWith, other
    yield other, KG.mayShareGroupWith, one
    yield node, RDF.type, KG.GroupLink
    yield node, KG.linkedFirm, one
    yield node, KG.linkedFirm, other
    for brand, confidence in said:
        yield node, KG.brand, text(brand)
        yield node, KG.confidence, number(confidence)


_Maker = Callable[[str, str, list[Any]], Iterator[_Words]]
#: What graphs take from portions of each kind.
_MAKERS: Mapping[str, Mapping[str, _Maker]] = {
    _ENTITIES: {NAMES_GRAPH: _names, SECTORS_GRAPH: _sectors, REGIONS_GRAPH: _regions},
    _DIVISIONS: {REGIONS_GRAPH: _divisions},
    _SIGNED: {SIGNS_WITH_GRAPH: _signs_with},
    _BRANDS: {GROUPS_GRAPH: _groups},
}
