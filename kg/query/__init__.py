"""Named queries, entity look-up and SPARQL over any store; results as tables."""

from kg.query.catalogue import NamedQuery, get_query, list_queries
from kg.query.entities import find_entities
from kg.query.formats import FORMATS, write_result
from kg.query.run import run_named, run_sparql
from kg.query.table import Table

__all__ = [
    "FORMATS",
    "NamedQuery",
    "Table",
    "find_entities",
    "get_query",
    "list_queries",
    "run_named",
    "run_sparql",
    "write_result",
]
