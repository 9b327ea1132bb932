"""One entity across documents: ``resolve`` gives every document's entities their IRIs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace

from kg.model import Annotation, Entity
from kg.resolve.cluster import Cluster, Clusters, Pair
from kg.resolve.divisions import Divisions, divisions
from kg.resolve.identity import keep_iris
from kg.resolve.iris import DEFAULT_BASE, division_iri, entity_iri
from kg.resolve.names import normalise
from kg.resolve.regions import context_of, division_of, home_regions
from kg.resolve.types import Member, Resolution, ResolvedEntity, UncertainPair

__all__ = ["DEFAULT_BASE", "Resolution", "ResolvedEntity", "UncertainPair", "resolve"]


def resolve(
    documents: Iterable[tuple[str, Annotation]],
    *,
    base: str = DEFAULT_BASE,
    must_link: Iterable[tuple[str, str]] = (),
    cannot_link: Iterable[tuple[str, str]] = (),
    earlier: Mapping[str, str] | None = None,
) -> Resolution:
    """Find the entities that several documents share.

    documents: (document key, annotation) pairs, in any order; the result does not depend on it. Joined are
    entities of one type with the same normalised name, or where one declares the other's name as an alias.
    Generic names (data/generic_names.tsv) join nothing; persons and events are joined only within one
    document, or where a relation ties both to one organisation; places are joined by the division that they
    name.
    must_link, cannot_link: pairs of name keys (Resolution.keys) that a person decided to be one thing, or two;
    they win over everything else, and a pair with an unknown key does nothing. earlier: {name key: IRI} of
    earlier builds (Resolution.keys), the oldest first; entities keep these IRIs.
    Raises ValueError where two documents have one key, DecisionError where the decided pairs contradict each
    other.
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
    seeds = {_key_iri(seed, table, base): seed for seed in clusters.seeds()}
    clusters.decide(must=_known(must_link, seeds), cannot=_known(cannot_link, seeds))
    clusters.join_by_alias()
    clusters.join_by_role(by_key)
    return _resolution(clusters, by_key, leading, table, base=base, earlier=earlier or {})


def _known(pairs: Iterable[tuple[str, str]], seeds: Mapping[str, tuple[str, ...]]) -> list[Pair]:
    return sorted((seeds[one], seeds[other]) for one, other in pairs if one in seeds and other in seeds)


def _key_iri(seed: tuple[str, ...], table: Divisions, base: str) -> str:
    """The name key of a seed."""
    kind, name, *rest = seed
    if kind == "Place" and not name:
        return division_iri(base, table.by_code[rest[0]])
    return entity_iri(base, kind, name, *rest)


def _resolution(
    clusters: Clusters,
    documents: Mapping[str, Annotation],
    leading: Mapping[Member, str],
    table: Divisions,
    *,
    base: str,
    earlier: Mapping[str, str],
) -> Resolution:
    by_member = {(key, e.id): e for key, annotation in documents.items() for e in annotation.entities}
    made: dict[str, ResolvedEntity] = {}
    for cluster in clusters.clusters():
        members = sorted(cluster.members)
        keys = tuple(sorted(_key_iri(seed, table, base) for seed in cluster.seeds))
        entity = _entity(cluster, [by_member[m] for m in members], members, table, base)
        made[entity.iri] = replace(entity, keys=keys)
    borne, replaced = keep_iris({iri: entity.keys for iri, entity in made.items()}, earlier)
    entities = {borne[iri]: replace(entity, iri=borne[iri]) for iri, entity in made.items()}
    iri_of = {member: iri for iri, entity in entities.items() for member in entity.members}
    named: dict[str, str] = {}
    for iri, entity in entities.items():
        if votes := Counter(leading[m] for m in entity.members if m in leading):
            named[iri] = min(votes, key=lambda code: (-votes[code], -len(table.chain(code)), code))
    homes = home_regions(named, documents, iri_of, table)
    return Resolution(
        base=base,
        entities={iri: replace(entity, region=homes.get(iri)) for iri, entity in entities.items()},
        iri_of=iri_of,
        keys={key: iri for iri, entity in entities.items() for key in entity.keys},
        replaced=replaced,
    )


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
