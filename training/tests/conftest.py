import json
import os
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import pytest
from numpy.typing import NDArray

from glossight_training.graph import OUTPUTS
from glossight_training.weights import BertConfig, Tensors


@dataclass(frozen=True, slots=True)
class Tiny:
    config: BertConfig
    tensors: Tensors


@pytest.fixture(scope="session", params=[2, 4])
def tiny(request: pytest.FixtureRequest) -> Tiny:
    """A random BERT of 2 or 4 layers and 32 dimensions."""
    return random_bert(layers=request.param, vocabulary=50, positions=24)


def random_bert(layers: int, vocabulary: int, positions: int) -> Tiny:
    """A BERT of 32 dimensions that has learned nothing."""
    config = BertConfig(layers, 32, 4, 64, vocabulary, positions, 1e-12)
    random = np.random.default_rng(7)
    tensors: dict[str, NDArray[np.float32]] = {}

    def add(name: str, *shape: int, around: float = 0.0) -> None:
        tensors[name] = (around + 0.3 * random.standard_normal(shape)).astype(np.float32)

    def add_dense(name: str, outputs: int, inputs: int) -> None:
        add(f"{name}.weight", outputs, inputs)
        add(f"{name}.bias", outputs)

    def add_norm(name: str) -> None:
        add(f"{name}.weight", config.hidden, around=1.0)
        add(f"{name}.bias", config.hidden)

    add("embeddings.word_embeddings.weight", config.vocabulary, config.hidden)
    add("embeddings.position_embeddings.weight", config.positions, config.hidden)
    add("embeddings.token_type_embeddings.weight", 2, config.hidden)
    add_norm("embeddings.LayerNorm")
    for index in range(config.layers):
        layer = f"encoder.layer.{index}"
        for part in ("self.query", "self.key", "self.value", "output.dense"):
            add_dense(f"{layer}.attention.{part}", config.hidden, config.hidden)
        add_dense(f"{layer}.intermediate.dense", config.feed_forward, config.hidden)
        add_dense(f"{layer}.output.dense", config.hidden, config.feed_forward)
        add_norm(f"{layer}.attention.output.LayerNorm")
        add_norm(f"{layer}.output.LayerNorm")
    return Tiny(config, tensors)


@dataclass(frozen=True, slots=True)
class Runner:
    session: onnxruntime.InferenceSession

    @classmethod
    def of(cls, model: onnx.ModelProto) -> "Runner":
        providers = ["CPUExecutionProvider"]
        return cls(onnxruntime.InferenceSession(model.SerializeToString(), providers=providers))

    def __call__(self, sentences: list[list[int]], pad_to: int = 0) -> dict[str, list[NDArray[np.float32]]]:
        """Run one batch; each output is cut back to the pieces of each sentence."""
        width = max(pad_to, *map(len, sentences))
        ids = np.array([sentence + [0] * (width - len(sentence)) for sentence in sentences], np.int64)
        mask = np.array([[1] * len(sentence) + [0] * (width - len(sentence)) for sentence in sentences], np.int64)
        results = self.session.run(list(OUTPUTS), {"input_ids": ids, "attention_mask": mask})
        cut = [[rows[: len(sentence)] for rows, sentence in zip(r, sentences, strict=True)] for r in results]
        return dict(zip(OUTPUTS, cut, strict=True))


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Tell `npm test` how many tests ran, where it asks."""
    file = os.environ.get("GLOSSIGHT_TEST_COUNTS")
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if file is None or reporter is None:
        return
    names = {"passed": ("passed",), "failed": ("failed", "error"), "skipped": ("skipped",)}
    counts = {name: sum(len(reporter.stats.get(kind, ())) for kind in kinds) for name, kinds in names.items()}
    with Path(file).open("a", encoding="utf-8") as stream:
        stream.write(f"{json.dumps(counts)}\n")
