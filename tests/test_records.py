"""Tables and labelled lines."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.records import Record, records_of

BARS = """签约项目一览
序号 | 项目名称 | 投资方 | 投资额（亿元） | 用地（亩）
1 | 青禾胰岛素项目 | 青禾医械公司 | 3.2 | 60
2 | 中药饮片基地 | 济和饮片公司 | 1.8
以上项目均已开工。"""
BLANKS = """单位：万元
项目名称 合作双方 签约额
青禾导管项目 甲药业/乙园区管委会 26000
二厂 甲药业 Bio/乙园区管委会 300
影像服务 丙公司/丁医院 780"""
CARD = """01 艾草基地项目
投资方：青禾集团
落户：青禾药园
投资：12亿元，用地200亩
签约：青禾县政府与青禾集团
另有两个项目。"""


def told(text: str, record: Record) -> list[tuple[str, str]]:
    return [(c.kind, text[c.start : c.end]) for c in record.cells]


def test_rows_of_a_table_have_the_kinds_of_its_headings() -> None:
    first, second = records_of(BARS)
    assert told(BARS, first) == [
        ("index", "1"),
        ("project", "青禾胰岛素项目"),
        ("firm", "青禾医械公司"),
        ("investment", "3.2"),
        ("landArea", "60"),
    ]
    assert [kind for kind, _ in told(BARS, second)] == ["index", "project", "firm", "investment"]
    assert first.named is not None and BARS[slice(*first.named)] == "青禾胰岛素项目"
    assert BARS[first.start : first.end] == "1 | 青禾胰岛素项目 | 青禾医械公司 | 3.2 | 60"


@pytest.mark.parametrize("bar", ["|", "｜", "\t", "　　", "  "])
def test_cells_stand_apart_by_bars_tabs_or_blanks(bar: str) -> None:
    text = BARS.replace(" | ", bar)
    if bar in ("　　", "  "):  # an empty cell leaves no trace there: the row says nothing
        assert len(records_of(text)) == 1
    else:
        assert [told(text, r) for r in records_of(text)] == [told(BARS, r) for r in records_of(BARS)]


def test_single_blanks_count_where_each_row_has_as_many_as_the_heading() -> None:
    (first,) = records_of(BLANKS)[:1]
    assert told(BLANKS, first)[1] == ("parties", "甲药业/乙园区管委会")
    assert len(records_of(BLANKS)) == 1, "a row that does not fit ends a table without numbers"


def test_a_numbered_row_that_does_not_fit_is_passed_over() -> None:
    text = BARS.replace("2 | 中药饮片基地", "2 | 中药 | 饮片 | 基地 | 二 | 三\n3 | 中药饮片基地")
    assert [text[slice(*r.named)] for r in records_of(text) if r.named] == ["青禾胰岛素项目", "中药饮片基地"]


def test_figures_take_the_unit_of_the_heading_or_of_the_line_above() -> None:
    money, land = records_of(BARS)[0].cells[3:]
    (figure,) = money.figures(BARS)
    assert (figure.kind, figure.value, figure.unit) == ("money", 3.2e8, "CNY")
    assert BARS[figure.start : figure.end] == "3.2"
    assert [(f.kind, f.value) for f in land.figures(BARS)] == [("area", 40_000)]
    text = BLANKS.replace("签约额", "投资额")
    assert [f.value for f in records_of(text)[0].cells[2].figures(text)] == [2.6e8]
    with_unit = BARS.replace("3.2", "3.2亿美元")
    assert [(f.value, f.unit) for f in records_of(with_unit)[0].cells[3].figures(with_unit)] == [
        (3.2e8, "USD")
    ]


def test_labelled_lines_tell_of_the_line_above() -> None:
    (card,) = records_of(CARD)
    assert card.named is not None and CARD[slice(*card.named)] == "01 艾草基地项目"
    assert told(CARD, card)[0] == ("firm", "青禾集团")
    money = card.cells[2]
    assert [(f.kind, f.value) for f in money.figures(CARD)] == [("money", 1.2e9), ("area", 133_334)]


def test_the_line_above_may_be_labelled_as_the_project() -> None:
    text = "项目名称：艾草基地\n投资方：青禾集团\n总投资：12亿元"
    (card,) = records_of(text)
    assert card.named is not None and text[slice(*card.named)] == "艾草基地"


@pytest.mark.parametrize(
    "text",
    [
        "会上项目、投资方、投资额一一公布。\n青禾项目开工。",
        "项目 投资\n青禾 3",
        "序号 姓名 职务\n1 张三 主任",
        "01 艾草基地\n投资方：青禾集团\n联系电话：8888",
        "艾草基地项目\n投资：12亿元\n开工。",
        "投资方：青禾集团\n投资：12亿元\n用地：200亩",
        "艾草基地项目\n投资方：青禾集团\n落户：青禾药园",
        "项目名称 投资方 投资额",
    ],
)
def test_prose_lists_of_other_things_and_single_lines_are_no_records(text: str) -> None:
    assert records_of(text) == ()


@given(st.text("序号项目投资方额（亿元） |｜\t\n123甲药业：。、　", max_size=120))
def test_cells_lie_in_their_record_and_do_not_overlap(text: str) -> None:
    end = 0
    for record in records_of(text):
        for cell in record.cells:
            assert end <= cell.start < cell.end <= len(text)
            assert record.start <= cell.start and cell.end <= record.end
            end = cell.end
            for figure in cell.figures(text):
                assert cell.start <= figure.start < figure.end <= cell.end
