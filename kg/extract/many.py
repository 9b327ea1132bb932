"""Extraction of many documents, in several processes; a document that fails is named and stops nothing."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool

from kg.errors import KgError
from kg.extract import extract
from kg.model import Annotation, Document
from kg.read import ReadFailure

#: Called after each page with the number done and the number of all.
Progress = Callable[[int, int], None]

_WORTH_A_PROCESS = 12  # documents that take about as long as starting a process does


def extract_documents(
    documents: Sequence[Document], *, workers: int = 1, progress: Progress | None = None
) -> list[Annotation | ReadFailure]:
    """The annotation of each document, or why there is none, in their order.

    Many documents go to as many processes as ``workers`` allows. Raises KgError where a process dies.
    """
    result: list[Annotation | ReadFailure] = []

    def add(found: Annotation | ReadFailure) -> None:
        result.append(found)
        if progress:
            progress(len(result), len(documents))

    workers = min(workers, len(documents) // _WORTH_A_PROCESS)
    if workers < 2:
        for document in documents:
            add(_extract(document))
        return result
    # new processes, not forks: a fork of a process with threads (a progress bar has one) may hang
    context = multiprocessing.get_context("spawn")
    try:
        with ProcessPoolExecutor(workers, mp_context=context) as pool:
            for found in pool.map(_extract, documents, chunksize=4):
                add(found)
    except BrokenProcessPool as err:
        raise KgError(
            "a process that extracts pages died, perhaps for want of memory; try again with --workers 1"
        ) from err
    return result


def _extract(document: Document) -> Annotation | ReadFailure:
    try:
        return extract(document)
    except Exception as err:  # noqa: BLE001 - whatever is wrong with one page, the others must be read
        return ReadFailure(document.source, f"nothing could be extracted ({type(err).__name__}: {err})")
