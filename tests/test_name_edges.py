"""Names without the words at their edges that belong to the sentence."""

from __future__ import annotations

import pytest

from kg.extract.name_edges import within_edges
from kg.extract.tagger import TaggedSpan


@pytest.mark.parametrize(
    ("kind", "found", "behind", "kept"),
    [
        ("Firm", "目前甲药业", "已投产", "甲药业"),
        ("Firm", "其中目前甲药业", "已投产", "甲药业"),
        ("Association", "青禾医药协会指导", "，", "青禾医药协会"),
        ("Firm", "努力构建", "高地", None),
        ("Park", "深化发展格局", "。", None),
        ("Park", "完善青禾健康基地", "。", "青禾健康基地"),
        ("Firm", "强劲动力", "。", None),
        ("Firm", "目前", "。", None),
        ("Event", "推动创新大会", "召开", "推动创新大会"),
        ("Project", "青禾药品生产", "项目", "青禾药品生产"),
        ("Project", "成功引进青禾饮片项目", "，", "青禾饮片项目"),
        ("Project", "加快推进", "，", None),
        ("Person", "王玠推", "介园区", "王玠"),
        ("Person", "王推", "介园区", "王推"),
        ("Person", "王玠", "推介园区", "王玠"),
        ("Firm", "甲药业", "指导", "甲药业"),
        ("Investor", "青岛民芯启元参", "与本轮", "青岛民芯启元"),
        ("Park", "8万亩青禾医药园", "里", "青禾医药园"),
        ("Park", "5.08平方公里的青禾医药园", "里", "青禾医药园"),
        ("Policy", "启动实施青禾三年行动计划", "，", "青禾三年行动计划"),
        ("Event", "充分利用第九届青禾药博会", "，", "第九届青禾药博会"),
        ("Event", "启动仪式", "，", "启动仪式"),
        ("Park", "青禾药谷地处临湖产业园", "，", "青禾药谷"),
        ("Project", "青禾疫苗产业园完成厂房", "，", "青禾疫苗产业园"),
        ("Policy", "青禾市引进人才办法", "，", "青禾市引进人才办法"),
        ("Park", "视察青禾健康基地", "。", "青禾健康基地"),
        ("Firm", "园内甲方药业", "。", "甲方药业"),
        ("Investor", "青禾基金参投", "。", "青禾基金"),
        ("Firm", "收购甲方药业", "。", "甲方药业"),
        ("Project", "青禾康养的候鸟社区项目", "，", "候鸟社区项目"),
        ("Project", "青禾集团签约饮片基地项目", "，", "饮片基地项目"),
        ("Project", "青禾苷的自主研发项目", "，", "青禾苷的自主研发项目"),
        ("Project", "青禾药业的二期工程", "，", "青禾药业的二期工程"),
        ("Park", "青禾药谷的加速器大楼", "，", "青禾药谷的加速器大楼"),
    ],
)
def test_edges(kind: str, found: str, behind: str, kept: str | None) -> None:
    text = f"会上，{found}{behind}"
    spans = within_edges(text, [TaggedSpan(3, 3 + len(found), kind, 0.9)])
    assert [text[s.start : s.end] for s in spans] == ([kept] if kept else [])
    assert all(s.type == kind and s.score == 0.9 for s in spans)


def test_a_name_does_not_begin_inside_a_word() -> None:
    text = "持续完善青禾健康基地"
    (span,) = within_edges(text, [TaggedSpan(3, len(text), "Park", 0.9)])
    assert text[span.start : span.end] == "青禾健康基地"


def test_what_stands_before_the_verb_may_be_a_place() -> None:
    text = "武侯区聚焦医美仪器"
    (span,) = within_edges(text, [TaggedSpan(0, len(text), "Firm", 0.9)])
    assert (text[span.start : span.end], span.type) == ("武侯区", "Place")
