import json
from pathlib import Path

import numpy as np
import pytest
import torch
from conftest import Tiny

from glossight_training.corpus import TrainingSet
from glossight_training.train import CHOOSING, Weights, train

WORD, CONTEXTS = 10, {0: (20, 21), 1: (22, 23), 2: (24, 25)}
"""A word of three senses, and the two pieces that stand around it in each of them."""

CONFIG = """
seed = 3
passes = 6
batch_pieces = 64
dropout = 0.0
dropped = 0.1
encoder_rate = 1e-3
map_rate = 1e-2
sense_rate = 1e-2
prototypes = 0.5
hypernyms = 0.5
smoothing = 0.05
glosses = 0.5
gloss_weight = 0.5
wide = 0.3

[[sources]]
name = "semcor"
cuts = [0, 1]
averaged = true
"""


def write_set(folder: Path) -> None:
    random = np.random.default_rng(5)

    def lines(count: int) -> str:
        rows = []
        for place in range(count):
            sense = int(random.integers(3))
            before, after = random.choice(CONTEXTS[sense], 2).tolist()
            noise = random.integers(30, 50, int(random.integers(1, 6))).tolist()
            pieces = [1, before, WORD, after, *noise, 2]
            rows.append({"doc": "d", "pieces": pieces, "instances": [[2, 3, 0, 3, [sense], place, []]]})
        return "".join(f"{json.dumps(row)}\n" for row in rows)

    names = ["semcor.0", "semcor.1", *(f"{name}.0" for name in CHOOSING)]
    for name in names:
        (folder / f"{name}.jsonl").write_text(lines(120 if name.startswith("semcor.") else 40))
    synsets = [
        {"pieces": [1, *CONTEXTS[s], 2], "senses": [[s, 0, 3]], "hypernyms": [3], "supersense": "noun.act"}
        for s in range(3)
    ]
    synsets.append({"pieces": [1, 40, 2], "senses": [[3, 3, 1]], "hypernyms": [], "supersense": "noun.Tops"})
    (folder / "synsets.jsonl").write_text("".join(f"{json.dumps(row)}\n" for row in synsets))
    (folder / "manifest.json").write_text(json.dumps({"format": "glossight-training-set", "version": 2}))


@pytest.fixture
def place(tmp_path: Path) -> Path:
    (tmp_path / "set").mkdir()
    write_set(tmp_path / "set")
    (tmp_path / "config.toml").write_text(CONFIG)
    return tmp_path


def test_a_run_learns_and_a_resumed_one_ends_the_same(place: Path, tiny: Tiny) -> None:
    weights = Weights(tiny.config, tiny.tensors)
    whole = train(place / "config.toml", place / "set", place / "whole", weights)
    scores = json.loads((place / "whole" / "scores.json").read_text())
    for kind in ("trained", "averages"):
        assert np.mean([scores[kind][name]["all"] for name in CHOOSING]) > 90

    train(place / "config.toml", place / "set", place / "parts", weights, stop=lambda step: step == whole.total // 2)
    assert not (place / "parts" / "scores.json").exists()
    parts = train(place / "config.toml", place / "set", place / "parts", weights)
    first, second = whole.model(), parts.model()
    for part in ("tokens", "senses"):
        for name, tensor in first[part].items():
            assert torch.equal(second[part][name], tensor), name
    assert not (place / "parts" / "checkpoint.pt").exists()


def test_another_config_does_not_go_on_with_a_run(place: Path, tiny: Tiny) -> None:
    weights = Weights(tiny.config, tiny.tensors)
    train(place / "config.toml", place / "set", place / "run", weights, stop=lambda step: step == 2)
    (place / "config.toml").write_text(CONFIG.replace("seed = 3", "seed = 4"))
    with pytest.raises(SystemExit, match="another config"):
        train(place / "config.toml", place / "set", place / "run", weights)


def test_places_do_not_depend_on_the_cut(place: Path) -> None:
    data = TrainingSet.open(place / "set")
    for cut in (0, 1):
        assert [one.place for w in data.windows("semcor", cut) for one in w.instances] == list(range(120))


def test_a_folder_that_is_no_training_set_is_refused(tmp_path: Path) -> None:
    (tmp_path / "manifest.json").write_text('{"format": "something", "version": 1}')
    with pytest.raises(ValueError, match="no training set"):
        TrainingSet.open(tmp_path)
