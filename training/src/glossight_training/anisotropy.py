"""How far cosines tell words apart, layer by layer.

    python -m glossight_training.anisotropy --set SET --untrained DIR --trained DIR --out JSON --write MARKDOWN

Encodes the tagged words of held-out SemCor documents with encoder folders as they are, 8-bit weights and all, and
measures every layer: the mean cosine of pairs of different words, before and after standardising, and the dimensions
that make most of it. Nothing is sampled: the mean over all pairs follows from sums of unit vectors.
"""

import argparse
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper

from glossight_training.corpus import TrainingSet, Window
from glossight_training.files import to_json, write_atomic
from glossight_training.graph import TOKEN
from glossight_training.report import markdown_table, write_table

SET = "semcor-choose"
ROGUE = 0.1  # a dimension that makes so much of the mean cosine is named
PLACES = 4  # what another processor still agrees on
DEAD = 1e-6  # a deviation below it is rounding

# Mean cosine of random words by layer, from the embeddings to the last: the figures behind Ethayarajh (2019), How
# Contextual are Contextualized Word Representations?, as the repository of the paper keeps them.
BERT_BASE = (0.105, 0.168, 0.219, 0.245, 0.327, 0.377, 0.420, 0.398, 0.399, 0.484, 0.561, 0.675, 0.477)

Vectors = NDArray[np.float32]
Form = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Dimension:
    """A dimension and its share of the mean cosine, 0 to 1."""

    dimension: int
    share: float


@dataclass(frozen=True, slots=True)
class Measured:
    """One layer (`0` is the sum of the embeddings, normalised), `mean4`, or the `map` behind it."""

    layer: str
    raw: float
    standardised: float
    top: Dimension
    rogue: tuple[Dimension, ...]


def layer_outputs(model: onnx.ModelProto) -> dict[str, str]:
    """The tensors of an exported encoder by layer; those that are no outputs yet become some."""
    nodes = model.graph.node
    (embedded,) = (node.output[0] for node in nodes if node.op_type == "LayerNormalization")
    # Each layer normalises twice, behind its attention and at its end.
    ends = [node.output[0] for node in nodes if node.op_type == "SkipLayerNormalization"][1::2]
    (mean,) = (node.output[0] for node in nodes if node.op_type == "Mean")
    names = {str(layer): name for layer, name in enumerate([embedded, *ends])} | {"mean4": mean}
    known = {output.name for output in model.graph.output}
    for name in names.values():
        if name not in known:
            model.graph.output.append(helper.make_tensor_value_info(name, TensorProto.FLOAT, ["batch", "seq", None]))
    return names | ({"map": TOKEN} if TOKEN in known else {})


def encode(model: onnx.ModelProto, windows: Sequence[Window]) -> dict[str, Vectors]:
    """Vectors of the tagged words ``[words, hidden]`` by layer; a word is the mean of its pieces."""
    import onnxruntime

    names = layer_outputs(model)
    session = onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    found: dict[str, list[Vectors]] = {layer: [] for layer in names}
    for window in windows:
        ids = window.pieces[None]
        states = session.run(list(names.values()), {"input_ids": ids, "attention_mask": np.ones_like(ids)})
        for layer, state in zip(names, states, strict=True):
            found[layer] += [state[0, word.start : word.end].mean(0) for word in window.instances]
    return {layer: np.stack(vectors) for layer, vectors in found.items()}


def forms_of(windows: Sequence[Window]) -> list[Form]:
    """The pieces of each tagged word."""
    return [
        tuple(int(piece) for piece in window.pieces[word.start : word.end])
        for window in windows
        for word in window.instances
    ]


def standardise(vectors: Vectors) -> Vectors:
    """Each dimension as a z-score over these vectors; a dead one becomes 0."""
    deviation = vectors.std(0)
    centred = vectors - vectors.mean(0)
    scores: Vectors = np.divide(centred, deviation, out=np.zeros_like(centred), where=deviation > DEAD)
    return scores


def contributions(vectors: Vectors, forms: Sequence[Form]) -> NDArray[np.float64]:
    """What each dimension adds to the mean cosine over all pairs of words of different forms."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    unit = np.divide(vectors, lengths, out=np.zeros_like(vectors), where=lengths > 0).astype(np.float64)
    numbers = {form: number for number, form in enumerate(dict.fromkeys(forms))}
    if len(numbers) < 2:
        raise ValueError("there are no two words of different forms")
    which = np.array([numbers[form] for form in forms])
    counts = np.bincount(which)
    sums = np.zeros((len(numbers), unit.shape[1]))
    np.add.at(sums, which, unit)
    squares: NDArray[np.float64] = unit.sum(0) ** 2 - (sums**2).sum(0)
    return squares / (len(forms) ** 2 - int((counts**2).sum()))


def measure(layer: str, vectors: Vectors, forms: Sequence[Form]) -> Measured:
    """Mean cosines of a layer, and the dimensions that make most of the raw one."""
    parts = contributions(vectors, forms)
    raw = float(parts.sum())
    ranked = [Dimension(int(i), round(float(parts[i]) / raw, PLACES)) for i in np.argsort(-parts, kind="stable")]
    return Measured(
        layer,
        round(raw, PLACES),
        round(float(contributions(standardise(vectors), forms).sum()), PLACES),
        ranked[0],
        tuple(one for one in ranked if one.share >= ROGUE),
    )


def decimal(value: float) -> str:
    """Three places, as the published figures have them; a negative zero loses its sign."""
    return f"{0.0 if abs(value) < 5e-4 else value:.3f}".replace("-", "\N{MINUS SIGN}")


def table(layers: Sequence[Measured]) -> str:
    """One row a layer."""
    names = {"0": "0, embeddings", "mean4": "mean of the last four", "map": "its map"}

    def share(one: Dimension) -> str:
        return f"{one.dimension} ({100 * one.share:.0f} %)"

    return markdown_table(
        ["Layer", "Raw", "Standardised", "Largest dimension", f"Others over {100 * ROGUE:.0f} %"],
        [
            [
                names.get(one.layer, one.layer),
                decimal(one.raw),
                decimal(one.standardised),
                share(one.top),
                ", ".join(share(rogue) for rogue in one.rogue if rogue != one.top),
            ]
            for one in layers
        ],
        texts=1,
    )


def encoder_id(folder: Path) -> str:
    """Name and hash of an encoder, as the reader names it."""
    manifest = json.loads((folder / "encoder.json").read_text("utf-8"))
    return f"{manifest['name']}@{manifest['files']['encoder.onnx']['sha256'][:16]}"


def main(arguments: list[str] | None = None) -> None:
    """Command line of the measurement."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--set", type=Path, required=True, help=f"training set, of which {SET} is read")
    parser.add_argument("--untrained", type=Path, required=True, help="folder of the published encoder, exported")
    parser.add_argument("--trained", type=Path, required=True, help="folder of the trained encoder")
    parser.add_argument("--out", type=Path, required=True, help="JSON file to write")
    parser.add_argument("--write", type=Path, required=True, help="document to put the tables into")
    options = parser.parse_args(arguments)
    windows = TrainingSet.open(options.set).windows(SET)
    forms = forms_of(windows)
    encoders = []
    for name in ("untrained", "trained"):
        folder: Path = getattr(options, name)
        vectors = encode(onnx.load(folder / "encoder.onnx"), windows)
        layers = [measure(layer, matrix, forms) for layer, matrix in vectors.items()]
        encoders.append({"kind": name, "id": encoder_id(folder), "layers": [asdict(layer) for layer in layers]})
        made = table(layers)
        print(f"{encoder_id(folder)}\n\n{made}")
        stamp = f"encoder:{encoder_id(folder)}" if name == "trained" else "model:none"
        write_table(options.write, name, made, stamp)
    header = ["Layer", *(str(layer) for layer in range(len(BERT_BASE)))]
    cells = ["BERT-base, raw", *(decimal(value) for value in BERT_BASE)]
    write_table(options.write, "published", markdown_table(header, [cells], texts=1), "model:none")
    described = {
        "format": "glossight-anisotropy",
        "version": 1,
        "command": "python -m glossight_training.anisotropy",
        "text": "SemCor, choosing half of the held-out documents: tagged words",
        "words": len(forms),
        "encoders": encoders,
        "published": {"name": "BERT-base", "source": "Ethayarajh 2019", "raw": BERT_BASE},
    }
    write_atomic(options.out, to_json(described))


if __name__ == "__main__":
    main()
