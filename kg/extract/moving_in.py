"""甲、乙等企业签约入驻某某园区: moving in by contract is an agreement with the one that takes them in.

annotation.md: "签约落户/签约入驻" is the agreement with the party that takes it in, and no settledIn for that pair.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extract.candidates import Candidates
from kg.extract.labels import LABEL_INDEX
from kg.extract.pair_scorer import PairScores

_SIGNED = re.compile(
    r"[”）)]?(?:等[^，。；\n]{0,16}?)?[^，。；、\n]{0,10}?签约(?:入驻|落户|落地|进驻|入园)(?:到|于|在|了)?[“]?"
)
_WHO = frozenset(
    {"Firm", "Investor", "MedicalInstitution", "ResearchInstitution", "Association", "Organization"}
)
_HOSTS = frozenset({"Park", "Place", "GovernmentBody"})
_LABELS = tuple(LABEL_INDEX[label] for label in ("settledIn", "plansToSettleIn", "pair"))
_LEAST = 0.15  # probability, over the labels that tell of a host, from which one is believed
_CONFIDENCE = 0.8  # 21 of 23 such names on the annotated pages


def moved_in(candidates: Candidates, scores: PairScores) -> dict[tuple[int, int], float]:
    """Probability of signing for each (entity, host), smaller index first, of who moves in by contract."""
    structure, types = candidates.structure, candidates.entity_types
    index = {pair: k for k, pair in enumerate(candidates.entity_pairs)}
    found: dict[tuple[int, int], float] = {}
    for subject, behind in _who_signed(candidates):
        named = next((m.entity for m in structure.mentions if m.start == behind and m.type in _HOSTS), None)
        likely = {
            host: float(sum(scores.labels[k, label] for label in _LABELS))
            for (entity, host), k in index.items()
            if entity == subject and host < len(types) and types[host] in _HOSTS
        }
        host = named if named is not None else max(likely, key=lambda h: likely[h], default=None)
        if host is not None and (named is not None or likely[host] >= _LEAST):
            pair = min(subject, host), max(subject, host)
            if pair in index and candidates.permitted[index[pair], LABEL_INDEX["pair"]]:
                found[pair] = _CONFIDENCE
    return found


def _who_signed(candidates: Candidates) -> Iterator[tuple[int, int]]:
    """(entity, offset behind the words) of each member of an enumeration that 签约入驻 follows."""
    structure = candidates.structure
    for mention, group in zip(structure.mentions, structure.groups, strict=True):
        match = _SIGNED.match(structure.text, structure.group_end[group])
        if match and mention.type in _WHO and not mention.anaphor:
            yield mention.entity, match.end()
