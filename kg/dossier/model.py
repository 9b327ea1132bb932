"""What a dossier holds. Every fact carries the sentences that state it; every sentence knows its page."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from kg.query.records import DocumentRecord


@dataclass(frozen=True, slots=True)
class Named:
    """An entity as others name it: IRI, label, type (local name)."""

    iri: str
    label: str
    type: str


@dataclass(frozen=True, slots=True)
class Quote:
    """A sentence, its page, its place there (source characters) and the confidence of what was read from it."""

    text: str
    page: DocumentRecord
    start: int | None = None
    end: int | None = None
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Signing:
    """One act of agreement with all its reports. ``parties`` are all parties, the dossier's entity among them
    unless it is the event of the signing."""

    iri: str
    type: str
    status: str
    parties: tuple[Named, ...]
    date: str | None
    amount: float | None
    currency: str | None
    event: Named | None
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class Link:
    """One relation to another entity; ``title`` is the post or the honour."""

    other: Named
    title: str | None
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class Relations:
    """All relations of one kind; ``inverse`` where the dossier's entity is the object."""

    kind: str
    inverse: bool
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """A quantity in base units (m2, an ISO 4217 code, count, percent)."""

    property: str
    value: float
    unit: str
    date: str | None
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class Dossier:
    """Everything the store says of one entity.

    regions: names of its home divisions, the smallest first. agreements: in the order of their dates, those
    without a year last.
    """

    entity: Named
    aliases: tuple[str, ...]
    regions: tuple[str, ...]
    sectors: tuple[str, ...]
    agreements: tuple[Signing, ...]
    relations: tuple[Relations, ...]
    figures: tuple[Figure, ...]
    pages: tuple[DocumentRecord, ...]

    def partners(self) -> list[tuple[Named, int]]:
        """Who shares agreements with the entity, and how many; most first."""
        found = Counter(
            party for act in self.agreements for party in act.parties if party.iri != self.entity.iri
        )
        return sorted(found.items(), key=lambda pair: (-pair[1], pair[0].label, pair[0].iri))

    def others(self, act: Signing) -> tuple[Named, ...]:
        """The parties of an agreement but the entity itself."""
        return tuple(party for party in act.parties if party.iri != self.entity.iri)

    def neighbours(self) -> list[Named]:
        """Everyone whom an agreement or a relation ties to the entity: partners first, each once."""
        linked = (link.other for group in self.relations for link in group.links)
        everyone = (*(party for party, _ in self.partners()), *linked)
        return [each for each in dict.fromkeys(everyone) if each.iri != self.entity.iri]
