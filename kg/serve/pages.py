"""The pages: start, search, an IRI's page, named queries, the graph. Each is a function of a Site and a request."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from kg.dossier import Dossier
from kg.errors import QueryError
from kg.graph.terms import PREFIXES
from kg.model import ENTITY_TYPES
from kg.query.catalogue import get_query, list_queries
from kg.query.formats import write_result
from kg.query.records import local
from kg.serve import jobs
from kg.serve.answers import GRAPH_NAMES, GRAPHS, describe
from kg.serve.negotiate import best
from kg.serve.partners import partner_map
from kg.serve.site import Links, Site, path_of

_FOUND = 50  # candidates on a search page
_FACTS = 200  # agreements, pages, and relations of one kind on a dossier
_ROWS = 1000  # rows of a table on a page
_HTML = "text/html"
#: The graph page brings its own policy, which names its scripts by their hashes; it stands in a frame of ours.
_OWN_POLICY = "frame-ancestors 'self'"
_CHOICES = ("focus", "hops", "type", "region", "since", "min_confidence")
#: Columns of named queries that hold local names of types, kinds, statuses and figures.
_TERMS = frozenset({"type", "types", "status", "relation", "figure", "tenantType", "property", "from", "to"})
#: Downloads of a named query: {ending: (format of kg.query.formats, media type)}.
_TABLES = {
    "csv": ("csv", "text/csv"),
    "tsv": ("tsv", "text/tab-separated-values"),
    "json": ("json", "application/sparql-results+json"),
}


def home(site: Site, request: Request) -> Response:
    """Figures of the store, search, latest agreements, busiest parties, questions."""
    overview = site.pool.run(jobs.overview)
    return site.page(request, "home.html", overview=overview, queries=list_queries())


def search(site: Site, request: Request) -> Response:
    """Entities by name; the only one that is meant opens at once."""
    words = request.query_params.get("q", "").strip()
    types = tuple(kind for kind in request.query_params.getlist("type") if kind in ENTITY_TYPES)
    found, total, near = site.pool.run(jobs.search, words, types, _FOUND)
    exact = [each for each in found if each.exact]
    if total == 1 or (len(exact) == 1 and "go" in request.query_params):
        return RedirectResponse(Links(request).of((exact or found)[0].entity.iri), 303)
    return site.page(
        request,
        "search.html",
        q=words,
        found=found,
        total=total,
        near=near,
        types=ENTITY_TYPES,
        chosen=types,
    )


def resource(site: Site, request: Request) -> Response:
    """An IRI given as a parameter, for those whose path cannot stand for them."""
    return _shown(site, request, request.query_params.get("iri", ""))


def thing(site: Site, request: Request) -> Response:
    """Whatever the IRI names whose path this is: as a page, or as RDF by negotiation."""
    raw = request.scope.get("raw_path", b"").decode("ascii", "replace")
    paths = tuple(dict.fromkeys((request.url.path, request.scope["path"], raw)))
    iri = site.pool.run(jobs.lookup, paths)
    if iri is None:
        return missing(site, request)
    return _shown(site, request, iri)


def missing(site: Site, request: Request) -> Response:
    """There is no such page."""
    t = Links(request).words
    return site.page(
        request,
        "error.html",
        status=404,
        code=404,
        heading=t("serve.error.404"),
        message=t("serve.error.404.text"),
        bare=False,
    )


def _shown(site: Site, request: Request, iri: str) -> Response:
    named = request.query_params.get("format")
    kind = GRAPH_NAMES.get(named) if named else best(request.headers.get("accept"), (_HTML, *GRAPHS))
    if kind is None:
        kinds, names = ", ".join((_HTML, *GRAPH_NAMES.values())), ", ".join(GRAPH_NAMES)
        message = f"this comes as {kinds}, or with ?format= as {names}\n"
        return Response(message, 406, media_type="text/plain", headers={"Vary": "Accept"})
    found = site.pool.run(jobs.about, iri)
    if found is None:
        return missing(site, request)
    if kind != _HTML:
        media, body = site.pool.run(describe, iri, kind, site.limits.size)
        return Response(body, media_type=media, headers={"Vary": "Accept"})
    if isinstance(found, Dossier):
        return site.page(
            request,
            "dossier.html",
            dossier=found,
            map=partner_map(found),
            formats=GRAPH_NAMES,
            most=_FACTS,
        )
    template = "page.html" if isinstance(found, jobs.OnPage) else "resource.html"
    return site.page(request, template, found=found, iri=iri, formats=GRAPH_NAMES, local=local)


def query(site: Site, request: Request) -> Response:
    """The editor, and the named queries."""
    text = request.query_params.get("query") or _EXAMPLE
    return site.page(request, "query.html", text=text, queries=list_queries(), prefixes=PREFIXES)


def named_query(site: Site, request: Request) -> Response:
    """A named query: its form and, once its parameters are there, its table; or the table as a file."""
    name, _, ending = request.path_params["name"].partition(".")
    try:
        chosen = get_query(name)
    except QueryError:
        return missing(site, request)
    given = {
        each.name: value
        for each in chosen.parameters
        if (value := request.query_params.get(each.name, "").strip())
    }
    ready = all(each.name in given for each in chosen.parameters if each.required)
    if ending:
        return _file(site, request, name, ending, given)
    answered, fault = None, None
    if ready:
        try:
            answered = site.pool.run(jobs.named_query, name, given)
        except QueryError as err:
            fault = str(err)
    values = answered.table.values() if answered else []
    return site.page(
        request,
        "named.html",
        status=400 if fault else 200,
        query=chosen,
        given=given,
        answered=answered,
        rows=values[:_ROWS],
        total=len(values),
        fault=fault,
        queries=list_queries(),
        tables=_TABLES,
        terms=_TERMS,
    )


def _file(site: Site, request: Request, name: str, ending: str, given: Mapping[str, str]) -> Response:
    if ending not in _TABLES:
        return missing(site, request)
    form, media = _TABLES[ending]
    table = site.pool.run(jobs.named_query, name, given).table
    output = io.StringIO()
    write_result(table, output, format=form)
    # A byte order mark tells spreadsheets that the file is UTF-8.
    mark = "\ufeff" if form == "csv" else ""
    disposition = f"attachment; filename*=UTF-8''{quote(name)}.{ending}"
    return Response(mark + output.getvalue(), media_type=media, headers={"Content-Disposition": disposition})


def graph(site: Site, request: Request) -> Response:
    """The form that chooses a part of the graph, above the graph page of that part."""
    links = Links(request)
    given = _given(request)
    if "focus" in given and not path_of(given["focus"]):
        found, total, _ = site.pool.run(jobs.search, given["focus"], (), 2)
        meant = [each for each in found if each.exact] or found
        if len(meant) != 1 or (total > 1 and not meant[0].exact):
            return RedirectResponse(links.to("/search", q=given["focus"]), 303)
        given["focus"] = meant[0].entity.iri
        return RedirectResponse(links.to("/graph", **given), 303)
    source = links.to("/graph/page", **given)
    focus = site.pool.run(jobs.label, given["focus"]) if "focus" in given else ""
    return site.page(request, "graph.html", given=given, focus=focus, source=source, types=ENTITY_TYPES)


def graph_page(site: Site, request: Request) -> Response:
    """The interactive page itself, made anew when the store has changed."""
    links = Links(request)
    choice = _choice(_given(request))
    key = (site.pool.version(), links.language, *sorted(choice.items()))
    html = site.graphs.get(key)
    if html is None:
        html = site.pool.run(jobs.graph_page, choice, site.title, links.language, seconds=site.limits.drawing)
        site.graphs.put(key, html)
    return HTMLResponse(html, headers={"Content-Security-Policy": _OWN_POLICY, "Vary": "Accept-Language"})


def _given(request: Request) -> dict[str, str]:
    return {name: value for name in _CHOICES if (value := request.query_params.get(name, "").strip())}


def _choice(given: Mapping[str, str]) -> dict[str, Any]:
    """The choice as kg.view.select.select takes it; QueryError for what is no number or no type."""
    choice: dict[str, Any] = {key: given[key] for key in ("focus", "region", "since") if key in given}
    try:
        if "hops" in given:
            choice["hops"] = min(max(int(given["hops"]), 1), 5)
        if "min_confidence" in given:
            choice["min_confidence"] = min(max(float(given["min_confidence"]), 0.0), 1.0)
    except ValueError as err:
        raise QueryError(f"not a number: {err}") from err
    if "type" in given:
        if given["type"] not in ENTITY_TYPES:
            raise QueryError(f"there is no entity type {given['type']!r}; choose {', '.join(ENTITY_TYPES)}")
        choice["types"] = (given["type"],)
    return choice


_EXAMPLE = """PREFIX kg: <https://w3id.org/health-industry-kg/ontology#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

SELECT DISTINCT ?firm ?name ?park WHERE {
  ?firm a kg:Firm ; skos:prefLabel ?name ; kg:settledIn ?p .
  ?p a kg:Park ; skos:prefLabel ?park
}
ORDER BY ?park ?name
LIMIT 100
"""
