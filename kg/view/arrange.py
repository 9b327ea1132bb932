"""The ways a page can be arranged: as a network, or in circles of communities, regions or parks."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from kg.model import ORGANISATION_TYPES
from kg.view.layout import Edge, Points, communities, layout, layout_groups
from kg.view.model import Node, ViewGraph
from kg.view.packing import STRETCH

#: Pixels a node's room takes at scale 1.
_UNIT = 62
#: Above this many nodes the page opens as circles of communities.
NETWORK_LIMIT = 700
#: Communities smaller than this share one circle on a large page.
_SMALLEST = 8
#: A community is named after one of these, if it has any: an event or a city says less of it.
_ACTORS = ORGANISATION_TYPES | {"Park"}
REST, UNKNOWN = "rest", "unknown"
#: Being in one place ties two nodes less than anything they do together.
_PLACING_WEIGHT = 0.4
_PLACING = frozenset({"locatedIn"})


@dataclass(frozen=True, slots=True)
class Circle:
    """An ellipse around the members of a group; ``label`` is a name, or ``rest`` or ``unknown``."""

    label: str
    x: float
    y: float
    rx: float
    ry: float
    members: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Arrangement:
    """Pixel coordinates of every node, in the order of the graph, and the circles they lie in."""

    key: str
    points: tuple[tuple[int, int], ...]
    circles: tuple[Circle, ...]


def weights(graph: ViewGraph) -> list[float]:
    """Sum of the weights of each node's ties, in the order of the graph."""
    total = [0.0] * len(graph.nodes)
    for tie in graph.ties:
        for member in set(tie.members):
            total[graph.index[member]] += tie.weight
    return total


def arrangements(graph: ViewGraph) -> list[Arrangement]:
    """The arrangements that make sense for this graph; the first is the one the page opens with."""
    edges = _edges(graph)
    found = []
    if len(graph.nodes) <= NETWORK_LIMIT:
        found.append(Arrangement("network", _pixels(layout(len(graph.nodes), edges)), ()))
    else:
        found.append(_circles(graph, edges, "community", _community_groups(graph, edges)))
    for key, name_of in _GROUPINGS.items():
        groups: dict[str, list[int]] = defaultdict(list)
        for position, node in enumerate(graph.nodes):
            groups[name_of(node) or UNKNOWN].append(position)
        if len(groups.keys() - {UNKNOWN}) > 1:
            found.append(
                _circles(graph, edges, key, _gathered(groups, large=len(graph.nodes) > NETWORK_LIMIT))
            )
    return found


def _gathered(groups: Mapping[str, list[int]], *, large: bool) -> list[tuple[str, list[int]]]:
    """The groups, with those too small for a circle of their own in one."""
    least = _SMALLEST if large else 2
    kept = [(name, members) for name, members in groups.items() if len(members) >= least or name == UNKNOWN]
    kept_names = {name for name, _ in kept}
    rest = [member for name, members in groups.items() if name not in kept_names for member in members]
    return [*kept, (REST, sorted(rest))] if rest else kept


_GROUPINGS: dict[str, Callable[[Node], str | None]] = {
    "region": lambda node: node.region,
    "park": lambda node: node.park,
}


def _edges(graph: ViewGraph) -> list[Edge]:
    edges: list[Edge] = []
    for tie in graph.ties:
        members = sorted({graph.index[member] for member in tie.members})
        weight = _PLACING_WEIGHT if tie.kind in _PLACING else tie.weight
        # An agreement of many parties pulls each pair less, so that it does not outweigh the rest.
        share = weight / max(1, len(members) - 1)
        edges.extend((one, other, share) for one, other in combinations(members, 2))
    return edges


def _community_groups(graph: ViewGraph, edges: Sequence[Edge]) -> list[tuple[str, list[int]]]:
    """Communities named after their best-tied member; the small ones together."""
    weight = weights(graph)
    groups: list[tuple[str, list[int]]] = []
    rest: list[int] = []
    for members in communities(len(graph.nodes), edges):
        if len(members) < _SMALLEST:
            rest.extend(members)
        else:
            best = max(
                members,
                key=lambda member: (graph.nodes[member].type in _ACTORS, weight[member], -member),
            )
            groups.append((graph.nodes[best].label, members))
    if rest:
        groups.append((REST, sorted(rest)))
    # Two communities may have namesakes at their heads.
    count = Counter(name for name, _ in groups)
    seen: Counter[str] = Counter()
    named = []
    for name, members in groups:
        seen[name] += 1
        named.append((f"{name} ({seen[name]})" if count[name] > 1 else name, members))
    return named


def _circles(
    graph: ViewGraph, edges: Sequence[Edge], key: str, groups: Sequence[tuple[str, list[int]]]
) -> Arrangement:
    aside = next((number for number, (name, _) in enumerate(groups) if name in {REST, UNKNOWN}), None)
    points, discs = layout_groups(len(graph.nodes), edges, [members for _, members in groups], aside=aside)
    circles = tuple(
        Circle(
            name,
            round(x * _UNIT * STRETCH),
            round(y * _UNIT),
            round(r * _UNIT * STRETCH),
            round(r * _UNIT),
            tuple(members),
        )
        for (name, members), (x, y, r) in zip(groups, discs.tolist(), strict=True)
    )
    return Arrangement(key, _pixels(points), circles)


def _pixels(points: Points) -> tuple[tuple[int, int], ...]:
    return tuple((round(x * _UNIT * STRETCH), round(y * _UNIT)) for x, y in points.tolist())
