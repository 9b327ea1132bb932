"""The whole way: sources → documents → annotations → resolution → store."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from pyoxigraph import NamedNode

from kg import __version__
from kg.assemble import assemble
from kg.errors import DecisionError, StoreError
from kg.extract import EXTRACTOR
from kg.extract.many import Progress, extract_documents
from kg.extract.version import fingerprint
from kg.graph import Extractor, WriteReport, open_store, write_graph
from kg.graph.fingerprint import digest_of
from kg.graph.kept import KeptPortions
from kg.graph.stores.base import Solutions, Store
from kg.model import Document
from kg.pages import Ledger, Page, decisions_path, ledger_path
from kg.profiles import ProfileCache
from kg.read import ReadFailure, Unchanged, read_changed
from kg.reprints import signature
from kg.resolve import DEFAULT_BASE
from kg.resolve.iris import document_iri
from kg.review.decisions import Decision, read_decisions


@dataclass(slots=True)
class BuildReport:
    """What a build did: pages extracted and pages taken from the ledger, pages that failed, what was written.

    copies: pages that are reprints of others; decided: decisions of people that were applied, from the file
    ``decisions``; stale: those that no longer apply, with the reason.
    """

    extracted: int = 0
    reused: int = 0
    failures: list[ReadFailure] = field(default_factory=list)
    written: WriteReport | None = None
    copies: int = 0
    decisions: Path | None = None
    decided: int = 0
    stale: list[tuple[Decision, str]] = field(default_factory=list)


def build(
    sources: Iterable[str | Path],
    store: str | Store,
    *,
    base: str = DEFAULT_BASE,
    workers: int = 1,
    progress: Progress | None = None,
    decisions: Path | None = None,
    ignore_decisions: bool = False,
    rewrite: bool = False,
) -> BuildReport:
    """Bring a store up to date with sources; pages of earlier builds from other sources stay.

    The store then equals a fresh build of everything it knows, in whatever order it came to know it (docs/review.md
    says how far that goes for IRIs). Unchanged pages are neither read nor extracted again; pages that are gone from a
    folder leave the graph; a page that cannot be read or extracted is among the report's failures and leaves the
    graph too. Should the store be empty, earlier builds do not count, but for the IRIs that they gave.
    decisions: what people decided (kg.review.decisions); without it the file of the last build, or the one beside the
    store, is read unless ``ignore_decisions``. rewrite: write every graph again, also where nothing it is made from has
    changed, which undoes what was edited by hand.
    Raises ReadError for a source that does not exist; DecisionError for a decisions file that cannot be applied;
    StoreError where the store cannot be written, and where it holds documents that would be lost because neither the
    sources nor the ledger of earlier builds know them. The store is as it was then.
    """
    roots = {_root(source): source for source in sources}
    name = str(store) if isinstance(store, str) else store.name
    report = BuildReport()
    with ExitStack() as stack:
        known: dict[tuple[str, str], Page] = {}
        current = fingerprint()

        def is_known(root: str, key: str, content_hash: str) -> bool:
            page = known.get((root, key))
            return page is not None and (page.document.content_hash, page.extractor) == (
                content_hash,
                current,
            )

        readers = [
            (root, read_changed([source], is_known=partial(is_known, root))) for root, source in roots.items()
        ]
        target = stack.enter_context(open_store(store, create=True)) if isinstance(store, str) else store
        ledger = stack.enter_context(Ledger(ledger_path(name)))
        report.decisions = None if ignore_decisions else decisions_file(decisions, ledger, name)
        decided = read_decisions(report.decisions) if report.decisions else ()
        with _without_collection():
            known |= {(page.root, page.document.key): page for page in ledger.pages()}
        found: list[tuple[str, Document | Unchanged]] = []
        for root, items in readers:
            for item in items:
                if isinstance(item, ReadFailure):
                    report.failures.append(item)
                else:
                    found.append((root, item))
        fresh = _annotated(found, known, report, extractor=current, workers=workers, progress=progress)
        stack.enter_context(_without_collection())
        kept, updated = _kept([] if _is_empty(target) else known.values(), fresh, set(roots))
        everything = distinct_pages([*kept, *updated, *fresh])
        _refuse_loss(target, base, [*everything, *distinct_pages(known.values())])
        earlier = ledger.earlier()
        kept_profiles = ledger.profiles()
        cache = ProfileCache(kept_profiles)
        whole = assemble(everything, base=base, decisions=decided, earlier=earlier, profiles=cache)
        report.copies, report.decided, report.stale = len(whole.copies), len(whole.decided), whole.stale
        portions = KeptPortions(None if rewrite else ledger.portions())
        report.written = write_graph(
            target,
            whole.items,
            whole.resolution,
            extractor=Extractor(EXTRACTOR, __version__),
            copies=whole.copies,
            decided=whole.decided.values(),
            digests=whole.digests,
            portions=portions,
            rewrite=rewrite,
        )
        stay = {(p.root, p.document.key): p for p in (*kept, *updated, *fresh)}
        ledger.update(
            changed=[page for place, page in stay.items() if known.get(place) != page],
            gone=[page for place, page in known.items() if place not in stay],
            keys={key: iri for key, iri in whole.known().items() if key not in earlier},
            decisions=report.decisions,
            profiles=cache.made,
            portions=portions.made,
            unused=kept_profiles.keys() - {page.document.key for page in everything},
        )
    return report


def decisions_file(given: Path | None, ledger: Ledger, store: str) -> Path | None:
    """The file given, or that of the last build, or the one beside the store if there is one."""
    if given is not None:
        return given
    if (last := ledger.decisions()) is not None:
        if not last.is_file():
            raise DecisionError(
                f"{last}: the decisions that the store {store} was last built with are gone; name another file with "
                "--decisions, or build with --no-decisions"
            )
        return last
    beside = decisions_path(store)
    return beside if beside is not None and beside.is_file() else None


def _root(source: str | Path) -> str:
    """A source argument, however it is spelled: the absolute path of a file or folder, or an absolute pattern."""
    return str(Path(source).resolve())


@contextmanager
def _without_collection() -> Iterator[None]:
    """Keep the collector of cycles from going through millions of objects that have none, again and again.

    That is 40 % of the time of a build in which little has changed. Extraction stays outside: its parts do make cycles.
    """
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _is_empty(store: Store) -> bool:
    return store.query("ASK { GRAPH ?g { ?s ?p ?o } }") is False


def _place(source: str) -> str:
    """The file itself, whatever leads to it."""
    return str(Path(source).resolve())


def _annotated(
    found: Sequence[tuple[str, Document | Unchanged]],
    known: Mapping[tuple[str, str], Page],
    report: BuildReport,
    *,
    extractor: str,
    workers: int,
    progress: Progress | None,
) -> list[Page]:
    """Pages with their annotations, from the ledger where they are unchanged; failures go to the report."""
    new = [document for _, document in found if isinstance(document, Document)]
    made = iter(extract_documents(new, workers=workers, progress=progress))
    pages = []
    for root, page in found:
        if isinstance(page, Unchanged):
            same = known[root, page.key]
            source = same.document.source
            place = (
                same.place if page.source == source and Path(source).is_absolute() else _place(page.source)
            )
            if (same.place, same.document.name, same.document.source) != (place, page.name, page.source):
                same = replace(
                    same, place=place, document=replace(same.document, name=page.name, source=page.source)
                )
            pages.append(same)
            report.reused += 1
            continue
        result = next(made)
        if isinstance(result, ReadFailure):
            report.failures.append(result)
            continue
        pages.append(
            Page(root, _place(page.source), page, result, signature(page), extractor, digest_of(page, result))
        )
        report.extracted += 1
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
            updated.append(replace(newer, root=page.root, document=document))
        elif not any(Path(page.place).is_relative_to(folder) for folder in folders):
            kept.append(page)
    return kept, updated


def distinct_pages(pages: Iterable[Page]) -> list[Page]:
    """One page a file and a key, whatever the order of the pages.

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
        else:
            by_key.setdefault(key, page)
    return [page for _, page in sorted(by_key.items())]


def _refuse_loss(store: Store, base: str, known: Iterable[Page]) -> None:
    """Stop before documents of unknown origin are dropped."""
    answer = store.query("SELECT ?g WHERE { GRAPH ?g { ?g a kg:Document } }")
    present = (
        {g.value for (g,) in answer.rows if isinstance(g, NamedNode)}
        if isinstance(answer, Solutions)
        else set()
    )
    unknown = sorted(present - {document_iri(base, page.document.key) for page in known})
    if unknown:
        raise StoreError(
            f"the store {store.name} holds {len(unknown)} document(s) that this build would drop, since neither the "
            f"sources nor the ledger of earlier builds know them (the first is {unknown[0]}); name their sources "
            "too, or build into a new store"
        )
