"""Features of pairs of mentions that are read in words: what a figure states, whose post it is, whose name opens whose.

Word lists tell the scorer what its few training pages cannot: a 市长 is of a city, 占地 counts land.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from kg.extract.figure_cues import cue_before, cue_behind, is_land
from kg.extract.labels import VALUE_TYPES
from kg.extract.name_parts import strip_division_suffix
from kg.extract.phrases import phrase
from kg.extract.structure import Mention, Structure
from kg.extract.title_bodies import fits, posts_beside
from kg.model import QUANTITY_PROPERTIES

Floats = npt.NDArray[np.float32]

_STATED = (*QUANTITY_PROPERTIES, "other")
_NAMED = frozenset(
    {"Event", "Project", "Park", "Policy", "ResearchInstitution", "MedicalInstitution", "Place"}
)
_SHORTEST = 2


def word_features(s: Structure, pairs: Sequence[tuple[int, int]]) -> Floats:
    """Features [pairs, width] of (subject mention, object mention), given by indices into ``s.mentions``."""
    subject, target = np.array(pairs, dtype=np.int64).T
    entity = np.array([m.entity for m in s.mentions], dtype=np.int64)
    person = np.array([m.type == "Person" for m in s.mentions])
    value = np.array([m.type in VALUE_TYPES for m in s.mentions])
    names = _Names(s)
    opened, posts = np.zeros((len(pairs), 2), dtype=np.float32), np.zeros((len(pairs), 3), dtype=np.float32)
    openable = np.array([m.type in _NAMED for m in s.mentions])
    either = (openable[subject] | openable[target]) & ~(person | value)[subject] & ~(person | value)[target]
    for k in np.flatnonzero(either):
        a, b = s.mentions[subject[k]], s.mentions[target[k]]
        opened[k] = names.opened(a, b), names.opened(b, a)
    for k in np.flatnonzero(person[subject] & ~value[target] & (entity[subject] != entity[target])):
        posts[k] = names.holds(int(subject[k]), int(target[k]))
    return np.concatenate([_figures(s)[target], opened, posts], axis=1)


def _figures(s: Structure) -> Floats:
    """For each mention: which property the words before and behind a figure say, and whether it counts land."""
    size = len(_STATED)
    found = np.zeros((len(s.mentions), 2 * size + 1), dtype=np.float32)
    for row, m in zip(found, s.mentions, strict=True):
        if m.type in VALUE_TYPES and m.type != "date":
            if before := cue_before(s.text, m.start, m.type):
                row[_STATED.index(before)] = 1
            if behind := cue_behind(s.text, m.end, m.type):
                row[size + _STATED.index(behind)] = 1
            row[-1] = is_land(s.text[m.start : m.end])
    return found


class _Names:
    """Names of the entities behind mentions, each looked at once."""

    def __init__(self, s: Structure) -> None:
        self.mentions = s.mentions
        self.forms: dict[int, set[str]] = {}
        for m in s.mentions:
            if m.type not in VALUE_TYPES and not m.anaphor:
                self.forms.setdefault(m.entity, set()).add(s.text[m.start : m.end])
        self.posts = [posts_beside(s.text, m.start, m.end) if m.type == "Person" else () for m in s.mentions]
        self._opened: dict[tuple[int, int], bool] = {}
        self._fits: dict[tuple[str, int], int] = {}

    def opened(self, whole: Mention, part: Mention) -> bool:
        """Whether a name of the second entity opens a name of the first."""
        if whole.type not in _NAMED:
            return False
        key = whole.entity, part.entity
        if key not in self._opened:
            forms = self.forms[part.entity]
            short = {strip_division_suffix(p) for p in forms} if part.type == "Place" else set()
            heads = tuple(p for p in short | forms if len(p) >= _SHORTEST)
            rests = [w[phrase("name_opening").match(w).end() :] for w in self.forms[whole.entity]]  # type: ignore[union-attr]
            self._opened[key] = any(r.startswith(heads) and r not in heads for r in rests)
        return self._opened[key]

    def holds(self, i: int, j: int) -> tuple[bool, bool, bool]:
        """Whether a post stands beside the person; whether the body can well have it; whether it cannot."""
        posts, body = self.posts[i], self.mentions[j]
        if not posts:
            return False, False, False
        best = max(self._fit(post, body.entity, body.type) for post in posts)
        return True, best > 0, best < 0

    def _fit(self, post: str, body: int, kind: str) -> int:
        if (post, body) not in self._fits:
            self._fits[post, body] = max(fits(post, kind, form) for form in self.forms[body])
        return self._fits[post, body]
