"""What the shape of a sentence says against two names signing with one another.

In "A与B签约，C与D签约" A does not sign with D; in "A分别与B、C签约" B does not sign with C. The scorer sees each
pair by itself; here the pairs of one sentence are seen together.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from kg.extract.candidates import Candidates
from kg.extract.cues import cue_offsets
from kg.extract.labels import LABEL_INDEX
from kg.extract.phrases import phrase
from kg.extract.structure import Mention
from kg.model import PARTY_TYPES

_MARGIN, _SURE = 0.05, 0.95
_WITH = ("与", "同", "跟")
#: (entity, entities of the enumeration that 与 leads in behind it).
LedEnumeration = tuple[int, frozenset[int]]


def implausible_pairs(
    candidates: Candidates,
    mention_pairs: Mapping[tuple[int, int], int],
    scores: Mapping[tuple[int, int], float],
    led: Sequence[LedEnumeration],
) -> set[tuple[int, int]]:
    """Pairs of entities that better pairs of the same sentence explain away.

    mention_pairs: for each pair of entities, the mention pair (index into ``candidates.mention_pairs``) that speaks
    for it; scores: its probability; led: the document's ``led_enumerations``. A pair goes where both sides have a
    better partner in the sentence and the two stand in different clauses, or where the two are members of one
    enumeration and one of them has a better partner outside it, or where 与 leads them in behind the party that
    signs with them. Nothing goes in a sentence that speaks of several parties together. Members of one enumeration
    do not sign where signing is only part of an event's name (甲、乙举办的…签约仪式), unless the scorer is sure
    (甲与乙举行签约仪式).
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
    kept = {(min(party, m), max(party, m)) for party, members in led for m in members}
    for pair, at in mention_pairs.items():
        i, j = (int(k) for k in candidates.mention_pairs[at])
        start, end = structure.sentence_span(max(structure.mentions[i].start, structure.mentions[j].start))
        enumerated = structure.groups[i] == structure.groups[j]
        if enumerated and scores[pair] < _SURE and not _signs(candidates, start, end):
            gone.add(pair)
        if pair in kept or phrase("all_sign_together").search(structure.text, start, end):
            continue
        if enumerated and any(set(pair) <= members for _, members in led):
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


def distributed(
    candidates: Candidates,
    scores: Mapping[tuple[int, int], float],
    led: Sequence[LedEnumeration],
    *,
    least: float,
) -> dict[tuple[int, int], float]:
    """Scores of pairs, where one signs with a whole enumeration: who signs with one of 与乙、丙、丁 signs with all.

    led: the document's ``led_enumerations`` and ``counterparts_behind``; least: probability from which a pair
    counts as signing. Of 70 such enumerations of the annotated pages with one signing pair each other member
    signed too; lists on both sides (甲、乙分别与丙、丁) are left alone.
    """
    raised = dict(scores)
    signing = candidates.permitted[:, LABEL_INDEX["pair"]]
    possible = {pair for pair, may in zip(candidates.entity_pairs, signing, strict=True) if may}
    for party, members in led:
        pairs = [(min(party, m), max(party, m)) for m in members]
        top = max(scores.get(pair, 0.0) for pair in pairs)
        if top >= least:
            raised |= {pair: max(scores.get(pair, 0.0), top) for pair in pairs if pair in possible}
    return raised


def led_enumerations(candidates: Candidates) -> Iterator[LedEnumeration]:
    """Each entity that signs with a whole enumeration, as the shape of the sentence has it.

    甲与乙、丙、丁签约 may be one enumeration to the structure, or two with another word before 与 (甲分别与乙、丙签约).
    Where all act together (甲与乙、丙共同设立基金) nobody stands over against the others.
    """
    structure = candidates.structure
    mentions, groups = structure.mentions, structure.groups
    members: dict[int, list[int]] = defaultdict(list)
    for k, group in enumerate(groups):
        members[group].append(k)
    for group, inside in members.items():
        gaps = [structure.text[structure.ends[a] : mentions[b].start] for a, b in pairwise(inside)]
        led = [k for k, gap in enumerate(gaps) if any(word in gap for word in _WITH)]
        start = structure.group_start[group]
        if phrase("all_sign_together").search(structure.text, *structure.sentence_span(start)):
            continue
        if led == [0]:
            party, rest = inside[0], inside[1:]
        elif not led and structure.text[max(0, start - 1) : start] in _WITH:
            begin = structure.sentence_span(start)[0]
            before = [
                k for k in range(inside[0]) if mentions[k].start >= begin and mentions[k].type in PARTY_TYPES
            ]
            if not before:
                continue
            party, rest = before[-1], inside
        else:
            continue
        others = _entities(members[groups[party]], mentions) - _entities(rest, mentions)
        found = _entities(rest, mentions) - {mentions[party].entity}
        if others == {mentions[party].entity} and len(found) > 1:
            yield mentions[party].entity, found


def counterparts_behind(candidates: Candidates) -> Iterator[LedEnumeration]:
    """Each entity with which a whole enumeration before it signs severally: 甲、乙分别与丙签约, 甲、乙与丙分别签约.

    Of 15 such enumerations of the annotated pages of which one member signed with it, in all each did.
    """
    structure = candidates.structure
    mentions, groups, text = structure.mentions, structure.groups, structure.text
    starts = {m.start: k for k, m in enumerate(mentions) if not m.anaphor}
    members: dict[int, list[Mention]] = defaultdict(list)
    for mention, group in zip(mentions, groups, strict=True):
        members[group].append(mention)
    for group, inside in members.items():
        word = phrase("with_whom").match(text, structure.group_end[group])
        behind = starts.get(word.end()) if word else None
        if word is None or behind is None or structure.group_size[groups[behind]] > 1:
            continue
        if word["severally"] or phrase("severally").match(text, structure.ends[behind]):
            found = frozenset(m.entity for m in inside) - {mentions[behind].entity}
            if len(found) > 1:
                yield mentions[behind].entity, found


def _entities(members: Sequence[int], mentions: Sequence[Mention]) -> frozenset[int]:
    return frozenset(mentions[k].entity for k in members)


def _signs(candidates: Candidates, start: int, end: int) -> bool:
    """Whether a cue of signing stands in a span, outside the names of events and projects."""
    names = [(m.start, m.end) for m in candidates.structure.mentions if m.type in ("Event", "Project")]
    return any(
        not any(a <= at < b for a, b in names)
        for at in cue_offsets(candidates.structure.text, "triggers.tsv", "category", "sign")
        if start <= at < end
    )
