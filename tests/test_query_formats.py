"""Results as table, csv, tsv, json and jsonl: each is read back by a reader of its own."""

import csv
import io
import json

import pyoxigraph as ox
import pytest
from pyoxigraph import BlankNode, Literal, NamedNode

from kg.errors import QueryError
from kg.query import FORMATS, Table, run_sparql, write_result
from kg.query.run import SparqlResult
from tests.graph_samples import sample_store

HOSTILE = 'a"b,c\nd\te\\f<script>é🎉'
TABLE = Table(
    ("name", "n", "when", "who"),
    [
        (
            Literal(HOSTILE),
            Literal(3),
            Literal("2024-05", datatype=NamedNode("http://www.w3.org/2001/XMLSchema#gYearMonth")),
            NamedNode("https://example.org/甲"),
        ),
        (
            Literal("甲", language="zh"),
            None,
            Literal("2.50", datatype=NamedNode("http://www.w3.org/2001/XMLSchema#decimal")),
            BlankNode("b"),
        ),
    ],
)


def text_of(result: SparqlResult, form: str) -> str:
    output = io.StringIO()
    write_result(result, output, format=form)
    return output.getvalue()


def test_csv_is_read_back_by_the_csv_module() -> None:
    rows = list(csv.reader(io.StringIO(text_of(TABLE, "csv"))))
    assert rows == [
        ["name", "n", "when", "who"],
        [HOSTILE, "3", "2024-05", "https://example.org/甲"],
        ["甲", "", "2.50", "_:b"],
    ]


@pytest.mark.parametrize(
    ("form", "reader"), [("json", ox.QueryResultsFormat.JSON), ("tsv", ox.QueryResultsFormat.TSV)]
)
def test_standard_formats_are_read_back_by_a_sparql_client(form: str, reader: ox.QueryResultsFormat) -> None:
    solutions = ox.parse_query_results(text_of(TABLE, form).encode(), format=reader)
    assert isinstance(solutions, ox.QuerySolutions)
    assert tuple(v.value for v in solutions.variables) == TABLE.columns
    assert tuple(next(iter(solutions))) == TABLE.rows[0]


def test_json_lines_are_plain_records() -> None:
    lines = [json.loads(line) for line in text_of(TABLE, "jsonl").splitlines()]
    assert lines[0] == {"name": HOSTILE, "n": 3, "when": "2024-05", "who": "https://example.org/甲"}
    assert lines[1]["when"] == 2.5


def test_the_table_shows_text_as_text() -> None:
    table = Table(("name", "n"), [(Literal("[red]x[/red] \x1b[31m:smile:"), Literal(3))])
    shown = text_of(table, "table")
    assert "[red]x[/red]" in shown
    assert ":smile:" in shown
    assert "\x1b" not in shown
    assert text_of(Table(("a",), []), "table").strip().startswith("a")


def test_yes_or_no_and_triples_have_every_format() -> None:
    triples = run_sparql(sample_store(), "CONSTRUCT { ?a a kg:Agreement } WHERE { ?a a kg:Agreement }")
    for form in FORMATS:
        assert "true" in text_of(True, form)
        assert text_of(triples, form)
    assert json.loads(text_of(False, "json")) == {"head": {}, "boolean": False}
    assert len(list(ox.parse(text_of(triples, "table"), format=ox.RdfFormat.TURTLE))) == 7
    assert len(list(ox.parse(text_of(triples, "csv"), format=ox.RdfFormat.N_TRIPLES))) == 7
    assert json.loads(text_of(triples, "json"))


def test_an_unknown_format_is_named() -> None:
    with pytest.raises(QueryError, match=r"'xml'.*csv"):
        text_of(TABLE, "xml")
