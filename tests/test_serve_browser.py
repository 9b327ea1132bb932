"""The server's pages in real Chromium: nothing leaves the server, nothing fails, hostile names are text."""

from contextlib import contextmanager
from urllib.parse import quote

import pytest

from tests.browser import ARTEFACTS
from tests.kg_server import HOSTILE, build_hostile, build_pages, kg_server

pytestmark = pytest.mark.browser

FIRM = "湖南麓谷康泰医疗科技有限公司"


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    with kg_server(build_pages(tmp_path_factory.mktemp("served") / "store")) as running:
        yield running


@contextmanager
def window(chromium, server):
    """A fresh window; at the end no script has failed, no dialog was shown, no other host was asked."""
    context = chromium.new_context(
        viewport={"width": 1400, "height": 900}, locale="zh-CN", accept_downloads=True
    )
    page = context.new_page()
    faults, strangers = [], []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("dialog", lambda dialog: (faults.append(f"dialog {dialog.message}"), dialog.dismiss()))
    page.on("console", lambda said: faults.append(said.text) if said.type in ("error", "warning") else None)
    page.on(
        "request",
        lambda request: (
            None
            if request.url.startswith((server.address, "data:", "blob:"))
            else strangers.append(request.url)
        ),
    )
    try:
        yield page
        assert faults == strangers == []
    finally:
        context.close()


def shot(page, name, *, whole=False):
    ARTEFACTS.mkdir(exist_ok=True)
    page.screenshot(path=ARTEFACTS / f"server-{name}.png", full_page=whole)


def test_from_the_start_page_to_a_sentence(chromium, server):
    with window(chromium, server) as page:
        page.goto(server.address)
        shot(page, "home", whole=True)
        page.fill("input[name=q]", "麓谷康泰")
        page.keyboard.press("Enter")
        page.wait_for_selector("h1 bdi")
        assert page.locator("h1").inner_text() == FIRM
        assert "签署入园投资协议" in page.locator("#agreements").inner_text()
        shot(page, "dossier", whole=True)
        # The map leads to a partner's dossier, without a script.
        page.locator(".map svg a", has_text="苏州澄心资本").click()
        page.wait_for_selector("h1:has-text('苏州澄心资本')")
        page.locator("nav a[hreflang=en]").click()
        page.wait_for_selector("h2:has-text('Map of partners')")
        shot(page, "dossier-english")


def test_names_on_the_map_do_not_leave_it_or_cover_each_other(chromium, server):
    with window(chromium, server) as page:
        page.goto(f"{server.address}search?go=1&q={quote(FIRM)}")
        boxes = page.evaluate(
            """() => [...document.querySelectorAll('.map svg text')].map((text) => {
              const {left, right, top, bottom} = text.getBoundingClientRect();
              return [left, top, right, bottom]; })"""
        )
        frame = page.locator(".map svg").bounding_box()
        assert len(boxes) > 10
        for number, one in enumerate(boxes):
            assert one[0] >= frame["x"]
            assert one[2] <= frame["x"] + frame["width"]
            for other in boxes[:number]:
                apart = (
                    one[0] >= other[2]
                    or one[2] <= other[0]
                    or one[1] >= other[3] - 3
                    or one[3] - 3 <= other[1]
                )
                assert apart, (one, other)


def test_a_query_is_written_run_and_taken_away(chromium, server):
    with window(chromium, server) as page:
        page.goto(server.address + "query")
        page.wait_for_selector("#editor .CodeMirror")
        page.locator("#run").click()
        page.wait_for_selector("#results table")
        assert "蓝鲸诊断" in page.locator("#results").inner_text()
        shot(page, "query")
        with page.expect_download() as download:
            page.locator("#downloads button", has_text="CSV").click()
        assert "蓝鲸诊断" in download.value.path().read_text("utf-8")
        page.locator("#results a").first.click()
        page.wait_for_selector("h1 bdi")
        assert page.locator(".chip").first.inner_text() == "企业"


def test_prefixes_are_added_and_faults_are_told(chromium, server):
    with window(chromium, server) as page:
        page.goto(server.address + "query?query=" + quote("SELECT ?x WHERE { ?x a <urn:none> }"))
        page.wait_for_selector("#editor .CodeMirror")
        page.keyboard.press("Tab")
        page.evaluate("document.querySelector('.CodeMirror').CodeMirror.focus()")
        page.keyboard.press("Control+Enter")
        page.wait_for_selector("#said:has-text('没有结果')")
        page.evaluate(
            "document.querySelector('.CodeMirror').CodeMirror.setValue('CONSTRUCT WHERE { ?a kg:signsWith ?b }')"
        )
        page.locator("#run").click()
        page.wait_for_selector("#results pre")
        assert "signsWith" in page.locator("#results pre").inner_text()
        page.evaluate("document.querySelector('.CodeMirror').CodeMirror.setValue('ASK {}')")
        page.locator("#run").click()
        page.wait_for_selector("#said:has-text('是')")


def test_a_syntax_error_is_told_with_its_place(chromium, server):
    context = chromium.new_context(locale="en-GB")
    page = context.new_page()
    page.goto(server.address + "query?query=" + quote("SELECT ?x WHERE { ?x a "))
    page.wait_for_selector("#editor .CodeMirror")
    page.locator("#run").click()
    page.wait_for_selector("#said.fault")
    assert "line 1, column" in page.locator("#said").inner_text()
    context.close()


def test_a_question_without_a_script(chromium, server):
    context = chromium.new_context(java_script_enabled=False, locale="zh-CN")
    page = context.new_page()
    page.goto(server.address + "query/agreements")
    page.select_option("select[name=status]", "terminated")
    page.locator(".parameters button").click()
    page.wait_for_selector("tbody tr")
    assert "已终止" in page.locator("tbody").inner_text()
    page.locator("tbody td.parties a").first.click()
    page.wait_for_selector("h1 bdi")
    page.screenshot(path=ARTEFACTS / "server-named.png")
    context.close()


def test_the_live_graph_leads_to_dossiers(chromium, server):
    with window(chromium, server) as page:
        page.goto(f"{server.address}graph?focus={quote('麓谷康泰')}&hops=1")
        frame = page.frame_locator("iframe")
        frame.locator("html[data-ready='1']").wait_for(state="attached")
        frame.locator("#search").fill("苏州澄心资本")
        frame.locator("#search").press("Enter")
        frame.locator("#dossier").wait_for()
        page.wait_for_timeout(600)
        shot(page, "graph")
        frame.locator("#dossier").click()
        page.wait_for_selector("h1:has-text('苏州澄心资本')")


def test_hostile_names_are_text_on_every_page(chromium, tmp_path):
    with kg_server(build_hostile(tmp_path / "store")) as server, window(chromium, server) as page:
        page.goto(server.address)
        for name in HOSTILE:
            page.goto(f"{server.address}search?go=1&q={quote(name)}")
            assert page.locator("h1 bdi").text_content() == name
            assert page.locator("a[href^='javascript']").count() == 0
            assert page.evaluate("document.images.length") == 0
            width = page.evaluate(
                "document.documentElement.scrollWidth - document.documentElement.clientWidth"
            )
            assert width <= 0, "a long name must not push the page sideways"
        page.goto(f"{server.address}search?go=1&q={quote(HOSTILE[0])}")
        shot(page, "hostile", whole=True)
        page.goto(f"{server.address}query/who-signs-with-whom")
        assert HOSTILE[1] in page.locator("table").text_content()
        page.goto(server.address + "query")
        page.wait_for_selector("#editor .CodeMirror")
        page.evaluate(
            "document.querySelector('.CodeMirror').CodeMirror.setValue('SELECT DISTINCT ?n { ?s skos:prefLabel ?n }')"
        )
        page.locator("#run").click()
        page.wait_for_selector("#results table")
        cells = page.locator("#results td").all_text_contents()
        assert set(HOSTILE) <= set(cells)
        page.goto(f"{server.address}graph")
        frame = page.frame_locator("iframe")
        frame.locator("html[data-ready='1']").wait_for(state="attached")
        frame.locator("#search").fill(HOSTILE[1])
        frame.locator("#search").press("Enter")
        frame.locator("#dossier").click()
        page.wait_for_selector("h1 bdi")
        assert page.locator("h1 bdi").text_content() == HOSTILE[1]
