"""Heads: neck, ears, the face's outline, and what is in it."""

from typing import TYPE_CHECKING

from infra.local.demo.canvas import Canvas, Point, mirrored, outline, oval
from infra.local.demo.palette import EYE, HAIR, LIP, SKIN, TEETH

if TYPE_CHECKING:
    from infra.local.demo.portraits import Look

# The right half of each outline, from the crown to the chin; the left is its mirror image.
JAWS = {
    "oval": "M256 112 C 312 112 346 152 345 212 C 344 276 308 344 256 344",
    "round": "M256 114 C 316 114 350 156 350 216 C 350 288 312 340 256 340",
    "long": "M256 106 C 310 106 341 148 340 212 C 339 286 304 356 256 356",
    "square": "M256 112 C 314 112 346 150 346 210 C 346 292 326 346 256 348",
}
NECK = "M212 290 L300 290 C 300 350 304 372 322 392 C 300 436 212 436 190 392 C 208 372 212 350 212 290 Z"
BROWS = {
    "soft": ("M204 190 Q 222 177 241 187", 7),
    "arched": ("M203 191 Q 224 171 241 188", 5.5),
    "strong": ("M201 189 Q 221 178 242 188", 10),
    "level": ("M203 186 Q 222 181 241 186", 8),
}


def jaw(look: "Look") -> list[Point]:
    """The face's whole outline."""
    right = outline(JAWS[look.jaw])
    return right + mirrored(right)[::-1]


def neck(canvas: Canvas, look: "Look") -> None:
    """The neck, in the chin's shade."""
    plain, shade = SKIN[look.skin]
    throat = outline(NECK)
    canvas.fill(throat, plain)
    canvas.fill([(x, y + 26) for x, y in jaw(look)], shade, within=throat)


def head(canvas: Canvas, look: "Look") -> None:
    """The head without its hair."""
    plain, shade = SKIN[look.skin]
    face = jaw(look)
    for ear in (oval(170, 232, 17, 25, -8), oval(342, 232, 17, 25, 8)):
        canvas.fill(ear, plain)
    for ear in (oval(168, 234, 8, 14, -8), oval(344, 234, 8, 14, 8)):
        canvas.fill(ear, shade, opacity=0.7)
    canvas.fill(face, plain)
    _shade(canvas, look, face)
    _eyes(canvas, look)
    _nose(canvas, look)
    _mouth(canvas, look)


def _shade(canvas: Canvas, look: "Look", face: list[Point]) -> None:
    """The side away from the light, and colour in the cheeks."""
    _, shade = SKIN[look.skin]
    side = outline("M300 90 C 330 170 336 270 262 352 L 380 380 L 380 90 Z")
    canvas.fill(side if look.turn > 0 else mirrored(side), shade, opacity=0.35, within=face)
    blush = "#E0603F" if look.skin in ("umber", "deep", "brown") else "#EE7A64"
    for x in (202, 310):
        canvas.fill(oval(x, 266, 21, 15), blush, opacity=0.22, within=face)


def _eyes(canvas: Canvas, look: "Look") -> None:
    brow, width = BROWS[look.brows]
    colour = HAIR[look.hair_colour][0] if look.hair_colour not in ("silver", "grey") else "#7A7E89"
    for side in (outline(brow), mirrored(outline(brow))):
        canvas.line(side, colour, width)
    if "closed-eyes" in look.extras:
        lid = outline("M207 226 Q 222 238 237 226")
        for side in (lid, mirrored(lid)):
            canvas.line(side, EYE, 5.5)
        return
    for x in (222, 290):
        canvas.fill(oval(x, 223, 8.6, 10.4), EYE)
        canvas.fill(oval(x + 3, 219, 2.8), TEETH)
    if "lashes" in look.extras:
        lash = outline("M207 216 Q 213 209 226 211")
        for side in (lash, mirrored(lash)):
            canvas.line(side, EYE, 4.2)


def _nose(canvas: Canvas, look: "Look") -> None:
    _, shade = SKIN[look.skin]
    bridge = outline("M254 226 C 252 244 242 258 246 265 C 250 271 260 271 266 267")
    canvas.line(bridge if look.turn > 0 else mirrored(bridge), shade, 5.5)


def _mouth(canvas: Canvas, look: "Look") -> None:
    if look.mouth == "grin":
        lips = outline("M220 290 Q 256 299 292 290 C 288 326 224 326 220 290 Z")
        canvas.fill(lips, "#7E2A2C")
        canvas.fill(outline("M220 288 L292 288 L288 303 Q 256 311 224 303 Z"), TEETH, within=lips)
    elif look.mouth == "lips":
        canvas.fill(outline("M226 297 Q 243 286 256 292 Q 269 286 286 297 Q 272 316 256 316 Q 240 316 226 297 Z"), LIP)
        canvas.line(outline("M228 297 Q 256 304 284 297"), "#7E2A2C", 3)
    elif look.mouth == "aside":
        smile = outline("M236 301 Q 262 312 286 292")
        canvas.line(smile if look.turn > 0 else mirrored(smile), "#7E2A2C", 5.5)
    else:
        canvas.line(outline("M224 293 Q 256 320 288 293"), "#7E2A2C", 5.5)
