"""Dates in running text, as partial as the text leaves them.

jionlp's ``parse_time`` was tried: it fills a missing year from today's date, which the annotation guidelines
forbid, and a month-day without a year (xsd:gMonthDay) has no form in its result.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from kg.read.numbers import parse_whole

_Y = r"(?:(?:19|20)\d{2}|(?:一九|二[零〇○])[零〇○一二三四五六七八九]{2})"
_M = r"1[0-2]|0?[1-9]|十[一二]|[一二三四五六七八九十]"
_D = r"3[01]|[12]\d|0?[1-9]|三十一?|二?十[一二三四五六七八九]?|[一二三四五六七八九]"
#: The day that opens a range (6月12-14日) has its 日 at the end of the range.
_DAY_MARK = r"(?:\s*(?:日|号)|(?=\s*[-—–~～至到]\s*\d{1,2}\s*(?:日|号)))"
_FULL = (
    rf"(?<!\d)(?P<y>{_Y})\s*(?:(?P<han>年)|[-./])\s*(?P<m>{_M})\s*(?(han)月|[-./])"
    rf"\s*(?P<d>{_D})(?!\d)(?:\s*(?:日|号))?"
)
_MONTH = rf"(?<!\d)(?P<y2>{_Y})\s*年\s*(?P<m2>{_M})\s*月(?:份)?"
_MONTH_DAY = (
    r"(?:(?P<rel>今年|去年|前年|次年|当年|明年|同年)\s*)?"
    rf"(?<![\d.十])(?P<m3>{_M})\s*月\s*(?P<d3>{_D}){_DAY_MARK}"
)
_YEAR = rf"(?<!\d)(?P<y4>{_Y})\s*年"
_REL_MONTH = r"(?P<rel5>今年|去年|前年|当年|同年)\s*(?P<m5>1[0-2]|0?[1-9])\s*月(?:份)?"
_DAY = (
    r"(?:(?P<rel6>本月|当月|上个?月)\s*)?(?<![\d.])(?P<d6>3[01]|[12]\d|0?[1-9])\s*日"
    r"(?=[，,、上下早中晚在，由从讯电的]|$|[\u4e00-\u9fff])"
)
_WEEKDAYS = "一二三四五六日天"
_REL_DAY = (
    r"(?P<word>今天|今日|昨天|昨日|前天|当天|当日|同日|次日|翌日|本日|日前|近日|本月|上个?月)"
    rf"|(?P<week>本周|上周)(?P<weekday>[{_WEEKDAYS}])"
)
#: Not the last month of a range (1-6月), which is a half-year.
_MONTH_ONLY = r"(?<![\d.年\-—–~～至到])(?P<m8>1[0-2]|[1-9])月(?:份)?(?!\d)"
_REL_YEAR = r"(?P<rel9>今年|去年|前年)"
_DATE = re.compile(
    "|".join(
        f"(?:{p})"
        for p in (_FULL, _MONTH, _MONTH_DAY, _YEAR, _REL_MONTH, _DAY, _REL_DAY, _MONTH_ONLY, _REL_YEAR)
    )
)
#: The year that a specific event bears in its name: 2023…推介会, 暨2024年…论坛, 召开2024年…大会, or in the headline.
_EVENT_YEAR = re.compile(
    rf"(?:(?:[“”\"《暨届]|召开|举办|举行|\A(?:.{{0,80}}\n{{1,3}})?.{{0,30}}?)\s{{0,3}}(?P<a>{_Y})年?|(?<!\d)(?P<b>{_Y})(?![\d\s年\-./]))"
    r"[^，。；：！？\n]{0,30}?(?:大会|论坛|推介会|推介活动|博览会|峰会|洽谈会|交流会|对接会|年会|展览会"
    r"|招商会|恳谈会|研讨会|药博会|健博会|大赛|集中签约|签约仪式|签约活动)"
)
#: The one year of a heading dates what the page tells by month and day (122 of 134): 大事记（2022年）. A yearbook tells
#: of the year before.
_HEADING = re.compile(r"\s*(?!.*年鉴)(?P<line>[^。！？\n]{6,60})\n")
_HEADING_YEAR = re.compile(rf"(?<!\d){_Y}(?!\d)")
_LONG_AGO = "年前的"
_FULL_LENGTH = len("2024-01-31")
_SENTENCE_END = re.compile(r"[。！？\n]")

_YEAR_SHIFT = {"今年": 0, "去年": -1, "前年": -2, "明年": 1}
_DAY_SHIFT = {"今天": 0, "今日": 0, "本日": 0, "昨天": -1, "昨日": -1, "前天": -2}
_SAME_DAY = {"当天", "当日", "同日"}
_NEXT_DAY = {"次日", "翌日"}


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date phrase at [start, end); ``value`` is ISO 8601, partial, or None where nothing fixes it."""

    start: int
    end: int
    value: str | None
    phrase: str


def find_dates(text: str, *, published: str | None = None) -> list[DateMention]:
    """Date phrases, resolved against the publication date and against the dates before them.

    A month and day takes the year that the same paragraph gave last (a bare year holds only to the end of its
    sentence where the page is dated, and no year after publication counts); else the year of the publication
    date (the year before, if the day would otherwise lie more than a month after publication); else, in a page
    whose date has none, the year that its only dated event bears in its name, or that of its heading; else it stays
    ``--MM-DD``. A day alone takes the month that the paragraph gave last, else it is the latest such day before
    publication. 当天 takes the last day that was named. Days that no calendar has (2月30日) have no value.
    """
    reader = _Reader(text, published)
    return [reader.read(match) for match in _DATE.finditer(text)]


def _event_year(text: str) -> int | None:
    years = {parse_whole(m["a"] or m["b"]) for m in _EVENT_YEAR.finditer(text)}
    return years.pop() if len(years) == 1 else None


def _heading_year(text: str) -> int | None:
    heading = _HEADING.match(text)
    years = {parse_whole(year) for year in _HEADING_YEAR.findall(heading["line"])} if heading else set()
    return years.pop() if len(years) == 1 else None


class _Reader:
    def __init__(self, text: str, published: str | None) -> None:
        known = published or ""
        self.text = text
        self.known = known
        self.published = _calendar_day(known)
        self.year: int | None = int(known[:4]) if re.match(r"(?!0000)\d{4}", known) else None
        month_known = self.year is not None and re.match(r"\d{4}-(?:0[1-9]|1[0-2])(?!\d)", known)
        self.month: int | None = int(known[5:7]) if month_known else None
        self.dated = self.year is not None
        if self.year is None:
            self.year = _event_year(text) or _heading_year(text)
        self.at = 0
        self.named_year: int | None = None  # last year named anywhere, for 当年
        self.context_year: int | None = None  # last year named in this paragraph
        self.context_is_bare = False
        self.last_day: str | None = None
        self.last_month: str | None = None
        self.month_is_near = False  # whether last_month was named in this paragraph

    def read(self, match: re.Match[str]) -> DateMention:
        self._move_to(match.start())
        value = self._value(match)
        if value and (value.startswith("--") or len(value) == _FULL_LENGTH):
            value = value if _exists(value) else None
            self.last_day = value or self.last_day
        return DateMention(match.start(), match.end(), value, match.group())

    def _move_to(self, at: int) -> None:
        """Forget what the end of a sentence or paragraph ends."""
        for mark in _SENTENCE_END.finditer(self.text, self.at, at):
            if mark[0] == "\n":
                self.context_year, self.month_is_near = None, False
            elif self.context_is_bare and self.dated:
                self.context_year = None
        self.at = at

    def _name_year(self, year: int, *, bare: bool) -> None:
        self.named_year = self.context_year = year
        self.context_is_bare = bare

    def _name_month(self, month: str | None) -> None:
        self.last_month, self.month_is_near = month, month is not None

    def _value(self, m: re.Match[str]) -> str | None:
        if m["y"]:
            self._name_year(parse_whole(m["y"]), bare=False)
            self._name_month(f"{self.named_year}-{parse_whole(m['m']):02d}")
            return f"{self.last_month}-{parse_whole(m['d']):02d}"
        if m["y2"]:
            self._name_year(parse_whole(m["y2"]), bare=False)
            self._name_month(f"{self.named_year}-{parse_whole(m['m2']):02d}")
            return self.last_month
        if m["m3"]:
            month, day = parse_whole(m["m3"]), parse_whole(m["d3"])
            if self.text.endswith(_LONG_AGO, 0, m.start()):  # 几年前的11月1日
                return f"--{month:02d}-{day:02d}"
            return self._month_day(m["rel"], month, day)
        if m["y4"]:
            self._name_year(parse_whole(m["y4"]), bare=True)
            return str(self.named_year)
        if m["rel5"] or m["m8"]:
            return self._month(m["rel5"], int(m["m5"] or m["m8"]))
        if m["d6"]:
            return self._day(m["rel6"], int(m["d6"]))
        if m["week"]:
            return self._day_of_week(m["week"], _WEEKDAYS.index(m["weekday"]))
        if m["word"]:
            return self._relative_day(m["word"])
        if m["rel9"] and self.year:
            return str(self.year + _YEAR_SHIFT[m["rel9"]])
        return None

    def _near_year(self) -> int | None:
        """The year that this paragraph gave, unless it lies after publication."""
        if self.dated and self.year and self.context_year and self.context_year > self.year:
            return None
        return self.context_year

    def _year_of(self, relative: str | None) -> int | None:
        if relative in ("当年", "同年", "次年") and self.named_year:
            return self.named_year + (relative == "次年")
        if relative in _YEAR_SHIFT:
            return self.year + _YEAR_SHIFT[relative] if self.year else None
        return self._near_year() or self.year

    def _month_day(self, relative: str | None, month: int, day: int) -> str:
        year = self._year_of(relative)
        if year is None:
            self._name_month(None)
            return f"--{month:02d}-{day:02d}"
        if not relative and self._near_year() is None and self.month and month > self.month + 1:
            year -= 1  # a December day read in a January page is last year's
        self._name_month(f"{year}-{month:02d}")
        return f"{year}-{month:02d}-{day:02d}"

    def _month(self, relative: str | None, month: int) -> str | None:
        year = self._year_of(relative)
        if year is None:
            return None
        self._name_month(f"{year}-{month:02d}")
        return self.last_month

    def _day(self, relative: str | None, day: int) -> str | None:
        if relative and relative != "当月":
            return self._day_of_near_month(day, back=relative != "本月")
        if self.last_month and (self.month_is_near or not self.published):
            return f"{self.last_month}-{day:02d}"
        if self.last_day and self.last_day.startswith("--"):
            return f"{self.last_day[:4]}-{day:02d}"
        if self.published is None:
            return None
        return self._day_of_near_month(day, back=day > self.published.day)

    def _day_of_near_month(self, day: int, *, back: bool) -> str | None:
        """A day of the month of publication, or of the month before."""
        month = self._near_month(back=back)
        return f"{month}-{day:02d}" if month else None

    def _near_month(self, *, back: bool) -> str | None:
        """The month of publication, or the one before; it is then the month last named."""
        if self.year is None or self.month is None:
            return None
        first = date(self.year, self.month, 1)
        self._name_month(f"{first - timedelta(days=1) if back else first:%Y-%m}")
        return self.last_month

    def _day_of_week(self, week: str, weekday: int) -> str | None:
        if self.published is None:
            return None
        monday = self.published - timedelta(days=self.published.weekday() + (7 if week == "上周" else 0))
        return str(monday + timedelta(days=min(weekday, 6)))

    def _relative_day(self, word: str) -> str | None:
        if word in _SAME_DAY:
            return self.last_day
        if word in _NEXT_DAY:
            return _shifted(self.last_day, 1)
        if word.endswith("月"):
            return self._near_month(back=word != "本月")
        if word not in _DAY_SHIFT:
            return None
        if self.known:
            return _shifted(self.known, _DAY_SHIFT[word])
        return str(self.year) if self.year else None


def _shifted(day: str | None, days: int) -> str | None:
    """A day some days on; of --MM-DD too, but not across the end of a February."""
    if not day or not day.startswith("--"):
        known = _calendar_day(day or "")
        return str(known + timedelta(days=days)) if known else None
    common, leap = _calendar_day(f"2023{day[1:]}"), _calendar_day(f"2024{day[1:]}")
    if common is None or leap is None:
        return None
    moved = {f"--{known + timedelta(days=days):%m-%d}" for known in (common, leap)}
    return moved.pop() if len(moved) == 1 else None


def _calendar_day(text: str) -> date | None:
    """The day of a full ISO date; None for a partial one and for a day that does not exist."""
    try:
        return date.fromisoformat(text) if len(text) == _FULL_LENGTH else None
    except ValueError:
        return None


def _exists(value: str) -> bool:
    """Whether the calendar has the day YYYY-MM-DD or --MM-DD (29 February exists in some year)."""
    return _calendar_day(value.replace("--", "2000-") if value.startswith("--") else value) is not None
