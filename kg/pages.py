"""The page ledger of a store: what was read from where, what was extracted from it, and which IRIs are in use.

One SQLite file beside the store. It lets a build read and extract only what changed, keep the pages of earlier builds,
notice pages that are gone, and give every entity the IRI that it has had since it was first met.
"""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from kg.errors import StoreError
from kg.model import Annotation, Document, OffsetMap

#: Raised with every change of the tables: a ledger of another version is refused, not guessed at.
_VERSION = 4
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
    signature BLOB NOT NULL,
    digest TEXT NOT NULL,
    PRIMARY KEY (root, key)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS profile (
    key TEXT PRIMARY KEY,
    made_from TEXT NOT NULL,
    content BLOB NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS derived (
    content BLOB NOT NULL
);
CREATE TABLE IF NOT EXISTS identity (
    met INTEGER PRIMARY KEY,
    name_key TEXT NOT NULL UNIQUE,
    iri TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS setting (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;
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
_DECISIONS = "decisions"


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a build.

    root: the source argument that it came from, as an absolute path or pattern; place: the file itself, whichever
    root led to it; document: its key is as unique as its root made it; annotation: what it says; signature: of its
    text, for finding reprints; extractor: what made the annotation (kg.extract.version.fingerprint); digest: of what
    the page says (kg.graph.fingerprint.digest_of), so that nobody need go through it to see that it is as it was.
    """

    root: str
    place: str
    document: Document
    annotation: Annotation
    signature: bytes
    extractor: str
    digest: str


def ledger_path(store: str) -> Path | None:
    """Where the ledger of a store stands: beside a folder, for a server in the user's state folder, nowhere for
    memory.
    """
    return _beside(store, ".pages")


def decisions_path(store: str) -> Path | None:
    """Where decisions about a store are looked for if nothing else is said: beside its ledger."""
    return _beside(store, ".decisions.csv")


def _beside(store: str, suffix: str) -> Path | None:
    if store == "memory:":
        return None
    if store.startswith(("http://", "https://")):
        state = Path(os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state")
        return state / "kg" / f"{hashlib.sha256(store.encode()).hexdigest()[:16]}{suffix}"
    folder = Path(store)
    return folder.with_name(folder.name + suffix)


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
            if not tables:
                self._db.execute(f"PRAGMA user_version = {_VERSION}")
                self._db.executescript(_SCHEMA)

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

    def pages(self) -> Iterator[Page]:
        """All pages, by root and key."""
        query = (
            "SELECT root, place, about, quoted, annotation, signature, extractor, digest FROM page "
            "ORDER BY root, key"
        )
        with self._reported("read"):
            for root, place, about, quoted, annotation, *rest in self._db.execute(query):
                yield Page(
                    root,
                    place,
                    _document(json.loads(about), json.loads(quoted)),
                    Annotation.from_json(annotation, where=str(self.path)),
                    *rest,
                )

    def earlier(self) -> dict[str, str]:
        """The IRI that each name key (kg.resolve.Resolution.keys) was given when it was first met, the oldest first."""
        with self._reported("read"):
            return dict(self._db.execute("SELECT name_key, iri FROM identity ORDER BY met"))

    def profiles(self) -> dict[str, tuple[str, bytes]]:
        """What kg.profiles keeps, by document key."""
        with self._reported("read"):
            return {
                key: (made_from, content)
                for key, made_from, content in self._db.execute("SELECT * FROM profile")
            }

    def portions(self) -> bytes | None:
        """What kg.graph.kept keeps of derived graphs; None before the first build."""
        with self._reported("read"):
            row = self._db.execute("SELECT content FROM derived").fetchone()
        return row[0] if row else None

    def decisions(self) -> Path | None:
        """The file of decisions that the last build read, if it read one."""
        with self._reported("read"):
            row = self._db.execute("SELECT value FROM setting WHERE name = ?", (_DECISIONS,)).fetchone()
        return Path(row[0]) if row else None

    def update(
        self,
        *,
        changed: Iterable[Page] = (),
        gone: Iterable[Page] = (),
        keys: Mapping[str, str] | None = None,
        decisions: Path | None = None,
        profiles: Mapping[str, tuple[str, bytes]] | None = None,
        portions: bytes | None = None,
        unused: Iterable[str] = (),
    ) -> None:
        """Write new and changed pages, forget those that are gone, remember new name keys and the decisions file.

        profiles: new ones to keep; portions: of derived graphs, if they are not those that are kept; unused: keys of
        documents whose profiles are not needed any more.
        All or nothing. A name key that is known keeps the IRI that it was first given.
        """
        rows = [
            (
                p.root,
                p.document.key,
                p.place,
                p.document.content_hash,
                p.extractor,
                json.dumps({name: getattr(p.document, name) for name in _KEPT}, ensure_ascii=False),
                json.dumps(_quoted(p.document, p.annotation), ensure_ascii=False),
                p.annotation.to_json(),
                p.signature,
                p.digest,
            )
            for p in changed
        ]
        lost = [(p.root, p.document.key) for p in gone]
        with self._reported("written"), closing(self._db.cursor()) as cursor:
            cursor.execute("BEGIN IMMEDIATE")
            try:
                cursor.executemany("DELETE FROM page WHERE root = ? AND key = ?", lost)
                cursor.executemany("INSERT OR REPLACE INTO page VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)
                cursor.executemany(
                    "INSERT OR IGNORE INTO identity (name_key, iri) VALUES (?, ?)",
                    sorted((keys or {}).items()),
                )
                cursor.executemany("DELETE FROM profile WHERE key = ?", ((key,) for key in unused))
                cursor.executemany(
                    "INSERT OR REPLACE INTO profile VALUES (?, ?, ?)",
                    ((key, *kept) for key, kept in (profiles or {}).items()),
                )
                if portions is not None:
                    cursor.execute("DELETE FROM derived")
                    cursor.execute("INSERT INTO derived VALUES (?)", (portions,))
                cursor.execute("DELETE FROM setting WHERE name = ?", (_DECISIONS,))
                if decisions is not None:
                    cursor.execute(
                        "INSERT INTO setting VALUES (?, ?)", (_DECISIONS, str(decisions.resolve()))
                    )
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
