"""The whole pipeline on pages written for the tests: what is stated comes out, with the sentence that states it.

The learned parts decide what is found, so a few plain facts are asked for, and laws that hold for any page.
"""

from __future__ import annotations

import subprocess
import sys
import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.extract import EXTRACTOR, extract, extract_all
from kg.extract.labels import kind_of_property
from kg.extract.many import extract_documents
from kg.extract.pipeline import COMPONENTS, pipeline
from kg.extract.tagger import default_tagger
from kg.model import PARTY_TYPES, RELATION_SIGNATURES, Agreement, Annotation, Document, Quantity, Relation
from kg.read import read_text, reproduce

SIGNING = """星城医疗器械产业园开园 三家企业同日落户

2024-05-20 星城日报

5月18日，星城医疗器械产业园开园签约仪式在长沙市雨花区举行。
仪式上，星城医疗器械产业园与湖南麓谷康泰医疗科技有限公司（以下简称“麓谷康泰”）签署投资协议，总投资2.4亿元。
麓谷康泰与长沙市第九医院签订超声探头供货协议。
麓谷康泰董事长郑一帆出席并致辞。
星城医疗器械产业园占地90亩，已引进企业42家，去年产值12.5亿元，同比增长8.5%。
"""
FUNDING = """完成B轮融资，迎晖生物要建第二条产线

近日，成都迎晖生物科技有限公司（下称“迎晖生物”）宣布完成3亿元B轮融资，由苏州澄心资本领投。
迎晖生物总经理何芷表示，资金将用于建设成都天回药谷的第二条产线。
"""
NOTHING = """周末天气预报

周六多云，气温十二到十八度，东北风三级。周日有小雨，出门请带伞。
"""
DAMAGED = """醫(yī)藥(yào)谷簽(qiān)約

　　3月14日,，青禾市醫(yī)藥(yào)谷舉(jǔ)行簽約儀(yí)式。藍(lán)鵲(què)生物科技有限公司與(yǔ)青禾高新區(qū)管委會(huì)
簽訂入駐(zhù)協(xié)議，總投資12億(yì)元。
"""


def read(text: str, key: str = "page.txt") -> Document:
    return read_text(text, key=key)


def names(annotation: Annotation) -> dict[str, str]:
    return {name: e.type for e in annotation.entities for name in e.names}


def parties(annotation: Annotation) -> set[frozenset[str]]:
    by_id = {e.id: e.name for e in annotation.entities}
    return {frozenset(by_id[p] for p in a.parties) for a in annotation.agreements}


def facts_of(annotation: Annotation) -> list[Agreement | Relation | Quantity]:
    return [*annotation.agreements, *annotation.relations, *annotation.quantities]


def check(document: Document, annotation: Annotation) -> None:
    """What holds of every annotation of every page."""
    types = {e.id: e.type for e in annotation.entities}
    assert len(types) == len(annotation.entities)
    forms = [(form, e.type) for e in annotation.entities for form in e.names]
    assert len(forms) == len(set(forms))
    for e in annotation.entities:
        assert e.mentions == tuple(sorted(set(e.mentions)))
        assert e.confidence is not None
        for start, end in e.mentions:
            assert 0 <= start < end <= len(document.source_text)
    for a in annotation.agreements:
        assert len(set(a.parties)) == len(a.parties) and {types[p] for p in a.parties} <= PARTY_TYPES
        assert a.event is None or types[a.event] == "Event"
    assert len({a.id for a in annotation.agreements}) == len(annotation.agreements)
    relations = [(r.type, r.subject, r.object) for r in annotation.relations]
    assert len(relations) == len(set(relations))
    for r in annotation.relations:
        subjects, objects = RELATION_SIGNATURES[r.type]
        assert types[r.subject] in subjects and types[r.object] in objects and r.subject != r.object
        assert (r.title is not None) == (r.type in ("hasRole", "recognizes"))
    units = {"area": "m2", "count": "count", "percent": "percent"}
    for q in annotation.quantities:
        assert q.subject in types
        assert q.unit == units.get(kind_of_property(q.property), q.unit)
    for fact in facts_of(annotation):
        evidence = fact.evidence
        assert evidence is not None and evidence.quote.strip()
        assert fact.confidence is not None and 0 < fact.confidence <= 1
        start, end = document.offsets.to_repaired(evidence.start, evidence.end)
        assert document.text[start:end] == evidence.quote
        assert not any(
            start < b and a < end for a, b in document.blocked if document.text[a:b] == evidence.quote
        )


def test_a_signing_story() -> None:
    document = read(SIGNING)
    found = extract(document)
    check(document, found)
    kinds = names(found)
    assert kinds["星城医疗器械产业园"] == "Park"
    assert kinds["湖南麓谷康泰医疗科技有限公司"] == kinds["麓谷康泰"] == "Firm"
    assert kinds["长沙市第九医院"] == "MedicalInstitution"
    assert kinds["郑一帆"] == "Person"
    signed = parties(found)
    assert frozenset({"星城医疗器械产业园", "湖南麓谷康泰医疗科技有限公司"}) in signed
    assert frozenset({"湖南麓谷康泰医疗科技有限公司", "长沙市第九医院"}) in signed
    assert all(a.date in ("2024-05-18", None) for a in found.agreements)
    roles = [r for r in found.relations if r.type == "hasRole"]
    assert [r.title for r in roles] == ["董事长"]
    figures = {(q.property, q.value, q.unit) for q in found.quantities}
    assert ("landArea", 60000, "m2") in figures


def test_a_funding_story() -> None:
    document = read(FUNDING)
    found = extract(document)
    check(document, found)
    kinds = names(found)
    assert kinds["迎晖生物"] == "Firm"
    assert kinds["苏州澄心资本"] == "Investor"
    investors = {e.id: e.name for e in found.entities}
    assert ("苏州澄心资本", "成都迎晖生物科技有限公司") in {
        (investors[r.subject], investors[r.object]) for r in found.relations if r.type == "investsIn"
    }


def test_a_page_with_nothing_says_nothing() -> None:
    document = read(NOTHING)
    found = extract(document)
    check(document, found)
    assert (found.agreements, found.relations, found.quantities) == ((), (), ())


@pytest.mark.parametrize("text", ["", "\n\n\n", "。", "　", "a", "12345", "！？"])
def test_hardly_any_text(text: str) -> None:
    found = extract(read(text))
    assert (found.agreements, found.relations, found.quantities) == ((), (), ())


def test_a_damaged_page_is_quoted_after_repair_and_placed_before_it() -> None:
    document = read(DAMAGED)
    found = extract(document)
    check(document, found)
    firm = next(e for e in found.entities if e.name == "蓝鹊生物科技有限公司")
    start, end = firm.mentions[0]
    assert document.source_text[start:end].startswith("藍(lán)鵲(què)生物科技有限公司")
    for fact in facts_of(found):
        assert fact.evidence is not None
        quote = reproduce(document.source_text, fact.evidence.start, fact.evidence.end)
        assert quote == fact.evidence.quote
        assert "yào" not in quote


@pytest.mark.parametrize("text", [SIGNING, FUNDING, DAMAGED])
def test_every_quote_reproduces_its_source_span(text: str) -> None:
    document = read(text)
    found = extract(document)
    assert facts_of(found)
    for fact in facts_of(found):
        assert fact.evidence is not None
        assert reproduce(text, fact.evidence.start, fact.evidence.end) == fact.evidence.quote


def test_extraction_is_the_same_every_time_and_everywhere() -> None:
    document = read(SIGNING)
    first = extract(document).to_json()
    assert extract(document).to_json() == first
    code = "import sys; from kg.extract import extract; from kg.read import read_text; " \
           "sys.stdout.write(extract(read_text(sys.stdin.read(), key='page.txt')).to_json())"  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-c", code], input=SIGNING, capture_output=True, encoding="utf-8", check=True,
        env={"PYTHONHASHSEED": "1", "PYTHONUTF8": "1", "PATH": "/usr/bin:/bin"}, timeout=60,
    )  # fmt: skip
    assert done.stdout == first


def test_documents_do_not_influence_one_another() -> None:
    documents = [read(text, key=f"{n}.txt") for n, text in enumerate((SIGNING, NOTHING, FUNDING, SIGNING))]
    together = [annotation for _, annotation in extract_all(documents)]
    alone = [extract(document) for document in reversed(documents)]
    assert together == alone[::-1]


def test_processes_give_what_one_process_gives() -> None:
    documents = [read(NOTHING if n % 8 else FUNDING, key=f"{n}.txt") for n in range(26)]
    assert extract_documents(documents, workers=2) == [extract(document) for document in documents]


def test_the_pipeline_is_spacys() -> None:
    nlp = pipeline()
    assert nlp.lang == "zh"
    assert tuple(nlp.pipe_names) == COMPONENTS
    doc = nlp.make_doc("青禾 药业\n签约")
    assert doc.text == "青禾 药业\n签约"
    assert [token.idx for token in doc] == list(range(8))
    assert EXTRACTOR


def test_nothing_is_taken_from_blocked_text() -> None:
    text = SIGNING + "\n友情链接：蓝鲸诊断网 东方健康网 中国医药报\n版权所有 © 星城日报 未经许可不得转载\n"
    document = read(text)
    assert document.blocked
    found = extract(document)
    for entity in found.entities:
        for start, end in entity.mentions:
            first, last = document.offsets.to_repaired(start, end)
            assert not any(first < b and a < last for a, b in document.blocked)


def test_the_tagger_finds_names_apart_and_in_order() -> None:
    spans = default_tagger().tag(SIGNING)
    assert all(a.end <= b.start for a, b in pairwise(spans))
    assert all(0 < s.score <= 1 for s in spans)
    assert default_tagger().tag("") == []


HOSTILE = {
    "markup": "<script>alert(1)</script>青禾药业有限公司与<b onclick='x'>木荷医院</b>签约。",
    "sparql": '青禾药业有限公司" . } ; DROP ALL # 与木荷医院签约，投资2亿元。',
    "controls": "青禾\x07药业\u202e有限公司\u200b与\ufeff木荷医院签约\x1b[31m。",
    "astral": "🏥青禾药业有限公司🤝木荷医院签约𠮷𠮷。",
    "one line": "青禾药业有限公司与木荷医院签约，" * 800,
    "brackets": "（" * 2000 + "青禾药业有限公司" + "）" * 2000,
    "repetition": "青禾药业有限公司" * 500,
    "signing": "签约" * 5000,
    "figures": "投资2亿元，" * 2000,
    "dates": "5月8日" * 3000,
    "regex": "青禾.*+?[(药业有限公司（以下简称“[a-z]+”）签约。[a-z]+投资(((",
    "blank lines": "青禾药业\n\n\n" * 1000,
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_pages_are_read_like_others(kind: str) -> None:
    document = read(HOSTILE[kind])
    begun = time.perf_counter()
    found = extract(document)
    assert time.perf_counter() - begun < 20
    check(document, found)
    assert Annotation.from_json(found.to_json()) == found


def test_a_list_of_three_hundred_members_is_read() -> None:
    members = "、".join(
        f"{a}{b}{c}药业有限公司" for a in "青木白蓝云东西南北" for b in "禾荷石鹊杉湖" for c in "一二三四五"
    )
    document = read(f"协会会员名单\n\n青禾市健康产业协会会员单位：{members}。")
    found = extract(document)
    check(document, found)
    assert len(found.entities) > 200


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [*"与和、，。；：（）“”\n　 的在", "青禾药业有限公司", "青禾药业", "木荷医院", "星城产业园", "长沙市",
             "张三董事长", "签约", "投资2亿元", "5月8日", "占地90亩", "以下简称", "分别", "<b>", "入驻"]
        ),
        max_size=40,
    ).map("".join)
)  # fmt: skip
def test_any_heap_of_phrases_gives_a_sound_annotation(text: str) -> None:
    document = read(text)
    check(document, extract(document))
