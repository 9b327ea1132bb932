"""What every store can do, whichever way it keeps its quads."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, Triple

from kg.errors import StoreError
from kg.graph.terms import PREFIXES

Term = NamedNode | BlankNode | Literal | Triple

_FORMATS = {
    "nq": RdfFormat.N_QUADS,
    "trig": RdfFormat.TRIG,
    "jsonld": RdfFormat.JSON_LD,
    "nt": RdfFormat.N_TRIPLES,
    "ttl": RdfFormat.TURTLE,
    "rdf": RdfFormat.RDF_XML,
}


@dataclass(frozen=True, slots=True)
class Solutions:
    """The answer to a SELECT: variables in order, and one term or None for each in every row."""

    variables: tuple[str, ...]
    rows: list[tuple[Term | None, ...]]


#: The answer to a query: SELECT, ASK, or CONSTRUCT and DESCRIBE.
Answer = Solutions | bool | list[Triple]


class Store(ABC):
    """A dataset of named graphs. Queries see the union of all graphs as the default graph where the store
    allows it.

    All methods raise StoreError when the store cannot be reached, read or written, and ``query`` and
    ``update`` raise SyntaxError when the text is not SPARQL.
    """

    name: str

    @abstractmethod
    def query(self, sparql: str) -> Answer:
        """Answer a SPARQL 1.1 query; the prefixes of kg.graph.terms.PREFIXES need no declaration."""

    @abstractmethod
    def update(self, sparql: str) -> None:
        """Run a SPARQL 1.1 update."""

    @abstractmethod
    def extend(self, quads: Iterable[Quad]) -> None:
        """Add quads, in bulk."""

    @abstractmethod
    def discard(self, quads: Iterable[Quad]) -> None:
        """Remove quads; those that the store does not hold are passed over."""

    @abstractmethod
    def load(self, path: Path) -> None:
        """Add the quads of an RDF file (.nq, .trig, .jsonld, .nt, .ttl, .rdf), in bulk."""

    @abstractmethod
    def replace_graph(self, graph: NamedNode, quads: Iterable[Quad]) -> None:
        """Make the named graph hold these quads and no others."""

    @abstractmethod
    def drop_graph(self, graph: NamedNode) -> None:
        """Remove the named graph; nothing happens where it does not exist."""

    @abstractmethod
    def graphs(self) -> list[NamedNode]:
        """The named graphs, sorted."""

    @abstractmethod
    def quads(self, graph: NamedNode | None = None) -> Iterator[Quad]:
        """All quads, or those of one named graph."""

    @abstractmethod
    def dump(self, output: BinaryIO, *, format: RdfFormat = RdfFormat.N_QUADS) -> None:
        """Write the dataset in a format that holds named graphs."""

    @abstractmethod
    def writing(self) -> AbstractContextManager[Store]:
        """A store to change; the changes take effect together when the context ends without an error."""

    @abstractmethod
    def __len__(self) -> int:
        """Number of quads."""

    @abstractmethod
    def close(self) -> None:
        """Give up what the store holds open."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def format_of(path: Path) -> RdfFormat:
    """RDF format of a file by its extension; StoreError where a store does not read it, or there is no file."""
    rdf = _FORMATS.get(path.suffix.lstrip(".").lower())
    if rdf is None:
        known = ", ".join("." + name for name in _FORMATS)
        raise StoreError(f"{path}: not an RDF file by its extension; known are {known}")
    if not path.is_file():
        raise StoreError(f"{path}: there is no such file")
    return rdf


def with_prefixes(sparql: str) -> str:
    """The query behind declarations of the known prefixes that it mentions, all on a first line."""
    head = " ".join(f"PREFIX {p}: <{iri}>" for p, iri in PREFIXES.items() if re.search(rf"\b{p}:", sparql))
    return f"{head}\n{sparql}" if head else sparql
