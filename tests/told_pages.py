"""Pages that say what they mean, and a stand-in for the extractor that reads them: quick, and the same for ever.

A page is sentences: ``长沙甲药业有限公司（下称甲药业）亮相。`` names a firm and its short form,
``甲药业与乙药业签约，2025-05-18。`` an agreement, ``甲药业董事长王一。`` a post; anything else says nothing.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Mapping
from pathlib import Path

from kg.build import BuildReport, build
from kg.graph import Store, open_store
from kg.model import Agreement, Annotation, Document, Entity, Relation

_NAMED = re.compile(r"(\w+?)（下称(\w+?)）")
_SIGNED = re.compile(r"(\w+?)与(\w+?)签约(?:，(\d{4}-\d{2}-\d{2}))?")
_POST = re.compile(r"(\w+?)董事长(\w+)")


def read(document: Document) -> Annotation:
    """What the page says."""
    text = document.text
    entities: dict[tuple[str, str], Entity] = {}

    def entity(kind: str, name: str, *aliases: str) -> str:
        known = next((e for e in entities.values() if e.type == kind and name in e.names), None)
        if known is None:
            at = text.index(name)
            known = Entity(id=f"e{len(entities)}", type=kind, name=name, aliases=aliases,  # type: ignore[arg-type]
                           mentions=(document.offsets.to_source(at, at + len(name)),), confidence=0.9)  # fmt: skip
            entities[kind, name] = known
        return known.id

    for match in _NAMED.finditer(text):
        entity("Firm", match[1], match[2])
    agreements = tuple(
        Agreement(id=f"a{n}", type="supply", status="signed", parties=(entity("Firm", m[1]), entity("Firm", m[2])),
                  date=m[3], evidence=document.evidence(*m.span()), confidence=0.8)
        for n, m in enumerate(_SIGNED.finditer(text))
    )  # fmt: skip
    relations = tuple(
        Relation(type="hasRole", subject=entity("Person", m[2]), object=entity("Firm", m[1]), title="董事长",
                 evidence=document.evidence(*m.span()), confidence=0.4)
        for m in _POST.finditer(text)
    )  # fmt: skip
    return Annotation(doc=document.name, published=document.published, entities=tuple(entities.values()),
                      agreements=agreements, relations=relations)  # fmt: skip


class Site:
    """A folder of pages and a store of them in memory, with a ledger on disk."""

    def __init__(self, folder: Path, pages: Mapping[str, str] | None = None) -> None:
        self.pages = folder / "pages"
        self.pages.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        self.store = named_store(folder / "store")
        for name, text in (pages or {}).items():
            self.write(name, text)

    def write(self, name: str, text: str | None) -> None:
        """Write a page, or remove it (None)."""
        path = self.pages / f"{name}.txt"
        if text is None:
            path.unlink(missing_ok=True)
        else:
            path.write_text(text + "\n", "utf-8")

    def build(self, decisions: Path | None = None, *, ignore_decisions: bool = False) -> BuildReport:
        """Bring the store up to date."""
        return build([self.pages], self.store, decisions=decisions, ignore_decisions=ignore_decisions)

    def afresh(self, *, remembering: bool, decisions: Path | None = None) -> Store:
        """A new store of the pages as they are, built with or without the memory of this one's IRIs."""
        again = named_store(self.folder / f"again-{remembering}")
        ledger = Path(again.name + ".pages")
        ledger.unlink(missing_ok=True)
        if remembering:
            shutil.copy(self.folder / "store.pages", ledger)
        build([self.pages], again, decisions=decisions, ignore_decisions=decisions is None)
        return again

    def iri(self, label: str, page: str) -> str:
        """The entity that a page calls so."""
        found = self.ask(f'SELECT ?e {{ GRAPH ?d {{ ?e rdfs:label "{label}" . ?d rdfs:label "{page}" }} }}')
        (iri,) = {row[0] for row in found}
        return iri

    def ask(self, sparql: str) -> list[tuple[str, ...]]:
        """Rows of a query as texts."""
        return rows(self.store, sparql)


def named_store(path: Path) -> Store:
    """A store in memory that has its ledger beside ``path``."""
    made = open_store("memory:")
    made.name = str(path)
    return made


def rows(store: Store, sparql: str) -> list[tuple[str, ...]]:
    """Rows of a query as texts."""
    answer = store.query(sparql)
    return [tuple(getattr(term, "value", "") for term in row) for row in answer.rows]  # type: ignore[union-attr]
