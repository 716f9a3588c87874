"""Write the encoder folder: ``python -m glossight_training.export --out ../model/encoder``."""

import argparse
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

from glossight_training import graph
from glossight_training.files import sha256, to_json, write_atomic
from glossight_training.weights import PACKAGE, WEIGHTS_SHA256, Source, find_source

LICENCE_HEAD = """\
encoder.onnx and vocab.txt are the model all-MiniLM-L6-v2 of the sentence-transformers
project, licensed under the Apache License 2.0 below. Changes made by Glossight: the
weights were converted to ONNX and quantised to 8 bits; two outputs were added.

--------------------------------------------------------------------------------

"""


@dataclass(frozen=True, slots=True)
class ExportConfig:
    """Where to write, and the limits of the encoder."""

    out: Path
    max_pieces: int = 128
    max_bytes: int = 26_000_000


def licence() -> bytes:
    """The licence of the weights, headed by the notice of changes it asks for."""
    return LICENCE_HEAD.encode() + resources.files(__package__).joinpath("data/apache-2.0.txt").read_bytes()


def described(
    name: str, outputs: Mapping[str, str], config: ExportConfig, source: Source, files: Mapping[str, bytes]
) -> dict[str, object]:
    """The content of ``encoder.json``; ``outputs`` are the graph's, by layer rule."""
    return {
        "format": "glossight-encoder",
        "version": 2,
        "name": name,
        "dimensions": source.read_config().hidden,
        "maxPieces": config.max_pieces,
        "lowerCase": True,
        "outputs": dict(outputs),
        "files": {file: {"bytes": len(data), "sha256": sha256(data)} for file, data in files.items()},
        "source": {"package": PACKAGE, "version": source.version, "weightsSha256": WEIGHTS_SHA256},
        "quantisation": {
            "products": {
                "operator": "MatMul",
                "storage": "int8 blocks, unfolded to float32 when loaded",
                "blockSize": graph.BLOCK,
                "symmetric": True,
            },
            "embeddings": {"type": "int8", "scale": "row"},
        },
        "licence": "Apache-2.0",
    }


def export(config: ExportConfig, source: Source) -> int:
    """Build and write the encoder, manifest last; returns the size of the ONNX file in bytes."""
    data = graph.build(source.read_config(), source.read_tensors()).SerializeToString(deterministic=True)
    if len(data) > config.max_bytes:
        raise ValueError(f"the encoder takes {len(data)} bytes, more than {config.max_bytes}")
    files = {"encoder.onnx": data, "vocab.txt": (source.folder / "vocab.txt").read_bytes()}
    outputs = {name: name for name in graph.OUTPUTS}
    manifest = to_json(described("all-MiniLM-L6-v2", outputs, config, source, files))
    for name, content in {**files, "LICENSE.txt": licence(), "encoder.json": manifest}.items():
        write_atomic(config.out / name, content)
    return len(data)


def main(arguments: list[str] | None = None) -> None:
    """Command line of the export."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, required=True, help="folder to write the encoder into")
    options = parser.parse_args(arguments)
    size = export(ExportConfig(options.out), find_source())
    print(f"encoder.onnx: {size:,} bytes")


if __name__ == "__main__":
    main()
