"""Figures become quantities: each figure belongs to one property of one entity."""

from __future__ import annotations

from dataclasses import dataclass

from kg.extract.candidates import Candidates
from kg.extract.dates import DateMention
from kg.extract.facts import Fact, fact, thresholds
from kg.extract.labels import LABEL_INDEX
from kg.extract.measures import Measure
from kg.extract.pair_scorer import PairScores
from kg.model import QUANTITY_PROPERTIES, QuantityProperty


@dataclass(frozen=True, slots=True)
class QuantityFact:
    """A figure with its property and subject (entity index)."""

    fact: Fact
    measure: Measure
    date: str | None


def quantity_facts(candidates: Candidates, scores: PairScores) -> list[QuantityFact]:
    """The best (subject, property) of each figure, where it reaches the property's threshold."""
    best: dict[int, tuple[float, int, QuantityProperty]] = {}
    for name in QUANTITY_PROPERTIES:
        column, least = LABEL_INDEX[name], thresholds()[name]
        for k in map(int, (scores.labels[:, column] >= least).nonzero()[0]):
            target = candidates.entity_pairs[k][1]
            offer = (float(scores.labels[k, column]), int(k), name)
            if target not in best or offer > best[target]:
                best[target] = offer
    found: dict[tuple[int, str, float], QuantityFact] = {}
    for target, (_, index, label) in sorted(best.items()):
        measure = candidates.values[target]
        if not isinstance(measure, Measure):
            continue
        stated = fact(candidates, scores, index, label)
        key = (stated.subject, label, measure.value)
        if key not in found or stated.score > found[key].fact.score:
            found[key] = QuantityFact(stated, measure, _date_of(measure, stated, candidates))
    return list(found.values())


def _date_of(measure: Measure, stated: Fact, candidates: Candidates) -> str | None:
    """The last date before the figure in its own sentence, if any dates it (a year, a month, a day)."""
    structure = candidates.structure
    begin = structure.sentence_span(measure.start)[0]
    dates = [
        (m.start, candidates.values[m.entity])
        for m in structure.mentions
        if m.type == "date" and begin <= m.start < measure.start
    ]
    if not dates:
        return None
    value = max(dates, key=lambda d: d[0])[1]
    return value.value if isinstance(value, DateMention) else None
