"""Pages to Documents: finds, decodes, takes out the article, repairs, and names each page once."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from kg.errors import ReadError
from kg.model import Document
from kg.read.decode import decode
from kg.read.furniture import find_furniture
from kg.read.html import HTML_SUFFIXES, LOOKS_LIKE_HTML, extract_article
from kg.read.metadata import find_published, find_publisher, find_title, normalise_date
from kg.read.repair import repair_text
from kg.read.sources import Page, find_pages

#: How much of a file is looked at for HTML tags, and of the content hash that tells equal keys apart.
_SNIFF = 2000
_MARK_LENGTH = 8
#: A page with less than this outside menus and notices says nothing.
_MIN_ARTICLE = 10
_LETTER = re.compile(r"[^\W\d_]")


@dataclass(frozen=True, slots=True)
class ReadFailure:
    """A page that could not be read: where it is, and why."""

    source: str
    reason: str


@dataclass(frozen=True, slots=True)
class Unchanged:
    """A page that need not be read again, and what it is called now."""

    key: str
    name: str
    source: str


def read_sources(paths: Iterable[str | Path]) -> Iterator[Document | ReadFailure]:
    """Read all pages of files, folders (recursively, hidden files skipped) and glob patterns, in fixed order.

    Raises ReadError at once for a source that does not exist and for a folder without pages. A page that
    cannot be read comes as a ReadFailure in its place. Where two pages of one call would have the same key
    (or name), the later one's is followed by ``~`` and the start of its content hash.
    """
    pages = read_changed(paths, is_known=lambda key, content_hash: False)
    return (page for page in pages if not isinstance(page, Unchanged))


def read_changed(
    paths: Iterable[str | Path], *, is_known: Callable[[str, str], bool]
) -> Iterator[Document | ReadFailure | Unchanged]:
    """As read_sources, but a page that is known by its key and content hash (of the raw bytes) is not read.

    A known page is one that could be read before.
    """
    return _read_pages(find_pages(paths), is_known)


def _read_pages(
    pages: Iterable[Page], is_known: Callable[[str, str], bool]
) -> Iterator[Document | ReadFailure | Unchanged]:
    keys: set[str] = set()
    names: set[str] = set()
    for page in pages:
        try:
            raw = _bytes(page.path)
            content_hash = Document.hash_of(raw)
            mark = "~" + content_hash[:_MARK_LENGTH]
            key, name = _unused(page.key, mark, keys), _unused(page.path.stem, mark, names)
            found: Document | Unchanged
            if is_known(key, content_hash):
                found = Unchanged(key, name, str(page.path))
            else:
                found = _read_bytes(raw, key=key, name=name, source=str(page.path))
        except ReadError as err:
            yield ReadFailure(str(page.path), str(err))
        else:
            keys.add(key)
            names.add(name)
            yield found


def _unused(name: str, mark: str, used: set[str]) -> str:
    while name in used:
        name += mark
    return name


def read_file(path: str | Path, *, key: str | None = None) -> Document:
    """Read one text or HTML file; ``key`` is the file's name if not given.

    Raises ReadError that names the file and the reason.
    """
    path = Path(path)
    try:
        return _read_bytes(_bytes(path), key=key or path.name, name=path.stem, source=str(path))
    except ReadError as err:
        raise ReadError(f"{path}: {err}") from err


def read_text(
    text: str,
    *,
    key: str,
    name: str | None = None,
    source: str | None = None,
    title: str | None = None,
    publisher: str | None = None,
    published: str | None = None,
    url: str | None = None,
    lead: str = "",
    media_type: str = "text/plain",
    encoding: str | None = None,
    content_hash: str | None = None,
) -> Document:
    """Repair a text and find what it says about itself; what the caller gives is not looked for.

    ``text`` is the source text that offsets will count in; ``lead`` is text of the page outside the article
    (a date line) that may date it. ``name`` is the key's stem if not given.
    """
    repaired = repair_text(text)
    furniture = find_furniture(repaired.text)
    return Document(
        key=key,
        name=name or Path(key).stem,
        source=source or key,
        source_text=text,
        text=repaired.text,
        offsets=repaired.offsets,
        title=title or find_title(repaired.text, furniture),
        publisher=publisher or find_publisher(repaired.text, lead=lead),
        published=published or find_published(repaired.text, lead=lead),
        url=url,
        media_type=media_type,
        encoding=encoding,
        blocked=_merged((*furniture, *repaired.unreadable)),
        content_hash=content_hash or Document.hash_of(text.encode("utf-8", "surrogatepass")),
    )


def _bytes(path: Path) -> bytes:
    if path.is_dir():
        raise ReadError("is a folder, not a page")
    try:
        return path.read_bytes()
    except OSError as err:
        raise ReadError((err.strerror or "cannot be read").lower()) from err


def _read_bytes(raw: bytes, *, key: str, name: str, source: str) -> Document:
    text, encoding = decode(raw)
    content_hash = Document.hash_of(raw)
    if Path(source).suffix.lower() in HTML_SUFFIXES or LOOKS_LIKE_HTML.search(text[:_SNIFF]):
        article = extract_article(text)
        document = read_text(
            article.text,
            key=key,
            name=name,
            source=source,
            title=repair_text(article.title).text if article.title else None,
            publisher=article.publisher,
            published=normalise_date(article.published) if article.published else None,
            url=article.url,
            lead=repair_text(article.lead).text,
            media_type="text/html",
            encoding=encoding,
            content_hash=content_hash,
        )
    else:
        document = read_text(
            text, key=key, name=name, source=source, encoding=encoding, content_hash=content_hash
        )
    if _is_empty(document):
        raise ReadError("a page without an article: nothing in it but menus and notices")
    return document


def _is_empty(document: Document) -> bool:
    """Does the page hold nothing outside its furniture, or hardly anything?"""
    least = _MIN_ARTICLE if document.blocked else 1
    kept = at = 0
    for start, end in (*document.blocked, (len(document.text), len(document.text))):
        kept += len(_LETTER.findall(document.text, at, start))
        if kept >= least:
            return False
        at = end
    return True


def _merged(spans: Iterable[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Sorted spans without overlaps."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        elif start < end:
            merged.append((start, end))
    return tuple(merged)
