"""Article text out of HTML pages."""

import pytest

from kg.errors import ReadError
from kg.read.html import extract_article

STORY = """<h1>青禾市医药谷签约仪式举行</h1>
<div class="meta"><span>2024-05-06 09:00</span> 来源：青禾日报 <a href="#">我要评论</a></div>
<p>5月5日，青禾市医药谷举行签约仪式，蓝鹊生物、木荷医疗等三家企业签约入驻，总投资12亿元。管委会主任孟晓白表示，将提供全程服务。</p>
<h2>签约名单</h2>
<ul><li>蓝鹊生物：细胞治疗项目</li><li>木荷医疗：内窥镜项目</li></ul>
<table><tr><th>企业</th><th>金额</th></tr><tr><td>蓝鹊生物</td><td>7亿元</td></tr></table>
<p>签约后，园区已集聚企业130家。<br>下一步，园区将建设二期。</p>
<blockquote>“我们看好青禾。”蓝鹊生物董事长易青说。</blockquote>"""
SIDE = (
    "<aside><h3>热门</h3><ul>"
    + "".join(f"<li><a href='/{n}'>某市第{n}批企业签约落户</a></li>" for n in range(6))
    + "</ul></aside>"
)


def page(body: str, *, head: str = "", title: str = "青禾市医药谷签约仪式举行_青禾在线") -> str:
    return (
        f"<!DOCTYPE html><html><head><meta charset='utf-8'><title>{title}</title>{head}</head><body>"
        f"<nav><a href='/'>首页</a> <a href='/n'>新闻</a></nav>{body}{SIDE}"
        "<footer><p>Copyright © 青禾在线 版权所有</p></footer></body></html>"
    )


LINES = [
    "青禾市医药谷签约仪式举行",
    "签约名单",
    "· 蓝鹊生物：细胞治疗项目",
    "· 木荷医疗：内窥镜项目",
    "企业 | 金额",
    "蓝鹊生物 | 7亿元",
    "签约后，园区已集聚企业130家。",
    "下一步，园区将建设二期。",
    "“我们看好青禾。”蓝鹊生物董事长易青说。",
]


@pytest.mark.parametrize(
    "wrap", ["<article>{}</article>", "<div id='main'><div class='content'>{}</div></div>", "<main>{}</main>"]
)
def test_headings_paragraphs_lists_and_tables_are_kept(wrap: str) -> None:
    article = extract_article(page(wrap.format(STORY)))
    lines = article.text.split("\n")
    assert [line for line in lines if line in LINES] == LINES
    assert "首页" not in article.text
    assert "第3批" not in article.text
    assert "版权所有" not in article.text
    assert article.title == "青禾市医药谷签约仪式举行"
    assert article.publisher == "青禾在线"
    assert "2024-05-06 09:00" in article.lead


def test_paragraphs_by_line_breaks() -> None:
    body = (
        "<div id='zoom'>　　5月5日，蓝鹊生物、木荷医疗签约入驻，总投资12亿元。<br>"
        "　　主任孟晓白表示，将提供全程服务。<br/><br/>　　园区已有企业130家。</div>"
    )
    assert extract_article(page(body)).text.split("\n") == [
        "青禾市医药谷签约仪式举行",
        "5月5日，蓝鹊生物、木荷医疗签约入驻，总投资12亿元。",
        "主任孟晓白表示，将提供全程服务。",
        "园区已有企业130家。",
    ]


@pytest.mark.parametrize(
    ("title", "heading", "site"),
    [
        ("药谷开园_要闻_青禾网", "药谷开园", "青禾网"),
        ("药谷开园-青禾新闻网", "药谷开园", "青禾新闻网"),
        ("药谷开园 - 园区动态 - 青禾医谷网", "药谷开园", "青禾医谷网"),
        ("“盐田-饶平汇智谷”揭牌", "“盐田-饶平汇智谷”揭牌", None),
        ("药谷开园 | 签约三家", "药谷开园", None),
    ],
)
def test_title_and_site(title: str, heading: str, site: str | None) -> None:
    article = extract_article(page("<div><p>蓝鹊生物签约，总投资12亿元。</p></div>", title=title))
    assert (article.title, article.publisher) == (heading, site)


def test_what_the_head_declares() -> None:
    head = """<meta property="article:published_time" content="2024-05-06T09:00:00+08:00">
    <meta property="og:site_name" content="青禾日报"><link rel="canonical" href="https://q.example/1.html">"""
    article = extract_article(page(STORY, head=head))
    assert article.published == "2024-05-06T09:00:00+08:00"
    assert (article.publisher, article.url) == ("青禾日报", "https://q.example/1.html")


def test_no_date_is_taken_from_copyright_or_text() -> None:
    article = extract_article(
        page("<p>自2018年以来，大会已连续举办八届，蓝鹊生物参加。</p><p>Copyright 2012-2018</p>")
    )
    assert article.published is None


@pytest.mark.parametrize(
    "body",
    [
        "",
        "<ul>" + "".join(f"<li><a href='/{n}'>链接{n}</a></li>" for n in range(30)) + "</ul>",
        "<p></p><script>var a = '签约，开园。';</script>",
    ],
)
def test_no_article(body: str) -> None:
    with pytest.raises(ReadError, match="without an article"):
        extract_article(page(body))


@pytest.mark.parametrize(
    "text",
    ["<html>", "<!-- -->", "<?xml version='1.0' encoding='utf-8'?><html/>", "<p", "<html><body>\x01</body>"],
)
def test_broken_markup(text: str) -> None:
    with pytest.raises(ReadError, match="without an article"):
        extract_article(text)


def test_text_behind_a_dropped_element_stays() -> None:
    assert (
        "木荷医疗签约"
        in extract_article(page("<div>蓝鹊生物，<script>x()</script>木荷医疗签约，共12亿元。</div>")).text
    )
