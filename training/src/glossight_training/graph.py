"""BERT as an ONNX graph, from numpy arrays alone.

Inputs are ``input_ids`` and ``attention_mask``, both int64 ``[batch, seq]``; a mask of 1 marks a real piece.
Outputs are float32 ``[batch, seq, hidden]``:

* ``last``   - the last layer;
* ``mean4``  - the mean of the last four layers;
* ``static`` - the word-piece embedding alone, before position and normalisation.

A trained encoder has a linear map behind ``mean4`` and gives its result, ``token_embeddings``, instead of the first
two.

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
TOKEN = "token_embeddings"  # as sentence-transformers calls it, so that others find it too
TRAINED_OUTPUTS = (TOKEN, "static")
MEAN_OF = 4
BLOCK = 64  # inputs of a matrix that share a scale; with 128 onnxruntime's result depends on the batch
CONTRIB = "com.microsoft"  # onnxruntime's own operators
ROUND_ACTIVATIONS = 4  # to int8, as onnxruntime numbers its accuracy levels


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
    of an output. Activations are rounded to int8 in the same blocks, each row by itself: a window's vectors
    do not depend on the windows beside it.
    """
    g = _Graph()

    def contrib(kind: str, *inputs: str, output: str = "", **attributes: Any) -> str:
        return g.op(kind, *inputs, output=output, domain=CONTRIB, **attributes)

    def product(x: str, weight: NDArray[np.float32]) -> str:
        """``x`` times the transpose of ``[outputs, inputs]``."""
        if not quantised:
            return g.op("MatMul", x, g.const(weight.T))
        outputs, inputs = weight.shape
        block = math.gcd(inputs, BLOCK)
        stored, scale = quantise_rows(weight.reshape(-1, block))
        # Stored unsigned: 128 stands for 0.
        blocks = (stored.astype(np.int16) + 128).astype(np.uint8).reshape(outputs, inputs // block, block)
        return contrib(
            "MatMulNBits",
            x,
            g.const(blocks),
            g.const(scale.reshape(outputs, inputs // block)),
            K=inputs,
            N=outputs,
            bits=8,
            block_size=block,
            accuracy_level=ROUND_ACTIVATIONS,
        )

    def layer(x: str, name: str) -> tuple[str, str]:
        """A linear layer: its product, and its bias for whatever adds it on the way."""
        return product(x, tensors[f"{name}.weight"]), g.const(tensors[f"{name}.bias"])

    def add_and_normalise(x: str, before: str, name: str, output: str = "") -> str:
        """The dense layer of a block, its residual and its normalisation."""
        scaled, bias = layer(x, f"{name}.dense")
        norm = (g.const(tensors[f"{name}.LayerNorm.{what}"]) for what in ("weight", "bias"))
        return contrib("SkipLayerNormalization", scaled, before, *norm, bias, output=output, epsilon=config.epsilon)

    def normalise(x: str, name: str, output: str = "") -> str:
        scale, bias = g.const(tensors[f"{name}.weight"]), g.const(tensors[f"{name}.bias"])
        return g.op("LayerNormalization", x, scale, bias, output=output, axis=-1, epsilon=config.epsilon)

    def rows(table: NDArray[np.float32], choose: str, *which: str, output: str = "") -> str:
        if not quantised:
            return g.op(choose, g.const(table), *which, output=output)
        stored, scale = quantise_rows(table)
        chosen = g.op("Cast", g.op(choose, g.const(stored), *which), to=TensorProto.FLOAT)
        return g.op("Mul", chosen, g.op(choose, g.const(scale), *which), output=output)

    def attend(x: str, name: str) -> str:
        """Self-attention before its output layer; one product for queries, keys and values."""
        parts = ("query", "key", "value")
        weight, offset = (
            np.concatenate([tensors[f"{name}.self.{p}.{what}"] for p in parts]) for what in ("weight", "bias")
        )
        query, key, value = g.split(product(x, weight), len(parts))
        return contrib("MultiHeadAttention", query, key, value, g.const(offset), mask, num_heads=config.heads)

    mask = g.op("Cast", "attention_mask", to=TensorProto.INT32)

    length = g.op("Shape", "input_ids", start=1, end=2)
    start = g.ints(0)
    places = tensors["embeddings.position_embeddings.weight"] + tensors["embeddings.token_type_embeddings.weight"][0]
    words = rows(tensors["embeddings.word_embeddings.weight"], "Gather", "input_ids", output="static")
    x = normalise(g.op("Add", words, rows(places, "Slice", start, length, start)), "embeddings.LayerNorm")

    layers: list[str] = []
    for index in range(config.layers):
        name = f"encoder.layer.{index}"
        x = add_and_normalise(attend(x, f"{name}.attention"), x, f"{name}.attention.output")
        inner = contrib("BiasGelu", *layer(x, f"{name}.intermediate.dense"))
        is_output = mapped is None and index == config.layers - 1
        x = add_and_normalise(inner, x, f"{name}.output", "last" if is_output else "")
        layers.append(x)
    mean = g.op("Mean", *layers[-MEAN_OF:], output="mean4" if mapped is None else "")
    if mapped is not None:
        g.op("Add", product(mean, mapped["weight"]), g.const(mapped["bias"]), output=TOKEN)

    def tensor(name: str, kind: int, *extra: int) -> onnx.ValueInfoProto:
        return helper.make_tensor_value_info(name, kind, ["batch", "seq", *extra])

    graph = helper.make_graph(
        g.nodes,
        "glossight-encoder",
        [tensor(name, TensorProto.INT64) for name in ("input_ids", "attention_mask")],
        [tensor(name, TensorProto.FLOAT, config.hidden) for name in (OUTPUTS if mapped is None else TRAINED_OUTPUTS)],
        g.initialisers,
    )
    opsets = [helper.make_opsetid("", OPSET), helper.make_opsetid(CONTRIB, 1)]
    model = helper.make_model(graph, opset_imports=opsets, ir_version=IR_VERSION, producer_name="glossight-training")
    onnx.checker.check_model(model)
    return model
