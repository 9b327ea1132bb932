"""The whole way: sources → documents → annotations → resolution → store."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path

from pyoxigraph import NamedNode

from kg import __version__
from kg.errors import StoreError
from kg.extract import EXTRACTOR
from kg.extract.many import Progress, extract_documents
from kg.extract.version import fingerprint
from kg.graph import Extractor, WriteReport, open_store, write_graph
from kg.graph.stores.base import Solutions, Store
from kg.model import Annotation, Document
from kg.pages import Ledger, Page, ledger_path
from kg.read import ReadFailure, read_sources
from kg.resolve import DEFAULT_BASE, resolve
from kg.resolve.iris import document_iri


@dataclass(slots=True)
class BuildReport:
    """What a build did: pages read anew and taken from the ledger, pages that failed, what was written."""

    extracted: int = 0
    reused: int = 0
    failures: list[ReadFailure] = field(default_factory=list)
    written: WriteReport | None = None


def build(
    sources: Iterable[str | Path],
    store: str | Store,
    *,
    base: str = DEFAULT_BASE,
    workers: int = 1,
    progress: Progress | None = None,
) -> BuildReport:
    """Bring a store up to date with sources; pages of earlier builds from other sources stay.

    The store then equals a fresh build of everything it knows, in whatever order it came to know it. Unchanged
    pages are not extracted again; pages that are gone from a folder leave the graph; a page that cannot be read
    or extracted is among the report's failures and leaves the graph too. Should the store be empty, earlier builds
    do not count.
    Raises ReadError for a source that does not exist; StoreError where the store cannot be written, and where it
    holds documents that would be lost because neither the sources nor the ledger of earlier builds know them.
    """
    roots = {_root(source): source for source in sources}
    readers = [(root, read_sources([source])) for root, source in roots.items()]
    name = str(store) if isinstance(store, str) else store.name
    report = BuildReport()
    with ExitStack() as stack:
        target = stack.enter_context(open_store(store, create=True)) if isinstance(store, str) else store
        ledger = stack.enter_context(Ledger(ledger_path(name)))
        found: list[tuple[str, Document]] = []
        for root, items in readers:
            for item in items:
                if isinstance(item, ReadFailure):
                    report.failures.append(item)
                else:
                    found.append((root, item))
        known = list(ledger.pages())
        fresh = _annotated(found, ledger, report, workers=workers, progress=progress)
        kept, updated = _kept([] if len(target) == 0 else known, fresh, set(roots))
        everything = _distinct([*kept, *updated, *fresh])
        _refuse_loss(target, base, [*everything, *_distinct(known)])
        resolution = resolve(((d.key, annotation) for d, annotation in everything), base=base)
        report.written = write_graph(
            target, everything, resolution, extractor=Extractor(EXTRACTOR, __version__)
        )
        stay = {(p.root, p.document.key) for p in (*kept, *updated, *fresh)}
        gone = [p for p in known if (p.root, p.document.key) not in stay]
        ledger.update(changed=[*updated, *fresh], gone=gone, extractor=fingerprint())
    return report


def _root(source: str | Path) -> str:
    """A source argument, however it is spelled: the absolute path of a file or folder, or an absolute pattern."""
    return str(Path(source).resolve())


def _annotated(
    found: Sequence[tuple[str, Document]],
    ledger: Ledger,
    report: BuildReport,
    *,
    workers: int,
    progress: Progress | None,
) -> list[Page]:
    """Pages with their annotations, from the ledger where they are unchanged; failures go to the report."""
    known = [ledger.find(root, d.key, d.content_hash, fingerprint()) for root, d in found]
    new = [d for (_, d), annotation in zip(found, known, strict=True) if annotation is None]
    made = iter(extract_documents(new, workers=workers, progress=progress))
    pages = []
    for (root, document), annotation in zip(found, known, strict=True):
        result = next(made) if annotation is None else annotation
        if isinstance(result, ReadFailure):
            report.failures.append(result)
            continue
        pages.append(Page(root, str(Path(document.source).resolve()), document, result))
        if annotation is None:
            report.extracted += 1
        else:
            report.reused += 1
    return pages


def _kept(known: Iterable[Page], fresh: Iterable[Page], roots: set[str]) -> tuple[list[Page], list[Page]]:
    """Pages of other roots: those that stay as they were, and those that were read anew by way of another root."""
    now = {page.place: page for page in fresh}
    folders = [root for root in roots if Path(root).is_dir()]
    kept, updated = [], []
    for page in known:
        if page.root in roots:
            continue
        if newer := now.get(page.place):
            document = replace(newer.document, key=page.document.key)
            updated.append(replace(page, document=document, annotation=newer.annotation))
        elif not any(Path(page.place).is_relative_to(folder) for folder in folders):
            kept.append(page)
    return kept, updated


def _distinct(pages: Iterable[Page]) -> list[tuple[Document, Annotation]]:
    """One document a file and a key, whatever the order of the pages.

    A file that two roots lead to goes by the shorter root. Of two files with one key, that of the later root gets
    its content hash added to the key; a copy with the same content counts once.
    """
    by_place: dict[str, Page] = {}
    for page in sorted(pages, key=lambda p: (len(p.root), p.root, p.document.key)):
        by_place.setdefault(page.place, page)
    by_key: dict[str, Page] = {}
    for page in by_place.values():
        key, content_hash = page.document.key, page.document.content_hash
        if key in by_key and by_key[key].document.content_hash != content_hash:
            key = f"{key}~{content_hash[:8]}"
        by_key.setdefault(key, replace(page, document=replace(page.document, key=key)))
    return [(page.document, page.annotation) for _, page in sorted(by_key.items())]


def _refuse_loss(store: Store, base: str, known: Iterable[tuple[Document, Annotation]]) -> None:
    """Stop before documents of unknown origin are dropped."""
    answer = store.query("SELECT ?g WHERE { GRAPH ?g { ?g a kg:Document } }")
    present = (
        {g.value for (g,) in answer.rows if isinstance(g, NamedNode)}
        if isinstance(answer, Solutions)
        else set()
    )
    unknown = sorted(present - {document_iri(base, document.key) for document, _ in known})
    if unknown:
        raise StoreError(
            f"the store {store.name} holds {len(unknown)} document(s) that this build would drop, since neither the "
            f"sources nor the ledger of earlier builds know them (the first is {unknown[0]}); name their sources "
            "too, or build into a new store"
        )
