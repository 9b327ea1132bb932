"""Exports: RDF for triple stores, networks for Gephi, tables for spreadsheets, CSV for Neo4j."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from pyoxigraph import RdfFormat

from kg.errors import QueryError, StoreError
from kg.graph.export.jsonld import write_jsonld
from kg.graph.export.neo4j import write_neo4j
from kg.graph.export.network import write_gexf, write_graphml
from kg.graph.export.rdf import chosen_quads, write_rdf
from kg.graph.export.tables import Language, write_csv, write_xlsx
from kg.graph.facts import Facts, read_facts
from kg.graph.filters import Filters
from kg.graph.stores.base import Store

__all__ = ["FORMATS", "ExportReport", "Filters", "export"]

_RDF: Mapping[str, RdfFormat | None] = MappingProxyType(
    {"turtle": RdfFormat.TURTLE, "trig": RdfFormat.TRIG, "nquads": RdfFormat.N_QUADS, "jsonld": None}
)
_FILES: Mapping[str, Callable[[Facts, Path], None]] = MappingProxyType(
    {"graphml": write_graphml, "gexf": write_gexf}
)

#: Formats with what they are written to: the extension of a file, or nothing for a folder.
FORMATS: Mapping[str, str] = MappingProxyType(
    {
        "turtle": ".ttl",
        "trig": ".trig",
        "nquads": ".nq",
        "jsonld": ".jsonld",
        "graphml": ".graphml",
        "gexf": ".gexf",
        "xlsx": ".xlsx",
        "csv": "",
        "neo4j": "",
    }
)


_FOLDERS = frozenset(name for name, extension in FORMATS.items() if not extension)


@dataclass(frozen=True, slots=True)
class ExportReport:
    """The files written, and how many agreements, relations, quantities and entities they hold."""

    files: tuple[Path, ...]
    agreements: int
    relations: int
    quantities: int
    entities: int


def export(
    store: Store, destination: Path, *, format: str, filters: Filters | None = None, language: Language = "en"
) -> ExportReport:
    """Write the store, or the part of it that passes the filters.

    destination: a file, or a folder for csv and neo4j; parents are made. language: of the headers of
    tables. An export without filters in an RDF format holds every quad of the store; Turtle has no named
    graphs and holds every triple. Raises QueryError for an unknown format, type or region, StoreError where
    reading or writing fails.
    """
    if format not in FORMATS:
        raise QueryError(f"unknown export format {format!r}; choose {', '.join(FORMATS)}")
    wanted = filters or Filters()
    facts = read_facts(store, wanted)
    draft = destination if format in _FOLDERS else destination.with_name(f".{destination.name}.part")
    try:
        destination.parent.mkdir(parents=True, exist_ok=True)
        files = _write(store, facts, draft, format, filtered=bool(wanted), language=language)
        if draft != destination:
            draft.replace(destination)
            files = [destination]
    except OSError as err:
        raise StoreError(f"{destination} cannot be written: {err.strerror or err}") from err
    finally:
        if draft != destination:
            with suppress(OSError):
                draft.unlink()
    return ExportReport(
        tuple(files), len(facts.agreements), len(facts.relations), len(facts.quantities), len(facts.entities)
    )


def _write(
    store: Store, facts: Facts, destination: Path, format: str, *, filtered: bool, language: Language
) -> list[Path]:
    if format in _RDF:
        quads = chosen_quads(store, facts if filtered else None)
        rdf = _RDF[format]
        with destination.open("wb") as output:
            if rdf is None:
                write_jsonld(quads, output)
            else:
                write_rdf(quads, output, rdf)
        return [destination]
    if format == "csv":
        return write_csv(facts, destination, language=language)
    if format == "neo4j":
        return write_neo4j(facts, destination)
    if format == "xlsx":
        write_xlsx(facts, destination, language=language)
    else:
        _FILES[format](facts, destination)
    return [destination]
