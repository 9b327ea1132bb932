"""The page in real Chromium: what a reader sees, clicks, types and takes away."""

import csv
import io
import struct
import time

import pytest

from kg.graph import open_store
from kg.view.from_store import build_view
from kg.view.model import ViewGraph
from kg.view.page import write_page
from tests.browser import browser, opened
from tests.sample_store import build_sample_store
from tests.view_graphs import made_up_graph
from tests.view_story import BREAKOUT, EMOJI, LONG, RIGHT_TO_LEFT, SCRIPT, hostile_view, story_view

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def chromium():
    with browser() as running:
        yield running


@pytest.fixture(scope="module")
def story_file(tmp_path_factory):
    path = tmp_path_factory.mktemp("page") / "story.html"
    write_page(story_view(), path, title="云岭签约")
    return path


@pytest.fixture(scope="module")
def large_file(tmp_path_factory):
    path = tmp_path_factory.mktemp("page") / "large.html"
    write_page(made_up_graph(2000), path, title="两千个主体")
    return path


@pytest.fixture
def story(chromium, story_file):
    with opened(chromium, story_file) as page:
        yield page
        assert page.errors == []
        assert page.beyond_itself == []


@pytest.fixture
def large(chromium, large_file):
    with opened(chromium, large_file) as page:
        yield page
        assert page.errors == []
        assert page.beyond_itself == []


def panel(opened_page):
    return opened_page.page.locator("#panel").inner_text()


def test_the_page_opens_with_everything_drawn_and_agreements_listed(story):
    assert story.state() == {"drawn": 10, "shown": 10, "ties": 12, "allDrawn": True, "language": "zh"}
    assert story.page.locator("#panel .line").count() == 8
    # Entities, and a joint for the agreement of three and for the one of a lone party.
    assert story.page.evaluate("kgPage.network.body.data.nodes.length") == 12
    assert story.page.locator("#counts").inner_text() == "10 个主体 · 8 项协议 · 4 条关系 · 2 篇来源"
    story.shot("story")


def test_nothing_moves_once_drawn(story):
    before = story.page.evaluate("kgPage.onScreen(0)")
    story.page.wait_for_timeout(800)
    assert story.page.evaluate("kgPage.onScreen(0)") == before


def test_parallel_agreements_are_drawn_apart(story):
    bends = story.page.evaluate(
        """kgPage.network.body.data.edges.get({filter: (edge) => [edge.from, edge.to].sort().join() ===
        [kgPage.indexOf('和光医疗科技有限公司'), kgPage.indexOf('青禾医院')].sort().join()})
        .map((edge) => [edge.smooth.type, edge.smooth.roundness])"""
    )
    assert len(bends) == 2
    assert len({tuple(bend) for bend in bends}) == 2


def test_a_click_on_a_node_shows_its_facts_with_quotes_and_sources(story):
    story.click_node("和光医疗科技有限公司")
    text = panel(story)
    assert "双方又签署技术服务协议" in text
    assert "2.4亿元" in text
    assert "云岭签约" in text
    assert "董事长" in text
    assert story.page.locator("#panel a").first.get_attribute("href") == "https://news.example/yunling"
    story.shot("story-node")


def test_only_web_addresses_become_links(story):
    story.click_node("江州市")
    assert "江州快讯" in panel(story)
    assert story.page.locator("#panel a").count() == 0


def test_a_click_on_a_line_shows_its_agreement(story):
    spot = story.page.evaluate(
        """(() => { const at = (name) => kgPage.onScreen(kgPage.indexOf(name));
        const [park, firm] = [at('云岭医药谷'), at('和光医疗科技有限公司')];
        return {x: (park.x + firm.x) / 2, y: (park.y + firm.y) / 2}; })()"""
    )
    story.page.locator("#graph").click(position=spot)
    story.settle()
    assert "入驻落户" in panel(story)
    assert "签订入驻协议，协议金额2.4亿元" in panel(story)


def test_an_agreement_in_the_list_leads_to_its_parties(story):
    story.page.locator("#panel .line", has_text="云岭大学").click()
    story.settle()
    assert story.page.locator("#panel .parties .name").all_inner_texts() == [
        "和光医疗科技有限公司",
        "青禾医院",
        "云岭大学",
    ]


@pytest.mark.parametrize(
    ("words", "hit"), [("和光", "和光医疗科技有限公司"), ("青禾", "青禾医院"), ("江州药", "江州药业")]
)
def test_search_finds_names_and_aliases(story, words, hit):
    story.search(words)
    assert story.page.locator("#suggestions li").first.locator("bdi").first.inner_text() == hit
    story.page.keyboard.press("Enter")
    story.settle()
    assert story.page.locator("#panel h2").inner_text() == hit


def test_search_with_keys_and_without_a_hit(story):
    story.page.keyboard.press("/")
    story.page.keyboard.type("云岭")
    assert story.page.locator("#suggestions li").count() == 4
    story.page.keyboard.press("ArrowDown")
    assert story.page.locator("#suggestions li").nth(1).get_attribute("aria-selected") == "true"
    story.search("火星")
    assert "没有找到“火星”" in story.page.locator("#suggestions").inner_text()
    story.page.keyboard.press("Escape")
    assert story.page.locator("#suggestions").is_hidden()


def test_the_legend_counts_and_switches(story):
    rows = story.page.locator("#legend-types .row")
    assert rows.first.inner_text().split() == ["企业", "2", "只看"]
    story.page.locator("#legend-types input[data-key=Firm]").click()
    story.settle()
    # What is left are the park, its city and the government that signed alone.
    assert story.state()["shown"] == 3
    story.page.locator("#reset").click()
    story.settle()
    assert story.state()["shown"] == 10


def test_kinds_and_status_switch_ties(story):
    story.page.locator("#legend-agreement input[data-key=supply]").click()
    story.settle()
    assert story.state()["ties"] == 9
    story.page.locator("#legend-statuses input[data-key=intent]").click()
    story.settle()
    assert story.state()["ties"] == 7
    # Whoever is left without a tie goes, until the reader asks for it.
    assert story.state()["shown"] == 8
    story.page.locator("#unconnected").click()
    story.settle()
    assert story.state()["shown"] == 10


def test_only_one_kind(story):
    row = story.page.locator("#legend-agreement .row", has_text="供应采购")
    row.hover()
    row.locator(".only").click()
    story.settle()
    assert story.page.locator("#panel .line").count() == 3


def test_the_time_slider_narrows_agreements(story):
    story.page.locator("#time-from").evaluate(
        "(handle) => { handle.value = 2025 * 12; handle.dispatchEvent(new Event('input')); }"
    )
    story.settle()
    # One of 2025, and four whose date nobody states.
    assert story.page.locator("#panel .line").count() == 5
    story.page.locator("#undated").click()
    story.settle()
    assert story.page.locator("#panel .line").count() == 1
    assert story.page.locator("#time-words").inner_text() == "2025-01 – 2025-12"


def test_the_confidence_threshold_hides_weak_facts(story):
    story.page.locator("#confidence").evaluate(
        "(handle) => { handle.value = 0.85; handle.dispatchEvent(new Event('input')); }"
    )
    story.settle()
    # Agreements at 0.9 stay but for the intent at 0.5; relations at 0.8 go, the one stated at 0.95 stays.
    assert story.state()["ties"] == 8


def test_focus_by_hops_and_back(story):
    story.click_node("林远")
    story.page.locator("[data-hops='1']").click()
    story.settle()
    assert story.state()["shown"] == 2
    story.page.keyboard.press("2")
    story.settle()
    assert story.state()["shown"] == 7
    story.shot("story-focus")
    story.page.locator("#clear").click()
    story.settle()
    assert story.state()["shown"] == 10


def test_a_path_between_two_nodes(story):
    story.click_node("林远")
    story.page.locator("#path-from").click()
    story.search("云岭大学")
    story.page.keyboard.press("Enter")
    story.settle()
    assert story.page.evaluate("kgPage.state.scope.steps.length") == 3
    assert "“林远”到“云岭大学”：2 步" in story.page.locator("#banner").inner_text()
    assert "三方签署共建实验室协议" in panel(story)
    story.shot("story-path")


def test_a_shared_place_is_a_path_only_if_the_reader_allows_it(story):
    story.click_node("云岭市")
    story.page.locator("#path-from").click()
    story.search("江州市")
    story.page.keyboard.press("Enter")
    story.settle()
    steps = "kgPage.state.scope.steps.map((node) => kgPage.network.body.data.nodes.get(node).label)"
    assert story.page.evaluate(steps) == ["云岭市", "云岭医药谷", "江州药业", "江州市"]


def test_a_path_that_does_not_exist_is_said_so(story):
    story.click_node("林远")
    story.page.locator("#path-from").click()
    story.search("云岭市政府")
    story.page.keyboard.press("Enter")
    story.settle()
    assert "没有路径" in story.page.locator("#banner").inner_text()


def test_the_table_holds_the_facts_of_the_view(story):
    story.page.locator("#legend-agreement input[data-key=supply]").click()
    story.settle()
    with story.page.expect_download() as download:
        story.page.locator("#csv").click()
    assert download.value.suggested_filename == "云岭签约.csv"
    text = download.value.path().read_bytes().decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert {row["类别"] for row in rows} == {"协议", "关系", "数据"}
    assert "供应采购" not in {row["关系或协议"] for row in rows}
    settlement = next(row for row in rows if row["关系或协议"] == "入驻落户")
    assert (settlement["主体一"], settlement["主体二或各方"]) == ("云岭医药谷", "和光医疗科技有限公司")
    assert (settlement["日期"], settlement["金额"], settlement["来源标题"]) == (
        "2024-03-18",
        "240000000",
        "云岭签约",
    )
    # The relation that two pages state has a row for each sentence.
    assert sum(row["主体一"] == "云岭医药谷" and row["关系或协议"] == "位于" for row in rows) == 2


def test_the_picture_is_a_png_of_the_view(story):
    with story.page.expect_download() as download:
        story.page.locator("#png").click()
    data = download.value.path().read_bytes()
    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    width, height = struct.unpack(">II", data[16:24])
    box = story.page.locator("#graph").bounding_box()
    assert (width, height > box["height"]) == (box["width"], True)


def test_the_interface_speaks_english(story):
    story.page.keyboard.press("l")
    assert story.page.locator("#legend h2").inner_text() == "Legend and filters"
    assert story.page.evaluate("document.documentElement.lang") == "en"
    assert "Supply" in panel(story)
    chinese = story.page.evaluate(
        """[...document.querySelectorAll('#legend, #tools, #status')].map((part) => part.innerText).join(' ')
        .replace('中文', '').match(/[\\u4e00-\\u9fff]/g)"""
    )
    assert chinese is None
    story.shot("story-english")


def test_keys_zoom_move_step_and_help(story):
    story.page.locator("#graph").focus()
    scale = story.page.evaluate("kgPage.network.getScale()")
    story.page.keyboard.press("+")
    assert story.page.evaluate("kgPage.network.getScale()") > scale
    left = story.page.evaluate("kgPage.network.getViewPosition().x")
    story.page.keyboard.press("ArrowRight")
    assert story.page.evaluate("kgPage.network.getViewPosition().x") > left
    story.page.keyboard.press("n")
    assert story.page.locator("#panel h2").inner_text() == "和光医疗科技有限公司"
    story.page.keyboard.press("?")
    assert "快捷键" in panel(story)
    story.page.keyboard.press("Escape")
    assert story.page.evaluate("kgPage.state.picked") is None


def test_arranged_by_region(story):
    story.page.locator("#arrange").select_option(label="地区")
    story.settle()
    assert story.state()["drawn"] == 10
    story.shot("story-region")


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


def test_the_address_may_name_a_node(story):
    story.page.evaluate("location.hash = 'node=' + encodeURIComponent('Firm/江州药业')")
    story.settle()
    assert story.page.locator("#panel h2").inner_text() == "江州药业"
    story.page.evaluate("location.hash = 'node=%E0%A4'")
    story.settle()
    assert story.page.locator("#panel h2").inner_text() == "江州药业"


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
    start = time.perf_counter()
    with opened(chromium, tmp_path / "page.html") as page:
        page.search(wanted.aliases[0])
        page.page.wait_for_selector("#suggestions li[data-node]")
        taken = time.perf_counter() - start
        page.page.keyboard.press("Escape")
        page.shot(f"graph-{count}")
        assert page.state()["shown"] == count
        assert page.errors == page.beyond_itself == []
    assert taken < seconds
