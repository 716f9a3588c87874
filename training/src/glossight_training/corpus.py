"""The training set: windows and synsets as ``scripts/release/training-set.ts`` writes them (training/README.md)."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

PARTS_OF_SPEECH = ("noun", "verb", "adj", "adv")

VERSION = 2

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Instance:
    """A tagged word of a window."""

    start: int
    end: int
    """Range of its pieces, [CLS] counted, end exclusive."""
    first: int
    count: int
    """Its candidates: ``count`` sense ids from ``first`` on."""
    gold: tuple[int, ...]
    """The right senses; none where WordNet lacks them."""
    place: int = -1
    """Among the tagged words of its set, however that is cut; -1 outside of a corpus."""
    others: tuple[int, ...] = ()
    """Further candidates where only the text is known: of other lemmas and parts of speech, and of names."""


@dataclass(frozen=True, slots=True)
class Window:
    """What the encoder reads at once."""

    pieces: Ints
    instances: tuple[Instance, ...]


@dataclass(frozen=True, slots=True)
class Synsets:
    """WordNet as training needs it. Senses and synsets are numbers of the inventory."""

    pieces: tuple[Ints, ...]
    """Of each synset's "lemmas: gloss", [CLS] and [SEP] included."""
    hypernyms: tuple[tuple[int, ...], ...]
    supersenses: tuple[str, ...]
    synset_of: Ints
    """Synset of each sense."""
    candidates: Ints
    """``[senses, 2]``: first candidate and number of candidates of the sense's lemma and part of speech."""

    def part_of_speech(self, sense: int) -> str:
        """Noun, verb, adj or adv."""
        return self.supersenses[int(self.synset_of[sense])].partition(".")[0]

    def polysemous_senses(self) -> Ints:
        """All senses of lemmas that have several senses as one part of speech, ascending."""
        return np.flatnonzero(self.candidates[:, 1] > 1)

    def gloss_windows(self, synsets: Sequence[int]) -> list[Window]:
        """Each gloss as a window whose one instance, of each of its polysemous senses, is the whole text."""
        members: dict[int, list[int]] = {synset: [] for synset in synsets}
        for sense in self.polysemous_senses():
            if (synset := int(self.synset_of[sense])) in members:
                members[synset].append(int(sense))
        windows = []
        for synset, senses in members.items():
            pieces = self.pieces[synset]
            instances = (
                Instance(1, len(pieces) - 1, int(self.candidates[sense, 0]), int(self.candidates[sense, 1]), (sense,))
                for sense in senses
            )
            windows.append(Window(pieces, tuple(instances)))
        return [window for window in windows if window.instances]


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as stream:
        for line in stream:
            yield json.loads(line)


@dataclass(frozen=True, slots=True)
class TrainingSet:
    """A folder written by ``scripts/release/training-set.ts``."""

    folder: Path
    manifest: dict[str, object]

    @classmethod
    def open(cls, folder: Path) -> "TrainingSet":
        """Check the manifest, which is written last."""
        manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
        if manifest["format"] != "glossight-training-set" or manifest["version"] != VERSION:
            raise ValueError(f"{folder} is no training set of this version")
        return cls(folder, manifest)

    def windows(self, name: str, cut: int = 0) -> list[Window]:
        """The windows of one set; cut 0 packs whole documents, the others random paragraphs."""
        return [
            Window(
                np.array(line["pieces"], np.int64),
                tuple(
                    Instance(start, end, first, count, tuple(gold), place, tuple(others))
                    for start, end, first, count, gold, place, others in line["instances"]
                ),
            )
            for line in _lines(self.folder / f"{name}.{cut}.jsonl")
        ]

    def synsets(self) -> Synsets:
        """All synsets."""
        pieces: list[Ints] = []
        hypernyms: list[tuple[int, ...]] = []
        supersenses: list[str] = []
        senses: list[tuple[int, int, int, int]] = []
        for number, line in enumerate(_lines(self.folder / "synsets.jsonl")):
            pieces.append(np.array(line["pieces"], np.int64))
            hypernyms.append(tuple(line["hypernyms"]))
            supersenses.append(str(line["supersense"]))
            senses.extend((sense, number, first, count) for sense, first, count in line["senses"])
        table = np.array(sorted(senses), np.int64)
        return Synsets(tuple(pieces), tuple(hypernyms), tuple(supersenses), table[:, 1], table[:, 2:])
