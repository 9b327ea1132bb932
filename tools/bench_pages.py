"""Synthetic annotated pages without end, for benchmarks: every type, every relation, every kind of fact.

Names are drawn from pools, so that pages share entities as news pages do: a few parks and bodies that many
pages name, many firms that few do.
"""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator

from kg.model import (
    RELATION_SIGNATURES,
    Agreement,
    Amount,
    Annotation,
    Document,
    Entity,
    EntityType,
    Evidence,
    OffsetMap,
    Quantity,
    Relation,
    RelationType,
)

_CITIES = ("长沙", "成都", "上海", "苏州", "武汉", "广州", "杭州", "北京", "天津", "重庆")
_BRANDS = "青禾白桦赤松远岫澄心迎晖康泰天回麓谷星河云杉明湖"
_FIRMS = 8
_RELATIONS = 16
_TITLED = frozenset({"hasRole", "recognizes"})
_TYPES = ("strategic_cooperation", "investment", "equity_investment", "supply", "tech_transfer", "lease")
_STATUSES = ("signed",) * 7 + ("intent", "planned", "terminated")


def pages(numbers: random.Random) -> Iterator[tuple[Document, Annotation]]:
    """Pages of eight firms and one entity of every other type, with four agreements, sixteen relations and
    two figures each.
    """
    for number in itertools.count():
        names = list(_names(numbers, number))
        text = "，".join(name for _, name in names) + "。"
        entities = tuple(
            Entity(
                id=f"e{i}",
                type=kind,
                name=name,
                confidence=0.9,
                mentions=((text.index(name), text.index(name) + len(name)),),
            )
            for i, (kind, name) in enumerate(names)
        )
        evidence = Evidence(start=0, end=len(text), quote=text)
        annotation = Annotation(
            doc=f"p{number}",
            published=f"20{numbers.randrange(20, 26)}-{numbers.randrange(1, 13):02}-01",
            entities=entities,
            agreements=tuple(_agreements(numbers, entities, evidence)),
            relations=tuple(_relations(numbers, entities, evidence)),
            quantities=tuple(_quantities(numbers, entities, evidence)),
        )
        key = f"p{number}.txt"
        yield Document(key, f"p{number}", key, text, text, OffsetMap.identity(len(text))), annotation


def _names(numbers: random.Random, page: int) -> Iterator[tuple[EntityType, str]]:
    def city() -> str:
        return numbers.choice(_CITIES)

    def brand() -> str:
        return "".join(numbers.choices(_BRANDS, k=2))

    firms = {f"{city()}{brand()}{numbers.randrange(40)}医药有限公司" for _ in range(_FIRMS)}
    yield from (("Firm", name) for name in sorted(firms))
    yield "Park", f"{city()}药谷{numbers.randrange(50)}"
    yield "GovernmentBody", f"{city()}市卫健局"
    yield "Investor", f"{city()}{brand()}创业投资"
    yield "MedicalInstitution", f"{city()}市第{numbers.randrange(1, 60)}医院"
    yield "ResearchInstitution", f"{city()}医学研究院{numbers.randrange(90)}"
    yield "Association", f"{city()}{brand()}商会"
    yield "Organization", f"{city()}药品注册工作站{numbers.randrange(20)}"
    yield "Place", f"{city()}市"
    yield "Person", f"林{page}"
    yield "Project", f"{brand()}康养项目{numbers.randrange(900)}"
    yield "Event", f"{city()}健康产业对接会{numbers.randrange(300)}"
    yield "Policy", f"{city()}医药产业扶持办法{numbers.randrange(30)}"
    yield "Product", f"{brand()}试剂盒{numbers.randrange(900)}"


def _agreements(
    numbers: random.Random, entities: tuple[Entity, ...], evidence: Evidence
) -> Iterator[Agreement]:
    parties = [e.id for e in entities if e.type not in ("Person", "Event", "Policy", "Product", "Place")]
    event = next(e.id for e in entities if e.type == "Event")
    for i in range(4):
        yield Agreement(
            id=f"a{i}",
            type=numbers.choice(_TYPES),  # type: ignore[arg-type]
            status=numbers.choice(_STATUSES),  # type: ignore[arg-type]
            parties=tuple(numbers.sample(parties, 2)),
            date=f"20{numbers.randrange(10, 26)}",
            event=event if i == 0 else None,
            amount=Amount(value=numbers.randrange(1, 900) * 1e6, currency="CNY") if i % 2 else None,
            evidence=evidence,
            confidence=numbers.randrange(30, 100) / 100,
        )


def _relations(
    numbers: random.Random, entities: tuple[Entity, ...], evidence: Evidence
) -> Iterator[Relation]:
    kinds: list[RelationType] = [*RELATION_SIGNATURES, "settledIn", "settledIn", "investsIn"]
    for kind in numbers.sample(kinds, _RELATIONS):
        subjects, objects = RELATION_SIGNATURES[kind]
        target = numbers.choice([e for e in entities if e.type in objects])
        subject = numbers.choice([e for e in entities if e.type in subjects and e.id != target.id])
        yield Relation(
            type=kind,
            subject=subject.id,
            object=target.id,
            title="董事长" if kind in _TITLED else None,
            evidence=evidence,
            confidence=numbers.randrange(30, 100) / 100,
        )


def _quantities(
    numbers: random.Random, entities: tuple[Entity, ...], evidence: Evidence
) -> Iterator[Quantity]:
    park = next(e.id for e in entities if e.type == "Park")
    for kind, unit in (("landArea", "m2"), ("enterpriseCount", "count")):
        yield Quantity(
            subject=park,
            property=kind,  # type: ignore[arg-type]
            value=numbers.randrange(1, 5000),
            unit=unit,
            date=f"20{numbers.randrange(20, 26)}",
            evidence=evidence,
            confidence=0.6,
        )
