"""The page in real Chromium: what a reader sees, clicks and types."""

import pytest

from tests.browser import panel

pytestmark = pytest.mark.browser


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


def test_the_address_may_name_a_node(story):
    story.page.evaluate("location.hash = 'node=' + encodeURIComponent('Firm/江州药业')")
    story.settle()
    assert story.page.locator("#panel h2").inner_text() == "江州药业"
    story.page.evaluate("location.hash = 'node=%E0%A4'")
    story.settle()
    assert story.page.locator("#panel h2").inner_text() == "江州药业"
