"""Money, areas, counts and percentages in running text, in base units.

A library was tried first (jionlp ``parse_money``): it reads one phrase at a time and does not find phrases
in text, so the shapes are written here, from the units that stand in data/lexicon/units.tsv.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal

from kg import resources
from kg.extract.numbers import SCALED, scaled

MeasureKind = Literal["money", "area", "count", "percent"]


@dataclass(frozen=True, slots=True)
class Measure:
    """A figure at [start, end) of the repaired text; ``noun`` is what a count counts (企业, 人 …)."""

    start: int
    end: int
    kind: MeasureKind
    value: float
    unit: str
    noun: str = ""


@dataclass(frozen=True, slots=True)
class _Unit:
    kind: MeasureKind
    unit: str
    factor: float


@cache
def _units() -> dict[str, _Unit]:
    return {
        row["word"]: _Unit(row["kind"], row["unit"], float(row["factor"]))  # type: ignore[arg-type]
        for row in resources.read_tsv(resources.data("lexicon", "units.tsv"))
    }


@cache
def _pattern() -> re.Pattern[str]:
    words = "|".join(sorted(map(re.escape, _units()), key=len, reverse=True))
    return re.compile(rf"(?<![\d.A-Za-z]){SCALED}(?P<unit>{words})")


_PERCENT = re.compile(
    r"(?<![\d.])(?P<sign>[-−负])?(?P<number>\d+(?:\.\d+)?)\s*[%％](?!的?股)|百分之(?P<words>[零一二三四五六七八九十点]+)"
)
_NOUN = re.compile(
    r"(?:[^，。；、：！？\n（）()\d]{0,14}?)(?P<noun>企业|公司|药企|机构|单位|项目|员工|人员|人才|代表|嘉宾|客商|观众|医院|团队)"
)


def find_measures(text: str) -> list[Measure]:
    """All figures of a text, left to right, none inside another."""
    found: list[Measure] = []
    for match in _pattern().finditer(text):
        unit = _units()[match["unit"]]
        value = scaled(match["number"], match["scale"])
        if value == 0:
            continue
        noun = ""
        if unit.kind == "count":
            after = _NOUN.match(text, match.end())
            noun = match["unit"] if match["unit"] in ("人", "名", "位") else ""
            noun = after["noun"] if after else noun
        base = round(value * unit.factor) if unit.kind == "area" else value * unit.factor
        found.append(Measure(match.start(), match.end(), unit.kind, float(base), unit.unit, noun))
    for match in _PERCENT.finditer(text):
        if match["number"] is None:
            continue
        value = float(match["number"]) * (-1 if match["sign"] else 1)
        found.append(Measure(match.start(), match.end(), "percent", value, "percent"))
    return sorted(found, key=lambda m: m.start)
