"""What a portrait is drawn from."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Look:
    """Art direction for one portrait, in the words of the palette and of the parts."""

    skin: str
    hair: str
    hair_colour: str
    wear: str
    colour: str
    accent: str
    backdrop: str
    jaw: str = "oval"
    mouth: str = "smile"
    brows: str = "soft"
    turn: int = 1
    extras: tuple[str, ...] = field(default_factory=tuple)


def look(words: Mapping[str, Any]) -> Look:
    """A look as it is written down with the person."""
    return Look(**{**words, "extras": tuple(words.get("extras", ()))})
