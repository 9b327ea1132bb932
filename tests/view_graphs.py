"""Made-up graphs of any size for the tests of the page: cities, parks, firms, who signed with whom."""

from __future__ import annotations

import random
from collections.abc import Iterator

from kg.model import AGREEMENT_TYPES, Amount
from kg.view.model import Fact, Figure, Node, Source, Tie, ViewGraph

_CITIES = (
    "长沙市 成都市 上海市 中山市 苏州市 杭州市 武汉市 广州市 南京市 天津市 西安市 沈阳市 济南市 昆明市 合肥市 郑州市 "
    "福州市 贵阳市 南昌市 太原市 兰州市 银川市 海口市 厦门市 宁波市 无锡市 大连市 青岛市 珠海市 佛山市"
).split()
_BRANDS = "华仁 康泰 瑞禾 同济 安澜 明德 博远 启元 正源 海岳 云岭 天衡 嘉禾 百川 和光 致远 金禾 森诺 泽生 卓然".split()
_TRADES = "医疗器械 生物医药 基因科技 康养服务 中药饮片 数字健康 精准诊断 医学检验".split()
_STATUSES = ("signed", "signed", "signed", "intent", "planned", "terminated")


def made_up_graph(count: int, *, seed: int = 11) -> ViewGraph:
    """A graph of exactly ``count`` nodes, about 1.4 ties a node, an agreement for every third firm."""
    chance = random.Random(seed)
    nodes: list[Node] = []
    ties: list[Tie] = []
    sources = tuple(
        Source(f"doc/{number}", f"签约纪要第{number}期", "健康产业观察", _date(chance), f"https://news.example/{number}")
        for number in range(max(4, count // 40))
    )

    def fact(quote: str) -> tuple[Fact, ...]:
        return (Fact(chance.choice(sources).id, quote, 10, 10 + len(quote), round(chance.uniform(0.4, 1.0), 2)),)

    def relate(kind: str, subject: Node, other: Node) -> None:
        quote = f"{subject.label}与{other.label}的关系见于公开报道。"
        ties.append(Tie(f"r{len(ties)}", kind, (subject.id, other.id), facts=fact(quote)))

    firms: list[Node] = []
    parks: list[Node] = []
    for node in _nodes(count, chance):
        nodes.append(node)
        if node.type == "Park":
            parks.append(node)
            relate("locatedIn", node, next(each for each in nodes if each.label == node.region))
        elif node.type != "Place":
            firms.append(node)
            relate("settledIn", node, chance.choice(parks[-3:]))
            if len(firms) % 3 == 0:
                near = firms[-40:] if chance.random() < 0.9 else firms
                ties.append(_agreement(len(ties), node, near, parks, chance, fact))
    return ViewGraph(tuple(nodes), tuple(ties), sources)


def _nodes(count: int, chance: random.Random) -> Iterator[Node]:
    parks = 0
    cities = min(len(_CITIES), max(1, count // 60))
    per_city = count // cities
    for number in range(count):
        city = _CITIES[min(number // per_city, cities - 1)]
        place = number % per_city if number < per_city * cities else per_city - 1
        if place == 0:
            yield Node(f"n{number}", "Place", city, region=city)
        elif place % 30 == 1:
            parks += 1
            figures = (Figure("floorArea", 1000.0 * chance.randint(5, 900), "m2", "2024"),)
            yield Node(f"n{number}", "Park", f"{city[:-1]}{parks}号健康产业园", region=city, figures=figures)
        else:
            kind = chance.choice(("Firm", "Firm", "Firm", "Firm", "Investor", "ResearchInstitution", "MedicalInstitution"))
            brand = f"{chance.choice(_BRANDS)}{number}"
            name = f"{city[:-1]}{brand}{chance.choice(_TRADES)}有限公司"
            yield Node(f"n{number}", kind, name, aliases=(brand,), region=city)


def _agreement(number, node, near, parks, chance, fact) -> Tie:  # type: ignore[no-untyped-def]
    parties = {node.id: node, (other := chance.choice([*near, *parks[-2:]])).id: other}
    if chance.random() < 0.1:
        third = chance.choice(near)
        parties[third.id] = third
    names = "、".join(each.label for each in parties.values())
    return Tie(
        f"a{number}", chance.choice(AGREEMENT_TYPES), tuple(parties), status=chance.choice(_STATUSES),
        date=_date(chance) if chance.random() < 0.8 else None,
        amount=Amount(value=1e6 * chance.randint(5, 9000), currency="CNY") if chance.random() < 0.5 else None,
        facts=fact(f"会上，{names}签署了合作协议。"),
    )


def _date(chance: random.Random) -> str:
    return f"{chance.randint(2021, 2025)}-{chance.randint(1, 12):02d}-{chance.randint(1, 28):02d}"
