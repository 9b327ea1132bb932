"""Text made fit for formats that cannot hold every character or that run what looks like a formula."""

from __future__ import annotations

import re

_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff￾￿]")
_FORMULA = re.compile(r"^[\s\x00]*[=+\-@]")
#: Characters that a cell of a spreadsheet holds.
CELL_LIMIT = 32_767


def for_xml(text: str) -> str:
    """Without the characters that XML 1.0 forbids."""
    return _NOT_XML.sub(" ", text)


def for_cell(text: str) -> str:
    """Fit for a spreadsheet cell: no forbidden characters, no longer than a cell holds."""
    return for_xml(text)[:CELL_LIMIT]


def against_formulas(text: str) -> str:
    """With an apostrophe before what a spreadsheet would run as a formula when it opens a CSV file
    (CWE-1236).
    """
    return "'" + text if _FORMULA.match(text) else text
