"""A small annotated story, in words of our own, with every case that a page must show."""

from __future__ import annotations

from typing import Any

from kg.model import Agreement, Amount, Annotation, Entity, Evidence, Quantity, Relation
from kg.view.from_annotations import view_of_annotations
from kg.view.model import Source, ViewGraph

SCRIPT = '<script>alert("x")</script>'
BREAKOUT = "</script><img src=x onerror=alert(1)>\u2028"
RIGHT_TO_LEFT = "شركة\u202eالصحة 医疗"
EMOJI = "健康👨‍👩‍👧‍👦家园"
LONG = "长" * 300 + "有限公司"

TEXT = (
    "3月18日，云岭医药谷与和光医疗科技有限公司（简称“和光医疗”）签订入驻协议，协议金额2.4亿元。"
    "同日，和光医疗与青禾医院签署供应协议；6月，双方又签署技术服务协议。"
    "和光医疗、青禾医院、云岭大学三方签署共建实验室协议。泽生资本有意投资和光医疗。"
    "云岭医药谷位于云岭市，占地90亩。和光医疗董事长林远出席。江州药业计划入驻云岭医药谷。"
    "江州药业与青禾医院的采购协议已经终止。云岭市政府单独签署了合作备忘录。"
)
SECOND = "江州市消息：江州药业位于江州市。和光医疗与江州药业签订采购协议。云岭医药谷位于云岭市。"


def _evidence(text: str, quote: str) -> Evidence:
    start = text.index(quote)
    return Evidence(start=start, end=start + len(quote), quote=quote)


def _agreement(
    text: str, quote: str, number: int, kind: Any, parties: tuple[str, ...], **more: Any
) -> Agreement:
    more = {"status": "signed", "confidence": 0.9} | more
    return Agreement(id=f"a{number}", type=kind, parties=parties, evidence=_evidence(text, quote), **more)


def _relation(text: str, quote: str, kind: Any, subject: str, other: str, **more: Any) -> Relation:
    more = {"confidence": 0.8} | more
    return Relation(type=kind, subject=subject, object=other, evidence=_evidence(text, quote), **more)


def first_story() -> Annotation:
    """Parallel agreements, three parties, a lone party, an intent, a termination, a figure."""
    entities = (
        Entity(id="park", type="Park", name="云岭医药谷"),
        Entity(id="hg", type="Firm", name="和光医疗科技有限公司", aliases=("和光医疗",)),
        Entity(id="qh", type="MedicalInstitution", name="青禾医院"),
        Entity(id="uni", type="ResearchInstitution", name="云岭大学"),
        Entity(id="zs", type="Investor", name="泽生资本"),
        Entity(id="city", type="Place", name="云岭市"),
        Entity(id="ly", type="Person", name="林远"),
        Entity(id="jz", type="Firm", name="江州药业"),
        Entity(id="gov", type="GovernmentBody", name="云岭市政府"),
    )
    agreements = (
        _agreement(
            TEXT,
            "云岭医药谷与和光医疗科技有限公司（简称“和光医疗”）签订入驻协议，协议金额2.4亿元",
            1,
            "settlement",
            ("park", "hg"),
            date="2024-03-18",
            amount=Amount(value=2.4e8, currency="CNY"),
        ),
        _agreement(TEXT, "和光医疗与青禾医院签署供应协议", 2, "supply", ("hg", "qh"), date="2024-03-18"),
        _agreement(TEXT, "双方又签署技术服务协议", 3, "technology_service", ("hg", "qh"), date="2024-06"),
        _agreement(
            TEXT,
            "和光医疗、青禾医院、云岭大学三方签署共建实验室协议",
            4,
            "joint_construction",
            ("hg", "qh", "uni"),
            date="2025",
        ),
        _agreement(
            TEXT,
            "泽生资本有意投资和光医疗",
            5,
            "equity_investment",
            ("zs", "hg"),
            status="intent",
            confidence=0.5,
        ),
        _agreement(
            TEXT, "江州药业与青禾医院的采购协议已经终止", 6, "supply", ("jz", "qh"), status="terminated"
        ),
        _agreement(TEXT, "云岭市政府单独签署了合作备忘录", 7, "other", ("gov",), status="intent"),
    )
    relations = (
        _relation(TEXT, "云岭医药谷位于云岭市", "locatedIn", "park", "city"),
        _relation(TEXT, "和光医疗董事长林远", "hasRole", "ly", "hg", title="董事长"),
        _relation(TEXT, "江州药业计划入驻云岭医药谷", "plansToSettleIn", "jz", "park"),
    )
    land = Quantity(
        subject="park",
        property="landArea",
        value=60000,
        unit="m2",
        evidence=_evidence(TEXT, "占地90亩"),
        confidence=0.7,
    )
    return Annotation(
        doc="yunling", published="2024-07-01", entities=entities, agreements=agreements, relations=relations,
        quantities=(land,),
    )  # fmt: skip


def second_story() -> Annotation:
    """Repeats a relation and names two entities of the first story again."""
    entities = (
        Entity(id="e1", type="Firm", name="江州药业"),
        Entity(id="e2", type="Place", name="江州市"),
        Entity(id="e3", type="Firm", name="和光医疗科技有限公司", aliases=("和光",)),
        Entity(id="e4", type="Park", name="云岭医药谷"),
        Entity(id="e5", type="Place", name="云岭市"),
    )
    relations = (
        _relation(SECOND, "江州药业位于江州市", "locatedIn", "e1", "e2"),
        _relation(SECOND, "云岭医药谷位于云岭市", "locatedIn", "e4", "e5", confidence=0.95),
    )
    agreements = (_agreement(SECOND, "和光医疗与江州药业签订采购协议", 1, "supply", ("e3", "e1")),)
    return Annotation(
        doc="jiangzhou", published="2022", entities=entities, relations=relations, agreements=agreements
    )


def story_view() -> ViewGraph:
    """Both stories: 10 nodes, 8 agreements, 4 relations, 2 sources."""
    sources = {
        "yunling": Source("yunling", "云岭签约", "云岭日报", "2024-07-01", "https://news.example/yunling"),
        "jiangzhou": Source("jiangzhou", "江州快讯", "江州报", "2022", "javascript:alert(1)"),
    }
    return view_of_annotations([first_story(), second_story()], sources=sources)


def hostile_view() -> ViewGraph:
    """Names, titles and quotes that try to be markup, formulas or layout."""
    names = (SCRIPT, BREAKOUT, RIGHT_TO_LEFT, EMOJI, LONG, '=HYPERLINK("http://x")')
    entities = tuple(
        Entity(id=f"e{n}", type="Firm", name=name, aliases=(f"{name}简称",)) for n, name in enumerate(names)
    )
    relations = tuple(
        Relation(
            type="investsIn",
            subject="e0",
            object=f"e{n}",
            title=SCRIPT,
            evidence=Evidence(start=0, end=9, quote=BREAKOUT),
        )
        for n in range(1, len(names))
    )
    annotation = Annotation(doc="hostile", entities=entities, relations=relations)
    return view_of_annotations(
        [annotation], sources={"hostile": Source("hostile", BREAKOUT, SCRIPT, url="data:text/html,x")}
    )
