"""Reading: sources → bytes → text → repaired Document.

``read_sources`` is the door for files, folders and patterns; ``read_text`` for a text at hand.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from kg.errors import ReadError
from kg.model import Document
from kg.read.decode import decode
from kg.read.furniture import find_furniture
from kg.read.html import LOOKS_LIKE_HTML, extract_article
from kg.read.metadata import find_published, find_publisher, find_title, normalise_date
from kg.read.repair import repair
from kg.read.sources import find_pages

__all__ = ["ReadError", "ReadFailure", "read_file", "read_sources", "read_text"]

_SUFFIX_LENGTH = 8
_SNIFF = 2000


@dataclass(frozen=True, slots=True)
class ReadFailure:
    """A page that could not be read: where it is, and why."""

    source: str
    reason: str


def read_sources(paths: Iterable[str | Path]) -> Iterator[Document | ReadFailure]:
    """Read every page of files, folders (recursively, hidden files skipped) and glob patterns, in a fixed order.

    Raises ReadError at once for a source that does not exist and for a folder without pages. A page
    that cannot be read comes as a ReadFailure in its place. Where two pages of one call have the same key
    (or name), the later one's is followed by ``~`` and the start of its content hash.
    """
    pages = find_pages(paths)
    return _read_pages([(page.path, page.key) for page in pages])


def _read_pages(pages: list[tuple[Path, str]]) -> Iterator[Document | ReadFailure]:
    keys: set[str] = set()
    names: set[str] = set()
    for path, key in pages:
        try:
            raw = _bytes(path)
            mark = "~" + Document.hash_of(raw)[:_SUFFIX_LENGTH]
            name = path.stem
            while key in keys:
                key += mark
            while name in names:
                name += mark
            document = _read_bytes(raw, key=key, name=name, source=str(path))
        except ReadError as err:
            yield ReadFailure(str(path), str(err).removeprefix(f"{path}: "))
        else:
            keys.add(key)
            names.add(name)
            yield document


def read_file(path: str | Path, *, key: str | None = None) -> Document:
    """Read one text or HTML file; raises ReadError that names the file and the reason."""
    path = Path(path)
    try:
        return _read_bytes(_bytes(path), key=key or path.name, name=path.stem, source=str(path))
    except ReadError as err:
        message = str(err)
        raise ReadError(message if message.startswith(str(path)) else f"{path}: {message}") from err


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

    ``lead`` is text of the page outside the article (a date line) that may date it.
    """
    repaired = repair(text)
    blocked = find_furniture(repaired.text)
    title = title or find_title(repaired.text, blocked)
    return Document(
        key=key,
        name=name or Path(key).stem,
        source=source or key,
        source_text=text,
        text=repaired.text,
        offsets=repaired.offsets,
        title=title,
        publisher=publisher or find_publisher(f"{lead}\n{repaired.text}"),
        published=published or find_published(repaired.text, lead=lead),
        url=url,
        media_type=media_type,
        encoding=encoding,
        blocked=_merge((*blocked, *repaired.unreadable)),
        content_hash=content_hash or Document.hash_of(text.encode("utf-8", "surrogatepass")),
    )


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except IsADirectoryError as err:
        raise ReadError(f"{path}: is a folder; give it to read_sources") from err
    except OSError as err:
        raise ReadError(f"{path}: {err.strerror}") from err


def _read_bytes(raw: bytes, *, key: str, name: str, source: str) -> Document:
    text, encoding = decode(raw)
    content_hash = Document.hash_of(raw)
    if not (Path(source).suffix.lower() in {".html", ".htm", ".shtml", ".xhtml"} or LOOKS_LIKE_HTML.search(text[:_SNIFF])):
        return read_text(text, key=key, name=name, source=source, encoding=encoding, content_hash=content_hash)
    article = extract_article(text)
    return read_text(
        article.text,
        key=key,
        name=name,
        source=source,
        title=repair(article.title).text if article.title else None,
        publisher=article.publisher,
        published=normalise_date(article.published) if article.published else None,
        url=article.url,
        lead=repair(article.lead).text,
        media_type="text/html",
        encoding=encoding,
        content_hash=content_hash,
    )


def _merge(spans: Iterable[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Sorted spans without overlaps."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        elif start < end:
            merged.append((start, end))
    return tuple(merged)
