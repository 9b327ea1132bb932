"""某区集中签约项目21个，其中甲公司的某某基地投资28亿元: who is listed signed with the host, whom the clause leaves out.

annotation.md: a signed project is an agreement with the park or government that takes it in, if the text says or
plainly implies which.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence, Set

from kg.extract.candidates import Candidates
from kg.extract.facts import Fact
from kg.extract.labels import LABEL_INDEX
from kg.extract.moving_in import COUNTERPART, SaidSigned
from kg.extract.phrases import phrase
from kg.extract.structure import Mention, Structure
from kg.model import ACTING_TYPES, LOCAL_TYPES

_CONFIDENCE = 0.65  # 21 of the 33 pairs that it added on 78 pages that no model had seen
_NO_TRIGGER = frozenset({"Event", "Project", "Person"})
_SUBJECTS = ACTING_TYPES | LOCAL_TYPES | {"Project"}
_LISTED = frozenset({"Firm", "Project"})
_ENDS_LIST = re.compile("[；;]")
_REACH = 250  # characters


def hosted_signings(
    candidates: Candidates, relations: Sequence[Fact], signing: Set[int]
) -> dict[tuple[int, int], SaidSigned]:
    """Who is listed as signed without a counterpart, with the host: {(entity, host), smaller first: what says so}.

    relations: what holds on the page; signing: entities for which an agreement was found, which need no host. A
    firm whose project is listed stands behind it. The host is whom the words name (与某区现场签约), who opens their
    clause (某区签约项目4个), or the local body that holds the event and of which the page speaks most.
    """
    index = {pair: k for k, pair in enumerate(candidates.entity_pairs)}
    found: dict[tuple[int, int], SaidSigned] = {}
    listed = list(_listed(candidates, _holder(candidates, relations)))
    projects = {member.entity for member, _, _ in listed}
    carried_out = {(f.subject, f.object) for f in relations if f.label == "implements"}
    behind = {firm for firm, project in carried_out if project in projects}
    signed = signing | {project for firm, project in carried_out if firm in signing}
    for member, host, start in listed:
        pair = min(member.entity, host), max(member.entity, host)
        if member.entity in signed | behind or pair not in index:
            continue
        if candidates.permitted[index[pair], LABEL_INDEX["pair"]]:
            event = _event(candidates, start)
            found.setdefault(pair, SaidSigned(_CONFIDENCE, start, member.end, event))
    return found


def _listed(candidates: Candidates, holder: int | None) -> Iterator[tuple[Mention, int, int]]:
    """(first listing of a firm or project, its host, start of the words that tell of the signing)."""
    structure = candidates.structure
    names = [m for m in structure.mentions if not m.anaphor]
    local = [m for m in names if m.type in LOCAL_TYPES]
    hidden = [(m.start, m.end) for m in structure.mentions if m.type in _NO_TRIGGER]
    seen: set[int] = set()
    for member in names:
        if member.type not in _LISTED or member.entity in seen:
            continue
        told = _told(structure, member, hidden)
        if told is None:
            continue
        host = _host(structure, local, told, member, holder)
        if host is not None:
            seen.add(member.entity)
            yield member, host, told.start()


def _host(
    structure: Structure,
    local: Sequence[Mention],
    told: re.Match[str],
    member: Mention,
    holder: int | None,
) -> int | None:
    """With whom a listed name signs; local: the page's places, parks and governments; holder: who holds the event."""
    text = structure.text
    named = [m for m in local if structure.sentence_span(told.start())[0] <= m.start < told.end()]
    counterparts = [m for m in named if text.endswith(COUNTERPART, 0, m.start)]
    if counterparts:
        return counterparts[-1].entity
    here = max(told.end(), structure.sentence_span(member.start)[0])
    between = any(here <= m.start < member.start for m in local)
    clause = max(here, structure.clause_start(member.start))
    with_other = phrase("together_with").search(text, clause, member.start)
    if between or with_other or phrase("signs_with").match(text, member.end):
        return None
    opening = [
        m for m in structure.mentions if structure.clause_start(told.start()) <= m.start < told.start()
    ]
    if not any(m.type in _SUBJECTS for m in opening):
        return holder
    hosts = {m.entity for m in named if m in opening}
    # 甲区签约…；乙药业…: what follows the semicolon is told of others
    ended = _ENDS_LIST.search(text, told.end(), member.start)
    return hosts.pop() if len(hosts) == 1 and not ended else None


def _told(structure: Structure, member: Mention, hidden: Sequence[tuple[int, int]]) -> re.Match[str] | None:
    """The words before a name, in its sentence or in those that it goes on from, that tell of a list of signings.

    hidden: spans of names in which such words tell of none.
    """
    start, end = structure.sentence_span(member.start)
    if structure.sentence(member.start) == 0:  # a headline tells of it in short
        return None
    said = [
        m
        for m in phrase("signed_list").finditer(structure.text, start, member.start)
        if not any(a <= m.start() < b for a, b in hidden)
    ]
    if not said and phrase("list_goes_on").search(structure.text[start:end]):
        # the name of an event (某某项目集中签约仪式) tells of it too
        said = list(phrase("signed_list").finditer(structure.text, max(0, start - _REACH), start))
    told = said[-1] if said else None
    if told and phrase("so_far").search(structure.text, structure.clause_start(told.start()), told.start()):
        return None
    return told


def _holder(candidates: Candidates, relations: Sequence[Fact]) -> int | None:
    """The local body that holds an event, if the page speaks of none more or its headline of it first."""
    structure, types = candidates.structure, candidates.entity_types
    local = Counter(m.entity for m in structure.mentions if not m.anaphor and m.type in LOCAL_TYPES)
    if not local:
        return None
    headline = [
        m.entity for m in structure.mentions if m.entity in local and structure.sentence(m.start) == 0
    ]
    outstanding = {local.most_common(1)[0][0], *headline[:1]}
    holders = [f.subject for f in relations if f.label == "organizes" and types[f.subject] in LOCAL_TYPES]
    return holders[0] if holders and holders[0] in outstanding else None


def _event(candidates: Candidates, told: int) -> int | None:
    """The event named last before the words that tell of the signing, if it is near."""
    events = [
        m.entity
        for m in candidates.structure.mentions
        if m.type == "Event" and not m.anaphor and told - _REACH <= m.start <= told
    ]
    return events[-1] if events else None
