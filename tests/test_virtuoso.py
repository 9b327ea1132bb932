"""A store on a server of another make: Virtuoso gives back the same quads and the same rows."""

from pathlib import Path

import pytest

from kg.errors import StoreError
from kg.graph import open_store
from kg.graph.validate import validate
from kg.query import run_named
from tests.graph_samples import annotated, build
from tests.query_examples import ALL_PAGES, calls
from tests.virtuoso_server import virtuoso_server


@pytest.mark.slow
def test_virtuoso_holds_the_same_graph_and_gives_the_same_rows(tmp_path: Path) -> None:
    expected = open_store("memory:")
    build(expected, annotated(ALL_PAGES))
    with virtuoso_server(tmp_path) as url:
        store = open_store(url)
        build(store, annotated()[:2])
        assert build(store, annotated(ALL_PAGES)).unchanged >= 1
        own = [graph for graph in store.graphs() if "/health-industry-kg/" in graph.value]
        assert {quad for graph in own for quad in store.quads(graph)} == set(expected.quads())
        for name, params in calls():
            found = run_named(store, name, params).values()
            assert found == run_named(expected, name, params).values(), (name, params)
        store.update("DELETE { GRAPH ?g { ?q kg:unit ?u } } WHERE { GRAPH ?g { ?q kg:unit ?u } }")
        expected.update("DELETE { GRAPH ?g { ?q kg:unit ?u } } WHERE { GRAPH ?g { ?q kg:unit ?u } }")
        report = validate(expected).text("zh")
        assert "数字必须有且仅有一个单位" in report
        assert validate(store).text("zh") == report
        with pytest.raises(StoreError, match="credentials"):
            open_store(url.replace("dba:dba", "dba:wrong")).drop_graph(own[0])
        assert own[0] in store.graphs()
