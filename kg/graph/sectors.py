"""Sectors of the health industry that names tell: 数字健康产业园 is about digital health. The words are data."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from kg import resources
from kg.model import EntityType

#: Types whose names tell what they are about; a government or a person works for all sectors.
SECTORAL_TYPES: frozenset[EntityType] = frozenset(
    {
        "Firm",
        "Investor",
        "Park",
        "MedicalInstitution",
        "ResearchInstitution",
        "Association",
        "Project",
        "Product",
        "Policy",
    }
)


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    rows = resources.read_tsv(resources.data("sectors.tsv"))
    return tuple((row["sector"], re.compile(row["pattern"], re.IGNORECASE)) for row in rows)


def sectors_of(names: Iterable[str]) -> list[str]:
    """Codes of the sectors (ontology/concepts.ttl) that any of the names tells, in the order of
    data/sectors.tsv.
    """
    texts = list(names)
    return [sector for sector, pattern in _patterns() if any(pattern.search(text) for text in texts)]
