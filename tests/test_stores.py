"""Stores: a folder, memory and a SPARQL server behave alike, and say what is wrong when something is."""

import io
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat

from kg.errors import StoreError
from kg.graph import Store, open_store
from kg.graph.stores import Solutions
from kg.graph.stores.endpoint import Layout
from kg.query import list_queries, run_named
from tests.graph_samples import annotated, build
from tests.query_examples import ALL_PAGES, calls
from tests.sparql_server import oxigraph_server

G, H, S, P = (NamedNode(f"https://example.org/{name}") for name in "ghsp")


def quad(value: str, graph: NamedNode = G) -> Quad:
    return Quad(S, P, Literal(value), graph)


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with oxigraph_server() as url:
        yield url


@pytest.fixture(params=["memory", "folder", "server"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    if request.param == "memory":
        yield open_store("memory:")
    elif request.param == "folder":
        yield open_store(tmp_path / "store", create=True)
    else:
        remote = open_store(request.getfixturevalue("server"))
        for graph in remote.graphs():
            remote.drop_graph(graph)
        with remote:
            yield remote


def test_graphs_are_written_replaced_and_dropped(store: Store) -> None:
    store.extend([quad("a"), quad("b"), quad("c", H)])
    assert len(store) == 3
    assert store.graphs() == [G, H]
    store.replace_graph(G, [quad("d")])
    assert set(store.quads()) == {quad("d"), quad("c", H)}
    assert list(store.quads(H)) == [quad("c", H)]
    store.drop_graph(H)
    store.drop_graph(NamedNode("https://example.org/none"))
    assert store.graphs() == [G]


def test_queries_of_every_form_are_answered(store: Store) -> None:
    store.extend([quad("a"), quad("b", H)])
    answer = store.query("SELECT ?o ?none WHERE { ?s ?p ?o } ORDER BY ?o")
    assert answer == Solutions(("o", "none"), [(Literal("a"), None), (Literal("b"), None)])
    assert store.query("ASK { ?s ?p 'a' }") is True
    assert store.query("ASK { ?s ?p 'z' }") is False
    assert store.query("CONSTRUCT { ?s rdfs:label ?o } WHERE { GRAPH ?g { ?s ?p ?o } FILTER(?o = 'a') }") == [
        ox.Triple(S, NamedNode("http://www.w3.org/2000/01/rdf-schema#label"), Literal("a"))
    ]
    store.update("INSERT DATA { GRAPH <https://example.org/h> { <https://example.org/s> rdfs:label 'x' } }")
    assert store.query("ASK { ?s rdfs:label 'x' }") is True


def test_what_is_no_sparql_is_a_syntax_error_with_its_place(store: Store) -> None:
    with pytest.raises(SyntaxError, match="at 2:"):
        store.query("SELECT ?s WHERE {\n ?s rdfs:label 'a' ;; }}")
    with pytest.raises(SyntaxError):
        store.update("INSERT { skos:a }")


def test_files_are_loaded_and_the_dataset_dumped(store: Store, tmp_path: Path) -> None:
    (tmp_path / "in.trig").write_text(
        "<https://example.org/g> { <https://example.org/s> <https://example.org/p> 'é' }", "utf-8"
    )
    store.load(tmp_path / "in.trig")
    output = io.BytesIO()
    store.dump(output)
    assert list(ox.parse(output.getvalue(), format=RdfFormat.N_QUADS)) == [quad("é")]
    (tmp_path / "bad.nq").write_text("<a> b")
    with pytest.raises(StoreError, match="well formed"):
        store.load(tmp_path / "bad.nq")
    with pytest.raises(StoreError, match=r"missing\.nq"):
        store.load(tmp_path / "missing.nq")
    with pytest.raises(StoreError, match=r"x\.docx.*\.trig"):
        store.load(tmp_path / "x.docx")
    assert len(store) == 1


def test_a_build_gives_the_same_graph_and_rows_everywhere(store: Store) -> None:
    items = annotated(ALL_PAGES)
    build(store, items[:2])
    build(store, items)
    expected = open_store("memory:")
    build(expected, items)
    assert set(store.quads()) == set(expected.quads())
    answered = set()
    for name, params in calls():
        found = run_named(store, name, params).rows
        assert found == run_named(expected, name, params).rows, (name, params)
        answered |= {name} if found else set()
    assert answered == {query.name for query in list_queries()}, "a query without rows compares nothing"


# --- folders


def test_a_folder_is_made_by_writing_only(tmp_path: Path) -> None:
    path = tmp_path / "new" / "store"
    with pytest.raises(StoreError, match=r"no store at .*kg build"):
        open_store(path)
    store = open_store(path, create=True)
    assert not path.exists()
    assert len(store) == 0
    store.extend([quad("a")])
    assert len(open_store(path)) == 1


def test_other_things_are_not_taken_for_a_store(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("x")
    for create in (False, True):
        with pytest.raises(StoreError, match="is not a store"):
            open_store(tmp_path, create=create)
        with pytest.raises(StoreError, match="is a file"):
            open_store(tmp_path / "letter.txt", create=create)
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "CURRENT").write_text("nonsense")
    with pytest.raises(StoreError, match="cannot be opened"):
        open_store(tmp_path / "broken")
    with pytest.raises(StoreError, match="empty"):
        open_store(" ")


def test_a_locked_store_names_the_folder_and_can_still_be_read(tmp_path: Path) -> None:
    path = tmp_path / "store"
    open_store(path, create=True).extend([quad("a")])
    holder = subprocess.Popen(
        [
            sys.executable,
            "-c",
            f"import pyoxigraph, sys; s = pyoxigraph.Store({str(path)!r}); print(1, flush=True); "
            "sys.stdin.read()",
        ],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert holder.stdout is not None
    holder.stdout.readline()
    try:
        store = open_store(path)
        assert len(store) == 1
        with pytest.raises(StoreError, match=rf"{path} is locked"):
            store.extend([quad("b")])
    finally:
        holder.communicate()
    store.extend([quad("b")])
    assert len(store) == 2


def test_two_writers_at_once_are_refused_even_on_a_new_store(tmp_path: Path) -> None:
    path = tmp_path / "store"
    with open_store(path, create=True).writing() as first:
        first.extend([quad("a")])
        with pytest.raises(StoreError, match="is locked"):
            open_store(path, create=True).extend([quad("b")])
    assert list(open_store(path).quads()) == [quad("a")]


def test_a_failed_write_leaves_the_store_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "store"
    store = open_store(path, create=True)
    store.extend([quad("a")])

    def write_and_fail() -> None:
        with store.writing() as target:
            target.extend([quad("b")])
            target.drop_graph(G)
            raise RuntimeError("disk full")

    with pytest.raises(RuntimeError, match="disk full"):
        write_and_fail()
    assert list(store.quads()) == [quad("a")]
    assert list(open_store(path).quads()) == [quad("a")]
    assert [entry.name for entry in tmp_path.iterdir()] == ["store"]


def test_what_a_killed_build_left_behind_goes(tmp_path: Path) -> None:
    path = tmp_path / "store"
    open_store(path, create=True).extend([quad("a")])
    ox.Store(tmp_path / ".store.writing").add(quad("half"))
    open_store(path).extend([quad("b")])
    assert set(open_store(path).quads()) == {quad("a"), quad("b")}
    assert [entry.name for entry in tmp_path.iterdir()] == ["store"]


def test_a_build_that_is_killed_while_it_changes_places_loses_nothing(tmp_path: Path) -> None:
    path = tmp_path / "store"
    open_store(path, create=True).extend([quad("a")])
    path.rename(tmp_path / ".store.old")  # what it did …
    ox.Store(tmp_path / ".store.writing").add(quad("b"))  # … and what it was about to put there
    assert list(open_store(path).quads()) == [quad("a")]
    open_store(path).extend([quad("c")])
    assert set(open_store(path).quads()) == {quad("a"), quad("c")}
    assert [entry.name for entry in tmp_path.iterdir()] == ["store"]


def test_a_reader_keeps_what_it_opened_while_another_writes(tmp_path: Path) -> None:
    path = tmp_path / "store"
    open_store(path, create=True).extend([quad("a")])
    reader = open_store(path)
    with open_store(path).writing() as target:
        target.extend([quad("b")])
        assert len(reader) == 1
    assert len(reader) == 1
    assert len(open_store(path)) == 2


def test_a_closed_store_says_so(tmp_path: Path) -> None:
    with open_store("memory:") as store:
        store.extend([quad("a")])
    with pytest.raises(StoreError, match="closed"):
        store.query("ASK {}")


# --- servers


def test_what_is_no_sparql_server_is_reported(tmp_path: Path) -> None:
    with oxigraph_server() as url, pytest.raises(StoreError, match="refused: status 404"):
        open_store(f"{url}/nowhere/sparql").query("ASK {}")


@pytest.mark.parametrize(
    ("url", "layout"),
    [
        (
            "http://h:1/",
            Layout(
                "http://h:1/query", "http://h:1/update", "http://h:1/store", "http://h:1/store?no_transaction"
            ),
        ),
        (
            "http://h/query",
            Layout("http://h/query", "http://h/update", "http://h/store", "http://h/store?no_transaction"),
        ),
        (
            "http://h/ds",
            Layout("http://h/ds/query", "http://h/ds/update", "http://h/ds/data", "http://h/ds/data"),
        ),
        (
            "http://h/sparql",
            Layout("http://h/sparql", "http://h/sparql-auth", "http://h/sparql-graph-crud-auth", None),
        ),
    ],
)
def test_the_services_follow_from_the_address(url: str, layout: Layout) -> None:
    assert Layout.of(url, authenticated=True) == layout


def test_credentials_are_not_shown() -> None:
    store = open_store("http://user:secret@127.0.0.1:9/sparql")
    assert "secret" not in store.name
    with pytest.raises(StoreError) as caught:
        store.query("ASK {}")
    assert "secret" not in str(caught.value)
