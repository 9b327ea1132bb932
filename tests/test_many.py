"""Extraction of many documents: each has its place, and one that fails leaves the others alone."""

from __future__ import annotations

import os

import pytest

from kg.errors import KgError
from kg.extract import many
from kg.extract.many import extract_documents
from kg.model import Document
from kg.read import ReadFailure, read_text
from tests.graph_samples import make_document

pytestmark = pytest.mark.usefixtures("stand_in_extractor")


def documents(count: int) -> list[Document]:
    return [make_document(f"d{n}", f"今天上午，甲药业与乙药业第{n}次签约。") for n in range(count)]


def test_progress_counts_every_document() -> None:
    steps: list[tuple[int, int]] = []
    found = extract_documents(documents(3), progress=lambda done, total: steps.append((done, total)))
    assert len(found) == 3
    assert steps == [(1, 3), (2, 3), (3, 3)]


def test_a_failure_stands_in_its_place() -> None:
    bad = read_text("这一页会炸裂，甲药业签约。", key="bad.txt")
    first, second, third = extract_documents([*documents(1), bad, *documents(1)])
    assert isinstance(second, ReadFailure)
    assert first == third


def test_nothing_to_extract() -> None:
    assert extract_documents([], workers=8) == []


def test_a_process_that_dies_is_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(many, "_extract", _die)
    monkeypatch.setattr(many, "_WORTH_A_PROCESS", 1)
    with pytest.raises(KgError, match="a process that extracts pages died"):
        extract_documents(documents(4), workers=2)


def _die(document: Document) -> None:
    os._exit(9)
