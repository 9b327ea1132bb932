"""Features of pairs of mentions that say what the text is speaking of: who opens the sentence, who the paragraph.

A clause without a subject of its own takes that of the clause before it (Grosz, Joshi & Weinstein 1995,
"Centering"): a figure belongs to whoever opened the sentence more often than to the name that stands nearest, and a
firm lies in the park that the paragraph tells of.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from kg.extract.labels import TYPE_INDEX, VALUE_TYPES
from kg.extract.structure import Structure

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

_TOPICS = (
    "opens the sentence of",
    "opens the sentence before",
    "opens the paragraph of",
    "is named last before",
)
#: Column names of ``topic_features``. a is the subject mention, b the object mention.
TOPIC_FEATURES = (
    *(f"{side} opens its {unit}" for unit in ("clause", "sentence", "paragraph") for side in "ab"),
    *(f"a {what} b" for what in _TOPICS),
    "a is the last of its type before b",
    *(f"{reach} paragraphs apart" for reach in ("0", "1-2", "3-6", "7+")),
    "a is named in the paragraph of b",
    "a is the only one of its type",
    "entities of the type of a",
    *(f"b {what} a" for what in _TOPICS),
    "b is the last of its type before a",
    "b is named in the paragraph of a",
    "b is the only one of its type",
    "entities of the type of b",
    *(f"{side} is named in the headline" for side in "ab"),
    "share of b in the mentions of its type",
)  # fmt: skip
_NOBODY = -1
_NO_TOPIC = (_NOBODY, _NOBODY)  # two entities, since an anaphor may stand for either
_MANY = 5


class _Mentions:
    """Arrays over the mentions of a document: where each stands, what it names."""

    def __init__(self, s: Structure) -> None:
        breaks = np.array([k for k, c in enumerate(s.text) if c == "\n"], dtype=np.int64)
        self.start = np.array([m.start for m in s.mentions], dtype=np.int64)
        self.entity = np.array([m.entity for m in s.mentions], dtype=np.int64)
        self.kind = np.array([TYPE_INDEX[m.type] for m in s.mentions], dtype=np.int64)
        self.named = np.array([m.type not in VALUE_TYPES for m in s.mentions])
        self.paragraph = np.searchsorted(breaks, self.start).astype(np.int64)
        first = len(s.text) - len(s.text.lstrip())
        self.headline = int(np.searchsorted(breaks, first))  # number of the page's first paragraph
        self.sentence = np.array([s.sentence(m.start) for m in s.mentions], dtype=np.int64)
        self.clause = np.array([s.clause(m.start) for m in s.mentions], dtype=np.int64)


def topic_features(s: Structure, pairs: Sequence[tuple[int, int]]) -> Floats:
    """Features [pairs, TOPIC_FEATURES] of (subject mention, object mention), given by indices into ``s.mentions``."""
    m = _Mentions(s)
    a, b = np.array(pairs, dtype=np.int64).T
    columns: list[npt.NDArray[np.generic]] = []
    for unit in (m.clause, m.sentence, m.paragraph):
        opens = _opens(m, unit)
        columns += [opens[a], opens[b]]
    topics, last = _topics(m), _last_of_each_type(m)
    of_its_type = _entities_of_each_type(m)[m.kind]
    present = set(zip(m.entity.tolist(), m.paragraph.tolist(), strict=True))

    def present_in(entities: Ints, paragraphs: Ints) -> Flags:
        asked = zip(entities.tolist(), paragraphs.tolist(), strict=True)
        return np.array([place in present for place in asked], dtype=np.bool_)

    def spoken_of(x: Ints, y: Ints) -> list[npt.NDArray[np.generic]]:
        """Whether x is what the text speaks of where y stands."""
        told = [(topic[y] == m.entity[x, None]).any(axis=1) for topic in topics]
        return [*told, last[y, m.kind[x]] == m.entity[x]]

    def among_its_type(x: Ints, y: Ints) -> list[npt.NDArray[np.generic]]:
        """Whether x is named in the paragraph of y, and how many entities of its type there are."""
        alike = of_its_type[x]
        return [present_in(m.entity[x], m.paragraph[y]), alike == 1, np.minimum(alike, _MANY) / _MANY]

    columns += spoken_of(a, b)
    apart = np.abs(m.paragraph[a] - m.paragraph[b])
    columns += [apart == 0, (apart > 0) & (apart <= 2), (apart > 2) & (apart <= 6), apart > 6]
    columns += [*among_its_type(a, b), *spoken_of(b, a), *among_its_type(b, a)]
    headline = np.full(len(a), m.headline, dtype=np.int64)
    columns += [present_in(m.entity[side], headline) for side in (a, b)]
    columns.append(_share_of_type(m)[b])
    return np.stack([c.astype(np.float32) for c in columns], axis=1)


def _opens(m: _Mentions, unit: Ints) -> Flags:
    """Whether each mention is the first name in its unit (clause, sentence, paragraph), given by the unit's number."""
    _, first, of = np.unique(unit[m.named], return_index=True, return_inverse=True)
    opens = np.zeros(len(unit), dtype=np.bool_)
    starts = m.start[m.named]
    opens[m.named] = starts == starts[first[of.reshape(-1)]]
    return opens


def _topics(m: _Mentions) -> list[Ints]:
    """For each mention, [mentions, 2] entities: what opened its sentence, the last sentence before that names anything,
    its paragraph; and what was named last.
    """
    starts, first = np.unique(m.start[m.named], return_index=True)
    entity = m.entity[m.named]
    second = np.minimum(first + 1, len(entity) - 1)
    guessed = np.where(m.start[m.named][second] == starts, entity[second], _NOBODY)
    named = np.append(np.stack([entity[first], guessed], axis=1), [_NO_TOPIC], axis=0)
    last = np.searchsorted(starts, m.start) - 1  # the last name before each mention; -1 is the row of nobody
    # the sentence and the paragraph of each name, by number
    in_sentence, in_paragraph = m.sentence[m.named][first], m.paragraph[m.named][first]
    opener = np.searchsorted(in_sentence, m.sentence)
    before = np.where(opener > 0, np.searchsorted(in_sentence, in_sentence[opener - 1]), _NOBODY)
    sentence, paragraph = (
        np.where(o <= last, o, _NOBODY) for o in (opener, np.searchsorted(in_paragraph, m.paragraph))
    )
    return [named[sentence], named[before], named[paragraph], named[last]]


def _last_of_each_type(m: _Mentions) -> Ints:
    """[mentions, types]: the entity of each type that was named last before each mention."""
    last = np.full(len(TYPE_INDEX), _NOBODY, dtype=np.int64)
    rows = np.empty((len(m.start), len(TYPE_INDEX)), dtype=np.int64)
    for k, named in enumerate(m.named.tolist()):
        rows[k] = last
        if named:
            last[m.kind[k]] = m.entity[k]
    return rows


def _entities_of_each_type(m: _Mentions) -> Ints:
    entities = np.unique(np.stack([m.kind, m.entity])[:, m.named], axis=1)
    return np.bincount(entities[0], minlength=len(TYPE_INDEX))


def _share_of_type(m: _Mentions) -> Floats:
    """For each mention, the part of all mentions of its type that name its entity."""
    _, of, mentions = np.unique(m.entity, return_inverse=True, return_counts=True)
    share: Floats = (mentions[of.reshape(-1)] / np.bincount(m.kind)[m.kind]).astype(np.float32)
    return share
