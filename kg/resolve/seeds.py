"""Seeds: all that the documents together say of one name, before names are joined."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from kg.model import ORGANISATION_TYPES, EntityType
from kg.resolve.parts import NameParts
from kg.resolve.profile import Profile, Seed
from kg.resolve.types import Member

#: Types between which one name is still one thing, because annotators and extractors tell them apart by a shade.
_FAMILIES: dict[str, str] = {
    **dict.fromkeys(ORGANISATION_TYPES - {"Association"}, "organisation"),
    "Park": "site",
    "Place": "site",
}


@dataclass(slots=True)
class SeedNode:
    """One name (with its discriminator) and the entities that bear it.

    names, forms: names (and how often) and all forms as written. regions: divisions that the name states; implied:
    those that its documents imply; near: cities and provinces that they tie it to. generic, canonical, aliases, ties,
    codes: see kg.resolve.profile.Profile.
    """

    seed: Seed
    type: EntityType
    parts: NameParts
    canonical: str
    division: str | None = None
    generic: bool = False
    names: dict[str, int] = field(default_factory=dict)
    forms: set[str] = field(default_factory=set)
    members: list[Member] = field(default_factory=list)
    documents: set[str] = field(default_factory=set)
    regions: set[str] = field(default_factory=set)
    implied: set[str] = field(default_factory=set)
    aliases: set[str] = field(default_factory=set)
    near: set[str] = field(default_factory=set)
    ties: set[str] = field(default_factory=set)
    codes: set[str] = field(default_factory=set)

    @property
    def family(self) -> str:
        """Types that may be one thing share a family."""
        return _FAMILIES.get(self.type, self.type)

    @property
    def name(self) -> str:
        """The comparable name."""
        return self.seed[1]

    @property
    def registered(self) -> bool:
        """Whether the name ends in a legal form, so that it is of one legal person."""
        return bool(self.parts.legal)

    def add(self, key: str, profile: Profile) -> None:
        """Take an entity of the document ``key`` in."""
        self.names[profile.name] = self.names.get(profile.name, 0) + 1
        self.forms.update(profile.forms)
        self.members.append((key, profile.id))
        self.documents.add(key)
        if profile.parts.region is not None:
            self.regions.add(profile.parts.region)
        elif profile.region is not None:
            self.implied.add(profile.region)
        if profile.aliases:
            self.aliases |= profile.aliases
        if profile.near:
            self.near |= profile.near
        if profile.ties:
            self.ties |= profile.ties
        if profile.codes:
            self.codes |= profile.codes


def gather(documents: Iterable[tuple[str, Iterable[Profile]]]) -> dict[Seed, SeedNode]:
    """Seeds of all documents, sorted; the documents come in the order of their keys."""
    found: dict[Seed, SeedNode] = {}
    for key, profiles in documents:
        for profile in profiles:
            node = found.get(profile.seed)
            if node is None:
                kind: EntityType = "Place" if profile.division is not None else profile.type
                node = SeedNode(
                    profile.seed, kind, profile.parts, profile.canonical, profile.division, profile.generic
                )
                found[profile.seed] = node
            elif node.parts.region is None and profile.parts.region is not None:
                node.parts, node.canonical = profile.parts, profile.canonical
            node.add(key, profile)
    return dict(sorted(found.items()))
