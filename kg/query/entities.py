"""Finds entities by what a person types: any of their names, or a part of one."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

from pyoxigraph import Literal, NamedNode

from kg.graph.stores.base import Solutions, Store
from kg.graph.terms import KG

_EXACT = """
SELECT DISTINCT ?entity WHERE {{
  VALUES ?name {{ {name} }}
  GRAPH ?names {{ ?names a kg:DerivedGraph . ?entity skos:prefLabel|skos:altLabel ?name ; a ?type . {types} }}
}} ORDER BY ?entity
"""
_PARTIAL = """
SELECT DISTINCT ?entity WHERE {{
  GRAPH ?names {{ ?names a kg:DerivedGraph . ?entity skos:prefLabel|skos:altLabel ?name ; a ?type . {types} }}
  FILTER(CONTAINS(LCASE(STR(?name)), LCASE({name})))
}} ORDER BY ?entity
"""
_ALL = """
SELECT DISTINCT ?name WHERE {{
  GRAPH ?names {{ ?names a kg:DerivedGraph . ?entity skos:prefLabel|skos:altLabel ?name ; a ?type . {types} }}
}} ORDER BY ?name
"""


def find_entities(store: Store, name: str, *, types: Iterable[str] = ()) -> list[NamedNode]:
    """IRIs of the entities that bear the name exactly, or, where none does, a name that contains it
    (ignoring case).

    types: entity types to choose from; none means all. Raises StoreError when the store cannot answer.
    """
    literal = str(Literal(name))
    for template in (_EXACT, _PARTIAL):
        answer = store.query(template.format(name=literal, types=_types(types)))
        if isinstance(answer, Solutions) and answer.rows:
            return [row[0] for row in answer.rows if isinstance(row[0], NamedNode)]
    return []


def near_names(store: Store, name: str, *, types: Iterable[str] = (), count: int = 3) -> list[str]:
    """Names in the store that look like the given one, the nearest first."""
    answer = store.query(_ALL.format(types=_types(types)))
    if not isinstance(answer, Solutions):
        return []
    names = [row[0].value for row in answer.rows if isinstance(row[0], Literal)]
    return get_close_matches(name, names, n=count, cutoff=0.4)


def _types(types: Iterable[str]) -> str:
    nodes = " ".join(str(KG[kind]) for kind in types)
    return f"VALUES ?type {{ {nodes} }}" if nodes else ""
