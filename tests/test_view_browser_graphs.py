"""Other graphs in real Chromium: large, hostile, empty, and the sample corpus."""

import csv
import io
import time

import pytest

from kg.graph import open_store
from kg.view.from_store import build_view
from kg.view.model import ViewGraph
from kg.view.page import write_page
from tests.browser import opened, panel
from tests.sample_store import build_sample_store
from tests.view_graphs import made_up_graph
from tests.view_story import BREAKOUT, EMOJI, LONG, RIGHT_TO_LEFT, SCRIPT, hostile_view

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def large_file(tmp_path_factory):
    path = tmp_path_factory.mktemp("page") / "large.html"
    write_page(made_up_graph(2000), path, title="两千个主体")
    return path


@pytest.fixture
def large(chromium, large_file):
    with opened(chromium, large_file) as page:
        yield page
        assert page.errors == []
        assert page.beyond_itself == []


def test_names_do_not_cover_each_other(large):
    boxes = large.page.evaluate("kgPage.plates.map((plate) => plate.slice(0, 4))")
    assert len(boxes) > 8
    for number, one in enumerate(boxes):
        for other in boxes[:number]:
            assert one[0] >= other[2] or one[2] <= other[0] or one[1] >= other[3] or one[3] <= other[1]


def test_a_circle_opens_into_its_members(large):
    assert large.state()["allDrawn"] is False
    plate = large.page.evaluate("kgPage.plates.find((plate) => plate[4].circle !== undefined)")
    large.page.locator("#graph").click(position={"x": plate[0] + 8, "y": plate[1] + 6})
    large.settle()
    circle = large.page.evaluate("kgPage.state.picked.circle")
    assert "个主体" in panel(large)
    large.page.locator("#open-circle").click()
    large.settle()
    inside = large.page.evaluate(
        """(circle) => { const {group} = JSON.parse(document.getElementById('kg-data')
        .textContent).arrangements[0];
        const members = group.flatMap((each, node) => each === circle ? [node] : []);
        const drawn = members.filter((node) => kgPage.network.body.data.nodes.get(node));
        return [members.length, drawn.length]; }""",
        circle,
    )
    assert inside[0] == inside[1]
    large.shot("large-open")


def test_far_nodes_are_found_and_drawn(large):
    large.search("1999")
    large.page.keyboard.press("Enter")
    large.settle()
    assert "1999" in large.page.locator("#panel h2").inner_text()
    assert large.page.evaluate("kgPage.network.body.data.nodes.get(1999) !== null")


def test_hostile_text_is_shown_as_text(chromium, tmp_path):
    path = tmp_path / "hostile.html"
    write_page(hostile_view(), path, title=f"{SCRIPT}{BREAKOUT}")
    with opened(chromium, path) as page:
        dialogs = []
        page.page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
        for name in (SCRIPT, RIGHT_TO_LEFT, EMOJI, LONG):
            page.search(name)
            page.page.keyboard.press("Enter")
            page.settle()
            assert page.page.locator("#panel h2 bdi").text_content() == name
        page.click_node(SCRIPT)
        assert "<img src=x onerror" in panel(page)
        assert page.page.locator("#title").text_content() == f"{SCRIPT}{BREAKOUT}"
        assert page.page.evaluate("document.images.length") == 0
        assert page.page.evaluate("document.scripts.length") == 4
        table = list(csv.reader(io.StringIO(page.page.evaluate("kgPage.table()").lstrip("\ufeff"))))
        assert not [cell for row in table for cell in row if cell.startswith(("=", "+", "@"))]
        page.shot("hostile")
        assert dialogs == page.errors == page.beyond_itself == []


def test_the_sample_corpus_answers_who_signed_with_whom(chromium, tmp_path):
    with open_store(build_sample_store(tmp_path / "store")) as store:
        graph = build_view(store)
    write_page(graph, tmp_path / "sample.html", title="五地健康产业：谁与谁签约")
    with opened(chromium, tmp_path / "sample.html") as page:
        agreements = sum(tie.family == "agreement" for tie in graph.ties)
        assert page.page.locator("#panel .line").count() == agreements
        assert page.state()["drawn"] == len(graph.nodes)
        page.shot("sample")
        page.search("博瑞药业")
        page.page.keyboard.press("Enter")
        page.settle()
        assert "长沙市中心医院" in panel(page)
        assert "同升佳新社区卫生服务中心" in panel(page)
        page.shot("sample-node")
        assert page.errors == page.beyond_itself == []


def test_an_empty_graph_says_so(chromium, tmp_path):
    write_page(ViewGraph((), ()), tmp_path / "empty.html", title="空")
    with opened(chromium, tmp_path / "empty.html") as page:
        assert "没有符合筛选条件的协议" in panel(page)
        page.page.keyboard.press("0")
        page.page.keyboard.press("n")
        assert page.errors == []


@pytest.mark.slow
@pytest.mark.parametrize(("count", "seconds"), [(300, 2), (2000, 4), (20000, 10)])
def test_a_graph_is_drawn_and_searchable_in_time(chromium, tmp_path, count, seconds):
    graph = made_up_graph(count)
    wanted = next(node for node in graph.nodes[count // 2 :] if node.aliases)
    write_page(graph, tmp_path / "page.html", title=f"{count} 个主体")
    with opened(chromium, tmp_path / "page.html") as page:
        page.search(wanted.aliases[0])
        page.page.wait_for_selector("#suggestions li[data-node]")
        taken = time.perf_counter() - page.start
        page.page.keyboard.press("Escape")
        page.shot(f"graph-{count}")
        assert page.state()["shown"] == count
        assert page.errors == page.beyond_itself == []
    assert taken < seconds
