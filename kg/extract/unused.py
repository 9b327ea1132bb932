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


def kept_entities(
    entities: Sequence[DocumentEntity],
    relations: Sequence[Fact],
    agreements: Sequence[AgreementFact],
    quantities: Sequence[QuantityFact],
) -> list[int]:
    """Indices of the entities that some fact uses or that are certain enough without."""
    used = {k for f in relations for k in (f.subject, f.object)}
    used |= {k for a in agreements for k in (*a.parties, a.event) if k is not None}
    used |= {q.fact.subject for q in quantities}
    return [k for k, e in enumerate(entities) if k in used or e.score >= _LEAST.get(e.type, 0.0)]
