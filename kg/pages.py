"""The page ledger of a store: what was read from where, and what was extracted from it.

One SQLite file beside the store. It lets a build extract only what changed, keep the pages of earlier builds,
and notice pages that are gone.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from kg.errors import StoreError
from kg.model import Annotation, Document, OffsetMap

_SCHEMA = """
CREATE TABLE IF NOT EXISTS page (
    key TEXT PRIMARY KEY,
    root TEXT NOT NULL,
    content_hash TEXT NOT NULL,
    extractor TEXT NOT NULL,
    about TEXT NOT NULL,
    annotation TEXT NOT NULL
) WITHOUT ROWID
"""
_KEPT = (
    "key",
    "name",
    "source",
    "title",
    "publisher",
    "published",
    "url",
    "media_type",
    "encoding",
    "content_hash",
)


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a build: the source argument that it came from, what it is, and what it says."""

    root: str
    document: Document
    annotation: Annotation


def ledger_path(store: str) -> Path | None:
    """Where the ledger of a store stands: beside a folder; nowhere for memory and for a server."""
    if store == "memory:" or store.startswith(("http://", "https://")):
        return None
    folder = Path(store)
    return folder.with_name(folder.name + ".pages")


class Ledger:
    """The pages of a store. ``path`` None keeps nothing beyond this process."""

    def __init__(self, path: Path | None) -> None:
        self.path = path
        try:
            if path is not None:
                path.parent.mkdir(parents=True, exist_ok=True)
            self._db = sqlite3.connect(path or ":memory:", isolation_level=None)
            self._db.execute(_SCHEMA)
        except (sqlite3.Error, OSError) as err:
            raise StoreError(
                f"the page ledger {path} cannot be opened ({err}); remove it to build afresh"
            ) from err

    def __enter__(self) -> Ledger:
        return self

    def __exit__(self, *_: object) -> None:
        self._db.close()

    def find(self, key: str, content_hash: str, extractor: str) -> Annotation | None:
        """The annotation of an unchanged page, made by the same extractor."""
        query = "SELECT annotation FROM page WHERE key = ? AND content_hash = ? AND extractor = ?"
        row = self._db.execute(query, (key, content_hash, extractor)).fetchone()
        return Annotation.from_json(row[0], where=f"{self.path}: {key}") if row else None

    def replace(self, pages: Iterable[Page], *, extractor: str, roots: Iterable[str]) -> None:
        """Make the pages of these roots be exactly these; pages of other roots stay. All or nothing."""
        rows = [
            (
                p.document.key,
                p.root,
                p.document.content_hash,
                extractor,
                _about(p.document),
                p.annotation.to_json(),
            )
            for p in pages
        ]
        with closing(self._db.cursor()) as cursor:
            cursor.execute("BEGIN IMMEDIATE")
            try:
                cursor.executemany("DELETE FROM page WHERE root = ?", [(root,) for root in roots])
                cursor.executemany("INSERT OR REPLACE INTO page VALUES (?, ?, ?, ?, ?, ?)", rows)
            except sqlite3.Error:
                cursor.execute("ROLLBACK")
                raise
            cursor.execute("COMMIT")

    def pages(self) -> Iterator[Page]:
        """All pages, by key."""
        for root, about, annotation in self._db.execute(
            "SELECT root, about, annotation FROM page ORDER BY key"
        ):
            yield Page(root, _document(about), Annotation.from_json(annotation, where=str(self.path)))


def _about(document: Document) -> str:
    return json.dumps({name: getattr(document, name) for name in _KEPT}, ensure_ascii=False)


def _document(about: str) -> Document:
    """The document without its text, which the graph does not hold."""
    return Document(source_text="", text="", offsets=OffsetMap.identity(0), **json.loads(about))
