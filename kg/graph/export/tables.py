"""Spreadsheets: agreements, organisations, relations and quantities, one row a fact, with page and quote."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from kg.errors import QueryError
from kg.graph.export.clean import against_formulas, for_cell
from kg.graph.facts import Facts, Provenance
from kg.graph.terms import AGREEMENT_TYPE, KG, QUANTITY, SECTOR, STATUS, Namespace
from kg.graph.wording import word_for
from kg.model import HOST_TYPES, ORGANISATION_TYPES

Language = Literal["zh", "en"]
Cell = str | Decimal | int | None
_ROW_LIMIT = 1_048_576  # rows of an XLSX sheet

#: English names of columns, which are the headers of the English tables, and their Chinese headers.
_HEADERS = {
    "agreement": "协议",
    "type": "类型",
    "status": "状态",
    "date": "日期",
    "parties": "当事方",
    "amount": "金额",
    "currency": "币种",
    "event": "签约活动",
    "name": "名称",
    "aliases": "别名",
    "region": "所属行政区",
    "sectors": "领域",
    "subject": "主体",
    "subjectType": "主体类型",
    "relation": "关系",
    "object": "客体",
    "objectType": "客体类型",
    "title": "职务或称号",
    "property": "数字种类",
    "value": "数值",
    "unit": "单位",
    "document": "文档",
    "quote": "原文",
    "confidence": "置信度",
    "iri": "标识",
    "agreements": "协议",
    "organisations": "机构",
    "relations": "关系",
    "quantities": "数量",
}
_SEPARATOR = "、"
#: Columns of codes, by table and column, with the namespace of the terms whose labels say them in Chinese.
_CODES = {
    ("agreements", "type"): AGREEMENT_TYPE,
    ("agreements", "status"): STATUS,
    ("organisations", "type"): KG,
    ("organisations", "sectors"): SECTOR,
    ("relations", "subjectType"): KG,
    ("relations", "relation"): KG,
    ("relations", "objectType"): KG,
    ("quantities", "subjectType"): KG,
    ("quantities", "property"): QUANTITY,
}


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table: its name, its columns (keys of the headers) and its rows."""

    name: str
    columns: tuple[str, ...]
    rows: Sequence[tuple[Cell, ...]]


def sheets(facts: Facts, *, language: Language = "en") -> list[Sheet]:
    """The four tables. Names stand for entities; lists are joined by 、; organisations include parks.

    Types, statuses, relations and kinds of figures are the codes of the ontology, or in Chinese their labels.
    """
    found = [_agreements(facts), _organisations(facts), _relations(facts), _quantities(facts)]
    return found if language == "en" else [_in_chinese(sheet) for sheet in found]


def write_csv(facts: Facts, folder: Path, *, language: Language = "en") -> list[Path]:
    """One CSV file a table, UTF-8 with a byte order mark, which Excel needs to see that it is UTF-8."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for sheet in sheets(facts, language=language):
        path = folder / f"{sheet.name}.csv"
        with path.open("w", encoding="utf-8-sig", newline="") as handle:
            writer = csv.writer(handle)
            writer.writerow(_header(sheet, language))
            for row in sheet.rows:
                writer.writerow([against_formulas(cell) if isinstance(cell, str) else cell for cell in row])
        written.append(path)
    return written


def write_xlsx(facts: Facts, path: Path, *, language: Language = "en") -> None:
    """One workbook with a sheet a table; text is text, also where it looks like a formula.

    Raises QueryError where a table has more rows than a sheet holds.
    """
    book = Workbook(write_only=True)
    for sheet in sheets(facts, language=language):
        if len(sheet.rows) >= _ROW_LIMIT:
            raise QueryError(
                f"{len(sheet.rows)} {sheet.name} do not fit into one sheet; filter them or write CSV"
            )
        page = book.create_sheet(_HEADERS[sheet.name] if language == "zh" else sheet.name)
        page.freeze_panes = "A2"
        page.auto_filter.ref = f"A1:{get_column_letter(len(sheet.columns))}{len(sheet.rows) + 1}"
        for letter, column in zip("ABCDEFGHIJKLMNOP", sheet.columns, strict=False):
            page.column_dimensions[letter].width = 50 if column in ("quote", "parties") else 18
        heads = [WriteOnlyCell(page, value=head) for head in _header(sheet, language)]
        for cell in heads:
            cell.font = Font(bold=True)
        page.append(heads)
        for row in sheet.rows:
            page.append([_xlsx(page, value) for value in row])
    book.save(path)


def _xlsx(page: Any, value: Cell) -> Any:
    if not isinstance(value, str):
        return value
    cell = WriteOnlyCell(page, value=for_cell(value))
    cell.data_type = "s"
    return cell


def _header(sheet: Sheet, language: Language) -> list[str]:
    return [_HEADERS[column] if language == "zh" else column for column in sheet.columns]


def _in_chinese(sheet: Sheet) -> Sheet:
    spaces = [_CODES.get((sheet.name, column)) for column in sheet.columns]

    def worded(cell: Cell, space: Namespace | None) -> Cell:
        if space is None or not isinstance(cell, str):
            return cell
        words = [(code, word_for(space[code])) for code in cell.split(_SEPARATOR) if code]
        return _SEPARATOR.join(label.zh if label else code for code, label in words)

    rows = [tuple(worded(cell, space) for cell, space in zip(row, spaces, strict=True)) for row in sheet.rows]
    return Sheet(sheet.name, sheet.columns, rows)


def _agreements(facts: Facts) -> Sheet:
    rows = [
        (
            a.iri,
            a.type,
            a.status,
            a.date,
            _SEPARATOR.join(_names(facts, a.parties)),
            a.amount,
            a.currency,
            next(_names(facts, [a.event]), None) if a.event else None,
            *_source(facts, a.source),
        )
        for a in facts.agreements
    ]
    columns = ("agreement", "type", "status", "date", "parties", "amount", "currency", "event")
    return Sheet("agreements", (*columns, "document", "quote", "confidence"), rows)


def _organisations(facts: Facts) -> Sheet:
    kinds = ORGANISATION_TYPES | (HOST_TYPES - {"Place"})
    found = sorted(
        (e for e in facts.entities.values() if e.type in kinds), key=lambda e: (e.type, e.name, e.iri)
    )
    rows = [
        (e.name, e.type, _SEPARATOR.join(e.aliases), e.region, _SEPARATOR.join(e.sectors), e.iri)
        for e in found
    ]
    return Sheet("organisations", ("name", "type", "aliases", "region", "sectors", "iri"), rows)


def _relations(facts: Facts) -> Sheet:
    rows = [
        (*_named(facts, r.subject), r.type, *_named(facts, r.object), r.title, *_source(facts, r.source))
        for r in facts.relations
    ]
    columns = ("subject", "subjectType", "relation", "object", "objectType", "title")
    return Sheet("relations", (*columns, "document", "quote", "confidence"), rows)


def _quantities(facts: Facts) -> Sheet:
    rows = [
        (*_named(facts, q.subject), q.property, q.value, q.unit, q.date, *_source(facts, q.source))
        for q in facts.quantities
    ]
    columns = ("subject", "subjectType", "property", "value", "unit", "date")
    return Sheet("quantities", (*columns, "document", "quote", "confidence"), rows)


def _names(facts: Facts, iris: Iterable[str]) -> Iterator[str]:
    return (facts.entities[iri].name if iri in facts.entities else iri for iri in iris)


def _named(facts: Facts, iri: str) -> tuple[str, str | None]:
    entity = facts.entities.get(iri)
    return (entity.name, entity.type) if entity else (iri, None)


def _source(facts: Facts, source: Provenance) -> tuple[Cell, Cell, Cell]:
    document = facts.documents.get(source.document)
    return (document.name if document else source.document), source.quote, source.confidence
