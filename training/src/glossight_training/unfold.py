"""The shipped encoder with its products in float32: ``python -m glossight_training.unfold --encoder DIR --out DIR``.

To see what it costs that activations are rounded to 8 bits before they are multiplied. The weights are those of the
encoder given, after their own rounding: each 8-bit matrix (``MatMulNBits``) becomes the float32 matrix that its blocks
and scales stand for, and the node a plain ``MatMul``. Everything else of the graph stays; its 8-bit embeddings are
float32 before anything is computed with them.
"""

import argparse
import json
from pathlib import Path

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import helper, numpy_helper

from glossight_training.files import sha256, to_json, write_atomic

KIND = "MatMulNBits"
ZERO = 128  # what stands for 0 where no other zero point is given


def unfolded_matrix(
    blocks: NDArray[np.uint8], scale: NDArray[np.float32], inputs: int, outputs: int
) -> NDArray[np.float32]:
    """The matrix ``[inputs, outputs]`` of blocks ``[outputs, blocks, block]`` with a scale each."""
    centred = blocks.astype(np.float32) - ZERO
    rows = (centred * scale.reshape(outputs, -1, 1)).reshape(outputs, -1)
    return np.ascontiguousarray(rows[:, :inputs].T)


def unfold(model: onnx.ModelProto) -> onnx.ModelProto:
    """A copy of the graph in which every product is of float32 matrices."""
    result = onnx.ModelProto()
    result.CopyFrom(model)
    known = {tensor.name: tensor for tensor in model.graph.initializer}
    stored: set[str] = set()
    for node in result.graph.node:
        if node.op_type != KIND:
            continue
        chosen = {attribute.name: helper.get_attribute_value(attribute) for attribute in node.attribute}
        if chosen["bits"] != 8 or len(node.input) != 3:
            raise ValueError(f"{node.name}: only 8 bits without zero points are unfolded")
        x, blocks, scale = node.input
        matrix = unfolded_matrix(
            numpy_helper.to_array(known[blocks]), numpy_helper.to_array(known[scale]), chosen["K"], chosen["N"]
        )
        stored |= {blocks, scale}
        result.graph.initializer.append(numpy_helper.from_array(matrix, f"{blocks}_unfolded"))
        node.CopyFrom(helper.make_node("MatMul", [x, f"{blocks}_unfolded"], list(node.output), node.name))
    if not stored:
        raise ValueError("the encoder has no 8-bit matrix")
    kept = [tensor for tensor in result.graph.initializer if tensor.name not in stored]
    del result.graph.initializer[:]
    result.graph.initializer.extend(kept)
    onnx.checker.check_model(result)
    return result


def unfold_folder(encoder: Path, out: Path) -> None:
    """Write an encoder folder like the one given, but for its products; the manifest last."""
    manifest = json.loads((encoder / "encoder.json").read_text("utf-8"))
    files = {name: (encoder / name).read_bytes() for name in manifest["files"]}
    model = unfold(onnx.load_model_from_string(files["encoder.onnx"]))
    files["encoder.onnx"] = model.SerializeToString(deterministic=True)
    manifest["name"] += "-float32"
    manifest["files"] = {name: {"bytes": len(data), "sha256": sha256(data)} for name, data in files.items()}
    manifest["quantisation"]["products"] = {
        "operator": "MatMul",
        "storage": "float32, unfolded from the int8 blocks of the encoder that ships",
    }
    licence = {"LICENSE.txt": (encoder / "LICENSE.txt").read_bytes()}
    for name, content in {**files, **licence, "encoder.json": to_json(manifest)}.items():
        write_atomic(out / name, content)


def main(arguments: list[str] | None = None) -> None:
    """Command line of the unfolding."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--encoder", type=Path, required=True, help="encoder folder with 8-bit matrices")
    parser.add_argument("--out", type=Path, required=True, help="folder to write the float32 encoder into")
    options = parser.parse_args(arguments)
    unfold_folder(options.encoder, options.out)


if __name__ == "__main__":
    main()
