"""Extraction over all pages of the annotated corpus: every quote reproduces its source, every file is in form."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from kg.extract.many import extract_documents
from kg.model import Agreement, Annotation, Document, Quantity, Relation
from kg.read import read_sources, repair_text, reproduce
from tests.read_damage import shared_corpus

CORPUS = shared_corpus()
SPLITS = sorted(folder.name for folder in CORPUS.iterdir() if folder.is_dir()) if CORPUS else []
pytestmark = [
    pytest.mark.shared,
    pytest.mark.slow,
    pytest.mark.skipif(CORPUS is None, reason="no annotated corpus beside the checkout (../shared/corpus)"),
]
Pages = list[tuple[str, Document, Annotation]]


@pytest.fixture(scope="module")
def pages() -> Pages:
    """Every page of every split with what was extracted from it."""
    assert CORPUS is not None
    documents: list[tuple[str, Document]] = []
    for split in SPLITS:
        for document in read_sources([CORPUS / split]):
            assert isinstance(document, Document), document
            documents.append((split, document))
    found = extract_documents([document for _, document in documents], workers=2)
    result: Pages = []
    for (split, document), annotation in zip(documents, found, strict=True):
        assert isinstance(annotation, Annotation), annotation
        result.append((split, document, annotation))
    return result


def facts_of(annotation: Annotation) -> list[Agreement | Relation | Quantity]:
    return [*annotation.agreements, *annotation.relations, *annotation.quantities]


def test_every_quote_reproduces_its_source_span(pages: Pages) -> None:
    count = 0
    for _, document, annotation in pages:
        repaired = repair_text(document.source_text)  # as ``reproduce`` does for each span
        for fact in facts_of(annotation):
            evidence = fact.evidence
            assert evidence is not None and evidence.quote.strip(), (document.name, fact)
            assert 0 <= evidence.start < evidence.end <= len(document.source_text)
            start, end = repaired.offsets.to_repaired(evidence.start, evidence.end)
            assert repaired.text[start:end] == evidence.quote, (document.name, fact)
            count += 1
    assert count > 1000


def test_reproduce_itself_gives_the_quotes(pages: Pages) -> None:
    for _, document, annotation in pages[::4]:
        for fact in facts_of(annotation)[:3]:
            assert fact.evidence is not None
            quote = reproduce(document.source_text, fact.evidence.start, fact.evidence.end)
            assert quote == fact.evidence.quote, (document.name, fact)


def test_mentions_name_their_entities(pages: Pages) -> None:
    for _, document, annotation in pages:
        for entity in annotation.entities:
            assert entity.mentions, (document.name, entity)
            forms = {"".join(name.split()) for name in entity.names}
            for span in entity.mentions:
                start, end = document.offsets.to_repaired(*span)
                assert "".join(document.text[start:end].split()) in forms, (document.name, entity)


def test_confidence_is_given_and_varies(pages: Pages) -> None:
    given = [fact.confidence for _, _, annotation in pages for fact in facts_of(annotation)]
    assert all(value is not None and 0 < value <= 1 for value in given)
    assert len({round(value, 2) for value in given if value is not None}) > 20


def test_the_annotation_projects_checker_finds_no_fault(pages: Pages, tmp_path: Path) -> None:
    assert CORPUS is not None
    files = []
    for split, document, annotation in pages:
        path = tmp_path / split / f"{document.name}.json"
        path.parent.mkdir(exist_ok=True)
        path.write_text(annotation.to_json(), "utf-8")
        assert set(json.loads(path.read_text("utf-8"))) == {
            "doc", "published", "entities", "agreements", "relations", "quantities",
        }  # fmt: skip
        files.append(path)
    done = subprocess.run(
        [sys.executable, CORPUS.parent / "tools" / "check_gold.py", *files],
        capture_output=True, encoding="utf-8", timeout=60, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (0, "")
