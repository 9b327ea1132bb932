"""What validation finds, told in plain words: the fault, the fact at fault, the page it is on, the sentence."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal as Choice

from pyoxigraph import Literal, NamedNode

from kg.graph.stores.base import Solutions, Store, Term
from kg.graph.terms import KG
from kg.graph.wording import Language, Words

Severity = Choice["violation", "warning"]

_SEVERITY = {"violation": Words("错误", "error"), "warning": Words("注意", "warning")}
_CONFORMS = Words("图符合全部形状约束", "the graph conforms to every shape")
_LINE = Words(
    "[{kind}] {where}：{message}：{fact}{quote}",
    "[{kind}] {where}: {message}: {fact}{quote}",
)
_WHERE = Words("页面 {pages}", "page {pages}")
_NOWHERE = Words("推导图", "derived graph")
_QUOTE = Words("（原文：{quote}）", " (the page says: {quote})")


@dataclass(frozen=True, slots=True)
class Finding:
    """One breach of a shape.

    message: the fault; node: IRI of what is at fault; fact: the same in words; path, value: the property and
    the value at fault, where the shape names them and they say more than the fact; documents: names of the
    pages that say so, empty for a derived graph; quote: the sentence that states the fact.
    """

    severity: Severity
    message: Words
    node: str
    fact: Words
    path: Words | None
    value: Words | None
    documents: tuple[str, ...]
    quote: str | None
    shape: str

    def text(self, language: Language) -> str:
        """One line for a reader."""
        pages = ("、" if language == "zh" else ", ").join(self.documents)
        parts = [part[language] for part in (self.fact, self.path, self.value) if part is not None]
        return _LINE[language].format(
            kind=_SEVERITY[self.severity][language],
            where=_WHERE[language].format(pages=pages) if pages else _NOWHERE[language],
            message=self.message[language],
            fact=" ".join(parts),
            quote=_QUOTE[language].format(quote=self.quote) if self.quote else "",
        )


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
        if not self.findings:
            return _CONFORMS[language]
        errors = sum(finding.severity == "violation" for finding in self.findings)
        warnings = len(self.findings) - errors
        summary = Words(
            f"{errors} 处错误，{warnings} 处注意",
            f"{_counted(errors, 'error')}, {_counted(warnings, 'warning')}",
        )
        return "\n".join([*(finding.text(language) for finding in self.findings), summary[language]])


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
    return tuple(
        sorted(
            set(findings),
            key=lambda f: (f.severity, f.documents, f.fact.zh, f.message.en, f.value.zh if f.value else ""),
        )
    )


def _counted(count: int, thing: str) -> str:
    return f"{count} {thing}{'' if count == 1 else 's'}"
