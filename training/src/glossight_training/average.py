"""Average finished runs: ``python -m glossight_training.average --set SET --out OUT RUN RUN ...``.

Runs that begin at the same weights end near enough to each other for the mean of their weights to be a model, and
a better one than each of them ("model soups", Wortsman et al. 2022).
``OUT`` is like a finished run: ``model.pt``, ``scores.json``, and the configs of the runs below ``members``.
"""

import argparse
import json
import time
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from glossight_training.config import read_config
from glossight_training.corpus import TrainingSet
from glossight_training.evaluate import SenseTable, averages, encode
from glossight_training.files import to_json, write_atomic
from glossight_training.release import Trained, members
from glossight_training.train import Weights, choosing_scores
from glossight_training.weights import find_source


def mean_of(states: list[dict[str, Tensor]]) -> dict[str, Tensor]:
    """The mean of tensors of the same names and shapes."""
    return {name: torch.stack([state[name] for state in states]).mean(0) for name in states[0]}


def average(runs: list[Path]) -> dict[str, Any]:
    """The mean of the models of runs whose sense vectors are made up alike; a ValueError where they are not."""
    if len({read_config(run / "config.toml").hypernyms for run in runs}) > 1:
        raise ValueError("the runs differ in `hypernyms`: their sense vectors have no mean")
    models = [torch.load(run / "model.pt") for run in runs]
    parts = {part: mean_of([model[part] for model in models]) for part in ("tokens", "senses")}
    return {**parts, "scale": torch.stack([model["scale"] for model in models]).mean()}


def write(out: Path, runs: list[Path], data: Path, weights: Weights) -> None:
    """Average, score and write, scores last."""
    started = {"step": 0, "seconds": 0, "started": time.strftime("%Y-%m-%d %H:%M:%S")}
    for run in runs:
        for name, file in members(run).items():
            write_atomic(out / "members" / f"{name}.toml", file.read_bytes())
    write_atomic(out / "config.toml", (runs[0] / "config.toml").read_bytes())
    torch.save(average(runs), out / "model.pt")
    trained = Trained.read(out, data, weights)
    windows = TrainingSet.open(data)
    tables = {
        "trained": SenseTable(trained.senses.sense_ids.numpy(), trained.senses.all_vectors().numpy()),
        "averages": averages(encode(trained.tokens, windows.windows("semcor"))),
    }
    scores = choosing_scores(windows, windows.synsets(), trained.tokens, tables)
    log = [started, {"step": 0, "seconds": round(time.process_time()), "scores": scores}]
    write_atomic(out / "log.jsonl", "".join(f"{json.dumps(line)}\n" for line in log).encode())
    write_atomic(out / "scores.json", to_json(scores))


def main(arguments: list[str] | None = None) -> None:
    """Command line of averaging."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("runs", type=Path, nargs="+", metavar="RUN", help="folder of a finished run")
    parser.add_argument("--set", type=Path, required=True, help="training set of the runs")
    parser.add_argument("--out", type=Path, required=True, help="folder to write into")
    options = parser.parse_args(arguments)
    source = find_source()
    write(options.out, options.runs, options.set, Weights(source.read_config(), source.read_tensors()))


if __name__ == "__main__":
    main()
