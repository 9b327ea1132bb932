"""Places nodes in the plane so that the page stands still at once: communities first, members inside.

Every step is deterministic. Distances are in units of one node's room; the page scales them, and draws the
plane out sideways by ``packing.STRETCH`` because labels run sideways.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import networkx as nx
import numpy as np
from numpy.typing import NDArray

from kg.view.packing import UPRIGHT, disc_of, fit_together, pack, spread

Points = NDArray[np.float64]
Edge = tuple[int, int, float]

#: Up to this many connected nodes are placed by stress majorisation at once; it costs their number squared.
_WHOLE = 320
#: Larger graphs are cut into communities of about this size.
_PART = 140
_SWEEPS = 60
_PIVOTS = 12
#: How many nodes without ties stand side by side.
_ROW = 4
_SEED = 7
#: A community of more than this share of its graph is no division of it.
_INDIVISIBLE = 0.9


def layout(count: int, edges: Iterable[Edge]) -> Points:
    """Coordinates of nodes 0…count-1, shape (count, 2), centred on the origin.

    ``edges`` are (one end, other end, weight); their direction does not matter, repeated edges add up.
    """
    graph = nx.Graph()
    graph.add_nodes_from(range(count))
    for one, other, weight in edges:
        if one != other:
            before = graph.get_edge_data(one, other, {"weight": 0.0})["weight"]
            graph.add_edge(one, other, weight=before + weight)
    return _place(graph, whole=_WHOLE, upright=UPRIGHT)


def communities(count: int, edges: Iterable[Edge]) -> list[list[int]]:
    """Louvain communities (seeded, resolution 1), the largest first, members in ascending order."""
    graph = nx.Graph()
    graph.add_nodes_from(range(count))
    graph.add_weighted_edges_from(edges)
    parts = nx.community.louvain_communities(graph, seed=_SEED, weight="weight")
    return sorted((sorted(part) for part in parts), key=lambda part: (-len(part), part[0]))


def layout_groups(
    count: int,
    edges: Sequence[Edge],
    groups: Sequence[Sequence[int]],
    *,
    upright: float = UPRIGHT,
    aside: int | None = None,
) -> tuple[Points, Points]:
    """Coordinates of nodes that stay inside the disc of their group, and the discs (x, y, radius).

    ``groups`` divide 0…count-1. Groups that share edges lie close to each other; discs do not overlap.
    upright: how much higher than wide the whole becomes. aside: number of a group that goes to the edge.
    """
    points = np.zeros((count, 2))
    group_of = np.empty(count, dtype=int)
    for number, members in enumerate(groups):
        group_of[list(members)] = number
    inner: list[list[Edge]] = [[] for _ in groups]
    outer: list[Edge] = []
    for one, other, weight in edges:
        ours, theirs = int(group_of[one]), int(group_of[other])
        if ours == theirs:
            inner[ours].append((one, other, weight))
        else:
            outer.append((ours, theirs, weight))
    discs = np.zeros((len(groups), 3))
    for number, members in enumerate(groups):
        local = {node: position for position, node in enumerate(members)}
        graph = nx.Graph()
        graph.add_nodes_from(range(len(members)))
        for one, other, weight in inner[number]:
            if one != other:
                graph.add_edge(local[one], local[other], weight=weight)
        placed = _place(graph, whole=_PART, upright=1.0)
        centre, discs[number, 2] = disc_of(placed)
        points[list(members)] = placed - centre
    discs[:, :2] = _place_discs(len(groups), outer, discs[:, 2] * 1.12 + 0.6, upright, aside)
    return points + discs[group_of, :2], discs


def _place(graph: nx.Graph, *, whole: int, upright: float) -> Points:
    """Places each connected component, then packs the components."""
    components = sorted(
        map(sorted, nx.connected_components(graph)), key=lambda nodes: (-len(nodes), nodes[0])
    )
    points = np.zeros((len(graph), 2))
    alone = [nodes[0] for nodes in components if len(nodes) == 1]
    members = [nodes for nodes in components if len(nodes) > 1]
    blocks = [_place_connected(graph.subgraph(nodes), nodes, whole=whole) for nodes in members]
    # What is tied to nothing stands in rows, placed last and so outermost.
    rows = [alone[start : start + _ROW] for start in range(0, len(alone), _ROW)]
    members += rows
    blocks += [np.column_stack([np.arange(len(row)) * 2.2, np.zeros(len(row))]) for row in rows]
    if len(blocks) == 1:
        points[members[0]] = blocks[0]
        return points
    lines = [_lines(graph, nodes) for nodes in members]
    for nodes, block, shift in zip(
        members, blocks, fit_together(blocks, lines, upright=upright), strict=True
    ):
        points[nodes] = block + shift
    return points


def _lines(graph: nx.Graph, nodes: list[int]) -> NDArray[np.int_]:
    """Edges among ``nodes`` as pairs of positions in that list, shape (edges, 2)."""
    local = {node: position for position, node in enumerate(nodes)}
    pairs = [(local[one], local[other]) for one, other in graph.subgraph(nodes).edges()]
    return np.array(pairs, dtype=int).reshape(-1, 2)


def _place_connected(graph: nx.Graph, nodes: list[int], *, whole: int) -> Points:
    if len(nodes) <= whole:
        return _stress(graph, nodes)
    local = nx.relabel_nodes(graph, {node: position for position, node in enumerate(nodes)})
    edges = [(one, other, data["weight"]) for one, other, data in local.edges(data=True)]
    parts = communities(len(nodes), edges)
    if len(parts) == 1 or len(parts[0]) > _INDIVISIBLE * len(nodes):
        return _around_hubs(local)
    return layout_groups(len(nodes), edges, parts, upright=1.0)[0]


def _stress(graph: nx.Graph, nodes: list[int]) -> Points:
    """Stress majorisation (Gansner, Koren, North 2004) of graph distances, then overlap removal.

    An edge is drawn longer where an end has many edges, so that a hub's leaves find room around it.
    """
    count = len(nodes)
    if count == 2:
        return np.array([[-0.9, 0.0], [0.9, 0.0]])
    distance = _distances(graph, nodes)
    points = _pivot_scaling(distance)
    off = distance + np.eye(count)
    weight = 1.0 / off**2
    np.fill_diagonal(weight, 0.0)
    laplacian = np.diag(weight.sum(axis=1)) - weight
    # Pseudo-inverse of a connected graph's Laplacian.
    inverse = np.linalg.inv(laplacian + 1.0 / count) - 1.0 / count
    for _ in range(_SWEEPS):
        gap = points[:, None, :] - points[None, :, :]
        actual = np.sqrt((gap**2).sum(axis=2))
        ratio = weight * distance / np.maximum(actual, 1e-9)
        pull = np.diag(ratio.sum(axis=1)) - ratio
        points = inverse @ (pull @ points)
    return spread(points)


def _distances(graph: nx.Graph, nodes: list[int]) -> Points:
    """Lengths of shortest paths between all nodes (Floyd and Warshall)."""
    number = {node: position for position, node in enumerate(nodes)}
    distance = np.full((len(nodes), len(nodes)), np.inf)
    np.fill_diagonal(distance, 0.0)
    for one, other in graph.edges():
        length = 0.9 + 0.32 * max(graph.degree(one), graph.degree(other)) ** 0.5
        distance[number[one], number[other]] = distance[number[other], number[one]] = length
    for middle in range(len(nodes)):
        np.minimum(distance, distance[:, middle, None] + distance[None, middle], out=distance)
    return distance


def _pivot_scaling(distance: Points) -> Points:
    """A start for the majorisation that does not depend on chance: PivotMDS (Brandes, Pich 2007).

    The plane's longer axis is upright, because it is drawn out sideways later.
    """
    count = len(distance)
    pivots = [0]
    while len(pivots) < min(_PIVOTS, count):
        pivots.append(int(distance[pivots].min(axis=0).argmax()))
    squared = distance[:, pivots] ** 2
    centred = squared - squared.mean(axis=0) - squared.mean(axis=1)[:, None] + squared.mean()
    _, vectors = np.linalg.eigh(centred.T @ centred)
    # Two columns at least: a pair of nodes never comes here.
    points = -0.5 * centred @ vectors[:, [-2, -1]]
    points *= distance.max() / max(float(np.abs(points).max()), 1e-9) / 2
    # Twin leaves have equal distances to everything; a fixed small turn tells them apart.
    angle = np.arange(count) * 2.399963
    jitter: Points = points + 0.05 * np.column_stack([np.cos(angle), np.sin(angle)])
    return jitter


def _around_hubs(graph: nx.Graph) -> Points:
    """One great star: the hub in the middle, the rest on a sunflower in breadth-first order."""
    degree = dict(graph.degree())
    order = [max(degree, key=lambda node: (degree[node], -node))]
    order += [other for _, other in nx.bfs_edges(graph, order[0])]
    points = np.zeros((len(graph), 2))
    points[order] = _sunflower(len(order))
    return points


def _sunflower(count: int) -> Points:
    """Points of equal room on a disc (Vogel 1979)."""
    rank = np.arange(count)
    radius, angle = np.sqrt(rank + 0.5), rank * 2.399963229728653
    return np.column_stack([radius * np.cos(angle), radius * np.sin(angle)])


def _place_discs(
    count: int, edges: Iterable[Edge], radii: Points, upright: float, aside: int | None
) -> Points:
    """Centres of discs that do not overlap, linked ones near each other, the largest in the middle."""
    pulls: dict[tuple[int, int], float] = {}
    for one, other, weight in edges:
        pair = (min(one, other), max(one, other))
        if aside not in pair:
            pulls[pair] = pulls.get(pair, 0.0) + weight
    return pack(radii, pulls, upright=upright, last=aside)
