"""Reference vectors by PyTorch: ``python -m glossight_training.parity --encoder ../model/encoder --out DIR``.

The fixture holds ``sentences.json`` (texts, piece ids, UTF-16 offsets), ``vectors-last.f16`` and
``vectors-mean4.f16`` (little-endian float16 ``[pieces of all sentences, hidden]``) and ``manifest.json``.
"""

import argparse
import importlib.metadata
import json
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from glossight_training.files import sha256, to_json, write_atomic
from glossight_training.graph import MEAN_OF
from glossight_training.pieces import Pieces, tokenise
from glossight_training.weights import PACKAGE, WEIGHTS_SHA256, Source, find_source

COMPARED = ("last", "mean4")
TEXT_LICENCE = (
    "Public domain: sentences of H. D. Thoreau, Civil Disobedience (1849); the last eight were written "
    "for this fixture and are given to the public domain (CC0-1.0)."
)

Vectors = dict[str, NDArray[np.float32]]


@dataclass(frozen=True, slots=True)
class Agreement:
    """Cosine of an output of the encoder with the reference, over all pieces."""

    mean: float
    least: float


def texts() -> list[str]:
    """The sentences of the fixture, one a line."""
    return resources.files(__package__).joinpath("data/parity.txt").read_text("utf-8").splitlines()


def by_torch(source: Source, sentences: list[Pieces]) -> Vectors:
    """Float32 reference vectors, each ``[pieces, hidden]``; one sentence at a time, so without padding."""
    import torch
    from transformers import BertModel
    from transformers.utils import logging

    logging.set_verbosity_error()
    logging.disable_progress_bar()
    model = BertModel.from_pretrained(
        source.folder, attn_implementation="eager", local_files_only=True, add_pooling_layer=False
    ).eval()
    last, mean4 = [], []
    with torch.inference_mode():
        for sentence in sentences:
            states = model(torch.tensor([sentence.ids]), output_hidden_states=True).hidden_states
            last.append(states[-1][0].numpy())
            mean4.append(torch.stack(states[-MEAN_OF:]).mean(0)[0].numpy())
    return {"last": np.concatenate(last), "mean4": np.concatenate(mean4)}


def by_encoder(file: Path, sentences: list[Pieces]) -> Vectors:
    """Vectors of the exported encoder, each ``[pieces, hidden]``."""
    import onnxruntime

    session = onnxruntime.InferenceSession(file, providers=["CPUExecutionProvider"])
    runs = []
    for sentence in sentences:
        ids = np.array([sentence.ids], np.int64)
        runs.append(session.run(list(COMPARED), {"input_ids": ids, "attention_mask": np.ones_like(ids)}))
    return {name: np.concatenate([run[index][0] for run in runs]) for index, name in enumerate(COMPARED)}


def agreement(got: NDArray[np.float32], wanted: NDArray[np.float32]) -> Agreement:
    """Compare two arrays ``[pieces, hidden]`` row by row."""
    norms = np.linalg.norm(got, axis=1) * np.linalg.norm(wanted, axis=1)
    cosines = (got * wanted).sum(axis=1) / norms
    return Agreement(float(cosines.mean()), float(cosines.min()))


def write(out: Path, source: Source, sentences: list[Pieces], vectors: Vectors) -> None:
    """Write the fixture, manifest last."""
    records = [{"text": s.text, "pieces": s.ids, "offsets": s.offsets} for s in sentences]
    lines = ",\n".join(json.dumps(record, ensure_ascii=False) for record in records)
    files = {"sentences.json": f"[\n{lines}\n]\n".encode()}
    for name, array in vectors.items():
        files[f"vectors-{name}.f16"] = array.astype("<f2").tobytes()
    manifest = {
        "format": "glossight-parity",
        "version": 1,
        "made": "glossight_training.parity: BertModel in float32, eager attention, one sentence at a time, unpadded",
        "versions": {name: importlib.metadata.version(name) for name in ("torch", "transformers", "tokenizers")},
        "source": {"package": PACKAGE, "version": source.version, "weightsSha256": WEIGHTS_SHA256},
        "sentences": len(sentences),
        "words": sum(len(s.text.split()) for s in sentences),
        "type": "float16 little-endian",
        "shapes": {name: list(array.shape) for name, array in vectors.items()},
        "files": {name: {"bytes": len(data), "sha256": sha256(data)} for name, data in files.items()},
        "textLicence": TEXT_LICENCE,
    }
    for name, data in {**files, "manifest.json": to_json(manifest)}.items():
        write_atomic(out / name, data)


def main(arguments: list[str] | None = None) -> None:
    """Command line of the reference vectors."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--encoder", type=Path, required=True, help="exported encoder, to report its agreement")
    parser.add_argument("--out", type=Path, required=True, help="folder to write the fixture into")
    options = parser.parse_args(arguments)
    source = find_source()
    sentences = tokenise(source.folder, texts())
    wanted = by_torch(source, sentences)
    write(options.out, source, sentences, wanted)
    got = by_encoder(options.encoder / "encoder.onnx", sentences)
    for name in COMPARED:
        found = agreement(got[name], wanted[name])
        print(f"{name}: cosine mean {found.mean:.5f}, least {found.least:.5f}, {len(wanted[name])} pieces")


if __name__ == "__main__":
    main()
