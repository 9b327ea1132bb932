"""Persons, events and projects: namesakes are one only where something ties both to the same thing.

A person: a post at one organisation, or in the government of one division, or the title of academician; or a person
without a post in a page that names the organisation where the namesake has one. An event: its organiser; or, where its
name is long, pages of one season. A project: who implements it, or the park or district that it goes to.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import pairwise

from kg.model import Annotation, Entity, RelationType
from kg.resolve.cluster import Clusters
from kg.resolve.divisions import Divisions
from kg.resolve.profile import LOCAL_TYPES, Seed
from kg.resolve.seeds import SeedNode
from kg.resolve.types import Member

_ACADEMICIAN = "院士"
#: Characters of an event's name that tell it from others of its season, and the days of a season.
_LONG_NAME = 10
_SAME_SEASON = 60
#: Relations that tie a local thing (as subject or object) to what tells it from its namesakes.
_TIES: dict[tuple[str, RelationType], bool] = {
    ("Person", "hasRole"): True,
    ("Person", "establishes"): True,
    ("Event", "organizes"): False,
    ("Project", "implements"): False,
    ("Project", "settledIn"): True,
    ("Project", "plansToSettleIn"): True,
    ("Project", "locatedIn"): True,
}
#: (type, name, what both are tied to)
_Anchor = tuple[str, str, object]


def join_local(
    clusters: Clusters,
    documents: Mapping[str, Annotation],
    *,
    seed_of: Mapping[Member, Seed],
    seeds: Mapping[Seed, SeedNode],
    table: Divisions,
) -> None:
    """Join persons, events and projects of one name that are tied to one thing.

    Two of one document, and what a person decided to be two, stay apart.
    """
    ties: dict[_Anchor, set[Seed]] = {}
    without_post: dict[str, list[tuple[Seed, str]]] = {}
    for key, annotation in documents.items():
        entities = {entity.id: entity for entity in annotation.entities}
        tied: set[str] = set()
        for id_, anchor in _anchors(
            key, annotation, entities=entities, seed_of=seed_of, clusters=clusters, seeds=seeds, table=table
        ):
            seed = seed_of[key, id_]
            ties.setdefault((seed[0], seed[1], anchor), set()).add(seed)
            tied.add(id_)
        for id_, entity in entities.items():
            if entity.type == "Person" and id_ not in tied:
                seed = seed_of[key, id_]
                without_post.setdefault(seed[1], []).append((seed, key))
    for _, found in sorted(ties.items(), key=lambda item: (item[0][:2], sorted(item[1]))):
        _join(clusters, sorted(found))
    _join_events(clusters, documents, seed_of=seed_of)
    _join_bystanders(clusters, ties, without_post=without_post, documents=documents, seed_of=seed_of)


def _anchors(
    key: str,
    annotation: Annotation,
    *,
    entities: Mapping[str, Entity],
    seed_of: Mapping[Member, Seed],
    clusters: Clusters,
    seeds: Mapping[Seed, SeedNode],
    table: Divisions,
) -> Iterator[tuple[str, object]]:
    """(entity id, what it is tied to) of a document's local entities."""
    for relation in annotation.relations:
        for local, other, as_subject in (
            (relation.subject, relation.object, True),
            (relation.object, relation.subject, False),
        ):
            entity = entities.get(local)
            if entity is None or entity.type not in LOCAL_TYPES or other not in entities:
                continue
            if _TIES.get((entity.type, relation.type)) is not as_subject:
                continue
            seed = seed_of[key, other]
            node = seeds[seed]
            region = node.division or (node.parts.region or min(node.implied, default=None))
            if entity.type == "Project" and node.division and table.by_code[node.division].level != "county":
                continue  # two plants of one name may well be built in one city
            if node.type in LOCAL_TYPES:
                continue
            yield local, clusters.root(seed)
            if entity.type == "Person" and region and node.type in ("Place", "GovernmentBody"):
                yield local, ("government", region)
            if entity.type == "Person" and relation.title and _ACADEMICIAN in relation.title:
                yield local, _ACADEMICIAN


def _join(clusters: Clusters, seeds: Sequence[Seed]) -> None:
    """Join seeds to the first that nothing keeps them from."""
    for index, seed in enumerate(seeds):
        for earlier in seeds[:index]:
            if clusters.conflict(earlier, seed) is None:
                clusters.join(earlier, seed)
                break


def _join_events(
    clusters: Clusters, documents: Mapping[str, Annotation], *, seed_of: Mapping[Member, Seed]
) -> None:
    """Join events of one long name that pages of one season tell: 签约仪式 is any, 某区康养产业推介会 is not."""
    named: dict[str, list[tuple[date, Seed]]] = {}
    for key, annotation in documents.items():
        day = _day(annotation.published)
        for entity in annotation.entities:
            if entity.type == "Event" and day and len(entity.name) >= _LONG_NAME:
                seed = seed_of[key, entity.id]
                named.setdefault(seed[1], []).append((day, seed))
    for _, told in sorted(named.items()):
        for (before, one), (after, other) in pairwise(sorted(told)):
            near = (after - before).days <= _SAME_SEASON
            if one != other and near and clusters.conflict(one, other) is None:
                clusters.join(one, other)


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text or "")
    except ValueError:  # a month, a year, a day without a year
        return None


def _join_bystanders(
    clusters: Clusters,
    ties: Mapping[_Anchor, Iterable[Seed]],
    *,
    without_post: Mapping[str, Iterable[tuple[Seed, str]]],
    documents: Mapping[str, Annotation],
    seed_of: Mapping[Member, Seed],
) -> None:
    """Join a person without a post to the one namesake that has a post at something that the page names."""
    posts: dict[str, dict[object, set[Seed]]] = {}
    for (kind, name, anchor), found in ties.items():
        if kind == "Person" and name in without_post:
            posts.setdefault(name, {}).setdefault(anchor, set()).update(found)
    for name, bystanders in sorted(without_post.items()):
        for seed, key in bystanders:
            named = {clusters.root(seed_of[key, e.id]) for e in documents[key].entities}
            holders = {
                clusters.root(s)
                for root, found in posts.get(name, {}).items()
                if root in named
                for s in found
            }
            if len(holders) == 1 and clusters.conflict(seed, holder := holders.pop()) is None:
                clusters.join(seed, holder)
