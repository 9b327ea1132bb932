"""Facts of a store in plain words, Chinese or English: 蓝鲸诊断 入驻 星城医疗器械产业园."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Literal as Choice

from pyoxigraph import Literal, NamedNode
from rdflib import Graph, URIRef
from rdflib import Literal as RdfLiteral
from rdflib.namespace import RDFS, SKOS

from kg import resources
from kg.graph.stores.base import Solutions, Store, Term

Language = Choice["zh", "en"]

#: What a node is made of, as far as words need it. The first branch that has rows names the node.
_PARTS = """
SELECT ?part ?value WHERE {{
  {{ GRAPH ?g {{ {node} rdf:subject ?x . ?x rdfs:label ?value }} BIND("subject" AS ?part) }}
  UNION {{ GRAPH ?g {{ {node} rdf:predicate ?value }} BIND("predicate" AS ?part) }}
  UNION {{ GRAPH ?g {{ {node} rdf:object ?x . ?x rdfs:label ?value }} BIND("object" AS ?part) }}
  UNION {{ GRAPH ?g {{ {node} kg:roleTitle ?value }} BIND("title" AS ?part) }}
  UNION {{ GRAPH ?g {{ {it} kg:party|kg:quantityOf ?x . ?x rdfs:label ?value }} BIND("of" AS ?part) }}
  UNION {{ GRAPH ?g {{ {it} kg:agreementType|kg:quantityKind ?value }} BIND("kind" AS ?part) }}
  UNION {{ GRAPH ?g {{ {it} kg:value|kg:amount ?value }} BIND("figure" AS ?part) }}
  UNION {{ GRAPH ?g {{ {it} kg:unit|kg:currency ?value }} BIND("unit" AS ?part) }}
  UNION {{ GRAPH ?g {{ {it} kg:date ?value }} BIND("date" AS ?part) }}
  UNION {{ GRAPH ?g {{ {node} skos:prefLabel|rdfs:label ?value }} BIND("name" AS ?part) }}
  UNION {{ GRAPH ?g {{ {node} oa:exact ?value }} BIND("name" AS ?part) }}
}} ORDER BY ?part ?value
"""
_STATED = "SELECT ?it WHERE {{ GRAPH ?g {{ {node} kg:states ?it }} }} ORDER BY ?it"
_QUOTE = """
SELECT ?quote WHERE {{ GRAPH ?g {{
  {{ {node} oa:hasSelector/oa:exact ?quote }} UNION {{ ?statement kg:states {node} ; oa:hasSelector/oa:exact ?quote }}
}} }} ORDER BY ?quote LIMIT 1
"""
_SHOWN = 80  # characters of a name or quote


@dataclass(frozen=True, slots=True)
class Words:
    """The same in both languages."""

    zh: str
    en: str

    def __getitem__(self, language: Language) -> str:
        return self.zh if language == "zh" else self.en


def word_for(term: NamedNode) -> Words | None:
    """The label of a term of the ontology or of its concept schemes; None for any other."""
    return _labels().get(term.value)


def describe(store: Store, node: NamedNode) -> Words:
    """A node in words: a relation, an agreement with its parties, a figure, or else a name or quote."""
    stated = store.query(_STATED.format(node=node))
    it = stated.rows[0][0] if isinstance(stated, Solutions) and stated.rows else node
    answer = store.query(_PARTS.format(node=node, it=it))
    parts: dict[str, list[Term]] = {}
    for part, value in answer.rows if isinstance(answer, Solutions) else []:
        if isinstance(part, Literal) and value is not None and value not in parts.get(part.value, ()):
            parts.setdefault(part.value, []).append(value)
    return Words(_told(parts, node, "zh"), _told(parts, node, "en"))


def quote_of(store: Store, node: NamedNode) -> str | None:
    """The sentence that states a fact; None for what is no fact or has none."""
    answer = store.query(_QUOTE.format(node=node))
    rows = answer.rows if isinstance(answer, Solutions) else []
    quote = rows[0][0] if rows else None
    return shortened(quote.value) if isinstance(quote, Literal) else None


def shortened(text: str) -> str:
    """A text on one line, cut where it is long."""
    line = " ".join(text.split())
    return line if len(line) <= _SHOWN else line[:_SHOWN].rstrip() + "…"


def _told(parts: Mapping[str, list[Term]], node: NamedNode, language: Language) -> str:
    def said(part: str) -> list[str]:
        return [shortened(_word(term, language)) for term in parts.get(part, ())]

    # A thing may have one label a page; the first stands for it.
    if "predicate" in parts:
        chosen = [said(part)[:1] for part in ("subject", "predicate", "object", "title")]
        return " ".join(word for words in chosen for word in words)
    if "of" in parts:
        between = "、" if language == "zh" else ", "
        rest = [word for part in ("kind", "figure", "unit", "date") for word in said(part)[:1]]
        return " ".join([between.join(said("of")), *rest])
    return next(iter(said("name")), node.value)


def _word(term: Term, language: Language) -> str:
    if isinstance(term, NamedNode):
        words = word_for(term)
        return words[language] if words else term.value
    return term.value if isinstance(term, Literal) else str(term)


@cache
def _labels() -> Mapping[str, Words]:
    found: dict[str, Words] = {}
    for name, predicate in (("health-industry.ttl", RDFS.label), ("concepts.ttl", SKOS.prefLabel)):
        graph = Graph().parse(resources.ontology(name))
        for term in set(graph.subjects(predicate)):
            texts = {o.language: str(o) for o in graph.objects(term, predicate) if isinstance(o, RdfLiteral)}
            if isinstance(term, URIRef):
                found[str(term)] = Words(texts["zh"], texts["en"])
    return MappingProxyType(found)
