"""Writes docs/ontology.md, the reference of every term: ``python -m kg.graph.reference``."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator

from rdflib import Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.namespace import DCTERMS, OWL, RDF, RDFS, SKOS
from rdflib.term import Node

from kg import resources
from kg.graph.terms import KG, ONTOLOGY, PREFIXES, VERSION

_ALIGNED = (RDFS.subClassOf, RDFS.subPropertyOf, SKOS.closeMatch, RDFS.seeAlso)
_HEAD = f"""# Ontology · 本体

Version {VERSION}, `{ONTOLOGY}`, Apache-2.0. Made from ontology/health-industry.ttl and ontology/concepts.ttl by
`python -m kg.graph.reference`; edit the Turtle files, not this page."""


def reference() -> str:
    """The page in Markdown."""
    terms = Graph().parse(resources.ontology("health-industry.ttl"))
    concepts = Graph().parse(resources.ontology("concepts.ttl"))
    parts = [_HEAD, "## Classes · 类", *_terms(terms, [OWL.Class])]
    parts += ["## Properties · 属性", *_terms(terms, [OWL.ObjectProperty, OWL.DatatypeProperty])]
    parts += ["## Concept schemes · 概念表", *_schemes(concepts)]
    return "\n\n".join(parts) + "\n"


def _terms(graph: Graph, kinds: Iterable[URIRef]) -> Iterator[str]:
    found = {s for kind in kinds for s in graph.subjects(RDF.type, kind) if str(s).startswith(KG.iri)}
    for term in sorted(found, key=str):
        lines = [
            f"### {_short(term)}",
            "",
            f"{_text(graph, term, RDFS.label, ' · ')}",
            "",
            _text(graph, term, SKOS.definition, "\n\n"),
            "",
        ]
        for title, predicate in (("domain", RDFS.domain), ("range", RDFS.range)):
            classes = [name for node in graph.objects(term, predicate) for name in _classes(graph, node)]
            if classes:
                lines.append(f"- {title}: {', '.join(sorted(classes))}")
        for predicate in _ALIGNED:
            others = sorted(
                _short(node) for node in graph.objects(term, predicate) if isinstance(node, URIRef)
            )
            if others:
                lines.append(f"- {_short(predicate)}: {', '.join(others)}")
        lines.append(f"- 例 example: {'；'.join(sorted(map(str, graph.objects(term, SKOS.example))))}")
        yield "\n".join(lines)


def _schemes(graph: Graph) -> Iterator[str]:
    for scheme in sorted(graph.subjects(RDF.type, SKOS.ConceptScheme), key=str):
        rows = [
            f"### {_text(graph, scheme, DCTERMS.title, ' · ')}",
            "",
            f"`{scheme}`",
            "",
            "| code | 名称 · name | 定义 · definition | broader |",
            "|---|---|---|---|",
        ]
        for concept in sorted(graph.subjects(SKOS.inScheme, scheme), key=str):
            broader = graph.value(concept, SKOS.broader)
            above = str(graph.value(broader, SKOS.notation)) if broader is not None else ""
            rows.append(
                f"| {graph.value(concept, SKOS.notation)} | {_text(graph, concept, SKOS.prefLabel, ' · ')} "
                f"| {_text(graph, concept, SKOS.definition, ' ')} | {above} |"
            )
        yield "\n".join(rows)


def _text(graph: Graph, node: Node, predicate: URIRef, between: str) -> str:
    """A text in Chinese, then in English."""
    found = {o.language: str(o) for o in graph.objects(node, predicate) if isinstance(o, Literal)}
    return between.join(found[language] for language in ("zh", "en") if language in found)


def _classes(graph: Graph, node: Node) -> list[str]:
    union = graph.value(node, OWL.unionOf)
    return [_short(member) for member in Collection(graph, union)] if union is not None else [_short(node)]


def _short(node: Node) -> str:
    for prefix, iri in PREFIXES.items():
        if str(node).startswith(iri):
            return f"{prefix}:{str(node)[len(iri) :]}"
    return f"<{node}>"


if __name__ == "__main__":
    sys.stdout.write(reference())
