"""The learned name tagger: characters in, BIO tags of the 14 entity types out.

The network is that of LAC (Jiao, Sun & Sun 2018; Apache-2.0), fine-tuned on annotated pages by kg.training.tagger:
a character embedding, two bidirectional GRU layers and a linear-chain CRF, run by onnxruntime.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt
import onnxruntime

from kg import resources
from kg.extract.embedding_rows import EmbeddingRows
from kg.extract.segments import lines
from kg.extract.words import word_tags

_RESCALE = 4  # characters: a row of probabilities has a scale of its own, which must only not underflow
_BATCH = 4  # lines read at once: more would pad the short ones of a page to the length of its longest


@dataclass(frozen=True, slots=True)
class TaggedSpan:
    """A span of the text that the tagger holds for a name; ``score`` is its probability (0 to 1)."""

    start: int
    end: int
    type: str
    score: float


class Tagger:
    """Runs the network; one instance may serve many documents, one after another."""

    def __init__(self, folder: Path) -> None:
        config = json.loads((folder / "tagger.json").read_text("utf-8"))
        self.tags: list[str] = config["tags"]
        self._rows = EmbeddingRows(config["characters"], config["width"])
        with np.load(folder / "tagger_crf.npz") as arrays:
            self._transitions: npt.NDArray[np.float32] = arrays["transitions"]
            self._start: npt.NDArray[np.float32] = arrays["start"]
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        self._session = onnxruntime.InferenceSession(
            str(folder / "tagger.onnx"), options, providers=["CPUExecutionProvider"]
        )

    def tag(self, text: str) -> list[TaggedSpan]:
        """Names in a text, in order, none overlapping."""
        pieces = sorted(lines(text), key=lambda s: s[1] - s[0])
        known = self._rows.of(text)
        found: list[TaggedSpan] = []
        for at in range(0, len(pieces), _BATCH):
            batch = pieces[at : at + _BATCH]
            lengths = np.array([end - start for start, end in batch], dtype=np.int32)
            ids = np.zeros((len(batch), int(lengths.max())), dtype=np.int64)
            words = np.zeros_like(ids)
            for row, (start, end) in enumerate(batch):
                ids[row, : end - start] = known[start:end]
                words[row, : end - start] = word_tags(text[start:end])
            emissions = self._session.run(None, {"ids": ids, "tags": words, "lengths": lengths})[0]
            for row, (start, end) in enumerate(batch):
                found += self._spans(emissions[row, : end - start], start)
        return sorted(found, key=lambda s: s.start)

    def _spans(self, emissions: npt.NDArray[np.float32], offset: int) -> list[TaggedSpan]:
        path = self._viterbi(emissions)
        if not any(path):  # tag 0 is O: a line without names
            return []
        marginals = self._marginals(emissions)
        spans: list[TaggedSpan] = []
        at = 0
        while at < len(path):
            tag = self.tags[path[at]]
            end = at + 1
            if tag.startswith("B-"):
                while end < len(path) and self.tags[path[end]] == f"I-{tag[2:]}":
                    end += 1
                score = float(min(marginals[k, path[k]] for k in range(at, end)))
                spans.append(TaggedSpan(at + offset, end + offset, tag[2:], score))
            at = end
        return spans

    def _viterbi(self, emissions: npt.NDArray[np.float32]) -> list[int]:
        best = self._start + emissions[0]
        into, every = np.ascontiguousarray(self._transitions.T), np.arange(len(best))
        back: list[npt.NDArray[np.intp]] = []
        for row in emissions[1:]:
            scores = into + best
            choice = scores.argmax(1)
            back.append(choice)
            best = scores[every, choice] + row
        path = [int(best.argmax())]
        for choice in reversed(back):
            path.append(int(choice[path[-1]]))
        return path[::-1]

    def _marginals(self, emissions: npt.NDArray[np.float32]) -> npt.NDArray[np.float64]:
        """Probability of each tag at each character: forward-backward in probability space, rescaled now and then."""
        length, width = emissions.shape
        moves = np.exp(self._transitions.astype(np.float64))
        back = np.ascontiguousarray(moves.T)
        local = np.exp(emissions.astype(np.float64) - emissions.max(1, keepdims=True))
        forward = np.empty((length, width))
        backward = np.ones((length, width))
        forward[0] = state = np.exp(self._start.astype(np.float64)) * local[0]
        for k in range(1, length):
            state = (state @ moves) * local[k]
            if k % _RESCALE == 0:
                state /= state.sum()
            forward[k] = state
        state = backward[-1]
        for k in range(length - 2, -1, -1):
            state = (local[k + 1] * state) @ back
            if k % _RESCALE == 0:
                state /= state.sum()
            backward[k] = state
        both = forward * backward
        result: npt.NDArray[np.float64] = both / both.sum(1, keepdims=True)
        return result


@cache
def default_tagger() -> Tagger:
    """The tagger that the package ships."""
    return Tagger(resources.data("models"))
