"""Who advises in a financing is no party to it: 某某资本担任独家财务顾问."""

from __future__ import annotations

from collections.abc import Sequence

from kg.extract.agreements import AgreementFact
from kg.extract.entities import DocumentEntity
from kg.extract.phrases import phrase

_FINANCING = "equity_investment"


def without_advisers(
    text: str, entities: Sequence[DocumentEntity], agreements: Sequence[AgreementFact]
) -> list[AgreementFact]:
    """Agreements without the financings in which one side is only told as adviser."""
    advising = {
        k for k, e in enumerate(entities) if any(phrase("advises").match(text, end) for _, end in e.mentions)
    }
    return [a for a in agreements if a.type != _FINANCING or advising.isdisjoint(a.parties)]
