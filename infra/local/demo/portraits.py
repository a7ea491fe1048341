"""Portraits of people who do not exist: flat illustrations, the same for the same look every time."""

import io
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from infra.local.demo import face, hair, wear
from infra.local.demo.canvas import Canvas, oval
from infra.local.demo.palette import BACKDROP


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


def portrait(look: Look) -> bytes:
    """A 512-pixel JPEG."""
    kept = io.BytesIO()
    draw(look).picture().save(kept, "JPEG", quality=92, subsampling=0)
    return kept.getvalue()


def draw(look: Look) -> Canvas:
    """From the back to the front."""
    field_colour, shape = BACKDROP[look.backdrop]
    canvas = Canvas(field_colour)
    canvas.fill(oval(256 + 70 * look.turn, 250, 236), shape)
    hair.behind(canvas, look)
    wear.body(canvas, look)
    face.neck(canvas, look)
    wear.dressed(canvas, look)
    face.head(canvas, look)
    hair.before(canvas, look)
    wear.extras(canvas, look)
    return canvas
