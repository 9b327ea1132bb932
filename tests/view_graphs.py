"""Made-up graphs of any size for the tests of the page: cities, parks, firms, who signed with whom."""

from __future__ import annotations

import random
import textwrap
from collections.abc import Callable, Iterator

from kg.model import AGREEMENT_TYPES, Amount
from kg.view.model import Fact, Figure, Node, Source, Tie, ViewGraph

_CITIES = textwrap.wrap(
    "长沙成都上海中山苏州杭州武汉广州南京天津西安沈阳济南昆明合肥郑州福州贵阳南昌太原兰州银川海口厦门", 2
)
_BRANDS = textwrap.wrap("华仁康泰瑞禾同济安澜明德博远启元正源海岳云岭天衡嘉禾百川和光致远金禾森诺泽生卓然", 2)
_KINDS = ("Firm", "Firm", "Firm", "Firm", "Investor", "ResearchInstitution", "MedicalInstitution")
_TRADES = ["医疗器械", "生物医药", "基因科技", "康养服务", "中药饮片", "数字健康", "精准诊断", "医学检验"]
_STATUSES = ("signed", "signed", "signed", "intent", "planned", "terminated")


def made_up_graph(count: int, *, seed: int = 11) -> ViewGraph:
    """A graph of exactly ``count`` nodes, about 1.4 ties a node, an agreement for every third firm."""
    chance = random.Random(seed)  # noqa: S311
    nodes: list[Node] = []
    ties: list[Tie] = []
    sources = tuple(
        Source(
            f"doc/{number}",
            f"签约纪要第{number}期",
            "健康产业观察",
            _date(chance),
            f"https://news.example/{number}",
        )
        for number in range(max(4, count // 40))
    )

    def fact(quote: str) -> tuple[Fact, ...]:
        return (
            Fact(chance.choice(sources).id, quote, 10, 10 + len(quote), round(chance.uniform(0.4, 1.0), 2)),
        )

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
                others = [chance.choice([*near, *parks[-2:]])] + [chance.choice(near)] * (
                    chance.random() < 0.1
                )
                ties.append(_agreement(f"a{len(ties)}", [node, *others], chance, fact))
    return ViewGraph(tuple(nodes), tuple(ties), sources)


def _nodes(count: int, chance: random.Random) -> Iterator[Node]:
    parks = 0
    cities = min(len(_CITIES), max(1, count // 60))
    per_city = count // cities
    for number in range(count):
        city = _CITIES[min(number // per_city, cities - 1)] + "市"
        place = number % per_city if number < per_city * cities else per_city - 1
        if place == 0:
            yield Node(f"n{number}", "Place", city, region=city)
        elif place % 30 == 1:
            parks += 1
            figures = (Figure("floorArea", 1000.0 * chance.randint(5, 900), "m2", "2024"),)
            yield Node(f"n{number}", "Park", f"{city[:-1]}{parks}号健康产业园", region=city, figures=figures)
        else:
            kind = chance.choice(_KINDS)
            brand = f"{chance.choice(_BRANDS)}{number}"
            name = f"{city[:-1]}{brand}{chance.choice(_TRADES)}有限公司"
            yield Node(f"n{number}", kind, name, aliases=(brand,), region=city)


def _agreement(
    tie_id: str, parties: list[Node], chance: random.Random, fact: Callable[[str], tuple[Fact, ...]]
) -> Tie:
    names = dict.fromkeys(party.label for party in parties)
    return Tie(
        tie_id,
        chance.choice(AGREEMENT_TYPES),
        tuple(dict.fromkeys(party.id for party in parties)),
        status=chance.choice(_STATUSES),
        date=_date(chance) if chance.random() < 0.8 else None,
        amount=Amount(value=1e6 * chance.randint(5, 9000), currency="CNY") if chance.random() < 0.5 else None,
        facts=fact(f"会上，{'、'.join(names)}签署了合作协议。"),
    )


def _date(chance: random.Random) -> str:
    return f"{chance.randint(2021, 2025)}-{chance.randint(1, 12):02d}-{chance.randint(1, 28):02d}"
