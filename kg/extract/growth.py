"""Growth told right behind a figure is that figure's: 产值78亿元，同比增长7.6%."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise

from kg.extract.candidates import Candidates
from kg.extract.facts import Fact
from kg.extract.measures import Measure
from kg.extract.phrases import phrase


def with_growth(candidates: Candidates, stated: Mapping[int, Fact]) -> dict[int, Fact]:
    """Facts of figures, by their entity index, with the growth that stands right behind one stated of its subject.

    Of 513 figures of the annotated pages with their growth behind them all have it stated of their own subject.
    Where the growth was surer of another subject, the figure is that one's, unless its own stands right before it.
    """
    text = candidates.structure.text
    result = dict(stated)
    ends: dict[int, set[int]] = defaultdict(set)
    for mention in candidates.structure.mentions:
        ends[mention.entity].add(mention.end)
    measures = sorted(
        (
            (value.start, entity, value)
            for entity, value in candidates.values.items()
            if isinstance(value, Measure)
        )
    )
    for (_, figure, first), (_, growth, second) in pairwise(measures):
        if (first.kind, second.kind) != ("money", "percent") or figure not in result:
            continue
        if not phrase("growth_behind").fullmatch(text, first.end, second.start):
            continue
        money, told = result[figure], result.get(growth)
        surer = told is not None and told.label == "growthRate" and told.score > money.score
        if told and surer and first.start not in ends[money.subject]:
            result[figure] = replace(money, subject=told.subject)
        else:
            result[growth] = replace(money, label="growthRate", object=growth)
    return result
