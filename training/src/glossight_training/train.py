"""Train encoder and sense vectors: ``python -m glossight_training.train --config FILE --set DIR --out DIR``.

A run that was stopped goes on from its last checkpoint when the same command is given again. ``OUT`` gets
``config.toml``, ``log.jsonl``, ``checkpoint.pt`` and, at the end, ``model.pt`` and ``scores.json``.
"""

import argparse
import json
import math
import os
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812

from glossight_training.batches import by_length, shuffled
from glossight_training.config import Config, read_config
from glossight_training.corpus import Synsets, TrainingSet, Window
from glossight_training.evaluate import SenseTable, averages, encode, score, uses
from glossight_training.files import sha256, to_json, write_atomic
from glossight_training.model import (
    SenseVectors,
    TokenEncoder,
    batch_of,
    candidates_of,
    cosines,
    cross_entropy,
    pool,
)
from glossight_training.prototypes import Prototypes
from glossight_training.weights import BertConfig, Tensors, find_source

T = TypeVar("T")
Scores = dict[str, dict[str, dict[str, float]]]

CHOOSING = ("semeval2007", "semcor-choose", "masc-choose")
CHECKPOINT_EVERY = 300.0
LOG_EVERY = 50


@dataclass(frozen=True, slots=True)
class Weights:
    """An untrained encoder."""

    config: BertConfig
    tensors: Tensors


def gloss_cache(data: Path, weights: Weights) -> Path:
    """Where the gloss embeddings of an untrained encoder are kept beside a training set."""
    return data / f"glosses-{sha256(weights.tensors['embeddings.word_embeddings.weight'].tobytes())[:12]}.npy"


def frozen_glosses(weights: Weights, synsets: Synsets, cache: Path) -> Tensor:
    """The untrained encoder's gloss embeddings, ``[synsets, hidden]``: mean over pieces of the last layer, centred.

    Only glosses of polysemous senses are encoded; the other rows are 0.
    """
    if cache.exists():
        return torch.from_numpy(np.load(cache)).float()
    encoder = TokenEncoder(weights.config, 0.0).eval()
    encoder.encoder.load(weights.tensors)
    windows = synsets.gloss_windows(range(len(synsets.pieces)))
    result = torch.zeros(len(synsets.pieces), weights.config.hidden)
    lengths = [len(window.pieces) for window in windows]
    with torch.inference_mode(), torch.autocast("cpu", torch.bfloat16):
        for chosen in by_length(lengths, 4096):
            batch = batch_of([Window(windows[i].pieces, windows[i].instances[:1]) for i in chosen])
            _, last = encoder.encoder(batch.pieces, batch.mask)
            which = [int(synsets.synset_of[windows[i].instances[0].gold[0]]) for i in chosen]
            result[which] = F.normalize(pool(last.float(), batch), dim=-1)
    encoded = result.any(dim=1)
    result[encoded] -= result[encoded].mean(dim=0)
    temporary = cache.with_suffix(f".{os.getpid()}.npy")
    np.save(temporary, result.half().numpy())
    temporary.replace(cache)
    return result.half().float()


@dataclass(frozen=True, slots=True)
class Draw:
    """Windows that one pass reads from one source; ``offset`` is added to places, -1: not averaged."""

    windows: list[Window]
    weight: float
    offset: int


class Run:
    """A training run and all that a checkpoint holds of it."""

    def __init__(self, config: Config, data: TrainingSet, weights: Weights, cache: Path) -> None:
        self.config, self.data = config, data
        self.synsets = data.synsets()
        glosses = frozen_glosses(weights, self.synsets, cache)
        # Not before: glosses that are encoded now, and not read back, draw numbers too.
        torch.manual_seed(config.seed)
        self.tokens = TokenEncoder(weights.config, config.dropout)
        self.tokens.encoder.load(weights.tensors)
        self.senses = SenseVectors(self.synsets, glosses, config.dropped, config.hypernyms)
        self.row = self.senses.row_of.numpy()
        self.scale = nn.Parameter(torch.tensor(math.log(config.scale)))
        self.dense = torch.optim.AdamW(
            [
                {"params": [p for p in self.tokens.encoder.parameters() if p.requires_grad], "lr": config.encoder_rate},
                {"params": [*self.tokens.map.parameters(), *self.senses.map.parameters()], "lr": config.map_rate},
                {"params": [self.scale], "lr": config.map_rate, "weight_decay": 0.0},
            ],
            weight_decay=config.weight_decay,
        )
        self.sparse = torch.optim.SparseAdam(
            [self.senses.by_synset.weight, self.senses.by_sense.weight], lr=config.sense_rate
        )
        self.rates = [[group["lr"] for group in optimiser.param_groups] for optimiser in (self.dense, self.sparse)]
        self.step = 0
        self.windows = {
            (source.name, cut): data.windows(source.name, cut)
            for source in config.sources
            for cut in sorted(set(source.cuts))
        }
        self.offsets, gold = self._places()
        self.prototypes = (
            Prototypes(gold, len(self.senses.sense_ids), weights.config.hidden) if config.prototypes else None
        )
        self.plan = [self._plan(number) for number in range(config.passes)]
        self.total = sum(len(batches) for _, batches in self.plan)
        self.typical = self._weights() / self.total

    def _places(self) -> tuple[dict[str, int], list[np.ndarray[Any, np.dtype[np.int64]]]]:
        """Where each averaged source's instances begin, and the sense rows of every instance."""
        offsets: dict[str, int] = {}
        gold: list[np.ndarray[Any, np.dtype[np.int64]]] = []
        for source in self.config.sources:
            if not source.averaged:
                continue
            offsets[source.name] = len(gold)
            found = {one.place: one.gold for w in self.windows[source.name, source.cuts[0]] for one in w.instances}
            for place in range(max(found) + 1):
                rows = self.row[list(found.get(place, ()))]
                gold.append(rows[rows >= 0])
        return offsets, gold

    def _plan(self, number: int) -> tuple[list[tuple[int, int]], list[list[int]]]:
        """Windows (source, index) of one pass and its batches, which follow from the seed."""
        random = np.random.default_rng([self.config.seed, number])
        chosen: list[tuple[int, int]] = []
        lengths: list[int] = []
        for place, draw in enumerate(self._draws(number, random)):
            chosen.extend((place, i) for i in range(len(draw.windows)))
            lengths.extend(len(window.pieces) for window in draw.windows)
        return chosen, shuffled(lengths, self.config.batch_pieces, random)

    def _draws(self, number: int, random: np.random.Generator) -> list[Draw]:
        draws = []
        for source in self.config.sources:
            windows = self.windows[source.name, source.cuts[number % len(source.cuts)]]
            draws.append(Draw(_share(windows, source.share, random), source.weight, self.offsets.get(source.name, -1)))
        if self.config.glosses:
            synsets = _share(list(range(len(self.synsets.pieces))), self.config.glosses, random)
            draws.append(Draw(self.synsets.gloss_windows(synsets), self.config.gloss_weight, -1))
        return draws

    def _weights(self) -> float:
        """Weight of all instances of the plan: batches of short texts have few, and are not to count as much."""
        return sum(
            draw.weight * sum(one.count > 1 for window in draw.windows for one in window.instances)
            for number in range(self.config.passes)
            for draw in self._draws(number, np.random.default_rng([self.config.seed, number]))
        )

    def batches(self) -> Iterator[tuple[list[Window], Tensor, Tensor]]:
        """What is left to read: windows, and for each instance its weight in the loss and its place or -1."""
        before = 0
        for number, (chosen, batches) in enumerate(self.plan):
            draws = self._draws(number, np.random.default_rng([self.config.seed, number]))
            for batch in batches[max(0, self.step - before) :]:
                windows, weights, places = [], [], []
                for source, index in (chosen[i] for i in batch):
                    draw = draws[source]
                    window = draw.windows[index]
                    windows.append(window)
                    for one in window.instances:
                        weights.append(draw.weight)
                        places.append(one.place + draw.offset if draw.offset >= 0 else -1)
                yield windows, torch.tensor(weights), torch.tensor(places)
            before += len(batches)

    def learn(self, windows: list[Window], weights: Tensor, places: Tensor) -> dict[str, float]:
        """One step on one batch."""
        self.tokens.train()
        self.senses.train()
        self._set_rates()
        self.step += 1
        batch = batch_of(windows)
        wide = (torch.rand(len(batch.instances)) < self.config.wide).tolist() if self.config.wide else None
        found = candidates_of(batch.instances, self.row, wide)
        if found is None:
            return {}
        vectors = self.tokens(batch)
        tokens, weight = vectors[found.which], weights[found.which]
        scale = self.scale.exp()
        products = cosines(tokens, self.senses(found.rows), found.table)
        losses = cross_entropy(products, scale, found.gold, self.config.smoothing)
        loss = (losses * weight).sum() / self.typical
        told = {"loss": losses.mean().item(), "right": _right(products, found.gold)}
        if self.prototypes is not None:
            own = places[found.which]
            averaged = own >= 0
            if averaged.any():
                table, gold = found.table[averaged], found.gold[averaged]
                stand, exists = self.prototypes.without(own[averaged], found.rows, table, gold)
                glosses = self.senses.by_gloss(found.rows)[table.clamp(min=0)]
                both = torch.where(exists.unsqueeze(2), stand, glosses)
                products = torch.einsum("ih,ich->ic", tokens[averaged], both).masked_fill(table < 0, -torch.inf)
                second = cross_entropy(products, scale, gold, self.config.smoothing).sum()
                told |= {"prototype loss": second.item() / len(table), "prototype right": _right(products, gold)}
                loss = loss + self.config.prototypes * second / self.typical
        for optimiser in (self.dense, self.sparse):
            optimiser.zero_grad()
        if not torch.isfinite(loss):
            raise FloatingPointError(f"the loss of step {self.step} is {loss.item()}")
        loss.backward()  # type: ignore[no-untyped-call]
        nn.utils.clip_grad_norm_([p for group in self.dense.param_groups for p in group["params"]], 1.0)
        for optimiser in (self.dense, self.sparse):
            optimiser.step()
        if self.prototypes is not None and (places >= 0).any():
            self.prototypes.update(places[places >= 0], vectors.detach()[places >= 0])
        return told | {"scale": scale.item()}

    def _set_rates(self) -> None:
        warm = max(1.0, self.config.warm_up * self.total)
        share = min((self.step + 1) / warm, (self.total - self.step) / max(1.0, self.total - warm))
        for optimiser, rates in zip((self.dense, self.sparse), self.rates, strict=True):
            for group, rate in zip(optimiser.param_groups, rates, strict=True):
                group["lr"] = rate * share

    def model(self) -> dict[str, Any]:
        """What a later stage or the export needs."""
        return {
            "tokens": self.tokens.state_dict(),
            "senses": self.senses.state_dict(),
            "scale": self.scale.detach(),
        }

    def state(self) -> dict[str, Any]:
        """All that resuming needs."""
        return self.model() | {
            "dense": self.dense.state_dict(),
            "sparse": self.sparse.state_dict(),
            "prototypes": self.prototypes.state() if self.prototypes else None,
            "random": torch.get_rng_state(),
            "step": self.step,
        }

    def begin_at(self, model: dict[str, Any]) -> None:
        """Begin with the weights of a finished run, and with averages of its vectors."""
        self._load_model(model)
        if self.prototypes is None:
            return
        for source in self.config.sources:
            if source.averaged:
                encoded = encode(self.tokens, self.windows[source.name, source.cuts[0]])
                places = torch.tensor([one.place + self.offsets[source.name] for one in encoded.instances])
                self.prototypes.update(places, torch.from_numpy(encoded.vectors))

    def _load_model(self, model: dict[str, Any]) -> None:
        self.tokens.load_state_dict(model["tokens"])
        self.senses.load_state_dict(model["senses"])
        self.scale.data = model["scale"]

    def load(self, state: dict[str, Any]) -> None:
        """Continue from a checkpoint."""
        self._load_model(state)
        self.dense.load_state_dict(state["dense"])
        self.sparse.load_state_dict(state["sparse"])
        if self.prototypes:
            self.prototypes.load(state["prototypes"])
        torch.set_rng_state(state["random"])
        self.step = state["step"]

    def trained_table(self) -> SenseTable:
        """The trained sense vectors."""
        self.senses.eval()
        return SenseTable(self.senses.sense_ids.numpy(), self.senses.all_vectors().numpy())

    def scores(self, averaged: str | None) -> Scores:
        """Scores on the choosing sets by trained vectors and, where a set is named, by averages over that."""
        tables = {"trained": self.trained_table()}
        if averaged is not None:
            tables["averages"] = averages(encode(self.tokens, self.data.windows(averaged)))
        return choosing_scores(self.data, self.synsets, self.tokens, tables)


def _share(items: list[T], share: float, random: np.random.Generator) -> list[T]:
    if share >= 1:
        return items
    chosen = random.choice(len(items), round(share * len(items)), replace=False)
    return [items[i] for i in np.sort(chosen)]


def _right(products: Tensor, gold: Tensor) -> float:
    return gold.gather(1, products.argmax(dim=1, keepdim=True)).float().mean().item()


def _save(path: Path, state: dict[str, Any]) -> None:
    temporary = path.with_suffix(f".{os.getpid()}.tmp")
    torch.save(state, temporary)
    temporary.replace(path)


def choosing_scores(data: TrainingSet, synsets: Synsets, tokens: nn.Module, tables: dict[str, SenseTable]) -> Scores:
    """Scores on the choosing sets, by kind of sense vectors and set."""
    seen = uses(data.windows("semcor"))
    result: Scores = {kind: {} for kind in tables}
    for name in CHOOSING:
        encoded = encode(tokens, data.windows(name))
        for kind, table in tables.items():
            result[kind][name] = score(table, encoded, synsets, seen)
    return result


def train(config_file: Path, data: Path, out: Path, weights: Weights, stop: Callable[[int], bool] | None = None) -> Run:
    """Run to the end, or until ``stop`` says so after a step; then the last checkpoint is of that step."""
    out.mkdir(parents=True, exist_ok=True)
    content = config_file.read_bytes()
    kept = out / "config.toml"
    if kept.exists() and kept.read_bytes() != content:
        raise SystemExit(f"{out} holds a run with another config: choose another folder.")
    write_atomic(kept, content)
    run = Run(read_config(kept), TrainingSet.open(data), weights, gloss_cache(data, weights))
    checkpoint = out / "checkpoint.pt"
    if checkpoint.exists():
        run.load(torch.load(checkpoint))
    elif run.config.start:
        run.begin_at(torch.load(out.parent / run.config.start / "model.pt"))

    def log(record: dict[str, Any]) -> None:
        line = json.dumps({"step": run.step, "of": run.total, "seconds": round(time.process_time()), **record})
        print(line, flush=True)
        with (out / "log.jsonl").open("a", encoding="utf-8") as stream:
            stream.write(f"{line}\n")

    log({"started": time.strftime("%Y-%m-%d %H:%M:%S"), "torch": torch.__version__})
    ends = np.cumsum([len(batches) for _, batches in run.plan]).tolist()
    saved = time.monotonic()
    told: list[dict[str, float]] = []
    for windows, weight, places in run.batches():
        told.append(run.learn(windows, weight, places))
        if run.step % LOG_EVERY == 0:
            names = sorted({name for one in told for name in one})
            log({n: round(float(np.mean([one[n] for one in told if n in one])), 4) for n in names})
            told = []
        if run.step in ends[:-1]:
            log({"scores": run.scores(None)})
        if time.monotonic() - saved > CHECKPOINT_EVERY:
            _save(checkpoint, run.state())
            saved = time.monotonic()
        if stop is not None and stop(run.step):
            _save(checkpoint, run.state())
            return run
    _save(out / "model.pt", run.model())
    scores = run.scores("semcor")
    log({"scores": scores})
    write_atomic(out / "scores.json", to_json(scores))
    checkpoint.unlink(missing_ok=True)
    return run


def main(arguments: list[str] | None = None) -> None:
    """Command line of training."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--config", type=Path, required=True)
    parser.add_argument("--set", type=Path, required=True, help="folder written by scripts/release/training-set.ts")
    parser.add_argument("--out", type=Path, required=True, help="folder of the run")
    options = parser.parse_args(arguments)
    if (options.out / "scores.json").exists():
        sys.exit(f"{options.out} is a finished run.")
    source = find_source()
    train(options.config, options.set, options.out, Weights(source.read_config(), source.read_tensors()))


if __name__ == "__main__":
    main()
