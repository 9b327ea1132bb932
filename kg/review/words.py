"""Facts of a document in words, for people who judge them."""

from __future__ import annotations

from kg.model import Annotation
from kg.resolve.statements import statements_of


def facts_in_words(annotation: Annotation, *, key: str, base: str) -> dict[str, str]:
    """What each statement and mention of a document says, by its IRI: 甲 settledIn 乙."""
    told = statements_of(annotation, key=key, base=base)
    name = {entity.id: entity.name for entity in annotation.entities}
    words = {told.mentions[e.id]: f"{e.type} {e.name}" for e in annotation.entities}
    for agreement, statement in zip(annotation.agreements, told.agreements, strict=True):
        parties = " + ".join(name[party] for party in agreement.parties)
        dated = f" {agreement.date}" if agreement.date else ""
        words[statement] = f"{agreement.type} {agreement.status}{dated}: {parties}"
    for relation, statement in zip(annotation.relations, told.relations, strict=True):
        title = f" ({relation.title})" if relation.title else ""
        words[statement] = f"{name[relation.subject]} {relation.type} {name[relation.object]}{title}"
    for figure, statement in zip(annotation.quantities, told.quantities, strict=True):
        dated = f" {figure.date}" if figure.date else ""
        words[statement] = (
            f"{name[figure.subject]} {figure.property} {figure.value:.12g} {figure.unit}{dated}"
        )
    return words
