"""Colours and shapes of the page: calm hues for what exists, warm ones for what was signed."""

from __future__ import annotations

import math
from typing import Final

#: {entity type: (fill, vis-network shape)}; shape and colour together tell types apart without colour vision.
NODE_STYLES: Final[dict[str, tuple[str, str]]] = {
    "Firm": ("#4E79A7", "dot"),
    "Investor": ("#BF9B30", "diamond"),
    "Park": ("#4C956C", "hexagon"),
    "GovernmentBody": ("#8C4A5A", "square"),
    "MedicalInstitution": ("#3A9CA6", "dot"),
    "ResearchInstitution": ("#7A68A6", "dot"),
    "Association": ("#A0785A", "dot"),
    "Organization": ("#7D8597", "dot"),
    "Person": ("#C58FA5", "dot"),
    "Place": ("#8A9A5B", "triangleDown"),
    "Project": ("#2F6F8F", "triangle"),
    "Event": ("#B7854F", "star"),
    "Policy": ("#6B705C", "square"),
    "Product": ("#93B1CC", "diamond"),
}
UNKNOWN_NODE: Final = ("#7D8597", "dot")

_COOPERATION, _MONEY, _TRADE, _PREMISES = "#D1495B", "#A3333D", "#E08E2B", "#C2693D"
AGREEMENT_COLOURS: Final[dict[str, str]] = {
    "strategic_cooperation": _COOPERATION,
    "joint_construction": _COOPERATION,
    "other": _COOPERATION,
    "investment": _MONEY,
    "equity_investment": _MONEY,
    "credit": _MONEY,
    "supply": _TRADE,
    "technology_service": _TRADE,
    "tech_transfer": _TRADE,
    "lease": _PREMISES,
    "settlement": _PREMISES,
}
_GREY, _GROUND, _CAPITAL = "#AEB5BF", "#A3B8A4", "#C4B27A"
RELATION_COLOURS: Final[dict[str, str]] = {
    "locatedIn": _GROUND,
    "settledIn": _GROUND,
    "plansToSettleIn": _GROUND,
    "operates": _GROUND,
    "investsIn": _CAPITAL,
    "subsidiaryOf": _CAPITAL,
}
UNKNOWN_TIE: Final = _GREY
TERMINATED: Final = "#8D8D8D"
#: Dashes in pixels; an empty list is a solid line.
STATUS_DASHES: Final[dict[str, list[int]]] = {
    "signed": [],
    "intent": [12, 8],
    "planned": [3, 8],
    "terminated": [],
}
PLANNED_RELATIONS: Final = frozenset({"plansToSettleIn"})


def tie_style(kind: str, status: str | None) -> dict[str, object]:
    """Colour, width and dashes of a tie, in vis-network's words; ``status`` is None for a relation."""
    if status is None:
        colour = RELATION_COLOURS.get(kind, UNKNOWN_TIE)
        dashes = [7, 6] if kind in PLANNED_RELATIONS else False
        return {"color": colour, "width": 1.6, "dashes": dashes, "arrows": "to"}
    colour = TERMINATED if status == "terminated" else AGREEMENT_COLOURS.get(kind, _COOPERATION)
    # Parties are equals, so an agreement has no arrow.
    return {"color": colour, "width": 4.5, "dashes": STATUS_DASHES.get(status) or False, "arrows": ""}


def node_size(weight: float) -> float:
    """Radius in pixels of a node whose ties weigh ``weight`` in sum; area grows with it, within bounds."""
    return round(min(34.0, 9.0 + 2.6 * math.sqrt(weight)), 1)
