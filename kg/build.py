"""The whole way: sources → documents → annotations → resolution → store."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field, replace
from pathlib import Path

from kg import __version__
from kg.extract import EXTRACTOR, extract
from kg.graph import Extractor, WriteReport, open_store, write_graph
from kg.graph.stores.base import Store
from kg.model import Annotation, Document
from kg.pages import Ledger, Page, ledger_path
from kg.read import ReadFailure, read_sources
from kg.resolve import DEFAULT_BASE, resolve

#: Called after each page with the number done and the number known so far.
Progress = Callable[[int, int], None]


@dataclass(slots=True)
class BuildReport:
    """What a build did: pages read anew and taken from the ledger, pages that failed, what was written."""

    extracted: int = 0
    reused: int = 0
    failures: list[ReadFailure] = field(default_factory=list)
    written: WriteReport | None = None


def extract_documents(
    documents: Sequence[Document], *, workers: int = 1, progress: Progress | None = None
) -> list[Annotation]:
    """Annotations of documents, in their order; with several workers in as many processes."""
    result: list[Annotation] = []
    if workers > 1 and len(documents) > workers:
        with ProcessPoolExecutor(workers) as pool:
            for annotation in pool.map(extract, documents, chunksize=4):
                result.append(annotation)
                if progress:
                    progress(len(result), len(documents))
        return result
    for document in documents:
        result.append(extract(document))
        if progress:
            progress(len(result), len(documents))
    return result


def build(
    sources: Iterable[str | Path],
    store: str | Store,
    *,
    base: str = DEFAULT_BASE,
    workers: int = 1,
    progress: Progress | None = None,
) -> BuildReport:
    """Bring a store up to date with sources; pages of earlier builds from other sources stay.

    The store then equals a fresh build of everything it knows. Unchanged pages are not extracted again.
    Raises ReadError for a source that does not exist, StoreError where the store cannot be written.
    """
    name = store if isinstance(store, str) else "memory:"
    target = open_store(store, create=True) if isinstance(store, str) else store
    extractor = f"{EXTRACTOR} {__version__}"
    report = BuildReport()
    roots = [str(source) for source in sources]
    found: list[tuple[str, Document]] = []
    for root in roots:
        for item in read_sources([root]):
            if isinstance(item, ReadFailure):
                report.failures.append(item)
            else:
                found.append((root, item))
    found = _distinct(found)
    with Ledger(ledger_path(name)) as ledger:
        known = [ledger.find(d.key, d.content_hash, extractor) for _, d in found]
        fresh = [d for (_, d), annotation in zip(found, known, strict=True) if annotation is None]
        made = iter(extract_documents(fresh, workers=workers, progress=progress))
        pages = [
            Page(root, document, annotation if annotation is not None else next(made))
            for (root, document), annotation in zip(found, known, strict=True)
        ]
        report.extracted, report.reused = len(fresh), len(pages) - len(fresh)
        kept = [
            p
            for p in ledger.pages()
            if p.root not in roots and p.document.key not in {d.key for _, d in found}
        ]
        everything = sorted([*kept, *pages], key=lambda p: p.document.key)
        resolution = resolve(((p.document.key, p.annotation) for p in everything), base=base)
        report.written = write_graph(
            target,
            [(p.document, p.annotation) for p in everything],
            resolution,
            extractor=Extractor(EXTRACTOR, __version__),
        )
        ledger.replace(pages, extractor=extractor, roots=roots)
    return report


def _distinct(found: list[tuple[str, Document]]) -> list[tuple[str, Document]]:
    """One document a key: the same file given twice counts once; another file of the key gets its hash added."""
    by_key: dict[str, tuple[str, Document]] = {}
    for root, document in found:
        if document.key in by_key and by_key[document.key][1].content_hash != document.content_hash:
            key = f"{document.key}~{document.content_hash[:8]}"
            by_key[key] = (root, replace(document, key=key))
        else:
            by_key.setdefault(document.key, (root, document))
    return list(by_key.values())
