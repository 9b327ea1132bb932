"""What validation finds, told in plain words: the fault, the fact at fault and the page it is on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal as Choice

from pyoxigraph import Literal, NamedNode

from kg.graph.stores.base import Solutions, Store, Term
from kg.graph.terms import KG

Severity = Choice["violation", "warning"]
Language = Choice["zh", "en"]

_WORDS = {
    "violation": {"zh": "错误", "en": "error"},
    "warning": {"zh": "注意", "en": "warning"},
    "document": {"zh": "文档", "en": "document"},
    "none": {"zh": "推导图", "en": "derived graph"},
    "conforms": {"zh": "图符合全部形状约束", "en": "the graph conforms to every shape"},
    "summary": {"zh": "{errors} 处错误，{warnings} 处注意", "en": "{errors} errors, {warnings} warnings"},
}

_LABELS = """
SELECT ?role ?text WHERE {{
  {{ GRAPH ?g {{ {node} skos:prefLabel|rdfs:label ?text }} BIND(1 AS ?role) }}
  UNION {{ GRAPH ?g {{ {node} oa:exact ?text }} BIND(2 AS ?role) }}
  UNION {{ GRAPH ?g {{ {node} kg:party ?p . ?p rdfs:label ?text }} BIND(3 AS ?role) }}
  UNION {{ GRAPH ?g {{ {node} kg:quantityOf ?p . ?p rdfs:label ?text }} BIND(3 AS ?role) }}
  UNION {{ GRAPH ?g {{ {node} rdf:subject ?p . ?p rdfs:label ?text }} BIND(4 AS ?role) }}
  UNION {{ GRAPH ?g {{ {node} rdf:predicate ?p }} BIND(STRAFTER(STR(?p), "#") AS ?text) BIND(5 AS ?role) }}
  UNION {{ GRAPH ?g {{ {node} rdf:object ?p . ?p rdfs:label ?text }} BIND(6 AS ?role) }}
  UNION {{
    GRAPH ?g {{ {node} kg:states ?p . ?p kg:party|kg:quantityOf ?q . ?q rdfs:label ?text }} BIND(7 AS ?role)
  }}
}} ORDER BY ?role ?text
"""
_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Finding:
    """One breach of a shape.

    node: IRI of what is at fault; fact: the same in words; path, value: the property and the value at
    fault, where the shape names them; documents: names of the pages that say so, empty for a derived graph.
    """

    severity: Severity
    zh: str
    en: str
    node: str
    fact: str
    path: str | None
    value: str | None
    documents: tuple[str, ...]
    shape: str

    def text(self, language: Language) -> str:
        """One line for a reader."""
        message = self.zh if language == "zh" else self.en
        where = "、".join(self.documents) or _WORDS["none"][language]
        kind = _WORDS[self.severity][language]
        at_fault = " ".join(part for part in (self.fact, self.path, self.value) if part)
        return f"[{kind}] {_WORDS['document'][language]} {where}: {message}: {at_fault}"


@dataclass(frozen=True, slots=True)
class ValidationReport:
    """All findings, errors first; ``documents`` is the number of pages looked at."""

    findings: tuple[Finding, ...]
    documents: int

    @property
    def conforms(self) -> bool:
        """Whether there is no error; warnings do not count."""
        return not any(finding.severity == "violation" for finding in self.findings)

    def text(self, language: Language) -> str:
        """The report as lines of text, a summary last."""
        errors = sum(finding.severity == "violation" for finding in self.findings)
        if not self.findings:
            return _WORDS["conforms"][language]
        summary = _WORDS["summary"][language].format(errors=errors, warnings=len(self.findings) - errors)
        return "\n".join([*(finding.text(language) for finding in self.findings), summary])


def describe(store: Store, node: NamedNode) -> str:
    """A node in words: its name, its quote, its parties, or the parts of the relation that it states."""
    answer = store.query(_LABELS.format(node=node))
    found: dict[str, list[str]] = {}
    for role, text in answer.rows if isinstance(answer, Solutions) else []:
        if isinstance(role, Literal) and isinstance(text, Literal):
            words = found.setdefault(role.value, [])
            if text.value not in words:
                words.append(text.value)
    for kind in ("1", "2", "3", "7"):
        if kind in found:
            return "、".join(found[kind])[:_SHOWN]
    relation = [found[kind][0] for kind in ("4", "5", "6") if kind in found]
    return " ".join(relation)[:_SHOWN] or node.value


def pages_of(store: Store, node: NamedNode, path: NamedNode | None, value: Term | None) -> tuple[str, ...]:
    """Names of the documents whose graphs hold the triple at fault, or anything of the node."""
    middle = str(path) if path is not None else "?p"
    for target in [str(value), "?o"] if value is not None else ["?o"]:
        answer = store.query(
            f"SELECT DISTINCT ?name WHERE {{ GRAPH ?g {{ ?g a {KG.Document} ; rdfs:label ?name . "
            f"{node} {middle if target != '?o' else '?p'} {target} }} }} ORDER BY ?name"
        )
        rows = answer.rows if isinstance(answer, Solutions) else []
        if rows:
            return tuple(row[0].value for row in rows if isinstance(row[0], Literal))
    return ()


def in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Errors before warnings, then by page and fact; the same finding once."""
    return tuple(sorted(set(findings), key=lambda f: (f.severity, f.documents, f.fact, f.en, f.value or "")))
