"""Word pieces with offsets that JavaScript understands."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Pieces:
    """A tokenised text: ids with [CLS] and [SEP], and a half-open UTF-16 range for each id."""

    text: str
    ids: tuple[int, ...]
    offsets: tuple[tuple[int, int], ...]


def utf16_offsets(text: str, spans: Iterable[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Turn ranges counted in code points into ranges counted in UTF-16 code units."""
    units: Sequence[int] = list(accumulate((1 + (ord(char) > 0xFFFF) for char in text), initial=0))
    return tuple((units[start], units[end]) for start, end in spans)


def tokenise(folder: Path, texts: Sequence[str]) -> list[Pieces]:
    """Tokenise by the reference tokenizer, whose file asks for padding and cutting at 128: both are undone."""
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    encodings = tokenizer.encode_batch(list(texts))
    return [
        Pieces(text, tuple(encoding.ids), utf16_offsets(text, encoding.offsets))
        for text, encoding in zip(texts, encodings, strict=True)
    ]
