"""Literals with the right XSD datatype: partial dates and numbers."""

from __future__ import annotations

import math
from decimal import Decimal

from pyoxigraph import Literal

from kg.graph.terms import XSD

_DATE_TYPES = {10: "date", 7: "gYearMonth", 4: "gYear"}


def partial_date(value: str) -> Literal:
    """A date as exact as it is known: 2025-05-28, 2025-05, 2025 or --05-28 (the day of an unknown year).

    Raises ValueError for any other form.
    """
    datatype = "gMonthDay" if value.startswith("--") and len(value) == 7 else _DATE_TYPES.get(len(value))
    if datatype is None:
        raise ValueError(f"not a date of the annotation form: {value!r}")
    return Literal(value, datatype=XSD[datatype])


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
