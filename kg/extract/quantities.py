"""Figures become quantities: each figure belongs to one property of one entity."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import cast

from kg.extract.candidates import Candidates
from kg.extract.dates import DateMention
from kg.extract.facts import Fact, fact, thresholds
from kg.extract.figure_cues import is_land
from kg.extract.figures import Figure, figures_of
from kg.extract.growth import with_growth
from kg.extract.labels import LABEL_INDEX
from kg.extract.measures import Measure
from kg.extract.pair_scorer import PairScores
from kg.extract.phrases import phrase
from kg.model import QUANTITY_PROPERTIES, QuantityProperty

#: What stands between a project's name and the money put into it: 某某项目5亿元, 某某项目（5亿元）.
_BEHIND_PROJECT = re.compile(r"[”》）)]?[，：:（( ]?")
_PROJECT_MONEY = 0.9  # confidence of that reading: 29 of 29 such figures of the training pages
_OF_NEXT_NAME = 0.9  # confidence of that reading: 53 of 55 such figures of the training pages
_NEXT_NAME: Mapping[tuple[str, str], QuantityProperty] = {
    ("money", "Project"): "investment",
    ("money", "Investor"): "fundSize",
    ("area", "Park"): "landArea",
}
_PER_UNIT_REACH = 34
#: Where a word says any other than these, the figure states it (2,730 of 2,860 on the annotated pages): only of whom is
#: asked.
_SAID_FOR_CERTAIN: frozenset[str] = frozenset(QUANTITY_PROPERTIES) - {
    "investment",
    "enterpriseCount",
    "projectCount",
    "attendeeCount",
}
_SAID = 0.9  # confidence that a figure with such a word is stated of somebody
_LEAST_SUBJECT = 0.08  # the likeliest subject's own probability
_HALF = 0.5  # of all subjects' probabilities: its own must be more


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
    scored = {target: fact(candidates, scores, k, name) for target, (_, k, name) in best.items()}
    figures = figures_of(candidates)
    chosen = _said(candidates, scores, figures) | _behind_projects(candidates) | scored
    chosen |= _before_names(candidates, chosen)
    chosen = with_growth(candidates, chosen)
    said = {figure.entity: figure.said for figure in figures}
    found = []
    for target, stated in sorted(chosen.items()):
        measure = candidates.values[target]
        if not isinstance(measure, Measure) or _is_per_unit(candidates.structure.text, measure):
            continue
        label = _told(candidates.structure.text, measure, said.get(target)) or stated.label
        found.append(QuantityFact(replace(stated, label=label), measure, _date_of(measure, candidates)))
    return strongest(found)


def strongest(figures: Iterable[QuantityFact]) -> list[QuantityFact]:
    """Of figures that say the same of one subject the likeliest, where the first of them stands."""
    best: dict[tuple[int, str, float], QuantityFact] = {}
    for figure in figures:
        key = (figure.fact.subject, figure.fact.label, figure.measure.value)
        if key not in best or figure.fact.score > best[key].fact.score:
            best[key] = figure
    return list(best.values())


def _is_per_unit(text: str, measure: Measure) -> bool:
    return phrase("per_unit").search(text, max(0, measure.start - _PER_UNIT_REACH), measure.start) is not None


def _told(text: str, measure: Measure, said: str | None) -> str | None:
    """The property that a figure's unit or a word beside it says for certain, if one does."""
    if is_land(text[measure.start : measure.end]):
        return "landArea"
    return said if said in _SAID_FOR_CERTAIN else None


def _behind_projects(candidates: Candidates) -> dict[int, Fact]:
    """Money that stands right behind a project's name, by its entity index: the project's investment."""
    structure, found = candidates.structure, {}
    for project, money in pairwise(m for m in structure.mentions if not m.anaphor):
        gap = structure.text[project.end : money.start]
        if (project.type, money.type) == ("Project", "money") and _BEHIND_PROJECT.fullmatch(gap):
            start, end = structure.sentence_span(money.start)
            found[money.entity] = Fact("investment", project.entity, money.entity, _PROJECT_MONEY, start, end)
    return found


def _said(candidates: Candidates, scores: PairScores, figures: Iterable[Figure]) -> dict[int, Fact]:
    """Figures whose property a word beside them says, by their entity index, of the subject that stands out."""
    found: dict[int, Fact] = {}
    for figure in figures:
        label, pairs = figure.said, list(figure.rows)
        if label not in _SAID_FOR_CERTAIN:
            continue
        column = scores.labels[pairs, LABEL_INDEX[label]]
        best = int(column.argmax())
        share = float(column[best] / max(float(column.sum()), 1e-9))
        if column[best] >= _LEAST_SUBJECT and share > _HALF:
            found[figure.entity] = replace(fact(candidates, scores, pairs[best], label), score=_SAID * share)
    return found


def _before_names(candidates: Candidates, chosen: Mapping[int, Fact]) -> dict[int, Fact]:
    """Figures right before the name that they belong to, by their entity index.

    The property is what was chosen already, if anything, else the usual one of such a name.
    """
    structure, found = candidates.structure, {}
    # of 某某制药 and 某某制药项目, which begin together, the longer one
    outer = {m.start: m for m in structure.mentions if not m.anaphor}
    for figure, named in pairwise(outer[at] for at in sorted(outer)):
        gap = structure.text[figure.end : named.start]
        label = _NEXT_NAME.get((figure.type, named.type))
        if not label or not phrase("figure_of_next_name").fullmatch(gap):
            continue
        if figure.entity in chosen:
            label = cast(QuantityProperty, chosen[figure.entity].label)
        start, end = structure.sentence_span(figure.start)
        found[figure.entity] = Fact(label, named.entity, figure.entity, _OF_NEXT_NAME, start, end)
    return found


def _date_of(measure: Measure, candidates: Candidates) -> str | None:
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
