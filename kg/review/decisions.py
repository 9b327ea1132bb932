"""Decisions of people: read from a CSV or XLSX file, checked row by row before anything is changed.

A row says of two entities (columns ``id`` and ``other_id``) that they are the same or different, or of one statement
(column ``id``) that it is right or wrong. An entity as one page alone means it goes by its mention there. Rows without
a verdict are open questions. Other columns than those named here are for the reader.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from itertools import zip_longest
from pathlib import Path
from typing import Literal, cast

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from kg import resources
from kg.errors import DecisionError

Verdict = Literal["same", "different", "right", "wrong"]

_REQUIRED = ("decision", "id", "other_id")
_FACT = re.compile(r"#s-[0-9a-f]+$")
_MENTION = re.compile(r"#m-[0-9a-f]+$")
_IRI = re.compile(r"https?://[^\s<>\"{}|\\^`]+$")
_DATE = re.compile(r"(\d{4})(?:[-/.年](\d{1,2})(?:[-/.月](\d{1,2})日?)?)?月?年?$")


@dataclass(frozen=True, slots=True)
class Decision:
    """One filled row.

    one, other: IRIs of entities or mentions; without ``other``, ``one`` is of a statement or a mention.
    row: as a spreadsheet counts, the header being row 1; when: a date, whole or partial.
    """

    verdict: Verdict
    one: str
    other: str | None
    row: int
    who: str | None = None
    when: str | None = None
    note: str | None = None
    path: Path | None = field(default=None, compare=False)

    @property
    def where(self) -> str:
        """File and row, for messages."""
        return f"{self.path}, row {self.row}" if self.path else f"row {self.row}"


def read_decisions(path: Path) -> tuple[Decision, ...]:
    """The filled rows of a decisions file (.csv in UTF-8, or .xlsx), each pair or statement once.

    Raises DecisionError where the file cannot be read, lacks a column, or a row is wrong or contradicts another; the
    message names the row.
    """
    decisions: dict[tuple[str, str | None], Decision] = {}
    for row, cells in _rows(path):
        if not cells.get("decision"):
            continue
        found = _decision(path, row, cells)
        key = (found.one, found.other)
        if key in decisions and decisions[key].verdict != found.verdict:
            raise DecisionError(
                f"{path}, row {row}: {found.verdict!r} contradicts {decisions[key].verdict!r} in row "
                f"{decisions[key].row}; remove one of the two"
            )
        decisions.setdefault(key, found)
    found_all = tuple(decisions.values())
    _refuse_contradictions(path, found_all)
    return found_all


def _decision(path: Path, row: int, cells: Mapping[str, str]) -> Decision:
    where = f"{path}, row {row}"
    word = cells["decision"]
    verdict = _verdicts().get(word.casefold())
    if verdict is None:
        known = ", ".join(_verdicts())
        raise DecisionError(f"{where}: {word!r} is no verdict; write one of {known}, or leave the cell empty")
    one, other = cells["id"], cells["other_id"]
    of_pair = verdict in ("same", "different")
    for column, iri in (("id", one), ("other_id", other)):
        if column == "other_id" and not of_pair:
            if iri:
                raise DecisionError(f"{where}: {word!r} is said of one statement, but other_id names {iri}")
            continue
        if not iri:
            raise DecisionError(f"{where}: the column {column!r} is empty; copy it from the review sheet")
        if not _IRI.match(iri):
            raise DecisionError(
                f"{where}: {iri!r} in the column {column!r} is no IRI; copy it from the review sheet"
            )
        fits = not _FACT.search(iri) if of_pair else _FACT.search(iri) or _MENTION.search(iri)
        if not fits:
            kind = "an entity or a mention (…#m-…)" if of_pair else "a statement (…#s-…) or a mention (…#m-…)"
            raise DecisionError(f"{where}: {word!r} is said of {kind}, but {column} is {iri}")
    if of_pair and one == other:
        raise DecisionError(f"{where}: id and other_id are the same entity, {one}")
    first, second = sorted((one, other)) if of_pair else (one, None)
    return Decision(
        verdict,
        first,
        second,
        row,
        who=cells.get("who") or None,
        when=_when(where, cells.get("when", "")),
        note=cells.get("note") or None,
        path=path,
    )


def _when(where: str, text: str) -> str | None:
    if not text:
        return None
    match = _DATE.match(text)
    if match is None:
        raise DecisionError(f"{where}: {text!r} in the column 'when' is no date; write it as 2025-05-28")
    year, *rest = (int(part) for part in match.groups() if part)
    try:
        date(year, *[*rest, 1, 1][:2])
    except ValueError as err:
        raise DecisionError(f"{where}: {text!r} in the column 'when' is no date ({err})") from err
    return "-".join((f"{year:04}", *(f"{part:02}" for part in rest)))


def _refuse_contradictions(path: Path, decisions: Sequence[Decision]) -> None:
    """Stop where entities that follow to be the same from several rows are said to be different in another."""
    parent: dict[str, str] = {}

    def root(iri: str) -> str:
        while (above := parent.setdefault(iri, iri)) != iri:
            iri = above
        return iri

    for said in decisions:
        if said.verdict == "same" and said.other:
            parent[root(said.one)] = root(said.other)
    for said in decisions:
        if said.verdict == "different" and said.other and root(said.one) == root(said.other):
            rows = sorted(d.row for d in decisions if d.verdict == "same" and root(d.one) == root(said.one))
            raise DecisionError(
                f"{path}, row {said.row}: 'different' contradicts what follows from 'same' in "
                f"row{'s' if len(rows) > 1 else ''} {', '.join(map(str, rows))}; remove one of them"
            )


def _rows(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows below the header that are not empty, with their numbers."""
    lines = _xlsx(path) if path.suffix.lower() == ".xlsx" else _csv(path)
    header: list[str] | None = None
    for row, cells in lines:
        if header is None:
            header = [cell.casefold() for cell in cells]
            if missing := [name for name in _REQUIRED if name not in header]:
                raise DecisionError(
                    f"{path}, row 1: the column{'s' if len(missing) > 1 else ''} {', '.join(missing)} "
                    f"{'are' if len(missing) > 1 else 'is'} missing; needed are {', '.join(_REQUIRED)}, as `kg review` "
                    "writes them"
                )
            if twice := sorted({name for name in header if name and header.count(name) > 1}):
                raise DecisionError(f"{path}, row 1: the column {twice[0]!r} is there twice")
            continue
        if len(cells) > len(header) and any(cells[len(header) :]):
            raise DecisionError(f"{path}, row {row}: {len(cells)} cells under {len(header)} columns")
        if any(cells):
            yield row, dict(zip_longest(header, cells[: len(header)], fillvalue=""))
    if header is None:
        raise DecisionError(
            f"{path}, row 1: the file is empty; needed is a header with {', '.join(_REQUIRED)}"
        )


def _csv(path: Path) -> Iterator[tuple[int, list[str]]]:
    try:
        raw = path.read_bytes()
        text = raw.decode("utf-8-sig")
    except OSError as err:
        raise DecisionError(f"{path}: the decisions file cannot be read: {err.strerror or err}") from err
    except UnicodeDecodeError as err:
        row = err.object.count(b"\n", 0, err.start) + 1
        raise DecisionError(
            f"{path}, row {row}: not UTF-8 ({err.reason}); save it as “CSV UTF-8” or as XLSX"
        ) from err
    row = 0
    try:
        for row, cells in enumerate(csv.reader(io.StringIO(text, newline=""), strict=True), start=1):
            yield row, [cell.strip() for cell in cells]
    except csv.Error as err:
        raise DecisionError(f"{path}, row {row + 1}: not a CSV file ({err})") from err


def _xlsx(path: Path) -> Iterator[tuple[int, list[str]]]:
    try:
        book = load_workbook(path, read_only=True, data_only=True)
    except OSError as err:
        raise DecisionError(f"{path}: the decisions file cannot be read: {err.strerror or err}") from err
    except (zipfile.BadZipFile, InvalidFileException, KeyError, ValueError) as err:
        raise DecisionError(f"{path}: not an XLSX file ({err})") from err
    try:
        for row, cells in enumerate(book.worksheets[0].iter_rows(values_only=True), start=1):
            yield row, [_text(cell) for cell in cells]
    finally:
        book.close()


def _text(cell: object) -> str:
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    return "" if cell is None else str(cell).strip()


@cache
def _verdicts() -> Mapping[str, Verdict]:
    rows: Iterable[dict[str, str]] = resources.read_tsv(resources.data("review", "verdicts.tsv"))
    return {row["word"]: cast(Verdict, row["verdict"]) for row in rows}
