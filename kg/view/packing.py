"""Keeps placed things apart: nodes from nodes, discs from discs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.float64]

#: The page draws the plane out sideways by this much; it fits screens and labels, which are wider than high.
STRETCH = 1.4
#: The whole is packed higher than wide, because drawing out makes it wider again.
UPRIGHT = 1.5
#: How much more room a node needs sideways than up and down, before the plane is drawn out.
_SQUASH = 1.35
_ROOM = 1.0
_CELL = 0.9
_PASSES = 60
_GOLDEN = 2.399963229728653
_CANDIDATES = 96
#: How much the middle of the whole draws a disc, besides its partners; it keeps the whole round.
_CENTRE = 0.8


def disc_of(points: Points) -> tuple[Points, float]:
    """Centre and radius of a disc around all points, with half a node's room to spare."""
    if not len(points):
        return np.zeros(2), 0.5
    centre: Points = (points.min(axis=0) + points.max(axis=0)) / 2
    return centre, float(np.sqrt(((points - centre) ** 2).sum(axis=1)).max()) + 0.8


def spread(points: Points) -> Points:
    """Moves points apart, as little as needed, until each has its room (wider than high).

    Pairs that are too near are pushed along their line in equal parts, pass after pass.
    """
    scale = np.array([1.0 / _SQUASH, 1.0])
    placed = points * scale
    upper = np.triu_indices(len(points), 1)
    for _ in range(_PASSES):
        gap = placed[upper[0]] - placed[upper[1]]
        away = np.sqrt((gap**2).sum(axis=1))
        near = away < _ROOM
        if not near.any():
            break
        ones, others = upper[0][near], upper[1][near]
        push = gap[near] * ((_ROOM - away[near]) / (2 * np.maximum(away[near], 1e-6)))[:, None]
        np.add.at(placed, ones, push)
        np.add.at(placed, others, -push)
    result: Points = placed / scale
    return result


def fit_together(
    blocks: Sequence[Points], lines: Sequence[NDArray[np.int_]], *, upright: float = 1.0
) -> list[Points]:
    """Shifts that bring drawn blocks close together without overlap, the largest in the middle.

    Polyomino packing (Freivalds, Dogrusoz, Kikusts 2002): a block is the set of grid cells that its nodes and
    lines touch; blocks take, the largest first, the free place nearest to the origin, in a shape ``upright``
    times higher than wide. ``lines[i]`` are pairs of row numbers of ``blocks[i]``.
    """
    if not blocks:
        return []
    shapes = [_cells(block, line) for block, line in zip(blocks, lines, strict=True)]
    area = sum(len(cells) for cells, _ in shapes)
    side = int(3 * area**0.5) + 2 * max(int(cells.max()) for cells, _ in shapes) + 8
    taken = np.zeros((2 * side, 2 * side), dtype=bool)
    across, down = np.meshgrid(np.arange(-side // 2, side // 2), np.arange(-side // 2, side // 2))
    near = np.argsort((across * upright) ** 2 + down**2, axis=None, kind="stable")
    spots = np.column_stack([across.ravel()[near], down.ravel()[near]])
    shifts: list[Points] = [np.zeros(2) for _ in blocks]
    tried: dict[bytes, int] = {}
    for block in sorted(range(len(blocks)), key=lambda number: -len(shapes[number][0])):
        cells, corner = shapes[block]
        middle = (cells.max(axis=0) + 1) // 2
        # Equal shapes find their places in the same order, so the search goes on where the last one ended.
        start = tried.get(cells.tobytes(), 0)
        found = _first_free(taken, spots, cells - middle + side, start)
        tried[cells.tobytes()] = found
        at = spots[found] - middle
        landed = cells + at + side
        taken[landed[:, 0], landed[:, 1]] = True
        shifts[block] = at * _CELL - corner
    return shifts


def _cells(points: Points, lines: NDArray[np.int_]) -> tuple[NDArray[np.int_], Points]:
    """Cells that a block covers, from (0, 0) on, and the coordinates of their corner."""
    steps = np.linspace(0.0, 1.0, 9)[:, None, None]
    along = points[lines[:, 0]] * (1 - steps) + points[lines[:, 1]] * steps
    # The room of a node's label, wider than high, and half a cell of margin around everything.
    room = np.array([[dx, dy] for dx in (-1.2, 0.0, 1.2) for dy in (-0.8, 0.0, 0.8)])
    covered = np.concatenate([(points[:, None, :] + room).reshape(-1, 2), along.reshape(-1, 2)])
    cells = np.unique(np.floor(covered / _CELL).astype(int), axis=0)
    lowest = cells.min(axis=0)
    return cells - lowest, lowest * _CELL


def _first_free(
    taken: NDArray[np.bool_], spots: NDArray[np.int_], cells: NDArray[np.int_], start: int
) -> int:
    """Number of the first spot from ``start`` on where no cell is taken; the plane has room for one."""
    chunk = max(1, 40_000 // len(cells))
    for first in range(start, len(spots), chunk):
        placed = spots[first : first + chunk, None, :] + cells
        free = ~taken[placed[..., 0], placed[..., 1]].any(axis=1)
        if free.any():
            return first + int(free.argmax())
    raise ValueError("the plane is too small for its blocks")


def pack(
    radii: Points,
    pulls: Mapping[tuple[int, int], float] | None = None,
    *,
    upright: float = 1.0,
    last: int | None = None,
) -> Points:
    """Centres of non-overlapping discs, the largest first, each as near as it fits to what pulls it.

    A disc goes to the free place beside the discs already placed that is nearest to the weighted middle of
    its partners among them (to the origin where it has none). ``last`` is placed after all others.
    """
    count = len(radii)
    centres = np.zeros((count, 2))
    partners: list[dict[int, float]] = [{} for _ in range(count)]
    for (one, other), weight in (pulls or {}).items():
        partners[one][other] = weight
        partners[other][one] = weight
    placed: list[int] = []
    for disc in sorted(range(count), key=lambda number: (number == last, -radii[number])):
        if placed:
            centres[disc] = _best_place(
                disc,
                radii=radii,
                centres=centres,
                placed=np.array(placed),
                partners=partners[disc],
                upright=upright,
            )
        placed.append(disc)
    weights = radii[:, None] ** 2
    middle = (centres * weights).sum(axis=0) / max(float(weights.sum()), 1e-9)
    result: Points = centres - middle
    return result


def _best_place(
    disc: int,
    *,
    radii: Points,
    centres: Points,
    placed: NDArray[np.int_],
    partners: Mapping[int, float],
    upright: float,
) -> Points:
    radius = radii[disc]
    known = [other for other in partners if other in set(placed.tolist())]
    target = np.zeros(2)
    if known:
        pull = np.array([partners[other] for other in known])[:, None]
        # Being near the partners and near the middle at once is being near a point between the two.
        target = (centres[known] * pull).sum(axis=0) / pull.sum() / (1 + _CENTRE)
    axes = np.array([upright, 1.0])
    away = np.sqrt(((centres[placed] - target) ** 2).sum(axis=1)) - radii[placed]
    angles = np.arange(_CANDIDATES) * (2 * np.pi / _CANDIDATES) + disc * _GOLDEN
    ring = np.column_stack([np.cos(angles), np.sin(angles)])
    best: Points | None = None
    best_cost = np.inf
    # Discs are tried from the nearest; beyond the best place found, farther ones cannot give a better one.
    for neighbour in placed[np.argsort(away, kind="stable")]:
        reach = radii[neighbour] + radius
        spots = centres[neighbour] + ring * (reach * 1.0001)
        cost = (((spots - target) * axes) ** 2).sum(axis=1)
        better = cost < best_cost
        if not better.any():
            nearest = np.sqrt(((centres[neighbour] - target) ** 2).sum()) - reach
            if best is not None and nearest > best_cost**0.5:
                break
            continue
        spots, cost = spots[better], cost[better]
        gaps = np.sqrt(((spots[:, None, :] - centres[placed][None, :, :]) ** 2).sum(axis=2))
        free = (gaps >= radii[placed][None, :] + radius - 1e-6).all(axis=1)
        if free.any():
            cost = np.where(free, cost, np.inf)
            choice = int(cost.argmin())
            best, best_cost = spots[choice], float(cost[choice])
    if best is None:
        best = target + np.array([float(radii[placed].sum()) * 2 + radius, 0.0])
    return best
