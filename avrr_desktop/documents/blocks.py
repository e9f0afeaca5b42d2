"""The pieces a page is built of: lines of text in columns, rules and space, each with its height."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from enum import Enum

from reportlab.pdfgen.canvas import Canvas

from avrr_desktop.documents import text
from avrr_desktop.documents.fonts import Fonts, Weight
from avrr_desktop.documents.text import Style

TITLE = Style(20, 27, Weight.STRONG)
TIME = Style(22, 27, Weight.STRONG)
LEAD = Style(12, 17, Weight.STRONG)
STRONG = Style(10, 14.5, Weight.STRONG)
MEDIUM = Style(10, 14.5, Weight.MEDIUM)
BODY = Style(10, 14.5)
SOFT = Style(10, 14.5, grey=0.3)
SMALL = Style(8.5, 12.5, grey=0.3)
LARGE = Style(26, 36, Weight.MEDIUM)
"""The roles of LOOK.md 2 in points; secondary text is dark grey, 8:1 on white."""

HAIR, THICK = 0.4, 1.0
RULE_GREY = 0.7

Draw = Callable[[Canvas, float, float], None]
"""Draw from the left edge and the top edge given, both in points."""


class Align(Enum):
    """Where a line stands in its column."""

    START = "start"
    END = "end"


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """
    A piece that is never cut.

    Attributes:
        height: Points.
        draw: Draws it, inside its height.
        keep: It stays on one page with the block after it.
        head: Blocks drawn again above it when it begins a page; empty for none.
        is_space: It vanishes at the top of a page.
    """

    height: float
    draw: Draw
    keep: bool = False
    head: tuple[Block, ...] = ()
    is_space: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """Text of one column: where it begins, how wide it is, how it is set."""

    content: str
    left: float
    width: float
    style: Style = BODY
    align: Align = Align.START


def row(cells: Sequence[Cell], fonts: Fonts, *, keep: bool = False) -> list[Block]:
    """
    Set *cells* side by side, a block for each line, so that a long cell goes on over the page.

    Up to six lines stay together; of more, the first two and the last two do. With *keep* the last line
    stays with what follows.
    """
    columns = [(cell, text.wrap(cell.content, fonts, cell.style, cell.width)) for cell in cells]
    depth = max((len(lines) for _, lines in columns), default=0)
    blocks = []
    for at in range(depth):
        parts = [(cell, lines[at]) for cell, lines in columns if at < len(lines) and lines[at]]
        leading = max(cell.style.leading for cell, _ in columns)
        together = depth <= 6 or at == 0 or at == depth - 2
        blocks.append(Block(leading, _line(parts, leading, fonts), keep=keep if at == depth - 1 else together))
    return blocks


def paragraph(content: str, left: float, width: float, fonts: Fonts, style: Style = BODY) -> list[Block]:
    """Set running text in one column."""
    return row([Cell(content, left, width, style)], fonts)


def side_by_side(columns: Iterable[Sequence[Block]]) -> Block:
    """Join columns of blocks into one piece as high as the highest."""
    made = [tuple(column) for column in columns]

    def draw(canvas: Canvas, left: float, top: float) -> None:
        for column in made:
            at = top
            for block in column:
                block.draw(canvas, left, at)
                at -= block.height

    return Block(max(sum(block.height for block in column) for column in made), draw)


def space(height: float, *, keep: bool = False) -> Block:
    """Leave *height* points free; nothing at the top of a page."""
    return Block(height, _nothing, keep=keep, is_space=True)


def rule(width: float, *, left: float = 0, thickness: float = HAIR, keep: bool = False, height: float = 0) -> Block:
    """Draw a line from *left*, *width* points long, in the middle of *height*."""

    def draw(canvas: Canvas, edge: float, top: float) -> None:
        canvas.setStrokeGray(0 if thickness >= THICK else RULE_GREY)
        canvas.setLineWidth(thickness)
        canvas.line(edge + left, top - height / 2, edge + left + width, top - height / 2)

    return Block(height, draw, keep=keep)


def kept(blocks: Sequence[Block], *, last: bool = True) -> list[Block]:
    """Keep *blocks* on one page, and with *last* also with what follows."""
    return [replace(block, keep=last or at < len(blocks) - 1) for at, block in enumerate(blocks)]


def headed(blocks: Sequence[Block], head: Sequence[Block]) -> list[Block]:
    """Have *head* drawn again wherever one of *blocks* begins a page."""
    return [replace(block, head=tuple(head)) for block in blocks]


def _line(parts: Sequence[tuple[Cell, str]], leading: float, fonts: Fonts) -> Draw:
    def draw(canvas: Canvas, edge: float, top: float) -> None:
        # Columns of different sizes share one baseline: capitals, 0.71 em high, in the middle of the leading,
        # a little higher for what hangs below.
        size = max(cell.style.size for cell, _ in parts)
        baseline = top - leading / 2 - 0.32 * size
        for cell, words in parts:
            left = edge + cell.left
            if cell.align is Align.END:
                left += cell.width - text.width_of(words, fonts, cell.style)
            text.draw(canvas, left, baseline, words, fonts, cell.style)

    return draw


def _nothing(canvas: Canvas, left: float, top: float) -> None:
    """Draw nothing."""
