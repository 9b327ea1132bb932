"""The rows that a query gives, as RDF terms and as plain values."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from pyoxigraph import BlankNode, Literal, NamedNode

from kg.graph.stores.base import Term

_XSD = "http://www.w3.org/2001/XMLSchema#"
Value = str | int | Decimal | bool | None


@dataclass(frozen=True, slots=True)
class Table:
    """Columns and rows; ``notes`` say what a reader should know beside the rows (no entity of that name, …)."""

    columns: tuple[str, ...]
    rows: list[tuple[Term | None, ...]]
    notes: tuple[str, ...] = ()

    def values(self) -> list[tuple[Value, ...]]:
        """The rows as Python values: numbers as int or Decimal, everything else as text, None where unbound."""
        return [tuple(plain(term) for term in row) for row in self.rows]

    def records(self) -> list[dict[str, Value]]:
        """The rows as dictionaries by column."""
        return [dict(zip(self.columns, row, strict=True)) for row in self.values()]

    def __len__(self) -> int:
        return len(self.rows)


def plain(term: Term | None) -> Value:
    """A term as a Python value."""
    if term is None:
        return None
    if isinstance(term, Literal):
        datatype = term.datatype.value.removeprefix(_XSD)
        try:
            if datatype == "integer":
                return int(term.value)
            if datatype == "decimal":
                return Decimal(term.value)
        except (ValueError, InvalidOperation):
            return term.value
        return term.value == "true" if datatype == "boolean" else term.value
    if isinstance(term, NamedNode):
        return term.value
    return str(term) if not isinstance(term, BlankNode) else f"_:{term.value}"
