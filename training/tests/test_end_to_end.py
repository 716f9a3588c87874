"""From a tagged corpus to an encoder and sense vectors. `scripts/dev/training-tests.mjs` makes the training set."""

import json
import os
import re
from pathlib import Path

import numpy as np
import onnxruntime
import pytest
import torch
from conftest import random_bert
from numpy.typing import NDArray

from glossight_training.average import write
from glossight_training.corpus import TrainingSet
from glossight_training.evaluate import encode
from glossight_training.export import ExportConfig
from glossight_training.graph import TOKEN, TRAINED_OUTPUTS
from glossight_training.parity import agreement, by_encoder, by_torch
from glossight_training.pieces import Pieces
from glossight_training.release import Trained, members, onnx_bytes, release
from glossight_training.train import CHOOSING, Weights, train
from glossight_training.weights import Source

CONFIG = """
passes = 30
batch_pieces = 128
dropped = 0.1
encoder_rate = 1e-3
map_rate = 1e-2
sense_rate = 1e-2
prototypes = 0.5
hypernyms = 0.5

[[sources]]
name = "semcor"
cuts = [0, 1]
averaged = true
"""


@pytest.fixture
def tiny_set() -> Path:
    folder = os.environ.get("GLOSSIGHT_TINY_SET")
    if folder is None:
        pytest.skip("no training set: run this by `node scripts/dev/training-tests.mjs`")
    return Path(folder)


def test_a_tiny_corpus_becomes_an_encoder_and_sense_vectors(tiny_set: Path, tmp_path: Path) -> None:
    data = TrainingSet.open(tiny_set)
    vocabulary = int(str(data.manifest["vocabulary"]))
    bert = random_bert(layers=2, vocabulary=vocabulary, positions=128)
    weights = Weights(bert.config, bert.tensors)
    (tmp_path / "config.toml").write_text(CONFIG)
    train(tmp_path / "config.toml", tiny_set, tmp_path / "run", weights)
    scores = json.loads((tmp_path / "run" / "scores.json").read_text())
    # Two senses of "bank", among all it has: the corpus has been learned, by vectors and by averages.
    assert all(scores[kind][name]["all"] > 80 for kind in ("trained", "averages") for name in CHOOSING)

    model = tmp_path / "model"
    model.mkdir()
    (model / "config.json").write_text(json.dumps(hub_config(bert.config.layers, vocabulary)))
    (model / "vocab.txt").write_text("[PAD]\n")
    trained = Trained.read(tmp_path / "run", tiny_set, weights)
    release(tmp_path / "run", trained, Source(model, "0"), "tiny", ExportConfig(tmp_path / "release"))
    manifest = json.loads((tmp_path / "release" / "encoder" / "encoder.json").read_text())
    assert manifest["outputs"] == {"mean4": TOKEN, "static": "static"}
    assert manifest["trained"] == {"run": CONFIG}

    sentences = [Pieces("", tuple(int(piece) for piece in window.pieces), ()) for window in data.windows("semcor")[:3]]
    found = agreement(
        by_encoder(tmp_path / "release" / "encoder" / "encoder.onnx", sentences),
        by_torch(trained.tokens, sentences),
    )
    assert found.least > 0.98

    windows = data.windows("semcor")
    wanted = encode(trained.tokens, windows)
    for quantised, least in ((False, 0.999), (True, 0.99)):
        session = onnxruntime.InferenceSession(onnx_bytes(trained, quantised=quantised))
        vectors: list[tuple[int, NDArray[np.float32]]] = []
        for window in windows:
            pieces = window.pieces[None]
            (states,) = session.run([TOKEN], {"input_ids": pieces, "attention_mask": np.ones_like(pieces)})
            vectors.extend((one.place, states[0, one.start : one.end].mean(0)) for one in window.instances)
        got = dict(vectors)
        for instance, vector in zip(wanted.instances, wanted.vectors, strict=True):
            other = got[instance.place]
            assert other @ vector / np.linalg.norm(other) > least
    assert [output.name for output in session.get_outputs()] == list(TRAINED_OUTPUTS)

    rows = np.load(tmp_path / "release" / "senses.npy")
    senses = json.loads((tmp_path / "release" / "senses.json").read_text())["senses"]
    assert rows.shape == (len(senses), bert.config.hidden)
    assert senses == data.synsets().polysemous_senses().tolist()
    torch.testing.assert_close(torch.from_numpy(rows).norm(dim=1), torch.ones(len(rows)))


def hub_config(layers: int, vocabulary: int) -> dict[str, object]:
    return {
        "hidden_act": "gelu",
        "position_embedding_type": "absolute",
        "num_hidden_layers": layers,
        "hidden_size": 32,
        "num_attention_heads": 4,
        "intermediate_size": 64,
        "vocab_size": vocabulary,
        "max_position_embeddings": 128,
        "layer_norm_eps": 1e-12,
    }


def test_an_average_of_runs_is_a_run(tiny_set: Path, tmp_path: Path) -> None:
    data = TrainingSet.open(tiny_set)
    bert = random_bert(layers=2, vocabulary=int(str(data.manifest["vocabulary"])), positions=128)
    weights = Weights(bert.config, bert.tensors)
    for seed in (1, 2):
        config = tmp_path / f"{seed}.toml"
        config.write_text(f"seed = {seed}\n{CONFIG}")
        train(config, tiny_set, tmp_path / f"run{seed}", weights)
    write(tmp_path / "mean", [tmp_path / "run1", tmp_path / "run2"], tiny_set, weights)
    one, two, mean = (Trained.read(tmp_path / name, tiny_set, weights) for name in ("run1", "run2", "mean"))
    for part in ("tokens", "senses"):
        first, second = (getattr(run, part).state_dict() for run in (one, two))
        for name, value in getattr(mean, part).state_dict().items():
            torch.testing.assert_close(value, (first[name] + second[name]) / 2)
    assert sorted(members(tmp_path / "mean")) == ["run1", "run2"]
    scores = json.loads((tmp_path / "mean" / "scores.json").read_text())
    assert all(scores[kind][name]["all"] > 80 for kind in ("trained", "averages") for name in CHOOSING)

    # A second round begins at the mean, and stays there as long as it does not learn.
    rates = {"encoder_rate": "0.0", "map_rate": "0.0", "sense_rate": "1e-12"}
    again = re.sub(r"(\w+_rate) = .*", lambda line: f"{line[1]} = {rates[line[1]]}", CONFIG)
    (tmp_path / "3.toml").write_text(f'start = "mean"\n{again.replace("passes = 30", "passes = 1")}')
    run = train(tmp_path / "3.toml", tiny_set, tmp_path / "run3", weights)
    for name, value in run.model()["tokens"].items():
        torch.testing.assert_close(value, mean.tokens.state_dict()[name])
    assert run.prototypes is not None
    assert run.prototypes.seen.all()
    assert sorted(members(tmp_path / "run3")) == ["run1", "run2", "run3"]
