"""The page's data: a graph as columns that JSON and the page's script read fast."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kg.view import style
from kg.view.arrange import Arrangement
from kg.view.model import Fact, Tie, ViewGraph
from kg.words import read_words


def payload(
    graph: ViewGraph,
    arrangements: list[Arrangement],
    weights: list[float],
    *,
    title: str,
    language: str,
    live: bool = False,
) -> dict[str, Any]:
    """Everything the page knows, JSON-ready; nodes, ties and sources are named by their position."""
    types = list(dict.fromkeys((*style.NODE_STYLES, *(node.type for node in graph.nodes))))
    types = [name for name in types if any(node.type == name for node in graph.nodes)]
    source_of = {source.id: position for position, source in enumerate(graph.sources)}
    return {
        "title": title,
        "language": language,
        "live": live,
        "choice": graph.choice,
        "labels": labels(),
        "types": types,
        "typeStyles": [style.NODE_STYLES.get(name, style.UNKNOWN_NODE) for name in types],
        "nodes": {
            "id": [node.id for node in graph.nodes],
            "label": [node.label for node in graph.nodes],
            "type": [types.index(node.type) for node in graph.nodes],
            "aliases": [list(node.aliases) for node in graph.nodes],
            "region": [node.region for node in graph.nodes],
            "weight": weights,
            "size": [style.node_size(weight) for weight in weights],
            "figures": [
                [[f.property, f.value, f.unit, f.date, _facts(f.facts, source_of)] for f in node.figures]
                for node in graph.nodes
            ],
            "sources": [
                [source_of[name] for name in node.sources if name in source_of] for node in graph.nodes
            ],
        },
        "ties": [_tie(tie, graph, source_of) for tie in graph.ties],
        "tieStyles": {
            f"{kind}/{status or ''}": style.tie_style(kind, status)
            for kind, status in {(tie.kind, tie.status) for tie in graph.ties}
        },
        "sources": [[s.title, s.publisher, s.published, s.url, s.path] for s in graph.sources],
        "arrangements": [_arrangement(each) for each in arrangements],
    }


def labels() -> dict[str, list[str]]:
    """Words of the page: {key: [Chinese, English]}."""
    return {key: list(pair) for key, pair in read_words("view_labels.tsv").items()}


def _tie(tie: Tie, graph: ViewGraph, source_of: Mapping[str, int]) -> list[Any]:
    amount = [tie.amount.value, tie.amount.currency] if tie.amount else None
    event = graph.index.get(tie.event) if tie.event else None
    members = [graph.index[member] for member in tie.members]
    return [tie.kind, members, tie.status, tie.date, amount, event, tie.title, _facts(tie.facts, source_of)]


def _facts(facts: tuple[Fact, ...], source_of: Mapping[str, int]) -> list[list[Any]]:
    return [[source_of.get(fact.source, -1), fact.quote, fact.confidence] for fact in facts]


def _arrangement(arrangement: Arrangement) -> dict[str, Any]:
    group = [-1] * len(arrangement.points)
    for number, circle in enumerate(arrangement.circles):
        for member in circle.members:
            group[member] = number
    return {
        "key": arrangement.key,
        "x": [x for x, _ in arrangement.points],
        "y": [y for _, y in arrangement.points],
        "group": group,
        "circles": [[c.label, c.x, c.y, c.rx, c.ry, len(c.members)] for c in arrangement.circles],
    }
