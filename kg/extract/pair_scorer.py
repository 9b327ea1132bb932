"""Scores candidate pairs: an encoder reads the text with its mentions marked, a small head judges each pair.

The encoder runs in onnxruntime, the head in numpy (a few matrix products). Trained by kg.training.pairs.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt
import onnxruntime

from kg import resources
from kg.extract.calibration import calibrated
from kg.extract.candidates import Candidates
from kg.extract.embedding_rows import EmbeddingRows
from kg.extract.labels import LABEL_INDEX, LABELS, TYPE_INDEX
from kg.extract.mention_context import mention_flags, read_in_order
from kg.extract.pair_table import TABLE_VIEWS, largest, table_views
from kg.extract.segments import lines

Floats = npt.NDArray[np.float32]
_REACH = 100  # characters between two mentions that the head sums over
_BATCH = 4  # pieces read at once, see kg.extract.tagger
_PAIRS_AT_ONCE = 4096
#: Longest piece of text, in characters, that the encoder reads at once.
PIECE = 160


@dataclass(frozen=True, slots=True)
class PairScores:
    """What the scorer says of one document's candidates.

    labels: [entity pairs, labels] probabilities, 0 where a label is not permitted; best: [entity pairs, labels]
    index of the mention pair that speaks loudest; types, statuses: [entity pairs, …] for agreements.
    """

    labels: Floats
    best: npt.NDArray[np.int64]
    types: Floats
    statuses: Floats


def mention_tags(candidates: Candidates, length: int) -> npt.NDArray[np.int64]:
    """Tag of each character: 0 outside mentions, else begin or inside of a mention type."""
    tags = np.zeros(length, dtype=np.int64)
    for mention in candidates.structure.mentions:
        first = 1 + 2 * TYPE_INDEX[mention.type]
        tags[mention.start] = first
        tags[mention.start + 1 : mention.end] = first + 1
    return tags


class PairScorer:
    """Runs encoder and head; one instance may serve many documents, one after another."""

    def __init__(self, folder: Path) -> None:
        config = json.loads((folder / "pairs.json").read_text("utf-8"))
        self._rows = EmbeddingRows(config["characters"], config["width"])
        with np.load(folder / "pairs_head.npz") as arrays:
            self._w: dict[str, Floats] = {name: arrays[name].astype(np.float32) for name in arrays.files}
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        self._session = onnxruntime.InferenceSession(
            str(folder / "pairs.onnx"), options, providers=["CPUExecutionProvider"]
        )

    def score(self, text: str, candidates: Candidates) -> PairScores:
        """Probabilities for every candidate of a document."""
        if not len(candidates.mention_pairs):
            nothing = np.zeros((0, len(LABELS)), dtype=np.float32)
            return PairScores(nothing, nothing.astype(np.int64), nothing, nothing)
        hidden, logits = self._head(self._encode(text, candidates), candidates)
        labels, best = self._gather(logits, candidates)
        mixed = self._mixed(hidden, logits, candidates)
        types, statuses = _softmax(self._linear("at", mixed)), _softmax(self._linear("st", mixed))
        return PairScores(calibrated(labels), best, types, statuses)

    def raw(self, text: str, candidates: Candidates) -> Floats:
        """[entity pairs, labels] probabilities before calibration."""
        if not len(candidates.mention_pairs):
            return np.zeros((0, len(LABELS)), dtype=np.float32)
        _, logits = self._head(self._encode(text, candidates), candidates)
        return self._gather(logits, candidates)[0]

    def _encode(self, text: str, candidates: Candidates) -> Floats:
        tags = mention_tags(candidates, len(text))
        ids = self._rows.of(text)
        states = np.zeros((len(text), self._w["ma.w"].shape[0] // 5), dtype=np.float32)
        pieces = sorted(lines(text, longest=PIECE), key=lambda s: s[1] - s[0])
        for at in range(0, len(pieces), _BATCH):
            batch = pieces[at : at + _BATCH]
            lengths = np.array([end - start for start, end in batch], dtype=np.int32)
            shape = (len(batch), int(lengths.max()))
            batch_ids, batch_tags = np.zeros(shape, dtype=np.int64), np.zeros(shape, dtype=np.int64)
            for row, (start, end) in enumerate(batch):
                batch_ids[row, : end - start] = ids[start:end]
                batch_tags[row, : end - start] = tags[start:end]
            output = self._session.run(None, {"ids": batch_ids, "tags": batch_tags, "lengths": lengths})[0]
            for row, (start, end) in enumerate(batch):
                states[start:end] = output[row, : end - start]
        return states

    def _linear(self, name: str, x: Floats) -> Floats:
        result: Floats = x @ self._w[f"{name}.w"] + self._w[f"{name}.b"]
        return result

    def _head(self, states: Floats, candidates: Candidates) -> tuple[Floats, Floats]:
        s = candidates.structure
        start = np.array([m.start for m in s.mentions])
        end = np.array([m.end for m in s.mentions])
        kind = np.array([TYPE_INDEX[m.type] for m in s.mentions])
        group_start = np.array([s.group_start[g] for g in s.groups])
        group_end = np.array([s.group_end[g] for g in s.groups])
        length, width = states.shape
        zero = np.zeros((1, width), dtype=np.float32)
        padded = np.concatenate([zero, states, zero])  # padded[i] is the state left of character i
        summed = np.concatenate([zero, states.cumsum(0, dtype=np.float64).astype(np.float32)])
        mean = (summed[end] - summed[start]) / (end - start)[:, None]
        outer = np.minimum(np.array([end, group_end]) + 1, length + 1)
        report = np.concatenate(
            [mean, padded[start], padded[outer[0]], padded[group_start], padded[outer[1]]], axis=1
        ).astype(np.float32)
        types = self._w["ty"]
        told = [np.maximum(self._linear("mt", report), 0), types[kind], mention_flags(s)]
        order = read_in_order(np.concatenate(told, axis=1), self._w)
        a = self._linear("ma", report) + self._linear("oa", order)
        b = self._linear("mb", report) + self._linear("ob", order)
        context = np.maximum(self._linear("bt", states), 0)
        running = np.concatenate([np.zeros((1, context.shape[1])), context.cumsum(0, dtype=np.float64)])
        ia, ib = candidates.mention_pairs.T
        low = np.minimum(end[ia], end[ib])
        high = np.maximum(np.maximum(start[ia], start[ib]), low)
        low = np.maximum(low, high - _REACH)

        def judge(part: slice) -> Floats:
            i, j, first, last = ia[part], ib[part], low[part], high[part]
            distance = np.sqrt(np.maximum(last - first, 1))[:, None]
            between = ((running[last] - running[first]) / distance).astype(np.float32)
            given = np.maximum(self._linear("f1", candidates.features[part]), 0)
            x = np.concatenate(
                [a[i], b[j], a[i] * b[j], between, types[kind[i]], types[kind[j]], given], axis=1
            )
            return np.maximum(self._linear("hid", x), 0)

        # a member list has tens of thousands of pairs: judged in parts, they take little memory
        hidden = np.concatenate(
            [judge(slice(at, at + _PAIRS_AT_ONCE)) for at in range(0, len(ia), _PAIRS_AT_ONCE)]
        )
        shares = np.split(np.maximum(self._linear("z", hidden), 0), TABLE_VIEWS, axis=1)
        others = [largest(v, g) for v, g in zip(shares, table_views(candidates), strict=True)]
        hidden = np.maximum(self._linear("ctx", np.concatenate([hidden, *others], axis=1)), 0)
        return hidden, self._linear("o", hidden)

    @staticmethod
    def _gather(logits: Floats, candidates: Candidates) -> tuple[Floats, npt.NDArray[np.int64]]:
        """Probabilities of entity pairs (log-sum-exp over their mention pairs), and the loudest mention pair."""
        # the mention pairs of each entity pair side by side, so that one reduction does for all
        order = np.argsort(candidates.owner, kind="stable")
        owner, said = candidates.owner[order], logits[order]
        starts = np.flatnonzero(np.diff(owner, prepend=-1))
        top = np.maximum.reduceat(said, starts, axis=0)
        total = np.add.reduceat(np.exp(said - top[owner]), starts, axis=0)
        joint = top + np.log(total)
        probabilities = (1 / (1 + np.exp(-joint)) * candidates.permitted).astype(np.float32)
        loudest = np.where(said >= top[owner], order[:, None], 0)
        return probabilities, np.maximum.reduceat(loudest, starts, axis=0)

    @staticmethod
    def _mixed(hidden: Floats, logits: Floats, candidates: Candidates) -> Floats:
        """Hidden states of entity pairs: those of their mention pairs, weighted by how loudly they say "pair"."""
        owner, count = candidates.owner, len(candidates.entity_pairs)
        said = logits[:, LABEL_INDEX["pair"]]
        top = np.full(count, -np.inf, dtype=np.float32)
        np.maximum.at(top, owner, said)
        weight = np.exp(said - top[owner])
        weight /= np.bincount(owner, weights=weight, minlength=count)[owner]
        order = np.argsort(owner, kind="stable")
        starts = np.flatnonzero(np.diff(owner[order], prepend=-1))
        weighted = hidden[order] * weight[order, None].astype(np.float32)
        mixed: Floats = np.add.reduceat(weighted, starts, axis=0)
        return mixed


def _softmax(x: Floats) -> Floats:
    e = np.exp(x - x.max(1, keepdims=True))
    result: Floats = (e / e.sum(1, keepdims=True)).astype(np.float32)
    return result


def symmetric(scores: PairScores, pairs: Sequence[tuple[int, int]]) -> dict[tuple[int, int], float]:
    """Probability that two entities sign, averaged over the two orders; keys are (smaller, larger)."""
    index = {pair: k for k, pair in enumerate(pairs)}
    said = scores.labels[:, LABEL_INDEX["pair"]]
    found: dict[tuple[int, int], float] = {}
    for k in map(int, (said > 0).nonzero()[0]):
        a, b = pairs[k]
        if a < b:
            other = index.get((b, a))
            found[a, b] = float(said[k] if other is None else (said[k] + said[other]) / 2)
    return found


@cache
def default_scorer() -> PairScorer:
    """The scorer that the package ships."""
    return PairScorer(resources.data("models"))
