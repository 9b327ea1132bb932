"""Exports in RDF come back whole, and other readers of RDF understand them."""

import json
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from click.testing import CliRunner, Result
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat

from kg.cli import main
from kg.graph import Store, open_store
from kg.graph.terms import KG, RDF
from tests.export_samples import hostile_store, written
from tests.graph_samples import sample_store
from tests.sparql_server import oxigraph_server


@pytest.fixture(scope="module")
def store() -> Store:
    return sample_store()


@pytest.fixture(scope="module")
def hostile() -> Store:
    return hostile_store()


@pytest.mark.parametrize("form", ["nquads", "trig", "jsonld"])
def test_a_dataset_comes_back_whole(store: Store, hostile: Store, tmp_path: Path, form: str) -> None:
    for number, source in enumerate((store, hostile)):
        path = written(source, tmp_path / str(number), form)
        again = open_store(tmp_path / f"store-{number}", create=True)
        again.load(path)
        assert set(again.quads()) == set(source.quads())


@pytest.mark.parametrize("form", ["nquads", "trig", "jsonld"])
def test_a_server_gives_back_what_it_was_given(store: Store, tmp_path: Path, form: str) -> None:
    path = written(store, tmp_path, form)
    with oxigraph_server() as url:
        remote = open_store(url)
        remote.load(path)
        assert set(remote.quads()) == set(store.quads())
        back = open_store("memory:")
        back.load(written(remote, tmp_path / "back", form))
        assert set(back.quads()) == set(store.quads())


def test_files_are_imported_together_or_not_at_all(store: Store, tmp_path: Path) -> None:
    def kg(*arguments: object) -> Result:
        return CliRunner().invoke(main, [str(a) for a in arguments])

    target = tmp_path / "new" / "store"
    done = kg("import", written(store, tmp_path, "trig"), "--store", target)
    assert (done.exit_code, done.stdout) == (0, "")
    assert f"{len(store)} quads added" in done.stderr
    assert set(open_store(target).quads()) == set(store.quads())
    (tmp_path / "good.nq").write_text(
        '<https://a.example/s> <https://a.example/p> "x" <https://a.example/g> .'
    )
    (tmp_path / "bad.nq").write_text("<https://a.example/s> <https://a.example/p> .")
    done = kg("import", tmp_path / "good.nq", tmp_path / "bad.nq", "--store", target)
    assert (done.exit_code, done.stdout) == (1, "")
    assert "bad.nq is not well formed" in done.stderr
    assert set(open_store(target).quads()) == set(store.quads())
    assert "there is no such file" in kg("import", tmp_path / "none.nq", "--store", target).stderr
    assert kg("import", "--store", target).exit_code == 2


@pytest.mark.filterwarnings("ignore:Dataset.default_context:DeprecationWarning")  # both within rdflib itself
@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")
@pytest.mark.parametrize(("form", "name"), [("nquads", "nquads"), ("trig", "trig"), ("jsonld", "json-ld")])
def test_rdflib_reads_the_dataset_too(store: Store, tmp_path: Path, form: str, name: str) -> None:
    dataset = rdflib.Dataset()
    dataset.parse(written(store, tmp_path, form), format=name)
    assert len({tuple(map(str, quad)) for quad in dataset.quads() if quad[3]}) == len(store)


def test_turtle_has_every_triple_once(store: Store, hostile: Store, tmp_path: Path) -> None:
    for source in (store, hostile):
        triples = [
            quad.triple
            for quad in ox.parse(path=written(source, tmp_path, "turtle"), format=RdfFormat.TURTLE)
        ]
        assert set(triples) == {quad.triple for quad in source.quads()}
        assert len(triples) == len(set(triples))
    assert len(rdflib.Graph().parse(written(store, tmp_path, "turtle"))) == len(
        {q.triple for q in store.quads()}
    )


def test_json_ld_uses_the_words_of_the_context(store: Store, tmp_path: Path) -> None:
    data = json.loads(written(store, tmp_path, "jsonld").read_text("utf-8"))
    nodes = [node for graph in data["@graph"] for node in graph["@graph"]]
    (agreement,) = [
        n for n in nodes if n.get("@type") == "Agreement" and "amount" in n and n["amount"] == "240000000"
    ]
    assert agreement["status"] == "ags:signed"
    assert agreement["currency"] == "CNY"
    assert agreement["date"] == {"@value": "2024-05-18", "@type": "xsd:date"}
    assert all(":" not in key or key.startswith("@") for node in nodes for key in node), (
        "a property without a word"
    )


def test_quads_of_others_are_exported_too(tmp_path: Path) -> None:
    store = open_store("memory:")
    s, p = NamedNode("https://example.org/s"), NamedNode("https://example.org/p")
    blank = ox.BlankNode("b")
    store.extend(
        [
            Quad(s, p, blank, s),
            Quad(blank, p, Literal("x", language="zh"), s),
            Quad(s, p, Literal("d")),
            Quad(s, p, Literal("2", datatype=NamedNode("https://example.org/t"))),
            Quad(s, RDF.type, KG.Firm),
        ]
    )
    for form, reader in (("jsonld", RdfFormat.JSON_LD), ("trig", RdfFormat.TRIG)):
        back = ox.Dataset(ox.parse(path=written(store, tmp_path, form), format=reader))
        there = ox.Dataset(store.quads())
        for dataset in (back, there):
            dataset.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
        assert back == there, form
