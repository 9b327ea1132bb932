"""Content negotiation: which of the forms on offer a client wants (RFC 9110, sections 12.4 and 12.5)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Wanted:
    """One media range or language range of a header, with its weight."""

    name: str
    weight: float


def parse(header: str | None) -> list[Wanted]:
    """The ranges of an Accept or Accept-Language header; parts that are not understood are left out."""
    found = []
    for part in (header or "").split(","):
        name, *parameters = (each.strip().lower() for each in part.split(";"))
        if not name:
            continue
        weight = 1.0
        for parameter in parameters:
            key, _, value = parameter.partition("=")
            if key.strip() == "q":
                try:
                    weight = min(max(float(value), 0.0), 1.0)
                except ValueError:
                    weight = 0.0
        found.append(Wanted(name, weight))
    return found


def best(header: str | None, offered: Sequence[str]) -> str | None:
    """The media type of ``offered`` that the Accept header prefers; the first where it has no preference.

    None where it accepts none of them.
    """
    wanted = parse(header)
    if not wanted:
        return offered[0]
    weights = [_weight(wanted, kind) for kind in offered]
    most = max(weights)
    return offered[weights.index(most)] if most > 0 else None


def _weight(wanted: Sequence[Wanted], kind: str) -> float:
    """The weight of the most specific range that covers the media type."""
    family = kind.partition("/")[0]
    for name in (kind, f"{family}/*", "*/*"):
        weights = [each.weight for each in wanted if each.name == name]
        if weights:
            return max(weights)
    return 0.0


def language(header: str | None) -> str:
    """``zh`` or ``en``, whichever the Accept-Language header prefers; Chinese where it says nothing."""
    weights = {"zh": 0.0, "en": 0.0}
    for each in parse(header):
        main = each.name.partition("-")[0]
        if main in weights:
            weights[main] = max(weights[main], each.weight)
    return "en" if weights["en"] > weights["zh"] else "zh"
