"""What tables and labelled lines say: names of projects and firms, who carries a project out, its figures."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from kg.extract.entities import DocumentEntity
from kg.extract.facts import Fact
from kg.extract.measures import Measure
from kg.extract.phrases import phrase
from kg.extract.quantities import QuantityFact
from kg.extract.records import Cell, Record, fits, records_of
from kg.extract.tagger import TaggedSpan
from kg.model import ACTING_TYPES, QuantityProperty

_CONFIDENCE = 0.9
_LEAST_NAME = 3
#: Of whom a column of money tells what is invested, and of what else.
_INVESTED = frozenset({"Project", "Park", "MedicalInstitution", "ResearchInstitution"})
_FUND = "Investor"
_MEMBERS = re.compile(r"[^、，,；;/／]+")
_NOTHING = re.compile(r"[—\-–/／\s]*|待定|暂无|无|[\d.,%]+")


def with_record_names(text: str, spans: Sequence[TaggedSpan]) -> list[TaggedSpan]:
    """Spans with the names that stand in tables: a cell of the projects' column is one, so is one of the firms'."""
    result = list(spans)
    for record in records_of(text):
        for cell in record.cells:
            if cell.kind == "project":
                result = _as_project(text, cell, result)
            elif cell.kind == "firm":
                result = [*result, *_members(text, cell, result)]
    return sorted(result, key=lambda s: (s.start, s.end))


def _as_project(text: str, cell: Cell, spans: Sequence[TaggedSpan]) -> list[TaggedSpan]:
    within = [s for s in spans if s.start < cell.end and cell.start < s.end]
    whole = any((s.start, s.end) == (cell.start, cell.end) for s in within)
    if phrase("no_project").fullmatch(text, cell.start, cell.end):
        return list(spans)
    if whole or cell.end - cell.start < _LEAST_NAME or _NOTHING.fullmatch(text, cell.start, cell.end):
        return list(spans)
    return [*(s for s in spans if s not in within), TaggedSpan(cell.start, cell.end, "Project", _CONFIDENCE)]


def _members(text: str, cell: Cell, spans: Sequence[TaggedSpan]) -> Iterator[TaggedSpan]:
    for match in _MEMBERS.finditer(text, cell.start, cell.end):
        start, end = match.span()
        free = not any(s.start < end and start < s.end for s in spans)
        if free and end - start >= _LEAST_NAME and not _NOTHING.fullmatch(text, start, end):
            yield TaggedSpan(start, end, "Firm", _CONFIDENCE)


def with_record_relations(text: str, entities: Sequence[DocumentEntity], facts: Sequence[Fact]) -> list[Fact]:
    """Add implements for who stands in the firms' column of a project's row, where it is not stated."""
    stated = {(f.subject, f.object) for f in facts if f.label == "implements"}
    added = []
    for record in records_of(text):
        project = _subject(entities, record)
        if project is None or entities[project].type != "Project":
            continue
        for cell in record.cells:
            firms = _within(entities, cell.start, cell.end) if cell.kind == "firm" else []
            for firm in firms:
                if entities[firm].type in ACTING_TYPES and (firm, project) not in stated:
                    stated.add((firm, project))
                    added.append(Fact("implements", firm, project, _CONFIDENCE, record.start, record.end))
    return [*facts, *added]


def with_record_figures(
    text: str, entities: Sequence[DocumentEntity], figures: Sequence[QuantityFact]
) -> list[QuantityFact]:
    """Figures of records as those of what the record tells of, with the property of their column or label.

    A figure in another column keeps its property, and whose it is where that stands in the same cell.
    """
    known = {f.measure.start: f for f in figures}
    for record in records_of(text):
        subject = _subject(entities, record)
        if subject is None:
            continue
        for cell in record.cells:
            beside = _within(entities, cell.start, cell.end)
            for measure in cell.figures(text):
                told = known.get(measure.start)
                label = _property(entities[subject].type, cell, measure)
                if label:
                    fact = Fact(label, subject, subject, _CONFIDENCE, record.start, record.end)
                    known[measure.start] = QuantityFact(fact, measure, told.date if told else None)
                elif told and told.fact.subject not in beside:
                    known[measure.start] = replace(told, fact=replace(told.fact, subject=subject))
    return [known[start] for start in sorted(known)]


def _property(kind: str, cell: Cell, measure: Measure) -> QuantityProperty | None:
    """What a figure of a cell states of an entity of a type, if its column says it."""
    if not fits(cell.kind, measure):
        return None
    if cell.kind == "investment" and kind not in _INVESTED:
        return "fundSize" if kind == _FUND else None
    return cell.kind  # type: ignore[return-value]


def _subject(entities: Sequence[DocumentEntity], record: Record) -> int | None:
    """Index of what a record tells of: the project, else the fund, else whatever is named longest in its first cell."""
    if record.named is None:
        return None
    named = _within(entities, *record.named)
    order = {"Project": 0, _FUND: 1}
    ranked = sorted(named, key=lambda k: (order.get(entities[k].type, 2), -len(entities[k].name), k))
    return ranked[0] if ranked else None


def _within(entities: Sequence[DocumentEntity], start: int, end: int) -> list[int]:
    return [k for k, e in enumerate(entities) if any(start <= a and b <= end for a, b in e.mentions)]
