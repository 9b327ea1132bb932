"""Relations that the guidelines tie to the form of a page: not scored, but read off other findings."""

from __future__ import annotations

from collections.abc import Sequence

from kg.extract.agreements import AgreementFact
from kg.extract.entities import DocumentEntity
from kg.extract.facts import Fact
from kg.extract.nested import juxtaposed_places

_SIDE_BY_SIDE = 0.8  # confidence of 厦门市海沧区 saying that the second lies in the first


def with_juxtaposed_places(
    text: str, entities: Sequence[DocumentEntity], facts: Sequence[Fact]
) -> list[Fact]:
    """Add locatedIn for places that stand side by side, where it is not stated in either direction."""
    places = [
        (s, e, k) for k, entity in enumerate(entities) if entity.type == "Place" for s, e in entity.mentions
    ]
    stated = {(f.subject, f.object) for f in facts if f.label == "locatedIn"}
    added = [
        Fact("locatedIn", inner, outer, _SIDE_BY_SIDE, start, end)
        for (inner, outer), (start, end) in juxtaposed_places(text, places).items()
        if (inner, outer) not in stated and (outer, inner) not in stated
    ]
    return [*facts, *added]


def with_signatories(facts: Sequence[Fact], agreements: Sequence[AgreementFact]) -> list[Fact]:
    """Add participatesIn for the parties of an agreement at the event where it was signed."""
    stated = {(f.subject, f.object) for f in facts if f.label in ("participatesIn", "organizes")}
    added: dict[tuple[int, int], Fact] = {}
    for a in agreements:
        for party in a.parties:
            if a.event is not None and (party, a.event) not in stated:
                added.setdefault(
                    (party, a.event), Fact("participatesIn", party, a.event, a.score, a.start, a.end)
                )
    return [*facts, *added.values()]
