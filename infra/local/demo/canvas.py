"""A drawing surface for flat illustration: SVG-like paths on a 512-unit square, drawn large for smooth edges."""

import math
import re
from collections.abc import Iterable, Iterator, Sequence

from PIL import Image, ImageChops, ImageDraw

Point = tuple[float, float]
SIZE, FINER, STEPS = 512, 2, 26
LEFT, TOP, SHOWN = 28, 20, 456  # closer than the whole square: faces are also looked at no larger than a fingertip
EDGE = SIZE * FINER
SCALE = EDGE / SHOWN
_TOKEN = re.compile(r"[MLQCZ]|-?\d+(?:\.\d+)?")
_TAKES = {"M": 1, "L": 1, "Q": 2, "C": 3}


def outline(path: str) -> list[Point]:
    """The points of a path of M, L, Q, C and Z commands in absolute units; curves become short lines."""
    points: list[Point] = []
    for command, stops in _commands(_TOKEN.findall(path)):
        points += stops if command in "ML" else _curve([points[-1], *stops])
    return points


def _commands(tokens: Sequence[str]) -> Iterator[tuple[str, list[Point]]]:
    at, command = 0, "M"
    while at < len(tokens):
        if tokens[at].isalpha():
            command, at = tokens[at], at + 1
        if command == "Z":
            continue
        numbers = [float(token) for token in tokens[at : at + 2 * _TAKES[command]]]
        at += len(numbers)
        yield command, list(zip(numbers[::2], numbers[1::2], strict=True))


def _curve(stops: Sequence[Point]) -> list[Point]:
    degree = len(stops) - 1
    found = []
    for step in range(1, STEPS + 1):
        t = step / STEPS
        shares = [math.comb(degree, i) * t**i * (1 - t) ** (degree - i) for i in range(degree + 1)]
        found.append(
            (
                sum(s * x for s, (x, _) in zip(shares, stops, strict=True)),
                sum(s * y for s, (_, y) in zip(shares, stops, strict=True)),
            )
        )
    return found


def mirrored(points: Iterable[Point]) -> list[Point]:
    """The same on the other side of the picture's middle."""
    return [(SIZE - x, y) for x, y in points]


def oval(x: float, y: float, rx: float, ry: float | None = None, turn: float = 0) -> list[Point]:
    """An ellipse's outline, turned by some degrees."""
    ry, angle, sides = rx if ry is None else ry, math.radians(turn), 96
    found = []
    for step in range(sides):
        a = 2 * math.pi * step / sides
        dx, dy = rx * math.cos(a), ry * math.sin(a)
        found.append((x + dx * math.cos(angle) - dy * math.sin(angle), y + dx * math.sin(angle) + dy * math.cos(angle)))
    return found


class Canvas:
    """Shapes are laid one upon the other; `within` keeps a shape inside another's outline."""

    def __init__(self, background: str):
        self._image = Image.new("RGB", (EDGE, EDGE), background)

    def fill(
        self, points: Sequence[Point], colour: str, *, opacity: float = 1, within: Sequence[Point] | None = None
    ) -> None:
        """An area of one colour."""
        box = _box(points)
        mask = _mask(points, box, round(255 * opacity))
        if within is not None:
            mask = ImageChops.multiply(mask, _mask(within, box, 255))
        self._image.paste(colour, box, mask)

    def line(
        self, points: Sequence[Point], colour: str, width: float, *, within: Sequence[Point] | None = None
    ) -> None:
        """A stroke with round ends."""
        box = _box(points, width)
        mask = Image.new("L", (box[2] - box[0], box[3] - box[1]))
        draw, spots = ImageDraw.Draw(mask), _placed(points, box)
        draw.line(spots, fill=255, width=round(width * SCALE), joint="curve")
        for x, y in (spots[0], spots[-1]):
            radius = (width * SCALE - 1) / 2
            draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=255)
        if within is not None:
            mask = ImageChops.multiply(mask, _mask(within, box, 255))
        self._image.paste(colour, box, mask)

    def picture(self) -> Image.Image:
        """What has been drawn, at its final size."""
        return self._image.reduce(FINER)


def _box(points: Sequence[Point], margin: float = 1) -> tuple[int, int, int, int]:
    xs, ys = [x - LEFT for x, _ in points], [y - TOP for _, y in points]
    left, top = (min(EDGE - 1, max(0, math.floor((min(v) - margin) * SCALE))) for v in (xs, ys))
    right, bottom = (min(EDGE, math.ceil((max(v) + margin) * SCALE)) for v in (xs, ys))
    return left, top, max(right, left + 1), max(bottom, top + 1)


def _placed(points: Sequence[Point], box: tuple[int, int, int, int]) -> list[Point]:
    return [((x - LEFT) * SCALE - box[0], (y - TOP) * SCALE - box[1]) for x, y in points]


def _mask(points: Sequence[Point], box: tuple[int, int, int, int], value: int) -> Image.Image:
    mask = Image.new("L", (box[2] - box[0], box[3] - box[1]))
    ImageDraw.Draw(mask).polygon(_placed(points, box), fill=value)
    return mask
