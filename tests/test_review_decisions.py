"""Decisions files: what is read from them, and what a bad one is told, row and reason."""

from __future__ import annotations

import csv
from datetime import datetime
from pathlib import Path

import pytest
from openpyxl import Workbook

from kg.errors import DecisionError
from kg.review.decisions import Decision, read_decisions

BASE = "https://example.org/id/"
A, B, C = (f"{BASE}firm/{name}-0123456789ab" for name in ("甲药业", "乙药业", "丙药业"))
FACT = f"{BASE}document/a-txt-0123456789ab#s-0123456789ab"
HEAD = ["decision", "one", "id", "other_id", "who", "when", "note"]


def sheet(folder: Path, *rows: list[object], head: list[str] = HEAD, name: str = "d.csv") -> Path:
    path = folder / name
    if path.suffix == ".xlsx":
        book = Workbook()
        for row in (head, *rows):
            book.worksheets[0].append(row)
        book.save(path)
    else:
        with path.open("w", encoding="utf-8-sig", newline="") as out:
            csv.writer(out).writerows([head, *rows])
    return path


@pytest.mark.parametrize("name", ["d.csv", "d.xlsx"])
def test_filled_rows_are_read(name: str, tmp_path: Path) -> None:
    when: object = datetime(2025, 5, 28) if name.endswith("xlsx") else "2025/5/28"
    path = sheet(
        tmp_path,
        ["same", "甲", B, A, "王一", when, "同一\n法人"],
        ["", "open", A, C, "", "", ""],
        ["错误", "", FACT],
        name=name,
    )
    assert read_decisions(path) == (
        Decision("same", B, A, 2, "王一", "2025-05-28", "同一\n法人"),
        Decision("wrong", FACT, None, 4),
    )


@pytest.mark.parametrize(
    ("word", "verdict"),
    [("同一", "same"), ("Different", "different"), ("不同", "different"), ("SAME", "same")],
)
def test_verdicts_in_both_languages(word: str, verdict: str, tmp_path: Path) -> None:
    (found,) = read_decisions(sheet(tmp_path, [word, "", A, B]))
    assert found.verdict == verdict


def test_the_same_said_twice_counts_once(tmp_path: Path) -> None:
    assert len(read_decisions(sheet(tmp_path, ["same", "", A, B], ["same", "", B, A]))) == 1


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ([["maybe", "", A, B]], r"row 2: 'maybe' is no verdict; write one of same, 同一"),
        ([["same", "", A, B], ["different", "", B, A]], r"row 3: 'different' contradicts 'same' in row 2"),
        (
            [["same", "", A, B], ["same", "", B, C], ["different", "", A, C]],
            r"row 4: 'different' contradicts what follows from 'same' in rows 2, 3",
        ),
        ([["right", "", FACT], ["wrong", "", FACT]], r"row 3: 'wrong' contradicts 'right' in row 2"),
        ([["same", "", "", B]], r"row 2: the column 'id' is empty"),
        ([["same", "", A, ""]], r"row 2: the column 'other_id' is empty"),
        ([["same", "", A, "甲药业"]], r"row 2: '甲药业' in the column 'other_id' is no IRI"),
        ([["same", "", A, A]], r"row 2: id and other_id are the same entity"),
        ([["same", "", FACT, B]], r"row 2: 'same' is said of an entity or a mention .* but id is"),
        ([["wrong", "", A]], r"row 2: 'wrong' is said of a statement .* but id is"),
        ([["wrong", "", FACT, A]], r"row 2: 'wrong' is said of one statement, but other_id names"),
        ([["same", "", A, B, "", "昨天"]], r"row 2: '昨天' in the column 'when' is no date"),
        ([["same", "", A, B, "", "2025-13"]], r"row 2: '2025-13' in the column 'when' is no date"),
        ([["same", "", A, B, "", "", "", "x"]], r"row 2: 8 cells under 7 columns"),
    ],
)
def test_a_bad_row_is_named(rows: list[list[object]], message: str, tmp_path: Path) -> None:
    with pytest.raises(DecisionError, match=message):
        read_decisions(sheet(tmp_path, *rows))


def test_missing_columns_are_named(tmp_path: Path) -> None:
    with pytest.raises(DecisionError, match=r"row 1: the columns decision, other_id are missing; needed are"):
        read_decisions(sheet(tmp_path, [A], head=["id"]))
    with pytest.raises(DecisionError, match=r"row 1: the column 'id' is there twice"):
        read_decisions(sheet(tmp_path, head=[*HEAD, "ID"]))


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("d.csv", b"", r"row 1: the file is empty"),
        ("d.csv", "decision,id,other_id\nsame,甲,乙\n".encode("gb18030"), r"row 2: not UTF-8 .* “CSV UTF-8”"),
        ("d.csv", b'decision,id,other_id\nsame,"a,b\n', r"row 2: not a CSV file"),
        ("d.csv", b"decision,id,other_id\nsame,\0,x\n", r"row 2: "),
        ("d.xlsx", b"no workbook", r"not an XLSX file"),
    ],
)
def test_broken_files_are_named(name: str, content: bytes, message: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(DecisionError, match=message):
        read_decisions(tmp_path / name)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    for name in ("d.csv", "d.xlsx"):
        with pytest.raises(DecisionError, match="cannot be read: No such file"):
            read_decisions(tmp_path / name)
