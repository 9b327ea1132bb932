"""Writes the reference of every term: docs/ontology.md, or with ``--html`` docs/ontology.html.

``python -m kg.graph.reference > docs/ontology.md``
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from html import escape

from rdflib import Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.namespace import DCTERMS, OWL, RDF, RDFS, SH, SKOS
from rdflib.term import Node

from kg import resources
from kg.graph.terms import KG, ONTOLOGY, PREFIXES, VERSION

_ALIGNED = (RDFS.subClassOf, RDFS.subPropertyOf, SKOS.closeMatch, RDFS.seeAlso)
_PROPERTIES = (OWL.ObjectProperty, OWL.DatatypeProperty)
_FIBO = {
    "fibo-agr": "https://spec.edmcouncil.org/fibo/ontology/FND/Agreements/Agreements/",
    "fibo-ctr": "https://spec.edmcouncil.org/fibo/ontology/FND/Agreements/Contracts/",
}
_HEAD = f"""# Ontology · 本体

Version {VERSION}, `{ONTOLOGY}`, [Apache-2.0](https://www.apache.org/licenses/LICENSE-2.0). Made from the files of
`ontology/` by `python -m kg.graph.reference`; edit the Turtle files, not this page. What a page's graph looks like is
in [graph.md](graph.md), what can be asked of it in [queries.md](queries.md).

版本 {VERSION}。本页由 `ontology/` 目录下的 Turtle 文件生成：类与属性（health-industry.ttl）、概念表（concepts.ttl）、
SHACL 约束（shapes.ttl）。

- [Classes at a glance · 类的层次](#class-tree)
- [Properties at a glance · 属性一览](#property-list)
- [Classes · 类](#classes)
- [Properties · 属性](#properties)
- [Concept schemes · 概念表](#schemes)
- [Alignment · 与其他词表的对应](#alignment)
- [Namespaces · 命名空间](#namespaces)"""
_STYLE = """
body { margin: 2rem auto; padding: 0 1rem; max-width: 62rem; color: #1c2733; background: #fff;
  font: 16px/1.6 "Noto Sans CJK SC", "Microsoft YaHei", "PingFang SC", system-ui, sans-serif; }
h1, h2 { border-bottom: 1px solid #c9d3dc; padding-bottom: .3rem; } h2 { margin-top: 3rem; }
h3 { margin: 2.2rem 0 .3rem; } code { background: #eef2f5; padding: 0 .25em; overflow-wrap: anywhere; }
table { border-collapse: collapse; width: 100%; font-size: .92rem; }
th, td { border: 1px solid #c9d3dc; padding: .3rem .5rem; text-align: left; vertical-align: top; }
th { background: #eef2f5; } a { color: #0b5cad; } li { overflow-wrap: anywhere; }
"""


def reference() -> str:
    """The page in Markdown."""
    terms = Graph().parse(resources.ontology("health-industry.ttl"))
    concepts = Graph().parse(resources.ontology("concepts.ttl"))
    shapes = Graph().parse(resources.ontology("shapes.ttl"))
    classes, properties = _own(terms, [OWL.Class]), _own(terms, _PROPERTIES)
    parts = [
        _HEAD,
        _title("class-tree", "Classes at a glance · 类的层次"),
        "\n".join(_tree(terms, classes, above=None)),
        _title("property-list", "Properties at a glance · 属性一览"),
        "\n".join(_relations(terms, properties)),
        _title("classes", "Classes · 类"),
        *(_term(terms, shapes, term) for term in classes),
        _title("properties", "Properties · 属性"),
        *(_term(terms, shapes, term) for term in properties),
        _title("schemes", "Concept schemes · 概念表"),
        *_schemes(concepts),
        _title("alignment", "Alignment · 与其他词表的对应"),
        "\n".join(_alignment(terms, [*classes, *properties])),
        _title("namespaces", "Namespaces · 命名空间"),
        "\n".join(_table("prefix|namespace", ((f"`{p}`", f"`{iri}`") for p, iri in _prefixes().items()))),
    ]
    return "\n\n".join(parts) + "\n"


def as_html(markdown: str) -> str:
    """The page as one HTML file that needs nothing beside it.

    Raises ImportError where markdown-it-py is missing.
    """
    from markdown_it import MarkdownIt  # noqa: PLC0415 (only who makes the page needs it)

    body = MarkdownIt("commonmark").enable("table").render(markdown)
    title = escape(markdown.partition("\n")[0].lstrip("# "))
    return (
        f'<!DOCTYPE html>\n<html lang="zh">\n<head>\n<meta charset="utf-8">\n<title>{title}</title>\n'
        f"<style>{_STYLE}</style>\n</head>\n<body>\n{body}</body>\n</html>\n"
    )


def _title(anchor: str, text: str) -> str:
    return f'<a id="{anchor}"></a>\n\n## {text}'


def _own(graph: Graph, kinds: Iterable[URIRef]) -> list[URIRef]:
    """The terms of our own namespace, by name."""
    found = {s for kind in kinds for s in graph.subjects(RDF.type, kind) if isinstance(s, URIRef)}
    return sorted((term for term in found if str(term).startswith(KG.iri)), key=str)


def _tree(graph: Graph, classes: list[URIRef], *, above: URIRef | None, depth: int = 0) -> Iterator[str]:
    for term in classes:
        parents = [c for c in graph.objects(term, RDFS.subClassOf) if c in classes]
        if above in parents or (above is None and not parents):
            yield f"{'  ' * depth}- {_link(term)} {_text(graph, term, RDFS.label, ' · ')}"
            yield from _tree(graph, classes, above=term, depth=depth + 1)


def _relations(graph: Graph, properties: list[URIRef]) -> list[str]:
    rows = (
        (
            _link(term),
            _text(graph, term, RDFS.label, " · "),
            ", ".join(_linked(graph, term, RDFS.domain)),
            ", ".join(_linked(graph, term, RDFS.range)),
        )
        for term in properties
    )
    return _table("property|名称 · name|from · 主体|to · 客体", rows)


def _term(graph: Graph, shapes: Graph, term: URIRef) -> str:
    lines = [
        f'<a id="{_local(term)}"></a>',
        "",
        f"### {_short(term)}",
        "",
        f"**{_text(graph, term, RDFS.label, ' · ')}**",
        "",
        _text(graph, term, SKOS.definition, "\n\n"),
        "",
    ]
    for title, predicate in (("主体 domain", RDFS.domain), ("客体 range", RDFS.range)):
        if classes := _linked(graph, term, predicate):
            lines.append(f"- {title}: {', '.join(classes)}")
    for predicate in _ALIGNED:
        others = sorted(_shown(node) for node in graph.objects(term, predicate) if isinstance(node, URIRef))
        if others:
            lines.append(f"- {_short(predicate)}: {', '.join(others)}")
    lines.append(f"- 例 example: {_text(graph, term, SKOS.example, ' · ', within='；')}")
    for chinese, english in _rules(shapes, term):
        lines.append(f"- 校验 check: {chinese} · {english}")
    return "\n".join(lines)


def _rules(shapes: Graph, term: URIRef) -> list[tuple[str, str]]:
    """What the shapes of a class or a property find out, in both languages; those of many classes stand at
    the class that the shape is named after.
    """
    targets = {*shapes.subjects(SH.targetClass, term), *shapes.subjects(SH.targetSubjectsOf, term)}
    targets = {shape for shape in targets if len(list(shapes.objects(shape, SH.targetClass))) <= 1}
    targets |= {s for s in shapes.subjects(RDF.type, SH.NodeShape) if str(s).endswith(f"#{_local(term)}")}
    found = set()
    for shape in targets:
        for node in (shape, *shapes.objects(shape, SH.property), *shapes.objects(shape, SH.sparql)):
            texts = {m.language: str(m) for m in shapes.objects(node, SH.message) if isinstance(m, Literal)}
            if texts:
                found.add((texts["zh"], texts["en"]))
    return sorted(found)


def _schemes(graph: Graph) -> Iterator[str]:
    for scheme in sorted(graph.subjects(RDF.type, SKOS.ConceptScheme), key=str):
        rows = []
        for concept in sorted(graph.subjects(SKOS.inScheme, scheme), key=str):
            broader = graph.value(concept, SKOS.broader)
            above = str(graph.value(broader, SKOS.notation)) if broader is not None else ""
            cells = (str(graph.value(concept, SKOS.notation)), _text(graph, concept, SKOS.prefLabel, " · "))
            definition = _text(graph, concept, SKOS.definition, " ")
            rows.append((*cells, definition, _text(graph, concept, SKOS.example, " · "), above))
        head = f"### {_text(graph, scheme, DCTERMS.title, ' · ')}\n\n`{scheme}#…`\n"
        yield "\n".join(
            [head, *_table("code|名称 · name|定义 · definition|例 · example|上位 · broader", rows)]
        )


def _alignment(graph: Graph, terms: Iterable[URIRef]) -> list[str]:
    rows = [
        (_link(term), _short(predicate), _shown(other))
        for term in terms
        for predicate in _ALIGNED
        for other in sorted(graph.objects(term, predicate), key=str)
        if isinstance(other, URIRef) and not str(other).startswith(KG.iri)
    ]
    return _table("term|how · 方式|other term · 对应的词", rows)


def _table(head: str, rows: Iterable[tuple[str, ...]]) -> list[str]:
    columns = head.split("|")
    lines = [f"| {' | '.join(columns)} |", "|" + "---|" * len(columns)]
    return [*lines, *(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in row)} |" for row in rows)]


def _text(graph: Graph, node: Node, predicate: URIRef, between: str, *, within: str = "; ") -> str:
    """A text in Chinese, then in English; several texts of one language are joined by ``within``."""
    found: dict[str | None, list[str]] = {}
    for text in sorted(graph.objects(node, predicate), key=str):
        if isinstance(text, Literal):
            found.setdefault(text.language, []).append(str(text))
    return between.join(within.join(found[language]) for language in ("zh", "en") if language in found)


def _linked(graph: Graph, term: Node, predicate: URIRef) -> list[str]:
    """The classes of a domain or a range, of a union each."""
    found = []
    for node in graph.objects(term, predicate):
        union = graph.value(node, OWL.unionOf)
        members = list(Collection(graph, union)) if union is not None else [node]
        found += [_shown(member) for member in members]
    return sorted(found)


def _shown(node: Node) -> str:
    return _link(node) if str(node).startswith(KG.iri) else _short(node)


def _link(term: Node) -> str:
    return f"[{_short(term)}](#{_local(term)})"


def _local(term: Node) -> str:
    return str(term).removeprefix(KG.iri)


def _prefixes() -> dict[str, str]:
    return {**PREFIXES, **_FIBO}


def _short(node: Node) -> str:
    for prefix, iri in _prefixes().items():
        if str(node).startswith(iri):
            return f"{prefix}:{str(node)[len(iri) :]}"
    return f"<{node}>"


if __name__ == "__main__":
    page = reference()
    sys.stdout.write(as_html(page) if "--html" in sys.argv[1:] else page)
