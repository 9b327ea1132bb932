"""Dates in running text, as partial as the text leaves them.

jionlp's ``parse_time`` was tried: it fills a missing year from today's date, which the annotation guidelines
forbid, and a month-day without a year (xsd:gMonthDay) has no form in its result.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_M, _D = r"1[0-2]|0?[1-9]", r"3[01]|[12]\d|0?[1-9]"
_FULL = rf"(?P<y>(?:19|20)\d{{2}})\s*(?:年|[-./])\s*(?P<m>{_M})\s*(?:月|[-./])\s*(?P<d>{_D})(?:日|号)?"
_MONTH = r"(?P<y2>(?:19|20)\d{2})\s*年\s*(?P<m2>1[0-2]|0?[1-9])\s*月(?:份)?"
_MONTH_DAY = rf"(?P<rel>今年|去年|前年|次年|当年|明年|同年)?\s*(?P<m3>{_M})\s*月\s*(?P<d3>{_D})\s*(?:日|号)"
_YEAR = r"(?P<y4>(?:19|20)\d{2})\s*年"
_REL_MONTH = r"(?P<rel5>今年|去年|前年|当年|同年)\s*(?P<m5>1[0-2]|0?[1-9])\s*月(?:份)?"
_DAY = r"(?<![\d.])(?P<d6>3[01]|[12]\d|0?[1-9])\s*日(?=[，,、上下早中晚在，由从讯电的]|$|[\u4e00-\u9fff])"
_REL_DAY = r"(?P<word>今天|今日|昨天|昨日|前天|当天|当日|同日|本日|日前|近日)"
_MONTH_ONLY = r"(?<![\d.年])(?P<m8>1[0-2]|[1-9])月(?:份)?(?!\d)"
_REL_YEAR = r"(?P<rel9>今年|去年|前年)"
_DATE = re.compile(
    "|".join(
        f"(?:{p})"
        for p in (_FULL, _MONTH, _MONTH_DAY, _YEAR, _REL_MONTH, _DAY, _REL_DAY, _MONTH_ONLY, _REL_YEAR)
    )
)

_YEAR_SHIFT = {"今年": 0, "去年": -1, "前年": -2, "明年": 1}
_DAY_SHIFT = {"今天": 0, "今日": 0, "本日": 0, "昨天": -1, "昨日": -1, "前天": -2}
_SAME_DAY = {"当天", "当日", "同日"}


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date phrase at [start, end); ``value`` is ISO 8601, partial, or None where nothing fixes it."""

    start: int
    end: int
    value: str | None
    phrase: str


def find_dates(text: str, *, published: str | None = None) -> list[DateMention]:
    """Date phrases, resolved against the publication date and against the dates before them.

    A month and day takes the year of the publication date where that is known (the year before, if the day
    would otherwise lie more than a month after publication); else the year that the text itself gave last
    in the same paragraph's narrative; else it stays ``--MM-DD``. 当天 takes the last day that was named.
    """
    reader = _Reader(published)
    return [reader.read(match) for match in _DATE.finditer(text)]


class _Reader:
    def __init__(self, published: str | None) -> None:
        known = published or ""
        self.published = known if re.fullmatch(r"\d{4}-\d{2}-\d{2}", known) else None
        self.year: int | None = int(known[:4]) if re.match(r"\d{4}", known) else None
        self.month: int | None = int(known[5:7]) if re.match(r"\d{4}-\d{2}", known) else None
        self.context_year: int | None = None
        self.last_day: str | None = None
        self.last_month: str | None = None

    def read(self, match: re.Match[str]) -> DateMention:
        value = self._value(match)
        if value and re.search(r"\d{2}-\d{2}$", value):
            self.last_day = value
        return DateMention(match.start(), match.end(), value, match.group())

    def _value(self, m: re.Match[str]) -> str | None:
        if m["y"]:
            self.context_year = int(m["y"])
            self.last_month = f"{m['y']}-{int(m['m']):02d}"
            return f"{self.last_month}-{int(m['d']):02d}"
        if m["y2"]:
            self.context_year = int(m["y2"])
            self.last_month = f"{m['y2']}-{int(m['m2']):02d}"
            return self.last_month
        if m["m3"]:
            return self._month_day(m["rel"], int(m["m3"]), int(m["d3"]))
        if m["y4"]:
            self.context_year = int(m["y4"])
            return m["y4"]
        if m["rel5"] or m["m8"]:
            return self._month(m["rel5"], int(m["m5"] or m["m8"]))
        if m["d6"]:
            return self._day(int(m["d6"]))
        if m["word"]:
            return self._relative_day(m["word"])
        if m["rel9"] and self.year:
            return str(self.year + _YEAR_SHIFT[m["rel9"]])
        return None

    def _year_of(self, relative: str | None) -> int | None:
        if relative in ("当年", "同年", "次年") and self.context_year:
            return self.context_year + (relative == "次年")
        if relative in _YEAR_SHIFT:
            return self.year + _YEAR_SHIFT[relative] if self.year else None
        return self.context_year or self.year

    def _month_day(self, relative: str | None, month: int, day: int) -> str:
        year = self._year_of(relative)
        if year is None:
            self.last_month = None
            return f"--{month:02d}-{day:02d}"
        if not relative and self.context_year is None and self.month and month > self.month + 1:
            year -= 1  # a December day read in a January page is last year's
        self.last_month = f"{year}-{month:02d}"
        return f"{year}-{month:02d}-{day:02d}"

    def _month(self, relative: str | None, month: int) -> str | None:
        year = self._year_of(relative)
        if year is None:
            return None
        self.last_month = f"{year}-{month:02d}"
        return self.last_month

    def _day(self, day: int) -> str | None:
        if self.last_month:
            return f"{self.last_month}-{day:02d}"
        if self.last_day and self.last_day.startswith("--"):
            return f"{self.last_day[:4]}-{day:02d}"
        if self.published and day <= int(self.published[8:]):
            return f"{self.published[:8]}{day:02d}"
        return None

    def _relative_day(self, word: str) -> str | None:
        if word in _SAME_DAY:
            return self.last_day
        if word in _DAY_SHIFT and self.published:
            day = int(self.published[8:]) + _DAY_SHIFT[word]
            return f"{self.published[:8]}{day:02d}" if day >= 1 else None
        return None
