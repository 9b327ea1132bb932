"""The map of partners on a dossier: an SVG with the entity in the middle and its neighbours at both sides.

Partners of agreements come first. Names stand in two columns, so that none covers another; the page shows it
without a script, and it prints.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, pi, sin, sqrt

from kg.dossier.model import Dossier, Named
from kg.view.style import AGREEMENT_COLOURS, NODE_STYLES, RELATION_COLOURS, UNKNOWN_NODE, UNKNOWN_TIE

_MOST = 28
_WIDTH, _ROW, _REACH = 760.0, 27.0, 150.0
_LONGEST = 16

#: Corners of the symbols of vis-network around a point, in units of their radius.
_CORNERS = {
    "square": (4, 45.0),
    "diamond": (4, 0.0),
    "triangle": (3, 270.0),
    "triangleDown": (3, 90.0),
    "hexagon": (6, 0.0),
}


@dataclass(frozen=True, slots=True)
class Spot:
    """A neighbour on the map: symbol, line to the middle, and name beside it."""

    who: Named
    label: str
    x: float
    y: float
    side: str
    colour: str
    corners: str
    line: str
    width: float
    agreements: int


@dataclass(frozen=True, slots=True)
class PartnerMap:
    """The map: its size in pixels, its middle, the spots, and how many neighbours there are in all."""

    width: float
    height: float
    x: float
    y: float
    colour: str
    corners: str
    label: str
    spots: tuple[Spot, ...]
    total: int


def partner_map(dossier: Dossier) -> PartnerMap | None:
    """The map of a dossier; None where nobody is tied to the entity."""
    everyone = dossier.neighbours()
    if not everyone:
        return None
    shown = everyone[:_MOST]
    rows = (len(shown) + 1) // 2
    height = max(150.0, _ROW * rows + 50)
    x, y = _WIDTH / 2, height / 2
    lines = _lines(dossier)
    counts = dict(dossier.partners())
    spots = []
    for number, who in enumerate(shown):
        right = number % 2 == 0
        row, of = number // 2, (len(shown) + right) // 2
        # Rows lie on half an ellipse, the first ones in its middle, nearest to the entity's height.
        step = (row + 1) // 2 * (1 if row % 2 else -1)
        down = step + (0 if of % 2 else -0.5)
        part = min(abs(down) * 2 / max(of, 1), 0.98)
        out = _REACH * (0.55 + 0.45 * sqrt(1 - part * part))
        count = counts.get(who, 0)
        spots.append(
            Spot(
                who,
                _short(who.label),
                round(x + (out if right else -out), 1),
                round(y + down * _ROW, 1),
                "right" if right else "left",
                NODE_STYLES.get(who.type, UNKNOWN_NODE)[0],
                _corners(who.type),
                lines[who.iri],
                round(1.2 + (1.3 * sqrt(count) if count else 0), 1),
                count,
            )
        )
    kind = dossier.entity.type
    return PartnerMap(
        _WIDTH,
        height,
        x,
        y,
        NODE_STYLES.get(kind, UNKNOWN_NODE)[0],
        _corners(kind),
        _short(dossier.entity.label),
        tuple(spots),
        len(everyone),
    )


def _lines(dossier: Dossier) -> dict[str, str]:
    """The colour of the line to each neighbour: that of an agreement, or else of a relation."""
    colours = {
        link.other.iri: RELATION_COLOURS.get(group.kind, UNKNOWN_TIE)
        for group in dossier.relations
        for link in group.links
    }
    for act in dossier.agreements:
        for party in act.parties:
            colours[party.iri] = AGREEMENT_COLOURS.get(act.type, UNKNOWN_TIE)
    return colours


def _corners(kind: str) -> str:
    """Points of the symbol of a type around the origin, radius 8; empty for a circle."""
    count, start = _CORNERS.get(NODE_STYLES.get(kind, UNKNOWN_NODE)[1], (0, 0.0))
    turns = (start * pi / 180 + 2 * pi * number / count for number in range(count))
    return " ".join(f"{8 * cos(turn):.1f},{8 * sin(turn):.1f}" for turn in turns)


def _short(name: str) -> str:
    return name if len(name) <= _LONGEST else name[: _LONGEST - 1] + "…"
