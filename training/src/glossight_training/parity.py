"""Reference vectors by PyTorch: ``python -m glossight_training.parity --run RUN --set SET --encoder DIR --out DIR``.

The fixture holds ``sentences.json`` (texts, piece ids, UTF-16 offsets), ``vectors-mean4.f16`` (little-endian
float16 ``[pieces of all sentences, hidden]``: the map of each piece) and ``manifest.json``.
"""

import argparse
import importlib.metadata
import json
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from glossight_training.files import sha256, to_json, write_atomic
from glossight_training.graph import TOKEN
from glossight_training.pieces import Pieces, tokenise
from glossight_training.weights import PACKAGE, WEIGHTS_SHA256, Source, find_source

if TYPE_CHECKING:
    from glossight_training.model import TokenEncoder

TEXT_LICENCE = (
    "Public domain: sentences of H. D. Thoreau, Civil Disobedience (1849); the last eight were written "
    "for this fixture and are given to the public domain (CC0-1.0)."
)

Vectors = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Agreement:
    """Cosine of an output of the encoder with the reference, over all pieces."""

    mean: float
    least: float


def texts() -> list[str]:
    """The sentences of the fixture, one a line."""
    return resources.files(__package__).joinpath("data/parity.txt").read_text("utf-8").splitlines()


def by_torch(tokens: "TokenEncoder", sentences: list[Pieces]) -> Vectors:
    """Float32 reference vectors ``[pieces, hidden]``; one sentence at a time, so without padding."""
    import torch

    vectors = []
    with torch.inference_mode():
        for sentence in sentences:
            ids = torch.tensor([sentence.ids])
            states, _ = tokens.encoder(ids, torch.ones_like(ids, dtype=torch.bool))
            vectors.append(tokens.map(states)[0].numpy())
    return np.concatenate(vectors)


def by_encoder(file: Path, sentences: list[Pieces]) -> Vectors:
    """Vectors of the exported encoder ``[pieces, hidden]``."""
    import onnxruntime

    session = onnxruntime.InferenceSession(file, providers=["CPUExecutionProvider"])
    vectors = []
    for sentence in sentences:
        ids = np.array([sentence.ids], np.int64)
        (one,) = session.run([TOKEN], {"input_ids": ids, "attention_mask": np.ones_like(ids)})
        vectors.append(one[0])
    return np.concatenate(vectors)


def agreement(got: NDArray[np.float32], wanted: NDArray[np.float32]) -> Agreement:
    """Compare two arrays ``[pieces, hidden]`` row by row."""
    norms = np.linalg.norm(got, axis=1) * np.linalg.norm(wanted, axis=1)
    cosines = (got * wanted).sum(axis=1) / norms
    return Agreement(float(cosines.mean()), float(cosines.min()))


def write(out: Path, source: Source, model: bytes, sentences: list[Pieces], vectors: Vectors) -> None:
    """Write the fixture, manifest last."""
    records = [{"text": s.text, "pieces": s.ids, "offsets": s.offsets} for s in sentences]
    lines = ",\n".join(json.dumps(record, ensure_ascii=False) for record in records)
    files = {"sentences.json": f"[\n{lines}\n]\n".encode(), "vectors-mean4.f16": vectors.astype("<f2").tobytes()}
    manifest = {
        "format": "glossight-parity",
        "version": 1,
        "made": "glossight_training.parity: the trained model in float32, one sentence at a time, unpadded",
        "versions": {name: importlib.metadata.version(name) for name in ("torch", "tokenizers")},
        "source": {"package": PACKAGE, "version": source.version, "weightsSha256": WEIGHTS_SHA256},
        "trainedSha256": sha256(model),
        "sentences": len(sentences),
        "words": sum(len(s.text.split()) for s in sentences),
        "type": "float16 little-endian",
        "shapes": {"mean4": list(vectors.shape)},
        "files": {name: {"bytes": len(data), "sha256": sha256(data)} for name, data in files.items()},
        "textLicence": TEXT_LICENCE,
    }
    for name, data in {**files, "manifest.json": to_json(manifest)}.items():
        write_atomic(out / name, data)


def main(arguments: list[str] | None = None) -> None:
    """Command line of the reference vectors."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--run", type=Path, required=True, help="folder of a finished run")
    parser.add_argument("--set", type=Path, required=True, help="training set of the run")
    parser.add_argument("--encoder", type=Path, required=True, help="the run's encoder folder, to report its agreement")
    parser.add_argument("--out", type=Path, required=True, help="folder to write the fixture into")
    options = parser.parse_args(arguments)
    from glossight_training.release import Trained
    from glossight_training.train import Weights

    source = find_source()
    trained = Trained.read(options.run, options.set, Weights(source.read_config(), source.read_tensors()))
    sentences = tokenise(source.folder, texts())
    wanted = by_torch(trained.tokens, sentences)
    write(options.out, source, (options.run / "model.pt").read_bytes(), sentences, wanted)
    found = agreement(by_encoder(options.encoder / "encoder.onnx", sentences), wanted)
    print(f"cosine mean {found.mean:.5f}, least {found.least:.5f}, {len(wanted)} pieces")


if __name__ == "__main__":
    main()
