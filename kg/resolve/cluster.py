"""Which entities of different documents are one: by type, normalised name and declared alias.

Every decision is taken in an order fixed by the names, never by the order of the documents, and a shared
alias never joins what is known to be two things: two different registered names, two regions, two entities
of one document.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from kg.errors import DecisionError
from kg.model import Annotation, Entity
from kg.resolve.divisions import Divisions
from kg.resolve.names import is_generic, is_registered, normalise
from kg.resolve.types import Member

#: Types whose namesakes are usually different things, joined only with a shared organisation.
_LOCAL_TYPES = frozenset({"Person", "Event"})
_ROLES = {"hasRole": "Person", "organizes": "Event"}

Pair = tuple[tuple[str, ...], tuple[str, ...]]


@dataclass(slots=True)
class Cluster:
    """Entities taken for one thing; ``key`` says why the first of them belong together."""

    key: tuple[str, ...]
    members: list[Member] = field(default_factory=list)
    documents: set[str] = field(default_factory=set)
    registered: set[str] = field(default_factory=set)
    regions: set[str] = field(default_factory=set)
    division: str | None = None
    seeds: set[tuple[str, ...]] = field(default_factory=set)
    apart: set[tuple[str, ...]] = field(default_factory=set)

    def absorb(self, other: Cluster) -> None:
        """Take the other cluster's members in."""
        self.members += other.members
        self.documents |= other.documents
        self.registered |= other.registered
        self.regions |= other.regions
        self.seeds |= other.seeds
        self.apart |= other.apart


class Clusters:
    """A union-find over clusters, seeded by exact name and joined by alias and by role."""

    def __init__(self, table: Divisions) -> None:
        self._table = table
        self._seeds: dict[tuple[str, ...], Cluster] = {}
        self._parent: dict[tuple[str, ...], tuple[str, ...]] = {}
        self._seed_of: dict[Member, tuple[str, ...]] = {}
        self._forms: dict[tuple[str, str], set[tuple[str, ...]]] = {}

    def add(self, key: str, entity: Entity, *, division: str | None, region: str | None) -> None:
        """Seed an entity: with its namesakes of other documents, or alone where its name says too little.

        division: code of the division that a Place is; region: code that the entity's name begins with.
        """
        name = normalise(entity.name)
        if division is not None:
            seed: tuple[str, ...] = ("Place", "", division)
        elif entity.type in _LOCAL_TYPES:
            seed = (entity.type, name, key, entity.id)
        elif is_generic(entity.type, name) or (entity.type == "Place" and self._table.is_ambiguous(name)):
            seed = (entity.type, name, key)
        else:
            seed = (entity.type, name)
        cluster = self._seeds.setdefault(seed, Cluster(seed))
        cluster.seeds.add(seed)
        cluster.members.append((key, entity.id))
        cluster.documents.add(key)
        cluster.division = division
        if is_registered(name):
            cluster.registered.add(name)
        if region is not None:
            cluster.regions.add(region)
        self._seed_of[key, entity.id] = seed
        self._parent.setdefault(seed, seed)
        if entity.type not in _LOCAL_TYPES and entity.type != "Place":
            for form in {normalise(n) for n in entity.names}:
                if not is_generic(entity.type, form):
                    self._forms.setdefault((entity.type, form), set()).add(seed)

    def decide(self, *, must: Iterable[Pair], cannot: Iterable[Pair]) -> None:
        """Join what a person says is one, and keep apart what they say is two; before anything else is joined.

        Pairs with an unknown seed are left out. Raises DecisionError where the two contradict each other.
        """
        for one, other in must:
            if one in self._parent and other in self._parent:
                self._union(*sorted((one, other)))
        for one, other in cannot:
            if one in self._parent and other in self._parent:
                if self._find(one) == self._find(other):
                    raise DecisionError(f"{one} and {other} are decided to be one and to be two")
                self._seeds[self._find(one)].apart.add(other)
                self._seeds[self._find(other)].apart.add(one)

    def join_by_alias(self) -> None:
        """Join seeds that share a form, longer forms first, unless the form stands for several different
        things.
        """
        for _, seeds in sorted(self._forms.items(), key=lambda item: (-len(item[0][1]), item[0])):
            roots = sorted({self._find(seed) for seed in seeds})
            if len(roots) > 1 and self._compatible([self._seeds[root] for root in roots]):
                for root in roots[1:]:
                    self._union(roots[0], root)

    def join_by_role(self, documents: Mapping[str, Annotation]) -> None:
        """Join persons and events of one name that a relation ties to one organisation in both documents."""
        ties: dict[tuple[str, str, tuple[str, ...]], set[tuple[str, ...]]] = {}
        for key, annotation in documents.items():
            entities = {entity.id: entity for entity in annotation.entities}
            for relation in annotation.relations:
                if (kind := _ROLES.get(relation.type)) is None:
                    continue
                local, other = relation.subject, relation.object
                if kind == "Event":
                    local, other = other, local
                if (key, local) not in self._seed_of or (key, other) not in self._seed_of:
                    continue
                name = normalise(entities[local].name)
                if entities[local].type == kind and not is_generic(kind, name):
                    anchor = self._find(self._seed_of[key, other])
                    ties.setdefault((kind, name, anchor), set()).add(self._seed_of[key, local])
        for _, seeds in sorted(ties.items()):
            roots = sorted({self._find(seed) for seed in seeds})
            documents_of = [self._seeds[root].documents for root in roots]
            clusters = [self._seeds[root] for root in roots]
            if sum(map(len, documents_of)) == len(set().union(*documents_of)) and not _kept_apart(clusters):
                for root in roots[1:]:
                    self._union(roots[0], root)

    def seeds(self) -> Iterable[tuple[str, ...]]:
        """All seeds, sorted."""
        return sorted(self._parent)

    def clusters(self) -> Iterable[Cluster]:
        """The clusters, in an order that does not depend on the order of adding."""
        for root in sorted(seed for seed, parent in self._parent.items() if seed == parent):
            yield self._seeds[root]

    def _compatible(self, clusters: list[Cluster]) -> bool:
        if _kept_apart(clusters):
            return False
        if len(set().union(*(c.registered for c in clusters))) > 1:
            return False
        if sum(len(c.documents) for c in clusters) != len(set().union(*(c.documents for c in clusters))):
            return False
        regions = set().union(*(c.regions for c in clusters))
        if not regions:
            return True
        deepest = max(regions, key=lambda code: (len(self._table.chain(code)), code))
        return regions <= set(self._table.chain(deepest))

    def _find(self, seed: tuple[str, ...]) -> tuple[str, ...]:
        while (parent := self._parent[seed]) != seed:
            self._parent[seed] = self._parent[parent]
            seed = self._parent[seed]
        return seed

    def _union(self, kept: tuple[str, ...], gone: tuple[str, ...]) -> None:
        kept, gone = self._find(kept), self._find(gone)
        if kept != gone:
            self._parent[gone] = kept
            self._seeds[kept].absorb(self._seeds[gone])


def _kept_apart(clusters: list[Cluster]) -> bool:
    seeds = set().union(*(cluster.seeds for cluster in clusters))
    return any(not seeds.isdisjoint(cluster.apart) for cluster in clusters)
