"""``kg review``: from the ledger of a store to a sheet of open questions."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from kg.assemble import assemble
from kg.build import decisions_file, distinct_pages
from kg.errors import StoreError
from kg.pages import Ledger, ledger_path
from kg.resolve import DEFAULT_BASE
from kg.review.decisions import read_decisions
from kg.review.questions import questions
from kg.review.sheet import write_sheet


@dataclass(frozen=True, slots=True)
class ReviewReport:
    """open, decided: rows of the sheet; stale: decisions among them that no longer apply."""

    open: int
    decided: int
    stale: int


def review(
    store: str,
    out: Path,
    *,
    decisions: Path | None = None,
    below: float = 0.5,
    limit: int = 500,
    base: str = DEFAULT_BASE,
) -> ReviewReport:
    """Write what is uncertain in a store to a sheet, behind the decisions that were taken.

    store: its name, as kg build was given it; decisions: as for kg.build.build; below, limit: as for
    kg.review.questions.questions. Filled rows of a sheet that is there already are kept.
    Raises StoreError where the store has no ledger of pages, DecisionError where decisions cannot be read or applied,
    or the sheet cannot be written.
    """
    path = ledger_path(store)
    if path is None or not path.is_file():
        raise StoreError(
            f"there is no ledger of the store {store} to review; build it first: kg build SOURCE --store …"
        )
    with Ledger(path) as ledger:
        pages = distinct_pages(ledger.pages())
        earlier = ledger.earlier()
        source = decisions_file(decisions, ledger, store)
    taken = {(d.one, d.other): d for d in read_decisions(source)} if source else {}
    if out.is_file() and out != source:  # what was filled in and not built with yet is not lost
        taken |= {(d.one, d.other): d for d in read_decisions(out)}
    whole = assemble(pages, base=base, decisions=taken.values(), earlier=earlier)
    found = questions(whole, taken.values(), below=below, limit=limit)
    open_questions = write_sheet(out, found)
    return ReviewReport(open_questions, len(taken), len(whole.stale))
