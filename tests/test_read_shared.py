"""Reading measured on the annotated corpus beside the checkout."""

from __future__ import annotations

import difflib
import json
import random
import re
import unicodedata
from collections.abc import Iterator

import pytest

from kg.model import Document
from kg.read import read_file, read_sources, repair_text, reproduce
from kg.read.readings import INJECTED_READING
from tests.read_damage import inject, shared_corpus, shift

CORPUS = shared_corpus()
SPLITS = ("seeds", "dev", "train")
pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(CORPUS is None, reason="no annotated corpus beside the checkout (../shared/corpus)"),
]


@pytest.fixture(scope="module")
def documents() -> dict[str, Document]:
    assert CORPUS is not None
    found = {}
    for split in SPLITS:
        for document in read_sources([CORPUS / split]):
            assert isinstance(document, Document), document
            found[f"{split}/{document.name}"] = document
    return found


def gold(documents: dict[str, Document]) -> Iterator[tuple[Document, dict[str, list[dict[str, str]]]]]:
    assert CORPUS is not None
    for name, document in documents.items():
        path = CORPUS.parent / "gold" / f"{name}.json"
        yield document, json.loads(path.read_text("utf-8"))


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text))


def unblocked(document: Document) -> str:
    text = list(document.text)
    for start, end in document.blocked:
        text[start:end] = "\0" * (end - start)
    return "".join(text)


def test_no_entity_is_lost_by_extraction_repair_or_blocking(documents: dict[str, Document]) -> None:
    absent = [
        (document.name, entity["name"])
        for document, annotation in gold(documents)
        for text in [squeezed(unblocked(document))]
        for entity in annotation["entities"]
        if not any(squeezed(name) in text for name in (entity["name"], *entity["aliases"]))
    ]
    # four names that the annotators put together from an enumeration (阜新、朝阳、通辽、赤峰四市卫生健康委)
    assert {name for name, _ in absent} <= {"d-07-neimeng-mengyi"}
    assert len(absent) <= 4


def test_published(documents: dict[str, Document]) -> None:
    pairs = [(document.published, annotation["published"]) for document, annotation in gold(documents)]
    right = sum(got == want for got, want in pairs)
    assert right / len(pairs) >= 0.97
    invented = [(got, want) for got, want in pairs if got and not got.startswith("--") and got != want]
    assert invented == []


def test_every_document_has_a_plausible_title(documents: dict[str, Document]) -> None:
    without = {document.name for document in documents.values() if document.title is None}
    assert len(without) <= 6  # these begin with their story
    assert all(len(document.title or "") <= 80 for document in documents.values())


def test_evidence_reproduces_its_source_span(documents: dict[str, Document]) -> None:
    rng = random.Random(7)  # noqa: S311
    for document in documents.values():
        for _ in range(2):
            start = rng.randrange(len(document.text))
            evidence = document.evidence(start, min(len(document.text), start + rng.randrange(1, 80)))
            got = reproduce(document.source_text, evidence.start, evidence.end)
            assert got == evidence.quote or (evidence.quote in got and len(got) <= len(evidence.quote) + 2)


def test_spans_come_back_exactly(documents: dict[str, Document]) -> None:
    inexact = total = 0
    for document in documents.values():
        offsets = document.offsets
        for index in range(len(document.text)):
            total += 1
            inexact += offsets.to_repaired(*offsets.to_source(index, index + 1)) != (index, index + 1)
    assert inexact / total < 0.0002


def test_repair_is_idempotent_and_leaves_clean_pages_alone(documents: dict[str, Document]) -> None:
    for document in documents.values():
        assert repair_text(document.text).text == document.text
        if not INJECTED_READING.search(document.source_text) and document.name[0] in "det":
            want = squeezed(document.source_text).translate(str.maketrans("，。：；？！“”", ',.:;?!""'))
            got = squeezed(document.text).translate(str.maketrans("，。：；？！“”", ',.:;?!""'))
            assert got == want, document.name


def test_damaged_pages_equal_their_clean_twins() -> None:
    assert CORPUS is not None
    for twin in sorted((CORPUS / "dev-clean").iterdir()):
        damaged = read_file(next((CORPUS / "dev").glob(twin.stem + ".*")))
        want = squeezed(unblocked(read_file(twin))).replace("\0", "")
        got = squeezed(unblocked(damaged)).replace("\0", "")
        matcher = difflib.SequenceMatcher(None, want, got, autojunk=False)
        assert sum(block.size for block in matcher.get_matching_blocks()) >= 0.98 * max(
            len(want), len(got)
        ), twin.stem


def test_damage_put_into_clean_pages_is_undone(documents: dict[str, Document]) -> None:
    pages = [
        d.text for d in documents.values() if not INJECTED_READING.search(d.source_text) and d.name[0] in "de"
    ]
    wrong = total = 0
    for seed, page in enumerate(pages):
        if not page.isascii() and not re.search(r"[\U00010000-\U0010ffff]", page):
            got = repair_text(shift(inject(page, seed=seed), seed=seed, share=0.4)).text
            matcher = difflib.SequenceMatcher(None, squeezed(page), squeezed(got), autojunk=False)
            total += len(squeezed(page))
            wrong += len(squeezed(page)) - sum(block.size for block in matcher.get_matching_blocks())
    assert wrong / total < 0.005


def test_menus_and_spam_of_the_fifth_seed_are_blocked(documents: dict[str, Document]) -> None:
    document = next(d for d in documents.values() if d.name.startswith("004"))
    text = unblocked(document)
    article = text[text.index("与深圳同向发力") :]
    assert not text[: text.index("与深圳同向发力")].strip("\0 \n")
    assert article.strip("\0 \n").endswith("迎接下一个十年黄金发展期。")
    assert "国产精品" not in text
    assert "中山日报" in article  # the paper in the story itself stays


def test_posts_named_only_in_shifted_runs_come_back(documents: dict[str, Document]) -> None:
    text = unblocked(next(d for d in documents.values() if d.name.startswith("001")))
    assert "国际医学交流促进会秘书长陈立新说" in text
    assert "”宏雅基因董事长方锦程说" in text
    assert "。“十四五”末" in text
