"""Doc → Annotation: entity indices become ids, spans of the repaired text become evidence."""

from __future__ import annotations

from spacy.tokens import Doc

from kg.extract.agreements import AgreementFact
from kg.extract.entities import DocumentEntity
from kg.extract.facts import Fact
from kg.extract.quantities import QuantityFact
from kg.extract.titles import of_body, title_between
from kg.model import Agreement, Annotation, Document, Entity, Quantity, Relation

_TITLED = ("hasRole", "recognizes")


def annotation_of(doc: Doc) -> Annotation:
    """All facts of a processed Doc, in the published form."""
    document: Document = doc._.document
    found: list[DocumentEntity] = doc._.entities
    facts: list[Fact] = doc._.relations
    agreements: list[AgreementFact] = doc._.agreements
    quantities: list[QuantityFact] = doc._.quantities
    kept: list[int] = list(range(len(found))) if doc._.kept is None else doc._.kept
    ids = {k: f"e{n}" for n, k in enumerate(kept, start=1)}
    return Annotation(
        doc=document.name,
        published=document.published,
        entities=tuple(_entity(document, found[k], name) for k, name in ids.items()),
        agreements=tuple(_agreement(document, a, n, ids) for n, a in enumerate(agreements, start=1)),
        relations=tuple(_relation(document, f, found, ids) for f in facts),
        quantities=tuple(_quantity(document, q, ids) for q in quantities),
    )


def _entity(document: Document, entity: DocumentEntity, identifier: str) -> Entity:
    spans = sorted({document.offsets.to_source(start, end) for start, end in entity.mentions})
    return Entity.model_validate(
        {
            "id": identifier,
            "type": entity.type,
            "name": entity.name,
            "aliases": entity.aliases,
            "mentions": spans,
            "confidence": round(entity.score, 4),
        }
    )


def _agreement(document: Document, a: AgreementFact, number: int, ids: dict[int, str]) -> Agreement:
    return Agreement(
        id=f"a{number}",
        type=a.type,
        status=a.status,
        parties=tuple(ids[p] for p in a.parties),
        date=a.date,
        event=ids[a.event] if a.event is not None else None,
        amount=a.amount,
        evidence=document.evidence(a.start, a.end),
        confidence=round(a.score, 4),
    )


def _relation(document: Document, f: Fact, found: list[DocumentEntity], ids: dict[int, str]) -> Relation:
    title = _title(document, f, found) if f.label in _TITLED else None
    return Relation.model_validate(
        {
            "type": f.label,
            "subject": ids[f.subject],
            "object": ids[f.object],
            "title": title,
            "evidence": document.evidence(f.start, f.end),
            "confidence": round(f.score, 4),
        }
    )


def _title(document: Document, f: Fact, found: list[DocumentEntity]) -> str:
    """Post or honour; several of one person at one organisation are joined with 、."""
    if f.label == "recognizes":
        return _honour(document.text[f.start : f.end])
    stops = sorted(span for e in found for span in e.mentions)
    titles: list[str] = []
    for person in found[f.subject].mentions:
        near = [o for o in found[f.object].mentions if abs(o[0] - person[0]) < 120]
        organisation = min(near, key=lambda o: abs(o[1] - person[0]), default=(-100, -100))
        others = [s for s in stops if s not in (person, organisation)]
        title = title_between(document.text, organisation, person, stops=others)
        if title:
            title = of_body(title, found[f.object].name, is_place=found[f.object].type == "Place")
        if title and not any(title in t for t in titles):
            titles.append(title)
    return "、".join(titles[:3]) or "任职"


def _honour(sentence: str) -> str:
    """The honour in a sentence: what stands in quotation marks, else behind 为/称号 cue words."""
    for opening, closing in (("“", "”"), ("《", "》")):
        start = sentence.find(opening)
        end = sentence.find(closing, start + 1)
        if 0 <= start < end:
            return sentence[start + 1 : end]
    for cue in ("认定为", "评为", "评选为", "命名为", "列为", "授予", "入选", "获批", "认定"):
        _, found, rest = sentence.partition(cue)
        if found:
            return rest.split("，")[0].split("。")[0].split("；")[0].strip() or "认定"
    return "认定"


def _quantity(document: Document, q: QuantityFact, ids: dict[int, str]) -> Quantity:
    return Quantity.model_validate(
        {
            "subject": ids[q.fact.subject],
            "property": q.fact.label,
            "value": q.measure.value,
            "unit": q.measure.unit,
            "date": q.date,
            "evidence": document.evidence(q.fact.start, q.fact.end),
            "confidence": round(q.fact.score, 4),
        }
    )
