"""Fixtures that several test modules share."""

import pytest

from kg.view.page import write_page
from tests.browser import browser, opened
from tests.stand_in import extracted, stand_in
from tests.view_story import story_view


@pytest.fixture
def stand_in_extractor(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages are read by tests.stand_in, which has read none yet."""
    monkeypatch.setattr("kg.extract.many.extract", stand_in)
    extracted.clear()


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
