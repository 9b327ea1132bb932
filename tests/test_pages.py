"""The page ledger: what it keeps, what it forgets, and what it says when it cannot be used."""

from __future__ import annotations

import re
import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from kg.errors import StoreError
from kg.graph.fingerprint import digest_of
from kg.model import Annotation, Entity
from kg.pages import Ledger, Page, decisions_path, ledger_path
from kg.profiles import ProfileCache
from kg.read import read_text
from kg.reprints import signature
from tests.graph_samples import annotated

PAGES = [
    Page("/pages", f"/pages/{document.key}", document, annotation, signature(document), "x 1", "d 1")
    for document, annotation in annotated()
]


def told(page: Page) -> tuple[object, ...]:
    """What the graph takes from a page: what the page is, what it says, and the words of its mentions."""
    document = page.document
    words = [
        document.text[slice(*document.offsets.to_repaired(*span))]
        for entity in page.annotation.entities
        for span in entity.mentions
    ]
    about = replace(document, source_text="", text="", offsets=None)  # type: ignore[arg-type]
    return page.root, page.place, about, page.annotation, words, page.signature, page.extractor, page.digest


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "folder" / "store.pages"


def test_pages_come_back_as_the_graph_needs_them(path: Path) -> None:
    with Ledger(path) as ledger:
        ledger.update(changed=PAGES, gone=[])
    with Ledger(path) as ledger:
        assert list(map(told, ledger.pages())) == list(map(told, PAGES))


def test_mentions_of_a_repaired_page_keep_their_words(path: Path) -> None:
    text = "星城\n\n记者獲悉，青禾醫(yī)藥(yào)谷與甲藥業今天簽約，青禾醫藥谷主任說。\n"
    document = read_text(text, key="x.txt")
    names = ("青禾医药谷", "甲药业")
    entities = tuple(
        Entity(
            id=f"e{n}",
            type="Park",
            name=name,
            mentions=tuple(
                document.offsets.to_source(m.start(), m.end()) for m in re.finditer(name, document.text)
            ),
        )
        for n, name in enumerate(names)
    )
    page = Page("/", "/x.txt", document, Annotation(doc="x", entities=entities), b"", "x 1", "d 1")
    assert told(page)[4] == ["青禾医药谷", "青禾医药谷", "甲药业"]
    with Ledger(path) as ledger:
        ledger.update(changed=[page], gone=[])
        assert list(map(told, ledger.pages())) == [told(page)]


def test_a_name_keeps_the_iri_that_it_was_first_given(path: Path) -> None:
    with Ledger(path) as ledger:
        ledger.update(keys={"b": "x", "a": "x"})
        ledger.update(keys={"a": "y", "c": "z"})
    with Ledger(path) as ledger:
        assert list(ledger.earlier().items()) == [("a", "x"), ("b", "x"), ("c", "z")]


def test_the_decisions_file_of_the_last_build_is_remembered(path: Path, tmp_path: Path) -> None:
    with Ledger(path) as ledger:
        assert ledger.decisions() is None
        ledger.update(decisions=tmp_path / "x.csv")
        assert ledger.decisions() == tmp_path / "x.csv"
        ledger.update()
        assert ledger.decisions() is None


def test_changed_pages_replace_and_gone_pages_go(path: Path) -> None:
    changed = replace(PAGES[1], annotation=Annotation(doc="b", published="2024"), extractor="x 2")
    with Ledger(path) as ledger:
        ledger.update(changed=PAGES, gone=[])
        ledger.update(changed=[changed], gone=[PAGES[0]])
        assert list(map(told, ledger.pages())) == [told(page) for page in (changed, *PAGES[2:])]


def test_one_key_of_two_roots_is_two_pages(path: Path) -> None:
    twin = replace(PAGES[0], root="/other", place="/other/a")
    with Ledger(path) as ledger:
        ledger.update(changed=[PAGES[0], twin], gone=[])
        assert [page.root for page in ledger.pages()] == ["/other", "/pages"]


def test_a_failed_update_changes_nothing(path: Path) -> None:
    broken = replace(PAGES[1], document=replace(PAGES[1].document, content_hash=None))  # type: ignore[arg-type]
    with Ledger(path) as ledger:
        ledger.update(changed=PAGES[:1], gone=[])
        with pytest.raises(StoreError, match="cannot be written"):
            ledger.update(changed=[PAGES[2], broken], gone=PAGES[:1])
        assert list(map(told, ledger.pages())) == [told(PAGES[0])]


def test_memory_keeps_nothing() -> None:
    with Ledger(None) as ledger:
        ledger.update(changed=PAGES, gone=[])
        assert len(list(ledger.pages())) == len(PAGES)
    with Ledger(None) as ledger:
        assert list(ledger.pages()) == []


def test_where_ledgers_stand(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    assert ledger_path("my/store") == Path("my/store.pages")
    assert decisions_path("my/store") == Path("my/store.decisions.csv")
    assert ledger_path("memory:") is None
    one, two = ledger_path("http://localhost:7878"), ledger_path("https://example.org/sparql")
    assert one is not None and two is not None and one != two
    assert one.is_relative_to(tmp_path)


@pytest.mark.parametrize(
    "content", [b"no database at all, but long enough to be taken for one" * 9, b"\0" * 999]
)
def test_what_is_no_ledger_is_named(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "x.pages"
    path.write_bytes(content)
    with pytest.raises(StoreError, match=r"x\.pages cannot be opened .*remove it"):
        Ledger(path)


def test_a_ledger_of_another_version_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.pages"
    with sqlite3.connect(path) as db:
        db.execute("CREATE TABLE page (key TEXT)")
    db.close()
    with pytest.raises(StoreError, match=r"x\.pages is of another version"):
        Ledger(path)


def test_a_folder_in_its_place_is_named(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="cannot be opened"):
        Ledger(tmp_path)


def test_a_ledger_in_use_is_named(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Ledger(path) as ledger:
        ledger.update(changed=PAGES, gone=[])
        ledger._db.execute("PRAGMA busy_timeout = 50")
        other = sqlite3.connect(path, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError, match="another program is using it"):
            ledger.update(changed=PAGES, gone=[])
        other.execute("ROLLBACK")
        other.close()


def test_kept_profiles_are_those_that_were_made() -> None:
    first = ProfileCache({})
    digests = {page.document.key: digest_of(page.document, page.annotation) for page in PAGES}
    made = {
        page.document.key: first.profiles(page.document.key, page.annotation, digests=digests)
        for page in PAGES
    }
    again = ProfileCache(first.made)
    for page in PAGES:
        found = again.profiles(page.document.key, page.annotation, digests=digests)
        assert found == made[page.document.key]
        assert [list(map(type, p)) for p in found] == [list(map(type, p)) for p in made[page.document.key]]
    assert again.made == {}


def test_profiles_are_made_anew_where_the_page_says_something_else() -> None:
    page = next(page for page in PAGES if page.annotation.entities)
    key = page.document.key
    first = ProfileCache({})
    first.profiles(key, page.annotation, digests={key: "one"})
    less = page.annotation.model_copy(update={"entities": page.annotation.entities[:1], "relations": ()})
    again = ProfileCache(first.made)
    assert [p.id for p in again.profiles(key, less, digests={key: "other"})] == [less.entities[0].id]
    assert list(again.made) == [key]


def test_the_digest_follows_what_a_page_says_and_how_it_words_names() -> None:
    page = next(page for page in PAGES if page.annotation.entities and page.annotation.entities[0].mentions)
    start, end = page.annotation.entities[0].mentions[0]
    text = page.document.text
    reworded = replace(page.document, text=text[:start] + "换" * (end - start) + text[end:])
    renamed = page.annotation.model_copy(update={"published": "2001-01-01"})
    digests = {
        digest_of(page.document, page.annotation),
        digest_of(reworded, page.annotation),
        digest_of(page.document, renamed),
    }
    assert len(digests) == 3
    assert digest_of(replace(page.document, key="elsewhere"), page.annotation) in digests
