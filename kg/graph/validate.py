"""Validates a store against ontology/shapes.ttl.

The core constraints are pySHACL's work, a few documents at a time, so that a large store needs little
memory. The SPARQL constraints of the same shapes are set-based questions: the store itself answers each for
all targets at once, which is thousands of times faster than asking for one node after the other.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import pyoxigraph as ox
import pyshacl
from pyoxigraph import NamedNode, RdfFormat, Triple
from rdflib import Graph, Namespace, URIRef
from rdflib import Literal as RdfLiteral
from rdflib.namespace import RDF, RDFS
from rdflib.term import Node

from kg import resources
from kg.errors import StoreError
from kg.graph.findings import Finding, Severity, ValidationReport, in_order, pages_of
from kg.graph.stores.base import Solutions, Store, Term
from kg.graph.terms import KG
from kg.graph.wording import Words, describe, quote_of, shortened, word_for

_SH = Namespace("http://www.w3.org/ns/shacl#")
_CHUNK = 20  # documents that pySHACL sees at once


@dataclass(frozen=True, slots=True)
class _Breach:
    """A breach as a validator reports it, before it is put into words."""

    node: NamedNode
    path: NamedNode | None
    value: Term | None
    zh: str
    en: str
    severity: Severity
    shape: str


def validate(store: Store, *, progress: Callable[[int, int], None] | None = None) -> ValidationReport:
    """Check every document and derived graph of the store against the shapes.

    progress: called with the number of documents done and of all, now and then.
    Raises StoreError when the store cannot be read.
    """
    shapes = _read("shapes.ttl")
    classes = Graph()
    for triple in _read("health-industry.ttl").triples((None, RDFS.subClassOf, None)):
        classes.add(triple)
    documents = _graphs(store, KG.Document)
    breaches = list(_sparql_breaches(store, shapes))
    core = _without_sparql(shapes)
    done = 0
    chunks = [documents[start : start + _CHUNK] for start in range(0, len(documents), _CHUNK)]
    for chunk in [*chunks, _graphs(store, KG.DerivedGraph)]:
        data = Graph()
        for graph in chunk:
            data += _parsed(quad.triple for quad in store.quads(graph))
        breaches += _core_breaches(data, core, classes)
        done = min(done + len(chunk), len(documents))
        if progress is not None:
            progress(done, len(documents))
    return ValidationReport(in_order(_finding(store, breach) for breach in breaches), len(documents))


def _read(name: str) -> Graph:
    """A Turtle file of the ontology."""
    return _parsed(quad.triple for quad in ox.parse(path=resources.ontology(name), format=RdfFormat.TURTLE))


def _parsed(triples: Iterable[Triple]) -> Graph:
    """Triples as an rdflib graph; pyoxigraph reads Turtle many times faster than rdflib does."""
    lines = ox.serialize(triples, format=RdfFormat.N_TRIPLES)
    return Graph().parse(data=lines, format="nt")


def _finding(store: Store, breach: _Breach) -> Finding:
    fact, value = describe(store, breach.node), _shown(store, breach.value)
    return Finding(
        severity=breach.severity,
        message=Words(breach.zh, breach.en),
        node=breach.node.value,
        fact=fact,
        path=word_for(breach.path) if breach.path is not None and value is not None else None,
        value=value if value != fact else None,
        documents=pages_of(store, breach.node, breach.path, breach.value),
        quote=quote_of(store, breach.node),
        shape=breach.shape,
    )


def _shown(store: Store, value: Term | None) -> Words | None:
    if isinstance(value, NamedNode):
        return word_for(value) or describe(store, value)
    text = shortened(getattr(value, "value", str(value))) if value is not None else ""
    return Words(text, text) if text else None


def _graphs(store: Store, kind: NamedNode) -> list[NamedNode]:
    answer = store.query(f"SELECT ?g WHERE {{ GRAPH ?g {{ ?g a {kind} }} }} ORDER BY ?g")
    rows = answer.rows if isinstance(answer, Solutions) else []
    return [row[0] for row in rows if isinstance(row[0], NamedNode)]


# --- SPARQL constraints (SHACL section 5), asked of the store


def _sparql_breaches(store: Store, shapes: Graph) -> Iterator[_Breach]:
    for shape, constraint in shapes.subject_objects(_SH.sparql):
        zh, en = _messages(shapes, constraint)
        severity = _severity(shapes.value(constraint, _SH.severity))
        answer = store.query(_set_based(shapes, shape, str(shapes.value(constraint, _SH.select))))
        if not isinstance(answer, Solutions):
            continue
        at = {
            name: answer.variables.index(name)
            for name in ("this", "path", "value")
            if name in answer.variables
        }
        for row in answer.rows:
            node, path = row[at["this"]], row[at["path"]] if "path" in at else None
            if isinstance(node, NamedNode):
                yield _Breach(
                    node,
                    path if isinstance(path, NamedNode) else None,
                    row[at["value"]] if "value" in at else None,
                    zh,
                    en,
                    severity,
                    _name(shape),
                )


def _set_based(shapes: Graph, shape: Node, select: str) -> str:
    """The constraint's query with $this ranging over the shape's targets instead of bound to one."""
    classes = " ".join(f"<{c}>" for c in shapes.objects(shape, _SH.targetClass))
    subjects = [f"?this <{p}> ?any ." for p in shapes.objects(shape, _SH.targetSubjectsOf)]
    target = f"VALUES ?target {{ {classes} }} ?this a ?target ." if classes else " ".join(subjects)
    head, where, body = select.partition("WHERE {")
    if not where or not target:
        raise StoreError(f"ontology/shapes.ttl: the SPARQL constraint of {shape} has no target or no WHERE")
    return f"{head.replace('SELECT ', 'SELECT DISTINCT ')} WHERE {{ {target} {body}"


# --- core constraints (SHACL section 4), checked by pySHACL


def _without_sparql(shapes: Graph) -> Graph:
    core = Graph()
    dropped = set(shapes.objects(None, _SH.sparql))
    for triple in shapes:
        if triple[1] != _SH.sparql and triple[0] not in dropped:
            core.add(triple)
    return core


def _core_breaches(data: Graph, shapes: Graph, classes: Graph) -> Iterator[_Breach]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # rdflib warns of ill-typed literals, which the report names anyway
        _, report, _ = pyshacl.validate(data, shacl_graph=shapes, ont_graph=classes, inference="none")
    if not isinstance(report, Graph):
        raise StoreError(f"the shapes could not be checked: {report}")
    for result in report.subjects(RDF.type, _SH.ValidationResult):
        focus, path, value = (report.value(result, p) for p in (_SH.focusNode, _SH.resultPath, _SH.value))
        shape = report.value(result, _SH.sourceShape)
        zh, en = _messages(report, result, predicate=_SH.resultMessage)
        if isinstance(focus, URIRef):
            yield _Breach(
                NamedNode(str(focus)),
                NamedNode(str(path)) if isinstance(path, URIRef) else None,
                _term(value),
                zh,
                en,
                _severity(report.value(result, _SH.resultSeverity)),
                _owner(shapes, shape),
            )


def _term(node: Node | None) -> Term | None:
    if isinstance(node, URIRef):
        return NamedNode(str(node))
    if isinstance(node, RdfLiteral):
        if node.language:
            return ox.Literal(str(node), language=node.language)
        return (
            ox.Literal(str(node), datatype=NamedNode(str(node.datatype)))
            if node.datatype
            else ox.Literal(str(node))
        )
    return None


def _owner(shapes: Graph, shape: Node | None) -> str:
    """The named shape that a property shape belongs to."""
    while shape is not None and not isinstance(shape, URIRef):
        shape = next(shapes.subjects(None, shape), None)
    return _name(shape)


def _name(shape: Node | None) -> str:
    return str(shape).rpartition("#")[2] if shape is not None else ""


def _messages(graph: Graph, node: Node, *, predicate: URIRef = _SH.message) -> tuple[str, str]:
    found = {m.language: str(m) for m in graph.objects(node, predicate) if isinstance(m, RdfLiteral)}
    english = found.get("en") or next(iter(found.values()), "")
    return found.get("zh", english), english


def _severity(node: Node | None) -> Severity:
    return "warning" if node in (_SH.Warning, _SH.Info) else "violation"
