"""Where pages come from: files, folders and glob patterns, in a fixed order and with fixed keys."""

from __future__ import annotations

import glob
import mimetypes
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from kg.errors import ReadError

PAGE_SUFFIXES = frozenset({".txt", ".text", ".html", ".htm", ".shtml", ".xhtml"})


@dataclass(frozen=True, slots=True)
class Page:
    """A file to read and its key: the path relative to the folder given, or the name of the file given."""

    path: Path
    key: str


def find_pages(sources: Iterable[str | Path]) -> list[Page]:
    """All pages of the sources in order, each file once; raises ReadError for a missing or empty source."""
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
    matches = sorted(map(Path, glob.glob(str(source), recursive=True))) if glob.has_magic(str(source)) else []
    pages = [page for match in matches for page in (_folder(match) if match.is_dir() else [Page(match, match.name)])]
    if not pages:
        raise ReadError(f"{source}: no such file, folder or pattern")
    return pages


def _folder(folder: Path) -> list[Page]:
    files = []
    for path in folder.rglob("*"):
        relative = path.relative_to(folder)
        if not any(part.startswith(".") for part in relative.parts) and path.is_file() and _is_page(path, folder):
            files.append((relative.as_posix(), path))
    if not files:
        raise ReadError(f"{folder}: a folder without pages (.txt, .html)")
    return [Page(path, key) for key, path in sorted(files)]


def _is_page(path: Path, folder: Path) -> bool:
    """By name: pages, and files whose kind the name leaves open; not pictures, scripts, tables …

    The folder ``NAME_files`` beside a saved ``NAME.html`` holds its pictures and frames, no pages.
    """
    for parent in path.relative_to(folder).parents:
        stem = parent.name.removesuffix("_files")
        if stem != parent.name and any((folder / parent.parent / (stem + s)).exists() for s in (".html", ".htm")):
            return False
    if path.suffix.lower() in PAGE_SUFFIXES:
        return True
    kind, compression = mimetypes.guess_type(path.name)
    return compression is None and kind in (None, "text/plain", "text/html", "application/xhtml+xml")
