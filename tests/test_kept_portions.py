"""Derived graphs follow the pages by what changed, and by a full comparison where nothing vouches for what was kept."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from pyoxigraph import NamedNode, Quad

from kg.build import build
from kg.cli import main
from kg.graph import kept, open_store
from kg.graph.derived import PORTIONED, Portions, changes, describe, header_quads, portion_quads
from kg.graph.stores.base import Store
from kg.graph.terms import KG, OWL
from kg.resolve import DEFAULT_BASE, resolve
from tests.graph_samples import annotated
from tests.told_pages import Site

pytestmark = pytest.mark.usefixtures("told_pages_extractor")

FIRST = {
    "a": "长沙甲药业有限公司（下称甲药业）亮相。甲药业与乙药业签约，2025-05-18。",
    "b": "丁药业与戊药业签约。",
}
LATER = "上海甲药业有限公司与己药业签约。长沙甲药业有限公司（下称甲药）亮相。"


@pytest.fixture
def site(tmp_path: Path) -> Site:
    made = Site(tmp_path, FIRST)
    made.build()
    return made


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The things whose quads were made, in words; one text for each time that quads were made."""
    things: list[str] = []

    def counted(base: str, portions: Portions) -> Iterator[Quad]:
        things.append(" ".join(thing for said in portions.values() for thing in said))
        return portion_quads(base, portions)

    monkeypatch.setattr(kept, "portion_quads", counted)
    return things


def is_as_fresh(site: Site) -> bool:
    return set(site.store.quads()) == set(site.afresh(remembering=True).quads())


def hold(store: Store, quads: set[Quad]) -> None:
    """Make a store hold these quads."""
    now = set(store.quads())
    store.discard(now - quads)
    store.extend(quads - now)


def test_only_quads_of_what_changed_are_made(site: Site, asked: list[str]) -> None:
    site.write("c", LATER)
    site.build()
    before, now = asked
    assert "长沙甲药业" in before and "己药业" not in before
    assert "长沙甲药业" in now and "己药业" in now
    assert not any(name in before + now for name in ("乙药业", "丁药业", "戊药业"))
    asked.clear()
    site.build()
    assert asked == []
    assert is_as_fresh(site)


def test_an_older_copy_of_the_store_is_brought_up_to_date(site: Site, asked: list[str]) -> None:
    older = set(site.store.quads())
    site.write("c", LATER)
    site.write("b", "丁药业与庚药业签约。")
    site.build()
    hold(site.store, older)
    asked.clear()
    site.build()
    assert len(asked) == 1  # all things, and the graphs compared quad by quad
    assert is_as_fresh(site)


def test_a_store_that_was_written_without_its_ledger_is_brought_up_to_date(site: Site) -> None:
    ledger = Path(site.store.name + ".pages")
    shutil.copy(ledger, site.folder / "older")
    site.write("c", LATER)
    site.build()
    shutil.copy(
        site.folder / "older", ledger
    )  # as if the build had been stopped just before it kept anything
    site.write("b", None)
    site.build()
    assert is_as_fresh(site)


def test_a_derived_graph_that_was_dropped_comes_back(site: Site) -> None:
    site.store.drop_graph(NamedNode(DEFAULT_BASE + PORTIONED[0]))
    site.build()
    assert is_as_fresh(site)


_MARKS = (KG.fingerprint.value, OWL.versionInfo.value)


def test_edits_by_hand_stay_until_all_is_written_again(site: Site) -> None:
    right = set(site.store.quads())
    # any but the marks by which a build tells whether a graph is its own
    facts = sorted((q for q in right if q.predicate.value not in _MARKS), key=str)
    lost = [next(q for q in facts if part in q.graph_name.value) for part in ("/document/", "graph/names")]  # type: ignore[union-attr]
    added = [Quad(NamedNode("urn:a"), NamedNode("urn:b"), NamedNode("urn:c"), q.graph_name) for q in lost]
    site.store.discard(lost)
    site.store.extend(added)
    site.build()
    assert set(site.store.quads()) == (right - set(lost)) | set(added)
    build([site.pages], site.store, rewrite=True)
    assert set(site.store.quads()) == right
    site.write("c", LATER)
    site.build()
    assert is_as_fresh(site)


def test_the_command_line_can_have_all_written_again(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(FIRST["a"], "utf-8")
    store = str(tmp_path / "store")

    def signed_after(*options: str) -> object:
        done = CliRunner().invoke(main, ["build", str(tmp_path / "a.txt"), "--store", store, *options])
        assert done.exit_code == 0
        with open_store(store) as held:
            return held.query("ASK { ?one kg:signsWith ?other }")

    assert signed_after() is True
    with open_store(store) as edited:
        edited.update("DELETE WHERE { GRAPH ?g { ?one kg:signsWith ?other } }")
    assert signed_after() is False
    assert signed_after("--rewrite") is True


def test_no_quad_follows_from_two_portions() -> None:
    items = [(document.key, annotation) for document, annotation in annotated()]
    portions = describe(items, resolve(items))
    quads = list(portion_quads(DEFAULT_BASE, portions))
    assert len(quads) == len(set(quads)) > 100
    assert not set(quads) & set(header_quads(DEFAULT_BASE))


def test_changes_are_both_ways() -> None:
    before: Portions = {"entities": {"a": ["Firm"], "b": ["Park"], "c": ["Place"]}}
    now: Portions = {"entities": {"a": ["Firm"], "b": ["Firm"], "d": ["Place"]}}
    assert changes(before, now) == (
        {"entities": {"b": ["Park"], "c": ["Place"]}},
        {"entities": {"b": ["Firm"], "d": ["Place"]}},
    )
