"""Repair of scraping damage, and the way back to the source."""

from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kg.model import OffsetMap
from kg.read import Repaired, read_text, repair_text, reproduce
from kg.read.draft import Draft, Edit
from tests.read_damage import PAGES, inject, shift


@pytest.mark.parametrize("page", PAGES)
def test_clean_text_stays_as_it_is(page: str) -> None:
    repaired = repair_text(page)
    assert repaired.text == page
    assert repaired.offsets == OffsetMap.identity(len(page))
    assert repaired.unreadable == ()


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("seed", range(4))
def test_injected_damage_is_undone(page: str, seed: int) -> None:
    assert repair_text(inject(page, seed=seed)).text == page


@pytest.mark.parametrize(
    ("damaged", "clean"),
    [
        ("晚報(bào)訊", "晚报讯"),
        ("晚報（bào）訊", "晚报讯"),
        ("晚報(bao)訊", "晚报讯"),
        ("綠(lǜ)色，呂(lü)梁", "绿色，吕梁"),
        ("了解(liǎojiě)", "了解(liǎojiě)"),
        ("签(qiān)约(yuē)", "签约"),
        ("瞭(le)解", "了解"),
    ],
)
def test_readings(damaged: str, clean: str) -> None:
    assert repair_text(damaged).text == clean


@pytest.mark.parametrize(
    "text",
    [
        "通用电气公司（GE）",
        "首席执行官(CEO)",
        "蓝鹊生物（bio）",
        "甲方（a）",
        "A轮(pre-A)",
        "木荷（muhe）",
        "第二(b)项",
    ],
)
def test_real_brackets_stay(text: str) -> None:
    assert repair_text(text).text == text


@pytest.mark.parametrize(
    ("damaged", "clean"),
    [
        ("乾隆年間，乾康科技與乾元資本簽約", "乾隆年间，乾康科技与乾元资本签约"),
        ("乾燥設備與餅乾、凍乾粉針", "干燥设备与饼干、冻干粉针"),
        ("幹部帶隊，若干幹細胞企業參加", "干部带队，若干干细胞企业参加"),
        ("著眼長遠，隨著發展，著名專家的著作成效顯著", "着眼长远，随着发展，著名专家的著作成效显著"),
        ("籤約發佈，峯會啓動，佔地廣，纔開工", "签约发布，峰会启动，占地广，才开工"),
        ("百餘人，瞭解製藥裏的藉助", "百余人，了解制药里的借助"),
    ],
)
def test_traditional_characters(damaged: str, clean: str) -> None:
    assert repair_text(damaged).text == clean


def test_simplified_text_keeps_the_characters_that_only_look_traditional() -> None:
    text = "乾康科技中药产线落地，於潜镇的吕俊暘参加了活动，瞭望台上风光正好，大家都说这里大有可为。\n" * 3
    assert repair_text(text).text == text


def test_a_traditional_line_in_a_simplified_page() -> None:
    text = PAGES[0] + "轉載請註明來源與網站\n"
    assert repair_text(text).text == PAGES[0] + "转载请注明来源与网站\n"


@pytest.mark.parametrize(
    ("damaged", "clean"),
    [
        ("会议召开,。随后,，签约,、揭牌,；开工,：如下", "会议召开。随后，签约、揭牌；开工：如下"),
        ("领域企业,,构建平台，，形成集群", "领域企业，构建平台，形成集群"),
        ("新标杆,!药谷开园", "新标杆！药谷开园"),
        ("甲,乙两家签约.现场还有丙、丁.", "甲，乙两家签约。现场还有丙、丁。"),
        ('云杉集团(以下简称"云杉")', "云杉集团（以下简称“云杉”）"),
        ("总额401,501,000元,增长3.5%", "总额401,501,000元，增长3.5%"),
        ("Dr.Reddy's, Inc. said: yes", "Dr.Reddy's, Inc. said: yes"),
        ("票价12:30,下午", "票价12:30，下午"),
    ],
)
def test_punctuation(damaged: str, clean: str) -> None:
    assert repair_text(damaged).text == clean


@pytest.mark.parametrize(
    ("damaged", "clean"),
    [
        ("药\u200b谷\ufeff签\u00ad约\r\n开园", "药谷签约\n开园"),
        ("蓝鹊&nbsp;生物&ldquo;早筛&rdquo;&amp;amp;研发", "蓝鹊 生物“早筛”&研发"),
        ("开园。</p>\n<p>签约<strong>五家</strong>。/p>", "开园。\n签约五家。"),
        ("ＣＤＭＯ平台２０２４年落地，增长１１．５％", "CDMO平台2024年落地，增长11.5%"),
        ("医 疗 器 械，新产业；董事长：易　青、", "医疗器械，新产业；董事长：易青、"),
        ("a < b，5 > 3", "a < b，5 > 3"),
    ],
)
def test_characters(damaged: str, clean: str) -> None:
    assert repair_text(damaged).text == clean


WRAPPED = """白石湾药谷开园
2024-05-06

白石湾科技发展有限公司昨天举行开园仪式，蓝鹊生物、木荷医疗与东篱精准中药创新
中心签订协议，仪式由白石湾管委会主任（兼招商局局长
）宁远征主持，
多家企业参加。

【名单】
蓝鹊生物
木荷医疗
一、建设背景
白石湾原来是一片盐田，2019年起建设园区。
"""


def test_wrapped_lines_are_joined_and_headings_are_not() -> None:
    lines = repair_text(WRAPPED).text.split("\n")
    assert lines[:3] == ["白石湾药谷开园", "2024-05-06", ""]
    assert "东篱精准中药创新中心签订协议" in lines[3]
    assert lines[3].endswith("（兼招商局局长）宁远征主持，多家企业参加。")
    assert lines[4:] == [
        "",
        "【名单】",
        "蓝鹊生物",
        "木荷医疗",
        "一、建设背景",
        "白石湾原来是一片盐田，2019年起建设园区。",
        "",
    ]


def test_offsets_lead_to_the_source() -> None:
    source = "晚報(bào)訊,。藥(yào)谷&amp;開園"
    repaired = repair_text(source)
    assert repaired.text == "晚报讯。药谷&开园"

    def of(part: str) -> str:
        at = repaired.text.index(part)
        start, end = repaired.offsets.to_source(at, at + len(part))
        return source[start:end]

    assert of("报") == "報"
    assert of("报讯") == "報(bào)訊"
    assert of("讯。药") == "訊,。藥"
    assert of("&") == "&amp;"
    assert of("开园") == "開園"


#: Pieces of text, clean and damaged, from which hypothesis makes pages.
PIECES = st.sampled_from(
    [
        "蓝鹊生物",
        "與青禾高新區(qū)",
        "管委會(huì)",
        "签约",
        ",。",
        "。",
        "，",
        ",",
        ",,",
        "“",
        "”",
        '"',
        "(",
        ")",
        "（以下簡稱",
        "）",
        "\n",
        "\n\n",
        "　　",
        " ",
        "&amp;",
        "&nbsp;",
        "</p>",
        "<br>",
        "?",
        "？",
        "?Ｈ涨",
        "?；刂苓吔煌",
        "?fù)碛虚L",
        "!",
        ":",
        "12.5亿元",
        "2024年5月6日",
        "ＣＤＭＯ",
        "乾康",
        "乾燥",
        "著名",
        "医 疗",
        "\u200b",
        "\r\n",
        "\ufffd",
        "董事长易青说",
        "、",
        "：",
        "GE",
        "abc",
        ".",
        "·",
        "报(bao)",
        "(lǜ)",
        "藥(yào)",
        "國際",
        "<",
        ">",
        "/p>",
        "。\n",
        "，\n",
        "新",
        "品",
        "&lt;p&gt;",
        "1、",
        "【一】",
    ]
)
TEXTS = st.one_of(st.lists(PIECES, max_size=25).map("".join), st.text(max_size=60))


def check_map(source: str, repaired: Repaired) -> None:
    """The map is monotone, covers every character, and spans come back."""
    offsets = repaired.offsets
    starts, ends = list(offsets.starts), list(offsets.ends)
    assert len(starts) == len(ends) == len(repaired.text)
    assert starts == sorted(starts)
    assert ends == sorted(ends)
    for index in range(len(starts)):
        start, end = offsets.to_source(index, index + 1)
        assert 0 <= start < end <= len(source)
        first, last = offsets.to_repaired(start, end)
        assert first <= index < last
    assert all(0 <= a < b <= len(repaired.text) for a, b in repaired.unreadable)


@settings(deadline=None, max_examples=300)
@given(TEXTS)
@example("&amp;amp;nbsp;")
@example("報(bào)(bào)")
@example("<<p>p>")
@example("?Ｈ涨")
def test_laws_of_the_repair(source: str) -> None:
    repaired = repair_text(source)
    check_map(source, repaired)
    again = repair_text(repaired.text)
    assert again.text == repaired.text
    assert again.offsets == OffsetMap.identity(len(repaired.text))


@settings(deadline=None, max_examples=100)
@given(TEXTS, st.data())
def test_evidence_reproduces_its_source_span(source: str, data: st.DataObject) -> None:
    document = read_text(source, key="page")
    start = data.draw(st.integers(0, len(document.text)))
    end = data.draw(st.integers(start, len(document.text)))
    evidence = document.evidence(start, end)
    assert evidence.quote == document.text[start:end]
    assert evidence.quote in reproduce(source, evidence.start, evidence.end)


@settings(deadline=None, max_examples=40)
@given(st.sampled_from(PAGES), st.integers(0, 10_000), st.floats(0, 1), st.data())
def test_evidence_of_damaged_pages_reproduces(
    page: str, seed: int, share: float, data: st.DataObject
) -> None:
    source = shift(inject(page, seed=seed), seed=seed, share=share)
    repaired = repair_text(source)
    check_map(source, repaired)
    start = data.draw(st.integers(0, len(repaired.text) - 1))
    end = data.draw(st.integers(start + 1, len(repaired.text)))
    span = repaired.offsets.to_source(start, end)
    got = reproduce(source, *span)
    assert repaired.text[start:end] in got
    assert len(got) <= end - start + 2  # a character restored without bytes of its own shares its neighbour's


def test_draft_refuses_overlapping_edits() -> None:
    with pytest.raises(ValueError, match="overlaps"):
        Draft("abcdef").apply([Edit(0, 3, ""), Edit(2, 4, "")])
    with pytest.raises(ValueError, match="cannot stand for"):
        Draft("abc").rewrite("ab")


def test_variants_table_is_one_for_one() -> None:
    table = Path(__file__).parents[1] / "data" / "repair" / "variants.tsv"
    rows = [
        line.split("\t")
        for line in table.read_text("utf-8").splitlines()
        if line and not line.startswith("#")
    ]
    assert all(len(a) == len(b) for a, b in rows[1:])
