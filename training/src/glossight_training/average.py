"""Average finished runs: ``python -m glossight_training.average --set SET --out OUT RUN RUN ...``.

Runs that begin at the same weights end near enough to each other for the mean of their weights to be a model, and
a better one than each of them ("model soups", Wortsman et al. 2022). Sense vectors are averaged as they come out.
``OUT`` is like a finished run: ``model.pt``, ``scores.json``, and the configs of the runs below ``members``.
"""

import argparse
import json
import time
from pathlib import Path

import torch
from torch import Tensor
from torch.nn import functional as F  # noqa: N812

from glossight_training.corpus import TrainingSet
from glossight_training.evaluate import SenseTable, averages, encode
from glossight_training.files import to_json, write_atomic
from glossight_training.release import Trained
from glossight_training.train import Weights, choosing_scores
from glossight_training.weights import find_source


def mean_of(states: list[dict[str, Tensor]]) -> dict[str, Tensor]:
    """The mean of tensors of the same names and shapes."""
    return {name: torch.stack([state[name] for state in states]).mean(0) for name in states[0]}


def average(runs: list[Path], data: Path, weights: Weights) -> tuple[Trained, dict[str, Tensor]]:
    """The averaged model, and the state of its sense vectors: each is all in the part of the sense's own."""
    trained = [Trained.read(run, data, weights) for run in runs]
    first = trained[0]
    tokens = mean_of([one.tokens.state_dict() for one in trained])
    vectors = F.normalize(torch.stack([one.senses.all_vectors() for one in trained]).mean(0), dim=-1)
    senses = {name: torch.zeros_like(value) for name, value in first.senses.state_dict().items()}
    senses["by_sense.weight"] = vectors
    first.tokens.load_state_dict(tokens)
    first.senses.load_state_dict(senses)
    return first, senses


def write(out: Path, runs: list[Path], data: Path, weights: Weights) -> None:
    """Average, score and write, scores last."""
    started = {"step": 0, "seconds": 0, "started": time.strftime("%Y-%m-%d %H:%M:%S")}
    trained, senses = average(runs, data, weights)
    for run in runs:
        write_atomic(out / "members" / f"{run.name}.toml", (run / "config.toml").read_bytes())
    write_atomic(out / "config.toml", (runs[0] / "config.toml").read_bytes())
    torch.save({"tokens": trained.tokens.state_dict(), "senses": senses}, out / "model.pt")
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
