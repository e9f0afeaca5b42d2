"""Put blocks on pages, number them and write the PDF."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from io import BytesIO

from reportlab.pdfgen.canvas import Canvas

from avrr_desktop.documents import text
from avrr_desktop.documents.blocks import HAIR, RULE_GREY, SMALL, STRONG, Block
from avrr_desktop.documents.fonts import Fonts, Weight
from avrr_desktop.documents.text import Style

MARGIN = 51.0
"""18 mm at the left, right and top; printers that shrink to fit keep the text readable."""

FOOT = 62.0
"""Where the body ends, from the lower edge; the footer stands below."""

REHEARSAL = "REHEARSAL"
"""The same word in every language: an officer anywhere must know it. Source: LOOK.md 1.8."""

Placed = list[tuple[float, Block]]
"""The blocks of one page with the distance of each from the top of the body."""


class Sheet(Enum):
    """Paper sizes in points, width and height."""

    A4 = (595.276, 841.89)
    LETTER = (612.0, 792.0)

    @property
    def column(self) -> float:
        """Width of the text."""
        return self.value[0] - 2 * MARGIN

    @property
    def body(self) -> float:
        """Height of the text."""
        return self.value[1] - MARGIN - FOOT


@dataclass(frozen=True, slots=True)
class Footer:
    """
    What stands at the foot of every page; no name ever does.

    Attributes:
        before, after: Texts around the page number, "H5R0-T8NW", "version 2" and the date.
        page: "page {page} of {pages}" in the paper's language.
        notes: Lines under it, such as "Translation not yet reviewed".
    """

    before: tuple[str, ...]
    page: str
    after: tuple[str, ...]
    notes: tuple[str, ...] = ()

    def line(self, page: int, pages: int) -> str:
        """Return the first line of the footer of *page*."""
        number = self.page.format(page=page, pages=pages)
        return " \u00b7 ".join((*self.before, number, *self.after))


def compose(blocks: Sequence[Block], height: float) -> list[Placed]:
    """
    Share *blocks* out over pages of *height* points, at least one page.

    A group of blocks that keep together moves to a new page as one; only one higher than a page is broken.
    """
    pages: list[Placed] = [[]]
    at = 0.0

    def turn(head: tuple[Block, ...]) -> None:
        nonlocal at
        pages.append([])
        at = 0.0
        for block in head:
            pages[-1].append((at, block))
            at += block.height

    for group in _groups(blocks):
        needed = sum(block.height for block in group)
        if at and at + needed > height and needed <= height - sum(block.height for block in group[0].head):
            if all(block.is_space for block in group):
                continue
            turn(group[0].head)
        for block in group:
            if at and at + block.height > height:
                turn(block.head)
            if block.is_space and not pages[-1] and len(pages) > 1:
                continue
            pages[-1].append((at, block))
            at += block.height
    return [page for page in pages if page] or [[]]


def write_pdf(
    blocks: Sequence[Block], *, title: str, footer: Footer, fonts: Fonts, sheet: Sheet, rehearsal: bool
) -> bytes:
    """
    Write the finished PDF: same blocks, same bytes.

    The file says *title* and no author, subject, keywords or time of its making. With *rehearsal* every page
    carries the word across it.
    """
    pages = compose(blocks, sheet.body)
    target = BytesIO()
    first = fonts.chains[Weight.REGULAR][0].name
    canvas = Canvas(target, pagesize=sheet.value, invariant=1, pageCompression=1, initialFontName=first)
    canvas.setTitle(title)
    canvas.setAuthor("")
    canvas.setSubject("")
    canvas.setCreator("")
    canvas.setProducer("")
    canvas.setKeywords("")
    for number, page in enumerate(pages, start=1):
        if rehearsal:
            _watermark(canvas, fonts, sheet)
        for at, block in page:
            block.draw(canvas, MARGIN, sheet.value[1] - MARGIN - at)
        _foot(canvas, footer.line(number, len(pages)), footer.notes, fonts, sheet)
        canvas.showPage()
    canvas.save()
    return target.getvalue()


def _groups(blocks: Sequence[Block]) -> list[list[Block]]:
    groups: list[list[Block]] = []
    joined = False
    for block in blocks:
        if joined:
            groups[-1].append(block)
        else:
            groups.append([block])
        joined = block.keep
    return groups


def _foot(canvas: Canvas, line: str, notes: tuple[str, ...], fonts: Fonts, sheet: Sheet) -> None:
    canvas.setStrokeGray(RULE_GREY)
    canvas.setLineWidth(HAIR)
    canvas.line(MARGIN, FOOT - 14, MARGIN + sheet.column, FOOT - 14)
    strong = Style(SMALL.size, SMALL.leading, STRONG.weight)
    text.draw(canvas, MARGIN, FOOT - 27, line, fonts, strong)
    at = FOOT - 27 - SMALL.leading
    for words in (part for note in notes for part in text.wrap(note, fonts, SMALL, sheet.column)):
        text.draw(canvas, MARGIN, at, words, fonts, SMALL)
        at -= SMALL.leading


def _watermark(canvas: Canvas, fonts: Fonts, sheet: Sheet) -> None:
    width, height = sheet.value
    style = Style(84, 84, Weight.STRONG, grey=0.91)
    canvas.saveState()
    canvas.translate(width / 2, height / 2)
    canvas.rotate(52)
    text.draw(canvas, -text.width_of(REHEARSAL, fonts, style) / 2, -0.36 * style.size, REHEARSAL, fonts, style)
    canvas.restoreState()
