"""Portraits of people who do not exist: flat illustrations, the same for the same look every time."""

import io

from infra.local.demo import face, hair, wear
from infra.local.demo.canvas import Canvas, oval
from infra.local.demo.look import Look
from infra.local.demo.palette import BACKDROP


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
