"""What the pair scorer says of figures, revised by what it cannot see when it judges pair by pair.

A figure of people is no count of firms; the words beside a figure may say whom they speak of; and the figures of one
sentence have one subject (989 of 1,008 neighbouring ones of the annotated pages).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from kg.extract.candidates import Candidates
from kg.extract.figure_limits import never_stated
from kg.extract.figure_topics import Topic, topic_of
from kg.extract.figures import Figure, Names, figures_of
from kg.extract.labels import LABEL_INDEX, kind_of_property
from kg.extract.listed_figures import figure_lists, listed_topic
from kg.extract.pair_scorer import PairScores
from kg.extract.phrases import phrase
from kg.extract.stated_figures import stated_of
from kg.extract.structure import Structure
from kg.model import QUANTITY_PROPERTIES

Floats = npt.NDArray[np.float32]

_COLUMNS = [LABEL_INDEX[name] for name in QUANTITY_PROPERTIES]
#: The scorer believes otherwise only where it is surer than this; so too of a figure behind a word such as 注册资本,
#: which states nothing (593 of 616).
_SURE = 0.6
_MOST_TOLD = 0.9  # of a figure whose words say of whom it is
_OF_NEIGHBOURS = 0.25  # weight of the neighbouring figures (exponent of a geometric mean)
_NOBODY = 1e-4  # probability of a subject that is out of a neighbour's reach


def figure_scores(candidates: Candidates, scores: PairScores) -> PairScores:
    """The scores with the probabilities of figures revised; all others as they are."""
    figures = figures_of(candidates)
    if not figures:
        return scores
    labels = scores.labels.copy()
    structure = candidates.structure
    names, lists = Names(structure), figure_lists(structure)
    alone: set[int] = set()  # figures that share no subject with those beside them
    last: tuple[Figure, Topic | None] | None = None
    for figure in figures:
        _leave_possible(candidates, figure, labels)
        measure = figure.measure
        listed = listed_topic(structure, lists.get(measure.start, ()), measure)
        if listed:
            alone.add(figure.entity)
        topic = listed or topic_of(structure, names, measure)
        if topic is None and last and _money_of(structure, names, last[0], figure):
            topic = last[1]
        if topic:
            _give(figure, topic, labels)
        last = figure, topic
    beside = [figure for figure in figures if figure.entity not in alone]
    return replace(scores, labels=_with_neighbours(structure, names, beside, labels))


def _money_of(structure: Structure, names: Names, counted: Figure, money: Figure) -> bool:
    """Whether a figure is money that was put into what the figure before it counts: 18个项目…，总投资60亿元."""
    kinds = (counted.measure.kind, money.measure.kind)
    return (
        kinds == ("count", "money")
        and money.said == "investment"
        and _together(structure, names, counted, money)
    )


def _leave_possible(candidates: Candidates, figure: Figure, labels: Floats) -> None:
    text, measure, rows = candidates.structure.text, figure.measure, list(figure.rows)
    labels[np.ix_(rows, [LABEL_INDEX[name] for name in never_stated(candidates.structure, measure)])] = 0
    if measure.kind == "count":
        projects = LABEL_INDEX["projectCount"]
        clause = candidates.structure.clause_span(measure.start)
        if not phrase("tells_of_projects").search(text, *clause) and labels[rows, projects].max() < _SURE:
            labels[rows, projects] = 0
    for row, subject in zip(rows, figure.subjects, strict=True):
        stated = stated_of(candidates.entity_types[subject])
        if stated is not None:
            labels[row, [LABEL_INDEX[name] for name in QUANTITY_PROPERTIES if name not in stated]] = 0
    all_of_it = np.ix_(rows, _COLUMNS)
    if figure.said == "other" and labels[all_of_it].max() < _SURE:
        labels[all_of_it] = 0


def _give(figure: Figure, topic: Topic, labels: Floats) -> None:
    """The likeliest of the topic's entities becomes as likely as the likeliest of all was, the rest in proportion."""
    meant = np.array([subject in topic.entities for subject in figure.subjects])
    if topic.entities and not meant.any():
        return
    for name in topic.properties:
        if kind_of_property(name) != figure.measure.kind:
            continue
        column = LABEL_INDEX[name]
        said = labels[list(figure.rows), column]
        likeliest = float((said * meant).max())
        if topic.certain:
            theirs = meant * topic.certain / max(int(meant.sum()), 1)
        else:
            whole = max(likeliest, min(float(said.max()), _MOST_TOLD))
            theirs = said * meant * (whole / max(likeliest, _NOBODY))
        labels[list(figure.rows), column] = np.minimum(theirs, 1.0)


def _with_neighbours(structure: Structure, names: Names, figures: Sequence[Figure], labels: Floats) -> Floats:
    """Each subject weighed with what the likeliest of the neighbouring figures says of it."""
    revised = labels.copy()
    stating = [f for f in figures if labels[np.ix_(list(f.rows), _COLUMNS)].any()]
    for run in _runs(structure, names, stating):
        best = [
            dict(zip(f.subjects, labels[np.ix_(f.rows, _COLUMNS)].max(axis=1).tolist(), strict=True))
            for f in run
        ]
        for k, figure in enumerate(run):
            others = best[:k] + best[k + 1 :]
            beside = [max(of.get(subject, _NOBODY) for of in others) for subject in figure.subjects]
            weight = np.maximum(np.array(beside, dtype=np.float32), _NOBODY)[:, None] ** _OF_NEIGHBOURS
            place = np.ix_(figure.rows, _COLUMNS)
            revised[place] = labels[place] ** (1 - _OF_NEIGHBOURS) * weight
    return revised


def _runs(structure: Structure, names: Names, figures: Sequence[Figure]) -> Iterator[list[Figure]]:
    """Figures of one sentence with no name between them, two or more together."""
    run: list[Figure] = []
    for figure in figures:
        if run and not _together(structure, names, run[-1], figure):
            if len(run) > 1:
                yield run
            run = []
        run.append(figure)
    if len(run) > 1:
        yield run


def _together(structure: Structure, names: Names, first: Figure, second: Figure) -> bool:
    start, end = first.measure.start, second.measure.start
    return structure.sentence(start) == structure.sentence(end) and not names.any_between(start, end)
