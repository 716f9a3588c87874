import json
from pathlib import Path

import numpy as np
import onnx
import pytest
from conftest import Runner, Tiny

from glossight_training.files import sha256, to_json
from glossight_training.graph import OUTPUTS, build, quantise_rows
from glossight_training.unfold import main, unfold, unfolded_matrix

SENTENCES = [[1, 2, 3, 4, 5, 6, 7], [9, 8, 49], [1, 20, 30, 2, 2, 11, 12, 13, 14, 15, 0, 3]]


def rounded(tiny: Tiny) -> Tiny:
    """The same BERT, its matrices and tables as 8 bits keep them: of at most 64 inputs, so a block is a row."""
    tensors = dict(tiny.tensors)
    # The graph folds the type into the positions before it rounds them.
    kind = "embeddings.token_type_embeddings.weight"
    place = "embeddings.position_embeddings.weight"
    tensors[place] = tensors[place] + tensors[kind][0]
    tensors[kind] = np.zeros_like(tensors[kind])
    for name, tensor in tensors.items():
        if tensor.ndim == 2:
            rows, scale = quantise_rows(tensor)
            tensors[name] = (rows * scale).astype(np.float32)
    return Tiny(tiny.config, tensors)


def test_unfolded_products_are_those_of_the_rounded_weights(tiny: Tiny) -> None:
    # Rounded weights are rounded to themselves, so their float32 graph is what unfolding has to give.
    own = rounded(tiny)
    eight = build(own.config, own.tensors)
    wanted = Runner.of(build(own.config, own.tensors, quantised=False))(SENTENCES)
    got = Runner.of(unfold(eight))(SENTENCES)
    before = Runner.of(eight)(SENTENCES)
    for index in range(len(SENTENCES)):
        for name in OUTPUTS:
            np.testing.assert_allclose(got[name][index], wanted[name][index], atol=2e-5)
        # Before, activations were rounded.
        assert np.abs(before["last"][index] - wanted["last"][index]).max() > 1e-3


def test_no_8_bit_matrix_is_left_and_the_model_given_is_not_changed(tiny: Tiny) -> None:
    eight = build(tiny.config, tiny.tensors)
    data = eight.SerializeToString(deterministic=True)
    model = unfold(eight)
    assert eight.SerializeToString(deterministic=True) == data
    kinds = [node.op_type for node in model.graph.node]
    assert "MatMulNBits" not in kinds
    assert kinds.count("MatMul") == 4 * tiny.config.layers
    used = {name for node in model.graph.node for name in node.input}
    assert {tensor.name for tensor in model.graph.initializer} <= used
    with pytest.raises(ValueError, match="no 8-bit matrix"):
        unfold(model)


def test_a_matrix_of_two_blocks() -> None:
    blocks = np.array([[[128, 129], [126, 255]], [[128, 128], [0, 128]]], np.uint8)
    scale = np.array([1, 0.5, 3, 0.25], np.float32)
    wanted = np.array([[0, 0], [1, 0], [-1, -32], [63.5, 0]], np.float32)
    np.testing.assert_array_equal(unfolded_matrix(blocks, scale, inputs=4, outputs=2), wanted)


def test_a_folder_keeps_all_but_the_products(tiny: Tiny, tmp_path: Path) -> None:
    source, out = tmp_path / "source", tmp_path / "out"
    source.mkdir()
    data = build(tiny.config, tiny.tensors).SerializeToString(deterministic=True)
    files = {"encoder.onnx": data, "vocab.txt": b"one\ntwo\n"}
    for name, content in {**files, "LICENSE.txt": b"a licence"}.items():
        (source / name).write_bytes(content)
    embeddings = {"type": "int8"}
    manifest = {
        "name": "tiny",
        "dimensions": 32,
        "files": {name: {"bytes": len(content), "sha256": sha256(content)} for name, content in files.items()},
        "quantisation": {"products": {"operator": "MatMul", "storage": "int8"}, "embeddings": embeddings},
    }
    (source / "encoder.json").write_bytes(to_json(manifest))
    main(["--encoder", str(source), "--out", str(out)])
    made = json.loads((out / "encoder.json").read_text("utf-8"))
    assert (made["name"], made["dimensions"]) == ("tiny-float32", 32)
    assert made["quantisation"]["embeddings"] == embeddings
    for name in ("encoder.onnx", "vocab.txt"):
        assert made["files"][name]["sha256"] == sha256((out / name).read_bytes())
    assert (out / "vocab.txt").read_bytes() == files["vocab.txt"]
    assert (out / "LICENSE.txt").read_bytes() == b"a licence"
    runner = Runner.of(onnx.load(out / "encoder.onnx"))
    assert set(runner(SENTENCES)) == set(OUTPUTS)
