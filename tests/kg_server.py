"""Runs ``kg serve`` in a process of its own, and asks it."""

from __future__ import annotations

import os
import queue
import re
import signal
import subprocess
import sys
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest

from kg.graph import open_store
from kg.model import Agreement as AgreementPart
from kg.model import Annotation, Entity, Evidence, Relation
from tests.graph_samples import MORE_PAGES, PAGES, annotated, build, make_document
from tests.view_story import BREAKOUT, EMOJI, LONG, RIGHT_TO_LEFT, SCRIPT

_START = 30


@dataclass(frozen=True)
class Reply:
    """What the server answered."""

    status: int
    headers: dict[str, str]
    body: bytes
    url: str

    @property
    def text(self) -> str:
        return self.body.decode("utf-8")

    @property
    def kind(self) -> str:
        """The media type without its parameters."""
        return self.headers["content-type"].partition(";")[0]


@dataclass(frozen=True)
class Server:
    """A running server at ``address``, which ends in a slash."""

    address: str
    process: subprocess.Popen[str]

    @property
    def endpoint(self) -> str:
        return self.address + "sparql"

    def ask(
        self, path: str, *, data: bytes | None = None, method: str | None = None, **headers: str
    ) -> Reply:
        """A request; header names are written with _ for -. Redirects are followed."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        request = urllib.request.Request(  # noqa: S310 (our own loopback address)
            self.address + quote(path, safe="/?&=%-_.~+:#"), data=data, headers=named, method=method
        )
        try:
            with urllib.request.urlopen(request, timeout=30) as response:  # noqa: S310
                return _reply(response.status, response)
        except urllib.error.HTTPError as err:
            with err:
                return _reply(err.code, err)

    def query(self, sparql: str, *, accept: str = "*/*", **parameters: str) -> Reply:
        """A query by GET."""
        return self.ask("sparql?" + urlencode({"query": sparql, **parameters}), Accept=accept)


def _reply(status: int, response: urllib.request.addinfourl | urllib.error.HTTPError) -> Reply:
    headers = {name.lower(): value for name, value in response.headers.items()}
    return Reply(status, headers, response.read(), response.url)


@contextmanager
def kg_server(store: str | Path, *options: str, quiet: bool = True) -> Iterator[Server]:
    """The server over a store, on a free port; Ctrl-C must end it cleanly.

    quiet: it must have said nothing but its greeting.
    """
    process = subprocess.Popen(
        [sys.executable, "-m", "kg", "serve", "--store", str(store), "--port", "0", *options],
        stderr=subprocess.PIPE,
        encoding="utf-8",
        env={**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parent.parent)},
    )
    told: queue.Queue[str] = queue.Queue()
    said: list[str] = []

    def listen() -> None:
        for line in process.stderr or ():
            said.append(line)
            told.put(line)

    listener = threading.Thread(target=listen, daemon=True)
    listener.start()
    try:
        address = re.search(r"at (http://\S+)", told.get(timeout=_START))
        if address is None:
            pytest.fail(f"the server did not start: {''.join(said)}")
        yield Server(address[1], process)
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(timeout=15)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            raise
        listener.join(timeout=5)
        if process.stderr:
            process.stderr.close()
        assert process.returncode == 0
        assert not (quiet and said[1:]), "".join(said[1:])


def build_pages(folder: Path) -> Path:
    """The six annotated pages of the tests as a store."""
    with open_store(folder, create=True) as store:
        build(store, annotated(PAGES + MORE_PAGES))
    return folder


#: Names that mean harm; each is a firm of the hostile store.
HOSTILE = (SCRIPT, BREAKOUT, "“引”号'单'\"双\"&amp;", EMOJI, RIGHT_TO_LEFT, LONG, "{{ 7 * 7 }}", "=1+1")


def build_hostile(folder: Path) -> Path:
    """A store whose names, titles, posts and quotes try to be markup, formulas or layout."""
    entities = tuple(Entity(id=f"e{n}", type="Firm", name=name) for n, name in enumerate(HOSTILE))
    evidence = Evidence(start=0, end=4, quote=BREAKOUT)
    annotation = Annotation(
        doc="hostile",
        entities=(*entities, Entity(id="p", type="Person", name="某某")),
        agreements=tuple(
            AgreementPart(
                id=f"a{n}", type="supply", status="signed", parties=("e0", f"e{n}"), evidence=evidence
            )
            for n in range(1, len(HOSTILE))
        ),
        relations=(Relation(type="hasRole", subject="p", object="e0", title=SCRIPT, evidence=evidence),),
    )
    document = make_document("hostile", f"{SCRIPT}{BREAKOUT}", publisher=BREAKOUT, url="javascript:alert(1)")
    with open_store(folder, create=True) as store:
        build(store, [(document, annotation)])
    return folder
