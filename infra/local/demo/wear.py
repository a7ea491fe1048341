"""Clothes, and what is put on last: glasses, jewellery, headphones."""

from collections.abc import Callable

from infra.local.demo.canvas import Canvas, mirrored, outline, oval
from infra.local.demo.look import Look
from infra.local.demo.palette import CLOTH

SHOULDERS = (
    "M28 540 C 32 452 84 416 190 388 C 206 410 226 422 256 422 C 286 422 306 410 322 388 C 428 416 480 452 484 540 Z"
)
ARM = "M118 540 C 116 500 112 476 102 456"


def body(canvas: Canvas, look: Look) -> None:
    """Shoulders and what covers them; the neck is drawn later, upon the collar's back."""
    _, shade = CLOTH[look.accent if look.wear == "saree" else look.colour]
    canvas.fill(outline("M176 398 C 186 360 206 352 256 352 C 306 352 326 360 336 398 L 300 440 L 212 440 Z"), shade)


def dressed(canvas: Canvas, look: Look) -> None:
    """The garment itself, over the neck."""
    plain, shade = CLOTH[look.colour]
    canvas.fill(outline(SHOULDERS), plain)
    for arm in (outline(ARM), mirrored(outline(ARM))):
        canvas.line(arm, shade, 6)
    _GARMENTS[look.wear](canvas, look)


def _tee(canvas: Canvas, look: Look) -> None:
    _, shade = CLOTH[look.colour]
    canvas.line(outline("M190 390 C 206 414 226 427 256 427 C 286 427 306 414 322 390"), shade, 10)


def _striped(canvas: Canvas, look: Look) -> None:
    body, (stripe, _) = outline(SHOULDERS), CLOTH[look.accent]
    for y in (436, 470, 504):
        canvas.line(outline(f"M20 {y + 26} Q 256 {y - 6} 492 {y + 26}"), stripe, 13, within=body)
    _tee(canvas, look)


def _collar(canvas: Canvas, look: Look) -> None:
    """A shirt with its collar open."""
    plain, shade = CLOTH[look.colour]
    canvas.line(outline("M256 436 L 256 540"), shade, 5)
    for y in (466, 500):
        canvas.fill(oval(256, y, 4.5), shade)
    wing = outline("M198 376 C 184 384 178 392 176 402 L 214 448 L 256 424 C 226 416 206 400 198 376 Z")
    for side in (wing, mirrored(wing)):
        canvas.fill([(x, y + 5) for x, y in side], shade)
        canvas.fill(side, plain)


def _blazer(canvas: Canvas, look: Look) -> None:
    """A jacket over a top in the accent colour."""
    plain, shade = CLOTH[look.colour]
    top, top_shade = CLOTH[look.accent]
    canvas.fill(outline("M188 384 C 206 408 226 419 256 419 C 286 419 306 408 324 384 L 300 540 L 212 540 Z"), top)
    canvas.line(outline("M190 386 C 206 410 226 422 256 422 C 286 422 306 410 322 386"), top_shade, 6)
    front = outline("M196 384 L 236 540 L 120 540 L 130 410 Z")
    lapel = outline("M196 382 C 176 388 160 394 150 400 L 158 444 L 184 446 L 176 462 L 234 540 L 226 470 Z")
    for part, colour in ((front, plain), (lapel, shade)):
        canvas.fill(part, colour)
        canvas.fill(mirrored(part), colour)


def _hoodie(canvas: Canvas, look: Look) -> None:
    plain, shade = CLOTH[look.colour]
    cord, _ = CLOTH[look.accent]
    roll = outline("M184 372 C 150 388 152 424 188 436 C 214 446 236 452 256 466 C 250 440 212 424 184 372 Z")
    for side in (roll, mirrored(roll)):
        canvas.fill(side, shade)
    for line in ("M226 446 Q 222 474 224 494", "M286 446 Q 290 470 287 506"):
        canvas.line(outline(line), cord, 5.5)


def _kurta(canvas: Canvas, look: Look) -> None:
    """A stand-up collar and a buttoned placket."""
    plain, shade = CLOTH[look.colour]
    trim, _ = CLOTH[look.accent]
    stand = outline(
        "M196 372 C 190 384 188 394 190 402 C 212 426 236 434 256 444 L 256 424 C 226 416 206 396 196 372 Z"
    )
    for side in (stand, mirrored(stand)):
        canvas.fill(side, shade)
    canvas.fill(outline("M242 436 L 270 436 L 270 540 L 242 540 Z"), shade)
    canvas.line(outline("M242 440 L 242 540"), trim, 3.5)
    canvas.line(outline("M270 440 L 270 540"), trim, 3.5)
    for y in (460, 492):
        canvas.fill(oval(256, y, 5), trim)


def _saree(canvas: Canvas, look: Look) -> None:
    """A drape over one shoulder with a border, upon a blouse in the accent colour."""
    plain, shade = CLOTH[look.colour]
    blouse, blouse_shade = CLOTH[look.accent]
    body = outline(SHOULDERS)
    canvas.fill(body, blouse)
    canvas.line(outline("M192 391 C 206 414 226 427 256 427 C 286 427 306 414 320 391"), blouse_shade, 6)
    drape = outline(
        "M312 380 C 350 396 400 410 440 428 C 420 476 330 540 240 560 L 120 560 C 220 500 290 440 312 380 Z"
    )
    edge = outline("M312 384 C 290 444 220 506 120 556")
    folds = [outline("M352 402 C 330 460 260 520 180 560"), outline("M396 414 C 376 466 310 520 240 556")]
    turned = (lambda points: points) if look.turn > 0 else mirrored
    canvas.fill(turned(drape), plain, within=body)
    for fold in folds:
        canvas.line(turned(fold), shade, 5, within=body)
    canvas.line(turned(edge), "#F9D077", 11, within=body)


def _turtleneck(canvas: Canvas, look: Look) -> None:
    plain, shade = CLOTH[look.colour]
    canvas.fill(
        outline(
            "M204 346 C 220 366 292 366 308 346 C 312 372 318 386 330 396 C 320 440 192 440 182 396 "
            "C 194 386 200 372 204 346 Z"
        ),
        plain,
    )
    canvas.line(outline("M186 398 C 214 424 298 424 326 398"), shade, 5.5)
    canvas.line(outline("M205 352 C 222 370 290 370 307 352"), shade, 5)


def _dungarees(canvas: Canvas, look: Look) -> None:
    """Straps and bib in the accent colour upon a plain top."""
    bib, bib_shade = CLOTH[look.accent]
    _tee(canvas, look)
    strap = outline("M150 398 L 186 390 L 214 470 L 184 474 Z")
    for side in (strap, mirrored(strap)):
        canvas.fill(side, bib)
    canvas.fill(outline("M168 466 C 220 474 292 474 344 466 L 360 540 L 152 540 Z"), bib)
    for x in (198, 314):
        canvas.fill(oval(x, 478, 8), "#F9D077")


_GARMENTS: dict[str, Callable[[Canvas, Look], None]] = {
    "tee": _tee,
    "striped": _striped,
    "collar": _collar,
    "blazer": _blazer,
    "hoodie": _hoodie,
    "kurta": _kurta,
    "saree": _saree,
    "turtleneck": _turtleneck,
    "dungarees": _dungarees,
}


def extras(canvas: Canvas, look: Look) -> None:
    """What is put on last, in the order it is named."""
    for name in look.extras:
        if name in _EXTRAS:
            _EXTRAS[name](canvas)


def _round_glasses(canvas: Canvas) -> None:
    _frames(canvas, [oval(220, 224, 33), oval(292, 224, 33)], "#232C4A", 6)


def _square_glasses(canvas: Canvas) -> None:
    left = outline(
        "M186 204 Q 186 198 194 198 L 242 198 Q 249 198 248 206 L 245 238 Q 243 250 230 250 L 204 250 "
        "Q 191 250 189 238 Z"
    )
    _frames(canvas, [left, mirrored(left)], "#1D1A22", 7)


def _gold_glasses(canvas: Canvas) -> None:
    _frames(canvas, [oval(220, 224, 34, 31), oval(292, 224, 34, 31)], "#C98A1B", 4.5)


def _frames(canvas: Canvas, lenses: list, colour: str, width: float) -> None:
    for lens in lenses:
        canvas.fill(lens, "#FFFFFF", opacity=0.08)
        canvas.line([*lens, lens[0]], colour, width)
    canvas.line(outline("M247 220 Q 256 213 265 220"), colour, width)
    for arm in (outline("M187 217 L 176 215"), mirrored(outline("M187 217 L 176 215"))):
        canvas.line(arm, colour, width)


def _bindi(canvas: Canvas) -> None:
    canvas.fill(oval(256, 180, 6.5), "#B3261E")


def _nose_stud(canvas: Canvas) -> None:
    canvas.fill(oval(238, 262, 3.6), "#F9D077")


def _drops(canvas: Canvas) -> None:
    for x in (166, 346):
        canvas.fill(oval(x, 262, 6), "#F5B731")
        canvas.fill(outline(f"M{x} 264 L{x + 10} 290 Q {x} 300 {x - 10} 290 Z"), "#F5B731")


def _hoops(canvas: Canvas) -> None:
    for x in (165, 347):
        hoop = oval(x, 276, 15, 18)
        canvas.line([*hoop, hoop[0]], "#F5B731", 5)


def _studs(canvas: Canvas) -> None:
    for x in (167, 345):
        canvas.fill(oval(x, 256, 6), "#FFFFFF")


def _headphones(canvas: Canvas) -> None:
    canvas.line(outline("M156 226 C 140 20 372 20 356 226"), "#232C4A", 15)
    for x in (156, 356):
        canvas.fill(oval(x, 234, 21, 36), "#F5B731")
        canvas.fill(oval(x, 234, 11, 24), "#232C4A")


_EXTRAS: dict[str, Callable[[Canvas], None]] = {
    "round-glasses": _round_glasses,
    "square-glasses": _square_glasses,
    "gold-glasses": _gold_glasses,
    "bindi": _bindi,
    "nose-stud": _nose_stud,
    "drops": _drops,
    "hoops": _hoops,
    "studs": _studs,
    "headphones": _headphones,
}
