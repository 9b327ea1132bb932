"""The page's tools in real Chromium: filters, focus, paths, and what a reader takes away."""

import csv
import io
import struct

import pytest

from tests.browser import panel

pytestmark = pytest.mark.browser


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


def test_arranged_by_region(story):
    story.page.locator("#arrange").select_option(label="地区")
    story.settle()
    assert story.state()["drawn"] == 10
    story.shot("story-region")
