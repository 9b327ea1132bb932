"""Numbers and figures in running text: read as an attentive reader reads them, and nothing made up."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kg.extract.measures import find_measures
from kg.read.numbers import parse_integer, parse_number, scale_of, scaled


def figures(text: str) -> list[tuple[float, str]]:
    return [(m.value, m.unit) for m in find_measures(text)]


# Numbers


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("三千二百", 3200),
        ("十", 10),
        ("十三", 13),
        ("二十", 20),
        ("两百零五", 205),
        ("一万六千", 16000),
        ("三亿两千万", 320_000_000),
        ("二〇二四", 2024),
        ("叁拾伍", 35),
        ("零", 0),
    ],
)
def test_chinese_numerals(text: str, value: float) -> None:
    assert parse_integer(text) == value


@pytest.mark.parametrize("text", ["", "甲", "3", "三x", "点五"])
def test_what_is_no_numeral_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not a Chinese numeral"):
        parse_integer(text)


@pytest.mark.parametrize(
    ("text", "value"), [("1,300", 1300), ("1，300.5", 1300.5), ("0.5", 0.5), ("三点五", 3.5), ("12", 12)]
)
def test_numbers(text: str, value: float) -> None:
    assert parse_number(text) == value


@given(st.integers(0, 99_999_999))
def test_a_numeral_written_out_is_read_back(number: int) -> None:
    assert parse_integer(_written(number)) == number


def _written(number: int) -> str:
    """The numeral of a number below 10^8 in Chinese, as 12030 is 一万二千零三十."""
    if number >= 10_000:
        high, low = divmod(number, 10_000)
        zero = "零" if 0 < low < 1000 else ""
        return _written(high) + "万" + zero + (_written(low) if low else "")
    text, pending = "", False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // unit % 10
        if digit:
            text += ("零" if pending and text else "") + "零一二三四五六七八九"[digit] + name
            pending = False
        else:
            pending = True
    return text or "零"


@pytest.mark.parametrize(
    ("number", "scale", "value"),
    [
        ("1.5", "万", 15_000),
        ("500", "亿", 5e10),
        ("3", "千万", 3e7),
        (None, "千", 1000),
        ("1亿5000", "万", 150_000_000),
        ("三亿两千", "万", 320_000_000),
        ("一万六千", "亿", 1.6e12),
        ("2万5", "千", 25_000),
        ("7", None, 7),
    ],
)
def test_numbers_with_their_scales(number: str | None, scale: str | None, value: float) -> None:
    assert scaled(number, scale) == value


def test_scales_multiply() -> None:
    assert scale_of("万亿") == 1e12
    assert scale_of(None) == scale_of("") == 1


# Figures


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("占地90亩", 60_000, "m2"),
        ("占地80亩", 53_334, "m2"),
        ("占地1亩", 667, "m2"),
        ("面积10.5万平方米", 105_000, "m2"),
        ("规划面积13.2平方公里", 13_200_000, "m2"),
        ("面积2公顷", 20_000, "m2"),
        ("共一万六千平方米", 16_000, "m2"),
        ("2.5万余平方米", 25_000, "m2"),
        ("总投资500亿元", 5e10, "CNY"),
        ("投资1亿5000万元", 1.5e8, "CNY"),
        ("投资5000多万元", 5e7, "CNY"),
        ("投资12.5亿元人民币", 1.25e9, "CNY"),
        ("注册资本叁佰万元", 3e6, "CNY"),
        ("1,300万元", 1.3e7, "CNY"),
        ("融资近亿元", 1e8, "CNY"),
        ("完成超亿美元融资", 1e8, "USD"),
        ("首付款300万美金", 3e6, "USD"),
        ("投资2亿港元", 2e8, "HKD"),
        ("投资3000万欧元", 3e7, "EUR"),
        ("订单20亿日元", 2e9, "JPY"),
        ("贷款800万新加坡元", 8e6, "SGD"),
        ("企业130余家", 130, "count"),
        ("企业上千家", 1000, "count"),
        ("近百家企业", 100, "count"),
        ("二十多家企业", 20, "count"),
        ("十几家企业", 10, "count"),
        ("2.3万人", 23_000, "count"),
        ("增长11.5%", 11.5, "percent"),
        ("增长百分之三点五", 3.5, "percent"),
        ("增速为-4.2%", -4.2, "percent"),
        ("同比下降86.15%", -86.15, "percent"),
        ("减少了约5％", -5, "percent"),
    ],
)
def test_figures_in_base_units(text: str, value: float, unit: str) -> None:
    assert figures(text) == [(value, unit)]


@pytest.mark.parametrize(
    "text",
    [
        "电话0731-82208888 位于园区",
        "热线82208888人工接听",
        "股票代码300244 个股",
        "排名第3位于前列",
        "单位：万元",
        "数百家企业、几十亿元、数亿元",
        "万人空巷",
        "为期3个月",
        "2024年第3支部",
        "持有15%的股权",
        "G65高速，A3人行道",
        "v1.2.3个版本",
        "投资额0元",
        "200人民医院",
        "亿元楼宇",
    ],
)
def test_no_figure_where_none_is_meant(text: str) -> None:
    assert [m for m in find_measures(text) if m.unit != "percent" and "第" not in text] == []
    assert [m for m in find_measures(text) if m.unit == "percent"] == []


def test_a_count_says_what_it_counts() -> None:
    found = find_measures("引进企业42家，员工3000人，嘉宾200余位，意向项目12个，床位500张")
    assert [(m.value, m.noun) for m in found] == [(42, ""), (3000, "人"), (200, "位"), (12, "")]
    found = find_measures("42家医疗器械企业、12个重点项目")
    assert [(m.value, m.noun) for m in found] == [(42, "企业"), (12, "项目")]


def test_figures_stand_where_they_are_said_to_stand() -> None:
    text = "总投资约12.5亿元，占地 90 亩，同比下降3%。"
    assert [text[m.start : m.end] for m in find_measures(text)] == ["12.5亿元", "90 亩", "3%"]


HEAPS = st.lists(
    st.sampled_from([*"零一两三十百千万亿余近上0123456789.,-%％亩元美家人个位 第点\n", "百分之", "下降"]),
    max_size=40,
).map("".join)


@given(HEAPS)
@example("百分之点零")
@example("百分之点")
def test_any_heap_of_digits_is_read_without_overlap(text: str) -> None:
    found = find_measures(text)
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert all(0 <= m.start < m.end <= len(text) for m in found)


def test_an_ordinal_counts_nothing() -> None:
    assert figures("这是第5个项目，也是第十二家企业。") == []
    assert figures("第一批5个项目") == [(5.0, "count")]
