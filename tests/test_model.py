"""The nouns: annotation files survive a round trip, partial dates are what they should be, offsets obey their laws."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from kg.errors import AnnotationError
from kg.model import (
    AGREEMENT_STATUSES,
    AGREEMENT_TYPES,
    ENTITY_TYPES,
    QUANTITY_PROPERTIES,
    RELATION_SIGNATURES,
    RELATION_TYPES,
    Agreement,
    Amount,
    Annotation,
    Document,
    Entity,
    EntityType,
    Evidence,
    OffsetMap,
    Quantity,
    Relation,
)

names = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=8)
figures = st.floats(allow_nan=False, allow_infinity=False)
shares = st.none() | st.floats(0, 1)
dates = st.none() | st.from_regex(r"\A(\d{4}(-\d{2}(-\d{2})?)?|--\d{2}-\d{2})\Z").filter(str.isascii)
evidence = st.none() | st.builds(
    Evidence, start=st.integers(0, 99), end=st.integers(0, 99), quote=st.text(max_size=9)
)
ids = st.sampled_from(["e1", "e2", "e3"])
whole = st.builds(
    Annotation,
    doc=names,
    published=dates,
    entities=st.lists(
        st.builds(
            Entity,
            id=ids,
            type=st.sampled_from(ENTITY_TYPES),
            name=names,
            aliases=st.lists(names, max_size=2).map(tuple),
            mentions=st.lists(st.tuples(st.integers(0, 99), st.integers(0, 99)), max_size=2).map(tuple),
            confidence=shares,
        ),
        max_size=3,
    ).map(tuple),
    agreements=st.lists(
        st.builds(
            Agreement,
            id=names,
            type=st.sampled_from(AGREEMENT_TYPES),
            status=st.sampled_from(AGREEMENT_STATUSES),
            parties=st.lists(ids, min_size=1, max_size=3).map(tuple),
            date=dates,
            event=st.none() | ids,
            amount=st.none() | st.builds(Amount, value=figures, currency=st.sampled_from(["CNY", "USD"])),
            evidence=evidence,
            confidence=shares,
        ),
        max_size=2,
    ).map(tuple),
    relations=st.lists(
        st.builds(
            Relation,
            type=st.sampled_from(RELATION_TYPES),
            subject=ids,
            object=ids,
            title=st.none() | names,
            evidence=evidence,
            confidence=shares,
        ),
        max_size=2,
    ).map(tuple),
    quantities=st.lists(
        st.builds(
            Quantity,
            subject=ids,
            property=st.sampled_from(QUANTITY_PROPERTIES),
            value=figures,
            unit=names,
            date=dates,
            evidence=evidence,
            confidence=shares,
        ),
        max_size=2,
    ).map(tuple),
)

GOLD: dict[str, Any] = {
    "doc": "a-xingcheng",
    "published": None,
    "entities": [{"id": "e1", "type": "Park", "name": "青禾医药谷", "aliases": []}],
    "agreements": [
        {
            "id": "a1",
            "type": "supply",
            "status": "signed",
            "parties": ["e1"],
            "date": "--05-28",
            "event": None,
            "amount": {"value": 24000000.0, "currency": "CNY"},
        }
    ],
    "relations": [{"type": "locatedIn", "subject": "e1", "object": "e1"}],
    "quantities": [{"subject": "e1", "property": "landArea", "value": 60000.0, "unit": "m2"}],
}


@given(whole)
def test_an_annotation_survives_the_round_trip(annotation: Annotation) -> None:
    assert Annotation.from_json(annotation.to_json()) == annotation


def test_a_gold_file_is_written_as_it_was_read() -> None:
    written = json.loads(Annotation.from_json(json.dumps(GOLD)).to_json())
    assert written == GOLD


def test_files_are_readable_chinese(tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    path.write_text(Annotation.model_validate(GOLD).to_json(), "utf-8")
    assert "青禾医药谷" in path.read_text("utf-8")
    assert Annotation.load(path).entities[0].names == ("青禾医药谷",)


@pytest.mark.parametrize("date", ["2025-05-28", "2025-05", "2025", "--05-28"])
def test_dates_may_be_partial(date: str) -> None:
    assert Annotation(doc="x", published=date).published == date


@pytest.mark.parametrize(
    "date",
    ["", "25-05-28", "2025-5-8", "2025-05-28T00:00", "2025/05/28", "--05", "-05-28", "2025-05-28\n", "近日"],
)
def test_other_dates_are_refused(date: str) -> None:
    with pytest.raises(ValidationError):
        Annotation(doc="x", published=date)


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"entities": [{"id": "e1", "type": "Company", "name": "x"}]}, "entities.0.type"),
        ({"agreements": [{**GOLD["agreements"][0], "parties": []}]}, "agreements.0.parties"),
        ({"relations": [{**GOLD["relations"][0], "confidence": 1.5}]}, "relations.0.confidence"),
        ({"note": "more"}, "note"),
    ],
)
def test_faults_are_named_with_their_place(change: dict[str, object], fault: str) -> None:
    with pytest.raises(AnnotationError, match=rf"here\.json: not an annotation file \({fault}: "):
        Annotation.from_json(json.dumps({**GOLD, **change}), where="here.json")


def test_what_is_no_annotation_file_is_named(tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    path.write_bytes("{“".encode("gb18030"))
    with pytest.raises(AnnotationError, match=r"x\.json: not UTF-8 .* at byte 1"):
        Annotation.load(path)
    path.write_text("[]", "utf-8")
    with pytest.raises(AnnotationError, match=r"x\.json: not an annotation file"):
        Annotation.load(path)


def test_relations_hold_between_known_types() -> None:
    assert set(RELATION_SIGNATURES) == set(RELATION_TYPES)
    known = set(get_args(EntityType))
    assert all(subjects <= known and objects <= known for subjects, objects in RELATION_SIGNATURES.values())


# A map as repair makes it: each repaired character stands for a run of source characters; some runs are dropped,
# and two repaired characters may stand for one run.
pieces = st.lists(st.tuples(st.integers(0, 3), st.integers(1, 3), st.integers(1, 2)), max_size=30)


def offset_map(runs: list[tuple[int, int, int]]) -> OffsetMap:
    starts: list[int] = []
    ends: list[int] = []
    at = 0
    for dropped, length, characters in runs:
        at += dropped
        starts += [at] * characters
        ends += [at + length] * characters
        at += length
    return OffsetMap(starts, ends)


@given(pieces, st.data())
def test_spans_lead_to_the_source_and_back(runs: list[tuple[int, int, int]], data: st.DataObject) -> None:
    offsets = offset_map(runs)
    start = data.draw(st.integers(0, len(offsets)))
    end = data.draw(st.integers(start, len(offsets)))
    source = offsets.to_source(start, end)
    assert source[0] <= source[1]
    if start < end:
        first, last = offsets.to_repaired(*source)
        assert first <= start < end <= last  # nothing of the span is lost
        assert offsets.to_source(first, last) == source  # and what is added stands for the same source


@given(pieces, st.data())
def test_longer_spans_have_longer_sources(runs: list[tuple[int, int, int]], data: st.DataObject) -> None:
    offsets = offset_map([*runs, (0, 1, 1)])
    a, b, c, d = sorted(data.draw(st.integers(0, len(offsets))) for _ in range(4))
    outer, inner = offsets.to_source(a, d), offsets.to_source(b, c)
    if b < c:
        assert outer[0] <= inner[0]
        assert inner[1] <= outer[1]


def test_the_identity_map_changes_nothing() -> None:
    offsets = OffsetMap.identity(5)
    assert len(offsets) == 5
    assert offsets.to_source(1, 4) == (1, 4)
    assert offsets.to_repaired(1, 4) == (1, 4)
    assert offsets.to_source(5, 5) == (5, 5)
    assert OffsetMap.identity(0).to_source(0, 0) == (0, 0)


@pytest.mark.parametrize("span", [(-1, 2), (3, 2), (0, 6)])
def test_a_span_outside_the_text_is_refused(span: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="outside the repaired text of 5 characters"):
        OffsetMap.identity(5).to_source(*span)


def test_evidence_quotes_the_repaired_text_at_its_source() -> None:
    document = Document(
        key="x.txt",
        name="x",
        source="x.txt",
        source_text="醫(yī)藥谷",
        text="医药谷",
        offsets=OffsetMap([0, 5, 6], [5, 6, 7]),
    )
    assert document.evidence(0, 2) == Evidence(start=0, end=6, quote="医药")


def test_equal_bytes_have_equal_hashes() -> None:
    assert Document.hash_of(b"a") == Document.hash_of(b"a") != Document.hash_of(b"b")
