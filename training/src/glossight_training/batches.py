"""Windows of like length in one batch."""

from collections.abc import Sequence

import numpy as np

POOL = 48
"""Batches whose windows are sorted by length together: little padding, and still much chance in what meets."""


def by_length(lengths: Sequence[int], pieces: int) -> list[list[int]]:
    """Indices in batches of at most ``pieces`` padded pieces each, shortest first."""
    return _pack(sorted(range(len(lengths)), key=lambda i: lengths[i]), lengths, pieces)


def shuffled(lengths: Sequence[int], pieces: int, random: np.random.Generator) -> list[list[int]]:
    """Indices in batches of at most ``pieces`` padded pieces each, in random order."""
    order = random.permutation(len(lengths)).tolist()
    size = max(1, POOL * pieces // max(1, int(np.mean(lengths))))
    batches = []
    for start in range(0, len(order), size):
        pool = sorted(order[start : start + size], key=lambda i: lengths[i])
        batches.extend(_pack(pool, lengths, pieces))
    return [batches[i] for i in random.permutation(len(batches))]


def _pack(order: Sequence[int], lengths: Sequence[int], pieces: int) -> list[list[int]]:
    batches: list[list[int]] = []
    for i in order:
        if batches and (len(batches[-1]) + 1) * lengths[i] <= pieces:
            batches[-1].append(i)
        else:
            batches.append([i])
    return batches
