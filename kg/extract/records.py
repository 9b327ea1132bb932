"""Tables and labelled lines: what a row, or the lines below a project's name, tell of one thing.

::

    序号 | 项目名称 | 投资方 | 投资额（亿元）        01 某某基地项目
    1 | 某某基地项目 | 某某药业 | 3.2               投资方：某某药业
                                                 投资：12亿元，用地200亩

A table needs headings of which two are known (data/lexicon/record_columns.tsv); its cells stand apart by bars, tabs,
wide blanks or, where each row has as many of them as the heading, by single blanks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from kg import resources
from kg.extract.measures import Measure, find_measures
from kg.extract.phrases import phrase
from kg.model import QUANTITY_PROPERTIES

_SEPARATORS = tuple(re.compile(p) for p in (r"[ \u3000]*[|｜\t][ \u3000]*", r"\u3000+|[ \u3000]{2,}", r" "))
_LEAST_CELLS, _LEAST_KNOWN, _LEAST_LABELS = 3, 2, 2
_LONGEST_HEADING, _LONGEST_HEAD = 120, 40
_UNIT_REACH = 3  # lines above a table in which the unit of its money may stand
_PROSE = re.compile("[。；！？]")
_KIND_OF: Mapping[str, str] = {"landArea": "area", "floorArea": "area", "employeeCount": "count"}
_COUNTED = "人"


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell at [start, end) of the text; ``kind`` is of record_columns.tsv, ``unit`` what its heading gives."""

    kind: str
    start: int
    end: int
    unit: str = ""

    def figures(self, text: str) -> list[Measure]:
        """Figures of the cell with their places in the text; a bare number has the unit of its heading."""
        words = text[self.start : self.end]
        found = find_measures(words)
        if not found and self.unit:
            found = [m for m in find_measures(words + self.unit) if m.end == len(words) + len(self.unit)]
        end = len(words)
        return [
            Measure(self.start + m.start, self.start + min(m.end, end), m.kind, m.value, m.unit, m.noun)
            for m in found
        ]


@dataclass(frozen=True, slots=True)
class Record:
    """Cells that tell of one thing; ``named`` is the span in which its name stands, ``start`` to ``end`` all of it."""

    named: tuple[int, int] | None
    cells: tuple[Cell, ...]
    start: int
    end: int


@cache
def _kinds() -> Mapping[str, str]:
    rows = resources.read_tsv(resources.data("lexicon", "record_columns.tsv"))
    return {word: row["kind"] for row in rows for word in row["words"].split()}


def fits(name: str, measure: Measure) -> bool:
    """Whether a figure can state the property that its column or label is of."""
    return name in QUANTITY_PROPERTIES and measure.kind == _KIND_OF.get(name, "money")


@lru_cache(maxsize=4)  # names, relations, agreements and figures of a page each ask for them
def records_of(text: str) -> tuple[Record, ...]:
    """All records of a text, in its order: rows of tables and groups of labelled lines."""
    lines = [m.span() for m in re.finditer(r"[^\n]+", text)]
    found: list[Record] = []
    at = 0
    while at < len(lines):
        records, used = _table(text, lines, at)
        if not used:
            records, used = _card(text, lines, at)
        found += records
        at += max(used, 1)
    return tuple(found)


def _table(text: str, lines: Sequence[tuple[int, int]], at: int) -> tuple[list[Record], int]:
    """Records of the table whose heading is a line, and how many lines it takes; none if it is no heading."""
    start, end = lines[at]
    if end - start > _LONGEST_HEADING or _PROSE.search(text, start, end):
        return [], 0
    for separator in _SEPARATORS:
        headings = list(_cells(text, start, end, separator))
        columns = [_column(text[a:b]) for a, b in headings]
        known = sum(kind not in ("", "index") for kind, _ in columns)
        if len(headings) < _LEAST_CELLS or known < _LEAST_KNOWN:
            continue
        unit = _unit_above(text, lines, at)
        columns = [(kind, of or (unit if kind == "investment" else "")) for kind, of in columns]
        records, used = [], 1
        for a, b in lines[at + 1 :]:
            row = list(_cells(text, a, b, separator))
            exact = len(row) == len(columns)
            short = separator is _SEPARATORS[0] and _LEAST_CELLS <= len(row) < len(columns)
            if exact or short:
                records.append(_row(columns[: len(row)], row))
            elif not phrase("row_number").match(text, a, b):
                break
            used += 1
        return (records, used) if records else ([], 0)
    return [], 0


def _row(columns: Sequence[tuple[str, str]], row: Sequence[tuple[int, int]]) -> Record:
    cells = tuple(Cell(kind, a, b, unit) for (kind, unit), (a, b) in zip(columns, row, strict=True) if a < b)
    named = next(((c.start, c.end) for c in cells if c.kind == "project"), None)
    return Record(named, cells, row[0][0], row[-1][1])


def _cells(text: str, start: int, end: int, separator: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    """Spans of the cells of a line; a bar at its head or end opens no cell."""
    while start < end and text[start] in " \u3000|｜":
        start += 1
    while end > start and text[end - 1] in " \u3000|｜":
        end -= 1
    at = start
    for match in separator.finditer(text, start, end):
        yield at, match.start()
        at = match.end()
    yield at, end


def _column(heading: str) -> tuple[str, str]:
    match = phrase("column_unit").fullmatch(heading.strip())
    kind = _kinds().get(match["heading"].strip(), "") if match else ""
    unit = (match["unit"] or "") if match else ""
    return kind, (_COUNTED if kind == "employeeCount" else unit)


def _unit_above(text: str, lines: Sequence[tuple[int, int]], at: int) -> str:
    for start, end in reversed(lines[max(0, at - _UNIT_REACH) : at]):
        if match := phrase("table_unit").search(text, start, end):
            return match["unit"]
    return ""


def _card(text: str, lines: Sequence[tuple[int, int]], at: int) -> tuple[list[Record], int]:
    """The record of a line and the labelled lines below it, and how many lines it takes; none if it is no such."""
    start, end = lines[at]
    head = phrase("label_line").match(text, start, end)
    if end - start > _LONGEST_HEAD or (head and _kinds().get(head["label"]) != "project"):
        return [], 0
    named = head.span("value") if head else (start, end)
    cells: list[Cell] = []
    for a, b in lines[at + 1 :]:
        match = phrase("label_line").match(text, a, b)
        if not match or match["label"] not in _kinds():
            break
        cells.append(Cell(_kinds()[match["label"]], match.start("value"), match.end("value")))
    if len(cells) < _LEAST_LABELS or not any(c.kind in QUANTITY_PROPERTIES for c in cells):
        return [], 0
    return [Record(named, tuple(cells), start, cells[-1].end)], 1 + len(cells)
