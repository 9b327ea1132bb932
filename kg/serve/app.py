"""The application: routes, headers, errors; and the server that runs it."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from functools import partial

import uvicorn
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kg.errors import KgError, StoreError
from kg.graph.stores import open_store
from kg.serve import pages
from kg.serve.limits import Limits
from kg.serve.protocol import sparql, status_of
from kg.serve.site import Links, Site
from kg.serve.workers import BusyError, Pool

Page = Callable[[Site, Request], Response]

_LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'self'"
)
_GRAPH_PATH = "/graph/page"
_HEADERS = {
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-cache",
}


class SafeHeaders:
    """Adds the headers that keep pages from doing what they should not to every answer that has none of its own."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        added = [(name.lower().encode(), value.encode()) for name, value in _HEADERS.items()]

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                given = list(message.get("headers", []))
                names = {name.lower() for name, _ in given}
                message["headers"] = given + [pair for pair in added if pair[0] not in names]
            await send(message)

        await self._app(scope, receive, with_headers)


def make_app(store: str, *, limits: Limits, title: str, hosts: Sequence[str] = _LOOPBACK) -> Starlette:
    """The application over a store, which is opened by the workers when the application starts.

    hosts: names under which clients may reach it (the Host header); ``*`` for any. A page on the web cannot
    then reach a server on this machine under a name of its own.
    """

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        pool = await run_in_threadpool(Pool, store, limits)
        app.state.site = Site(pool, limits, title=title)
        try:
            yield
        finally:
            await run_in_threadpool(pool.close)

    def route(path: str, page: Page) -> Route:
        return Route(path, partial(_answer, page), methods=["GET"])

    async def endpoint(request: Request) -> Response:
        return await sparql(request.app.state.site, request)

    return Starlette(
        routes=[
            route("/", pages.home),
            route("/search", pages.search),
            route("/query", pages.query),
            route("/query/{name}", pages.named_query),
            route("/graph", pages.graph),
            route(_GRAPH_PATH, pages.graph_page),
            route("/resource", pages.resource),
            Route("/sparql", endpoint, methods=["GET", "POST"]),
            Mount("/static", StaticFiles(packages=[("kg.serve", "assets")])),
            route("/{path:path}", pages.thing),
        ],
        middleware=[
            Middleware(SafeHeaders),
            Middleware(TrustedHostMiddleware, allowed_hosts=list(hosts)),
            Middleware(GZipMiddleware, minimum_size=2000),
        ],
        exception_handlers={KgError: _failed, HTTPException: _refused},
        lifespan=lifespan,
    )


async def _answer(page: Page, request: Request) -> Response:
    return await run_in_threadpool(page, request.app.state.site, request)


async def _failed(request: Request, err: Exception) -> Response:
    """An error of ours as a page."""
    if not isinstance(err, KgError):
        raise err
    status = status_of(err)
    t = Links(request).words
    site: Site = request.app.state.site
    response = site.page(
        request,
        "error.html",
        status=status,
        code=status,
        heading=t(f"serve.error.{status}") if status in (400, 503) else t("serve.error.500"),
        message=str(err),
        bare=request.url.path == _GRAPH_PATH,
    )
    if isinstance(err, BusyError):
        response.headers["Retry-After"] = "5"
    return response


async def _refused(request: Request, err: Exception) -> Response:
    """What the framework refuses (a method, a static file that is not there) in a line of text."""
    if not isinstance(err, HTTPException):
        raise err
    return PlainTextResponse(f"{err.detail}\n", err.status_code, headers=dict(err.headers or {}))


def serve(
    store: str,
    *,
    host: str = "127.0.0.1",
    port: int = 8000,
    limits: Limits | None = None,
    title: str,
    hosts: Sequence[str] = (),
    ready: Callable[[str], None] | None = None,
) -> None:
    """Serve a store over HTTP until the process is told to end.

    port: 0 takes any free one. hosts: further names under which clients may reach the server; on an address
    that other machines reach, any name will do unless some are given. ready: called with the address once it
    listens. Raises StoreError where the store cannot be opened, OSError where the address cannot be had.
    """
    if store == "memory:":
        raise StoreError("memory: holds nothing to serve; name a folder or the address of a SPARQL server")
    open_store(store).close()
    listening = _listen(host, port)
    app = make_app(store, limits=limits or Limits(), title=title, hosts=_allowed(host, hosts))
    config = uvicorn.Config(app, log_level="warning", access_log=False, server_header=False, lifespan="on")
    shown = f"[{host}]" if ":" in host else host
    with listening:
        if ready is not None:
            ready(f"http://{shown}:{listening.getsockname()[1]}/")
        with suppress(KeyboardInterrupt):  # Ctrl-C is how it ends; everything is closed by then
            uvicorn.Server(config).run(sockets=[listening])


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    return socket.create_server((host, port), family=family, backlog=128)


def _allowed(host: str, hosts: Sequence[str]) -> list[str]:
    names = [*_LOOPBACK, *hosts]
    if _is_local(host):
        return names
    return [*names, host] if hosts else ["*"]


def _is_local(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
