"""What a person should look at: uncertain merges and splits, and facts of low confidence, with their sentences."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from kg.assemble import Assembly
from kg.model import Agreement, Annotation, Document, Evidence, Quantity, Relation
from kg.resolve.statements import statements_of
from kg.resolve.types import Member, UncertainPair
from kg.review.decisions import Decision
from kg.review.words import facts_in_words


@dataclass(frozen=True, slots=True)
class Question:
    """One row of a review sheet.

    kind: merge (two entities that may be one), split (one that may be two), fact; says: the fact, or why the machine
    doubts; one, other: names; quote, document: the sentence that speaks of ``one`` (and of ``other``) and its page;
    id, other_id: what the decision will be about; confidence: 0 to 1; decision: already taken.
    """

    kind: str
    says: str
    confidence: float | None
    one: str
    other: str
    quote: str
    document: str
    other_quote: str
    other_document: str
    id: str
    other_id: str
    decision: Decision | None = None


def questions(
    whole: Assembly, decisions: Iterable[Decision], *, below: float = 0.5, limit: int = 500
) -> list[Question]:
    """Decisions that were taken first (those that no longer apply too), then what is open, the most doubtful first.

    below: facts of a confidence of at most this; limit: open questions of each kind.
    """
    pages = {d.key: (d, a) for d, a in whole.items if d.key not in whole.copies}
    taken = list(decisions)
    decided = {frozenset(filter(None, (d.one, d.other))) for d in taken}
    rows = [_taken(decision, whole) for decision in taken]
    pairs = [pair for pair in whole.resolution.uncertain if frozenset((pair.one, pair.other)) not in decided]
    for joined in (False, True):
        rows += [_pair(pair, pages) for pair in pairs if pair.joined is joined][:limit]
    facts = [
        fact
        for key, (document, annotation) in pages.items()
        for fact in _facts(document, annotation, key, whole.resolution.base, below)
        if frozenset((fact.id,)) not in decided
    ]
    facts.sort(key=lambda fact: (fact.confidence or 0.0, fact.document, fact.id))
    return rows + facts[:limit]


def _taken(decision: Decision, whole: Assembly) -> Question:
    reason = dict(whole.stale).get(decision)
    applied = whole.decided.get(decision)
    says = applied.says if applied else f"no longer applies: {reason}" if reason else ""
    kind = "fact" if decision.other is None else "merge" if decision.verdict == "same" else "split"
    return Question(kind, says, None, "", "", "", "", "", "", decision.one, decision.other or "", decision)


def _pair(pair: UncertainPair, pages: Mapping[str, tuple[Document, Annotation]]) -> Question:
    (quote, document), (other_quote, other_document) = (_where(members, pages) for members in pair.members)
    return Question(
        "split" if pair.joined else "merge",
        "; ".join(pair.reasons),
        pair.score,
        *pair.names,
        quote,
        document,
        other_quote,
        other_document,
        pair.one,
        pair.other,
    )


def _where(members: Iterable[Member], pages: Mapping[str, tuple[Document, Annotation]]) -> tuple[str, str]:
    """A sentence that speaks of one of the members, and its page; its words alone where no fact quotes more."""
    found = ("", "")
    for key, entity in members:
        if key not in pages:
            continue
        document, annotation = pages[key]
        for evidence in _evidence(annotation, entity):
            return evidence.quote, document.name
        names = (e.name for e in annotation.entities if e.id == entity)
        found = found if found[1] else (next(names, ""), document.name)
    return found


def _evidence(annotation: Annotation, entity: str) -> Iterator[Evidence]:
    for agreement in annotation.agreements:
        if entity in agreement.parties and agreement.evidence:
            yield agreement.evidence
    for relation in annotation.relations:
        if entity in (relation.subject, relation.object) and relation.evidence:
            yield relation.evidence
    for quantity in annotation.quantities:
        if entity == quantity.subject and quantity.evidence:
            yield quantity.evidence


def _facts(
    document: Document, annotation: Annotation, key: str, base: str, below: float
) -> Iterator[Question]:
    """The document's facts and mentions of a confidence of at most ``below``."""
    told = statements_of(annotation, key=key, base=base)
    doubtful: dict[str, tuple[float, str]] = {}
    facts: list[tuple[str, Agreement | Relation | Quantity]] = [
        *zip(told.agreements, annotation.agreements, strict=True),
        *zip(told.relations, annotation.relations, strict=True),
        *zip(told.quantities, annotation.quantities, strict=True),
    ]
    for statement, fact in facts:
        if fact.confidence is not None and fact.confidence <= below:
            doubtful[statement] = (fact.confidence, fact.evidence.quote if fact.evidence else "")
    for entity in annotation.entities:
        if entity.confidence is not None and entity.confidence <= below:
            quote = next((e.quote for e in _evidence(annotation, entity.id)), entity.name)
            doubtful[told.mentions[entity.id]] = (entity.confidence, quote)
    if not doubtful:
        return
    says = facts_in_words(annotation, key=key, base=base)
    for statement, (confidence, quote) in doubtful.items():
        yield Question(
            "fact", says[statement], confidence, "", "", quote, document.name, "", "", statement, ""
        )
