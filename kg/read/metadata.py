"""What a page says about itself in its text: title, publisher and date of publication."""

from __future__ import annotations

import datetime
import re

_SENTENCE_END = re.compile(r"[。；;]")
#: Lines at the top and at the bottom in which a page dates itself.
HEAD_LINES = 12
TAIL_LINES = 4
#: A line that dates the page is short; a long one is a paragraph of the story.
MAX_DATE_LINE = 60
_YEAR = r"(?P<y>(?:19|20)\d{2})"
_MONTH = r"(?P<m>0?[1-9]|1[0-2])"
_DAY = r"(?P<d>[12]\d|3[01]|0?[1-9])(?!\d)"
FULL_DATE = re.compile(rf"(?<!\d){_YEAR}\s*[-/.．年]\s*{_MONTH}\s*[-/.．月]\s*{_DAY}")
MONTH_DATE = re.compile(rf"(?<!\d){_YEAR}\s*年\s*{_MONTH}\s*月(?!\s*\d)")
#: 时间：11-18 09:26 and a bare 12-30 09:12
SHORT_DATE = re.compile(rf"(?<![\d-]){_MONTH}-{_DAY}(?=\s+\d{{1,2}}:\d{{2}})")
#: A label that makes the date behind it the date of publication.
LABEL = re.compile(r"(?:发布|发表|发稿|更新|刊发|出版|编辑)?(?:时间|日期|于)\s*[：:]\s*")
#: 本报8月9日讯, 哈尔滨5月20日电, 高新区5月7日消息, 2023年2月28日电
DATELINE = re.compile(
    rf"(?:(?<!\d){_YEAR}\s*年\s*)?(?<!\d){_MONTH}\s*月\s*{_DAY}\s*日\s*(?:下午|上午|晚间|晚|凌晨)?\s*(?:电|讯|消息|报道)(?![^\s　（(，,：:】\]]{{0,3}}[显说称])"
)
#: A line that is nothing but place or medium and date, and no date of the event: not 2018年6月7日，伊春
_EVENT_LINE = re.compile(r"日?[，,][^，,。]{1,8}$")
_YEAR_WORD = re.compile(rf"(?<!\d){_YEAR}(?=年|[\u4e00-\u9fff])")
_SOURCE = re.compile(r"(?:稿件|文章|信息)?来源\s*[：:]\s*([^\s　，,。|｜；;）)】\]]{2,30})")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_TITLE_MIN, _TITLE_MAX = 5, 80


def normalise_date(text: str) -> str | None:
    """The first date in a string of the page's head (``2024-11-15T09:26+08:00``) as ISO date, or None."""
    match = FULL_DATE.search(text)
    return _iso(match) if match else None


def _iso(match: re.Match[str]) -> str | None:
    """ISO form of a match; None for a day that no calendar has."""
    parts = match.groupdict()
    year, month, day = parts.get("y"), int(parts["m"]), parts.get("d")
    if day is None:
        return f"{year}-{month:02d}"
    try:
        datetime.date(int(year or 2000), month, int(day))
    except ValueError:
        return None
    return f"{year or '-'}-{month:02d}-{int(day):02d}"


def find_published(text: str, *, lead: str = "") -> str | None:
    """Date of publication, as partial as the page leaves it (2025-05-28, 2011-09, --05-28), or None.

    Looked for in this order: a labelled date or a date line at the top (or in ``lead``, text of the page
    outside the article) and at the bottom; a dateline (本报8月9日讯), which takes its year from the first
    sentence only where that sentence dates the event itself. The year is never guessed.
    """
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    head = [line.strip() for line in lead.split("\n") if line.strip()] + lines[:HEAD_LINES]
    found = _date_line(head) or _date_line(lines[-TAIL_LINES:], bottom=True)
    if found:
        return found
    return _dateline(lines)


def _date_line(lines: list[str], *, bottom: bool = False) -> str | None:
    partial = None
    for line in lines:
        if len(line) > MAX_DATE_LINE and not LABEL.search(line):
            continue
        label = LABEL.search(line)
        if label:
            rest = line[label.end():]
            for pattern in (FULL_DATE, SHORT_DATE, MONTH_DATE):
                match = pattern.match(rest)
                if match and (iso := _iso(match)):
                    return iso
        if "。" in line:
            continue
        match = FULL_DATE.search(line)
        if match and _alone(line, match, bottom=bottom) and (iso := _iso(match)):
            return iso
        if not bottom:
            match = SHORT_DATE.search(line)
            if match and partial is None:
                partial = _iso(match)
            match = MONTH_DATE.fullmatch(line)
            if match and partial is None:
                partial = _iso(match)
    return partial


def _alone(line: str, match: re.Match[str], *, bottom: bool) -> bool:
    """Is the date the matter of the line, with at most a time, a medium or counters beside it?"""
    if _EVENT_LINE.search(line):
        return False
    rest = (line[:match.start()] + " " + line[match.end():]).strip()
    if bottom:
        return len(_HAN.findall(rest)) <= 8 and not re.search(r"[，,：:]", rest)
    parts = [part for part in re.split(r"[\s　|｜]+", rest) if part]
    return all(len(_HAN.findall(part)) <= 14 for part in parts) and not re.search(r"[，、；！？]", rest)


def _dateline(lines: list[str]) -> str | None:
    for number, line in enumerate(lines[:HEAD_LINES]):
        match = DATELINE.search(line[:60])
        if not match:
            continue
        iso = _iso(match)
        if iso is None or not iso.startswith("--"):
            return iso
        following = line[match.end():] or (lines[number + 1] if number + 1 < len(lines) else "")
        sentence = _SENTENCE_END.split(following.strip(), maxsplit=1)[0]
        year = _year_of_event(sentence, int(match["m"]))
        return f"{year}{iso[1:]}" if year else iso
    return None


def _year_of_event(sentence: str, month: int) -> str | None:
    """The year that the first sentence gives to the event it reports, where it gives just one."""
    years = {match["y"] for match in _YEAR_WORD.finditer(sentence)}
    if len(years) != 1:
        return None
    dated = FULL_DATE.search(sentence)
    if dated and int(dated["m"]) != month:
        return None
    return years.pop()


def find_title(text: str, blocked: tuple[tuple[int, int], ...] = ()) -> str | None:
    """The first line outside ``blocked`` that reads like a heading; None where the page begins with its story."""
    at = 0
    for line in text.split("\n"):
        start, at = at, at + len(line) + 1
        stripped = line.strip()
        if not stripped or any(a <= start and start + len(line) <= b for a, b in blocked):
            continue
        if len(_HAN.findall(stripped)) < _TITLE_MIN:
            if FULL_DATE.search(stripped):
                continue
        if len(stripped) <= _TITLE_MAX and not stripped.endswith(("。", "；", "，")):
            return stripped
        return None
    return None


def find_publisher(text: str) -> str | None:
    """The medium that a source line names (来源：湖南日报), or None; 本网 and its like name nobody."""
    for line in text.split("\n"):
        if len(line) <= 2 * MAX_DATE_LINE:
            match = _SOURCE.search(line)
            if match and not re.match(r"本[网报站刊]|未知|网络|综合|互联网|作者|浏览|点击|发布", match[1]):
                return match[1]
    return None
