"""Real Chromium for the tests: Debian's package, driven by Playwright, offline and without a GPU."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
ARTEFACTS = Path(__file__).resolve().parent.parent / "test-artefacts"
_READY = 30_000
_MOMENTS = 300  # of a tenth of a second: how long a page may move


@dataclass
class Opened:
    """A page in the browser, with every request that it made and every error that it had."""

    page: Any
    requests: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    #: When the page was asked for (time.perf_counter), the window being ready.
    start: float = 0.0

    @property
    def beyond_itself(self) -> list[str]:
        """Requests for anything but the file itself and what it made (data:, blob:)."""
        return [url for url in self.requests[1:] if not url.startswith(("data:", "blob:"))]

    def state(self) -> dict[str, Any]:
        """Counts and modes of the graph page."""
        return dict(
            self.page.evaluate(
                "({drawn, shown, ties, allDrawn, language}) => ({drawn, shown, ties, allDrawn, language})",
                self.page.evaluate_handle("kgPage.state"),
            )
        )

    def settle(self) -> None:
        """Waits until timers and moves of the page are over, however slow the machine is."""
        rested = 0
        for _ in range(_MOMENTS):
            self.page.wait_for_timeout(100)
            rested = rested + 1 if self.page.evaluate("kgPage.atRest") else 0
            if rested == 3:
                return
        pytest.fail("the page did not come to rest")

    def click_node(self, label: str) -> None:
        """Clicks where the node of this name is drawn."""
        spot = self.page.evaluate("name => kgPage.onScreen(kgPage.indexOf(name))", label)
        self.page.locator("#graph").click(position={"x": spot["x"], "y": spot["y"]})
        self.settle()

    def search(self, words: str) -> None:
        """Types into the search box; suggestions show."""
        self.page.locator("#search").fill(words)

    def shot(self, name: str) -> Path:
        """Keeps a screenshot among the test artefacts."""
        ARTEFACTS.mkdir(exist_ok=True)
        path = ARTEFACTS / f"{name}.png"
        self.page.screenshot(path=path)
        return path


def require_chromium() -> str:
    """Path of Chromium; skips the test with the reason where it, or Playwright, is missing."""
    pytest.importorskip("playwright.sync_api", reason="Playwright is not installed: pip install playwright")
    if CHROMIUM is None:
        pytest.skip("Chromium is not installed: apt-get install chromium")
    return CHROMIUM


@contextmanager
def browser() -> Iterator[Any]:
    """A headless browser; skips where there is none."""
    path = require_chromium()
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        running = play.chromium.launch(executable_path=path, args=list(FLAGS))
        try:
            yield running
        finally:
            running.close()


@contextmanager
def opened(
    running: Any, path: Path, *, width: int = 1500, height: int = 900, wait: bool = True
) -> Iterator[Opened]:
    """Opens a file from disk in a fresh window; ``wait`` until the graph page has drawn itself."""
    context = running.new_context(viewport={"width": width, "height": height}, accept_downloads=True)
    page = context.new_page()
    result = Opened(page)
    page.on("request", lambda request: result.requests.append(request.url))
    page.on("pageerror", lambda error: result.errors.append(error.stack or str(error)))
    page.on(
        "console", lambda message: result.errors.append(message.text) if message.type == "error" else None
    )
    try:
        result.start = time.perf_counter()
        page.goto(path.resolve().as_uri())
        if wait:
            page.wait_for_selector("html[data-ready='1']", state="attached", timeout=_READY)
        yield result
    finally:
        context.close()


def panel(opened_page: Opened) -> str:
    """What the panel on the right says."""
    return str(opened_page.page.locator("#panel").inner_text())
