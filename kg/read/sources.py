"""Where pages come from: files, folders and glob patterns, in a fixed order and with fixed keys."""

from __future__ import annotations

import glob
import mimetypes
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from kg.errors import ReadError
from kg.read.html import HTML_SUFFIXES

_TEXT_SUFFIXES = frozenset({".txt", ".text"})
_PAGE_TYPES = frozenset({None, "text/plain", "text/html", "application/xhtml+xml"})
#: A browser saves the pictures and frames of NAME.html in a folder of this name beside it.
_SAVED_PARTS = "_files"


@dataclass(frozen=True, slots=True)
class Page:
    """A file to read and its key: the path relative to the folder given, or the name of the file given."""

    path: Path
    key: str


def find_pages(sources: Iterable[str | Path]) -> list[Page]:
    """All pages of the sources in order, each file once.

    Raises ReadError for a source that does not exist and for a folder without pages.
    """
    pages: dict[Path, Page] = {}
    for source in sources:
        for page in _pages_of(source):
            pages.setdefault(page.path.resolve(), page)
    return list(pages.values())


def _pages_of(source: str | Path) -> list[Page]:
    path = Path(source)
    if path.is_dir():
        return _folder(path)
    if path.exists():
        return [Page(path, path.name)]
    pages = [
        page
        for match in _matches(str(source))
        for page in (_folder(match) if match.is_dir() else [Page(match, match.name)])
    ]
    if not pages:
        raise ReadError(f"{source}: no such file, folder or pattern")
    return pages


def _matches(pattern: str) -> list[Path]:
    """What a glob pattern (absolute or relative, ``**`` for any depth) finds, sorted."""
    if not glob.has_magic(pattern):
        return []
    found = glob.glob(pattern, recursive=True)  # noqa: PTH207 - Path.glob takes no absolute patterns
    return sorted(map(Path, found))


def _folder(folder: Path) -> list[Page]:
    pages = {
        path.relative_to(folder).as_posix(): path
        for path in folder.rglob("*")
        if path.is_file() and _is_page(path.relative_to(folder), folder)
    }
    if not pages:
        raise ReadError(f"{folder}: a folder without pages (.txt, .html)")
    return [Page(path, key) for key, path in sorted(pages.items())]


def _is_page(relative: Path, folder: Path) -> bool:
    """By name: pages, and files whose kind the name leaves open; not pictures, scripts, tables …"""
    if any(part.startswith(".") for part in relative.parts):
        return False
    if any(_is_saved_parts(folder / parent) for parent in relative.parents):
        return False
    if relative.suffix.lower() in _TEXT_SUFFIXES | HTML_SUFFIXES:
        return True
    kind, compression = mimetypes.guess_type(relative.name)
    return compression is None and kind in _PAGE_TYPES


def _is_saved_parts(folder: Path) -> bool:
    stem = folder.name.removesuffix(_SAVED_PARTS)
    if stem == folder.name:
        return False
    return any(folder.with_name(stem + suffix).exists() for suffix in HTML_SUFFIXES)
