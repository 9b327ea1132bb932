"""Who signs with whom, for what and how much, by the columns of a table: 签约双方, 甲方 and 乙方."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from itertools import combinations, product
from typing import cast

from kg import resources
from kg.extract.candidates import Candidates
from kg.extract.labels import LABEL_INDEX
from kg.extract.moving_in import SaidSigned
from kg.extract.records import Record, records_of
from kg.model import ACTING_TYPES, LOCAL_TYPES, AgreementType

_CONFIDENCE = 0.9
_SIGNING = ACTING_TYPES | LOCAL_TYPES
_AMOUNT = ("amount", "investment")
_FEW = 3  # names of one cell that sign with one another


@cache
def _types() -> Mapping[str, AgreementType]:
    rows = resources.read_tsv(resources.data("lexicon", "record_types.tsv"))
    return {word: cast(AgreementType, row["type"]) for row in rows for word in row["words"].split()}


def signed_in_tables(candidates: Candidates) -> dict[tuple[int, int], SaidSigned]:
    """Who signs with whom in a row: {(entity, entity), smaller index first: the row that says so}."""
    index = {pair: k for k, pair in enumerate(candidates.entity_pairs)}
    column = LABEL_INDEX["pair"]
    found: dict[tuple[int, int], SaidSigned] = {}
    text = candidates.structure.text
    for record in records_of(text):
        money = [
            m
            for cell in record.cells
            if cell.kind in _AMOUNT
            for m in cell.figures(text)
            if m.kind == "money"
        ]
        for a, b in _parties(candidates, record):
            pair = min(a, b), max(a, b)
            if pair in index and candidates.permitted[index[pair], column]:
                found[pair] = SaidSigned(
                    _CONFIDENCE,
                    record.start,
                    record.end,
                    amount=next(iter(money), None),
                    type=_type(text[record.start : record.end]),
                )
    return found


def _type(row: str) -> AgreementType | None:
    called = {kind for word, kind in _types().items() if word in row}
    return called.pop() if len(called) == 1 else None


def _parties(candidates: Candidates, record: Record) -> Iterator[tuple[int, int]]:
    named: dict[str, list[int]] = {}
    for cell in record.cells:
        inside = [
            m.entity
            for m in candidates.structure.mentions
            if cell.start <= m.start and m.end <= cell.end and m.type in _SIGNING and not m.anaphor
        ]
        named.setdefault(cell.kind, []).extend(dict.fromkeys(inside))
    together = named.get("parties", [])
    if 1 < len(together) <= _FEW:
        yield from combinations(together, 2)
    yield from product(named.get("first", []), named.get("firm", []))
