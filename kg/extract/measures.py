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
from kg.read.numbers import SCALED, parse_number, scaled

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
    not_before: str


@cache
def _units() -> dict[str, _Unit]:
    return {
        row["word"]: _Unit(row["kind"], row["unit"], float(row["factor"]), row["not_before"])  # type: ignore[arg-type]
        for row in resources.read_tsv(resources.data("lexicon", "units.tsv"))
    }


@cache
def _pattern() -> re.Pattern[str]:
    words = "|".join(
        re.escape(word) + (f"(?![{unit.not_before}])" if unit.not_before else "")
        for word, unit in sorted(_units().items(), key=lambda item: -len(item[0]))
    )
    # not behind a digit and a hyphen either: that is the end of a telephone number
    return re.compile(rf"(?<![\d.A-Za-z])(?<!\d-){SCALED}(?P<unit>{words})")


#: 第5个项目 counts nothing (of 16 on the annotated pages one states a figure).
_ORDINAL = "第"
#: A bare run of this many digits is a telephone number or a code, never a count.
_CODE_LENGTH = 7
_FALL = r"(?:下降|下滑|下跌|减少|回落|缩减|降低|负增长)(?:了|约|近|超过?|幅度?[为达]){0,2}\s*"
_PERCENT = re.compile(
    rf"(?P<fall>{_FALL})?(?<![\d.])(?:(?P<sign>[-−负])?(?P<number>\d+(?:\.\d+)?)\s*[%％](?!的?股)"
    r"|百分之(?P<words>[零一二三四五六七八九十百]+(?:点[零一二三四五六七八九]+)?))"
)
_NOUN = re.compile(
    r"(?:[^，。；、：！？\n（）()\d]{0,14}?)(?P<noun>企业|公司|药企|机构|单位|项目|员工|人员|人才|代表|嘉宾|客商|观众|医院|团队)"
)


def find_measures(text: str) -> list[Measure]:
    """All figures of a text, left to right, none inside another; a fall by N percent is -N."""
    found: list[Measure] = []
    for match in _pattern().finditer(text):
        unit = _units()[match["unit"]]
        number = match["number"] or ""
        value = scaled(number, match["scale"])
        if value == 0 or (unit.kind == "count" and number.isdecimal() and len(number) >= _CODE_LENGTH):
            continue
        if text.endswith(_ORDINAL, 0, match.start()):
            continue
        noun = ""
        if unit.kind == "count":
            after = _NOUN.match(text, match.end())
            noun = match["unit"] if match["unit"] in ("人", "名", "位") else ""
            noun = after["noun"] if after else noun
        base = round(value * unit.factor) if unit.kind == "area" else value * unit.factor
        found.append(Measure(match.start(), match.end(), unit.kind, float(base), unit.unit, noun))
    for match in _PERCENT.finditer(text):
        start = match.end("fall") if match["fall"] else match.start()
        value = parse_number(match["number"] or match["words"])
        if match["sign"] or match["fall"]:
            value = -value
        found.append(Measure(start, match.end(), "percent", value, "percent"))
    apart: list[Measure] = []
    for measure in sorted(found, key=lambda m: m.start):
        if not apart or apart[-1].end <= measure.start:
            apart.append(measure)
    return apart
