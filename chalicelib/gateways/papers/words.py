"""Words of people on paper: which of our typefaces has which letters, and what becomes of those that none has."""

import re
import unicodedata
from collections.abc import Container
from itertools import groupby
from typing import Literal, NamedTuple

Family = Literal["inter", "devanagari"]
# Stands for letters that no typeface of ours has; the paper then says so.
UNKNOWN = "\N{WHITE DIAMOND}"
DEVANAGARI = re.compile("[\u0900-\u097f\ua8e0-\ua8ff\u1cd0-\u1cff]")
JOINERS = "\N{ZERO WIDTH JOINER}\N{ZERO WIDTH NON-JOINER}"
# Emoji and their modifiers, marks of direction, and what is no character at all: a name is whole without them.
ORNAMENTS = ("So", "Sk", "Cc", "Cf", "Cn", "Co", "Cs", "Me")
SELECTORS = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")


class Run(NamedTuple):
    """A stretch of text in one typeface."""

    family: Family
    text: str


def legible(text: str, known: Container[int]) -> str:
    """Composed, on one line, without ornaments; letters that are neither `known` nor Devanagari become one sign."""
    composed = unicodedata.normalize("NFC", " ".join(text.split()))
    kept = "".join(_kept(composed, at, known) for at in range(len(composed)))
    kept = " ".join(re.sub(f"{UNKNOWN}+", UNKNOWN, kept).split())
    return kept or (UNKNOWN if text.strip() else "")


def runs(legible_text: str) -> list[Run]:
    """The text cut where the typeface changes; a joiner goes with the letters it joins."""
    parts = groupby(legible_text, key=lambda letter: letter in JOINERS or bool(DEVANAGARI.match(letter)))
    return [Run("devanagari" if is_devanagari else "inter", "".join(part)) for is_devanagari, part in parts]


def _kept(text: str, at: int, known: Container[int]) -> str:
    letter = text[at]
    if DEVANAGARI.match(letter):
        return letter
    if letter in JOINERS:
        return letter if at and DEVANAGARI.match(text[at - 1]) else ""
    category = unicodedata.category(letter)
    if category in ("Cc", "Cf") or SELECTORS.match(letter):
        return ""
    if ord(letter) in known:
        return letter
    return "" if category in ORNAMENTS else UNKNOWN
