"""Export a finished run: ``python -m glossight_training.release --run RUN --set SET --out DIR --name NAME``.

Writes the encoder folder ``DIR/encoder`` (8-bit weights, the map included) and, for ``scripts/release/ship-senses.ts``,
``DIR/senses.npy`` (float32, one unit vector a row) with ``DIR/senses.json`` (the sense of each row).
"""

import argparse
import io
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch

from glossight_training import graph
from glossight_training.config import read_config
from glossight_training.corpus import TrainingSet
from glossight_training.export import ExportConfig, described, licence
from glossight_training.files import sha256, to_json, write_atomic
from glossight_training.model import SenseVectors, TokenEncoder
from glossight_training.train import Weights, frozen_glosses, gloss_cache
from glossight_training.weights import Source, find_source


@dataclass(frozen=True, slots=True)
class Trained:
    """What a run has learned."""

    tokens: TokenEncoder
    senses: SenseVectors

    @classmethod
    def read(cls, run: Path, data: Path, weights: Weights) -> "Trained":
        """Load ``model.pt`` of a finished run."""
        state: dict[str, Any] = torch.load(run / "model.pt")
        synsets = TrainingSet.open(data).synsets()
        config = read_config(run / "config.toml")
        tokens = TokenEncoder(weights.config, config.dropout)
        glosses = frozen_glosses(weights, synsets, gloss_cache(data, weights))
        senses = SenseVectors(synsets, glosses, config.dropped, config.hypernyms)
        tokens.load_state_dict(state["tokens"])
        senses.load_state_dict(state["senses"])
        return cls(tokens.eval(), senses.eval())


def members(run: Path) -> dict[str, Path]:
    """The configs of all runs that have a share in this one, by name: those it began at, and is the average of."""
    if files := sorted((run / "members").glob("*.toml")):
        return {file.stem: file for file in files}
    file = run / "config.toml"
    start = read_config(file).start
    return {**(members(run.parent / start) if start else {}), run.name: file}


def onnx_bytes(trained: Trained, *, quantised: bool = True) -> bytes:
    """The encoder and its map as an ONNX file."""
    encoder = trained.tokens.encoder
    mapped = {name: value.detach().numpy() for name, value in trained.tokens.map.named_parameters()}
    model = graph.build(encoder.config, encoder.tensors(), quantised=quantised, mapped=mapped)
    data: bytes = model.SerializeToString(deterministic=True)
    return data


def release(
    run: Path, trained: Trained, source: Source, name: str, config: ExportConfig, *, quantised: bool = True
) -> None:
    """Write the encoder folder and the sense vectors, manifests last."""
    data = onnx_bytes(trained, quantised=quantised)
    if quantised and len(data) > config.max_bytes:
        raise ValueError(f"the encoder takes {len(data)} bytes, more than {config.max_bytes}")
    files = {"encoder.onnx": data, "vocab.txt": (source.folder / "vocab.txt").read_bytes()}
    # One token vector everywhere: it goes by the layer rule that it was trained from.
    outputs = {"mean4": graph.TOKEN, "static": "static"}
    manifest = described(name, outputs, config, source, files)
    manifest["trained"] = {name: file.read_text("utf-8") for name, file in members(run).items()}
    folder = config.out / "encoder"
    for file, content in {**files, "LICENSE.txt": licence(), "encoder.json": to_json(manifest)}.items():
        write_atomic(folder / file, content)
    vectors = trained.senses.all_vectors().numpy()
    stream = io.BytesIO()
    np.save(stream, vectors)
    write_atomic(config.out / "senses.npy", stream.getvalue())
    senses = {
        "sha256": sha256(stream.getvalue()),
        "sources": sorted({source.name for file in members(run).values() for source in read_config(file).sources}),
        "senses": trained.senses.sense_ids.tolist(),
    }
    write_atomic(config.out / "senses.json", to_json(senses))


def main(arguments: list[str] | None = None) -> None:
    """Command line of the release."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--run", type=Path, required=True, help="folder of a finished run")
    parser.add_argument("--set", type=Path, required=True, help="training set of the run")
    parser.add_argument("--out", type=Path, required=True, help="folder to write into")
    parser.add_argument("--name", required=True, help="what the encoder calls itself")
    parser.add_argument("--float32", action="store_true", help="do not round weights, to see what rounding costs")
    options = parser.parse_args(arguments)
    source = find_source()
    weights = Weights(source.read_config(), source.read_tensors())
    trained = Trained.read(options.run, options.set, weights)
    release(options.run, trained, source, options.name, ExportConfig(options.out), quantised=not options.float32)


if __name__ == "__main__":
    main()
