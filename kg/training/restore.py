"""Reads trained weights back into the networks, so that training can go on from them."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from torch import nn

from kg.training.lac import LacWeights
from kg.training.pairs import HEAD_LAYERS, PairNetwork, order_arrays
from kg.training.tagger import TaggerNetwork

Arrays = dict[str, np.ndarray]


def tagger_network(folder: Path) -> tuple[TaggerNetwork, LacWeights]:
    """The name tagger that kg.training.tagger.save wrote into ``folder``, and the weights of its encoder."""
    weights, arrays = _encoder(folder / "tagger.onnx", folder / "tagger.json")
    network = TaggerNetwork(weights)
    _fill(network.encoder.tag_weights(), arrays["tag_embedding"])
    _fill(network.output.weight, arrays["output_weight"].T)
    _fill(network.output.bias, arrays["output_bias"])
    with np.load(folder / "tagger_crf.npz") as crf:
        _fill(network.crf.moves, crf["transitions"] - network.crf.forbidden.numpy())
        _fill(network.crf.begin, crf["start"] - network.crf.forbidden_start.numpy())
    return network, weights


def pair_network(folder: Path) -> tuple[PairNetwork, LacWeights]:
    """The pair scorer that kg.training.pairs.save wrote into ``folder``, and the weights of its encoder."""
    weights, arrays = _encoder(folder / "pairs.onnx", folder / "pairs.json")
    with np.load(folder / "pairs_head.npz") as stored:
        head = {name: stored[name].astype(np.float32) for name in stored.files}
    network = PairNetwork(weights, features=head["f1.w"].shape[0])
    _fill(network.encoder.tag_weights(), arrays["tag_embedding"])
    _fill(network.head.ty.weight, head["ty"])
    for name in HEAD_LAYERS:
        layer: nn.Linear = getattr(network.head, name)
        _fill(layer.weight, head[f"{name}.w"].T)
        _fill(layer.bias, head[f"{name}.b"])
    for name, parameter in order_arrays():
        _fill(getattr(network.head.order, parameter), head[name].T)
    return network, weights


def _encoder(graph: Path, config: Path) -> tuple[LacWeights, Arrays]:
    known = json.loads(config.read_text("utf-8"))
    arrays = {i.name: numpy_helper.to_array(i) for i in onnx.load(str(graph)).graph.initializer}
    layers = tuple({part: arrays[f"gru{k}_{part}"] for part in ("W", "R", "B")} for k in (0, 1))
    embedding = torch.from_numpy(arrays["embedding"].astype(np.float32))
    return LacWeights(tuple(known["characters"]), known["width"], embedding, layers), arrays


def _fill(parameter: torch.Tensor, values: np.ndarray) -> None:
    with torch.no_grad():
        parameter.copy_(torch.tensor(values))
