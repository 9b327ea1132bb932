"""The figures of a document with everybody whose they could be."""

from __future__ import annotations

import bisect
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from kg.extract.candidates import Candidates
from kg.extract.figure_cues import cue_before
from kg.extract.labels import VALUE_TYPES
from kg.extract.measures import Measure
from kg.extract.structure import Mention, Structure


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure and its possible subjects.

    entity: the figure's own entity index; said: the property that a word beside it says ("other" for none of them);
    subjects: entity indices; rows: their rows in ``Candidates.entity_pairs``.
    """

    entity: int
    measure: Measure
    said: str | None
    subjects: tuple[int, ...]
    rows: tuple[int, ...]


def figures_of(candidates: Candidates) -> list[Figure]:
    """All figures that are in reach of some entity, in the order of the text."""
    measures = {entity: value for entity, value in candidates.values.items() if isinstance(value, Measure)}
    pairs: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for row, (subject, target) in enumerate(candidates.entity_pairs):
        if target in measures:
            pairs[target].append((subject, row))
    found = []
    for target, of in pairs.items():
        measure = measures[target]
        said = cue_before(candidates.structure.text, measure.start, measure.kind)
        found.append(Figure(target, measure, said, *(tuple(part) for part in zip(*of, strict=True))))
    return sorted(found, key=lambda f: f.measure.start)


class Names:
    """The mentions of a document that are names (no figures or dates), in order."""

    def __init__(self, structure: Structure) -> None:
        self._spoken = [m for m in structure.mentions if m.type not in VALUE_TYPES]
        self._names = [m for m in self._spoken if not m.anaphor]
        self._starts = [m.start for m in self._names]
        self._spoken_starts = [m.start for m in self._spoken]

    def last(self, offset: int) -> Mention | None:
        """The last name or anaphor that begins before a character."""
        at = bisect.bisect_left(self._spoken_starts, offset)
        return self._spoken[at - 1] if at else None

    def before(self, offset: int) -> Sequence[Mention]:
        """The names that begin before a character."""
        return self._names[: bisect.bisect_left(self._starts, offset)]

    def any_between(self, start: int, end: int) -> bool:
        """Whether a name begins behind one character and before another."""
        return bisect.bisect_right(self._starts, start) < bisect.bisect_left(self._starts, end)
