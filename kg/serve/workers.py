"""Processes that answer. A query cannot be interrupted from Python, so it runs in a process that can be ended.

Each process keeps the store open and looks before every job whether a build has put another in its place. One
that exceeds its time is killed, and another is started in its stead; one that dies takes no other with it.
"""

from __future__ import annotations

import multiprocessing
import pickle
import queue
import signal
import sys
import threading
import time
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from kg.errors import KgError, StoreError
from kg.graph.stores import Store, open_store
from kg.graph.stores.oxigraph import FolderStore, is_store
from kg.serve.limits import Limits

#: A job takes the store and arguments that can be pickled, and gives what can be pickled.
Job = Callable[..., Any]

Version = tuple[int, int]

_GRACE = 20.0  # seconds that a new process has to open the store
_SWAP = 2.0  # seconds within which a build puts the new folder in the place of the old one
_PAUSE = 0.05
_TRIES = 3  # of a job during which the store is replaced
_MIB = 1 << 20


class TimedOutError(KgError):
    """A job took longer than its limit, and was ended."""


class BusyError(KgError):
    """All processes were busy for longer than a request may wait."""


class DiedError(KgError):
    """The process that answered died, most likely for want of memory."""


class Current:
    """The store of one process, opened anew when a build has replaced it."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._store, self._seen = self._open()

    @property
    def store(self) -> Store:
        """The store as it is now; while a build swaps folders, as it was. Raises StoreError."""
        if self.changed:
            fresh, seen = self._open()
            self._store.close()
            self._store, self._seen = fresh, seen
        return self._store

    @property
    def changed(self) -> bool:
        """Whether a build has put another folder in the place of the one that is open."""
        return isinstance(self._store, FolderStore) and version(self._name) not in (None, self._seen)

    def _open(self) -> tuple[Store, Version | None]:
        """The store and its version; a folder that is being replaced while it is opened is opened again."""
        deadline = time.monotonic() + _SWAP
        while True:
            seen = version(self._name)
            try:
                store = open_store(self._name)
            except StoreError:
                if time.monotonic() > deadline:
                    raise
            else:
                if version(self._name) == seen:
                    return store, seen
            time.sleep(_PAUSE)


def version(name: str) -> Version | None:
    """What changes when a build replaces the folder of a store; None where there is no folder, or it is just
    being replaced.
    """
    path = Path(name)
    try:
        about = path.stat()
    except OSError:
        return None
    # A folder put in place by renaming keeps its inode, and its time says when that was.
    return (about.st_ino, about.st_ctime_ns) if is_store(path) else None


class Worker:
    """One process that answers jobs, one at a time."""

    def __init__(self, store: str, memory: int) -> None:
        context = multiprocessing.get_context("spawn")
        self._connection, theirs = context.Pipe()
        self._process = context.Process(target=_work, args=(theirs, store, memory), daemon=True)
        self._process.start()
        theirs.close()
        self._ready = False

    def start(self) -> None:
        """Wait until the store is open; raises what opening it raised."""
        if not self._ready:
            self._receive(_GRACE)
            self._ready = True

    def run(self, job: Job, arguments: tuple[Any, ...], seconds: float) -> Any:
        """The job's result.

        Raises what the job raised, TimedOutError after ``seconds``, DiedError; after the last two the worker
        is of no more use.
        """
        self.start()
        try:
            self._connection.send((job, arguments))
        except OSError as err:
            raise DiedError(_DIED) from err
        return self._receive(seconds)

    def end(self) -> None:
        """Kill the process."""
        self._process.kill()
        self._process.join()
        self._connection.close()

    @property
    def alive(self) -> bool:
        """Whether the process runs."""
        return self._process.is_alive()

    def _receive(self, seconds: float) -> Any:
        try:
            if not self._connection.poll(seconds):
                raise TimedOutError(f"this took longer than {seconds:g} s and was ended")
            done, result = pickle.loads(self._connection.recv_bytes())  # noqa: S301 (from our own process)
        except (EOFError, OSError) as err:
            raise DiedError(_DIED) from err
        if done:
            return result
        raise result


_DIED = "the process that answered ended unexpectedly, most likely because the query needs too much memory"


class Pool:
    """A few workers; ``run`` may be called from any thread."""

    def __init__(self, store: str, limits: Limits) -> None:
        self._name = store
        self._limits = limits
        self._idle: queue.LifoQueue[Worker] = queue.LifoQueue()
        self._all: set[Worker] = set()
        self._lock = threading.Lock()
        self._closed = False
        for _ in range(max(1, limits.workers)):
            self._add()

    def run(self, job: Job, *arguments: Any, seconds: float | None = None) -> Any:
        """The job's result, from whichever process is free.

        seconds: that it may take; the limit of queries unless given. Raises BusyError, TimedOutError,
        DiedError, StoreError where the store cannot be opened, and what the job raises.
        """
        worker = self._free()
        try:
            return worker.run(job, arguments, self._limits.seconds if seconds is None else seconds)
        except (TimedOutError, DiedError):
            self._replace(worker)
            raise
        except StoreError:
            # The store may have been moved or damaged: the next request tries to open it again.
            self._replace(worker)
            raise
        finally:
            with self._lock:
                usable = worker in self._all
            if usable:
                self._idle.put(worker)

    def version(self) -> object:
        """What tells the store's content from an earlier one; never the same twice where nothing tells."""
        return version(self._name) or object()

    def close(self) -> None:
        """End all processes."""
        with self._lock:
            self._closed = True
            workers, self._all = self._all, set()
        for worker in workers:
            worker.end()

    def _free(self) -> Worker:
        try:
            return self._idle.get(timeout=self._limits.waiting)
        except queue.Empty:
            raise BusyError("all processes are busy; try again in a moment") from None

    def _replace(self, worker: Worker) -> None:
        with self._lock:
            self._all.discard(worker)
        worker.end()
        self._add()

    def _add(self) -> None:
        worker = Worker(self._name, self._limits.memory)
        with self._lock:
            if self._closed:
                worker.end()
                return
            self._all.add(worker)
        self._idle.put(worker)


def _work(connection: Connection, name: str, memory: int) -> None:
    """The life of a process: open the store, then answer jobs until the server goes."""
    # Ctrl-C is the server's to handle; it ends its workers itself.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _limit_memory(memory)
    try:
        current = Current(name)
    except KgError as err:
        _send(connection, False, err)
        return
    _send(connection, True, None)
    while True:
        try:
            job, arguments = connection.recv()
        except (EOFError, OSError):
            return
        _send(connection, *_result(current, job, arguments))


def _result(current: Current, job: Job, arguments: tuple[Any, ...]) -> tuple[bool, Any]:
    """Whether the job was done, and its result or its error; done again where a build took the store away."""
    for _ in range(_TRIES):
        try:
            return True, job(current.store, *arguments)
        except KgError as err:
            failure: KgError = err
        except (SyntaxError, MemoryError, OSError, RuntimeError, ValueError, LookupError) as err:
            # Whatever a query makes of a store: the message goes to the client, the process goes on.
            failure = StoreError(f"the store could not answer: {err}")
        if not current.changed:
            break
    return False, failure


def _send(connection: Connection, done: bool, result: object) -> None:
    connection.send_bytes(pickle.dumps((done, result)))


def _limit_memory(memory: int) -> None:
    if memory and sys.platform != "win32":
        import resource  # noqa: PLC0415 (not on Windows)

        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        wanted = memory * _MIB
        resource.setrlimit(
            resource.RLIMIT_AS, (wanted if hard == resource.RLIM_INFINITY else min(wanted, hard), hard)
        )
