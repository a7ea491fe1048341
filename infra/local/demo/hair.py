"""Hair, and what is worn instead of showing it: the part behind the head and the part before it."""

from collections.abc import Callable

from infra.local.demo.canvas import Canvas, Point, mirrored, outline, oval
from infra.local.demo.look import Look
from infra.local.demo.palette import CLOTH, HAIR

# Areas in hair colour drawn before the body.
BEHIND = {
    "long": (
        "M256 76 C 150 72 132 170 138 260 C 142 340 112 400 124 452 L 388 452 C 400 400 370 340 374 260 C 380 170 "
        "362 72 256 76 Z"
    ),
    "wavy": (
        "M256 72 C 158 66 122 150 134 222 C 142 262 104 284 112 330 C 118 362 96 384 106 424 C 116 462 172 458 200 "
        "440 L 312 440 C 340 458 396 462 406 424 C 416 384 394 362 400 330 C 408 284 370 262 378 222 C 390 150 354 "
        "66 256 72 Z"
    ),
    "bob": (
        "M256 78 C 146 76 128 168 134 252 C 138 306 138 344 166 352 C 200 358 220 334 256 334 C 292 334 312 358 346 "
        "352 C 374 344 374 306 378 252 C 384 168 366 76 256 78 Z"
    ),
    "braid": ("M256 84 C 166 84 152 160 158 244 C 176 320 336 320 354 244 C 360 160 346 84 256 84 Z"),
    "low-bun": ("M256 84 C 166 84 152 160 158 236 L 354 236 C 360 160 346 84 256 84 Z"),
}
# Areas drawn over the face. The hairline is what tells one head from another.
BEFORE = {
    "long": (
        "M256 86 C 176 84 150 150 160 250 C 178 226 196 168 262 132 C 300 164 330 200 352 250 C 362 150 336 84 256 86 Z"
    ),
    "wavy": (
        "M300 92 C 200 62 138 140 146 306 C 164 300 172 270 176 244 C 180 214 194 188 218 176 C 254 166 288 152 304 "
        "130 C 322 164 332 206 338 252 C 344 290 352 302 366 306 C 384 190 356 96 300 92 Z"
    ),
    "bob": (
        "M256 82 C 166 82 148 160 152 268 C 166 280 176 262 176 232 C 180 204 190 186 204 176 C 250 182 296 172 322 "
        "156 C 332 190 334 220 336 240 C 338 268 348 280 360 268 C 364 160 346 82 256 82 Z"
    ),
    "braid": (
        "M256 92 C 182 92 158 152 164 232 C 182 214 190 172 256 124 C 322 172 330 214 348 232 C 354 152 330 92 256 92 Z"
    ),
    "low-bun": (
        "M256 92 C 182 92 158 150 164 226 C 178 210 186 160 236 130 C 296 140 332 180 348 226 C 354 150 330 92 256 92 Z"
    ),
    "side-part": (
        "M214 96 C 168 108 156 160 164 226 C 172 222 178 206 180 188 C 192 172 204 158 212 146 C 244 164 300 166 "
        "326 158 C 334 172 336 206 348 226 C 358 150 346 92 282 84 C 254 80 232 84 214 96 Z"
    ),
    "quiff": (
        "M164 222 C 156 176 156 134 172 106 C 188 74 226 60 268 62 C 316 64 344 90 344 122 C 354 150 356 184 348 "
        "222 C 340 206 334 186 330 164 C 318 152 306 146 296 130 C 270 148 226 152 200 142 C 190 152 184 164 182 "
        "178 C 178 200 172 214 164 222 Z"
    ),
    "crop": (
        "M256 90 C 184 90 158 144 164 216 C 171 208 177 190 181 168 C 186 152 196 144 210 140 C 240 131 272 131 302 "
        "140 C 316 144 326 152 331 168 C 335 190 341 208 348 216 C 354 144 328 90 256 90 Z"
    ),
    "receding": (
        "M178 138 C 162 164 160 190 164 226 C 172 220 178 200 182 182 C 186 168 190 156 198 146 C 210 128 236 120 "
        "256 120 C 276 120 302 128 314 146 C 322 156 326 168 330 182 C 334 200 340 220 348 226 C 352 190 350 164 "
        "334 138 C 314 98 198 98 178 138 Z"
    ),
    "fringe": (
        "M250 78 C 164 78 148 156 154 236 C 163 236 173 218 178 188 Q 200 190 212 166 Q 226 186 244 164 Q 262 184 "
        "282 160 Q 300 182 326 176 C 336 192 342 220 350 234 C 364 158 346 78 250 78 Z"
    ),
}
BEFORE["top-bun"] = BEFORE["low-bun"]
GLINT = {
    "long": "M196 130 Q 210 106 244 100",
    "wavy": "M190 128 Q 214 98 262 98",
    "bob": "M186 136 Q 206 106 250 100",
    "braid": "M196 136 Q 212 112 242 106",
    "low-bun": "M264 110 Q 304 116 324 150",
    "side-part": "M250 102 Q 296 98 322 128",
    "quiff": "M212 104 Q 244 82 294 86",
    "crop": "M206 120 Q 230 108 262 108",
    "fringe": "M190 136 Q 206 106 246 98",
}
TURBAN_FOLDS = (
    "M152 178 C 176 128 260 96 352 92",
    "M156 140 C 200 92 270 70 330 66",
    "M360 182 C 342 150 300 124 256 106",
    "M366 150 C 346 120 318 104 290 96",
)


def behind(canvas: Canvas, look: Look) -> None:
    """What hangs behind the shoulders."""
    colour, _ = HAIR[look.hair_colour]
    special = _BEHIND.get(look.hair)
    if special:
        special(canvas, look)
    if look.hair in BEHIND:
        canvas.fill(_sided(look, BEHIND[look.hair]), colour)


def before(canvas: Canvas, look: Look) -> None:
    """What frames the face."""
    colour, light = HAIR[look.hair_colour]
    if look.hair in BEFORE:
        canvas.fill(_sided(look, BEFORE[look.hair]), colour)
    if look.hair in GLINT:
        canvas.line(_sided(look, GLINT[look.hair]), light, 7)
    special = _BEFORE.get(look.hair)
    if special:
        special(canvas, look)


def _sided(look: Look, path: str) -> list[Point]:
    return outline(path) if look.turn > 0 else mirrored(outline(path))


def _circles(text: str) -> list[list[float]]:
    """x, y and radius of each."""
    return [[float(number) for number in circle.split(",")] for circle in text.split()]


def _top_bun(canvas: Canvas, look: Look) -> None:
    colour, light = HAIR[look.hair_colour]
    canvas.fill(oval(256, 74, 50, 44), colour)
    canvas.line(outline("M226 66 Q 238 46 262 44"), light, 6)


def _side_bun(canvas: Canvas, look: Look) -> None:
    colour, light = HAIR[look.hair_colour]
    x = 256 - 88 * look.turn
    canvas.fill(oval(x, 292, 44, 42), colour)
    canvas.line(outline(f"M{x - 22} 280 Q {x - 4} 262 {x + 20} 274"), light, 5)
    if "flowers" in look.extras:
        for dx, dy in ((-30, -30), (-40, -8), (-38, 14), (-12, -42)):
            canvas.fill(oval(x + dx * look.turn, 292 + dy, 12), "#FFFFFF")
            canvas.fill(oval(x + dx * look.turn, 292 + dy, 4.5), "#F9D077")


def _cloud(canvas: Canvas, look: Look) -> None:
    """A round natural crown."""
    colour, _ = HAIR[look.hair_colour]
    for x, y, r in _circles("256,150,120 160,176,66 352,176,66 190,110,66 322,110,66 256,92,62 154,236,48 358,236,48"):
        canvas.fill(oval(x, y, r), colour)


def _cloud_line(canvas: Canvas, look: Look) -> None:
    colour, light = HAIR[look.hair_colour]
    for x, y, r in _circles(
        "180,168,24 202,142,27 230,128,26 258,124,26 284,128,26 310,142,27 332,168,24 168,196,16 344,196,16"
    ):
        canvas.fill(oval(x, y, r), colour)
    for x, y in ((186, 96), (226, 70), (274, 66), (146, 160)):
        canvas.line(outline(f"M{x} {y + 12} Q {x + 6} {y} {x + 20} {y - 2}"), light, 6)


def _curls(canvas: Canvas, look: Look) -> None:
    colour, light = HAIR[look.hair_colour]
    for x, y, r in _circles(
        "170,190,22 172,156,28 190,124,32 224,104,34 262,98,36 300,110,34 328,138,30 342,172,24 "
        "344,198,16 228,138,28 268,134,28 304,146,24"
    ):
        canvas.fill(oval(x, y, r), colour)
    for x, y in ((190, 116), (236, 94), (284, 96), (254, 128)):
        canvas.line(outline(f"M{x - 10} {y + 6} Q {x} {y - 10} {x + 12} {y}"), light, 5.5)


def _plait(canvas: Canvas, look: Look) -> None:
    """A thick braid laid over one shoulder."""
    colour, light = HAIR[look.hair_colour]
    side = look.turn
    for step in range(6):
        x, y, wide = 256 - (96 + 3 * step) * side, 300 + step * 26, 15 - step
        for lean in (1, -1):
            canvas.fill(oval(x + lean * 11, y, wide, 24, lean * 32), colour)
        canvas.line(outline(f"M{x - 16} {y - 2} Q {x - 4} {y + 16} {x} {y + 18}"), light, 3.5)
    x = 256 - 114 * side
    canvas.fill(outline(f"M{x - 11} 452 L{x + 11} 452 L{x + 18} 500 L{x - 18} 500 Z"), colour)
    canvas.line(outline(f"M{x - 9} 453 L{x + 9} 453"), CLOTH[look.accent][0], 9)


def _hijab_back(canvas: Canvas, look: Look) -> None:
    _, shade = CLOTH[look.accent]
    canvas.fill(
        outline(
            "M256 66 C 140 66 128 176 136 262 C 142 336 110 404 96 470 L 416 470 C 402 404 370 336 376 262 "
            "C 384 176 372 66 256 66 Z"
        ),
        shade,
    )


def _hijab(canvas: Canvas, look: Look) -> None:
    """A scarf around the face, folded under the chin and over one shoulder."""
    plain, shade = CLOTH[look.accent]
    ring = outline(
        "M256 70 C 150 68 138 166 142 250 C 146 330 176 404 256 410 C 336 404 366 330 370 250 C 374 166 362 68 256 70 Z"
    )
    opening = outline(
        "M256 136 C 312 136 334 172 333 222 C 332 282 300 338 256 338 C 212 338 180 282 179 222 "
        "C 178 172 200 136 256 136 Z"
    )
    canvas.fill([*ring, ring[0], opening[0], *opening[::-1], opening[0], ring[0]], plain)
    canvas.line(outline("M196 152 Q 216 128 256 128 Q 300 128 318 154"), shade, 6)
    drape = _sided(
        look,
        "M176 330 C 200 372 300 384 352 320 C 366 352 372 380 350 408 C 290 450 190 448 128 470 "
        "C 132 420 150 372 176 330 Z",
    )
    canvas.fill(drape, plain)
    for fold in ("M182 350 C 214 392 300 398 352 350", "M164 392 C 214 424 300 416 344 392"):
        canvas.line(_sided(look, fold), shade, 5)


def _turban(canvas: Canvas, look: Look) -> None:
    """Wound cloth: overlapping bands that cross above the brow."""
    plain, shade = CLOTH[look.accent]
    whole = outline(
        "M150 196 C 128 104 196 44 262 44 C 330 44 384 104 362 196 C 350 172 318 160 256 132 "
        "C 194 160 162 172 150 196 Z"
    )
    canvas.fill(whole, plain)
    for fold in TURBAN_FOLDS:
        canvas.line(_sided(look, fold), shade, 6, within=whole)


_BEHIND: dict[str, Callable[[Canvas, Look], None]] = {
    "top-bun": _top_bun,
    "low-bun": _side_bun,
    "cloud": _cloud,
    "hijab": _hijab_back,
}
_BEFORE: dict[str, Callable[[Canvas, Look], None]] = {
    "cloud": _cloud_line,
    "curls": _curls,
    "braid": _plait,
    "hijab": _hijab,
    "turban": _turban,
}
