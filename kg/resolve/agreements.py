"""Which reports of agreements are of one act: a signing that several pages tell is counted once.

Two reports are of one act where nothing speaks against it: the same parties (or those of one among those of the
other), the same status, no other type (but a near one where the very same parties sign on the very same day), no
other day, no other sum, and told at about the same time. Everything in an act agrees with everything else in it; a
page that tells two agreements means two.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from kg.model import Agreement, Annotation
from kg.resolve.iris import digest
from kg.resolve.types import Resolution

#: A report of a document: (document key, place of the agreement in its annotation).
Report = tuple[str, int]

#: Days between two reports, one of them undated, that may be of one act.
_SAME_NEWS = 60
#: Two sums that differ by more than this part of the larger are two sums (近亿元 is 1亿元).
_SAME_SUM = 0.05
_UNTYPED = "other"
#: Types between which pages waver: of the same parties on the same day they are one signing.
_NEAR_TYPES = (
    {"investment", "settlement", "lease", "strategic_cooperation"},
    {"supply", "technology_service", "strategic_cooperation"},
    {"joint_construction", "tech_transfer", "strategic_cooperation"},
)


@dataclass(frozen=True, slots=True)
class _Told:
    report: Report
    agreement: Agreement
    parties: frozenset[str]
    told: date | None  # the day of the signing if known, else of the page

    @property
    def rank(self) -> tuple[object, ...]:
        """Reports that say most come first, whatever the order of the documents."""
        said = self.agreement
        return (
            -len((said.date or "").replace("-", "")),
            said.date or "",
            -len(self.parties),
            said.type == _UNTYPED,
            said.amount is None,
            self.report,
        )

    @property
    def content(self) -> tuple[str, ...]:
        return (*sorted(self.parties), self.agreement.type, self.agreement.date or "")


def acts_of(
    documents: Iterable[tuple[str, Annotation]],
    resolution: Resolution,
    *,
    published: Mapping[str, str] | None = None,
) -> dict[Report, str]:
    """The act that each report is of, as 16 hexadecimal digits.

    documents: (key, annotation) in any order, which the result does not depend on. published: dates of pages whose
    annotation has none. Raises KeyError where the resolution does not cover a document.
    """
    reports = [
        _Told(
            (key, place),
            agreement,
            frozenset(resolution.iri(key, party) for party in agreement.parties),
            _day(agreement.date) or _day(annotation.published or (published or {}).get(key)),
        )
        for key, annotation in documents
        for place, agreement in enumerate(annotation.agreements)
    ]
    acts: list[list[_Told]] = []
    of_pair: dict[tuple[str, str], list[int]] = {}
    for told in sorted(reports, key=lambda told: told.rank):
        pairs = list(combinations(sorted(told.parties), 2))
        near = sorted({act for pair in pairs for act in of_pair.get(pair, ())})
        fitting = [act for act in near if all(_agree(told, other) for other in acts[act])]
        # an undated report that would fit two signings of the same parties may be of either
        if len(fitting) == 1 or (fitting and told.agreement.date):
            acts[fitting[0]].append(told)
            found = fitting[0]
        else:
            acts.append([told])
            found = len(acts) - 1
        for pair in pairs:
            if found not in of_pair.setdefault(pair, []):
                of_pair[pair].append(found)
    return _named(acts)


def _named(acts: list[list[_Told]]) -> dict[Report, str]:
    """An act goes by what the report that says most says; acts of the same words are numbered."""
    met: Counter[tuple[str, ...]] = Counter()
    named: dict[Report, str] = {}
    for act in acts:
        content = act[0].content
        name = digest("agreement", *content, str(met[content]), length=16)
        met[content] += 1
        named |= {told.report: name for told in act}
    return named


def _agree(one: _Told, other: _Told) -> bool:
    first, second = one.agreement, other.agreement
    return (
        one.report[0] != other.report[0]
        and (one.parties <= other.parties or other.parties <= one.parties)
        and first.status == second.status
        and _same_type(one, other)
        and _same_time(one, other)
        and _same_sum(first, second)
    )


def _same_type(one: _Told, other: _Told) -> bool:
    types = {one.agreement.type, other.agreement.type}
    if len(types) == 1 or _UNTYPED in types:
        return True
    day = _day(one.agreement.date)
    same = one.parties == other.parties and day is not None and day == _day(other.agreement.date)
    return same and any(types <= near for near in _NEAR_TYPES)


def _same_time(one: _Told, other: _Told) -> bool:
    first, second = one.agreement.date or "", other.agreement.date or ""
    if first and second:
        shorter, longer = sorted((first, second), key=len)
        if longer != shorter and not (
            longer.startswith(shorter + "-") or (shorter.startswith("--") and longer.endswith(shorter[1:]))
        ):
            return False
        if first == second and _day(first) is not None:
            return True
    if one.told is None or other.told is None:
        return first == second
    return abs((one.told - other.told).days) <= _SAME_NEWS


def _same_sum(one: Agreement, other: Agreement) -> bool:
    if one.amount is None or other.amount is None or one.amount.currency != other.amount.currency:
        return True
    larger = max(abs(one.amount.value), abs(other.amount.value))
    return abs(one.amount.value - other.amount.value) <= _SAME_SUM * larger


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text or "")
    except ValueError:  # a month, a year, a day without a year, or nothing
        return None
