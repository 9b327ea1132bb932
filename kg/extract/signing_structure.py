"""What the shape of a sentence says against two names signing with one another.

In "A与B签约，C与D签约" A does not sign with D; in "A分别与B、C签约" B does not sign with C. The scorer sees each
pair by itself; here the pairs of one sentence are seen together.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from itertools import pairwise

from kg.extract.candidates import Candidates
from kg.extract.cues import cue_offsets
from kg.model import PARTY_TYPES

_TOGETHER = re.compile(
    r"共同|联合|[三四五六七多各]方|[三四五六七八九十\d]+[方家](?:单位|机构|企业)?(?:共同|一起)?签"
)
_MARGIN = 0.05
_WITH = ("与", "同", "跟")


def implausible_pairs(
    text: str,
    candidates: Candidates,
    mention_pairs: Mapping[tuple[int, int], int],
    scores: Mapping[tuple[int, int], float],
) -> set[tuple[int, int]]:
    """Pairs of entities that better pairs of the same sentence explain away.

    mention_pairs: for each pair of entities, the mention pair (index into ``candidates.mention_pairs``) that speaks
    for it; scores: its probability. A pair goes where both sides have a better partner in the sentence and the two
    stand in different clauses, or where the two are members of one enumeration and one of them has a better partner
    outside it, or where 与 leads them in behind the party that signs with them. Nothing goes in a sentence that
    speaks of several parties together. Members of one enumeration do not sign where signing is only part of an
    event's name (甲、乙举办的…签约仪式).
    """
    structure = candidates.structure
    sentence: dict[tuple[int, int], int] = {}
    for pair, at in mention_pairs.items():
        i, j = candidates.mention_pairs[at]
        last = max(structure.mentions[i].start, structure.mentions[j].start)
        sentence[pair] = structure.sentence(last)
    partners: dict[tuple[int, int], list[tuple[float, tuple[int, int]]]] = defaultdict(list)
    for pair, number in sentence.items():
        for side in pair:
            partners[side, number].append((scores[pair], pair))
    gone: set[tuple[int, int]] = set()
    for pair, at in mention_pairs.items():
        i, j = (int(k) for k in candidates.mention_pairs[at])
        start, end = structure.sentence_span(max(structure.mentions[i].start, structure.mentions[j].start))
        enumerated = structure.groups[i] == structure.groups[j]
        if enumerated and not _signs(candidates, start, end):
            gone.add(pair)
        if _TOGETHER.search(text, start, end):
            continue
        if enumerated and _are_counterparts(candidates, (i, j), start):
            gone.add(pair)
        better = [
            any(
                score > scores[pair] + _MARGIN
                for score, other in partners[side, sentence[pair]]
                if other != pair
            )
            for side in pair
        ]
        first, second = structure.mentions[i], structure.mentions[j]
        apart = structure.clause(first.start) != structure.clause(second.start)
        if (enumerated and any(better)) or (apart and all(better)):
            gone.add(pair)
    return gone


def _are_counterparts(candidates: Candidates, pair: tuple[int, int], begin: int) -> bool:
    """Whether 与 leads in the rest of an enumeration, and the one that signs with all of it stands before.

    甲与乙、丙、丁签约 may be one enumeration to the structure, or two with another word before 与 (甲分别与乙、丙签约).
    """
    structure = candidates.structure
    members = [k for k, group in enumerate(structure.groups) if group == structure.groups[pair[0]]]
    mentions = structure.mentions
    gaps = [structure.text[structure.ends[a] : mentions[b].start] for a, b in pairwise(members)]
    led = [k for k, gap in enumerate(gaps) if any(word in gap for word in _WITH)]
    if led == [0] and len(members) > 2:
        return mentions[members[0]].entity not in {mentions[k].entity for k in pair}
    start = mentions[members[0]].start
    before = any(m.type in PARTY_TYPES and begin <= m.start and m.end < start for m in mentions)
    return not led and start > begin and structure.text[start - 1] in _WITH and before


def _signs(candidates: Candidates, start: int, end: int) -> bool:
    """Whether a cue of signing stands in a span, outside the names of events and projects."""
    names = [(m.start, m.end) for m in candidates.structure.mentions if m.type in ("Event", "Project")]
    return any(
        not any(a <= at < b for a, b in names)
        for at in cue_offsets(candidates.structure.text, "triggers.tsv", "category", "sign")
        if start <= at < end
    )
