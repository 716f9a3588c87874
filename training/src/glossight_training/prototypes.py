"""Running averages of the token vectors of each sense: what `index build` makes of a corpus."""

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional as F  # noqa: N812


class Prototypes:
    """Sums over the latest vector of each instance, from which an instance's own share can be taken.

    Args:
        gold: rows of each instance's senses, by its place.
        senses: number of rows.
        hidden: dimensions.
    """

    def __init__(self, gold: list[NDArray[np.int64]], senses: int, hidden: int) -> None:
        self.gold = gold
        self.own = torch.zeros(len(gold), hidden, dtype=torch.float16)
        self.seen = torch.zeros(len(gold), dtype=torch.bool)
        self.sums = torch.zeros(senses, hidden)
        self.counts = torch.zeros(senses)

    def state(self) -> dict[str, Tensor]:
        """For a checkpoint. The sums are kept as they are: added up anew they would differ in rounding."""
        return {"own": self.own, "seen": self.seen, "sums": self.sums, "counts": self.counts}

    def load(self, state: dict[str, Tensor]) -> None:
        """Continue from a checkpoint."""
        self.own, self.seen, self.sums, self.counts = (state[name] for name in ("own", "seen", "sums", "counts"))

    def without(self, places: Tensor, rows: Tensor, table: Tensor, gold: Tensor) -> tuple[Tensor, Tensor]:
        """Averages of each instance's candidates, none of them with a share of the instance itself.

        Args:
            places: of the instances, -1 for one that has no share.
            rows: rows of the distinct candidates.
            table: ``[instances, most candidates]``, places in ``rows``, -1 for padding.
            gold: same shape, true at the right senses.

        Returns:
            Unit vectors ``[instances, most candidates, hidden]`` and which of them exist.
        """
        which = rows[table.clamp(min=0)]
        mine = gold & (self.seen[places.clamp(min=0)] & (places >= 0)).unsqueeze(1)
        counts = (self.counts[which] - mine.float()) * (table >= 0)
        sums = self.sums[which] - self.own[places.clamp(min=0)].float().unsqueeze(1) * mine.unsqueeze(2)
        return F.normalize(sums, dim=-1), counts > 0.5

    def update(self, places: Tensor, vectors: Tensor) -> None:
        """Put these vectors ``[instances, hidden]`` in place of the ones the instances had before."""
        old = self.seen[places]
        self._add(places[old], self.own[places[old]].float(), -1)
        self.own[places] = vectors.to(torch.float16)
        self.seen[places] = True
        self._add(places, self.own[places].float(), 1)

    def _add(self, places: Tensor, vectors: Tensor, sign: int) -> None:
        if len(places) == 0:
            return
        own = [self.gold[place] for place in places.tolist()]
        rows = torch.from_numpy(np.concatenate(own))
        which = torch.repeat_interleave(torch.tensor([len(one) for one in own]))
        self.sums.index_add_(0, rows, vectors[which], alpha=sign)
        self.counts.index_add_(0, rows, torch.full((len(rows),), float(sign)))
