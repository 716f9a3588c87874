import numpy as np
import pytest
import torch
from torch.nn import functional as F  # noqa: N812

from glossight_training.prototypes import Prototypes

GOLD = [np.array(rows, np.int64) for rows in ([0], [0], [0, 2], [1])]


def test_an_average_leaves_out_the_instance_that_asks() -> None:
    torch.manual_seed(0)
    vectors = F.normalize(torch.randn(4, 8), dim=-1)
    prototypes = Prototypes(GOLD, senses=3, hidden=8)
    prototypes.update(torch.arange(4), torch.randn(4, 8))
    prototypes.update(torch.arange(4), vectors)

    table = torch.tensor([[0, 1, 2]] * 3)
    gold = torch.tensor([[True, False, False], [False, True, False], [True, False, True]])
    found, exists = prototypes.without(torch.tensor([1, 3, 2]), torch.tensor([0, 1, 2]), table, gold)

    assert exists.tolist() == [[True, True, True], [True, False, True], [True, True, False]]
    for asking, row, others in ((0, 0, [0, 2]), (0, 1, [3]), (1, 0, [0, 1, 2]), (2, 0, [0, 1])):
        wanted = F.normalize(vectors[others].sum(0), dim=0)
        torch.testing.assert_close(found[asking, row], wanted, atol=2e-3, rtol=0)


def test_one_outside_of_the_averages_takes_nothing_out() -> None:
    prototypes = Prototypes(GOLD, senses=3, hidden=8)
    prototypes.update(torch.tensor([3]), torch.eye(8)[:1])
    table, gold = torch.tensor([[0, 1]]), torch.tensor([[False, True]])
    _, exists = prototypes.without(torch.tensor([-1]), torch.tensor([0, 1]), table, gold)
    assert exists.tolist() == [[False, True]]


def test_a_checkpoint_gives_the_same_averages() -> None:
    torch.manual_seed(0)
    before, after = (Prototypes(GOLD, senses=3, hidden=8) for _ in range(2))
    before.update(torch.tensor([0, 2]), torch.randn(2, 8))
    after.load(before.state())
    torch.testing.assert_close(after.sums, before.sums)
    assert after.counts.tolist() == before.counts.tolist() == pytest.approx([2, 0, 1])
