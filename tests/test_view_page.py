"""The file itself: one piece, well-formed, closed to the network and to what pages say."""

import html.parser
import json
import re

import pytest

from kg.model import AGREEMENT_STATUSES, AGREEMENT_TYPES, ENTITY_TYPES, QUANTITY_PROPERTIES, RELATION_TYPES
from kg.view.page import render_page, safe_json, write_page
from kg.view.payload import labels
from kg.view.style import NODE_STYLES, tie_style
from tests.view_graphs import made_up_graph
from tests.view_story import BREAKOUT, SCRIPT, hostile_view, story_view


class Elements(html.parser.HTMLParser):
    """Start tags with their attributes, and the text of each script."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.scripts, self._script = [], {}, None
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        self._script = dict(attrs).get("id", f"script{len(self.scripts)}") if tag == "script" else None

    def handle_endtag(self, tag):
        if tag == "script":
            self._script = None

    def handle_data(self, data):
        if self._script:
            self.scripts[self._script] = self.scripts.get(self._script, "") + data


@pytest.fixture(scope="module")
def story_page():
    return render_page(story_view(), title="云岭签约")


def test_nothing_is_loaded_from_anywhere(story_page):
    found = Elements(story_page)
    assert not [tag for tag, attrs in found.tags if tag in {"link", "img", "iframe"} or "src" in attrs]
    assert "sourceMappingURL" not in story_page
    policy = next(
        attrs["content"] for tag, attrs in found.tags if attrs.get("http-equiv") == "Content-Security-Policy"
    )
    assert policy.startswith("default-src 'none'; script-src 'sha256-")
    assert "unsafe" not in policy


def test_the_page_names_its_encoding_first(story_page):
    assert story_page.index('<meta charset="utf-8">') < 100


def test_the_same_graph_gives_the_same_page(story_page):
    assert render_page(story_view(), title="云岭签约") == story_page


def test_the_page_opens_with_pyvis_nodes_edges_and_options(story_page):
    first = json.loads(Elements(story_page).scripts["kg-first"])
    assert len(first["nodes"]) == 10
    assert {node["label"] for node in first["nodes"]} >= {"云岭医药谷", "泽生资本"}
    assert first["options"]["physics"] == {"enabled": False}
    # Two agreements of the same two parties stay two edges.
    pairs = [frozenset((edge["from"], edge["to"])) for edge in first["edges"]]
    assert len(pairs) == 10
    assert len(set(pairs)) == 9


def test_hostile_names_stay_data():
    page = render_page(hostile_view(), title=f"{SCRIPT}{BREAKOUT}")
    found = Elements(page)
    assert [tag for tag, _ in found.tags].count("script") == 4
    assert "img" not in {tag for tag, _ in found.tags}
    data = json.loads(found.scripts["kg-data"])
    assert {SCRIPT, BREAKOUT} <= set(data["nodes"]["label"])
    assert data["title"] == f"{SCRIPT}{BREAKOUT}"


@pytest.mark.parametrize("text", ["</script>", "<!--<script>", "]]>", "&amp;", "\u2028\u2029", "emoji 👩‍⚕️"])
def test_safe_json_gives_back_what_went_in(text):
    safe = safe_json({"x": text})
    assert json.loads(safe) == {"x": text}
    assert not re.search("[<>&\u2028\u2029]", safe)


def test_a_lone_surrogate_does_not_stop_the_page(tmp_path):
    safe_json({"x": "坏\ud800字"}).encode("utf-8")


def test_a_page_is_written_whole_or_not_at_all(tmp_path):
    target = tmp_path / "view.html"
    write_page(story_view(), target, title="云岭签约", language="en")
    assert target.read_text("utf-8").startswith('<!DOCTYPE html>\n<html lang="en">')
    assert [path.name for path in tmp_path.iterdir()] == ["view.html"]
    with pytest.raises(OSError, match="missing"):
        write_page(story_view(), tmp_path / "missing" / "view.html", title="x")


def test_a_large_graph_opens_with_its_hubs_and_carries_all_nodes():
    page = Elements(render_page(made_up_graph(1500), title="大图"))
    assert len(json.loads(page.scripts["kg-first"])["nodes"]) == 220
    assert len(json.loads(page.scripts["kg-data"])["nodes"]["id"]) == 1500


def test_every_term_has_words_in_both_languages():
    words = labels()
    keys = [f"type.{name}" for name in ENTITY_TYPES] + [
        f"kind.{name}" for name in (*AGREEMENT_TYPES, *RELATION_TYPES)
    ]
    keys += [f"inverse.{name}" for name in RELATION_TYPES] + [f"status.{name}" for name in AGREEMENT_STATUSES]
    keys += [f"figure.{name}" for name in QUANTITY_PROPERTIES]
    assert not [key for key in keys if not all(words.get(key, ["", ""]))]


def test_every_word_the_scripts_ask_for_exists():
    page = Elements(render_page(story_view(), title="x")).scripts
    asked = set(re.findall(r'\bt\("([a-z.A-Z]+)"', "".join(page.values()))) - {"ui."}
    whole = {key for key in asked if not key.endswith(".")}
    begun = ("inverse.", *asked - whole, "ui.fit", "ui.png", "ui.csv")
    assert len(whole) > 40
    assert not whole - labels().keys()
    assert not [key for key in labels() if key not in whole and not key.startswith(begun)]


def test_styles_tell_types_and_status_apart():
    assert set(ENTITY_TYPES) == set(NODE_STYLES)
    assert len(set(NODE_STYLES.values())) == len(NODE_STYLES)
    looks = {json.dumps(tie_style("supply", status)) for status in AGREEMENT_STATUSES}
    assert len(looks) == len(AGREEMENT_STATUSES)
    assert tie_style("other", "signed") != tie_style("locatedIn", None)
