"""JSON-LD in the words of ontology/context.jsonld, one object a graph, readable without the vocabulary at
hand.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import cache
from itertools import groupby
from typing import BinaryIO

from pyoxigraph import BlankNode, Literal, NamedNode, Quad

from kg import resources
from kg.graph.terms import RDF, XSD


def write_jsonld(quads: Iterable[Quad], output: BinaryIO) -> None:
    """Write quads, which come graph by graph, as one JSON-LD document with its context inside."""
    context, terms = _context()
    output.write(b'{"@context": ' + _bytes(context) + b',\n"@graph": [')
    for number, (graph, members) in enumerate(groupby(quads, key=lambda quad: quad.graph_name)):
        output.write(b",\n" if number else b"\n")
        nodes = [_node(subject, rows, terms) for subject, rows in _by_subject(members)]
        if isinstance(graph, NamedNode):
            output.write(_bytes({"@id": graph.value, "@graph": nodes}))
        else:
            output.write(b",\n".join(map(_bytes, nodes)))
    output.write(b"\n]}\n")


class _Terms:
    """The context turned around: which word stands for an IRI, and what type its values have without saying."""

    def __init__(self, context: dict[str, object]) -> None:
        self.prefixes = {k: v for k, v in context.items() if isinstance(v, str) and v.endswith(("#", "/"))}
        self.words: dict[str, str] = {}
        self.coerced: dict[str, str] = {}
        for word, meaning in context.items():
            if isinstance(meaning, dict):
                iri = self._expanded(meaning["@id"])
                self.words[iri], self.coerced[word] = word, self._expanded(meaning["@type"])
            elif isinstance(meaning, str) and word not in self.prefixes:
                self.words[self._expanded(meaning)] = word

    def _expanded(self, name: str) -> str:
        prefix, colon, local = name.partition(":")
        return self.prefixes[prefix] + local if colon and prefix in self.prefixes else name

    def compact(self, iri: str) -> str:
        """An IRI by prefix where one fits, for a value or an unknown property."""
        for prefix, space in self.prefixes.items():
            local = iri[len(space) :] if iri.startswith(space) else ""
            if local and "/" not in local and not local.startswith("//"):
                return f"{prefix}:{local}"
        return iri


@cache
def _context() -> tuple[dict[str, object], _Terms]:
    context = json.loads(resources.ontology("context.jsonld").read_text("utf-8"))["@context"]
    return context, _Terms(context)


def _by_subject(quads: Iterable[Quad]) -> Iterable[tuple[NamedNode | BlankNode, list[Quad]]]:
    found: dict[NamedNode | BlankNode, list[Quad]] = {}
    for quad in quads:
        if isinstance(quad.subject, NamedNode | BlankNode):
            found.setdefault(quad.subject, []).append(quad)
    return found.items()


def _node(subject: NamedNode | BlankNode, quads: list[Quad], terms: _Terms) -> dict[str, object]:
    node: dict[str, object] = {"@id": _id(subject)}
    values: dict[str, list[object]] = {}
    for quad in quads:
        if quad.predicate == RDF.type and isinstance(quad.object, NamedNode):
            kind = quad.object.value
            values.setdefault("@type", []).append(terms.words.get(kind) or terms.compact(kind))
        else:
            word = terms.words.get(quad.predicate.value) or terms.compact(quad.predicate.value)
            values.setdefault(word, []).append(_value(quad.object, terms.coerced.get(word), terms))
    node.update({word: found[0] if len(found) == 1 else found for word, found in values.items()})
    return node


def _value(term: object, coerced: str | None, terms: _Terms) -> object:
    if isinstance(term, NamedNode):
        return terms.compact(term.value) if coerced == "@id" else {"@id": terms.compact(term.value)}
    if isinstance(term, BlankNode):
        return _id(term) if coerced == "@id" else {"@id": _id(term)}
    if not isinstance(term, Literal):
        raise TypeError(f"JSON-LD has no form for {term!r}")
    if term.language:
        return {"@value": term.value, "@language": term.language}
    if term.datatype.value == coerced or (coerced is None and term.datatype == XSD.string):
        return term.value
    if term.datatype == XSD.string:
        return {"@value": term.value}
    return {"@value": term.value, "@type": terms.compact(term.datatype.value)}


def _id(node: NamedNode | BlankNode) -> str:
    return node.value if isinstance(node, NamedNode) else f"_:{node.value}"


def _bytes(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode("utf-8")
