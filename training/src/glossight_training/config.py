"""Every choice of a training run, read from TOML and kept beside the result."""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Source:
    """A set to learn from."""

    name: str
    cuts: tuple[int, ...] = (0,)
    """Pass after pass, in turn."""
    share: float = 1.0
    """Of its windows that each pass draws."""
    weight: float = 1.0
    """Of its instances in the loss."""
    averaged: bool = False
    """Do its instances make up the averages that the prototype loss compares with?"""


@dataclass(frozen=True, slots=True)
class Config:
    """A run. Rates are peaks of the schedule: linear warm-up, then linear decay to 0."""

    sources: tuple[Source, ...]
    start: str = ""
    """The finished run, named by its folder beside this one's, that it begins at; empty: at the published weights."""
    seed: int = 1
    passes: int = 1
    batch_pieces: int = 1024
    """Padded pieces in a batch."""
    dropout: float = 0.1
    dropped: float = 0.25
    """Chance that a learned vector of a synset or sense is left out."""
    hypernyms: float = 0.0
    """Share of the hypernym's learned vector in a synset's."""
    scale: float = 16.0
    """What cosines are multiplied by at the start; learned."""
    smoothing: float = 0.0
    """Share of the target that all candidates have in common."""
    prototypes: float = 0.0
    """Weight of the loss against averages of the tokens themselves."""
    wide: float = 0.0
    """Share of instances whose candidates are those of a reader who knows the text only, not lemma and tag."""
    glosses: float = 0.0
    """Share of the glosses that each pass reads as texts about their senses."""
    gloss_weight: float = 1.0
    """Of a gloss in the loss."""
    encoder_rate: float = 1e-4
    map_rate: float = 1e-3
    sense_rate: float = 2e-3
    weight_decay: float = 0.01
    warm_up: float = 0.06
    """Share of all steps."""


def read_config(path: Path) -> Config:
    """Read a TOML file; an unknown or missing name is a TypeError."""
    raw: dict[str, Any] = tomllib.loads(path.read_text("utf-8"))
    sources = tuple(Source(**{**one, "cuts": tuple(one.get("cuts", (0,)))}) for one in raw.pop("sources"))
    return Config(sources=sources, **raw)
