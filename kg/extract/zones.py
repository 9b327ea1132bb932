"""Zones that their committee names: where 青禾新区管委会 stands, 青禾新区 elsewhere on the page is a park."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.extract.tagger import TaggedSpan
from kg.read.wordlists import either

_OFFICES = ("管委会", "管理委员会", "党工委", "管理办公室")
_COMMITTEE = re.compile(rf"(.{{2,}}(?:区|园|谷|城|港|岛|镇))(?:{either(_OFFICES)})")
_SCORE = 0.85  # 350 of 388 such zones on the annotated pages; below what one without facts must have


def with_zones(text: str, spans: Sequence[TaggedSpan]) -> list[TaggedSpan]:
    """Spans with every free mention of a zone whose committee is named."""
    result = list(spans)
    taken = {at for s in spans for at in range(s.start, s.end)}
    names = (text[s.start : s.end] for s in spans if s.type == "GovernmentBody")
    zones = {match[1] for name in names if (match := _COMMITTEE.fullmatch(name))}
    for zone in sorted(zones, key=lambda z: (-len(z), z)):
        for match in re.finditer(re.escape(zone), text):
            place = range(*match.span())
            if taken.isdisjoint(place) and not text.startswith(_OFFICES, match.end()):
                taken.update(place)
                result.append(TaggedSpan(match.start(), match.end(), "Park", _SCORE))
    return result
