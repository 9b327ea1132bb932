"""Runs named queries and SPARQL texts. Values of parameters go in as serialised RDF terms, never as text."""

from __future__ import annotations

import re
from collections.abc import Mapping
from difflib import get_close_matches

from pyoxigraph import Literal, NamedNode

from kg.errors import QueryError
from kg.graph.literals import number
from kg.graph.stores.base import Solutions, Store, Term
from kg.query.catalogue import NamedQuery, Parameter, get_query, slot
from kg.query.entities import find_entities, near_names
from kg.query.table import Table

#: What a SPARQL text may give: rows, yes or no, or triples.
SparqlResult = Table | bool | list[tuple[Term, Term, Term]]

_SEPARATOR = "、"  # between the names of a list cell, as readers see it
_RAW_SEPARATOR = " | "  # as the queries write it: some servers garble any other character there
_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
_NUMBER = re.compile(r"-?\d+(\.\d+)?")
_COMPLAINT = 100
_POSITION = re.compile(r"at (\d+):(\d+)")


def run_named(store: Store, name: str, params: Mapping[str, str] | None = None) -> Table:
    """Run a named query.

    params: values as text. An entity is named by any of its names: exactly, or else by a part of one; a
    name that nothing bears gives no rows and a note. Raises QueryError for an unknown query, an unknown or
    missing parameter, or a value of the wrong form, and StoreError when the store cannot answer.
    """
    query = get_query(name)
    columns = tuple(c.name for c in query.columns)
    text, notes = with_values(store, query, params or {})
    if text is None:
        return Table(columns, [], notes)
    answer = store.query(text)
    if not isinstance(answer, Solutions):
        raise QueryError(f"{name}.rq is not a SELECT query")
    order = [answer.variables.index(column.name) for column in query.columns]
    many = [column.many for column in query.columns]
    rows = [
        tuple(_sorted(row[i]) if m else row[i] for i, m in zip(order, many, strict=True))
        for row in answer.rows
    ]
    return Table(columns, rows, notes)


def with_values(
    store: Store, query: NamedQuery, params: Mapping[str, str]
) -> tuple[str | None, tuple[str, ...]]:
    """The SPARQL of a named query with the values of its parameters, and notes for the reader.

    There is no text where a name leads to no entity, for then there are no rows. Raises QueryError for an
    unknown or missing parameter, or a value of the wrong form.
    """
    _check_names(query, params)
    text = query.text
    for parameter in query.parameters:
        if parameter.name not in params:
            continue
        terms = _terms(store, query, parameter, params[parameter.name])
        if parameter.kind == "entity" and not terms:
            return None, (_nothing_found(store, parameter, params[parameter.name]),)
        values = " ".join(map(str, terms))
        text = slot(parameter.name).sub(
            lambda _, name=parameter.name, values=values: (  # type: ignore[misc]
                f"VALUES ?given_{name} {{ {values} }}"
            ),
            text,
        )
    return text, ()


def run_sparql(store: Store, text: str) -> SparqlResult:
    """Run any SPARQL 1.1 query; the prefixes of the ontology need no declaration.

    Raises QueryError with line and column where the text is not SPARQL, StoreError when the store cannot
    answer.
    """
    try:
        answer = store.query(text)
    except SyntaxError as err:
        raise QueryError(syntax_message(text, err)) from err
    if isinstance(answer, bool):
        return answer
    if isinstance(answer, Solutions):
        return Table(answer.variables, answer.rows)
    return [(t.subject, t.predicate, t.object) for t in answer]


def _check_names(query: NamedQuery, given: Mapping[str, str]) -> None:
    known = [p.name for p in query.parameters]
    for name in given:
        if name not in known:
            near = get_close_matches(name, known, n=1)
            takes = f"it takes {', '.join(known)}" if known else "it takes none"
            raise QueryError(
                f"the query {query.name} has no parameter {name!r}; "
                + (f"did you mean {near[0]}?" if near else takes)
            )
    missing = [p for p in query.parameters if p.required and not given.get(p.name, "").strip()]
    if missing:
        first = missing[0]
        raise QueryError(f"the query {query.name} needs {first.name}=… ({first.en}; {first.zh})")


def _terms(store: Store, query: NamedQuery, parameter: Parameter, value: str) -> list[NamedNode | Literal]:
    value = value.strip()
    where = f"the query {query.name}: {parameter.name}={value}"
    match parameter.kind:
        case "entity":
            return list(find_entities(store, value, types=parameter.detail))
        case "choice" if value not in parameter.detail:
            raise QueryError(f"{where}: choose one of {', '.join(parameter.detail)}")
        case "date" if not _DATE.fullmatch(value):
            raise QueryError(f"{where}: write a date as 2025, 2025-05 or 2025-05-28")
        case "number":
            if not _NUMBER.fullmatch(value):
                raise QueryError(f"{where}: write a number, such as 0.5 or 1000000")
            return [number(float(value))]
        case _:
            return [Literal(value)]


def _nothing_found(store: Store, parameter: Parameter, value: str) -> str:
    kinds = " or ".join(parameter.detail) or "entity"
    near = near_names(store, value, types=parameter.detail)
    hint = f"; near names: {_SEPARATOR.join(near)}" if near else ""
    return f"no {kinds} bears a name that contains {value!r}{hint}"


def _sorted(term: Term | None) -> Term | None:
    """A list cell with its parts in order, for stores concatenate in any order; an empty list is empty text."""
    if not isinstance(term, Literal):
        return Literal("") if term is None else term
    return Literal(_SEPARATOR.join(sorted({part for part in term.value.split(_RAW_SEPARATOR) if part})))


def syntax_message(text: str, err: SyntaxError) -> str:
    """The parser's complaint about a query, with line, column and the line itself."""
    message = str(err.msg or err)
    place = _POSITION.search(message)
    if place is None:
        return f"not a SPARQL query: {_shortened(message)}"
    line, column = int(place[1]), int(place[2])
    lines = text.splitlines() or [""]
    shown = lines[min(max(line, 1), len(lines)) - 1]
    pointer = " " * max(column - 1, 0) + "^"
    complaint = _shortened(message[place.end() :].lstrip(": "))
    return f"not a SPARQL query: line {line}, column {column}: {complaint}\n  {shown}\n  {pointer}"


def _shortened(message: str) -> str:
    """The parser lists every character that it would have taken; nobody reads that."""
    first = message.strip().splitlines()[0] if message.strip() else "not understood"
    return first if len(first) <= _COMPLAINT else first[:_COMPLAINT].rstrip() + " …"
