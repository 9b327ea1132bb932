"""The SPARQL 1.1 Protocol's query operation: GET, POST of a form, POST of a query. Updates are refused."""

from __future__ import annotations

from urllib.parse import parse_qsl

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response

from kg.errors import KgError, QueryError
from kg.serve.answers import Dataset, NotAcceptableError, answer
from kg.serve.negotiate import best
from kg.serve.site import Site
from kg.serve.workers import BusyError, TimedOutError

_FORM = "application/x-www-form-urlencoded"
_QUERY = "application/sparql-query"
_UPDATE = "application/sparql-update"
_LONGEST = 1_000_000  # bytes of a query
_READ_ONLY = "this endpoint is read-only: updates are refused"
#: Endpoint, formats and features in the terms of SPARQL 1.1 Service Description.
_DESCRIPTION = """@prefix sd: <http://www.w3.org/ns/sparql-service-description#> .
[] a sd:Service ;
  sd:endpoint <{endpoint}> ;
  sd:supportedLanguage sd:SPARQL11Query ;
  sd:feature sd:UnionDefaultGraph ;
  sd:resultFormat {formats} .
"""
_FORMATS = (
    "SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV",
    "Turtle", "N-Triples", "JSON-LD", "RDF_XML",
)  # fmt: skip


class RefusedError(KgError):
    """A request that the protocol, or this endpoint, does not allow."""

    def __init__(self, message: str, status: int) -> None:
        super().__init__(message)
        self.status = status


async def sparql(site: Site, request: Request) -> Response:
    """Answer a request to the endpoint; every error is one line of plain text with the status it deserves."""
    try:
        found = await _read(request)
        if found is None:
            return _described(request)
        query, dataset = found
        kind, body = await run_in_threadpool(
            site.pool.run, answer, query, dataset, request.headers.get("accept"), site.limits.size
        )
    except KgError as err:
        return refusal(err)
    return Response(body, media_type=kind, headers={"Vary": "Accept"})


def status_of(err: KgError) -> int:
    """The HTTP status that an error deserves."""
    if isinstance(err, RefusedError):
        return err.status
    if isinstance(err, QueryError):
        return 400
    if isinstance(err, NotAcceptableError):
        return 406
    return 503 if isinstance(err, TimedOutError | BusyError) else 500


def refusal(err: KgError) -> Response:
    """An error as the answer of an interface for programs."""
    headers = {"Retry-After": "5"} if isinstance(err, BusyError) else {}
    return PlainTextResponse(f"{err}\n", status_of(err), headers=headers)


async def _read(request: Request) -> tuple[str, Dataset] | None:
    """The query and its dataset; None where a GET asks nothing."""
    given = request.query_params.multi_items()
    if request.method in ("GET", "HEAD"):
        return _parameters(given) if given else None
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind == _UPDATE:
        raise RefusedError(_READ_ONLY, 403)
    if kind not in (_FORM, _QUERY):
        raise RefusedError(f"POST a query as {_FORM} or as {_QUERY}", 415)
    text = await _body(request)
    if kind == _QUERY:
        if any(name == "query" for name, _ in given):
            raise RefusedError("the query is in the body: the address must not have another", 400)
        return _parameters([("query", text), *given])
    return _parameters([*parse_qsl(text, keep_blank_values=True, max_num_fields=1000), *given])


async def _body(request: Request) -> str:
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > _LONGEST:
            raise RefusedError(f"a query may have {_LONGEST} bytes", 413)
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as err:
        raise RefusedError(f"the query is not UTF-8 ({err.reason} at byte {err.start})", 400) from err


def _parameters(given: list[tuple[str, str]]) -> tuple[str, Dataset]:
    values: dict[str, list[str]] = {}
    for name, value in given:
        values.setdefault(name, []).append(value)
    if "update" in values or "using-graph-uri" in values or "using-named-graph-uri" in values:
        raise RefusedError(_READ_ONLY, 403)
    queries = values.get("query", [])
    if len(queries) != 1:
        raise RefusedError("give exactly one query", 400)
    dataset = Dataset(tuple(values.get("default-graph-uri", ())), tuple(values.get("named-graph-uri", ())))
    return queries[0], dataset


def _described(request: Request) -> Response:
    """The service description; a browser is led to the query page."""
    kind = best(request.headers.get("accept"), ("text/turtle", "text/html"))
    if kind == "text/html":
        return RedirectResponse("/query", 303, headers={"Vary": "Accept"})
    formats = " , ".join(f"<http://www.w3.org/ns/formats/{name}>" for name in _FORMATS)
    endpoint = str(request.url.replace(query="", fragment=""))
    text = _DESCRIPTION.format(endpoint=endpoint, formats=formats)
    return Response(text, media_type="text/turtle", headers={"Vary": "Accept"})
