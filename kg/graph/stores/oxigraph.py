"""Stores kept by Oxigraph in this process: in memory, or in a folder.

A folder is never changed in place. Changes go to a copy beside it (hard links, so that it costs next to
nothing) which takes the folder's place when all is written: a build that fails, or a disk that fills up,
leaves the old store as it was, and readers keep what they opened.
"""

from __future__ import annotations

import re
import shutil
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

import pyoxigraph as ox
from pyoxigraph import NamedNode, Quad, RdfFormat

from kg.errors import StoreError
from kg.graph.stores.base import Answer, Solutions, Store, format_of
from kg.graph.terms import PREFIXES

_PAUSES = (0.05, 0.1, 0.2, 0.4)  # seconds between tries to read a folder that another program has just opened
_LOCKED = re.compile(r"While lock file|lock hold by")  # RocksDB's words
_MARKER = "CURRENT"  # RocksDB's pointer to its manifest: a folder without it is no store


class OxigraphStore(Store):
    """An Oxigraph store in memory; FolderStore keeps one on disk."""

    def __init__(self, name: str, native: ox.Store) -> None:
        self.name = name
        self._native: ox.Store | None = native

    @property
    def native(self) -> ox.Store:
        """The pyoxigraph store, for streaming and for rdflib through oxrdflib."""
        if self._native is None:
            raise StoreError(f"the store {self.name} is closed")
        return self._native

    def query(self, sparql: str) -> Answer:
        native = self.native
        try:
            answer = native.query(sparql, prefixes=PREFIXES, use_default_graph_as_union=True)
            if isinstance(answer, ox.QueryBoolean):
                return bool(answer)
            if isinstance(answer, ox.QuerySolutions):
                variables = tuple(v.value for v in answer.variables)
                return Solutions(variables, [tuple(row) for row in answer])
            return list(answer)
        except (OSError, RuntimeError) as err:
            raise StoreError(f"the store {self.name} could not answer: {err}") from err

    def update(self, sparql: str) -> None:
        with _writing_to(self.name):
            self.native.update(sparql, prefixes=PREFIXES)

    def extend(self, quads: Iterable[Quad]) -> None:
        with _writing_to(self.name):
            self.native.bulk_extend(quads)

    def discard(self, quads: Iterable[Quad]) -> None:
        with _writing_to(self.name):
            for quad in quads:
                self.native.remove(quad)

    def load(self, path: Path) -> None:
        rdf = format_of(path)
        try:
            with _writing_to(self.name):
                self.native.bulk_load(path=path, format=rdf)
        except SyntaxError as err:
            raise StoreError(f"{path} is not well formed: {err}") from err

    def replace_graph(self, graph: NamedNode, quads: Iterable[Quad]) -> None:
        with _writing_to(self.name):
            self.native.remove_graph(graph)
            self.native.extend(quads)

    def drop_graph(self, graph: NamedNode) -> None:
        with _writing_to(self.name):
            self.native.remove_graph(graph)

    def graphs(self) -> list[NamedNode]:
        named = [g for g in self.native.named_graphs() if isinstance(g, NamedNode)]
        return sorted(named, key=lambda g: g.value)

    def quads(self, graph: NamedNode | None = None) -> Iterator[Quad]:
        return self.native.quads_for_pattern(None, None, None, graph)

    def dump(self, output: BinaryIO, *, format: RdfFormat = RdfFormat.N_QUADS) -> None:
        self.native.dump(output, format, prefixes=PREFIXES)

    @contextmanager
    def writing(self) -> Iterator[Store]:
        yield self

    def __len__(self) -> int:
        return len(self.native)

    def close(self) -> None:
        self._native = None


class FolderStore(OxigraphStore):
    """An Oxigraph store in a folder, opened for reading; every change goes through ``writing``."""

    def __init__(self, path: Path, *, create: bool = False) -> None:
        self.path = path
        self._draft = path.parent / f".{path.name}.writing"
        self._old = path.parent / f".{path.name}.old"
        # A writer that is stopped between its two renamings leaves the store under its other name.
        home = next((place for place in (path, self._old) if is_store(place)), None)
        if home is None:
            _refuse_other_things(path)
            if not create:
                raise StoreError(
                    f"there is no store at {path}; make one with: kg build SOURCE --store {path}"
                )
        super().__init__(str(path), _open_reading(home) if home is not None else ox.Store())

    @contextmanager
    def writing(self) -> Iterator[Store]:
        """A copy of the store to change; it takes the folder's place at the end, or is thrown away on an
        error.
        """
        if not is_store(self.path) and is_store(self._old):
            with _writing_to(self.name):
                self._old.rename(self.path)
        draft = self._draft
        lock = _open_writing(self.path, self.name) if is_store(self.path) else None
        self._clear_leftover()
        try:
            with _writing_to(self.name):
                self.path.parent.mkdir(parents=True, exist_ok=True)
                if lock is not None:
                    lock.backup(draft)
            target = OxigraphStore(self.name, _open_writing(draft, self.name))
            try:
                yield target
                with _writing_to(self.name):
                    target.native.flush()
            finally:
                target.close()
            del lock
            self._native = None
            self._swap()
        except BaseException:
            shutil.rmtree(draft, ignore_errors=True)
            raise
        finally:
            if self._native is None and is_store(self.path):
                self._native = _open_reading(self.path)

    def _clear_leftover(self) -> None:
        """Remove the draft of a write that was killed; refuse where its writer is still at work."""
        if is_store(self._draft):
            _open_writing(self._draft, self.name)
        with _writing_to(self.name):
            shutil.rmtree(self._draft, ignore_errors=True)

    def _swap(self) -> None:
        with _writing_to(self.name):
            shutil.rmtree(self._old, ignore_errors=True)
            if self.path.exists():
                self.path.rename(self._old)
            self._draft.rename(self.path)
        shutil.rmtree(self._old, ignore_errors=True)

    def update(self, sparql: str) -> None:
        with self.writing() as target:
            target.update(sparql)

    def extend(self, quads: Iterable[Quad]) -> None:
        with self.writing() as target:
            target.extend(quads)

    def discard(self, quads: Iterable[Quad]) -> None:
        with self.writing() as target:
            target.discard(quads)

    def load(self, path: Path) -> None:
        with self.writing() as target:
            target.load(path)

    def replace_graph(self, graph: NamedNode, quads: Iterable[Quad]) -> None:
        with self.writing() as target:
            target.replace_graph(graph, quads)

    def drop_graph(self, graph: NamedNode) -> None:
        with self.writing() as target:
            target.drop_graph(graph)


def is_store(path: Path) -> bool:
    """Whether a folder holds an Oxigraph store."""
    return (path / _MARKER).is_file()


def _refuse_other_things(path: Path) -> None:
    if path.is_file():
        raise StoreError(
            f"{path} is a file, not a store; name a folder, memory: or the address of a SPARQL server"
        )
    try:
        if path.is_dir() and any(path.iterdir()):
            raise StoreError(f"{path} is not a store, and it is not empty; name another folder")
    except PermissionError as err:
        raise StoreError(f"{path} cannot be read: {err.strerror}") from err


def _open_reading(path: Path) -> ox.Store:
    # A program that opens the folder for writing renews RocksDB's manifest: who reads it just then finds half of it.
    for pause in _PAUSES:
        try:
            return ox.Store.read_only(str(path))
        except (OSError, RuntimeError):
            time.sleep(pause)
    try:
        return ox.Store.read_only(str(path))
    except (OSError, RuntimeError) as err:
        raise StoreError(
            f"the store {path} cannot be opened: {_reason(err)}; it may be damaged or from another "
            "version: build it again, or restore a copy"
        ) from err


def _open_writing(path: Path, name: str) -> ox.Store:
    try:
        return ox.Store(path)
    except (OSError, RuntimeError) as err:
        if _LOCKED.search(str(err)):
            raise StoreError(
                f"the store {name} is locked: another program is writing to it; wait for it to end, or end it"
            ) from err
        raise StoreError(f"the store {name} cannot be written: {_reason(err)}") from err


@contextmanager
def _writing_to(name: str) -> Iterator[None]:
    try:
        yield
    except (OSError, RuntimeError) as err:
        raise StoreError(f"writing to the store {name} failed: {_reason(err)}") from err


def _reason(err: OSError | RuntimeError) -> str:
    return getattr(err, "strerror", None) or str(err)
