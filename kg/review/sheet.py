"""The review sheet as CSV or XLSX: a column to fill, the question in words, the sentences, and the IRIs it is about."""

from __future__ import annotations

import csv
import io
import os
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from kg.errors import DecisionError
from kg.graph.export.clean import against_formulas, for_cell
from kg.review.questions import Question

#: Columns and their widths in a workbook, in characters.
COLUMNS: Mapping[str, int] = {
    "decision": 12,
    "kind": 8,
    "confidence": 11,
    "one": 28,
    "other": 28,
    "says": 40,
    "quote": 60,
    "document": 20,
    "other_quote": 60,
    "other_document": 20,
    "who": 12,
    "when": 12,
    "note": 24,
    "id": 40,
    "other_id": 40,
}
_HELP = (
    ("decision 列：合并、拆分填 same（同一）或 different（不同），事实填 right（正确）或 wrong（错误），空着即未定。",
     "Fill the column decision: same or different for merges and splits, right or wrong for facts; empty is open."),
    ("who、when、note 可填可不填；其余列供阅读，id 与 other_id 请勿改动。",
     "who, when and note are optional; the other columns are for reading; leave id and other_id as they are."),
    ("用 kg build … --decisions 本文件 生效；删去一行即恢复程序的判断。",
     "Put to work with kg build … --decisions THIS FILE; removing a row restores what the program found."),
)  # fmt: skip


def write_sheet(path: Path, questions: Iterable[Question]) -> int:
    """Write a sheet (.csv in UTF-8 with a mark for spreadsheets, or .xlsx); gives the number of open questions.

    What a spreadsheet would run as a formula is written as text. Raises DecisionError where the file cannot be
    written, or its name ends in neither.
    """
    rows = [_row(question) for question in questions]
    if path.suffix.lower() == ".xlsx":
        content = _workbook(rows)
    elif path.suffix.lower() == ".csv":
        content = _csv(rows)
    else:
        raise DecisionError(f"{path}: a review sheet ends in .csv or .xlsx")
    try:
        _replace(path, content)
    except OSError as err:
        raise DecisionError(f"{path}: the review sheet cannot be written: {err.strerror or err}") from err
    return sum(not row["decision"] for row in rows)


def _row(question: Question) -> dict[str, str | float | None]:
    taken = question.decision
    row: dict[str, str | float | None] = {name: getattr(question, name, None) for name in COLUMNS}
    row["decision"] = taken.verdict if taken else None
    row |= {name: getattr(taken, name) if taken else None for name in ("who", "when", "note")}
    if question.confidence is not None:
        row["confidence"] = round(question.confidence, 3)
    return row


def _csv(rows: list[dict[str, str | float | None]]) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, COLUMNS)
    writer.writeheader()
    for row in rows:
        writer.writerow(
            {k: against_formulas(for_cell(v)) if isinstance(v, str) else v for k, v in row.items()}
        )
    return out.getvalue().encode("utf-8-sig", "replace")


def _workbook(rows: list[dict[str, str | float | None]]) -> bytes:
    book = Workbook()
    sheet = book.active
    if not isinstance(sheet, Worksheet):
        raise TypeError("a new workbook has a worksheet")
    sheet.title = "review"
    for column, (name, width) in enumerate(COLUMNS.items(), start=1):
        sheet.cell(1, column, name).font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(column)].width = width
    for number, row in enumerate(rows, start=2):
        for column, value in enumerate(row.values(), start=1):
            cell = sheet.cell(number, column)
            if isinstance(value, str):
                cell.value = for_cell(value)
                cell.data_type = "s"  # text, also where it looks like a formula
                cell.alignment = Alignment(wrap_text=True, vertical="top")
            elif value is not None:
                cell.value = value
    sheet.freeze_panes = "B2"
    if rows:
        verdicts = DataValidation(type="list", formula1='"same,different,right,wrong"', allow_blank=True)
        verdicts.add(f"A2:A{len(rows) + 1}")
        verdicts.showErrorMessage = False  # the words of other languages are verdicts too
        sheet.add_data_validation(verdicts)
    about = book.create_sheet("说明 how to")
    about.column_dimensions["A"].width = 120
    for number, line in enumerate((line for lines in _HELP for line in lines), start=1):
        about.cell(number, 1, line).alignment = Alignment(wrap_text=True)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _replace(path: Path, content: bytes) -> None:
    """Write beside, then put in place: a sheet with decisions in it is never left half written."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    draft = Path(name)
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(content)
        draft.chmod(0o666 & ~_umask())
        draft.replace(path)
    except OSError:
        draft.unlink(missing_ok=True)
        raise


def _umask() -> int:
    current = os.umask(0)
    os.umask(current)
    return current
