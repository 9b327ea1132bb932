"""What resolution gives: one entity across documents, under one IRI."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from kg.model import EntityType

#: An entity of one document: (document key, entity id).
Member = tuple[str, str]


@dataclass(frozen=True, slots=True)
class ResolvedEntity:
    """One thing of the world, as all documents together name it.

    name: the fullest name in use; names: every form, ``name`` first; members: where it occurs, sorted.
    region: code of the administrative division (or country) it is at home in, if that is known.
    """

    iri: str
    type: EntityType
    name: str
    names: tuple[str, ...]
    members: tuple[Member, ...]
    region: str | None = None


@dataclass(frozen=True, slots=True)
class Resolution:
    """Entities by IRI and the way from each document's own entities to them."""

    base: str
    entities: Mapping[str, ResolvedEntity] = field(default_factory=dict)
    iri_of: Mapping[Member, str] = field(default_factory=dict)

    def iri(self, key: str, entity: str) -> str:
        """IRI of an entity of a document; KeyError where the document was not resolved."""
        return self.iri_of[key, entity]
