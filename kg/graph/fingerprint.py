"""What a document's graph is made from, as one hash: a build leaves a graph alone whose hash is as it was."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

from pydantic_core import PydanticSerializationError

from kg.graph.writer import Extractor
from kg.model import Annotation, Document
from kg.resolve.agreements import Report
from kg.resolve.types import Resolution

_PACKAGE = Path(__file__).resolve().parent.parent
#: The code that turns a document into quads: a change of it makes every graph anew.
_WRITTEN_BY = (
    "graph/writer.py",
    "graph/terms.py",
    "graph/literals.py",
    "resolve/iris.py",
    "resolve/statements.py",
)


def fingerprint_of(
    document: Document,
    annotation: Annotation,
    resolution: Resolution,
    *,
    extractor: Extractor,
    acts: Mapping[Report, str],
    copy_of: str | None,
    digest: str | None = None,
) -> str:
    """32 hexadecimal digits over everything that kg.graph.writer.document_quads reads.

    digest: that of document and annotation (``digest_of``) where it is known.
    Raises KeyError where the resolution or the acts do not cover the annotation.
    """
    parts = (
        _writer(),
        resolution.base,
        extractor.name,
        extractor.version,
        copy_of,
        document.key,
        document.name,
        document.source,
        document.media_type,
        document.content_hash,
        document.title,
        document.publisher,
        document.published,
        document.url,
        document.encoding,
        digest or digest_of(document, annotation),
        [
            (iri, resolution.entities[iri].type)
            for iri in (resolution.iri(document.key, entity.id) for entity in annotation.entities)
        ],
        [acts[document.key, place] for place in range(len(annotation.agreements))],
    )
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:32]


def digest_of(document: Document, annotation: Annotation) -> str:
    """32 hexadecimal digits over what a document says and how its text words each entity's first mention.

    All that a page's own content can bring into its graph, so that it can be kept with the page.
    """
    told = hashlib.sha256(_told(annotation).encode())
    for entity in annotation.entities:
        for start, end in entity.mentions[:1]:
            first, last = document.offsets.to_repaired(start, end)
            told.update(b"\0" + document.text[first:last].encode("utf-8", "surrogatepass"))
    return told.hexdigest()[:32]


def hash_of_files(paths: Iterable[Path]) -> str:
    """Hash of the names and the content of files, in their order: of code and tables that something follows from."""
    told = hashlib.sha256()
    for path in paths:
        told.update(path.name.encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return told.hexdigest()


def _told(annotation: Annotation) -> str:
    try:
        return annotation.model_dump_json()
    except PydanticSerializationError:  # a lone surrogate, which is no UTF-8; slower, but it takes anything
        return json.dumps(annotation.model_dump())


@cache
def _writer() -> str:
    return hash_of_files(_PACKAGE / name for name in _WRITTEN_BY)
