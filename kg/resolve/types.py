"""What resolution gives: one entity across documents, under one IRI."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from kg.model import EntityType

#: What a home region rests on: the entity's name; what it lies in; what its name means in its documents; the city that
#: its documents are about; where it has settled.
RegionBasis = Literal["name", "location", "context", "document", "settlement"]
#: An entity of one document: (document key, entity id).
Member = tuple[str, str]


@dataclass(frozen=True, slots=True)
class ResolvedEntity:
    """One thing of the world, as all documents together name it.

    name: the fullest name in use; names: every form, ``name`` first; members: where it occurs, sorted.
    region: code of the administrative division (or country) it is at home in, if that is known.
    region_basis: what that rests on. keys: the name keys that it was joined from (see Resolution.keys), sorted.
    """

    iri: str
    type: EntityType
    name: str
    names: tuple[str, ...]
    members: tuple[Member, ...]
    region: str | None = None
    keys: tuple[str, ...] = ()
    region_basis: RegionBasis | None = None


@dataclass(frozen=True, slots=True)
class UncertainPair:
    """Two name keys whose score came near the threshold: a person should look.

    joined: whether the machine joined them (directly or through others); score: 0 to 1, the threshold is
    0.5; names, members: of either side; reasons: features of data/match_weights.tsv, which
    holds a label of each in Chinese and English.
    """

    one: str
    other: str
    score: float
    joined: bool
    names: tuple[str, str]
    members: tuple[tuple[Member, ...], tuple[Member, ...]]
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class GroupLink:
    """Two firms (IRIs) that bear one brand and may belong to one group; confidence: 0 to 1."""

    one: str
    other: str
    brand: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Resolution:
    """Entities by IRI and the way from each document's own entities to them.

    keys: every name key and the entity (IRI) it went to. A name key is the IRI that a name has by itself: it
    follows from one document alone, so it is the same in every build. It names the sides of must_link and
    cannot_link, and this mapping, kept, is the ``earlier`` of the next build.
    replaced: earlier IRIs that are no longer in use, and the one that stands for them now.
    uncertain: pairs near the threshold, most doubtful first. groups: firms of one brand that were not joined.
    """

    base: str
    entities: Mapping[str, ResolvedEntity] = field(default_factory=dict)
    iri_of: Mapping[Member, str] = field(default_factory=dict)
    keys: Mapping[str, str] = field(default_factory=dict)
    replaced: Mapping[str, str] = field(default_factory=dict)
    uncertain: tuple[UncertainPair, ...] = ()
    groups: tuple[GroupLink, ...] = ()

    def iri(self, key: str, entity: str) -> str:
        """IRI of an entity of a document; KeyError where the document was not resolved."""
        return self.iri_of[key, entity]
