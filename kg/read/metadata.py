"""What a page says about itself in its text: title, publisher and date of publication."""

from __future__ import annotations

import datetime
import re

from kg.read.numbers import parse_whole

#: Lines at the top and at the bottom in which a page dates itself.
HEAD_LINES = 12
TAIL_LINES = 4
#: Lines that are nothing but a date (and a medium) stand among the first.
DATE_LINES = 6
#: A line that dates the page is short; a long one is a paragraph of the story.
MAX_DATE_LINE = 60

_HAN = re.compile(r"[\u4e00-\u9fff]")
_YEAR = r"(?P<y>(?:19|20)\d{2})"
_MONTH = r"(?P<m>0?[1-9]|1[0-2])"
_DAY = r"(?P<d>[12]\d|3[01]|0?[1-9])(?!\d)"
_DAYTIME = r"(?:下午|上午|中午|晚间|晚|凌晨|清晨)"
FULL_DATE = re.compile(rf"(?<!\d){_YEAR}\s*[-/.年]\s*{_MONTH}\s*[-/.月]\s*{_DAY}")
MONTH_DATE = re.compile(rf"(?<!\d){_YEAR}\s*年\s*{_MONTH}\s*月(?!\s*\d)")
#: 23-03-25 09:12
YEAR_OF_CENTURY = re.compile(rf"(?<![\d-])(?P<yy>[0-4]\d)-(?P<m>0[1-9]|1[0-2])-{_DAY}(?=\s+\d{{1,2}}:\d{{2}})")
#: 时间：11-18 09:26 and a bare 12-30 09:12
SHORT_DATE = re.compile(rf"(?<![\d-]){_MONTH}-{_DAY}(?=\s+\d{{1,2}}:\d{{2}})")
#: A label that makes the date behind it the date of publication.
LABEL = re.compile(
    r"(?<![\u4e00-\u9fff])(?:"
    r"(?:发布|发表|发稿|更新|刊发|出版|成文|发文|公开|印发|回复|答复|访谈|采访)(?:时间|日期)"
    r"|(?:发布|编发|编印|刊发)(?=[：:\s]*\d{4})"
    r"|(?:时间|日期)(?=[：:\s]*(?:[\d.-]{5}|\d{4}年\d{1,2}月\d{1,2}日(?!.*地点)))"
    r")\s*[：:]\s*"
)
#: 本文2023年8月30日发布, at the end of a line or in brackets
_ISSUED = re.compile(rf"{FULL_DATE.pattern}日(?:发布|刊发|发表|刊载|推送)(?=[)）]|$)")
#: Year, day and time on lines of their own, as some news sites print them
_APART = re.compile(r"^((?:19|20)\d{2})\s*\n\s*(\d{2})/(\d{2})\s*\n\s*\d{2}:\d{2}", re.M)
#: 二〇二二年七月二十九日
_CHINESE_DATE = re.compile(
    r"(二[〇零○][〇零○一二三四五六七八九]{2})年([一二三四五六七八九十]{1,2})月([一二三四五六七八九十]{1,3})日"
)
#: Who wrote it, beside a date: 作者：甲、乙
_BYLINE = re.compile(r"(?:作者|记者|通讯员|编辑|责编|文|图)\s*[：:]\s*[^\s　|｜]{2,20}")
#: 本报8月9日讯, 哈尔滨5月20日电, 2023年2月28日电; or the other way round 汉讯 6月11日
DATELINE = re.compile(
    rf"(?:(?<!\d){_YEAR}\s*年\s*)?(?<!\d){_MONTH}\s*月\s*{_DAY}\s*日\s*{_DAYTIME}?\s*"
    r"(?:电|讯|消息|报道)(?!显示|称|说)"
)
_DATELINE_TURNED = re.compile(
    rf"^\s*[\u4e00-\u9fff]{{1,6}}(?:讯|电)\s+(?:{_YEAR}\s*年\s*)?{_MONTH}\s*月\s*{_DAY}\s*日\s"
)
#: Dates at the start of a story that are the story's own: （2025年2月25日）, （南通 2023年11月1日）, and those
#: of press releases: 2021年7月28日，苏州——, 上海2021年3月15日 /某某通讯社/
_OPENING = re.compile(
    r"^\s*(?:[\u4e00-\u9fff]{2,6}讯)?\s*"
    rf"(?:[（(][\u4e00-\u9fff\s]{{0,8}}{_YEAR}\s*年\s*{_MONTH}\s*月\s*{_DAY}\s*日[）)]"
    r"|(?P<y2>(?:19|20)\d{2})\s*年\s*(?P<m2>\d{1,2})\s*月\s*(?P<d2>\d{1,2})\s*日，"
    r"[\u4e00-\u9fff]{2,4}(?:——|。)"
    rf"|[\u4e00-\u9fff、]{{2,14}}(?P<y3>(?:19|20)\d{{2}})年(?P<m3>\d{{1,2}})月(?P<d3>\d{{1,2}})日\s*/[^/\n]{{2,16}}/)"
)
#: The reporter was there: 2023年4月，记者在…
_REPORTER = re.compile(rf"(?<!\d){_YEAR}\s*年\s*{_MONTH}\s*月(?:\s*{_DAY}\s*日)?，记者(?:在|走进|来到|见到)")
#: A line of place and date that tells when the event was, not the publication: 2018年6月7日，伊春
_EVENT_LINE = re.compile(r"日?[，,][^，,。]{1,8}$")
#: Who signs an announcement, before its date: 某某股份有限公司董事会
_SIGNATURE = re.compile(r"^[^，。；：、]*(?:董事会|监事会|委员会|人民政府|办公室|公司|局)$")
#: Labels of other dates than the page's: 活动时间：
_OTHER_DATE = re.compile(r"(?<!发布|发表|更新|披露|公告)(?:时间|日期)\s*[：:]|地点|截[至止]")
#: The name of an event with its year, and that it took place: 2018年第二批重点项目集中开工活动在此举行
_EVENT_YEAR = re.compile(
    rf"(?<!\d){_YEAR}年?[^，。；、\d]{{1,40}}(?:活动|仪式|大会|会议|论坛|推介会|博览会|洽谈会|发布会|年会|峰会|开工)"
    r"[^，。；]{0,12}(?:举行|召开|举办|开幕|启动|开工)"
)
#: A figure for the months of the running year dates the page: 2025年前4月, in May.
_RUNNING_YEAR = re.compile(rf"(?<!\d){_YEAR}年(?:前|1[-—至到])(?P<n>\d{{1,2}})个?月")
_MAX_LAG = 3

_SOURCE = re.compile(r"(?:稿件|文章|信息|素材)?来源\s*[：:]\s*([^\s　，,。|｜；;（(）)】\]]{2,30})")
_NOBODY = re.compile(r"本[网报站刊]|未知|网络|综合|互联网|作者|浏览|点击|发布|原创|转载")
_NO_MEDIUM = re.compile(r"[：:]|小编|供稿|消息")
_MEDIUM = re.compile(
    r"^\s*([\u4e00-\u9fff]{2,6}?(?:日报|晚报|晨报|商报|时报|早报|快报|都市报|导报|周报|新闻网|广播网)"
    r"|中新网|央广网|人民网|新华网|新华社|中新社)(?=.{0,12}\d{1,2}月\d{1,2}日)"
)
_TITLE_MIN, _TITLE_MAX = 5, 80
#: Lines above the title of an announcement, and the second half of such a title.
_CODES = re.compile(r"证券代码|股票代码|公告编号|证券简称")
_ABOUT = re.compile(r"^关于")
_SENTENCE_END = re.compile(r"[。；;]")


def normalise_date(text: str) -> str | None:
    """The first date in a string of the page's head (``2024-11-15T09:26+08:00``) as ISO date, or None."""
    match = FULL_DATE.search(text)
    return _iso(match["y"], match["m"], match["d"]) if match else None


def _iso(year: str | None, month: str, day: str | None) -> str | None:
    """ISO form of a partial date; None for a day that no calendar has."""
    if day is None:
        return f"{year}-{int(month):02d}" if year else None
    try:
        datetime.date(int(year or 2000), int(month), int(day))
    except ValueError:
        return None
    return f"{year or '-'}-{int(month):02d}-{int(day):02d}"


def _iso_of(match: re.Match[str]) -> str | None:
    parts = match.groupdict()
    year = f"20{parts['yy']}" if parts.get("yy") else parts.get("y")
    return _iso(year, parts["m"], parts.get("d"))


def find_published(text: str, *, lead: str = "") -> str | None:
    """Date of publication, as partial as the page leaves it (2025-05-28, 2011-09, --05-28), or None.

    Looked for in this order: a labelled date or a date line at the top (or in ``lead``, text of the page
    outside the article) and at the bottom; a dateline (本报8月9日讯) or a date that opens the story; the
    reporter's visit. A dateline takes its year from the page only where that fixes it; it is never guessed.
    """
    text = _APART.sub(r"\1-\2-\3", _CHINESE_DATE.sub(_in_digits, text))
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    head = [line.strip() for line in lead.split("\n") if line.strip()] + lines[:HEAD_LINES]
    return (
        _date_line(head)
        or _date_line(lines[-TAIL_LINES:], bottom=True)
        or _dateline(lines, text)
        or _visit(lines)
    )


def _in_digits(date: re.Match[str]) -> str:
    """A date in Chinese numerals as 2022年7月29日."""
    year, month, day = map(parse_whole, date.groups())
    return f"{year}年{month}月{day}日"


def _date_line(lines: list[str], *, bottom: bool = False) -> str | None:
    """The date of the first line that says of its date that it is the page's, else of one that dates the page.

    One without a year only if no other is there.
    """
    for line in lines:
        label = LABEL.search(line) if len(line) <= 2 * MAX_DATE_LINE else None
        if label:
            for pattern in (FULL_DATE, SHORT_DATE, MONTH_DATE):
                match = pattern.match(line, label.end())
                if match and (iso := _iso_of(match)):
                    return iso
        issued = _ISSUED.search(line)
        if issued and (iso := _iso_of(issued)):
            return iso
    partial = None
    for line in lines:
        if len(line) > MAX_DATE_LINE or "。" in line:
            continue
        match = FULL_DATE.search(line) or YEAR_OF_CENTURY.search(line)
        if match and _alone(line, match, bottom=bottom) and (iso := _iso_of(match)):
            return iso
        if not bottom and partial is None:
            match = SHORT_DATE.search(line) or MONTH_DATE.fullmatch(line)
            partial = _iso_of(match) if match else None
    return partial


def _alone(line: str, match: re.Match[str], *, bottom: bool) -> bool:
    """Is the date the matter of the line, with at most a time, a medium or counters beside it?"""
    rest = _beside(line, match)
    if _EVENT_LINE.search(line) or _OTHER_DATE.search(rest):
        return False
    if bottom:
        if line.rstrip("日 ").endswith(match[0]) and _SIGNATURE.search(rest):
            return True
        return len(_HAN.findall(rest)) <= 8 and not re.search(r"[，,：:]", rest)
    parts = re.split(r"[\s　|｜]+", rest)
    return all(len(_HAN.findall(part)) <= 14 for part in parts) and not re.search(r"[，、；！？]", rest)


def _beside(line: str, match: re.Match[str]) -> str:
    """A line without its date."""
    rest = line[:match.start()] + " " + line[match.end():].removeprefix("日")
    return _BYLINE.sub("", rest).strip()


def is_date_line(line: str, number: int) -> bool:
    """Does a line only date the page: a date, with a medium, a time or a counter beside it?

    ``number`` is the line's place: further down it may be a row of a chronicle, unless it is in brackets.
    """
    if len(line) > MAX_DATE_LINE or "。" in line:
        return False
    bracketed = line[0] in "（(" and line[-1] in "）)"
    line = line.strip("（()）")
    match = FULL_DATE.search(line) or MONTH_DATE.fullmatch(line)
    if match is None or not (number < DATE_LINES or bracketed):
        return False
    if re.search(r"[（(][^（）()]*$", line[:match.start()]):
        return False  # a heading with the date in brackets
    return _alone(line, match, bottom=bracketed)


def _dateline(lines: list[str], text: str) -> str | None:
    for number, line in enumerate(lines[:HEAD_LINES]):
        opening = _OPENING.search(line)
        if opening:
            year, month, day = filter(None, opening.groups())  # those of the one form that matched
            return _iso(year, month, day)
        match = DATELINE.search(line[:MAX_DATE_LINE]) or _DATELINE_TURNED.search(line)
        if not match:
            continue
        iso = _iso_of(match)
        if iso is None or not iso.startswith("--"):
            return iso
        story = line[match.end():] or (lines[number + 1] if number + 1 < len(lines) else "")
        sentence = _SENTENCE_END.split(story.strip(), maxsplit=1)[0]
        month = int(match["m"])
        year = _year_of_event(sentence, month) or _running_year(text, month)
        return f"{year}{iso[1:]}" if year else iso
    return None


def _year_of_event(sentence: str, month: int) -> str | None:
    """The year that the first sentence gives to what it reports: with the month, or in the event's name.

    A year beside a figure (去年, 2023年产值) is not it.
    """
    years = {match["y"] for match in FULL_DATE.finditer(sentence) if int(match["m"]) == month}
    years |= {match["y"] for match in _EVENT_YEAR.finditer(sentence)}
    return years.pop() if len(years) == 1 else None


def _running_year(text: str, month: int) -> str | None:
    """The year of a figure for the first months of the year, if it ends shortly before ``month``."""
    years = {match["y"] for match in _RUNNING_YEAR.finditer(text) if 0 < month - int(match["n"]) <= _MAX_LAG}
    return years.pop() if len(years) == 1 else None


def _visit(lines: list[str]) -> str | None:
    for line in lines:
        match = _REPORTER.search(line)
        if match:
            return _iso_of(match)
    return None


def find_title(text: str, blocked: tuple[tuple[int, int], ...] = ()) -> str | None:
    """The first line outside ``blocked`` that reads like a heading; None where the story begins at once."""
    at = 0
    company = None
    for line in text.split("\n"):
        start, end = at, at + len(line)
        at = end + 1
        title = line.strip()
        if not title or _CODES.search(title) or any(a <= start and end <= b for a, b in blocked):
            continue
        if company and _ABOUT.search(title):
            return company + title
        if company:
            return company
        if len(title) > _TITLE_MAX or title.endswith(("。", "；", "，")) or _dates_story(title):
            return None
        if not title.endswith("公司"):
            return title
        company = title
    return company


def _dates_story(line: str) -> bool:
    return len(_HAN.findall(line)) < _TITLE_MIN and FULL_DATE.search(line) is not None


def find_publisher(text: str, *, lead: str = "") -> str | None:
    """The medium that a source line, a date line or a dateline names, or None (本网 names nobody)."""
    lines = [line.strip() for line in f"{lead}\n{text}".split("\n") if line.strip()]
    for line in lines:
        match = _SOURCE.search(line) if len(line) <= 2 * MAX_DATE_LINE else None
        if match and not _NOBODY.match(match[1]):
            return match[1]
    for number, line in enumerate(lines[:DATE_LINES]):
        date = FULL_DATE.search(line)
        if date and number and is_date_line(line, number):
            for part in re.split(r"[\s　|｜]+", _beside(line, date)):
                if len(_HAN.findall(part)) >= 3 and not _NOBODY.match(part) and not _NO_MEDIUM.search(part):
                    return part
    for line in lines[:HEAD_LINES]:
        match = _MEDIUM.search(line)
        if match:
            return match[1]
    return None
