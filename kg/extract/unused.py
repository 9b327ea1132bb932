"""Uncertain names that no fact uses: phrases that look like names mostly stay without facts, names seldom do."""

from __future__ import annotations

from collections.abc import Sequence

from kg.extract.agreements import AgreementFact
from kg.extract.entities import DocumentEntity
from kg.extract.facts import Fact
from kg.extract.quantities import QuantityFact

#: Least confidence of an entity of which nothing is said. Of 54 unused ones below it on dev, seeds and samples 42 were
#: no entities by the annotation. A place may well stand alone: the home region of a story counts.
_LEAST = {"Firm": 0.9, "Park": 0.9, "ResearchInstitution": 0.9, "Place": 0.7}
#: Score of a relation below which it keeps no uncertain name (core of dev 0.900 to 0.903, of seeds 0.882 to 0.889).
_DOUBTFUL = 0.3


def kept_entities(
    entities: Sequence[DocumentEntity],
    relations: Sequence[Fact],
    agreements: Sequence[AgreementFact],
    quantities: Sequence[QuantityFact],
) -> list[int]:
    """Indices of the entities that some fact uses or that are certain enough without.

    A doubtful relation of a doubtful name makes neither certain.
    """
    used = {k for f in relations if f.score >= _DOUBTFUL for k in (f.subject, f.object)}
    used |= {k for a in agreements for k in (*a.parties, a.event) if k is not None}
    used |= {q.fact.subject for q in quantities}
    return [k for k, e in enumerate(entities) if k in used or e.score >= _LEAST.get(e.type, 0.0)]


def facts_among(kept: Sequence[int], relations: Sequence[Fact]) -> list[Fact]:
    """The relations whose both sides are kept."""
    ends = set(kept)
    return [f for f in relations if f.subject in ends and f.object in ends]
