"""甲、乙等企业签约入驻某某园区: moving in by contract is an agreement with the one that takes them in.

annotation.md: "签约落户/签约入驻" is the agreement with the party that takes it in, and no settledIn for that pair.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kg.extract.candidates import Candidates
from kg.extract.labels import LABEL_INDEX
from kg.extract.measures import Measure
from kg.extract.pair_scorer import PairScores
from kg.extract.phrases import phrase
from kg.model import LOCAL_TYPES, AgreementType

#: Firms told as projects that land have signed where signing was just spoken of.
_SPOKEN_OF, _SPOKEN_REACH = "签", 200
#: What stands right before the one with whom somebody signs.
COUNTERPART = ("与", "和", "同", "跟")
_WHO = frozenset(
    {"Firm", "Investor", "MedicalInstitution", "ResearchInstitution", "Association", "Organization"}
)
_LABELS = tuple(LABEL_INDEX[label] for label in ("settledIn", "plansToSettleIn", "pair"))
_LEAST = 0.15  # probability, over the labels that tell of a host, from which one is believed
_CONFIDENCE = 0.8  # 21 of 23 such names on the annotated pages


@dataclass(frozen=True, slots=True)
class SaidSigned:
    """How sure it is that two signed, the span of the words that say so, and what else they say of it."""

    score: float
    start: int
    end: int
    event: int | None = None
    amount: Measure | None = None
    type: AgreementType | None = None


def moved_in(candidates: Candidates, scores: PairScores) -> dict[tuple[int, int], SaidSigned]:
    """Who moves in by contract, with whom: {(entity, host), smaller index first: what says so}."""
    structure, types = candidates.structure, candidates.entity_types
    index = {pair: k for k, pair in enumerate(candidates.entity_pairs)}
    found: dict[tuple[int, int], SaidSigned] = {}
    for subject, start, end in _who_signed(candidates):
        named = next((m.entity for m in structure.mentions if m.start == end and m.type in LOCAL_TYPES), None)
        likely = {
            host: float(sum(scores.labels[k, label] for label in _LABELS))
            for (entity, host), k in index.items()
            if entity == subject and types[host] in LOCAL_TYPES
        }
        host = named if named is not None else max(likely, key=lambda h: likely[h], default=None)
        if host is not None and (named is not None or likely[host] >= _LEAST):
            pair = min(subject, host), max(subject, host)
            if pair in index and candidates.permitted[index[pair], LABEL_INDEX["pair"]]:
                found[pair] = SaidSigned(_CONFIDENCE, start, end)
    return found


def _who_signed(candidates: Candidates) -> Iterator[tuple[int, int, int]]:
    """(entity, start and end of the words) of each member of an enumeration that 签约入驻 follows."""
    structure = candidates.structure
    for mention, group in zip(structure.mentions, structure.groups, strict=True):
        if mention.type not in _WHO or mention.anaphor:
            continue
        start, end = structure.group_start[group], structure.group_end[group]
        match = phrase("signed_in").match(structure.text, end)
        if match is None and not _has_counterpart(structure.text, start, mention.start):
            match = phrase("signed_paper").match(structure.text, end)
        if match is None and mention.type == "Firm" and _signing_was_told(structure.text, start):
            match = phrase("landed_projects").match(structure.text, end)
        if match:
            yield mention.entity, match.start(), match.end()


def _signing_was_told(text: str, at: int) -> bool:
    return text.find(_SPOKEN_OF, max(0, at - _SPOKEN_REACH), at) >= 0


def _has_counterpart(text: str, start: int, at: int) -> bool:
    """Whether 与 stands before an enumeration, or before one of its members."""
    return text.endswith(COUNTERPART, 0, start) or text.endswith(COUNTERPART, 0, at)
