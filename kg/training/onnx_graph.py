"""Writes the encoder as ONNX: embeddings, two bidirectional GRU layers, an optional output layer."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

_OPSET = 17


def write_encoder(
    path: Path,
    *,
    embedding: np.ndarray,
    layers: list[dict[str, np.ndarray]],
    tag_embedding: np.ndarray | None = None,
    output: tuple[np.ndarray, np.ndarray] | None = None,
) -> None:
    """Write the graph; embeddings are stored as float16 and widened when looked up, the rest as float32.

    Inputs: ids [batch, length], with ``tag_embedding`` also tags, and lengths [batch].
    Output: states [batch, length, 2 × hidden], or emissions where ``output`` (weight, bias) is given.
    """
    nodes: list[onnx.NodeProto] = []
    initial: list[onnx.TensorProto] = []

    def constant(name: str, value: np.ndarray) -> str:
        initial.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def node(kind: str, inputs: list[str], result: str, **options: Any) -> str:
        nodes.append(helper.make_node(kind, inputs, [result], **options))
        return result

    inputs = [helper.make_tensor_value_info("ids", TensorProto.INT64, ["batch", "length"])]
    looked = node("Gather", [constant("embedding", embedding.astype(np.float16)), "ids"], "embedded16")
    x = node("Cast", [looked], "embedded", to=TensorProto.FLOAT)
    if tag_embedding is not None:
        inputs.append(helper.make_tensor_value_info("tags", TensorProto.INT64, ["batch", "length"]))
        tags = node("Gather", [constant("tag_embedding", tag_embedding.astype(np.float32)), "tags"], "tagged")
        x = node("Add", [x, tags], "marked")
    inputs.append(helper.make_tensor_value_info("lengths", TensorProto.INT32, ["batch"]))
    x = node("Transpose", [x], "by_time", perm=[1, 0, 2])
    for k, arrays in enumerate(layers):
        hidden = arrays["R"].shape[2]
        weights = [constant(f"gru{k}_{part}", arrays[part].astype(np.float32)) for part in ("W", "R", "B")]
        nodes.append(
            helper.make_node(
                "GRU",
                [x, *weights, "lengths"],
                [f"gru{k}_out"],
                direction="bidirectional",
                hidden_size=hidden,
                linear_before_reset=1,
            )
        )
        # [length, directions, batch, hidden] → [length, batch, directions × hidden]
        y = node("Transpose", [f"gru{k}_out"], f"gru{k}_turned", perm=[0, 2, 1, 3])
        x = node(
            "Reshape",
            [y, constant(f"gru{k}_shape", np.array([0, 0, 2 * hidden], dtype=np.int64))],
            f"states{k}",
        )
    x = node("Transpose", [x], "states", perm=[1, 0, 2])
    width = 2 * layers[-1]["R"].shape[2]
    if output is not None:
        product = node("MatMul", [x, constant("output_weight", output[0].astype(np.float32))], "product")
        x = node("Add", [product, constant("output_bias", output[1].astype(np.float32))], "emissions")
        width = output[1].shape[0]
    result = helper.make_tensor_value_info(x, TensorProto.FLOAT, ["batch", "length", width])
    graph = helper.make_graph(nodes, "encoder", inputs, [result], initial)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", _OPSET)], ir_version=8)
    onnx.checker.check_model(model)
    path.parent.mkdir(parents=True, exist_ok=True)
    onnx.save(model, str(path))
