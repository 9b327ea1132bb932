"""The page ledger of a store: what was read from where, and what was extracted from it.

One SQLite file beside the store. It lets a build extract only what changed, keep the pages of earlier builds,
and notice pages that are gone.
"""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from kg.errors import StoreError
from kg.model import Annotation, Document, OffsetMap

#: Raised with every change of the table: a ledger of another version is refused, not guessed at.
_VERSION = 2
_SCHEMA = """
CREATE TABLE IF NOT EXISTS page (
    root TEXT NOT NULL,
    key TEXT NOT NULL,
    place TEXT NOT NULL,
    content_hash TEXT NOT NULL,
    extractor TEXT NOT NULL,
    about TEXT NOT NULL,
    quoted TEXT NOT NULL,
    annotation TEXT NOT NULL,
    PRIMARY KEY (root, key)
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
    """One page of a build.

    root: the source argument that it came from, as an absolute path or pattern; place: the file itself, whichever
    root led to it; document: its key is as unique as its root made it; annotation: what it says.
    """

    root: str
    place: str
    document: Document
    annotation: Annotation


def ledger_path(store: str) -> Path | None:
    """Where the ledger of a store stands: beside a folder, for a server in the user's state folder, nowhere for
    memory.
    """
    if store == "memory:":
        return None
    if store.startswith(("http://", "https://")):
        state = Path(os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state")
        return state / "kg" / f"{hashlib.sha256(store.encode()).hexdigest()[:16]}.pages"
    folder = Path(store)
    return folder.with_name(folder.name + ".pages")


class Ledger:
    """The pages of a store. ``path`` None keeps nothing beyond this process.

    All methods raise StoreError where the file cannot be read or written.
    """

    def __init__(self, path: Path | None) -> None:
        self.path = path
        with self._reported("opened"):
            if path is not None:
                path.parent.mkdir(parents=True, exist_ok=True)
            self._db = sqlite3.connect(path or ":memory:", isolation_level=None)
            (version,) = self._db.execute("PRAGMA user_version").fetchone()
            (tables,) = self._db.execute("SELECT count(*) FROM sqlite_master").fetchone()
            if tables and version != _VERSION:
                self._db.close()
                raise StoreError(
                    f"the page ledger {path} is of another version of kg; remove it and the store to build afresh"
                )
            self._db.execute(f"PRAGMA user_version = {_VERSION}")
            self._db.execute(_SCHEMA)

    def __enter__(self) -> Ledger:
        return self

    def __exit__(self, *_: object) -> None:
        self._db.close()

    @contextmanager
    def _reported(self, what: str) -> Iterator[None]:
        try:
            yield
        except OSError as err:
            raise StoreError(f"the page ledger {self.path} cannot be {what}: {err.strerror or err}") from err
        except sqlite3.Error as err:
            hint = (
                "another program is using it; wait for it to end"
                if "locked" in str(err)
                else "remove it and the store to build afresh"
            )
            raise StoreError(f"the page ledger {self.path} cannot be {what} ({err}); {hint}") from err

    def find(self, root: str, key: str, content_hash: str, extractor: str) -> Annotation | None:
        """The annotation of an unchanged page, made by the same extractor."""
        query = (
            "SELECT annotation FROM page WHERE root = ? AND key = ? AND content_hash = ? AND extractor = ?"
        )
        with self._reported("read"):
            row = self._db.execute(query, (root, key, content_hash, extractor)).fetchone()
        return Annotation.from_json(row[0], where=f"{self.path}: {key}") if row else None

    def pages(self) -> Iterator[Page]:
        """All pages, by root and key."""
        query = "SELECT root, place, about, quoted, annotation FROM page ORDER BY root, key"
        with self._reported("read"):
            for root, place, about, quoted, annotation in self._db.execute(query):
                document = _document(json.loads(about), json.loads(quoted))
                yield Page(root, place, document, Annotation.from_json(annotation, where=str(self.path)))

    def update(self, *, changed: Iterable[Page], gone: Iterable[Page], extractor: str) -> None:
        """Write new and changed pages, and forget those that are gone. All or nothing."""
        rows = [
            (
                p.root,
                p.document.key,
                p.place,
                p.document.content_hash,
                extractor,
                json.dumps({name: getattr(p.document, name) for name in _KEPT}, ensure_ascii=False),
                json.dumps(_quoted(p.document, p.annotation), ensure_ascii=False),
                p.annotation.to_json(),
            )
            for p in changed
        ]
        lost = [(p.root, p.document.key) for p in gone]
        with self._reported("written"), closing(self._db.cursor()) as cursor:
            cursor.execute("BEGIN IMMEDIATE")
            try:
                cursor.executemany("DELETE FROM page WHERE root = ? AND key = ?", lost)
                cursor.executemany("INSERT OR REPLACE INTO page VALUES (?, ?, ?, ?, ?, ?, ?, ?)", rows)
            except sqlite3.Error:
                cursor.execute("ROLLBACK")
                raise
            cursor.execute("COMMIT")


def _quoted(document: Document, annotation: Annotation) -> list[tuple[str, int, int]]:
    """The text of all mentions, which is what the graph quotes of a page beside its evidence.

    Runs of (repaired text, source start, source end); every character of a run has a source character of its own,
    or all of it stands for the whole span.
    """
    offsets = document.offsets
    indices: set[int] = set()
    for entity in annotation.entities:
        for start, end in entity.mentions:
            indices.update(range(*offsets.to_repaired(start, end)))
    runs: list[tuple[str, int, int]] = []
    for index in sorted(indices):
        char, (start, end) = document.text[index], offsets.to_source(index, index + 1)
        if runs and end == start + 1:
            text, first, last = runs[-1]
            if len(text) == last - first and last == start:
                runs[-1] = (text + char, first, end)
                continue
        runs.append((char, start, end))
    return runs


def _document(about: dict[str, str], runs: list[tuple[str, int, int]]) -> Document:
    """The document without its text but for the mentions."""
    starts: list[int] = []
    ends: list[int] = []
    for text, start, end in runs:
        single = len(text) == end - start
        starts += range(start, end) if single else [start] * len(text)
        ends += range(start + 1, end + 1) if single else [end] * len(text)
    text = "".join(text for text, _, _ in runs)
    return Document(source_text="", text=text, offsets=OffsetMap(starts, ends), **about)  # type: ignore[arg-type]
