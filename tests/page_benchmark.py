"""Times the page in Chromium beside plain pyvis: ``python -m tests.page_benchmark [number of nodes …]``.

For each size: seconds to write our page, seconds from opening it until it is drawn and a search answers, and
seconds until plain pyvis (its own template, physics on, libraries inlined) has drawn and come to rest, or
``—`` where it had not within the limit.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from playwright.sync_api import TimeoutError
from pyvis.network import Network

from kg.view.model import ViewGraph
from kg.view.page import write_page
from tests.browser import browser, opened
from tests.view_graphs import made_up_graph

PLAIN_LIMIT = 240.0


def plain_pyvis(graph: ViewGraph, path: Path) -> None:
    """The graph as a user of pyvis would write it, in UTF-8."""
    network = Network(cdn_resources="in_line", directed=True)
    # add_node and add_edge look through lists for every call; filling them keeps writing out of the picture.
    network.nodes = [
        {"id": number, "label": node.label, "shape": "dot", "group": node.type}
        for number, node in enumerate(graph.nodes)
    ]
    network.edges = [
        {"from": graph.index[tie.members[0]], "to": graph.index[tie.members[1]], "arrows": "to"}
        for tie in graph.ties
        if len(tie.members) == 2
    ]
    html = network.generate_html()
    hook = "window.rested = false; network.once('stabilized', () => { window.rested = true; });"
    path.write_text(html.replace("return network;", f"{hook} return network;"), "utf-8")


def time_ours(running: Any, path: Path, words: str) -> float:
    """Seconds from opening to the first suggestion."""
    with opened(running, path) as page:
        page.search(words)
        page.page.wait_for_selector("#suggestions li[data-node]")
        return time.perf_counter() - page.start


def time_plain(running: Any, path: Path, *, limit: float) -> float | None:
    """Seconds from opening until the layout rests; None where it did not within ``limit``."""
    start = time.perf_counter()
    page = running.new_page()
    # Bootstrap is asked for at a host; offline it fails at once, and the graph is drawn without it.
    page.route("http**://**", lambda route: route.abort())
    try:
        page.goto(path.as_uri(), wait_until="commit")
        page.wait_for_function("window.rested === true", timeout=limit * 1000)
    except TimeoutError:
        return None
    else:
        return time.perf_counter() - start
    finally:
        page.close()


def main(sizes: list[int]) -> None:
    """Prints one line a size."""
    print("nodes   ties  write s  open+search s  plain pyvis at rest s")  # noqa: T201
    with tempfile.TemporaryDirectory() as folder:
        for size in sizes:
            graph = made_up_graph(size)
            ours, plain = Path(folder) / f"ours-{size}.html", Path(folder) / f"plain-{size}.html"
            start = time.perf_counter()
            write_page(graph, ours, title=str(size))
            written = time.perf_counter() - start
            plain_pyvis(graph, plain)
            words = next(node for node in graph.nodes[size // 2 :] if node.aliases).aliases[0]
            with browser() as running:
                taken = time_ours(running, ours, words)
            with browser() as running:
                rest = time_plain(running, plain, limit=PLAIN_LIMIT)
            shown = "— (limit 240)" if rest is None else f"{rest:.1f}"
            print(f"{size:>5}  {len(graph.ties):>5}  {written:>7.1f}  {taken:>13.2f}  {shown}")  # noqa: T201


if __name__ == "__main__":
    main([int(word) for word in sys.argv[1:]] or [300, 2000, 20000])
