"""The steps of resolution in their order: profiles, seeds, candidates, evidence, clusters, IRIs, regions, links."""

from __future__ import annotations

import gc
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import partial

from kg.model import ENTITY_TYPES, Annotation, EntityType
from kg.resolve.candidates import Pair, pairs
from kg.resolve.cluster import Cluster, Clusters, without_ambiguous
from kg.resolve.divisions import Divisions, divisions
from kg.resolve.evidence import Match, match
from kg.resolve.groups import group_links
from kg.resolve.identity import keep_iris
from kg.resolve.iris import DEFAULT_BASE, division_iri, entity_iri
from kg.resolve.local import join_local
from kg.resolve.names import normalise
from kg.resolve.profile import Profile, Seed, profiles
from kg.resolve.regions import Votes, home_regions
from kg.resolve.seeds import SeedNode, gather
from kg.resolve.types import Resolution, ResolvedEntity, UncertainPair

#: Odds of what documents declare, and of equal names.
_STRONG = 1.5
#: Scores between which a person should look.
_DOUBTFUL = (0.2, 0.8)


@contextmanager
def _without_collector() -> Iterator[None]:
    """Switch the search for cyclic garbage off: resolution makes millions of small objects and no cycles, and the
    search would take nearly as long again as the work.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@_without_collector()
def resolve(
    documents: Iterable[tuple[str, Annotation]],
    *,
    base: str = DEFAULT_BASE,
    must_link: Iterable[tuple[str, str]] = (),
    cannot_link: Iterable[tuple[str, str]] = (),
    earlier: Mapping[str, str] | None = None,
    profiles_of: Callable[[str, Annotation], Sequence[Profile]] | None = None,
) -> Resolution:
    """Find the entities that several documents share.

    documents: (document key, annotation) pairs, in any order; the result does not depend on it. docs/resolution.md
    tells what is joined and why. must_link, cannot_link: pairs of name keys (Resolution.keys) or document keys
    (``document_key``) that a person decided to be one thing, or two; they win over everything else, and a pair with an
    unknown key does nothing. earlier: {name key: IRI} of earlier builds (Resolution.keys), the oldest first; entities
    keep these IRIs. profiles_of: gives what kg.resolve.profile.profiles would make of a document, from a cache.
    Raises ValueError where two documents have one key, DecisionError where the decided pairs contradict each other.
    """
    by_key: dict[str, Annotation] = {}
    for key, annotation in documents:
        if key in by_key:
            raise ValueError(f"two documents have the key {key!r}")
        by_key[key] = annotation
    by_key = dict(sorted(by_key.items()))
    table = divisions()
    profiles_of = profiles_of or partial(profiles, table=table)
    must, cannot = list(must_link), list(cannot_link)
    decided = {key for pair in (*must, *cannot) for key in pair}
    known = [
        (key, _singled_out(profiles_of(key, annotation), key, base, decided))
        for key, annotation in by_key.items()
    ]
    seeds = gather(known)
    seed_of = {(key, profile.id): profile.seed for key, found in known for profile in found}
    keys = {seed: _key(base, seed, table) for seed in seeds}
    by_name = {name: seed for seed, name in keys.items()}
    clusters = Clusters(seeds, table)
    clusters.decide(must=_known(must, by_name), cannot=_known(cannot, by_name))
    matches = _joined(_matches(seeds, clusters, table), clusters, seeds)
    join_local(clusters, by_key, seed_of=seed_of, seeds=seeds, table=table)
    made = [_entity(cluster, seeds, keys, table) for cluster in clusters]
    borne, replaced = keep_iris({entity.iri: entity.keys for entity in made}, earlier or {})
    entities = {
        iri: entity if entity.iri == iri else replace(entity, iri=iri)
        for entity in made
        for iri in (borne[entity.iri],)
    }
    iri_of = {member: iri for iri, entity in entities.items() for member in entity.members}
    homes = home_regions(entities, by_key, iri_of, votes=_votes(known, iri_of), table=table)
    entities |= {
        iri: replace(entities[iri], region=home.code, region_basis=home.basis) for iri, home in homes.items()
    }
    return Resolution(
        base=base,
        entities=entities,
        iri_of=iri_of,
        keys={key: iri for iri, entity in entities.items() for key in entity.keys},
        replaced=replaced,
        uncertain=_uncertain(matches, clusters, seeds, keys),
        groups=group_links(clusters, seeds, {seed: iri_of[node.members[0]] for seed, node in seeds.items()}),
    )


def document_key(base: str, kind: EntityType, name: str, document: str) -> str:
    """The key of a name as one document uses it, for decisions that hold there alone.

    A document whose use of a name is decided by its document key is taken out of the name's seed first.
    """
    return entity_iri(base, kind, normalise(name), document)


def _singled_out(
    found: Sequence[Profile], key: str, base: str, decided: Collection[str]
) -> Sequence[Profile]:
    """Profiles with a seed of their own where a decision names this document's use of the name."""
    if not decided:
        return found
    return [
        p._replace(seed=(p.type, normalise(p.name), key))
        if p.division is None and document_key(base, p.type, p.name, key) in decided
        else p
        for p in found
    ]


def _key(base: str, seed: Seed, table: Divisions) -> str:
    kind, name, *rest = seed
    if kind == "Place" and not name:
        return division_iri(base, table.by_code[rest[0]])
    return entity_iri(base, kind, name, *rest)


def _known(pairs: Iterable[tuple[str, str]], seeds: Mapping[str, Seed]) -> list[Pair]:
    return sorted((seeds[one], seeds[other]) for one, other in pairs if one in seeds and other in seeds)


def _matches(seeds: Mapping[Seed, SeedNode], clusters: Clusters, table: Divisions) -> dict[Pair, Match]:
    """Evidence for the pairs that nothing keeps apart."""
    ties = Counter(tie for node in seeds.values() for tie in node.ties)
    return {
        pair: found
        for pair in pairs(seeds, table)
        if (found := match(seeds[pair[0]], seeds[pair[1]], table, ties)) is not None
        and clusters.conflict(*pair, found) is None
    }


def _joined(
    matches: Mapping[Pair, Match], clusters: Clusters, seeds: Mapping[Seed, SeedNode]
) -> dict[Pair, Match]:
    """Join what is beyond doubt first, then the rest: so a short name is weighed against things, not spellings.

    Returns the matches as they were weighed.
    """
    strong = without_ambiguous({p: m for p, m in matches.items() if m.odds >= _STRONG}, clusters, seeds)
    clusters.join_best(strong)
    weighed = without_ambiguous({**matches, **strong}, clusters, seeds)
    clusters.join_best(weighed)
    return weighed


def _entity(
    cluster: Cluster, seeds: Mapping[Seed, SeedNode], keys: Mapping[Seed, str], table: Divisions
) -> ResolvedEntity:
    """One entity out of a cluster: the fullest name leads, the type that most documents give it holds, and a
    division goes by its own name and code.
    """
    nodes = [seeds[seed] for seed in sorted(cluster.seeds)]
    counts = dict(nodes[0].names)
    for node in nodes[1:]:
        for name, number in node.names.items():
            counts[name] = counts.get(name, 0) + number
    forms = {form for node in nodes for form in node.forms}
    named = [node for node in nodes if node.division is not None]
    if named:
        division = table.by_code[named[0].division or ""]
        name, iri, kind = division.name, keys[named[0].seed], named[0].type
        forms.add(division.short)
    else:
        name = (
            max(counts, key=lambda n: (len(normalise(n)), counts[n], n)) if len(counts) > 1 else min(counts)
        )
        kind = nodes[0].type
        if any(node.type != kind for node in nodes):
            types = Counter[EntityType]()
            for node in nodes:
                types[node.type] += len(node.members)
            kind = max(types, key=lambda t: (types[t], -ENTITY_TYPES.index(t)))
        bearing = [node for node in nodes if name in node.names]
        iri = keys[max(bearing, key=lambda n: (n.type == kind, n.seed)).seed]
    return ResolvedEntity(
        iri=iri,
        type=kind,
        name=name,
        names=(name, *sorted(forms - {name})),
        members=tuple(sorted(member for node in nodes for member in node.members)),
        keys=tuple(sorted(keys[node.seed] for node in nodes)),
    )


def _votes(
    known: Iterable[tuple[str, Iterable[Profile]]], iri_of: Mapping[tuple[str, str], str]
) -> dict[str, Votes]:
    """What the members of each entity (by IRI) say of its home."""
    votes: dict[str, Votes] = {}
    for key, found in known:
        for profile in found:
            iri = iri_of[key, profile.id]
            if (vote := votes.get(iri)) is None:
                vote = votes[iri] = Votes()
            if (code := profile.division or profile.parts.region) is not None:
                vote.named[code] = vote.named.get(code, 0) + 1
            elif profile.region is not None:
                vote.implied[profile.region] = vote.implied.get(profile.region, 0) + 1
            vote.cities.update(profile.near)
    return votes


def _uncertain(
    matches: Mapping[Pair, Match],
    clusters: Clusters,
    seeds: Mapping[Seed, SeedNode],
    keys: Mapping[Seed, str],
) -> tuple[UncertainPair, ...]:
    low, high = _DOUBTFUL
    found = []
    for (one, other), evidence in matches.items():
        if low < evidence.score < high or "ambiguous" in evidence.reasons:
            a, b = seeds[one], seeds[other]
            found.append(
                UncertainPair(
                    one=keys[one],
                    other=keys[other],
                    score=round(evidence.score, 4),
                    joined=clusters.root(one) == clusters.root(other),
                    names=(max(a.names, key=a.names.__getitem__), max(b.names, key=b.names.__getitem__)),
                    members=(tuple(sorted(a.members)), tuple(sorted(b.members))),
                    reasons=evidence.reasons,
                )
            )
    return tuple(sorted(found, key=lambda pair: (abs(pair.score - 0.5), pair.one, pair.other)))
