"""Figures told in a list belong to those listed before, in order: 甲项目、乙项目…，投资额分别为2亿元和1.2亿元."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from kg.extract.figure_topics import Topic
from kg.extract.measures import Measure
from kg.extract.phrases import phrase
from kg.extract.structure import Mention, Structure
from kg.model import QUANTITY_PROPERTIES

#: Of types of which a sentence names as many as there are figures, the first of these is meant.
_TYPES = ("Project", "Investor", "Firm", "Park", "ResearchInstitution", "MedicalInstitution")
_PART_ENDS = "；;"
_GROWTH = "percent"  # 产值52亿元、税收2亿元，分别增长24%和11% is of one
_REACH = 24  # characters between 分别 and the first figure


def figure_lists(structure: Structure) -> dict[int, Sequence[Mention]]:
    """The lists of two and more figures (and names) of one kind, by where each of their members begins."""
    lists: dict[int, list[Mention]] = defaultdict(list)
    for mention, group in zip(structure.mentions, structure.groups, strict=True):
        if mention.type != _GROWTH:
            lists[group].append(mention)
    return {m.start: figures for figures in lists.values() if len(figures) > 1 for m in figures}


def listed_topic(structure: Structure, figures: Sequence[Mention], measure: Measure) -> Topic | None:
    """The one that a figure of a list is told of; None where the text does not tell as many names as figures."""
    if not figures:
        return None
    first = figures[0].start
    start, _ = structure.sentence_span(first)
    if not phrase("severally_told").search(structure.text, max(start, first - _REACH), first):
        return None
    at = next(k for k, figure in enumerate(figures) if figure.start == measure.start)
    part = max(start, *(structure.text.rfind(mark, start, first) + 1 for mark in _PART_ENDS))
    for begin in (part, start, structure.sentence_span(max(0, start - 1))[0]):
        named = [
            (mention, group)
            for mention, group in zip(structure.mentions, structure.groups, strict=True)
            if begin <= mention.start < first and not mention.anaphor and mention.type in _TYPES
        ]
        if named:
            meant = _as_many(named, len(figures))
            return Topic(frozenset({meant[at]}), frozenset(QUANTITY_PROPERTIES)) if meant else None
    return None


def _as_many(named: Sequence[tuple[Mention, int]], count: int) -> Sequence[int]:
    """The entities of the last enumeration of as many names, else those of a type of which so many are named.

    Where projects are named, but not as many, some may have been overlooked: then nobody is meant for certain.
    """
    listed: dict[int, dict[int, None]] = defaultdict(dict)
    alike: dict[str, dict[int, None]] = {kind: {} for kind in _TYPES}
    for mention, group in named:
        listed[group][mention.entity] = None
        alike[mention.type][mention.entity] = None
    projects = list(alike["Project"])
    if projects:
        return projects if len(projects) == count else ()
    fitting = [list(members) for members in listed.values() if len(members) == count]
    fitting = fitting[-1:] + [list(members) for members in alike.values() if len(members) == count]
    return fitting[0] if fitting else ()
