"""Decoding of the tagger's network: likeliest tags and their probabilities, against all sequences counted out."""

from itertools import pairwise, product

import numpy as np
import pytest

from kg.extract.tagger import Tagger, default_tagger


def counted_out(tagger: Tagger, emissions: np.ndarray) -> tuple[list[int], np.ndarray]:
    """Best sequence and marginals by going through every sequence of the tags."""
    width = emissions.shape[1]
    scores, sequences = [], list(product(range(width), repeat=len(emissions)))
    for sequence in sequences:
        score = tagger._start[sequence[0]] + sum(emissions[k, tag] for k, tag in enumerate(sequence))
        score += sum(tagger._transitions[a, b] for a, b in pairwise(sequence))
        scores.append(float(score))
    weights = np.exp(np.array(scores) - max(scores))
    marginals = np.zeros(emissions.shape)
    for sequence, weight in zip(sequences, weights / weights.sum(), strict=True):
        for k, tag in enumerate(sequence):
            marginals[k, tag] += weight
    return list(sequences[int(weights.argmax())]), marginals


@pytest.mark.parametrize("seed", range(3))
def test_decoding_agrees_with_all_sequences_counted_out(seed: int) -> None:
    tagger = default_tagger()
    emissions = np.random.default_rng(seed).normal(0, 3, (3, len(tagger.tags))).astype(np.float32)
    path, marginals = counted_out(tagger, emissions)
    assert tagger._viterbi(emissions) == path
    assert tagger._marginals(emissions) == pytest.approx(marginals, abs=1e-5)


def test_probabilities_of_a_long_line_are_finite_and_sum_to_one() -> None:
    tagger = default_tagger()
    emissions = np.random.default_rng(0).normal(0, 30, (400, len(tagger.tags))).astype(np.float32)
    assert tagger._marginals(emissions).sum(1) == pytest.approx(np.ones(400))


def test_names_come_with_their_type_and_probability() -> None:
    text = "青禾市人民政府与云杉医疗科技有限公司签约。\n天气很好。"
    found = {(text[s.start : s.end], s.type) for s in default_tagger().tag(text)}
    assert found == {("青禾市人民政府", "GovernmentBody"), ("云杉医疗科技有限公司", "Firm")}
    assert all(0 < s.score <= 1 for s in default_tagger().tag(text))
