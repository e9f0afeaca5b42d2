"""Parts that several papers are built of: title, facts, signature lines."""

from __future__ import annotations

from collections.abc import Sequence

from avrr_desktop.documents import blocks as piece
from avrr_desktop.documents.blocks import Block, Cell
from avrr_desktop.documents.paper import Setting

LABEL = 120.0
"""Width of the column of labels beside facts, in points."""

SIGNATURE = 0.62
"""Share of the width that a signature's line takes; place and date take the rest."""


def title(setting: Setting, key: str) -> list[Block]:
    """Set the paper's title in every language."""
    return setting.said(key, piece.TITLE)


def names(setting: Setting, people: Sequence[str]) -> list[Block]:
    """Set each name on its own line, as the travel document has it."""
    cells = [Cell(name, 0, setting.width, piece.MEDIUM) for name in people]
    return [block for cell in cells for block in piece.row([cell], setting.fonts)]


def facts(setting: Setting, pairs: Sequence[tuple[str, str]]) -> list[Block]:
    """Set label and value side by side, a row for each pair with a value; labels are keys of texts."""
    rows: list[Block] = []
    for key, value in pairs:
        if value:
            label = Cell(setting.label(key), 0, LABEL - 10, piece.SMALL)
            rows += piece.row([label, Cell(value, LABEL, setting.width - LABEL)], setting.fonts)
    return rows


def signature(setting: Setting, role: str, name: str, **values: str) -> list[Block]:
    """
    Leave room for one signature: a line with the name and role under it, and a line for place and date.

    Args:
        role: Key of the text that says in which role somebody signs.
        name: As in the document; "" when the person writes it.
        values: For the gaps of *role*.
    """
    first = setting.width * SIGNATURE
    second = first + 24
    rest = setting.width - second
    lines = [
        piece.rule(first, keep=True),
        piece.rule(rest, left=second, keep=True),
    ]
    under = [
        Cell(name or "\u00a0", 0, first, piece.MEDIUM),
        Cell(setting.label("sign.place_date"), second, rest, piece.SMALL),
    ]
    said = Cell(setting.label(role, **values), 0, first, piece.SMALL)
    return piece.kept(
        [
            piece.space(34),
            *lines,
            piece.space(3),
            *piece.row(under, setting.fonts),
            *piece.row([said], setting.fonts),
        ],
        last=False,
    )
