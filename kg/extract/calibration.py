"""Calibration: raw probabilities of the pair scorer become the share of such facts that is right.

Platt scaling (Platt 1999) with one slope and one offset a label, fitted by kg.training.calibration on pages that the
scorer was not trained on; data/models/calibration.tsv. A monotone map, so the order of a label's candidates stays.
"""

from __future__ import annotations

from functools import cache

import numpy as np
import numpy.typing as npt

from kg import resources
from kg.extract.labels import LABELS

Floats = npt.NDArray[np.float32]
_EDGE = 1e-6


@cache
def _scale() -> tuple[Floats, Floats]:
    rows = {r["label"]: r for r in resources.read_tsv(resources.data("models", "calibration.tsv"))}
    slopes = np.array([float(rows[name]["slope"]) for name in LABELS], dtype=np.float32)
    offsets = np.array([float(rows[name]["offset"]) for name in LABELS], dtype=np.float32)
    return slopes, offsets


def log_odds(probabilities: Floats) -> Floats:
    """Logarithm of p / (1 - p), finite at both ends."""
    p = np.clip(probabilities, _EDGE, 1 - _EDGE)
    result: Floats = np.log(p / (1 - p)).astype(np.float32)
    return result


def calibrated(probabilities: Floats) -> Floats:
    """[entity pairs, labels] raw probabilities as calibrated ones; what is 0 (not permitted) stays 0."""
    slopes, offsets = _scale()
    scaled = 1 / (1 + np.exp(-(slopes * log_odds(probabilities) + offsets)))
    result: Floats = np.where(probabilities > 0, scaled, 0).astype(np.float32)
    return result
