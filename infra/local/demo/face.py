"""Heads: neck, ears, the face's outline, and what is in it."""

from infra.local.demo.canvas import Canvas, Point, mirrored, outline, oval
from infra.local.demo.look import Look
from infra.local.demo.palette import EYE, HAIR, LIP, SKIN, TEETH

# The right half of each outline, from the crown to the chin; the left is its mirror image.
JAWS = {
    "oval": "M256 112 C 312 112 346 152 345 212 C 344 276 308 344 256 344",
    "round": "M256 114 C 316 114 350 156 350 216 C 350 288 312 340 256 340",
    "long": "M256 106 C 310 106 341 148 340 212 C 339 286 304 356 256 356",
    "square": "M256 112 C 314 112 346 150 346 210 C 346 292 326 346 256 348",
}
NECK = "M212 290 L300 290 C 300 350 304 372 322 392 C 300 436 212 436 190 392 C 208 372 212 350 212 290 Z"
BEARD = (
    "M150 206 C 172 226 182 258 192 272 C 206 286 214 272 256 272 C 298 272 306 286 320 272 C 330 258 340 226 362 206 "
    "L 366 300 L 306 380 L 206 380 L 146 300 Z"
)
MOUSTACHE = (
    "M256 281 C 240 271 220 275 210 293 C 230 290 246 294 256 290 C 266 294 282 290 302 293 C 292 275 272 271 256 281 Z"
)
BROWS = {
    "soft": ("M204 190 Q 222 177 241 187", 7),
    "arched": ("M203 191 Q 224 171 241 188", 5.5),
    "strong": ("M201 189 Q 221 178 242 188", 10),
    "level": ("M203 186 Q 222 181 241 186", 8),
}


def jaw(look: Look) -> list[Point]:
    """The face's whole outline."""
    right = outline(JAWS[look.jaw])
    return right + mirrored(right)[::-1]


def neck(canvas: Canvas, look: Look) -> None:
    """The neck, in the chin's shade."""
    plain, shade = SKIN[look.skin]
    throat = outline(NECK)
    canvas.fill(throat, plain)
    canvas.fill([(x, y + 26) for x, y in jaw(look)], shade, within=throat)


def head(canvas: Canvas, look: Look) -> None:
    """The head without its hair."""
    plain, shade = SKIN[look.skin]
    face = jaw(look)
    for ear in (oval(170, 232, 17, 25, -8), oval(342, 232, 17, 25, 8)):
        canvas.fill(ear, plain)
    for ear in (oval(168, 234, 8, 14, -8), oval(344, 234, 8, 14, 8)):
        canvas.fill(ear, shade, opacity=0.7)
    canvas.fill(face, plain)
    _shade(canvas, look, face)
    _beard(canvas, look, face)
    _eyes(canvas, look)
    _nose(canvas, look)
    _mouth(canvas, look)
    if "moustache" in look.extras:
        canvas.fill(outline(MOUSTACHE), HAIR[look.hair_colour][0])


def _shade(canvas: Canvas, look: Look, face: list[Point]) -> None:
    """The side away from the light, and colour in the cheeks."""
    _, shade = SKIN[look.skin]
    side = outline("M300 90 C 330 170 336 270 262 352 L 380 380 L 380 90 Z")
    canvas.fill(side if look.turn > 0 else mirrored(side), shade, opacity=0.35, within=face)
    blush = "#E0603F" if look.skin in ("umber", "deep", "brown") else "#EE7A64"
    for x in (202, 310):
        canvas.fill(oval(x, 264, 21, 15), blush, opacity=0.14 if look.skin == "deep" else 0.2, within=face)


def _beard(canvas: Canvas, look: Look, face: list[Point]) -> None:
    """From ear to ear under the mouth; a full one reaches beyond the chin, a shadow of one does not."""
    colour, _ = HAIR[look.hair_colour]
    if "stubble" in look.extras:
        canvas.fill(outline(BEARD), colour, opacity=0.24, within=face)
    if "beard" in look.extras:
        canvas.fill(outline(BEARD), colour, within=[(x, y + 12) if y > 250 else (x, y) for x, y in face])


def _eyes(canvas: Canvas, look: Look) -> None:
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


def _nose(canvas: Canvas, look: Look) -> None:
    _, shade = SKIN[look.skin]
    bridge = outline("M254 226 C 252 244 242 258 246 265 C 250 271 260 271 266 267")
    canvas.line(bridge if look.turn > 0 else mirrored(bridge), shade, 5.5)


def _mouth(canvas: Canvas, look: Look) -> None:
    line = "#3F1714" if look.skin in ("umber", "deep") else "#7E2A2C"
    if "beard" in look.extras:
        line = "#D98A78"
    if look.mouth == "grin":
        lips = outline("M222 291 Q 256 299 290 291 Q 286 324 256 324 Q 226 324 222 291 Z")
        canvas.fill(lips, "#7E2A2C")
        canvas.fill(outline("M222 288 L 290 288 L 286 304 Q 256 312 226 304 Z"), TEETH, within=lips)
    elif look.mouth == "lips":
        canvas.fill(outline("M230 296 Q 244 288 256 292 Q 268 288 282 296 Q 272 312 256 312 Q 240 312 230 296 Z"), LIP)
        canvas.line(outline("M226 294 Q 256 306 286 294"), line, 3.4)
    elif look.mouth == "aside":
        smile = outline("M236 301 Q 262 312 286 292")
        canvas.line(smile if look.turn > 0 else mirrored(smile), line, 5.5)
    else:
        canvas.line(outline("M225 293 Q 256 319 287 293"), line, 5.5)
