"""Dates in running text: read as an attentive reader reads them, and nothing made up."""

from __future__ import annotations

import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kg.extract.dates import find_dates
from kg.extract.measures import find_measures


def values(text: str, published: str | None = None) -> list[str | None]:
    return [d.value for d in find_dates(text, published=published)]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2025年5月28日", "2025-05-28"),
        ("2025 年 5 月 8 日", "2025-05-08"),
        ("2025-05-28", "2025-05-28"),
        ("2025.5.28", "2025-05-28"),
        ("2025/05/28", "2025-05-28"),
        ("二〇二五年十月十三日", "2025-10-13"),
        ("二零二五年六月三十日", "2025-06-30"),
        ("2025年5月", "2025-05"),
        ("2025年5月份", "2025-05"),
        ("2025年", "2025"),
        ("5月28日", "--05-28"),
        ("五月二十八日", "--05-28"),
    ],
)
def test_dates_stay_as_partial_as_the_text_leaves_them(text: str, value: str) -> None:
    assert values(f"园区于{text}签约") == [value]


@pytest.mark.parametrize(
    "text",
    [
        "增长20.5.1倍",
        "电话2019-1234",
        "编号120190518",
        "版本1.2019.5",
        "占比3.5%",
        "3个月内",
        "12000年前",
        "5.18亿元",
    ],
)
def test_figures_are_no_dates(text: str) -> None:
    assert values(text) == []


@pytest.mark.parametrize("text", ["2025年2月30日", "4月31日", "2023年2月29日"])
def test_a_day_that_no_calendar_has_has_no_value(text: str) -> None:
    assert values(text) == [None]


def test_29_february_exists_where_the_year_is_open() -> None:
    assert values("2月29日") == ["--02-29"]


def test_no_year_is_invented() -> None:
    assert values("5月28日，园区签约。今年以来，去年，10月，今年6月，31日，昨天，近日") == [
        "--05-28", None, None, None, None, "--05-31", None, None,
    ]  # fmt: skip


def test_the_year_of_publication_dates_days_and_months() -> None:
    assert values("5月28日签约，6月投产，今年8月", "2025-06-01") == ["2025-05-28", "2025-06", "2025-08"]
    assert values("去年12月5日，前年3月，去年", "2025-06-01") == ["2024-12-05", "2023-03", "2024"]


def test_a_december_day_in_a_january_page_is_last_years() -> None:
    assert values("12月28日，双方签约", "2025-01-03") == ["2024-12-28"]
    assert values("2月3日，双方将签约", "2025-01-03") == ["2025-02-03"]


def test_a_year_holds_to_the_end_of_its_paragraph() -> None:
    text = "2019年1月3日甲医院签约，3月5日揭牌。\n1月22日，乙医院签约。"
    assert values(text) == ["2019-01-03", "2019-03-05", "--01-22"]
    assert values(text, "2024-02-01") == ["2019-01-03", "2019-03-05", "2024-01-22"]


def test_a_bare_year_in_a_dated_page_holds_to_the_end_of_its_sentence() -> None:
    assert values("2022年营收3亿元。5月8日签约", "2024-05-09") == ["2022", "2024-05-08"]
    assert values("2022年营收3亿元，5月8日签约", "2024-05-09") == ["2022", "2022-05-08"]


def test_a_planned_year_does_not_date_what_has_happened() -> None:
    assert values("新厂将于2026年建成，5月26日双方签约", "2025-07-28") == ["2026", "2025-05-26"]


def test_same_year_and_next_year_follow_the_last_year_named() -> None:
    assert values("公司2018年成立。\n当年6月入驻，次年3月8日签约，同年9月投产", "2025-06-01") == [
        "2018",
        "2018-06",
        "2019-03-08",
        "2018-09",
    ]


def test_same_day_and_next_day_follow_the_last_day_named() -> None:
    assert values("5月31日开幕，当天签约，次日闭幕", "2024-06-03") == [
        "2024-05-31",
        "2024-05-31",
        "2024-06-01",
    ]
    assert values("5月，当天") == [None, None]


@pytest.mark.parametrize(
    ("word", "published", "value"),
    [
        ("今天", "2024-03-01", "2024-03-01"),
        ("昨日", "2024-03-01", "2024-02-29"),
        ("昨天", "2024-01-01", "2023-12-31"),
        ("前天", "2023-11-01", "2023-10-30"),
        ("昨天", "--05-15", "--05-14"),
        ("昨天", "--01-01", "--12-31"),
        ("昨天", "--03-01", None),  # the day before depends on the year
        ("昨天", "2024-03", None),
        ("昨天", None, None),
        ("上周五", "2023-12-22", "2023-12-15"),
        ("本周一", "2023-12-22", "2023-12-18"),
        ("上周日", "2023-12-22", "2023-12-17"),
        ("本月6日", "2023-04-20", "2023-04-06"),
        ("上个月6日", "2023-01-20", "2022-12-06"),
        ("本月", "2023-04-20", "2023-04"),
        ("上月", "2023-01-20", "2022-12"),
        ("日前", "2023-04-20", None),
    ],
)
def test_days_told_from_the_day_of_publication(word: str, published: str | None, value: str | None) -> None:
    assert values(f"{word}，双方签约", published) == [value]


@pytest.mark.parametrize(
    ("text", "published", "found"),
    [
        ("本报30日讯 园区签约", "2024-06-30", ["2024-06-30"]),
        ("新华社31日电 园区签约", "2023-11-01", ["2023-10-31"]),
        ("本报3月31日讯 园区签约", "2024-04-01", ["2024-03-31"]),
        ("29日讯", "2023-03-01", [None]),  # neither March's nor last February's
        ("5月30日开幕，31日签约", "2024-06-20", ["2024-05-30", "2024-05-31"]),
        ("2019年8月建成。\n18日，双方签约", "2024-06-20", ["2019-08", "2024-06-18"]),
        ("5月30日开幕\n31日签约", None, ["--05-30", "--05-31"]),
    ],
)
def test_a_day_alone(text: str, published: str | None, found: list[str | None]) -> None:
    assert values(text, published) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2025年6月12日至14日", ["2025-06-12", "2025-06-14"]),
        ("2025年6月12-14日", ["2025-06-12", "2025-06-14"]),
        ("6月12—14日", ["--06-12", "--06-14"]),
        ("2025年6月30日至7月2日", ["2025-06-30", "2025-07-02"]),
        ("2024年1-6月", ["2024"]),
        ("2024年1至9月", ["2024"]),
    ],
)
def test_ranges(text: str, found: list[str]) -> None:
    assert values(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "7月13日，2021“健康之都”推介会举行",
        "7月13日，2021青禾创新大赛决赛举行",
        "7月13日，园区举行“2021年生物医药项目集中签约”仪式",
        "两家机构签约\n——青禾市2021年第三季度项目集中签约侧记\n7月13日，双方签约",
    ],
)
def test_an_event_named_after_its_year_dates_an_undated_page(text: str) -> None:
    assert "2021-07-13" in values(text)
    assert "2021-07-13" in values(text, "--07-14"), "nor does a date without a year say it"


def test_events_of_two_years_and_figures_of_a_year_date_nothing() -> None:
    assert values("7月13日签约。2021健康大会、2022健康大会")[0] == "--07-13"
    assert values("7月13日签约。2020年，全市完成诊疗190万人次")[0] == "--07-13"


@pytest.mark.parametrize(
    ("heading", "value"),
    [
        ("青禾区医药产业大事记（2022年）", "2022-03-02"),
        ("青禾区2022年第二季度签约项目一览表", "2022-03-02"),
        ("2021年至2022年项目一览表", "--03-02"),
        ("青禾年鉴2022（医药工业）", "--03-02"),
        ("青禾区2022年引资90亿元。今年再加码", "--03-02"),
    ],
)
def test_the_one_year_of_a_heading_dates_an_undated_page(heading: str, value: str) -> None:
    (told, *_) = [d.value for d in find_dates(f"{heading}\n\n3月2日，甲签约。") if d.phrase == "3月2日"]
    assert told == value
    (told, *_) = [
        d.value
        for d in find_dates(f"{heading}\n3月2日签约。", published="2023-05-01")
        if d.phrase == "3月2日"
    ]
    assert told == "2023-03-02"


def test_a_published_page_is_not_dated_by_an_event() -> None:
    assert values("7月13日，2021健康大会的后续签约", "2023-07-20") == ["2023-07-13"]


def test_several_years_ago_is_no_year() -> None:
    assert values("几年前的11月1日，双方签约", "2016-06-27") == ["--11-01"]


def test_date_mentions_hold_no_blanks_before_them() -> None:
    text = "签约。\n\n5月8日，双方"
    (found,) = find_dates(text)
    assert text[found.start : found.end] == found.phrase == "5月8日"


@example("本月", "2024-13-99")
@given(st.text(alphabet="0123456789年月日号.-/ 今去当昨天本上周五一二十至\n，。", max_size=60), st.sampled_from(
    [None, "2024-02-29", "2024-03", "2024", "--12-31", "2024-13-99", "不详"]))  # fmt: skip
def test_any_heap_of_dates_gives_valid_partial_dates(text: str, published: str | None) -> None:
    from kg.model import Annotation

    for found in find_dates(text, published=published):
        assert text[found.start : found.end] == found.phrase
        if found.value:
            Annotation(doc="x", published=found.value)


# Figures and dates


@pytest.mark.parametrize(
    "text",
    ["一", "1", "1,000,", "百分之", "下降", "“2024", "2024年", "近", "\n", "1 ", "2024\n", "月", "1月1"],
)
def test_hostile_repetition_is_read_in_little_time(text: str) -> None:
    long = text * (30_000 // len(text))
    begun = time.perf_counter()
    find_measures(long)
    find_dates(long)
    assert time.perf_counter() - begun < 3
