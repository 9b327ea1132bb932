"""Words in two languages for what readers see, and figures, dates and addresses as they are read."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Literal
from urllib.parse import urlsplit

import pyoxigraph as ox

from kg import resources
from kg.graph.terms import SECTOR, SKOS

Language = Literal["zh", "en"]

#: A zero-width joiner holds an emoji together; every other control or format character goes.
_JOINER = "\u200d"


def read_words(*files: str) -> dict[str, tuple[str, str]]:
    """Words of tables under data/: {key: (Chinese, English)}; \\n in a cell is a line break."""
    rows = (row for name in files for row in resources.read_tsv(resources.data(name)))
    return {row["key"]: (row["zh"].replace("\\n", "\n"), row["en"].replace("\\n", "\n")) for row in rows}


class Words:
    """The words of one language. A key that no table knows reads as its last part."""

    def __init__(self, language: Language) -> None:
        self.language = language
        self._column = 1 if language == "en" else 0

    def __call__(self, key: str, **values: object) -> str:
        """The words for a key, with {name} filled in."""
        pair = _tables().get(key)
        words = pair[self._column] if pair else key.partition(".")[2] or key
        for name, value in values.items():
            words = words.replace(f"{{{name}}}", str(value))
        return words

    def term(self, name: str) -> str:
        """A type, kind, status or figure by its local name, as named queries give it; ← marks an inverse."""
        if name.startswith("←"):
            return "←" + self(f"inverse.{name[1:]}")
        families = ("type", "kind", "status", "figure")
        key = next((key for each in families if (key := f"{each}.{name}") in _tables()), None)
        return self(key) if key else name

    def relation(self, kind: str, *, inverse: bool) -> str:
        """A relation as it reads from its subject, or from its object."""
        return self(f"{'inverse' if inverse else 'kind'}.{kind}")

    def sector(self, name: str) -> str:
        """The label of a sector of the health industry."""
        return _sectors().get(name, (name, name))[self._column]

    def quantity(self, value: float, unit: str) -> str:
        """Money, areas and counts as people write them: 2.4亿元, CNY 240 million."""
        money = len(unit) == 3 and unit.isupper() and unit.isascii()
        if self.language == "en":
            size, word = (1e9, " billion") if value >= 1e9 else (1e6, " million") if value >= 1e6 else (1, "")
            text = _number(value / size) + word
            if money:
                return f"{unit} {text}"
            return f"{text}%" if unit == "percent" else f"{text} {self(f'unit.{unit}')}".strip()
        size, word = (1e8, "亿") if value >= 1e8 else (1e4, "万") if value >= 1e4 else (1, "")
        name = f" {unit}" if money and unit != "CNY" else self(f"unit.{unit}")
        return f"{_number(value / size)}{word}{name}"

    def listed(self, names: list[str]) -> str:
        """Names in a row."""
        return (", " if self.language == "en" else "、").join(names)


def day(date: str | None) -> str:
    """A partial ISO date as it is read: 2025-05-28, 2025-05, 2025, or 05-28 without a year."""
    return (date or "").removeprefix("--")


def web_address(text: str | None) -> str | None:
    """The text where it is an http(s) address, else None: only those may become links."""
    try:
        parts = urlsplit(text or "")
    except ValueError:
        return None
    return text if parts.scheme in ("http", "https") and parts.hostname else None


def printable(text: str) -> str:
    """Without control and direction characters: what a page says must not drive a terminal."""
    return "".join(c if c.isprintable() or c == _JOINER else " " for c in text)


def _number(value: float) -> str:
    return f"{value:,.2f}".rstrip("0").rstrip(".")


@cache
def _tables() -> Mapping[str, tuple[str, str]]:
    return MappingProxyType(read_words("view_labels.tsv", "server_labels.tsv"))


@cache
def _sectors() -> Mapping[str, tuple[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for quad in ox.parse(path=resources.ontology("concepts.ttl")):
        if quad.predicate == SKOS.prefLabel and isinstance(quad.subject, ox.NamedNode):
            name = SECTOR.local(quad.subject)
            if name and isinstance(quad.object, ox.Literal):
                found.setdefault(name, {})[quad.object.language or "zh"] = quad.object.value
    return MappingProxyType(
        {name: (each.get("zh", name), each.get("en", name)) for name, each in found.items()}
    )
