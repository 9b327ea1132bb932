"""CSV files for ``neo4j-admin database import full``: nodes and relationships with typed headers.

Entities and agreements are nodes; an agreement has a PARTY relationship to each of its parties and
SIGNED_AT to its event; relations are relationships named in Neo4j's manner (settledIn is SETTLED_IN).
Import them with:

    neo4j-admin database import full --nodes=entities.csv --nodes=agreements.csv \\
        --relationships=relations.csv --relationships=parties.csv --array-delimiter="|" neo4j
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from kg.graph.export.clean import for_xml
from kg.graph.facts import Facts, Provenance

_CAPITAL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_SOURCE = ["document", "quote", "confidence:double"]


def write_neo4j(facts: Facts, folder: Path) -> list[Path]:
    """Write entities.csv, agreements.csv, relations.csv and parties.csv, UTF-8."""
    folder.mkdir(parents=True, exist_ok=True)
    entities = (
        [e.iri, f"{e.type}|Entity", e.name, _array(e.aliases), e.region, _array(e.sectors)]
        for e in facts.entities.values()
    )
    agreements = (
        [a.iri, "Agreement", a.type, a.status, a.date, a.amount, a.currency, *_source(facts, a.source)]
        for a in facts.agreements
    )
    relations = (
        [r.subject, r.object, _kind(r.type), r.title, *_source(facts, r.source)] for r in facts.relations
    )
    parties = [[a.iri, party, "PARTY"] for a in facts.agreements for party in a.parties]
    parties += [[a.iri, a.event, "SIGNED_AT"] for a in facts.agreements if a.event]
    node = ["iri:ID", ":LABEL"]
    edge = [":START_ID", ":END_ID", ":TYPE"]
    tables: dict[str, tuple[list[str], Iterable[Sequence[object]]]] = {
        "entities": ([*node, "name", "aliases:string[]", "region", "sectors:string[]"], entities),
        "agreements": ([*node, "type", "status", "date", "amount:double", "currency", *_SOURCE], agreements),
        "relations": ([*edge, "title", *_SOURCE], relations),
        "parties": (edge, parties),
    }
    return [_write(folder / f"{name}.csv", header, rows) for name, (header, rows) in tables.items()]


def _write(path: Path, header: list[str], rows: Iterable[Sequence[object]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.writer(handle, lineterminator="\n")
        writer.writerow(header)
        # The importer reads a line break inside a field only when told to, so there is none.
        writer.writerows([[_plain(value) for value in row] for row in rows])
    return path


def _plain(value: object) -> object:
    if value is None:
        return ""
    return for_xml(value).replace("\r", " ").replace("\n", " ") if isinstance(value, str) else value


def _array(values: Iterable[str]) -> str:
    return "|".join(value.replace("|", "/") for value in values)


def _kind(relation: str) -> str:
    return _CAPITAL.sub("_", relation).upper()


def _source(facts: Facts, source: Provenance) -> list[object]:
    document = facts.documents.get(source.document)
    return [document.name if document else source.document, source.quote, source.confidence]
