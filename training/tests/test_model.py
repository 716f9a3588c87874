import numpy as np
import pytest
import torch

from glossight_training.batches import by_length, shuffled
from glossight_training.corpus import Instance, Window
from glossight_training.model import batch_of, candidates_of, cosines, cross_entropy, pool

ROW = np.arange(20, dtype=np.int64)


def test_a_word_is_the_mean_of_its_own_pieces() -> None:
    short = Window(np.array([1, 7, 2]), (Instance(1, 2, 0, 2, (0,)),))
    long = Window(np.array([1, 7, 8, 9, 2]), (Instance(1, 3, 0, 2, (0,)), Instance(3, 4, 0, 2, (1,))))
    batch = batch_of([short, long])
    assert batch.pieces.tolist() == [[1, 7, 2, 0, 0], [1, 7, 8, 9, 2]]
    assert batch.mask.sum(dim=1).tolist() == [3, 5]
    states = torch.arange(10.0).view(2, 5, 1)
    assert pool(states, batch).flatten().tolist() == [1.0, 6.5, 8.0]


def test_only_instances_with_a_choice_and_an_answer_are_learned_from() -> None:
    alone, unknown = Instance(1, 2, 3, 1, (3,)), Instance(1, 2, 4, 2, ())
    elsewhere = Instance(1, 2, 4, 2, (9,))
    first, second = Instance(1, 2, 4, 2, (5,)), Instance(1, 2, 5, 3, (5, 7))
    assert candidates_of([alone, unknown], ROW) is None
    assert candidates_of([elsewhere], ROW) is None
    found = candidates_of([alone, first, elsewhere, unknown, second], ROW)
    assert found is not None
    assert found.which.tolist() == [1, 4]
    assert found.rows.tolist() == [4, 5, 6, 7]
    assert found.table.tolist() == [[0, 1, -1], [1, 2, 3]]
    assert found.gold.tolist() == [[False, True, False], [True, False, True]]


def test_only_wide_instances_choose_among_other_lemmas_too() -> None:
    row = np.where(ROW == 9, -1, ROW)
    one = Instance(1, 2, 4, 2, (5,), others=(8, 9))
    found = candidates_of([one, one], row, wide=[True, False])
    assert found is not None
    assert found.rows.tolist() == [4, 5, 8]
    assert found.table.tolist() == [[0, 1, 2], [0, 1, -1]]
    assert found.gold.tolist() == [[False, True, False], [False, True, False]]


def test_cross_entropy_counts_any_right_sense_and_no_padding() -> None:
    scale = torch.tensor(1.0, requires_grad=True)
    table = torch.tensor([[0, 1, -1], [0, 1, 2]])
    products = cosines(torch.eye(3)[:2], torch.eye(3), table)
    gold = torch.tensor([[True, False, False], [True, True, False]])
    e = float(np.e)
    wanted = [-np.log(e / (e + 1)), -np.log((e + 1) / (e + 2))]
    losses = cross_entropy(products, scale, gold, 0.0)
    assert losses.tolist() == pytest.approx(wanted, abs=1e-6)
    share = -(np.log(e / (e + 1)) + np.log(1 / (e + 1))) / 2
    smoothed = cross_entropy(products, scale, gold, 0.1)[0].item()
    assert smoothed == pytest.approx(0.9 * wanted[0] + 0.1 * share, abs=1e-6)
    losses[0].backward()  # type: ignore[no-untyped-call]
    assert scale.grad is not None
    assert scale.grad.item() == pytest.approx(-1 / (e + 1), abs=1e-6)


@pytest.mark.parametrize("batches", ["shuffled", "by_length"])
def test_batches_hold_each_window_once_and_keep_their_size(batches: str) -> None:
    lengths = np.random.default_rng(3).integers(3, 129, 500).tolist()
    made = by_length(lengths, 512) if batches == "by_length" else shuffled(lengths, 512, np.random.default_rng(1))
    assert sorted(i for batch in made for i in batch) == list(range(500))
    assert all(len(batch) * max(lengths[i] for i in batch) <= 512 for batch in made)
    assert np.mean([sum(lengths[i] for i in batch) for batch in made]) > 0.8 * 512
