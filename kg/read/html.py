"""The article in a saved HTML page: its text as plain lines, and what the page says about itself."""

from __future__ import annotations

import re
from configparser import ConfigParser
from dataclasses import dataclass
from functools import cache

import trafilatura
from lxml import etree
from lxml import html as lxml_html
from trafilatura.settings import use_config

from kg.errors import ReadError

#: File names of HTML pages, and what tells HTML in a file of another name.
HTML_SUFFIXES = frozenset({".html", ".htm", ".shtml", ".xhtml"})
LOOKS_LIKE_HTML = re.compile(r"<(?:!doctype\s+html|html|head|body|meta)\b", re.IGNORECASE)

#: Names under which pages state their date, publisher and address in the head.
_DATE_NAMES = (
    "article:published_time", "og:published_time", "pubdate", "publishdate", "publish_date", "datepublished",
    "og:release_date", "weibo:article:create_at", "bytedance:published_time",
    "dc.date", "dcterms.created", "date",
)
_SITE_NAMES = ("og:site_name", "sitename", "contentsource", "dc.publisher", "publisher", "application-name")
_DATE = re.compile(r"(?:19|20)\d{2}\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}")
#: Elements that never hold the article.
_FURNITURE = etree.XPath(
    "//script|//style|//noscript|//nav|//aside|//footer|//form|//iframe|//button|//select|//comment()"
)
_BLOCKS = ("p", "div", "span", "h2", "h3", "td", "li", "time", "em", "i")
_XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
#: A site's name behind the heading in <title>: 标题_某某网, 标题 - 某某在线
_SITE_IN_TITLE = re.compile(
    r"\s*(?:[_|｜]|\s[-–—]\s|[-–—](?=[^-–—_|｜]{2,12}(?:网|在线|之窗|频道|日报|晚报|门户)$))\s*"
)
_SITE = re.compile(r"(?:网|在线|之窗|日报|晚报|时报|门户|观察|新闻|传媒|发布)$")
_TABLE_RULE = re.compile(r"^[|\s:-]+$")
_SENTENCE_MARK = re.compile(r"[。！？；，,]")
_MAX_LEAD_LINE = 120


@dataclass(frozen=True, slots=True)
class Article:
    """What was taken out of a page; ``lead`` is short text around the heading (date, source line)."""

    text: str
    lead: str = ""
    title: str | None = None
    published: str | None = None
    publisher: str | None = None
    url: str | None = None


@cache
def _settings() -> ConfigParser:
    """trafilatura's settings for Chinese, which says in 60 characters what takes 250 in English.

    With its own sizes it takes a short article for a failure and falls back to methods that lose lists.
    """
    settings: ConfigParser = use_config()
    settings["DEFAULT"].update(MIN_EXTRACTED_SIZE="60", MIN_OUTPUT_SIZE="5", MIN_DUPLCHECK_SIZE="40")
    return settings


def extract_article(page: str) -> Article:
    """Article text of an HTML page by trafilatura; raises ReadError where there is none.

    The heading, paragraphs, list items and table rows become lines. ``published`` is only what the head
    of the page declares: dates are not guessed from addresses or copyright lines.
    """
    try:
        tree = lxml_html.document_fromstring(_XML_DECLARATION.sub("", page))
    except (etree.ParserError, ValueError) as err:
        raise ReadError("an HTML page without an article") from err
    head = _head(tree)
    heading, site = _title(tree, head)
    for element in _FURNITURE(tree):
        _drop(element)
    cleaned = lxml_html.tostring(tree, encoding="unicode")
    found = trafilatura.extract(
        cleaned, include_comments=False, include_tables=True, favor_recall=True, config=_settings()
    )
    lines = [line for line in map(_plain, (found or "").split("\n")) if line]
    if not any(_SENTENCE_MARK.search(line) for line in lines if line != heading):
        raise ReadError("an HTML page without an article")
    if heading and heading not in lines[:3]:
        lines.insert(0, heading)
    return Article(
        text="\n".join(lines),
        lead=_lead(tree, heading),
        title=heading,
        published=next((head[name] for name in _DATE_NAMES if _DATE.search(head.get(name, ""))), None),
        publisher=next((head[name] for name in _SITE_NAMES if head.get(name)), site),
        url=head.get("canonical") or head.get("og:url"),
    )


def _head(tree: lxml_html.HtmlElement) -> dict[str, str]:
    """Meta names and properties (lower case) with their content; ``canonical`` for the link."""
    found: dict[str, str] = {}
    for meta in tree.iter("meta"):
        name = (meta.get("property") or meta.get("name") or meta.get("itemprop") or "").lower()
        content = (meta.get("content") or "").strip()
        if name and content:
            found.setdefault(name, content)
    for link in tree.iter("link"):
        if (link.get("rel") or "").lower() == "canonical" and link.get("href"):
            found.setdefault("canonical", link.get("href").strip())
    return found


def _title(tree: lxml_html.HtmlElement, head: dict[str, str]) -> tuple[str | None, str | None]:
    """The heading (<h1>, else <title> without the site's name) and the site's name behind it."""
    whole = " ".join((tree.findtext(".//title") or head.get("og:title") or "").split())
    parts = [part for part in _SITE_IN_TITLE.split(whole) if part]
    site = parts[-1] if len(parts) > 1 and _SITE.search(parts[-1]) else None
    headings = [" ".join(h.text_content().split()) for h in tree.iter("h1")]
    heading = max(headings, key=len, default="") or (parts[0] if parts else "")
    return heading or None, site


def _drop(element: lxml_html.HtmlElement) -> None:
    """Take an element out, but leave the text behind it."""
    parent = element.getparent()
    if parent is None:
        return
    if element.tail:
        previous = element.getprevious()
        if previous is None:
            parent.text = (parent.text or "") + element.tail
        else:
            previous.tail = (previous.tail or "") + element.tail
    parent.remove(element)


def _plain(line: str) -> str:
    """A line of trafilatura's text without its marks for lists and tables."""
    line = line.strip()
    if _TABLE_RULE.match(line):
        return ""
    if line.startswith("|"):
        return " | ".join(cell.strip() for cell in line.strip("| ").split("|"))
    return "· " + line[2:] if line.startswith("- ") else line


def _lead(tree: lxml_html.HtmlElement, heading: str | None) -> str:
    """Short visible texts up to the first paragraph: there pages give date and source."""
    lines: list[str] = []
    for element in tree.iter(*_BLOCKS):
        if element.tag == "div" and element.xpath("boolean(.//p|.//div|.//h1)"):
            continue
        text = " ".join(element.text_content().split())
        if len(text) > _MAX_LEAD_LINE:
            break
        if text and text != heading and "。" not in text:
            lines.append(text)
    return "\n".join(lines)
