"""What the handlers share: the workers, the templates, the reader's language, and addresses of things."""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock
from typing import Any, cast
from urllib.parse import quote, unquote, urlencode, urlsplit

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from kg.serve.limits import Limits
from kg.serve.negotiate import language
from kg.serve.workers import Pool
from kg.view.style import NODE_STYLES, UNKNOWN_NODE
from kg.words import Language, Words, day, web_address


class Site:
    """One server: its title, its workers, its limits. Handlers are functions of a Site and a request."""

    def __init__(self, pool: Pool, limits: Limits, *, title: str) -> None:
        self.pool = pool
        self.limits = limits
        self.title = title
        self.graphs = Kept(8)
        self._environment = Environment(
            loader=PackageLoader("kg.serve"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._environment.filters.update(day=day, web=web_address, colour=colour)

    def page(self, request: Request, template: str, *, status: int = 200, **values: Any) -> Response:
        """A page in the reader's language."""
        links = Links(request)
        text = self._environment.get_template(template).render(
            t=links.words, links=links, title=self.title, limits=self.limits, **values
        )
        return HTMLResponse(text, status, headers={"Vary": "Accept, Accept-Language"})


class Kept:
    """The texts made last; threads may share it."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._texts: OrderedDict[object, str] = OrderedDict()
        self._lock = Lock()

    def get(self, key: object) -> str | None:
        """The text of this key, if it is still there."""
        with self._lock:
            if key in self._texts:
                self._texts.move_to_end(key)
            return self._texts.get(key)

    def put(self, key: object, text: str) -> None:
        """Keep a text; the one longest unused goes."""
        with self._lock:
            self._texts[key] = text
            while len(self._texts) > self._most:
                self._texts.popitem(last=False)


class Links:
    """Addresses on this server. A language that the reader has chosen goes along in each."""

    def __init__(self, request: Request) -> None:
        chosen = request.query_params.get("lang")
        self._chosen = chosen if chosen in ("zh", "en") else None
        self._path = request.url.path
        self._parameters = [(k, v) for k, v in request.query_params.multi_items() if k != "lang"]
        self.language = cast(Language, self._chosen or language(request.headers.get("accept-language")))
        self.words = Words(self.language)

    def to(self, path: str, **parameters: object) -> str:
        """A path of this server with parameters; None leaves a parameter out."""
        given = [(key, str(value)) for key, value in parameters.items() if value is not None]
        if self._chosen:
            given.append(("lang", self._chosen))
        return quote(path, safe="/-._~") + (f"?{urlencode(given)}" if given else "")

    def of(self, iri: str, **parameters: object) -> str:
        """Where this server shows what an IRI names: at the IRI's own path, if it has one."""
        path = path_of(iri)
        return self.to("/resource", iri=iri, **parameters) if path is None else self.to(path, **parameters)

    def hidden(self) -> list[tuple[str, str]]:
        """Fields that a form needs so that the chosen language goes along."""
        return [("lang", self._chosen)] if self._chosen else []

    def other_language(self) -> str:
        """This very page in the other language."""
        other = "zh" if self.language == "en" else "en"
        return f"{quote(self._path)}?{urlencode([*self._parameters, ('lang', other)])}"


def path_of(iri: str) -> str | None:
    """The path of an IRI where it can stand for it: an http(s) IRI without query and fragment."""
    try:
        parts = urlsplit(iri)
    except ValueError:
        return None
    plain = parts.scheme in ("http", "https") and not (parts.query or parts.fragment)
    return unquote(parts.path) if plain and len(parts.path) > 1 else None


def colour(kind: str) -> str:
    """The colour of an entity type, as on the graph page."""
    return NODE_STYLES.get(kind, UNKNOWN_NODE)[0]
