"""Signing pairs become agreements: who together, of what type and status, when, at which event, for how much."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

import networkx as nx
import numpy as np
import numpy.typing as npt

from kg.extract.agreement_phrases import settled_only_in_words, types_called
from kg.extract.candidates import Candidates
from kg.extract.dates import DateMention
from kg.extract.facts import Fact, span_of, thresholds
from kg.extract.hosted_signings import hosted_signings
from kg.extract.labels import LABEL_INDEX
from kg.extract.measures import Measure
from kg.extract.moving_in import moved_in
from kg.extract.pair_scorer import PairScores, symmetric
from kg.extract.phrases import phrase
from kg.extract.record_signings import signed_in_tables
from kg.extract.signing_structure import (
    counterparts_behind,
    distributed,
    implausible_pairs,
    led_enumerations,
)
from kg.model import AGREEMENT_STATUSES, AGREEMENT_TYPES, LOCAL_TYPES, AgreementStatus, AgreementType, Amount

Floats = npt.NDArray[np.float32]
_MULTIPARTY = 3
_DATELINE = ("讯", "电")  # behind the day on which a page was sent
#: Of so many parties, this share of all pairs found says that all sign together: a few pairs are always lost.
_MANY, _DENSE = 5, 0.6
_MOST_PARTIES = 40
_INTENT = np.array([status == "intent" for status in AGREEMENT_STATUSES], dtype=np.float32)
_EXPLICIT = 1.5  # what the words right behind the parties add: 已签订意向租赁协议 outweighs the scorer
_CALLED = 0.6  # what the name of an agreement (租赁合同) adds to the probability of its type


@dataclass(frozen=True, slots=True)
class AgreementFact:
    """One act of agreement; parties and event are entity indices, the span is of the repaired text."""

    parties: tuple[int, ...]
    type: AgreementType
    status: AgreementStatus
    date: str | None
    event: int | None
    amount: Amount | None
    score: float
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Signed:
    parties: tuple[int, int]
    score: float
    start: int
    end: int
    types: Floats
    statuses: Floats
    event: int | None = None
    amount: Measure | None = None

    @property
    def type(self) -> AgreementType:
        return AGREEMENT_TYPES[int(self.types.argmax())]

    @property
    def status(self) -> AgreementStatus:
        return AGREEMENT_STATUSES[int(self.statuses.argmax())]


def agreement_facts(
    candidates: Candidates, scores: PairScores, relations: Sequence[Fact], *, published: str | None = None
) -> list[AgreementFact]:
    """Agreements of a document, published on a day if known, of which ``relations`` hold.

    Pairs that all sign with one another in one place of the text are one agreement.
    """
    least = thresholds()["pair"]
    by_sentence: dict[int, list[_Signed]] = defaultdict(list)
    participations = [f for f in relations if f.label == "participatesIn"]
    for s in _signed_pairs(candidates, scores, relations, least=least):
        by_sentence[s.end].append(s)
    found: list[AgreementFact] = []
    for group in by_sentence.values():
        for together in _connected(group):
            for parties, members in _acts(together):
                act = _agreement(parties, members, candidates, scores, participations)
                found.append(replace(act, date=_before(act, published)))
    return sorted(found, key=lambda a: (a.start, a.parties))


def _connected(group: list[_Signed]) -> list[list[_Signed]]:
    """Pairs of one sentence that hang together by common parties; they colour each other's type and status."""
    graph = nx.Graph([s.parties for s in group])
    parts = []
    for nodes in sorted(nx.connected_components(graph), key=min):
        members = [s for s in group if s.parties[0] in nodes]
        types = np.mean([s.types for s in members], axis=0)
        statuses = np.mean([s.statuses for s in members], axis=0)
        parts.append([replace(s, types=s.types + types, statuses=s.statuses + statuses) for s in members])
    return parts


def _signed_pairs(
    candidates: Candidates, scores: PairScores, relations: Sequence[Fact], *, least: float
) -> list[_Signed]:
    index = {pair: k for k, pair in enumerate(candidates.entity_pairs)}
    column = LABEL_INDEX["pair"]
    led = list(led_enumerations(candidates))
    enumerations = [*led, *counterparts_behind(candidates)]
    every = distributed(candidates, symmetric(scores, candidates.entity_pairs), enumerations, least=least)
    tabled = signed_in_tables(candidates)
    in_words = moved_in(candidates, scores) | tabled
    signed = [*in_words, *(pair for pair, score in every.items() if score >= least)]
    signing = {party for pair in signed for party in pair}
    in_words |= hosted_signings(candidates, relations, signing)
    for pair, found in in_words.items():
        every[pair] = max(every.get(pair, 0.0), found.score)
    likely = {pair: score for pair, score in sorted(every.items()) if score >= least}
    speaking = {pair: int(scores.best[index[pair], column]) for pair in likely}
    text = candidates.structure.text
    gone = implausible_pairs(candidates, speaking, likely, led)
    result = []
    for (a, b), score in likely.items():
        if (a, b) in gone and (a, b) not in tabled:
            continue
        k = index[a, b]
        other = index.get((b, a), k)
        start, end = span_of(candidates, int(scores.best[k, column]))
        types = (scores.types[k] + scores.types[other]) / 2
        statuses = (scores.statuses[k] + scores.statuses[other]) / 2
        said = in_words.get((a, b))
        if said is None:
            if {candidates.entity_types[a], candidates.entity_types[b]} & LOCAL_TYPES:
                types = settled_only_in_words(types, text, start, end)
            types = types + _CALLED * types_called(text, start, end)
        else:
            start, end = candidates.structure.sentence_span(said.start)
            called = types_called(text, said.start, said.end)
            if said.type:
                called[AGREEMENT_TYPES.index(said.type)] = 1
            types = types + _EXPLICIT * called
            statuses = statuses + _EXPLICIT * _INTENT * ("意向" in text[said.start : said.end])
        event, money = (said.event, said.amount) if said else (None, None)
        result.append(_Signed((a, b), score, start, end, types, statuses, event, money))
    return result


def _acts(group: list[_Signed]) -> list[tuple[tuple[int, ...], list[_Signed]]]:
    """Nearly all with one another, or cliques of three or more: one act each; every other pair is its own act."""
    graph = nx.Graph([s.parties for s in group])
    count = graph.number_of_nodes()
    dense = graph.number_of_edges() >= _DENSE * count * (count - 1) / 2
    # two lists that sign with each other are dense too, but no two of one list sign
    if _MANY <= count <= _MOST_PARTIES and dense and not nx.is_bipartite(graph):
        return [(tuple(sorted(graph)), group)]
    acts: list[tuple[tuple[int, ...], list[_Signed]]] = []
    used: set[tuple[int, int]] = set()
    if count <= _MOST_PARTIES:
        for clique in sorted(nx.find_cliques(graph), key=lambda c: (-len(c), sorted(c))):
            members = [s for s in group if set(s.parties) <= set(clique) and s.parties not in used]
            alike = len({(s.type, s.status) for s in members}) == 1
            if len(clique) >= _MULTIPARTY and alike and len(members) == len(clique) * (len(clique) - 1) // 2:
                used.update(s.parties for s in members)
                acts.append((tuple(sorted(clique)), members))
    acts += [(s.parties, [s]) for s in group if s.parties not in used]
    return acts


def _agreement(
    parties: tuple[int, ...],
    members: list[_Signed],
    candidates: Candidates,
    scores: PairScores,
    participations: list[Fact],
) -> AgreementFact:
    first = max(members, key=lambda s: s.score)
    event = _event(parties, participations, said=first.event)
    days = _days_of_event(event, candidates)
    held = days[0] if days else None
    date = _value(parties, "date", candidates, scores) or held
    if _signed_lately(candidates, first.start, first.end):
        date = None
    if isinstance(date, DateMention) and held and len({_month(date), _month(held)} - {None}) > 1:
        # a digest tells of several events; none of 467 events of the annotated pages saw signings of two months
        event = None
    if event is not None and (own := _own_day(event, days, candidates, first.start, first.end)):
        event, date = None, own if date == held else date
    money = first.amount or _value(parties, "amount", candidates, scores)
    return AgreementFact(
        parties=parties,
        type=first.type,
        status=first.status,
        date=date.value if isinstance(date, DateMention) else None,
        event=event,
        amount=Amount(value=money.value, currency=money.unit) if isinstance(money, Measure) else None,
        score=sum(s.score for s in members) / len(members),
        start=first.start,
        end=first.end,
    )


def _value(
    parties: tuple[int, ...], label: str, candidates: Candidates, scores: PairScores
) -> Measure | DateMention | None:
    """The figure or date that two of the parties speak for most; equal ones count together."""
    column = LABEL_INDEX[label]
    total: dict[object, float] = defaultdict(float)
    holder: dict[object, Measure | DateMention] = {}
    for k in map(int, (scores.labels[:, column] > 0).nonzero()[0]):
        subject, target = candidates.entity_pairs[k]
        if subject in parties and target in candidates.values:
            value = candidates.values[target]
            same = (value.value, value.unit) if isinstance(value, Measure) else value.value
            total[same, subject] = max(total[same, subject], float(scores.labels[k, column]))
            holder.setdefault(same, value)
    # of many parties some stand far from the date: the two that are surest decide
    votes = {v: sum(sorted((total.get((v, p), 0.0) for p in parties), reverse=True)[:2]) / 2 for v in holder}
    if not votes:
        return None
    best = max(votes, key=lambda v: (votes[v], str(v)))
    return holder[best] if votes[best] >= thresholds()[label] else None


def _before(act: AgreementFact, published: str | None) -> str | None:
    """The day of a signing, a year earlier where it would lie behind the publication (7月 in a page of January)."""
    date = act.date
    if act.status != "signed" or date is None or not published or not published[:1].isdigit():
        return date
    known = min(len(date), len(published), len("2026-01"))
    later = date[:1].isdigit() and date[:known] > published[:known]
    return f"{int(date[:4]) - 1}{date[4:]}" if later else date


def _month(date: DateMention) -> str | None:
    """The month of a date that tells its day, or else None."""
    value = date.value or ""
    return value[-5:-3] if value.count("-") > 1 else None


def _days_of_event(event: int | None, candidates: Candidates) -> list[DateMention]:
    """The days in the sentence that first names an event; that of a dateline only if there is no other."""
    if event is None:
        return []
    structure = candidates.structure
    named = structure.mentions[structure.first[event]].start
    days = _days(candidates, *structure.sentence_span(named))
    held = [d for d in days if not structure.text.startswith(_DATELINE, d.end)]
    return held or days


def _own_day(
    event: int, held: Sequence[DateMention], candidates: Candidates, start: int, end: int
) -> DateMention | None:
    """The day that the words of a signing tell, where it is not that on which the event was held.

    Of 159 signings told with another day than the sentence that first names an event 156 were not at it. Words that
    name the event, and an event of several days, say nothing.
    """
    mentions = (m for m in candidates.structure.mentions if start <= m.start < end)
    if len(held) != 1 or any(m.entity == event for m in mentions):
        return None
    told = _days(candidates, start, end)
    return told[0] if told and all(_day(d) != _day(held[0]) for d in told) else None


def _signed_lately(candidates: Candidates, start: int, end: int) -> bool:
    """Whether the words of a signing say 近日 and no day: 50 of 52 agreements told so have no date."""
    lately = phrase("lately").search(candidates.structure.text, start, end)
    return lately is not None and not any(
        m.type == "date" and start <= m.start < end and not lately.start() <= m.start < lately.end()
        for m in candidates.structure.mentions
    )


def _days(candidates: Candidates, start: int, end: int) -> list[DateMention]:
    """Dates that tell a day (not a month or a year alone) in a span of the text."""
    spoken = (m for m in candidates.structure.mentions if m.type == "date" and start <= m.start < end)
    dates = (candidates.values[m.entity] for m in spoken)
    return [d for d in dates if isinstance(d, DateMention) and (d.value or "").count("-") > 1]


def _day(date: DateMention) -> str:
    return (date.value or "")[-2:]


def _event(parties: tuple[int, ...], participations: list[Fact], *, said: int | None) -> int | None:
    """The event in which all (else most) of the parties take part, or else the one that is ``said``."""
    votes: dict[int, float] = defaultdict(float)
    for f in participations:
        if f.subject in parties:
            votes[f.object] += f.score
    return max(votes, key=lambda e: (votes[e], -e)) if votes else said
