"""The named queries: one .rq file each, described by the comments at its head.

A header line is ``# key: value``:

    # title: 谁与谁签约 | Who signs with whom
    # description: Chinese | English
    # param park: entity:Park optional — 园区名称或别名 | name or alias of a park
    # column park: 园区 | park

A parameter's place in the query is a ``VALUES ?given_park { UNDEF }`` of its own, so that the file runs as
it stands; a value that the file gives there instead of UNDEF is the default. A column marked ``list`` holds
names joined by 、.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from kg.errors import QueryError

_HEADER = re.compile(
    r"# (?P<key>title|description|param (?P<param>\w+)|column (?P<column>\w+)): (?P<value>.+)"
)
_PARAM = re.compile(r"(?P<kind>\w+)(?::(?P<detail>[\w|-]+))?(?P<optional> optional)? — (?P<text>.+)")
_KINDS = frozenset({"entity", "text", "date", "number", "choice"})


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of a named query.

    kind: entity (a name or alias), text, date (ISO 8601, partial allowed), number, or choice.
    detail: the entity types, or the choices; empty means any.
    """

    name: str
    kind: str
    detail: tuple[str, ...]
    required: bool
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a named query's table; ``many``: names joined by 、."""

    name: str
    many: bool
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class NamedQuery:
    """A named query with its description in both languages."""

    name: str
    title_zh: str
    title_en: str
    zh: str
    en: str
    parameters: tuple[Parameter, ...]
    columns: tuple[Column, ...]
    text: str


def list_queries() -> tuple[NamedQuery, ...]:
    """All named queries, by name."""
    return tuple(_catalogue().values())


def get_query(name: str) -> NamedQuery:
    """The named query; QueryError that suggests near names where there is none."""
    found = _catalogue().get(name)
    if found is None:
        near = get_close_matches(name, _catalogue(), n=3, cutoff=0.5)
        hint = f"did you mean {' or '.join(near)}?" if near else "kg query --list shows them all"
        raise QueryError(f"there is no query named {name!r}; {hint}")
    return found


@cache
def _catalogue() -> Mapping[str, NamedQuery]:
    folder = files("kg.query") / "queries"
    found = {
        entry.name.removesuffix(".rq"): entry.read_text("utf-8")
        for entry in folder.iterdir()
        if entry.name.endswith(".rq")
    }
    return MappingProxyType({name: parse_query(name, found[name]) for name in sorted(found)})


def parse_query(name: str, text: str) -> NamedQuery:
    """Read the header of a .rq file; QueryError names the line that is not understood."""
    heads: dict[str, tuple[str, str]] = {}
    parameters: list[Parameter] = []
    columns: list[Column] = []
    for line in text.splitlines():
        if not line.startswith("#"):
            break
        match = _HEADER.fullmatch(line)
        if match is None:
            raise QueryError(f"{name}.rq: not a header line: {line!r}")
        if match["param"]:
            parameters.append(_parameter(name, match["param"], match["value"], text))
        elif match["column"]:
            many = match["value"].startswith("list — ")
            columns.append(
                Column(match["column"], many, *_languages(name, match["value"].removeprefix("list — ")))
            )
        else:
            heads[match["key"]] = _languages(name, match["value"])
    if missing := {"title", "description"} - set(heads):
        raise QueryError(f"{name}.rq: its header lacks {' and '.join(sorted(missing))}")
    return NamedQuery(name, *heads["title"], *heads["description"], tuple(parameters), tuple(columns), text)


def _parameter(query: str, name: str, value: str, text: str) -> Parameter:
    match = _PARAM.fullmatch(value)
    if match is None or match["kind"] not in _KINDS:
        raise QueryError(
            f"{query}.rq: the parameter {name} is not 'kind[:detail] [optional] — 中文 | English'"
        )
    if len(slot(name).findall(text)) == 0:
        raise QueryError(f"{query}.rq: the parameter {name} has no VALUES ?given_{name} {{ … }}")
    detail = tuple(match["detail"].split("|")) if match["detail"] else ()
    return Parameter(name, match["kind"], detail, not match["optional"], *_languages(query, match["text"]))


def slot(name: str) -> re.Pattern[str]:
    """Where a parameter's values stand in the text of a query."""
    return re.compile(rf"VALUES \?given_{name} \{{[^}}]*\}}")


def _languages(query: str, value: str) -> tuple[str, str]:
    chinese, bar, english = value.partition(" | ")
    if not bar:
        raise QueryError(f"{query}.rq: write '中文 | English': {value!r}")
    return chinese.strip(), english.strip()
