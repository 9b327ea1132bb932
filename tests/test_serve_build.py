"""Readers while a build writes: every answer is whole, of the old store or of the new one, and none fails."""

import json
import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from kg.graph import open_store
from kg.serve.workers import Current, version
from tests.graph_samples import MORE_PAGES, PAGES, annotated, build
from tests.kg_server import build_pages, kg_server
from tests.sparql_server import oxigraph_server

ROOT = Path(__file__).resolve().parent.parent
PAGES_OF_SMALL, PAGES_OF_LARGE = 4, 6
ENTITIES = """SELECT (COUNT(DISTINCT ?page) AS ?pages) (COUNT(?s) AS ?statements) WHERE {
  GRAPH ?page { ?page a kg:Document . OPTIONAL { ?s a kg:Statement } } }"""
#: Builds the two sets of pages in turn, in a process of its own, as ``kg build`` writes.
WRITER = """
import sys
from kg.graph import open_store
from tests.graph_samples import MORE_PAGES, PAGES, annotated, build
for turn in range(int(sys.argv[2])):
    with open_store(sys.argv[1]) as store:
        build(store, annotated(PAGES + MORE_PAGES if turn % 2 else PAGES))
"""


def pages_and_statements(server):
    reply = server.query(ENTITIES)
    assert reply.status == 200, reply.text
    row = json.loads(reply.body)["results"]["bindings"][0]
    return int(row["pages"]["value"]), int(row["statements"]["value"])


def test_readers_see_whole_stores_while_builds_replace_them(tmp_path):
    store = build_pages(tmp_path / "store")
    seen, faults = set(), []
    with kg_server(store, "--workers", "2") as server:
        large = pages_and_statements(server)
        done = threading.Event()

        def read():
            while not done.is_set():
                try:
                    seen.add(pages_and_statements(server))
                except (AssertionError, OSError) as err:
                    faults.append(repr(err))

        readers = [threading.Thread(target=read) for _ in range(3)]
        for reader in readers:
            reader.start()
        env = {**os.environ, "PYTHONPATH": str(ROOT)}
        subprocess.run([sys.executable, "-c", WRITER, str(store), "11"], check=True, env=env, timeout=120)
        done.set()
        for reader in readers:
            reader.join()
        small = pages_and_statements(server)
    assert faults == []
    assert (large[0], small[0]) == (PAGES_OF_LARGE, PAGES_OF_SMALL)
    assert seen <= {large, small}
    assert len(seen) == 2


def test_the_next_request_sees_what_a_build_wrote(tmp_path):
    store = tmp_path / "store"
    with open_store(store, create=True) as opened:
        build(opened, annotated(PAGES))
    with kg_server(store, "--workers", "1") as server:
        assert pages_and_statements(server)[0] == PAGES_OF_SMALL
        with open_store(store) as opened:
            build(opened, annotated(PAGES + MORE_PAGES))
        assert pages_and_statements(server)[0] == PAGES_OF_LARGE


def test_a_store_that_is_just_being_replaced_is_read_as_it_was(tmp_path):
    store = build_pages(tmp_path / "store")
    current = Current(str(store))
    before, known = current.store, version(str(store))
    store.rename(tmp_path / "aside")
    assert version(str(store)) is None
    assert current.store is before
    (tmp_path / "aside").rename(store)
    assert known != version(str(store))
    assert current.store is not before


def test_several_are_answered_at_the_same_time(tmp_path):
    slow = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
    with kg_server(build_pages(tmp_path / "store"), "--workers", "2", "--timeout", "8") as server:
        waiting = threading.Thread(target=server.query, args=(slow,))
        waiting.start()
        time.sleep(0.5)
        assert pages_and_statements(server)[0] == PAGES_OF_LARGE
        assert waiting.is_alive()
        waiting.join()


@pytest.mark.parametrize(
    ("store", "words"), [("missing", "there is no store"), ("memory:", "nothing to serve")]
)
def test_what_cannot_be_served_is_said_at_once(tmp_path, store, words):
    name = store if store == "memory:" else str(tmp_path / store)
    done = subprocess.run(
        [sys.executable, "-m", "kg", "serve", "--store", name, "--port", "0"],
        capture_output=True, encoding="utf-8", timeout=60, check=False, cwd=ROOT,
    )  # fmt: skip
    assert (done.returncode, words in done.stderr) == (1, True)


def test_a_port_that_is_taken_is_said_at_once(tmp_path):
    store = build_pages(tmp_path / "store")
    with kg_server(store) as server:
        port = server.address.rstrip("/").rpartition(":")[2]
        done = subprocess.run(
            [sys.executable, "-m", "kg", "serve", "--store", str(store), "--port", port],
            capture_output=True, encoding="utf-8", timeout=60, check=False, cwd=ROOT,
        )  # fmt: skip
    assert (done.returncode, "cannot listen on" in done.stderr) == (1, True)


def test_a_store_on_another_server_is_served_too():
    with oxigraph_server() as address:
        with open_store(address) as remote:
            build(remote, annotated(PAGES + MORE_PAGES))
        with kg_server(address) as server:
            assert pages_and_statements(server)[0] == PAGES_OF_LARGE
            assert "蓝鲸诊断" in server.ask("search?go=1&q=蓝鲸诊断", Accept="text/html").text
            graph = server.query("CONSTRUCT { ?a kg:signsWith ?b } WHERE { ?a kg:signsWith ?b }")
            assert (graph.status, graph.kind) == (200, "text/turtle")
            assert json.loads(server.query("ASK { ?s a kg:Park }").body)["boolean"] is True
            assert "FROM" in server.query("ASK {}", **{"default-graph-uri": "urn:x"}).text


@pytest.mark.slow
def test_kg_build_itself_runs_while_the_store_is_served(tmp_path):
    sources = sorted((ROOT / "data" / "samples" / "pages").iterdir())
    store = tmp_path / "store"

    def run_build(*pages):
        done = subprocess.run(
            [sys.executable, "-m", "kg", "build", *map(str, pages), "--store", str(store)],
            capture_output=True, encoding="utf-8", timeout=120, check=False, cwd=ROOT,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr

    run_build(sources[0])
    with kg_server(store) as server:
        before = pages_and_statements(server)
        seen, done = set(), threading.Event()

        def read():
            while not done.is_set():
                seen.add(pages_and_statements(server))

        reader = threading.Thread(target=read)
        reader.start()
        run_build(*sources[:3])
        done.set()
        reader.join()
        after = pages_and_statements(server)
    assert (before[0], after[0]) == (1, 3)
    assert before in seen
    assert seen <= {before, after}
