"""The server's pages: dossiers at the paths of their IRIs, search, questions, headers, languages."""

import csv
import io
import json
import re
from urllib.parse import unquote, urlsplit

import pyoxigraph as ox
import pytest

from kg.graph import open_store
from kg.query.catalogue import list_queries
from kg.serve.answers import GRAPH_NAMES, GRAPHS
from tests.graph_samples import annotated, build
from tests.kg_server import HOSTILE, build_hostile, build_pages, kg_server

FIRM = "湖南麓谷康泰医疗科技有限公司"
HTML = "text/html,application/xhtml+xml,*/*;q=0.8"


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    return build_pages(tmp_path_factory.mktemp("served") / "store")


@pytest.fixture(scope="module")
def server(store):
    with kg_server(store, "--title", "星城图谱") as running:
        yield running


@pytest.fixture(scope="module")
def firm(store):
    """IRI of the firm."""
    with open_store(store) as opened:
        answer = opened.query(
            f'SELECT ?f {{ GRAPH ?g {{ ?g a kg:DerivedGraph . ?f skos:prefLabel "{FIRM}" }} }}'
        )
    return answer.rows[0][0].value


def test_the_start_page_tells_what_is_there(server):
    page = server.ask("", Accept=HTML)
    assert page.status == 200
    assert "<title>首页 · 星城图谱</title>" in page.text
    assert FIRM in page.text
    assert all(f"/query/{query.name}" in page.text for query in list_queries())
    assert re.search(r"<dt>报道</dt><dd>6</dd>", page.text)


def test_a_name_leads_to_its_dossier(server, firm):
    page = server.ask("search?go=1&q=麓谷康泰", Accept=HTML)
    assert unquote(urlsplit(page.url).path) == urlsplit(firm).path
    text = page.text
    assert f"<bdi>{FIRM}</bdi>" in text
    # Agreements in the order of dates, with quote and page; the other way round for relations.
    dates = re.findall(r"<time>([^<]+)</time>", text)
    assert dates[:3] == ["2024-05-18", "2024-05-18", "2025-03-08"]
    assert dates[-1] == "日期不详"
    assert "签署入园投资协议，总投资2.4亿元" in text
    assert "2.4亿元</span>" in text
    assert "<h2>任职者" in text
    assert "<svg viewBox" in text


def test_several_that_are_meant_are_listed(server):
    page = server.ask("search?q=药", Accept=HTML)
    assert "成都天回药谷" in page.text
    assert "没有名称含" in server.ask("search?q=子虚乌有公司").text
    near = server.ask("search?q=蓝鲸诊段").text
    assert "名称相近" in near
    assert "蓝鲸诊断" in near
    assert "请写出" in server.ask("search?q=").text


@pytest.mark.parametrize("kind", GRAPHS)
def test_the_iri_gives_rdf_to_who_asks_for_it(server, firm, kind):
    reply = server.ask(urlsplit(firm).path[1:], Accept=kind)
    assert (reply.status, reply.kind, reply.headers["vary"].split(",")[0]) == (200, kind, "Accept")
    triples = list(ox.parse(reply.body, format=GRAPHS[kind]))
    subjects = {t.subject.value for t in triples}
    assert firm in subjects
    assert any("/agreement/" in subject for subject in subjects)
    assert any(t.predicate.value.endswith("oa#exact") for t in triples)


def test_the_iri_gives_a_page_to_a_browser_and_files_by_name(server, firm):
    path = urlsplit(firm).path[1:]
    page = server.ask(path, Accept=HTML)
    assert page.kind == "text/html"
    for name, kind in GRAPH_NAMES.items():
        assert f"format={name}" in page.text
        assert server.ask(f"{path}?format={name}", Accept=HTML).kind == kind
    assert server.ask(path, Accept="image/png").status == 406
    assert server.ask(f"{path}?format=pdf").status == 406
    assert server.ask(path, method="HEAD").status == 200


def test_pages_and_agreements_have_pages_too(server):
    found = json.loads(
        server.query("SELECT ?d ?a WHERE { GRAPH ?d { ?a a kg:Agreement } } ORDER BY ?a LIMIT 1").body
    )
    row = found["results"]["bindings"][0]
    page = server.ask(urlsplit(row["d"]["value"]).path[1:], Accept=HTML)
    assert "提到的主体" in page.text
    whole = server.ask(urlsplit(row["d"]["value"]).path[1:], Accept="text/turtle")
    assert row["a"]["value"].rpartition("/")[2] in whole.text
    agreement = server.ask(urlsplit(row["a"]["value"]).path[1:], Accept=HTML)
    assert "agreementType" in agreement.text
    resource = server.ask(f"resource?iri={row['a']['value']}", Accept=HTML)
    assert "agreementType" in resource.text


@pytest.mark.parametrize(
    "path",
    [
        "nothing/here", "resource?iri=urn:none", "resource?iri=not an iri", "resource", "query/unknown",
        "query/agreements.exe", "static/..%2f..%2f..%2fpyproject.toml", "static/../app.py", "%00", "%ff%fe",
        "health-industry-kg/id/firm/<script>", "health-industry-kg/id/../../etc/passwd",
    ],
)  # fmt: skip
def test_what_is_not_there_is_not_found(server, path):
    reply = server.ask(path, Accept=HTML)
    assert reply.status == 404
    assert "<script>" not in reply.text


@pytest.mark.parametrize("query", list_queries(), ids=lambda query: query.name)
def test_every_question_has_a_page_with_its_answer(server, query):
    needed = {p.name: "麓谷康泰" if p.kind == "entity" else "2020" for p in query.parameters if p.required}
    text = "&".join(f"{name}={value}" for name, value in needed.items())
    page = server.ask(f"query/{query.name}?{text}", Accept=HTML)
    assert page.status == 200
    assert query.title_zh in page.text
    assert "<table>" in page.text or "没有结果" in page.text


def test_an_answer_links_to_dossiers_and_downloads(server, firm):
    page = server.ask("query/who-signs-with-whom?party=麓谷康泰", Accept=HTML)
    assert f'<a href="{page_link(firm)}"><bdi>{FIRM}</bdi></a>' in page.text
    file = server.ask("query/who-signs-with-whom.csv?party=麓谷康泰")
    assert "attachment" in file.headers["content-disposition"]
    rows = list(csv.DictReader(io.StringIO(file.body.decode("utf-8-sig"))))
    assert {row["party1"] for row in rows} | {row["party2"] for row in rows} >= {FIRM, "长沙市第九医院"}
    assert "head" in json.loads(server.ask("query/who-signs-with-whom.json").body)
    fault = server.ask("query/agreements?since=yesterday", Accept=HTML)
    assert (fault.status, "2025-05-28" in fault.text) == (400, True)
    note = server.ask("query/park-tenants?park=子虚乌有", Accept=HTML)
    assert "子虚乌有" in note.text


def page_link(iri):
    from urllib.parse import quote

    return quote(urlsplit(iri).path)


def test_the_language_follows_the_reader_and_stays_chosen(server, firm):
    path = urlsplit(firm).path[1:]
    assert "people in office" in server.ask(path, Accept=HTML, Accept_Language="en-GB").text
    chosen = server.ask(f"{path}?lang=en", Accept=HTML, Accept_Language="zh-CN").text
    assert "people in office" in chosen
    assert 'href="/graph?lang=en"' in chosen
    assert re.search(r'href="[^"]+\?lang=zh" hreflang="zh"', chosen)


def test_the_graph_page_is_live(server, firm):
    page = server.ask("graph?focus=麓谷康泰&hops=1", Accept=HTML)
    # The name has become the IRI, so that the frame shows this one.
    assert firm.rpartition("-")[2] in unquote(page.url)
    assert f'name="focus" value="{FIRM}"' in page.text
    source = re.search(r'<iframe src="/([^"]+)"', page.text)[1].replace("&amp;", "&")
    inner = server.ask(source)
    assert inner.status == 200
    assert '"live":true' in inner.text
    assert inner.headers["content-security-policy"] == "frame-ancestors 'self'"
    assert server.ask(source).body == inner.body
    assert "药谷" in server.ask("graph?focus=药谷").text
    assert server.ask("graph/page?region=火星").status == 400
    assert server.ask("graph/page?min_confidence=much").status == 400
    assert server.ask("graph/page?type=Planet").status == 400
    assert server.ask("graph/page?hops=1&type=Park&since=2024-01&min_confidence=0.1").status == 200


def test_headers_keep_pages_in_their_place(server):
    for path in ("", "query", "nothing", "static/site.css", "sparql?query=ASK%7B%7D"):
        headers = server.ask(path).headers
        policy = headers["content-security-policy"]
        assert "unsafe" not in policy
        assert "default-src 'none'" in policy
        assert headers["x-content-type-options"] == "nosniff"
        assert "access-control-allow-origin" not in headers


def test_hostile_names_are_text_in_every_page(tmp_path):
    with kg_server(build_hostile(tmp_path / "store")) as server:
        for path in (
            "",
            "search?q=a",
            "search?q=<script>alert(1)</script>",
            "query/organisations",
            "query/evidence?entity=<script>",
            "graph",
            "graph?focus=<script>",
        ):
            text = server.ask(path, Accept=HTML).text
            assert "<script>alert" not in text
            assert "<img src=x" not in text
        first = server.ask("search?go=1&q=" + HOSTILE[0], Accept=HTML)
        assert "&lt;script&gt;alert" in first.text
        assert "&lt;/script&gt;&lt;img" in first.text
        assert "{{ 7 * 7 }}" in first.text
        assert "javascript:" not in first.text
        assert first.text.count("<script") == 0


def test_a_dossier_of_very_many_facts_shows_the_first_and_says_so(tmp_path):
    firms = [f"青禾第{n}医药公司" for n in range(260)]
    page = "\n".join(
        [
            "=== many", "--- text", *(f"{firm}入驻百企园。" for firm in firms), "--- facts", "E Park 百企园",
            *(f"E Firm {firm}" for firm in firms), *(f"R settledIn {firm} -> 百企园" for firm in firms),
        ]
    )  # fmt: skip
    with open_store(tmp_path / "store", create=True) as store:
        build(store, annotated(f"\n{page}\n"))
    with kg_server(tmp_path / "store") as server:
        text = server.ask("search?go=1&q=百企园", Accept=HTML).text
    assert text.count('<article class="fact">') == 200
    assert "先列 200 条，共 260 条。" in text
    assert "只画出前 28 个，共 260 个" in text
