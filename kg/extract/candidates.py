"""Candidate facts of a document: ordered pairs of mentions that could stand in some relation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from kg.extract.anaphors import find_anaphors
from kg.extract.dates import DateMention, find_dates
from kg.extract.labels import LABELS, TYPE_INDEX, VALUE_TYPES, allowed
from kg.extract.measures import Measure, find_measures
from kg.extract.pair_features import pair_features
from kg.extract.structure import Mention, Structure

_NEAR = 1  # sentences apart within which every pair of mentions is a candidate
_FIGURE_REACH = (
    30  # sentences apart beyond which a figure says nothing of an entity; a date may open the page
)
#: A page of thousands of names (a member list) has its pairs among near mentions only: work and memory stay
#: linear. Up to 200 mentions, which no news page passes, every pair is in reach.
_MOST_PAIRS = 40_000
_LEAST_REACH = 5


@dataclass(frozen=True, slots=True)
class Candidates:
    """Mention pairs of one document and the entity pairs that they speak for.

    mention_pairs: [n, 2] indices into ``structure.mentions``; entity_pairs: the distinct (entity, entity);
    owner: [n] index of each mention pair's entity pair; features: [n, width]; permitted: [entity pairs, labels].
    values: the figure or date behind a value mention's entity index.
    """

    structure: Structure
    entity_types: tuple[str, ...]
    values: Mapping[int, Measure | DateMention]
    mention_pairs: npt.NDArray[np.int64]
    entity_pairs: tuple[tuple[int, int], ...]
    owner: npt.NDArray[np.int64]
    features: npt.NDArray[np.float32]
    permitted: npt.NDArray[np.bool_]


def find_candidates(
    text: str,
    mentions: Sequence[Mention],
    *,
    entity_types: Sequence[str],
    published: str | None = None,
    blocked: Sequence[tuple[int, int]] = (),
) -> Candidates:
    """Candidates among entity mentions, figures and dates.

    Every pair within neighbouring sentences is one; of entities further apart, the nearest pair of mentions.
    """
    types = list(entity_types)
    values: dict[int, Measure | DateMention] = {}
    everything = list(mentions)
    taken = [(m.start, m.end) for m in mentions] + list(blocked)

    def add(start: int, end: int, kind: str, value: Measure | DateMention) -> None:
        if not any(a <= start and end <= b for a, b in taken):
            values[len(types)] = value
            everything.append(Mention(start, end, kind, len(types)))
            types.append(kind)

    for measure in find_measures(text):
        add(measure.start, measure.end, measure.kind, measure)
    for date in find_dates(text, published=published):
        if date.value:
            add(date.start, date.end, "date", date)
    structure = Structure(text, everything + find_anaphors(text, mentions))
    pairs = _mention_pairs(structure)
    entity_pairs = sorted({(structure.mentions[i].entity, structure.mentions[j].entity) for i, j in pairs})
    index = {pair: k for k, pair in enumerate(entity_pairs)}
    owner = [index[structure.mentions[i].entity, structure.mentions[j].entity] for i, j in pairs]
    permitted = [allowed()[TYPE_INDEX[types[a]], TYPE_INDEX[types[b]]] for a, b in entity_pairs]
    return Candidates(
        structure=structure,
        entity_types=tuple(types),
        values=values,
        mention_pairs=np.array(pairs, dtype=np.int64).reshape(-1, 2),
        entity_pairs=tuple(entity_pairs),
        owner=np.array(owner, dtype=np.int64),
        features=pair_features(structure, pairs),
        permitted=np.array(permitted, dtype=bool).reshape(len(entity_pairs), len(LABELS)),
    )


def _mention_pairs(structure: Structure) -> list[tuple[int, int]]:
    # plain lists: the inner loop runs tens of thousands of times a page
    possible: list[list[bool]] = np.asarray(allowed().any(axis=2)).tolist()
    mentions = structure.mentions
    kinds = [TYPE_INDEX[m.type] for m in mentions]
    figures = [m.type in VALUE_TYPES and m.type != "date" for m in mentions]
    sentences = [structure.sentence(m.start) for m in mentions]
    near: set[tuple[int, int]] = set()
    nearest: dict[tuple[int, int], tuple[int, int, int]] = {}
    reach = max(_LEAST_REACH, _MOST_PAIRS // max(1, len(mentions)))
    for i, a in enumerate(mentions):
        if a.type in VALUE_TYPES:
            continue
        permitted = possible[kinds[i]]
        begin = max(0, i - reach)
        for j, b in enumerate(mentions[begin : i + reach + 1], start=begin):
            if a.entity == b.entity or not permitted[kinds[j]]:
                continue
            apart = abs(sentences[i] - sentences[j])
            if apart <= _NEAR:
                near.add((i, j))
            if figures[j] and apart > _FIGURE_REACH:
                continue
            key, found = (a.entity, b.entity), (abs(a.start - b.start), i, j)
            if key not in nearest or found < nearest[key]:
                nearest[key] = found
    near.update((i, j) for _, i, j in nearest.values())
    return sorted(near)
