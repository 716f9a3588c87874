import pytest

from glossight_training.pieces import tokenise, utf16_offsets
from glossight_training.weights import find_source


@pytest.mark.parametrize(
    ("text", "span", "expected"),
    [
        ("plain", (0, 5), (0, 5)),
        ("café", (3, 4), (3, 4)),
        ("a🙂b", (1, 2), (1, 3)),
        ("a🙂b", (2, 3), (3, 4)),
        ("🙂🙂", (1, 2), (2, 4)),
        ("", (0, 0), (0, 0)),
    ],
)
def test_utf16_offsets(text: str, span: tuple[int, int], expected: tuple[int, int]) -> None:
    assert utf16_offsets(text, [span]) == (expected,)
    cut = text.encode("utf-16-le")[2 * expected[0] : 2 * expected[1]].decode("utf-16-le")
    assert cut == text[slice(*span)]


def test_reference_tokenizer_neither_pads_nor_cuts() -> None:
    pytest.importorskip("tokenizers", reason="the reference tokenizer comes with the torch extra")
    short, long = tokenise(find_source().folder, ["A 🙂 spring", "spring " * 200])
    assert short.ids == (101, 1037, 100, 3500, 102)
    assert short.offsets == ((0, 0), (0, 1), (2, 4), (5, 11), (0, 0))
    assert len(long.ids) == 202
