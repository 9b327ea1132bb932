"""Where things are at home: the administrative division of a document's places, and of everything that lies
in one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from kg.model import Annotation, Entity
from kg.resolve.divisions import Divisions
from kg.resolve.types import Member, RegionBasis, ResolvedEntity

#: How far each can be trusted: the share of entities of known home that the rule gives the right city, over the
#: annotated news (docs/resolution.md); names and locations are stated, and err only where they were read wrongly.
REGION_CONFIDENCE: Mapping[RegionBasis, float] = {
    "name": 0.95,
    "location": 0.95,
    "context": 0.9,
    "document": 0.9,
    "settlement": 0.8,
}
_PLACING = frozenset({"locatedIn", "partOf"})
_OF_ONE_CITY = frozenset({"Park", "Project", "Event"})
_OF_ZONE = re.compile(r"(管委会|管理委员会|党工委|管理局|办事处|街道|镇政府|乡政府)$")
_NATIONAL = re.compile(r"(中国|国家|全国|中华|国务院|世界|国际)")


@dataclass(frozen=True, slots=True)
class Home:
    """A home division (code) and what it rests on."""

    code: str
    basis: RegionBasis


@dataclass(slots=True)
class Votes:
    """What an entity's members say of its home: divisions that names state, that they imply, cities of documents."""

    named: dict[str, int] = field(default_factory=dict)
    implied: dict[str, int] = field(default_factory=dict)
    cities: set[str] = field(default_factory=set)


def context_of(annotation: Annotation, table: Divisions) -> frozenset[str]:
    """Codes of the divisions that a document names beyond doubt, in its places and at the head of other
    names.
    """
    found: set[str] = set()
    for entity in annotation.entities:
        for name in entity.names:
            code = table.lookup(name) if entity.type == "Place" else table.leading_alone(name)
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
    entities: Mapping[str, ResolvedEntity],
    documents: Mapping[str, Annotation],
    iri_of: Mapping[Member, str],
    *,
    votes: Mapping[str, Votes],
    table: Divisions,
) -> dict[str, Home]:
    """Home division of each entity (by IRI), and what it rests on.

    The name wins over a location elsewhere (a branch of a Changsha firm in Chengdu is at home in Changsha); a location
    inside the named region makes it more exact. Without either the region of what it lies in, or is part of, counts;
    then what a name like 市政府 means in its documents; for parks, projects, events and bodies of zones the city that
    all their documents are about; for organisations the one city where they have settled, if no page about another city
    names them.
    """
    inside = _edges(documents, iri_of, _PLACING)
    homes: dict[str, Home] = {}
    named = {iri: code for iri, found in votes.items() if (code := _winner(found.named, table)) is not None}
    for iri in sorted(set(named) | set(inside)):
        codes = {named[host] for host in _hosts(iri, inside) if host in named}
        if (own := named.get(iri)) is not None:
            deeper = {code for code in codes if table.within(code, own)}
            homes[iri] = Home(_common(deeper | {own}, table) or own, "name")
        elif (shared := _common(codes, table)) is not None:
            homes[iri] = Home(shared, "location")
    for iri in sorted(votes.keys() - homes.keys()):
        entity, found = entities[iri], votes[iri]
        if (code := _winner(found.implied, table)) is not None:
            homes[iri] = Home(code, "context")
        elif len(found.cities) == 1 and _is_of_one_city(entity):
            homes[iri] = Home(min(found.cities), "document")
    settled = _edges(documents, iri_of, frozenset({"settledIn"}))
    found_there: dict[str, Home] = {}
    for iri in sorted(settled.keys() - homes.keys()):
        cities = {table.at_level(homes[host].code, "city") for host in settled[iri] if host in homes}
        # A group of the whole country that settles once is not at home there: all its pages must be about that city.
        if len(cities) == 1 and (city := cities.pop()) is not None and votes[iri].cities <= {city}:
            found_there[iri] = Home(city, "settlement")
    return homes | found_there


def _is_of_one_city(entity: ResolvedEntity) -> bool:
    """Whether a thing is so local that the city its pages are about is its own."""
    local = entity.type in _OF_ONE_CITY or (entity.type == "GovernmentBody" and _OF_ZONE.search(entity.name))
    return bool(local) and not _NATIONAL.match(entity.name)


def _edges(
    documents: Mapping[str, Annotation], iri_of: Mapping[Member, str], kinds: frozenset[str]
) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for key, annotation in documents.items():
        for relation in annotation.relations:
            if relation.type in kinds:
                found.setdefault(iri_of[key, relation.subject], set()).add(iri_of[key, relation.object])
    return found


def _winner(count: Mapping[str, int], table: Divisions) -> str | None:
    """The division that most members name; of equals the most exact."""
    if not count:
        return None
    return min(count, key=lambda code: (-count[code], -len(table.chain(code)), code))


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
