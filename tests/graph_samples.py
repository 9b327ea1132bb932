"""Four small annotated pages, written for the tests, and the graph made of them."""

import re
from collections.abc import Iterable, Sequence

from kg.graph import Extractor, Store, WriteReport, open_store, write_graph
from kg.model import Annotation, Document, Evidence, OffsetMap
from kg.resolve import resolve
from kg.training.notation import parse

EXTRACTOR = Extractor("test-extractor", "1.2")

PAGES = """
=== a-xingcheng
published: 2024-05-20
--- text
5月18日，星城医疗器械产业园在长沙市雨花区举行开园签约仪式。
星城医疗器械产业园与湖南麓谷康泰医疗科技有限公司（下称麓谷康泰）签署入园投资协议，总投资2.4亿元。
麓谷康泰还与长沙市第九医院签订超声探头供货协议。
麓谷康泰董事长郑一帆出席。苏州澄心资本领投麓谷康泰。
蓝鲸诊断已入驻园区，杭州远岫生物拟落户星城医疗器械产业园。
园区占地90亩，引进企业42家。
--- facts
E Event 开园签约仪式
E Park 星城医疗器械产业园 | 园区
E Place 长沙市
E Place 雨花区
E Firm 湖南麓谷康泰医疗科技有限公司 | 麓谷康泰
E MedicalInstitution 长沙市第九医院
E Person 郑一帆
E Investor 苏州澄心资本
E Firm 蓝鲸诊断
E Firm 杭州远岫生物
A investment signed 2024-05-18 @开园签约仪式 #240000000CNY : 星城医疗器械产业园 + 麓谷康泰
A supply signed 2024-05-18 @开园签约仪式 : 麓谷康泰 + 长沙市第九医院
R locatedIn 星城医疗器械产业园 -> 雨花区
R locatedIn 雨花区 -> 长沙市
R hasRole 郑一帆 -> 麓谷康泰 = 董事长
R investsIn 苏州澄心资本 -> 麓谷康泰
R settledIn 蓝鲸诊断 -> 星城医疗器械产业园
R plansToSettleIn 杭州远岫生物 -> 星城医疗器械产业园
Q 星城医疗器械产业园 landArea 60000 m2
Q 星城医疗器械产业园 enterpriseCount 42 count
=== b-chengdu
published: 2024-09-02
--- text
成都天回药谷与麓谷康泰签署战略合作备忘录。
麓谷康泰总经理郑一帆、成都市武侯区副区长何芷参加。
苏州澄心资本与成都迎晖生物科技有限公司签订增资协议，金额为5000万元。
--- facts
E Park 成都天回药谷
E Firm 麓谷康泰
E Person 郑一帆
E Person 何芷
E Place 武侯区 | 成都市武侯区
E Place 成都市
E Investor 苏州澄心资本
E Firm 成都迎晖生物科技有限公司
A strategic_cooperation intent - : 成都天回药谷 + 麓谷康泰
A equity_investment signed 2024-09 #50000000CNY : 苏州澄心资本 + 成都迎晖生物科技有限公司
R hasRole 郑一帆 -> 麓谷康泰 = 总经理
R hasRole 何芷 -> 武侯区 = 副区长
R locatedIn 武侯区 -> 成都市
R locatedIn 成都天回药谷 -> 武侯区
R investsIn 苏州澄心资本 -> 成都迎晖生物科技有限公司
=== c-reprint
published: 2024-05-21
--- text
湖南麓谷康泰医疗科技有限公司与长沙市第九医院5月18日签订超声探头供货协议。
--- facts
E Firm 湖南麓谷康泰医疗科技有限公司
E MedicalInstitution 长沙市第九医院
A supply signed 2024-05-18 : 湖南麓谷康泰医疗科技有限公司 + 长沙市第九医院
=== d-hangzhou
published: 2024-11-11
--- text
杭州远岫生物与余杭区卫健局续约，园区同名者众，此园区非彼园区。
余杭区卫健局发布《余杭区康养补贴办法》。余杭区卫健局认定杭州远岫生物为示范企业。
原定与蓝鲸诊断的供货协议已终止。
--- facts
E Firm 杭州远岫生物
E GovernmentBody 余杭区卫健局
E Policy 余杭区康养补贴办法
E Park 园区
E Firm 蓝鲸诊断
A technology_service signed --11-08 : 杭州远岫生物 + 余杭区卫健局
A supply terminated - : 杭州远岫生物 + 蓝鲸诊断
R issues 余杭区卫健局 -> 余杭区康养补贴办法
R recognizes 余杭区卫健局 -> 杭州远岫生物 = 示范企业
"""

#: Two more pages, for the questions that need them.
MORE_PAGES = """
=== e-signing
published: 2025-03-10
--- text
3月8日，成都天回药谷与麓谷康泰正式签署战略合作协议。
湖南省医学科学研究院与麓谷康泰签订成果转化协议，与蓝鲸诊断签订成果转化协议。
成都天回药谷由成都天回集团运营，占地120亩。麓谷康泰入驻成都天回药谷，蓝鲸诊断也已入驻该园。
苏州澄心资本、白鹭洲基金共同投资蓝鲸诊断。
--- facts
E Park 成都天回药谷
E Firm 麓谷康泰
E ResearchInstitution 湖南省医学科学研究院
E Firm 蓝鲸诊断
E Firm 成都天回集团
E Investor 苏州澄心资本
E Investor 白鹭洲基金
A strategic_cooperation signed 2025-03-08 : 成都天回药谷 + 麓谷康泰
A tech_transfer signed - : 湖南省医学科学研究院 + 麓谷康泰
A tech_transfer signed - : 湖南省医学科学研究院 + 蓝鲸诊断
R operates 成都天回集团 -> 成都天回药谷
R settledIn 麓谷康泰 -> 成都天回药谷
R settledIn 蓝鲸诊断 -> 成都天回药谷
R investsIn 苏州澄心资本 -> 蓝鲸诊断
R investsIn 白鹭洲基金 -> 蓝鲸诊断
Q 成都天回药谷 landArea 80000 m2 2024
=== f-forum
published: 2025-04-01
--- text
长沙市雨花区康养产业对接会由雨花区政府主办，麓谷康泰、蓝鲸诊断参加。
麓谷康泰与湖南青禾商会在会上签署采购协议。麓谷康泰是湖南青禾商会会员，旗下有麓谷智护公司。
麓谷康泰推出护康床。雨花区政府与麓谷康泰共同成立康护联合创新中心。
星城康护项目由麓谷康泰实施，落户星城医疗器械产业园。
成都天回药谷占地130亩。
--- facts
E Event 雨花区康养产业对接会
E GovernmentBody 雨花区政府
E Place 雨花区
E Firm 麓谷康泰
E Firm 蓝鲸诊断
E Association 湖南青禾商会
E Firm 麓谷智护公司
E Product 护康床
E ResearchInstitution 康护联合创新中心
E Project 星城康护项目
E Park 星城医疗器械产业园
E Park 成都天回药谷
A supply signed 2025-04-01 @雨花区康养产业对接会 : 麓谷康泰 + 湖南青禾商会
R organizes 雨花区政府 -> 雨花区康养产业对接会
R locatedIn 雨花区康养产业对接会 -> 雨花区
R participatesIn 麓谷康泰 -> 雨花区康养产业对接会
R participatesIn 蓝鲸诊断 -> 雨花区康养产业对接会
R memberOf 麓谷康泰 -> 湖南青禾商会
R subsidiaryOf 麓谷智护公司 -> 麓谷康泰
R produces 麓谷康泰 -> 护康床
R establishes 雨花区政府 -> 康护联合创新中心
R establishes 麓谷康泰 -> 康护联合创新中心
R implements 麓谷康泰 -> 星城康护项目
R settledIn 星城康护项目 -> 星城医疗器械产业园
Q 成都天回药谷 landArea 86667 m2 2024
"""

_SENTENCE = re.compile(r"[^。\n]+。?")


def annotated(pages: str = PAGES) -> list[tuple[Document, Annotation]]:
    """The pages as the extractor would give them: mentions, evidence sentences, confidence."""
    return [
        (make_document(p.annotation.doc, p.text), with_evidence(p.annotation, p.text)) for p in parse(pages)
    ]


def make_document(name: str, text: str, **fields: str) -> Document:
    """A document whose text needed no repair."""
    return Document(
        key=f"{name}.txt",
        name=name,
        source=f"pages/{name}.txt",
        source_text=text,
        text=text,
        offsets=OffsetMap.identity(len(text)),
        title=text.splitlines()[0][:30],
        content_hash=Document.hash_of(text.encode("utf-8", "replace")),
        **fields,  # type: ignore[arg-type]
    )


def with_evidence(annotation: Annotation, text: str) -> Annotation:
    """Each fact with the sentence that names most of its entities."""
    spans = [match.span() for match in _SENTENCE.finditer(text)]
    names = {entity.id: entity.names for entity in annotation.entities}

    def evidence(ids: Sequence[str]) -> Evidence:
        def named(span: tuple[int, int]) -> int:
            return sum(any(name in text[span[0] : span[1]] for name in names[i]) for i in ids)

        start, end = max(spans, key=named)
        return Evidence(start=start, end=end, quote=text[start:end])

    def mention(forms: Iterable[str]) -> tuple[tuple[int, int], ...]:
        return tuple((text.find(f), text.find(f) + len(f)) for f in forms if f in text)[:1]

    return annotation.model_copy(
        update={
            "entities": tuple(
                e.model_copy(update={"mentions": mention(e.names), "confidence": 0.9})
                for e in annotation.entities
            ),
            "agreements": tuple(
                a.model_copy(update={"evidence": evidence(a.parties), "confidence": 0.8})
                for a in annotation.agreements
            ),
            "relations": tuple(
                r.model_copy(update={"evidence": evidence((r.subject, r.object)), "confidence": 0.7})
                for r in annotation.relations
            ),
            "quantities": tuple(
                q.model_copy(update={"evidence": evidence((q.subject,)), "confidence": 0.6})
                for q in annotation.quantities
            ),
        }
    )


def build(store: Store, items: Iterable[tuple[Document, Annotation]]) -> WriteReport:
    """Resolve and write the pages."""
    pairs = list(items)
    resolution = resolve((document.key, annotation) for document, annotation in pairs)
    return write_graph(store, pairs, resolution, extractor=EXTRACTOR)


def sample_store() -> Store:
    """The four pages in a store in memory."""
    store = open_store("memory:")
    build(store, annotated())
    return store
