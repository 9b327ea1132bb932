"""Literals with the right XSD datatype: partial dates and numbers."""

from __future__ import annotations

import math
import re
from decimal import Decimal

from pyoxigraph import Literal

from kg.graph.terms import XSD

_DATE_TYPES = {
    "gYear": re.compile(r"\d{4}"),
    "gYearMonth": re.compile(r"\d{4}-\d{2}"),
    "date": re.compile(r"\d{4}-\d{2}-\d{2}"),
    "gMonthDay": re.compile(r"--\d{2}-\d{2}"),
}


def partial_date(value: str) -> Literal:
    """A date as exact as it is known: 2025-05-28, 2025-05, 2025 or --05-28 (the day of an unknown year).

    Raises ValueError for any other form.
    """
    for datatype, form in _DATE_TYPES.items():
        if form.fullmatch(value):
            return Literal(value, datatype=XSD[datatype])
    raise ValueError(f"not a date of the annotation form: {value!r}")


def number(value: float) -> Literal:
    """A number as xsd:decimal without an exponent; what is not finite as xsd:double."""
    if not math.isfinite(value):
        return Literal("NaN" if math.isnan(value) else "INF" if value > 0 else "-INF", datatype=XSD.double)
    plain = format(Decimal(repr(value)), "f")
    if "." in plain:
        plain = plain.rstrip("0").rstrip(".")
    return Literal(plain, datatype=XSD.decimal)


def integer(value: int) -> Literal:
    """A whole number as xsd:integer."""
    return Literal(str(value), datatype=XSD.integer)
