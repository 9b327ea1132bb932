"""Sentences with their entities named by hand, and scores said by hand: what the fact-making stages work on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from kg.extract.candidates import Candidates, find_candidates
from kg.extract.labels import LABEL_INDEX, LABELS
from kg.extract.pair_scorer import PairScores
from kg.extract.structure import Mention, Structure
from kg.model import AGREEMENT_STATUSES, AGREEMENT_TYPES

#: Type and surface forms of each entity; their order gives the indices.
Cast = Sequence[tuple[str, ...]]


def mentions_of(text: str, cast: Cast) -> list[Mention]:
    """Every place where a form stands, longer forms first, none inside another."""
    forms = [(form, kind, index) for index, (kind, *forms) in enumerate(cast) for form in forms]
    taken: set[int] = set()
    found = []
    for form, kind, index in sorted(forms, key=lambda f: -len(f[0])):
        at = text.find(form)
        assert at >= 0, f"{form} is not in the text"
        while at >= 0:
            if taken.isdisjoint(range(at, at + len(form))):
                taken.update(range(at, at + len(form)))
                found.append(Mention(at, at + len(form), kind, index))
            at = text.find(form, at + 1)
    return found


def structure_of(text: str, cast: Cast) -> Structure:
    """The structure of a text around its cast."""
    return Structure(text, mentions_of(text, cast))


def scene(text: str, cast: Cast, *, published: str | None = None) -> Candidates:
    """Candidates of a text with its cast; figures and dates are found in it."""
    types = [kind for kind, *_ in cast]
    return find_candidates(text, mentions_of(text, cast), entity_types=types, published=published)


def value_named(candidates: Candidates, phrase: str) -> int:
    """Entity index of the figure or date that stands as ``phrase`` in the text."""
    text = candidates.structure.text
    hits = [
        m.entity
        for m in candidates.structure.mentions
        if m.entity in candidates.values and text[m.start : m.end] == phrase
    ]
    assert hits, f"no figure or date stands as {phrase}"
    return hits[0]


def said(
    candidates: Candidates,
    labels: Mapping[tuple[str, int, int], float],
    *,
    kinds: Mapping[tuple[int, int], str] | None = None,
    statuses: Mapping[tuple[int, int], str] | None = None,
) -> PairScores:
    """Scores that say exactly ``labels``; agreements are investment and signed unless said otherwise."""
    count = len(candidates.entity_pairs)
    index = {pair: k for k, pair in enumerate(candidates.entity_pairs)}
    table = np.zeros((count, len(LABELS)), dtype=np.float32)
    types = np.zeros((count, len(AGREEMENT_TYPES)), dtype=np.float32)
    states = np.zeros((count, len(AGREEMENT_STATUSES)), dtype=np.float32)
    for (label, subject, target), score in labels.items():
        row = index[subject, target]
        assert candidates.permitted[row, LABEL_INDEX[label]], f"{label} is not permitted"
        table[row, LABEL_INDEX[label]] = score
        if label == "pair":
            table[index[target, subject], LABEL_INDEX[label]] = score
    for pair, row in index.items():
        either = (min(pair), max(pair))
        types[row, AGREEMENT_TYPES.index((kinds or {}).get(either, "investment"))] = 1
        states[row, AGREEMENT_STATUSES.index((statuses or {}).get(either, "signed"))] = 1
    return PairScores(table, _nearest(candidates, count), types, states)


def _nearest(candidates: Candidates, count: int) -> np.ndarray[tuple[int, int], np.dtype[np.int64]]:
    """For each entity pair the mention pair that stands closest together."""
    mentions = candidates.structure.mentions
    best = np.zeros(count, dtype=np.int64)
    distance = np.full(count, np.iinfo(np.int64).max)
    for row, ((i, j), owner) in enumerate(zip(candidates.mention_pairs, candidates.owner, strict=True)):
        apart = abs(mentions[i].start - mentions[j].start)
        if apart < distance[owner]:
            best[owner], distance[owner] = row, apart
    return np.repeat(best[:, None], len(LABELS), axis=1)
