"""Annotated pages as training material: repaired text, and gold entities found in it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from kg.errors import ReadError
from kg.extract.nested import split_places
from kg.model import Annotation, Document
from kg.read import ReadFailure, read_sources, read_text
from kg.training.notation import load as load_notation


@dataclass(frozen=True, slots=True)
class Example:
    """One annotated page."""

    document: Document
    gold: Annotation


@dataclass(frozen=True, slots=True, order=True)
class GoldMention:
    """A place of the repaired text where a gold entity is named."""

    start: int
    end: int
    type: str
    entity: str


def load_examples(sources: Iterable[Path]) -> Iterator[Example]:
    """Examples of annotated folders (``corpus`` beside ``gold``) and of notation files (``*.txt``).

    A folder may hold ``corpus`` and ``gold`` itself, or be a split folder ``…/corpus/NAME`` whose gold is
    ``…/gold/NAME``. Raises ReadError where a page has no gold file or cannot be read.
    """
    for source in sources:
        if source.is_file():
            for page in load_notation(source):
                yield Example(read_text(page.text, key=page.annotation.doc), page.annotation)
        else:
            yield from _folder(source)


def expand(sources: Iterable[Path]) -> Iterator[Path]:
    """A folder of notation files as its files, every other source as it is."""
    for source in sources:
        notation = sorted(source.glob("*.txt")) if source.is_dir() and source.name == "annotated" else []
        yield from notation or [source]


def _folder(source: Path) -> Iterator[Example]:
    corpus, gold = source / "corpus", source / "gold"
    if not corpus.is_dir():
        corpus, gold = source, source.parent.parent / "gold" / source.name
    for document in read_sources([corpus]):
        if isinstance(document, ReadFailure):
            raise ReadError(f"{document.source}: {document.reason}")
        path = gold / f"{document.name}.json"
        if not path.is_file():
            raise ReadError(f"{document.source}: has no annotation at {path}")
        yield Example(document, Annotation.load(path))


def gold_mentions(
    text: str, gold: Annotation, *, blocked: tuple[tuple[int, int], ...] = ()
) -> list[GoldMention]:
    """Where gold names stand in a text: longest names first, no overlaps, nothing inside blocked spans."""
    forms = sorted(
        {(name, e.type, e.id) for e in gold.entities for name in e.names if name.strip()},
        key=lambda f: (-len(f[0]), f),
    )
    taken = bytearray(len(text))
    for start, end in blocked:
        taken[start:end] = b"\1" * (end - start)
    found: list[GoldMention] = []
    for name, kind, entity in forms:
        for match in re.finditer(_loose(name), text):
            if not any(taken[match.start() : match.end()]):
                taken[match.start() : match.end()] = b"\1" * (match.end() - match.start())
                found.append(GoldMention(match.start(), match.end(), kind, entity))
    return sorted(part for mention in found for part in _places_apart(text, mention, gold))


def _places_apart(text: str, mention: GoldMention, gold: Annotation) -> list[GoldMention]:
    """厦门市海沧区 as two mentions, where gold has both places; the extractor splits them in the same way."""
    parts = split_places(text[mention.start : mention.end]) if mention.type == "Place" else []
    owner = {name: e.id for e in gold.entities if e.type == "Place" for name in e.names}
    if not parts or any(part not in owner for part in parts):
        return [mention]
    starts = [mention.start + sum(map(len, parts[:k])) for k in range(len(parts))]
    return [GoldMention(a, a + len(p), "Place", owner[p]) for a, p in zip(starts, parts, strict=True)]


def _loose(name: str) -> str:
    """Pattern of a name that forgives blanks; short names must stand as they are."""
    chars = re.sub(r"\s", "", name)
    return r"\s*".join(map(re.escape, chars)) if len(chars) > 3 else re.escape(name)
