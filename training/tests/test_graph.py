import math

import numpy as np
from conftest import Runner, Tiny
from numpy.typing import NDArray
from onnx import TensorProto

from glossight_training.graph import IR_VERSION, OPSET, OUTPUTS, build, quantise_rows

SENTENCES = [[1, 2, 3, 4, 5, 6, 7], [9, 8, 49], [1, 20, 30, 2, 2, 11, 12, 13, 14, 15, 0, 3]]


def reference(tiny: Tiny, ids: list[int]) -> dict[str, NDArray[np.float64]]:
    """BERT written out in float64, one unpadded sentence."""
    config, t = tiny.config, {name: tensor.astype(np.float64) for name, tensor in tiny.tensors.items()}
    erf = np.vectorize(math.erf)

    def dense(x: NDArray[np.float64], name: str) -> NDArray[np.float64]:
        product: NDArray[np.float64] = x @ t[f"{name}.weight"].T + t[f"{name}.bias"]
        return product

    def normalise(x: NDArray[np.float64], name: str) -> NDArray[np.float64]:
        centred = x - x.mean(-1, keepdims=True)
        spread = np.sqrt(x.var(-1, keepdims=True) + config.epsilon)
        scaled: NDArray[np.float64] = centred / spread * t[f"{name}.weight"] + t[f"{name}.bias"]
        return scaled

    static = t["embeddings.word_embeddings.weight"][ids]
    places = t["embeddings.position_embeddings.weight"][: len(ids)]
    x = normalise(static + places + t["embeddings.token_type_embeddings.weight"][0], "embeddings.LayerNorm")
    depth, states = config.hidden // config.heads, []
    for index in range(config.layers):
        layer = f"encoder.layer.{index}"
        q, k, v = (
            dense(x, f"{layer}.attention.self.{part}").reshape(len(ids), config.heads, depth).swapaxes(0, 1)
            for part in ("query", "key", "value")
        )
        scores = np.exp(q @ k.swapaxes(1, 2) / math.sqrt(depth))
        mixed = (scores / scores.sum(-1, keepdims=True) @ v).swapaxes(0, 1).reshape(len(ids), config.hidden)
        attended = dense(mixed, f"{layer}.attention.output.dense")
        x = normalise(x + attended, f"{layer}.attention.output.LayerNorm")
        inner = dense(x, f"{layer}.intermediate.dense")
        inner = inner * (1 + erf(inner / math.sqrt(2))) / 2
        x = normalise(x + dense(inner, f"{layer}.output.dense"), f"{layer}.output.LayerNorm")
        states.append(x)
    return {"last": x, "mean4": np.mean(states[-4:], axis=0), "static": static}


def test_float32_equals_the_reference(tiny: Tiny) -> None:
    model = build(tiny.config, tiny.tensors, quantised=False)
    assert (model.ir_version, model.opset_import[0].version) == (IR_VERSION, OPSET)
    got = Runner.of(model)(SENTENCES)
    for index, sentence in enumerate(SENTENCES):
        wanted = reference(tiny, sentence)
        for name in OUTPUTS:
            np.testing.assert_allclose(got[name][index], wanted[name], atol=2e-5)


def test_quantised_is_close_to_float32(tiny: Tiny) -> None:
    exact = Runner.of(build(tiny.config, tiny.tensors, quantised=False))(SENTENCES)
    close = Runner.of(build(tiny.config, tiny.tensors))(SENTENCES)
    for name in OUTPUTS:
        a, b = np.concatenate(exact[name]), np.concatenate(close[name])
        cosines = (a * b).sum(1) / np.linalg.norm(a, axis=1) / np.linalg.norm(b, axis=1)
        assert cosines.mean() > 0.999
        assert cosines.min() > 0.997
        assert not np.array_equal(a, b)


def test_quantised_does_not_depend_on_batch_or_padding(tiny: Tiny) -> None:
    run = Runner.of(build(tiny.config, tiny.tensors))
    together = run(SENTENCES, pad_to=20)
    for index, sentence in enumerate(SENTENCES):
        alone = run([sentence])
        for name in OUTPUTS:
            np.testing.assert_array_equal(together[name][index], alone[name][0])


def test_same_bytes_each_time(tiny: Tiny) -> None:
    first, second = (build(tiny.config, tiny.tensors).SerializeToString(deterministic=True) for _ in range(2))
    assert first == second


def test_matrices_are_8_bit_blocks(tiny: Tiny) -> None:
    model = build(tiny.config, tiny.tensors)
    products = [node for node in model.graph.node if node.op_type == "MatMulNBits"]
    assert len(products) == 4 * tiny.config.layers
    kinds = {tensor.name: tensor.data_type for tensor in model.graph.initializer}
    assert {kinds[node.input[1]] for node in products} == {TensorProto.UINT8}
    tables = [tensor for tensor in model.graph.initializer if tensor.data_type == TensorProto.INT8]
    assert len(tables) == 2


def test_rows_keep_their_own_scale_and_zero_rows_stay_zero() -> None:
    table = np.array([[0, 0, 0], [1, -2, 0.5], [1e-3, 2e-3, -4e-3]], np.float32)
    rows, scale = quantise_rows(table)
    assert rows.dtype == np.int8
    np.testing.assert_allclose(rows * scale, table, atol=1e-2, rtol=1e-2)
    assert not (rows[0] * scale[0]).any()
