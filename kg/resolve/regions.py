"""Where things are at home: the administrative division of a document's places, and of everything that lies
in one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from kg.model import Annotation, Entity
from kg.resolve.divisions import Divisions
from kg.resolve.types import Member

_PLACING = frozenset({"locatedIn", "partOf"})


def context_of(annotation: Annotation, table: Divisions) -> frozenset[str]:
    """Codes of the divisions that a document names beyond doubt, in its places and at the head of other
    names.
    """
    found: set[str] = set()
    for entity in annotation.entities:
        for name in entity.names:
            code = table.lookup(name) if entity.type == "Place" else table.leading(name)
            if code is not None:
                found.add(code)
    return frozenset(found)


def division_of(entity: Entity, table: Divisions, context: Iterable[str]) -> str | None:
    """Code of the division that a Place is; None for other types, for streets, and where it stays ambiguous."""
    if entity.type != "Place":
        return None
    near = frozenset(context)
    for name in entity.names:
        if (code := table.lookup(name, context=near)) is not None:
            return code
    return None


def home_regions(
    named: Mapping[str, str],
    documents: Mapping[str, Annotation],
    iri_of: Mapping[Member, str],
    table: Divisions,
) -> dict[str, str]:
    """Home division of each entity (by IRI).

    named: regions that follow from the entity itself: the division that a Place is, or the one its name
    begins with. The name wins over a location elsewhere (a branch of a Changsha firm in Chengdu is at home
    in Changsha); a location inside the named region makes it more exact. Without either the region of what
    it lies in, or is part of, counts.
    """
    inside: dict[str, set[str]] = {}
    for key, annotation in documents.items():
        for relation in annotation.relations:
            if relation.type in _PLACING:
                inside.setdefault(iri_of[key, relation.subject], set()).add(iri_of[key, relation.object])
    homes: dict[str, str] = {}
    for iri in sorted(set(named) | set(inside)):
        codes = {named[host] for host in _hosts(iri, inside) if host in named}
        if (own := named.get(iri)) is not None:
            deeper = {code for code in codes if table.within(code, own)}
            homes[iri] = _common(deeper | {own}, table) or own
        elif (shared := _common(codes, table)) is not None:
            homes[iri] = shared
    return homes


def _hosts(iri: str, inside: Mapping[str, set[str]]) -> set[str]:
    """Everything that the entity lies in, directly or through what it lies in."""
    seen: set[str] = set()
    waiting = list(inside.get(iri, ()))
    while waiting:
        host = waiting.pop()
        if host not in seen and host != iri:
            seen.add(host)
            waiting += inside.get(host, ())
    return seen


def _common(codes: set[str], table: Divisions) -> str | None:
    """The most exact division that agrees with all codes: the deepest of one chain, else what the chains
    share.
    """
    if not codes:
        return None
    deepest = max(codes, key=lambda code: (len(table.chain(code)), code))
    if codes <= set(table.chain(deepest)):
        return deepest
    shared = set.intersection(*(set(table.chain(code)) for code in codes))
    return max(shared, key=lambda code: (len(table.chain(code)), code), default=None)
