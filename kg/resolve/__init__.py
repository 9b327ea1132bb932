"""One entity across documents: ``resolve`` gives every document's entities their IRIs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from kg.model import Annotation, Entity
from kg.resolve.cluster import Cluster, Clusters
from kg.resolve.divisions import Divisions, divisions
from kg.resolve.iris import DEFAULT_BASE, division_iri, entity_iri
from kg.resolve.names import normalise
from kg.resolve.regions import context_of, division_of, home_regions
from kg.resolve.types import Member, Resolution, ResolvedEntity

__all__ = ["DEFAULT_BASE", "Resolution", "ResolvedEntity", "resolve"]


def resolve(documents: Iterable[tuple[str, Annotation]], *, base: str = DEFAULT_BASE) -> Resolution:
    """Find the entities that several documents share.

    documents: (document key, annotation) pairs, in any order; the result does not depend on it. Joined are
    entities of one type with the same normalised name, or where one declares the other's name as an alias.
    Generic names (data/generic_names.tsv) join nothing; persons and events are joined only within one
    document, or where a relation ties both to one organisation; places are joined by the division that they
    name.
    Raises ValueError where two documents have one key.
    """
    by_key: dict[str, Annotation] = {}
    for key, annotation in documents:
        if key in by_key:
            raise ValueError(f"two documents have the key {key!r}")
        by_key[key] = annotation
    by_key = dict(sorted(by_key.items()))
    table = divisions()
    clusters = Clusters(table)
    leading: dict[Member, str] = {}
    for key, annotation in by_key.items():
        context = context_of(annotation, table)
        for entity in annotation.entities:
            division = division_of(entity, table, context)
            region = None if entity.type == "Person" else table.leading(entity.name, context=context)
            clusters.add(key, entity, division=division, region=region)
            if (found := division or region) is not None:
                leading[key, entity.id] = found
    clusters.join_by_alias()
    clusters.join_by_role(by_key)
    return _resolution(clusters, by_key, leading, table, base)


def _resolution(
    clusters: Clusters,
    documents: Mapping[str, Annotation],
    leading: Mapping[Member, str],
    table: Divisions,
    base: str,
) -> Resolution:
    by_member = {(key, e.id): e for key, annotation in documents.items() for e in annotation.entities}
    entities: dict[str, ResolvedEntity] = {}
    iri_of: dict[Member, str] = {}
    named: dict[str, str] = {}
    for cluster in clusters.clusters():
        members = sorted(cluster.members)
        entity = _entity(cluster, [by_member[m] for m in members], members, table, base)
        entities[entity.iri] = entity
        iri_of.update(dict.fromkeys(members, entity.iri))
        if votes := Counter(leading[m] for m in members if m in leading):
            named[entity.iri] = min(votes, key=lambda code: (-votes[code], -len(table.chain(code)), code))
    homes = home_regions(named, documents, iri_of, table)
    placed = {
        iri: ResolvedEntity(e.iri, e.type, e.name, e.names, e.members, homes.get(iri))
        for iri, e in entities.items()
    }
    return Resolution(base=base, entities=placed, iri_of=iri_of)


def _entity(
    cluster: Cluster, found: list[Entity], members: list[Member], table: Divisions, base: str
) -> ResolvedEntity:
    """One entity out of a cluster: the fullest name leads, a division goes by its own name."""
    kind = found[0].type
    counts = Counter(entity.name for entity in found)
    name = max(counts, key=lambda n: (len(normalise(n)), counts[n], n))
    others = sorted({n for entity in found for n in entity.names} - {name})
    if cluster.division is not None:
        division = table.by_code[cluster.division]
        others = sorted({name, division.short, *others} - {division.name})
        name, iri = division.name, division_iri(base, division)
    elif (
        len(cluster.key) > 2
    ):  # a local or generic name: the first of its documents tells it from its namesakes
        iri = entity_iri(base, kind, normalise(name), *cluster.key[1:])
    else:
        iri = entity_iri(base, kind, normalise(name))
    return ResolvedEntity(iri, kind, name, (name, *others), tuple(members))
