"""IRIs of what a document states: they follow from the document alone.

A fact is known by its page and its words there (types and names of what it joins), not by the entities that
resolution finds behind them. So the IRI of its statement stays when entities are merged or split, and what a person
decided of it holds in every rebuild.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from kg.model import Agreement, Annotation, Quantity, Relation
from kg.resolve.iris import digest, document_iri


@dataclass(frozen=True, slots=True)
class Statements:
    """IRIs of a document's mentions (by entity id), and of its facts in the annotation's order.

    Facts of the same words in one document are one statement, but for agreements: two of the same words are two.
    """

    mentions: Mapping[str, str]
    agreements: tuple[str, ...]
    relations: tuple[str, ...]
    quantities: tuple[str, ...]


def statements_of(annotation: Annotation, *, key: str, base: str) -> Statements:
    """IRIs of everything that a document states. Raises ValueError where a fact refers to an unlisted entity."""
    document = document_iri(base, key)
    words = _words(annotation)

    def name(entity: str) -> str:
        if entity not in words:
            raise ValueError(f"{key}: a fact refers to {entity!r}, which is no entity of it")
        return words[entity]

    def agreement(fact: Agreement) -> str:
        if fact.event:
            name(fact.event)
        return digest("a", fact.type, fact.status, fact.date or "", *sorted({name(p) for p in fact.parties}))

    def relation(fact: Relation) -> str:
        return digest("r", name(fact.subject), fact.type, name(fact.object), fact.title or "")

    def quantity(fact: Quantity) -> str:
        return digest("q", name(fact.subject), fact.property, repr(fact.value), fact.unit, fact.date or "")

    told: Counter[str] = Counter()
    agreements = []
    for fact in annotation.agreements:
        plain = agreement(fact)
        agreements.append(f"{document}#s-{digest(plain, str(told[plain])) if told[plain] else plain}")
        told[plain] += 1
    return Statements(
        mentions={entity: f"{document}#m-{digest('m', word)}" for entity, word in words.items()},
        agreements=tuple(agreements),
        relations=tuple(f"{document}#s-{relation(fact)}" for fact in annotation.relations),
        quantities=tuple(f"{document}#s-{quantity(fact)}" for fact in annotation.quantities),
    )


def _words(annotation: Annotation) -> dict[str, str]:
    """Type and name of each entity, with a number where a document tells namesakes apart."""
    words: dict[str, str] = {}
    met: Counter[str] = Counter()
    for entity in annotation.entities:
        plain = f"{entity.type} {entity.name}"
        words[entity.id] = f"{plain} {met[plain]}" if met[plain] else plain
        met[plain] += 1
    return words
