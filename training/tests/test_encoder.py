import numpy as np
import torch
from conftest import Tiny
from test_graph import SENTENCES, reference

from glossight_training.encoder import Encoder


def test_encoder_equals_the_reference_whatever_stands_beside_a_window(tiny: Tiny) -> None:
    encoder = Encoder(tiny.config, dropout=0.1).eval()
    encoder.load(tiny.tensors)
    width = max(map(len, SENTENCES))
    pieces = torch.tensor([sentence + [0] * (width - len(sentence)) for sentence in SENTENCES])
    mask = torch.tensor([[i < len(sentence) for i in range(width)] for sentence in SENTENCES])
    mean4, last = (states.detach().numpy() for states in encoder(pieces, mask))
    for row, sentence in enumerate(SENTENCES):
        wanted = reference(tiny, sentence)
        np.testing.assert_allclose(last[row, : len(sentence)], wanted["last"], atol=2e-5)
        np.testing.assert_allclose(mean4[row, : len(sentence)], wanted["mean4"], atol=2e-5)


def test_its_tensors_are_the_published_ones(tiny: Tiny) -> None:
    encoder = Encoder(tiny.config, dropout=0.1)
    encoder.load(tiny.tensors)
    got = encoder.tensors()
    assert got.keys() == tiny.tensors.keys()
    for name, tensor in got.items():
        np.testing.assert_array_equal(tensor, tiny.tensors[name])
