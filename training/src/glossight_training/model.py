"""What is trained: an encoder with a linear map behind it, and a vector for each sense."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812

from glossight_training.corpus import Instance, Synsets, Window
from glossight_training.encoder import Encoder
from glossight_training.weights import BertConfig


@dataclass(frozen=True, slots=True)
class Batch:
    """Windows side by side, padded, and their instances one after another."""

    pieces: Tensor
    mask: Tensor
    places: Tensor
    """Of the instances' pieces, in the flattened windows."""
    owner: Tensor
    """Instance that each of these pieces belongs to."""
    instances: tuple[Instance, ...]


def batch_of(windows: Sequence[Window]) -> Batch:
    """Pad windows to the longest of them."""
    width = max(len(window.pieces) for window in windows)
    pieces = np.zeros((len(windows), width), np.int64)
    mask = np.zeros((len(windows), width), bool)
    places: list[int] = []
    owner: list[int] = []
    instances: list[Instance] = []
    for row, window in enumerate(windows):
        pieces[row, : len(window.pieces)] = window.pieces
        mask[row, : len(window.pieces)] = True
        for instance in window.instances:
            places.extend(range(row * width + instance.start, row * width + instance.end))
            owner.extend([len(instances)] * (instance.end - instance.start))
            instances.append(instance)
    return Batch(
        torch.from_numpy(pieces),
        torch.from_numpy(mask),
        torch.tensor(places),
        torch.tensor(owner),
        tuple(instances),
    )


class TokenEncoder(nn.Module):
    """Encoder and map: from windows to one unit vector for each instance."""

    def __init__(self, config: BertConfig, dropout: float) -> None:
        super().__init__()
        self.encoder = Encoder(config, dropout)
        self.map = nn.Linear(config.hidden, config.hidden)
        nn.init.eye_(self.map.weight)
        nn.init.zeros_(self.map.bias)

    def forward(self, batch: Batch) -> Tensor:
        """Return ``[instances, hidden]``: the map of the mean over the word's pieces, of length 1."""
        with torch.autocast("cpu", torch.bfloat16):
            states, _ = self.encoder(batch.pieces, batch.mask)
        return F.normalize(self.map(pool(states.float(), batch)), dim=-1)


def pool(states: Tensor, batch: Batch) -> Tensor:
    """Mean over each instance's pieces, ``[instances, hidden]``."""
    count = len(batch.instances)
    sums = states.new_zeros(count, states.shape[-1]).index_add(0, batch.owner, states.flatten(0, 1)[batch.places])
    return sums / torch.bincount(batch.owner, minlength=count).unsqueeze(1)


class SenseVectors(nn.Module):
    """A unit vector for each sense of a polysemous lemma.

    The sum of a map of the synset's frozen gloss embedding, a learned vector of the synset (and a share of
    its hypernyms'), and a learned vector of the sense key. In training the learned vectors are left out by
    chance, so that glosses alone carry the senses that no corpus has.
    """

    sense_ids: Tensor
    """Sense of each row, ascending."""
    row_of: Tensor
    """Row of each sense of the inventory; -1 where it has none."""
    synset_of: Tensor
    """Synset of each row."""
    above: Tensor
    """First hypernym of each synset; -1 where it has none."""
    glosses: Tensor

    def __init__(self, synsets: Synsets, glosses: Tensor, dropped: float, hypernyms: float) -> None:
        super().__init__()
        hidden = glosses.shape[1]
        senses = synsets.polysemous_senses()
        self.dropped, self.hypernyms = dropped, hypernyms
        row = np.full(len(synsets.synset_of), -1, np.int64)
        row[senses] = np.arange(len(senses))
        self.register_buffer("sense_ids", torch.from_numpy(senses), persistent=False)
        self.register_buffer("row_of", torch.from_numpy(row), persistent=False)
        self.register_buffer("synset_of", torch.from_numpy(synsets.synset_of[senses]), persistent=False)
        self.register_buffer("above", _first_hypernyms(synsets), persistent=False)
        self.register_buffer("glosses", glosses, persistent=False)
        self.map = nn.Linear(hidden, hidden)
        self.by_synset = nn.Embedding(len(synsets.pieces), hidden, sparse=True)
        self.by_sense = nn.Embedding(len(senses), hidden, sparse=True)
        nn.init.eye_(self.map.weight)
        for part in (self.map.bias, self.by_synset.weight, self.by_sense.weight):
            nn.init.zeros_(part)

    def forward(self, rows: Tensor) -> Tensor:
        """Vectors of the senses in these rows, ``[rows, hidden]``."""
        synset = self.synset_of[rows]
        learned = self.by_synset(synset)
        if self.hypernyms:
            above = self.above[synset]
            learned = learned + self.hypernyms * self.by_synset(above.clamp(min=0)) * (above >= 0).unsqueeze(1)
        own = self.by_sense(rows)
        if self.training:
            kept = torch.rand(2, len(rows), 1) >= self.dropped
            learned, own = learned * kept[0], own * kept[1]
        return F.normalize(self.map(self.glosses[synset]) + learned + own, dim=-1)

    def by_gloss(self, rows: Tensor) -> Tensor:
        """Vectors from the glosses alone."""
        return F.normalize(self.map(self.glosses[self.synset_of[rows]]), dim=-1)

    def all_vectors(self) -> Tensor:
        """Vectors of all rows, without gradient."""
        with torch.inference_mode():
            return torch.cat([self(rows) for rows in torch.split(torch.arange(len(self.sense_ids)), 8192)])


def _first_hypernyms(synsets: Synsets) -> Tensor:
    """The first hypernym of each synset, -1 where it has none."""
    return torch.tensor([above[0] if above else -1 for above in synsets.hypernyms])


@dataclass(frozen=True, slots=True)
class Candidates:
    """The candidates of a batch's polysemous instances, flat and as a padded table."""

    which: Tensor
    """Positions of the polysemous instances with a known gold sense, in the batch."""
    rows: Tensor
    """Rows of the distinct senses among all candidates."""
    table: Tensor
    """``[instances, most candidates]``: places in ``rows``; -1 is padding."""
    gold: Tensor
    """Same shape, true at the right senses."""


def candidates_of(
    instances: Sequence[Instance], row: NDArray[np.int64], wide: Sequence[bool] | None = None
) -> Candidates | None:
    """Gather candidates; ``None`` where no instance has a choice.

    Args:
        instances: of a batch.
        row: row of each sense, -1 where it has no vector.
        wide: of each instance, whether its candidates are those of a reader who knows only the text.
    """
    which: list[int] = []
    choices: list[NDArray[np.int64]] = []
    for i, one in enumerate(instances):
        if one.count < 2 or not one.gold:
            continue
        senses = np.arange(one.first, one.first + one.count)
        if wide is not None and wide[i]:
            others = np.array(one.others, np.int64)
            senses = np.concatenate([senses, others[row[others] >= 0]])
        if np.isin(senses, one.gold).any():
            which.append(i)
            choices.append(senses)
    if not which:
        return None
    senses = np.full((len(which), max(map(len, choices))), -1, np.int64)
    for place, choice in enumerate(choices):
        senses[place, : len(choice)] = choice
    gold = np.stack([np.isin(senses[place], instances[i].gold) for place, i in enumerate(which)])
    distinct, places = np.unique(senses[senses >= 0], return_inverse=True)
    table = np.full_like(senses, -1)
    table[senses >= 0] = places
    return Candidates(
        torch.tensor(which),
        torch.from_numpy(row[distinct]),
        torch.from_numpy(table),
        torch.from_numpy(gold),
    )


def cosines(tokens: Tensor, senses: Tensor, table: Tensor) -> Tensor:
    """Cosine of each token with its candidates, ``[tokens, most candidates]``; -inf is padding."""
    products: Tensor = (tokens @ senses.T).gather(1, table.clamp(min=0))
    return products.masked_fill(table < 0, -torch.inf)


def cross_entropy(cosines: Tensor, scale: Tensor, gold: Tensor, smoothing: float) -> Tensor:
    """Negative log-probability that one of the gold senses is chosen, ``[instances]``.

    ``smoothing`` is the share of the target that all candidates have in common.
    """
    real = torch.isfinite(cosines)
    # Padding is left out of the product, as 0 times infinity would be the scale's gradient.
    logits = (scale * cosines.masked_fill(~real, 0.0)).masked_fill(~real, -torch.inf)
    log_probabilities = logits.log_softmax(dim=1)
    right = log_probabilities.masked_fill(~gold, -torch.inf).logsumexp(dim=1)
    if smoothing == 0:
        return -right
    others = log_probabilities.masked_fill(~real, 0.0).sum(dim=1) / real.sum(dim=1)
    return -(1 - smoothing) * right - smoothing * others
