"""Finds entities by what a reader types, the likeliest first, with what tells namesakes apart."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from kg.dossier.model import Named
from kg.graph.stores import Store
from kg.graph.terms import KG
from kg.query.records import local, select

_FOUND = """
SELECT ?entity ?type ?label (GROUP_CONCAT(DISTINCT ?name; SEPARATOR="\\u001f") AS ?names)
       (MIN(?rank) AS ?best) WHERE {{
  GRAPH ?names {{
    ?names a kg:DerivedGraph . ?entity skos:prefLabel|skos:altLabel ?name ; a ?type ; skos:prefLabel ?label
    {types}
  }}
  BIND(LCASE(STR(?name)) AS ?small)
  FILTER(CONTAINS(?small, {words}))
  BIND(IF(?small = {words}, 0, IF(STRSTARTS(?small, {words}), 1, 2)) AS ?rank)
}} GROUP BY ?entity ?type ?label
"""
_DETAILS = """
SELECT ?entity ?region (COUNT(DISTINCT ?page) AS ?pages) (COUNT(DISTINCT ?act) AS ?agreements) WHERE {{
  VALUES ?entity {{ {entities} }}
  OPTIONAL {{ GRAPH ?regions {{ ?entity kg:inRegion/rdfs:label ?region }} }}
  OPTIONAL {{ GRAPH ?page {{ ?entity rdfs:label ?label . ?page a kg:Document }} }}
  OPTIONAL {{ GRAPH ?where {{ ?agreement kg:party ?entity }}
              BIND(REPLACE(STR(?agreement), "-[^-]*$", "") AS ?act) }}
}} GROUP BY ?entity ?region ORDER BY ?region
"""
#: Candidates whose pages and agreements are counted; the names of the others say enough.
_DETAILED = 200


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entity that a name may mean.

    matched: the name that fits, where it is not the label. exact: whether a name is just what was typed.
    """

    entity: Named
    matched: str | None
    exact: bool
    region: str | None
    pages: int
    agreements: int


def search_entities(
    store: Store, words: str, *, types: Iterable[str] = (), limit: int = 50
) -> tuple[list[Candidate], int]:
    """Entities with a name that contains ``words`` (ignoring case), and how many there are in all.

    Exact names come first, then names that begin so, then by number of agreements and pages. At most
    ``limit`` are given. Raises StoreError when the store cannot answer.
    """
    small = words.strip().lower()
    if not small:
        return [], 0
    nodes = " ".join(str(KG[kind]) for kind in types)
    rows = list(
        select(
            store,
            _FOUND.format(words=str(Literal(small)), types=f". VALUES ?type {{ {nodes} }}" if nodes else ""),
        )
    )
    rows.sort(key=lambda row: (row["best"], len(row["label"]), row["label"], row["entity"]))
    detailed = rows[: max(limit, _DETAILED)]
    details = _details(store, [row["entity"] for row in detailed])
    found = []
    for row in detailed:
        region, pages, agreements = details.get(row["entity"], (None, 0, 0))
        matched = _matched(row["names"].split("\x1f"), small)
        found.append(
            (
                row["best"],
                Candidate(
                    Named(row["entity"], row["label"], local(row["type"])),
                    None if small in row["label"].lower() else matched,
                    row["best"] == 0,
                    region,
                    pages,
                    agreements,
                ),
            )
        )
    found.sort(key=lambda pair: (pair[0], -pair[1].agreements, -pair[1].pages))
    return [candidate for _, candidate in found[:limit]], len(rows)


def _details(store: Store, iris: list[str]) -> dict[str, tuple[str | None, int, int]]:
    if not iris:
        return {}
    entities = " ".join(str(NamedNode(iri)) for iri in iris)
    return {
        row["entity"]: (row["region"], row["pages"], row["agreements"])
        for row in select(store, _DETAILS.format(entities=entities))
    }


def _matched(names: list[str], small: str) -> str | None:
    """The shortest of the names that contain the words."""
    return min(
        (name for name in names if small in name.lower()), key=lambda name: (len(name), name), default=None
    )
