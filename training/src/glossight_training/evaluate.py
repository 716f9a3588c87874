"""Scores of a model in training. What ships is scored by `glossight eval`, which these agree with."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812

from glossight_training.batches import by_length
from glossight_training.corpus import PARTS_OF_SPEECH, Instance, Synsets, Window
from glossight_training.model import Batch, batch_of

Vectors = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Encoded:
    """Instances and their unit vectors ``[instances, hidden]``."""

    instances: list[Instance]
    vectors: Vectors


def encode(model: nn.Module, windows: Sequence[Window], pieces: int = 4096) -> Encoded:
    """Vectors of all instances, in batches of so many padded pieces."""
    model.eval()
    instances: list[Instance] = []
    vectors: list[Tensor] = []
    with torch.inference_mode():
        for chosen in by_length([len(window.pieces) for window in windows], pieces):
            batch: Batch = batch_of([windows[i] for i in chosen])
            instances.extend(batch.instances)
            vectors.append(model(batch))
    return Encoded(instances, torch.cat(vectors).numpy())


class SenseTable:
    """Unit vectors of senses, by sense id."""

    def __init__(self, senses: NDArray[np.int64], vectors: Vectors) -> None:
        self.row = {int(sense): row for row, sense in enumerate(senses)}
        self.vectors = vectors

    def choose(self, instance: Instance, vector: Vectors, *, wide: bool = False) -> int | None:
        """The nearest candidate that has a vector; the first one where none has; ``None`` without candidates.

        ``wide``: among the candidates of a reader who knows the text only.
        """
        candidates: list[int] = [
            *range(instance.first, instance.first + instance.count),
            *(instance.others if wide else ()),
        ]
        if not candidates:
            return None
        known = [(sense, self.row[sense]) for sense in candidates if sense in self.row]
        if not known or len(candidates) == 1:
            return candidates[0]
        cosines = self.vectors[[row for _, row in known]] @ vector
        return known[int(cosines.argmax())][0]


def averages(encoded: Encoded) -> SenseTable:
    """The mean vector of each sense's instances, as `index build` takes it."""
    sums: dict[int, Vectors] = {}
    for instance, vector in zip(encoded.instances, encoded.vectors, strict=True):
        for sense in instance.gold:
            sums[sense] = sums[sense] + vector if sense in sums else vector.copy()
    senses = np.array(sorted(sums), np.int64)
    matrix = torch.from_numpy(np.stack([sums[int(sense)] for sense in senses]))
    return SenseTable(senses, F.normalize(matrix, dim=-1).numpy())


def uses(windows: Iterable[Window]) -> set[int]:
    """Senses that have a tagged use."""
    return {sense for window in windows for instance in window.instances for sense in instance.gold}


def score(table: SenseTable, encoded: Encoded, synsets: Synsets, seen: set[int]) -> dict[str, float]:
    """F1 in percent by part of speech; also of polysemous instances, of those with no use of a gold sense, and of
    all where lemma and part of speech are to be found too (``wide``).
    """
    right: dict[str, list[bool]] = defaultdict(list)
    for instance, vector in zip(encoded.instances, encoded.vectors, strict=True):
        correct = table.choose(instance, vector) in instance.gold
        groups = ["all"]
        if instance.count > 0:
            groups.append(synsets.part_of_speech(instance.first))
        if instance.count > 1:
            groups.append("polysemous")
            if seen.isdisjoint(instance.gold):
                groups.append("unseen")
        for group in groups:
            right[group].append(correct)
        right["wide"].append(table.choose(instance, vector, wide=True) in instance.gold)
    wanted = ("all", *PARTS_OF_SPEECH, "polysemous", "unseen", "wide")
    return {group: round(100 * float(np.mean(right[group])), 2) for group in wanted if group in right}
