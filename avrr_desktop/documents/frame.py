"""Parts that several papers are built of: title, facts, signature lines."""

from __future__ import annotations

from collections.abc import Sequence

from avrr_desktop.documents import blocks as piece
from avrr_desktop.documents.blocks import Block, Cell
from avrr_desktop.documents.paper import GUTTER, Setting

LABEL = 120.0
"""Width of the column of labels beside facts, in points."""

SIGNATURE = 0.62
"""Share of the width that a signature's line takes; place and date take the rest."""


ROOM, CLOSE = 34.0, 28.0
"""Points above a signature's line, and where they stand in columns: a centimetre is enough for a name."""


def title(setting: Setting, key: str) -> list[Block]:
    """Set the paper's title in every language."""
    return setting.said(key, piece.TITLE)


def names(setting: Setting, people: Sequence[str]) -> list[Block]:
    """Set each name on its own line, as the travel document has it; more than two names in two columns."""
    width = (setting.width - GUTTER) / 2 if len(people) > 2 else setting.width
    lefts = (0.0, width + GUTTER) if len(people) > 2 else (0.0,)
    rows = [people[at : at + len(lefts)] for at in range(0, len(people), len(lefts))]
    return [
        block
        for row in rows
        for block in piece.row(
            [Cell(name, left, width, piece.MEDIUM) for left, name in zip(lefts, row, strict=False)], setting.fonts
        )
    ]


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
    return piece.kept(_signature(setting, setting.label(role, **values), name, 0, setting.width, ROOM), last=False)


def signatures(setting: Setting, signers: Sequence[tuple[str, str]]) -> list[Block]:
    """
    Leave room for everybody who signs, (role, name) each: one below the other, three or more in two columns.

    Those in columns stay on one page, so that nobody signs a page of their own.
    """
    if len(signers) < 3:
        return [block for role, name in signers for block in signature(setting, role, name)]
    width = (setting.width - GUTTER) / 2
    rows: list[Block] = []
    for at in range(0, len(signers), 2):
        pair = zip((0.0, width + GUTTER), signers[at : at + 2], strict=False)
        rows.append(
            piece.side_by_side(
                _signature(setting, setting.label(role), name, left, width, CLOSE) for left, (role, name) in pair
            )
        )
    return piece.kept(rows, last=False)


def _signature(setting: Setting, role: str, name: str, left: float, width: float, room: float) -> list[Block]:
    gap = 24.0 if width == setting.width else 12.0
    first = width * SIGNATURE
    second = left + first + gap
    rest = width - first - gap
    who = [
        *piece.row([Cell(name or "\u00a0", left, first, piece.MEDIUM)], setting.fonts),
        *piece.row([Cell(role, left, first, piece.SMALL)], setting.fonts),
    ]
    # The blank makes the small line share the baseline of the name beside it.
    beside = [
        Cell("\u00a0", left, first, piece.MEDIUM),
        Cell(setting.label("sign.place_date"), second, rest, piece.SMALL),
    ]
    return [
        piece.space(room),
        piece.rule(first, left=left, keep=True),
        piece.rule(rest, left=second, keep=True),
        piece.space(3),
        piece.side_by_side((who, piece.row(beside, setting.fonts))),
    ]
