"""Sheets of A4 in PeerLearn's type and colours, on which words of any script may be set."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import Literal, NamedTuple

from fpdf import FPDF

from chalicelib.domain.company import Company
from chalicelib.domain.india import INDIA
from chalicelib.gateways.papers.words import UNKNOWN, Family, legible, runs

FONTS = Path(__file__).parents[1] / "fonts"
FILES = {"inter": "Inter", "devanagari": "NotoSansDevanagari"}
WEIGHTS: dict[Literal["", "B"], str] = {"": "Regular", "B": "SemiBold"}
MARGIN, FOOT = 48.0, 56.0
UNKNOWN_NOTE = f"{UNKNOWN} stands for letters that this document's typefaces do not have."
Colour = tuple[int, int, int]
PRIMARY, INK, SOFT, LINE, TINT = (30, 58, 138), (15, 23, 42), (71, 84, 112), (223, 228, 238), (238, 242, 251)


class Style(NamedTuple):
    """How words are set; sizes and places are in points."""

    size: float = 9
    bold: bool = False
    colour: Colour = INK
    leading: float = 1.5

    @property
    def line(self) -> float:
        """From one baseline to the next."""
        return self.size * self.leading


def day(on: date) -> str:
    """As the site writes it."""
    return f"{on.day} {on:%B %Y}"


class Paper:
    """`top` (a baseline), `left`, `right` and `bottom` bound what may be written on; the foot is beneath."""

    def __init__(self, company: Company, title: str, made_on: date, *, landscape: bool = False):
        self._pdf = pdf = FPDF("landscape" if landscape else "portrait", "pt", "A4")
        self._company, self._loaded, self._unknown = company, set[tuple[str, str]](), False
        self._pages: list[list[Callable[[], None]]] = []
        pdf.set_auto_page_break(False)
        pdf.c_margin = 0
        pdf.set_title(title)
        pdf.set_author(company.name)
        pdf.set_creator(company.name)
        pdf.set_lang("en-IN")
        pdf.set_creation_date(datetime(made_on.year, made_on.month, made_on.day, tzinfo=INDIA))
        self.top, self.left = 64.0, MARGIN
        self.right, self.bottom = pdf.w - MARGIN, pdf.h - FOOT - 22
        self._use("inter", Style())
        self.next_page()

    def next_page(self) -> float:
        """A blank one; where its first baseline may be is the answer."""
        self._pages.append([])
        return self.top

    def finish(self) -> bytes:
        """The whole as a file: how many pages there are, and whether all could be written, is known only now."""
        for number, page in enumerate(self._pages, 1):
            self._pdf.add_page()
            for draw in page:
                draw()
            self._foot(f"Page {number} of {len(self._pages)}")
        return bytes(self._pdf.output())

    def words(self, x: float, y: float, text: str, style: Style) -> None:
        """One line whose baseline is at `y`."""
        shown = self._legible(text)
        self._pages[-1].append(lambda: self._write(x, y, shown, style))

    def words_to(self, x: float, y: float, text: str, style: Style) -> None:
        """One line that ends at `x`."""
        self.words(x - self.width(text, style), y, text, style)

    def lines(self, x: float, y: float, lines: Iterable[str], style: Style) -> float:
        """One under the other, the first one's baseline at `y`; where the next would be is the answer."""
        for line in lines:
            self.words(x, y, line, style)
            y += style.line
        return y

    def width(self, text: str, style: Style) -> float:
        """How long a line is."""
        total = 0.0
        for run in runs(self._legible(text)):
            self._use(run.family, style)
            total += self._pdf.get_string_width(run.text)
        return total

    def wrapped(self, text: str, width: float, style: Style) -> list[str]:
        """The text in lines of at most that width, broken between words, or within one that is too long."""
        lines = [""]
        for word in self._legible(text).split(" "):
            for part in self._cut(word, width, style):
                longer = f"{lines[-1]} {part}".strip()
                if self.width(longer, style) <= width:
                    lines[-1] = longer
                else:
                    lines.append(part)
        return [line for line in lines if line]

    def rule(self, y: float, colour: Colour = LINE, weight: float = 0.6) -> None:
        """A line from margin to margin."""
        self._pages[-1].append(lambda: self._rule(y, colour, weight))

    def panel(self, y: float, height: float, left: float, right: float) -> None:
        """A tinted ground to write on."""
        self._pages[-1].append(lambda: self._panel(left, y, right - left, height))

    def _foot(self, page: str) -> None:
        style, y, company = Style(7.5, colour=SOFT), self._pdf.h - FOOT, self._company
        tax = f"GSTIN {company.gstin}" if company.gstin else ""
        parts = [(company.name, *company.address), (tax, company.contact), (UNKNOWN_NOTE if self._unknown else "",)]
        lines = [line for each in parts if (line := "  ·  ".join(part for part in each if part))]
        self._rule(y - 12, LINE, 0.6)
        self._write(self.right - self.width(page, style), y, page, style)
        for number, line in enumerate(lines):
            self._write(self.left, y + number * style.line, self._legible(line), style)

    def _rule(self, y: float, colour: Colour, weight: float) -> None:
        self._pdf.set_draw_color(*colour)
        self._pdf.set_line_width(weight)
        self._pdf.line(self.left, y, self.right, y)

    def _panel(self, x: float, y: float, width: float, height: float) -> None:
        self._pdf.set_fill_color(*TINT)
        self._pdf.rect(x, y, width, height, style="F", round_corners=True, corner_radius=6)

    def _write(self, x: float, y: float, shown: str, style: Style) -> None:
        for run in runs(shown):
            self._use(run.family, style)
            width = self._pdf.get_string_width(run.text)
            if run.family == "inter":
                self._pdf.text(x, y, run.text)
            else:
                self._shaped(x, y, run.text, width, style)
            x += width

    def _shaped(self, x: float, y: float, text: str, width: float, style: Style) -> None:
        """Conjuncts are not written letter by letter: readers of the file are told the letters all the same."""
        with self._read_as(text):
            self._pdf.set_xy(x, y - 0.8 * style.size)  # a cell's baseline is at half its height and 0.3 of the letters'
            self._pdf.cell(width, style.size, text)

    @contextmanager
    def _read_as(self, text: str) -> Iterator[None]:
        self._pdf._out(f"/Span <</ActualText <FEFF{text.encode('utf-16-be').hex().upper()}>>> BDC")
        yield
        self._pdf._out("EMC")

    def _cut(self, word: str, width: float, style: Style) -> list[str]:
        if self.width(word, style) <= width:
            return [word]
        parts = [""]
        for letter in word:
            if parts[-1] and self.width(parts[-1] + letter, style) > width:
                parts.append("")
            parts[-1] += letter
        return parts

    def _legible(self, text: str) -> str:
        shown = legible(text, self._known)
        self._unknown = self._unknown or UNKNOWN in shown
        return shown

    @cached_property
    def _known(self) -> frozenset[int]:
        return frozenset(self._pdf.fonts["inter"].cmap)  # type: ignore[union-attr]

    def _use(self, family: Family, style: Style) -> None:
        weight: Literal["", "B"] = "B" if style.bold else ""
        if (family, weight) not in self._loaded:
            self._pdf.add_font(family, weight, FONTS / f"{FILES[family]}-{WEIGHTS[weight]}.ttf")
            self._loaded.add((family, weight))
        self._pdf.set_text_shaping(family == "devanagari")
        self._pdf.set_font(family, weight, style.size)
        self._pdf.set_text_color(*style.colour)
