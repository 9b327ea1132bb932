"""The article in a saved HTML page: its text as plain paragraphs, and what the page says about itself."""

from __future__ import annotations

import re
from dataclasses import dataclass

import trafilatura
from lxml import etree
from lxml import html as lxml_html

from kg.errors import ReadError

LOOKS_LIKE_HTML = re.compile(r"<(?:!doctype\s+html|html|head|body|meta|div|article|p)\b", re.I)
_DATE = re.compile(r"(?:19|20)\d{2}[-/.年]\d{1,2}(?:[-/.月]\d{1,2})?")
#: Names under which pages state their date, publisher and address in the head.
_DATE_NAMES = ("article:published_time", "og:published_time", "pubdate", "publishdate", "publish_date", "weibo:article:create_at",
               "og:release_date", "bytedance:published_time", "datepublished", "date", "dc.date", "dcterms.created")
_SITE_NAMES = ("og:site_name", "sitename", "contentsource", "application-name", "publisher", "dc.publisher")
#: Elements that never hold the article, and classes of page furniture inside it.
_DROP = etree.XPath(
    "//script|//style|//noscript|//nav|//aside|//footer|//form|//iframe|//button|//select|//comment()"
    "|//*[contains(concat(' ', normalize-space(@class), ' '), ' ad ')]"
)


@dataclass(frozen=True, slots=True)
class Article:
    """What was taken out of a page; ``lead`` is the visible text around the heading (date, source line)."""

    text: str
    lead: str
    title: str | None = None
    published: str | None = None
    publisher: str | None = None
    url: str | None = None


def extract_article(page: str) -> Article:
    """Article text of an HTML page by trafilatura; raises ReadError where there is none.

    Paragraphs, headings, list items and table rows become lines. The date is never guessed from
    copyright lines or addresses: only what the head declares counts here, the rest is metadata.py's.
    """
    try:
        tree = lxml_html.document_fromstring(re.sub(r"^\s*<\?xml[^>]*\?>", "", page))
    except (etree.ParserError, ValueError) as err:
        raise ReadError(f"HTML without an article ({err})") from err
    head = _head(tree)
    found = trafilatura.bare_extraction(
        page, include_comments=False, include_tables=True, include_links=False, favor_recall=True, with_metadata=True,
    )
    text = (found.text or "").strip() if found else ""
    if len(text) < 1:
        raise ReadError("HTML page without an article")
    title = _heading(tree) or head.get("og:title") or (found.title if found else None)
    if title and title not in text:
        text = f"{title}\n{text}"
    return Article(
        text=text,
        lead=_lead(tree, title),
        title=title,
        published=next((head[name] for name in _DATE_NAMES if _DATE.match(head.get(name, ""))), None),
        publisher=next((head[name] for name in _SITE_NAMES if head.get(name)), None),
        url=head.get("canonical") or head.get("og:url"),
    )


def _head(tree: lxml_html.HtmlElement) -> dict[str, str]:
    """Meta names and properties (lower case) with their content; ``canonical`` for the link."""
    found: dict[str, str] = {}
    for meta in tree.iter("meta"):
        name = (meta.get("property") or meta.get("name") or meta.get("itemprop") or "").lower()
        if name and meta.get("content", "").strip():
            found.setdefault(name, meta.get("content").strip())
    for link in tree.iter("link"):
        if (link.get("rel") or "").lower() == "canonical" and link.get("href"):
            found["canonical"] = link.get("href").strip()
    return found


def _heading(tree: lxml_html.HtmlElement) -> str | None:
    headings = [" ".join(h.text_content().split()) for h in tree.iter("h1")]
    headings = [heading for heading in headings if heading]
    return max(headings, key=len) if headings else None


def _lead(tree: lxml_html.HtmlElement, title: str | None) -> str:
    """Short visible texts of the page's content part, a line each, up to the first long paragraph."""
    for element in _DROP(tree):
        parent = element.getparent()
        if parent is not None:
            element.drop_tree() if isinstance(element.tag, str) else parent.remove(element)
    lines: list[str] = []
    body = tree.find("body")
    for element in (body if body is not None else tree).iter("p", "div", "span", "h1", "h2", "h3", "td", "li", "time", "em", "i"):
        if element.tag == "div" and element.xpath(".//p|.//div|.//h1"):
            continue
        text = " ".join(element.text_content().split())
        if len(text) > 120:
            break
        if text and text != title:
            lines.append(text)
    return "\n".join(lines)
