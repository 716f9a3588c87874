"""BERT as an ONNX graph, from numpy arrays alone.

Inputs are ``input_ids`` and ``attention_mask``, both int64 ``[batch, seq]``; a mask of 1 marks a real piece.
Outputs are float32 ``[batch, seq, hidden]``:

* ``last``   - the last layer;
* ``mean4``  - the mean of the last four layers;
* ``static`` - the word-piece embedding alone, before position and normalisation.

A trained encoder has a linear map behind ``mean4`` and gives its result, ``token``, instead of the first two.

Every piece is of type 0, so that row is folded into the position table.
"""

import math
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from glossight_training.weights import BertConfig, Tensors

OPSET = 20
IR_VERSION = 9
OUTPUTS = ("last", "mean4", "static")
TRAINED_OUTPUTS = ("token", "static")
MEAN_OF = 4
BLOCK = 32  # inputs of a matrix that share a scale
MASKED = 1e9  # taken off the score of a masked key: its softmax weight becomes exactly 0


class _Graph:
    """Collects nodes and initialisers under numbered, hence reproducible, names."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.initialisers: list[onnx.TensorProto] = []

    def const(self, value: NDArray[Any]) -> str:
        name = f"c{len(self.initialisers)}"
        self.initialisers.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def ints(self, *values: int) -> str:
        return self.const(np.array(values, np.int64))

    def op(self, kind: str, *inputs: str, output: str = "", **attributes: Any) -> str:
        name = output or f"t{len(self.nodes)}"
        self.nodes.append(helper.make_node(kind, inputs, [name], f"n{len(self.nodes)}", **attributes))
        return name

    def split(self, value: str, parts: int) -> list[str]:
        names = [f"t{len(self.nodes)}_{part}" for part in range(parts)]
        node = helper.make_node("Split", [value], names, f"n{len(self.nodes)}", axis=-1, num_outputs=parts)
        self.nodes.append(node)
        return names


def quantise_rows(table: NDArray[np.float32]) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """Round each row of ``[rows, columns]`` to int8 with one scale a row, ``[rows, 1]``."""
    scale = np.maximum(np.abs(table).max(axis=1, keepdims=True) / 127, np.finfo(np.float32).tiny)
    return np.rint(table / scale).astype(np.int8), scale.astype(np.float32)


def build(
    config: BertConfig, tensors: Tensors, *, quantised: bool = True, mapped: Tensors | None = None
) -> onnx.ModelProto:
    """Build the encoder; ``quantised=False`` keeps float32 weights, to compare with.

    ``mapped`` holds ``weight`` and ``bias`` of a trained encoder's map.

    Embeddings are int8 with one scale a row, matrices int8 with one scale for each ``BLOCK`` inputs
    of an output. The matrices are computed from constants only, so the runtime unfolds them once,
    at load, and multiplies in float32.
    """
    g = _Graph()

    def matrix(weight: NDArray[np.float32]) -> str:
        """The operand ``[inputs, outputs]`` of a product, from ``[outputs, inputs]``."""
        if not quantised:
            return g.const(weight.T)
        stored, scale = quantise_rows(weight.reshape(-1, BLOCK))
        blocks = g.op("Mul", g.op("Cast", g.const(stored), to=TensorProto.FLOAT), g.const(scale))
        return g.op("Transpose", g.op("Reshape", blocks, g.ints(*weight.shape)), perm=[1, 0])

    def linear(x: str, weight: NDArray[np.float32], bias: NDArray[np.float32]) -> str:
        return g.op("Add", g.op("MatMul", x, matrix(weight)), g.const(bias))

    def dense(x: str, name: str) -> str:
        return linear(x, tensors[f"{name}.weight"], tensors[f"{name}.bias"])

    def normalise(x: str, name: str, output: str = "") -> str:
        scale, bias = g.const(tensors[f"{name}.weight"]), g.const(tensors[f"{name}.bias"])
        return g.op("LayerNormalization", x, scale, bias, output=output, axis=-1, epsilon=config.epsilon)

    def rows(table: NDArray[np.float32], choose: str, *which: str, output: str = "") -> str:
        if not quantised:
            return g.op(choose, g.const(table), *which, output=output)
        stored, scale = quantise_rows(table)
        chosen = g.op("Cast", g.op(choose, g.const(stored), *which), to=TensorProto.FLOAT)
        return g.op("Mul", chosen, g.op(choose, g.const(scale), *which), output=output)

    def attend(x: str, name: str, bias: str) -> str:
        """Self-attention; one product for queries, keys and values, the 1/sqrt(d) kept in the query weights."""
        depth = config.hidden // config.heads
        parts = [(part, 1 / math.sqrt(depth) if part == "query" else 1.0) for part in ("query", "key", "value")]
        weight = np.concatenate([tensors[f"{name}.self.{p}.weight"] * np.float32(s) for p, s in parts])
        offset = np.concatenate([tensors[f"{name}.self.{p}.bias"] * np.float32(s) for p, s in parts])
        heads = [g.op("Reshape", part, by_head) for part in g.split(linear(x, weight, offset), 3)]
        query, value = (g.op("Transpose", heads[i], perm=[0, 2, 1, 3]) for i in (0, 2))
        key = g.op("Transpose", heads[1], perm=[0, 2, 3, 1])
        shares = g.op("Softmax", g.op("Add", g.op("MatMul", query, key), bias), axis=-1)
        mixed = g.op("Transpose", g.op("MatMul", shares, value), perm=[0, 2, 1, 3])
        return dense(g.op("Reshape", mixed, joined), f"{name}.output.dense")

    by_head = g.ints(0, 0, config.heads, config.hidden // config.heads)
    joined = g.ints(0, 0, config.hidden)

    mask = g.op("Cast", g.op("Unsqueeze", "attention_mask", g.ints(1, 2)), to=TensorProto.FLOAT)
    bias = g.op("Mul", g.op("Sub", mask, g.const(np.array([1], np.float32))), g.const(np.array([MASKED], np.float32)))

    length = g.op("Shape", "input_ids", start=1, end=2)
    start = g.ints(0)
    places = tensors["embeddings.position_embeddings.weight"] + tensors["embeddings.token_type_embeddings.weight"][0]
    words = rows(tensors["embeddings.word_embeddings.weight"], "Gather", "input_ids", output="static")
    x = normalise(g.op("Add", words, rows(places, "Slice", start, length, start)), "embeddings.LayerNorm")

    layers: list[str] = []
    for index in range(config.layers):
        name = f"encoder.layer.{index}"
        attended = g.op("Add", attend(x, f"{name}.attention", bias), x)
        x = normalise(attended, f"{name}.attention.output.LayerNorm")
        inner = g.op("Gelu", dense(x, f"{name}.intermediate.dense"))
        outer = g.op("Add", dense(inner, f"{name}.output.dense"), x)
        is_output = mapped is None and index == config.layers - 1
        x = normalise(outer, f"{name}.output.LayerNorm", "last" if is_output else "")
        layers.append(x)
    mean = g.op("Mean", *layers[-MEAN_OF:], output="mean4" if mapped is None else "")
    if mapped is not None:
        g.op("Add", g.op("MatMul", mean, matrix(mapped["weight"])), g.const(mapped["bias"]), output="token")

    def tensor(name: str, kind: int, *extra: int) -> onnx.ValueInfoProto:
        return helper.make_tensor_value_info(name, kind, ["batch", "seq", *extra])

    graph = helper.make_graph(
        g.nodes,
        "glossight-encoder",
        [tensor(name, TensorProto.INT64) for name in ("input_ids", "attention_mask")],
        [tensor(name, TensorProto.FLOAT, config.hidden) for name in (OUTPUTS if mapped is None else TRAINED_OUTPUTS)],
        g.initialisers,
    )
    opsets = [helper.make_opsetid("", OPSET)]
    model = helper.make_model(graph, opset_imports=opsets, ir_version=IR_VERSION, producer_name="glossight-training")
    onnx.checker.check_model(model)
    return model
