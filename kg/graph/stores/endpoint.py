"""Stores kept by a SPARQL 1.1 server: Protocol for queries and updates, Graph Store Protocol for whole
graphs.

A server has no transactions over several requests, so each graph changes as a whole, but a build that is
cut off may leave some documents written and others not; running it again completes it.
"""

from __future__ import annotations

import re
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPException
from itertools import groupby, islice
from pathlib import Path
from typing import Any, BinaryIO

import pyoxigraph as ox
from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat

from kg.errors import StoreError
from kg.graph.stores.base import Answer, Solutions, Store, format_of, with_prefixes
from kg.graph.terms import PREFIXES

_CHUNK = 50_000  # quads sent in one request
_DELETED = 500  # quads removed in one update; Virtuoso refuses long ones
_TIMEOUT = 300  # seconds that the server may take for one request
_RESULTS = "application/sparql-results+json, application/n-triples;q=0.9, text/turtle;q=0.8"
_DETAIL = 200  # characters of the server's reason that a message shows
_POSITION = re.compile(r"\bat (\d+):(\d+)")
_REFUSED = {
    401: "wrong or missing credentials (write them as http://user:password@host…)",
    403: "the server does not allow it, it may be read-only",
    507: "the disk of the server is full",
}


@dataclass(frozen=True, slots=True)
class Layout:
    """The addresses of a server's services; ``dataset`` takes quads of many graphs, if anything does."""

    query: str
    update: str
    data: str
    dataset: str | None

    @classmethod
    def of(cls, url: str, *, authenticated: bool) -> Layout:
        """Guess the addresses from the one that the user names.

        …/sparql is Virtuoso's layout (with its -auth services where credentials are given), …/query and a
        bare host are Oxigraph's, anything else is the address of a Fuseki dataset.
        """
        url = url.rstrip("/")
        if url.endswith("/sparql"):
            auth = "-auth" if authenticated else ""
            return cls(url, url + auth, f"{url}-graph-crud{auth}", dataset=None)
        if url.endswith("/query") or urllib.parse.urlsplit(url).path in ("", "/"):
            root = url.removesuffix("/query")
            # Oxigraph's own bulk loader, a third faster than a transaction for each request.
            bulk = f"{root}/store?no_transaction"
            return cls(f"{root}/query", f"{root}/update", f"{root}/store", dataset=bulk)
        return cls(f"{url}/query", f"{url}/update", f"{url}/data", dataset=f"{url}/data")


class EndpointStore(Store):
    """A SPARQL 1.1 server, by its http(s) address; credentials in the address are sent as Basic or Digest."""

    def __init__(self, url: str) -> None:
        parts = urllib.parse.urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise StoreError(f"{url!r} is not the http(s) address of a SPARQL server")
        host = parts.netloc.rpartition("@")[2]
        self.name = urllib.parse.urlunsplit((parts.scheme, host, parts.path, "", ""))
        self.layout = Layout.of(self.name, authenticated=parts.username is not None)
        passwords = urllib.request.HTTPPasswordMgrWithPriorAuth()
        if parts.username is not None:
            user, password = (urllib.parse.unquote(part or "") for part in (parts.username, parts.password))
            passwords.add_password(None, f"{parts.scheme}://{host}", user, password)
        self._opener = urllib.request.build_opener(_Basic(passwords), _Digest(passwords))

    def query(self, sparql: str) -> Answer:
        text = with_prefixes(sparql)
        # Oxigraph's server takes the union of all graphs as default graph when asked; others ignore the
        # parameter.
        kind, body = self._post_form(
            self.layout.query,
            {"query": text, "union-default-graph": "true"},
            _RESULTS,
            lines_before=text.count("\n") - sparql.count("\n"),
        )
        try:
            if "json" in kind:
                answer = ox.parse_query_results(body, format=ox.QueryResultsFormat.JSON)
                if isinstance(answer, ox.QueryBoolean):
                    return bool(answer)
                return Solutions(tuple(v.value for v in answer.variables), [tuple(row) for row in answer])
            rdf = RdfFormat.from_media_type(kind.partition(";")[0].strip()) or RdfFormat.TURTLE
            return [quad.triple for quad in ox.parse(body, format=rdf)]
        except (SyntaxError, ValueError, OSError) as err:
            raise StoreError(
                f"{self.layout.query} did not answer as a SPARQL server does ({kind}): {err}"
            ) from err

    def update(self, sparql: str) -> None:
        text = with_prefixes(sparql)
        self._post_form(
            self.layout.update, {"update": text}, "*/*", lines_before=text.count("\n") - sparql.count("\n")
        )

    def extend(self, quads: Iterable[Quad]) -> None:
        waiting = iter(quads)
        while chunk := list(islice(waiting, _CHUNK)):
            if self.layout.dataset is not None:
                self._send("POST", self.layout.dataset, chunk, RdfFormat.N_QUADS)
                continue
            chunk.sort(key=lambda quad: str(quad.graph_name))
            for graph, part in groupby(chunk, key=lambda quad: quad.graph_name):
                self._send("POST", self._graph_url(graph), part, RdfFormat.N_TRIPLES)

    def discard(self, quads: Iterable[Quad]) -> None:
        waiting = iter(quads)
        while chunk := list(islice(waiting, _DELETED)):
            told = "\n".join(
                f"GRAPH {q.graph_name} {{ {q.subject} {q.predicate} {q.object} }}"
                if isinstance(q.graph_name, NamedNode)
                else f"{q.subject} {q.predicate} {q.object} ."
                for q in chunk
            )
            self.update(f"DELETE DATA {{ {told} }}")

    def load(self, path: Path) -> None:
        try:
            self.extend(ox.parse(path=path, format=format_of(path)))
        except OSError as err:
            raise StoreError(f"{path} cannot be read: {err.strerror or err}") from err
        except SyntaxError as err:
            raise StoreError(f"{path} is not well formed: {err}") from err

    def replace_graph(self, graph: NamedNode, quads: Iterable[Quad]) -> None:
        self._send("PUT", self._graph_url(graph), quads, RdfFormat.N_TRIPLES)

    def drop_graph(self, graph: NamedNode) -> None:
        self._request("DELETE", self._graph_url(graph), missing_ok=True)

    def graphs(self) -> list[NamedNode]:
        answer = self.query("SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o } }")
        found = [row[0] for row in answer.rows] if isinstance(answer, Solutions) else []
        return sorted((g for g in found if isinstance(g, NamedNode)), key=lambda g: g.value)

    def quads(self, graph: NamedNode | None = None) -> Iterator[Quad]:
        for name in self.graphs() if graph is None else [graph]:
            kind, body = self._request(
                "GET",
                self._graph_url(name),
                accept="application/n-triples, text/turtle;q=0.5",
                missing_ok=True,
            )
            rdf = RdfFormat.from_media_type(kind.partition(";")[0].strip()) or RdfFormat.TURTLE
            for quad in ox.parse(body, format=rdf):
                yield Quad(quad.subject, quad.predicate, quad.object, name)

    def dump(self, output: BinaryIO, *, format: RdfFormat = RdfFormat.N_QUADS) -> None:
        ox.serialize(self.quads(), output, format, prefixes=PREFIXES)

    @contextmanager
    def writing(self) -> Iterator[Store]:
        yield self

    def __len__(self) -> int:
        answer = self.query("SELECT (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } }")
        literal = answer.rows[0][0] if isinstance(answer, Solutions) and answer.rows else None
        return int(literal.value) if isinstance(literal, ox.Literal) else 0

    def close(self) -> None:
        self._opener.close()

    def _graph_url(self, graph: ox.NamedNode | ox.BlankNode | DefaultGraph | ox.Triple) -> str:
        if isinstance(graph, NamedNode):
            return f"{self.layout.data}?{urllib.parse.urlencode({'graph': graph.value})}"
        return f"{self.layout.data}?default"

    def _send(self, method: str, url: str, quads: Iterable[Quad], rdf: RdfFormat) -> None:
        facts = quads if rdf.supports_datasets else (quad.triple for quad in quads)
        self._request(method, url, body=ox.serialize(facts, format=rdf) or b"", kind=rdf.media_type)

    def _post_form(
        self, url: str, form: dict[str, str], accept: str, *, lines_before: int
    ) -> tuple[str, bytes]:
        try:
            return self._request(
                "POST",
                url,
                body=urllib.parse.urlencode(form).encode(),
                accept=accept,
                kind="application/x-www-form-urlencoded",
            )
        except _BadRequest as err:
            message = _POSITION.sub(lambda at: f"at {int(at[1]) - lines_before}:{at[2]}", err.detail)
            raise SyntaxError(message) from err

    def _request(
        self,
        method: str,
        url: str,
        *,
        body: bytes | None = None,
        kind: str | None = None,
        accept: str = "*/*",
        missing_ok: bool = False,
    ) -> tuple[str, bytes]:
        """Send a request; gives the answer's media type and body."""
        headers = {"Accept": accept, **({"Content-Type": kind} if kind else {})}
        request = urllib.request.Request(url, data=body, method=method, headers=headers)  # noqa: S310 (http only)
        try:
            with self._opener.open(request, timeout=_TIMEOUT) as response:
                return response.headers.get("Content-Type", ""), response.read()
        except urllib.error.HTTPError as err:
            with err:
                detail = err.read().decode("utf-8", "replace").strip()
            if missing_ok and err.code == 404:
                return "application/n-triples", b""
            first = detail.splitlines()[0][:_DETAIL] if detail else "without a reason"
            reason = _REFUSED.get(err.code) or f"status {err.code} {first}"
            message = f"the SPARQL server at {url.partition('?')[0]} refused: {reason}"
            raise (_BadRequest(message, detail) if err.code == 400 else StoreError(message)) from err
        except (urllib.error.URLError, TimeoutError, ConnectionError, HTTPException) as err:
            cause = getattr(err, "reason", err)
            raise StoreError(
                f"the SPARQL server at {self.name} does not answer ({cause}); is it running?"
            ) from err


class _ClosesFirstAnswer:
    """urllib sends a refused request again with credentials, and leaves the first answer open."""

    def http_error_401(self, request: Any, answer: Any, *rest: Any) -> Any:
        try:
            second = super().http_error_401(request, answer, *rest)  # type: ignore[misc]
        except urllib.error.HTTPError:
            answer.close()
            raise
        if second is not None:
            answer.close()
        return second


class _Basic(_ClosesFirstAnswer, urllib.request.HTTPBasicAuthHandler):
    pass


class _Digest(_ClosesFirstAnswer, urllib.request.HTTPDigestAuthHandler):
    pass


class _BadRequest(StoreError):
    """Status 400: the server does not understand what it was sent, and says in ``detail`` why."""

    def __init__(self, message: str, detail: str) -> None:
        super().__init__(message)
        self.detail = detail
