"""What a document's graph is made from, as one hash: a build leaves a graph alone whose hash is as it was."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
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
) -> str:
    """32 hexadecimal digits over everything that kg.graph.writer.document_quads reads.

    Raises KeyError where the resolution or the acts do not cover the annotation.
    """
    words = []
    for entity in annotation.entities:
        for start, end in entity.mentions[:1]:
            first, last = document.offsets.to_repaired(start, end)
            words.append(document.text[first:last])
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
        _told(annotation),
        [
            (iri, resolution.entities[iri].type)
            for iri in (resolution.iri(document.key, entity.id) for entity in annotation.entities)
        ],
        [acts[document.key, place] for place in range(len(annotation.agreements))],
        words,
    )
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:32]


def _told(annotation: Annotation) -> str:
    try:
        return annotation.model_dump_json()
    except PydanticSerializationError:  # a lone surrogate, which is no UTF-8; slower, but it takes anything
        return json.dumps(annotation.model_dump())


@cache
def _writer() -> str:
    told = hashlib.sha256()
    for name in _WRITTEN_BY:
        told.update(hashlib.sha256((_PACKAGE / name).read_bytes()).digest())
    return told.hexdigest()
