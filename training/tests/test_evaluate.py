import numpy as np

from glossight_training.corpus import Instance, Synsets
from glossight_training.evaluate import Encoded, SenseTable, averages, score


def sample(*golds: tuple[int, int, tuple[int, ...]]) -> list[Instance]:
    return [Instance(1, 2, first, count, gold) for first, count, gold in golds]


SYNSETS = Synsets(
    pieces=tuple(np.array([1, 2]) for _ in range(4)),
    hypernyms=((), (), (), ()),
    supersenses=("noun.act", "noun.act", "verb.motion", "verb.motion"),
    synset_of=np.arange(4),
    candidates=np.array([[0, 2], [0, 2], [2, 1], [3, 1]]),
)


def test_the_nearest_candidate_with_a_vector_is_chosen() -> None:
    table = SenseTable(np.array([1, 2]), np.eye(2, dtype=np.float32))
    towards = np.array([0.1, 1], np.float32)
    choices = [table.choose(one, towards) for one in sample((0, 3, ()), (0, 2, ()), (5, 2, ()), (7, 1, ()), (0, 0, ()))]
    assert choices == [2, 1, 5, 7, None]


def test_averages_are_means_over_all_right_senses() -> None:
    vectors = np.array([[1, 0], [0, 1], [0, 1]], np.float32)
    table = averages(Encoded(sample((0, 2, (0,)), (0, 2, (0, 1)), (0, 2, (1,))), vectors))
    np.testing.assert_allclose(table.vectors, [[0.5**0.5, 0.5**0.5], [0, 1]], atol=1e-6)


def test_scores_count_every_instance() -> None:
    table = SenseTable(np.array([0, 1]), np.eye(2, dtype=np.float32))
    instances = sample((0, 2, (0,)), (0, 2, (1,)), (2, 1, (2,)), (0, 0, (3,)))
    encoded = Encoded(instances, np.array([[1, 0]] * 4, np.float32))
    assert score(table, encoded, SYNSETS, seen={0, 2}) == {
        "all": 50.0,
        "noun": 50.0,
        "verb": 100.0,
        "polysemous": 50.0,
        "unseen": 0.0,
        "wide": 50.0,
    }


def test_a_reader_of_the_text_only_has_more_to_choose_from() -> None:
    table = SenseTable(np.array([0, 1, 2]), np.eye(3, dtype=np.float32))
    one = Instance(1, 2, 0, 2, (0,), others=(2,))
    vector = np.array([0.5, 0, 1], np.float32)
    assert table.choose(one, vector) == 0
    assert table.choose(one, vector, wide=True) == 2
    scores = score(table, Encoded([one], vector[None]), SYNSETS, seen={0})
    assert (scores["all"], scores["wide"]) == (100.0, 0.0)
