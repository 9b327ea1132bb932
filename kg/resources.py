"""Finds the project's data files (lexicons, ontology, samples, models) wherever the package is installed."""

import csv
from collections.abc import Iterator
from functools import cache
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


@cache
def root() -> Path:
    """Folder that holds ``data`` and ``ontology``.

    In a wheel they are copied to ``kg/_resources``; in a checkout they stand beside the package.
    """
    installed = _PACKAGE / "_resources"
    return installed if installed.is_dir() else _PACKAGE.parent


def data(*parts: str) -> Path:
    """Path of a file under ``data/``."""
    return root().joinpath("data", *parts)


def ontology(*parts: str) -> Path:
    """Path of a file under ``ontology/``."""
    return root().joinpath("ontology", *parts)


def read_tsv(path: Path) -> Iterator[dict[str, str]]:
    """Rows of a lexicon: UTF-8, tab separated, one header line; lines that start with ``#`` are comments.

    Cells are stripped; short rows are padded with empty strings.
    """
    with path.open(encoding="utf-8", newline="") as handle:
        lines = (line for line in handle if line.strip() and not line.startswith("#"))
        for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE, restval=""):
            yield {key: (value or "").strip() for key, value in row.items() if key}
