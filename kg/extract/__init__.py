"""Extraction: Document → Annotation, a pure function of one document."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg.extract.annotate import annotation_of
from kg.extract.pipeline import pipeline
from kg.model import Annotation, Document

__all__ = ["EXTRACTOR", "extract", "extract_all"]

#: Name of the extractor that provenance records; its version is the package's.
EXTRACTOR = "kg-extract"


def extract(document: Document) -> Annotation:
    """All facts that one document asserts, each with evidence and confidence."""
    nlp = pipeline()
    doc = nlp.make_doc(document.text)
    doc._.document = document
    for _, component in nlp.pipeline:
        doc = component(doc)
    return annotation_of(doc)


def extract_all(documents: Iterable[Document]) -> Iterator[tuple[Document, Annotation]]:
    """Extract one document after another."""
    for document in documents:
        yield document, extract(document)
