"""The GBK byte shift."""

import difflib

import pytest

from kg.read import gbk, repair_text
from kg.read.charmodel import CharacterModel, is_word_pair
from tests.read_damage import PAGES, inject, shift


def agreement(got: str, want: str) -> float:
    matcher = difflib.SequenceMatcher(None, want, got, autojunk=False)
    return sum(block.size for block in matcher.get_matching_blocks()) / len(want)


def shifted(text: str, *, keep: str = "") -> str:
    """One run: lose the lead byte of the first full stop and decode the rest strictly one byte off.

    Pairs that mean nothing are dropped whole, as the scrapers of real pages do (Python's decoder drops
    one byte and is back in step).
    """
    before, _, behind = text.partition("。")
    raw = "。".encode("gbk")[1:] + behind.encode("gbk")
    out = []
    at = 0
    while at < len(raw):
        if raw[at] <= gbk.ASCII_END:
            out.append(chr(raw[at]))
            at += 1
            continue
        char = gbk.character(raw[at], raw[at + 1]) if at + 1 < len(raw) else None
        if char:
            out.append(char)
        elif at + 1 < len(raw) and raw[at + 1] <= gbk.ASCII_END:
            out.append("?")
        at += 2
    return before + "?" + "".join(out) + keep


@pytest.mark.parametrize(
    ("damaged", "clean"),
    [
        # two-byte characters up to the ASCII comma, the last one cut by it
        ("公司又有大動作,?Ｈ涨,，雲杉公司宣佈", "公司又有大动作。日前，云杉公司宣布"),
        # a trail byte that is ASCII, named by the reading behind it
        ("總額達3億元,?Ｔ(gāi)公司(sī)此次簽約", "总额达3亿元。该公司此次签约"),
        ("洛江區貿易各佔一席,?Ｂ褰瓍^(qū)政府", "洛江区贸易各占一席。洛江区政府"),
        # what was dropped must be something that the decoder would have dropped: 会, not the likelier 时
        ("會議由市長主持,?５綍祝賀(hè)的有市政協", "会议由市长主持。到会祝贺的有市政协"),
        # the decoder was back in step at once
        ("都來自香港,?\n\n先看藥(yào)谷,，資(zī)金", "都来自香港。\n\n先看药谷，资金"),
        ("醫療器械園(yuán),?兩條線目前還(hái)沒(méi)有", "医疗器械园。两条线目前还没有"),
        # a reading set into the middle of a character
        ("鑄正公司副總經理?xiàng)顦?biāo)看來", "铸正公司副总经理杨标看来"),
    ],
)
def test_runs_of_real_kinds(damaged: str, clean: str) -> None:
    assert repair_text(damaged).text == clean


def test_restored_characters_lead_to_those_that_hold_their_bytes() -> None:
    source = "公司又有大動作,?Ｈ涨,，雲杉公司宣佈"
    repaired = repair_text(source)
    spans = [repaired.offsets.to_source(at, at + 1) for at in range(7, 11)]
    assert [repaired.text[at] for at in range(7, 11)] == ["。", "日", "前", "，"]
    assert [source[start:end] for start, end in spans] == ["?", "Ｈ", "涨", "，"]


@pytest.mark.parametrize(
    "text",
    [
        "园区办公体验好。周边交通便捷，商务服务高效。",
        "签约仪式昨天举行。区委书记、区长出席会议并讲话，企业代表参加。",
        "青禾大会落幕。各方代表都说，明年还要再来看看药谷的新楼。",
    ],
)
def test_a_long_run_with_dropped_pairs(text: str) -> None:
    damaged = shifted(text)
    assert agreement(damaged, text) < 0.6
    assert agreement(repair_text(damaged).text, text) > 0.9


def test_what_was_lost_beyond_recall_is_marked() -> None:
    # between 产 and 地 three pairs in a row mean nothing and were dropped
    damaged = shifted("双方达成合作。公司将投资建设生产基地，项目总投资五亿元。")
    repaired = repair_text(damaged)
    assert repaired.text.startswith("双方达成合作。公司")
    assert repaired.text.endswith("目总投资五亿元")
    marked = "".join(repaired.text[start:end] for start, end in repaired.unreadable)
    assert "产" not in repaired.text
    assert set(marked) & set(repaired.text) - set("双方达成合作。公司投资建设项目总五亿元")


def test_names_come_back_from_the_rest_of_the_page() -> None:
    page = "宏雁基因的试剂盒获批。宏雁基因董事长"
    damaged = shifted(page, keep="(cháng)方锦说，宏雁基因与湖南省医学会签约，宏雁基因发展很快。")
    assert "宏雁基因董事" in repair_text(damaged).text


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("share", [0.3, 1.0])
def test_shifted_and_injected_pages(page: str, share: float) -> None:
    for seed in range(5):
        damaged = shift(inject(page, seed=seed), seed=seed, share=share)
        assert agreement(repair_text(damaged).text, page) > 0.985


@pytest.mark.parametrize(
    "text",
    [
        "真的吗?!“当然。”他说,这里有药谷.",
        "谁来投资?云杉集团.谁来运营?管委会.",
        "问：还有谁？\n答：?\n",
        "规格?（详见附件）以合同为准。",
        "型号Ｈ５?Ｂ型也可以，请联系供应商确认后再下单。",
        "乒乓、旮旯、龃龉、饕餮、魑魅都是词。",
    ],
)
def test_nothing_is_restored_in_clean_text(text: str) -> None:
    got = repair_text(text)
    assert got.unreadable == ()
    assert got.text.replace("，", ",").replace("。", ".").replace("？", "?").replace("！", "!") == (
        text.replace("，", ",")
        .replace("。", ".")
        .replace("？", "?")
        .replace("！", "!")
        .replace("Ｈ５", "H5")
        .replace("Ｂ", "B")
    )


@pytest.mark.parametrize(
    "garbled", ["鍖荤枟鍣ㄦ浜т笟", "꿔꺡쀁", "锟斤拷锟斤拷锟斤拷锟斤拷", "閸栬崵鏋熼崳銊︻潾"]
)
def test_what_nobody_can_read_is_marked(garbled: str) -> None:
    text = f"蓝鹊生物与{garbled}签约，总投资12亿元。"
    repaired = repair_text(text)
    marked = "".join(repaired.text[start:end] for start, end in repaired.unreadable)
    if garbled[0] >= "\uac00":  # other scripts are not damage
        assert not marked
    else:
        assert set(garbled) >= set(marked) != set()


def test_model_prefers_what_reads_like_chinese() -> None:
    model = CharacterModel()
    assert model.score("医疗器械") > model.score("刂苓吔煌") + 10
    assert model.log_probability("董事", "长") > model.log_probability("而事", "长")
    assert model.log_probability("有限公", "司") == model.log_probability("限公", "司")
    before, alone = model.log_probability("蓝鹊", "生"), model.log_probability("鹊", "生")
    model.learn("蓝鹊生物与蓝鹊生物的伙伴")
    assert model.log_probability("蓝鹊", "生") > before
    assert model.log_probability("鹊", "生") > alone
    assert model.log_probability("藍鵲", "生") == model.log_probability("蓝鹊", "生")
    assert model.seen_before("鹊") == {"蓝"}


def test_word_pairs() -> None:
    assert is_word_pair("销", "售")
    assert is_word_pair("銷", "售")
    assert not is_word_pair("布", "在")
