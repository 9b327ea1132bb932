"""Writes query results: table, csv, tsv, json (SPARQL 1.1 Query Results JSON) and jsonl.

Triples (CONSTRUCT, DESCRIBE) have no rows: table and json show Turtle and JSON-LD, the others N-Triples.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import TextIO

import pyoxigraph as ox
from pyoxigraph import BlankNode, Literal, NamedNode
from rich import box
from rich.console import Console
from rich.table import Table as RichTable
from rich.text import Text

from kg.errors import QueryError
from kg.graph.stores.base import Term
from kg.graph.terms import PREFIXES
from kg.query.run import SparqlResult
from kg.query.table import Table

_STRING = "http://www.w3.org/2001/XMLSchema#string"
_LANG_STRING = "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString"


def write_result(
    result: SparqlResult, output: TextIO, *, format: str = "table", width: int | None = None
) -> None:
    """Write a result in one of FORMATS; QueryError for another.

    width: columns of the terminal for the table; None lets long cells run on.
    """
    writer = FORMATS.get(format)
    if writer is None:
        raise QueryError(f"unknown format {format!r}; choose {', '.join(FORMATS)}")
    if isinstance(result, list):
        output.write(_triples(result, format))
    elif isinstance(result, bool):
        output.write(
            json.dumps({"head": {}, "boolean": result}) + "\n"
            if format in ("json", "jsonl")
            else f"{str(result).lower()}\n"
        )
    elif format == "table":
        _rich(result, output, width)
    else:
        writer(result, output)


def _rich(table: Table, output: TextIO, width: int | None) -> None:
    shown = RichTable(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False)
    rows = table.values()
    for index, column in enumerate(table.columns):
        numeric = any(row[index] is not None for row in rows) and all(
            isinstance(row[index], int | Decimal | None) for row in rows
        )
        shown.add_column(Text(column), justify="right" if numeric else "left", overflow="fold")
    for row in rows:
        shown.add_row(*(Text(_printable("" if value is None else str(value))) for value in row))
    console = Console(file=output, width=width or 10_000, highlight=False, emoji=False, markup=False)
    console.print(shown)


def _printable(value: str) -> str:
    """Without control characters: what a page says must not drive the terminal."""
    return "".join(c if c.isprintable() else " " for c in value)


def _csv(table: Table, output: TextIO) -> None:
    """RFC 4180 with \\n line ends (SPARQL 1.1 Query Results CSV)."""
    writer = csv.writer(output, lineterminator="\n")
    writer.writerow(table.columns)
    writer.writerows([["" if value is None else value for value in row] for row in table.values()])


def _tsv(table: Table, output: TextIO) -> None:
    """SPARQL 1.1 Query Results TSV: terms in Turtle's form."""
    output.write("\t".join(f"?{name}" for name in table.columns) + "\n")
    for row in table.rows:
        output.write("\t".join("" if term is None else _turtle(term) for term in row) + "\n")


def _turtle(term: Term) -> str:
    return str(term).replace("\t", "\\t")


def _json(table: Table, output: TextIO) -> None:
    rows = [
        {name: _json_term(term) for name, term in zip(table.columns, row, strict=True) if term is not None}
        for row in table.rows
    ]
    json.dump(
        {"head": {"vars": list(table.columns)}, "results": {"bindings": rows}},
        output,
        ensure_ascii=False,
        indent=1,
    )
    output.write("\n")


def _json_term(term: Term) -> dict[str, object]:
    if isinstance(term, NamedNode):
        return {"type": "uri", "value": term.value}
    if isinstance(term, BlankNode):
        return {"type": "bnode", "value": term.value}
    if isinstance(term, Literal):
        described: dict[str, object] = {"type": "literal", "value": term.value}
        if term.language:
            described["xml:lang"] = term.language
        elif term.datatype.value not in (_STRING, _LANG_STRING):
            described["datatype"] = term.datatype.value
        return described
    parts = {"subject": term.subject, "predicate": term.predicate, "object": term.object}
    return {"type": "triple", "value": {name: _json_term(part) for name, part in parts.items()}}


def _jsonl(table: Table, output: TextIO) -> None:
    for record in table.records():
        output.write(json.dumps(record, ensure_ascii=False, default=_json_number) + "\n")


def _json_number(value: object) -> int | float:
    if not isinstance(value, Decimal):
        raise TypeError(f"no JSON form for {value!r}")
    return int(value) if value == value.to_integral_value() else float(value)


def _triples(triples: list[tuple[Term, Term, Term]], format: str) -> str:
    rdf = {"table": ox.RdfFormat.TURTLE, "json": ox.RdfFormat.JSON_LD}.get(format, ox.RdfFormat.N_TRIPLES)
    statements = [ox.Triple(s, p, o) for s, p, o in triples]  # type: ignore[arg-type]
    prefixes = PREFIXES if rdf == ox.RdfFormat.TURTLE else None
    return (ox.serialize(statements, format=rdf, prefixes=prefixes) or b"").decode("utf-8")


def _table(table: Table, output: TextIO) -> None:
    _rich(table, output, None)


#: Writers of tables, by the name of the format.
FORMATS: Mapping[str, Callable[[Table, TextIO], None]] = MappingProxyType(
    {"table": _table, "csv": _csv, "tsv": _tsv, "json": _json, "jsonl": _jsonl}
)
