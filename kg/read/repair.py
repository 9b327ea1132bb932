"""Repair of scraped text: undoes the damage step by step and keeps the way back to the source."""

from __future__ import annotations

from dataclasses import dataclass

from kg.model import OffsetMap
from kg.read.characters import clean_characters, close_gaps, narrow_letters
from kg.read.draft import Draft
from kg.read.lines import join_wrapped_lines
from kg.read.punctuation import repair_punctuation
from kg.read.readings import remove_readings
from kg.read.shift import undo_shift
from kg.read.simplify import simplify


@dataclass(frozen=True, slots=True)
class Repaired:
    """A repaired text, its map to the source, and the runs that no reader can restore (in ``text``)."""

    text: str
    offsets: OffsetMap
    unreadable: tuple[tuple[int, int], ...]


#: Damage may be nested (&amp;nbsp;); the repair is run until nothing changes, but no more often than this.
_MAX_PASSES = 4


def repair_text(source_text: str) -> Repaired:
    """Undo scraping damage; the repair of a clean text is that text, and repairing twice changes nothing.

    In this order, because later steps need what earlier ones restore: invisible characters and HTML
    leftovers, the GBK byte shift (it needs full-width letters and readings as evidence), injected readings,
    full-width letters, line wraps, punctuation, simplified characters, blanks inside words.
    """
    draft = Draft(source_text)
    unreadable: list[tuple[int, int]] = []
    for _ in range(_MAX_PASSES):
        before = draft.text
        unreadable += _repair_once(draft)
        if draft.text == before:
            break
    offsets = draft.offsets
    spans = sorted({offsets.to_repaired(start, end) for start, end in unreadable})
    return Repaired(draft.text, offsets, tuple((start, end) for start, end in spans if start < end))


def reproduce(source_text: str, start: int, end: int) -> str:
    """What the repair makes of ``source_text[start:end]`` where it stands.

    This is the law that evidence obeys: for each evidence of a document,
    ``reproduce(document.source_text, evidence.start, evidence.end) == evidence.quote``. The whole text is
    repaired because the repair of a character may depend on what stands around it.
    """
    repaired = repair_text(source_text)
    first, last = repaired.offsets.to_repaired(start, end)
    return repaired.text[first:last]


def _repair_once(draft: Draft) -> list[tuple[int, int]]:
    """One pass over all steps; returns the source spans that nobody can read."""
    clean_characters(draft)
    unreadable = undo_shift(draft)
    remove_readings(draft)
    narrow_letters(draft)
    join_wrapped_lines(draft)
    repair_punctuation(draft)
    simplify(draft)
    close_gaps(draft)
    return unreadable
