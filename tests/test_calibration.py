"""Calibrated probabilities: order kept, zero kept; the reliability table."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.evaluation.reliability import Bin, reliability, reliability_lines
from kg.extract.calibration import calibrated
from kg.extract.labels import LABELS
from kg.model import Annotation


def column(values: list[float]) -> np.ndarray:
    return np.repeat(np.array(values, dtype=np.float32)[:, None], len(LABELS), axis=1)


@given(st.lists(st.floats(0.001, 0.999), min_size=2, max_size=8, unique=True))
def test_calibration_keeps_the_order_of_each_label(values: list[float]) -> None:
    result = calibrated(column(sorted(values)))
    assert (np.diff(result, axis=0) >= 0).all()
    assert ((result > 0) & (result < 1)).all()


def test_what_is_not_permitted_stays_so() -> None:
    assert (calibrated(column([0.0])) == 0).all()


def annotation(confidences: list[float], *, objects: list[str]) -> Annotation:
    return Annotation.model_validate(
        {
            "doc": "d",
            "entities": [{"id": "f", "type": "Firm", "name": "甲药业"}]
            + [{"id": o, "type": "Park", "name": f"{o}园区"} for o in ("a", "b", "c")],
            "relations": [
                {"type": "settledIn", "subject": "f", "object": o, "confidence": c}
                for o, c in zip(objects, confidences, strict=True)
            ],
        }
    )


def test_facts_are_counted_by_confidence_and_judged_by_gold() -> None:
    gold = annotation([1.0, 1.0], objects=["a", "b"])
    predicted = annotation([0.97, 0.92, 0.4], objects=["a", "c", "b"])
    bins = reliability({"d": gold}, {"d": predicted})
    assert [(b.low, b.count, b.right) for b in bins] == [(0.3, 1, 1), (0.9, 1, 0), (0.95, 1, 1)]
    assert [b.confidence for b in bins] == [pytest.approx(0.4), pytest.approx(0.92), pytest.approx(0.97)]


def test_a_certain_fact_is_in_the_last_bin() -> None:
    gold = annotation([1.0], objects=["a"])
    assert [(b.low, b.right) for b in reliability({"d": gold}, {"d": gold})] == [(0.95, 1)]


def test_the_table_prints_shares() -> None:
    lines = reliability_lines([Bin(0.9, 0.95, 4, 0.92, 3)])
    assert lines[1].split() == ["0.90–0.95", "4", "0.92", "0.75"]
