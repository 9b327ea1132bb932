"""Fixtures that several test modules share."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.graph import open_store
from kg.view.page import write_page
from tests.browser import browser, opened
from tests.cli_helpers import PAGE
from tests.graph_samples import annotated, build
from tests.stand_in import extracted, stand_in
from tests.told_pages import read
from tests.view_story import story_view


@pytest.fixture
def stand_in_extractor(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages are read by tests.stand_in, which has read none yet."""
    monkeypatch.setattr("kg.extract.many.extract", stand_in)
    extracted.clear()


@pytest.fixture(scope="module")
def told_pages_extractor() -> Iterator[None]:
    """Pages are read by tests.told_pages, in every test of the module."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("kg.extract.many.extract", read)
        yield


@pytest.fixture
def cli_pages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stand_in_extractor: None) -> Path:
    """A folder with one page, an extractor that reads it quickly, and no store named in the environment."""
    monkeypatch.delenv("KG_STORE", raising=False)
    folder = tmp_path / "pages"
    folder.mkdir()
    (folder / "a.txt").write_text(PAGE, "utf-8")
    return folder


@pytest.fixture(scope="module")
def cli_store(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Path of a store on disk that holds the annotated pages; only to be read."""
    folder = tmp_path_factory.mktemp("store") / "store"
    with open_store(folder, create=True) as store:
        build(store, annotated())
    return str(folder)


@pytest.fixture(scope="module")
def chromium():
    """Headless Chromium; closed with the module, because Playwright holds an event loop."""
    with browser() as running:
        yield running


@pytest.fixture(scope="session")
def story_file(tmp_path_factory):
    """The page of the small annotated story."""
    path = tmp_path_factory.mktemp("page") / "story.html"
    write_page(story_view(), path, title="云岭签约")
    return path


@pytest.fixture
def story(chromium, story_file):
    """That page, opened; at the end it must have had no error and asked nobody for anything."""
    with opened(chromium, story_file) as page:
        yield page
        assert page.errors == []
        assert page.beyond_itself == []
