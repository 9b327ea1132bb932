"""What the mentions before and behind say of a mention: a small recurrent network over the mentions of a document.

The encoder reads line by line; of what was spoken of two paragraphs before it knows nothing. The mentions in their
order, a hundredth of the text, tell that cheaply (hierarchical encoders: Serban et al. 2016).
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from kg.extract.labels import VALUE_TYPES
from kg.extract.structure import Structure

Floats = npt.NDArray[np.float32]

#: Columns of ``mention_flags``.
MENTION_FLAGS = ("opens a paragraph", "opens a sentence", "anaphor", "first of its entity", "figure or date")


def mention_flags(s: Structure) -> Floats:
    """[mentions, MENTION_FLAGS]: how each mention stands in the order of the document."""
    flags = np.zeros((len(s.mentions), len(MENTION_FLAGS)), dtype=np.float32)
    before = [None, *s.mentions]
    for k, (last, m) in enumerate(zip(before, s.mentions, strict=False)):
        flags[k] = (
            last is None or "\n" in s.text[last.start : m.start],
            last is None or s.sentence(last.start) != s.sentence(m.start),
            m.anaphor,
            s.first.get(m.entity) == k,
            m.type in VALUE_TYPES,
        )
    return flags


def read_in_order(x: Floats, weights: Mapping[str, Floats]) -> Floats:
    """[mentions, 2 * size]: states of a bidirectional GRU (gates in torch's order: reset, update, new) over ``x``."""
    forward = _gru(x, *(weights[f"gru.{name}"] for name in ("wi", "wh", "bi", "bh")))
    backward = _gru(x[::-1], *(weights[f"gru.{name}r"] for name in ("wi", "wh", "bi", "bh")))[::-1]
    return np.concatenate([forward, backward], axis=1)


def _gru(x: Floats, wi: Floats, wh: Floats, bi: Floats, bh: Floats) -> Floats:
    size = wh.shape[0]
    given = x @ wi + bi
    state = np.zeros(size, dtype=np.float32)
    states = np.empty((len(x), size), dtype=np.float32)
    for k in range(len(x)):
        held = state @ wh + bh
        gates = 1 / (1 + np.exp(-(given[k, : 2 * size] + held[: 2 * size])))
        new = np.tanh(given[k, 2 * size :] + gates[:size] * held[2 * size :])
        state = new + gates[size:] * (state - new)
        states[k] = state
    return states
