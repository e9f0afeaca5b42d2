"""The recovery sheet, printed once when a laptop is set up and locked away. Source: DESIGN.md 5.3."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from avrr_desktop.documents import blocks as piece
from avrr_desktop.documents import formats, frame, text
from avrr_desktop.documents.blocks import Block, Cell
from avrr_desktop.documents.pages import Sheet
from avrr_desktop.documents.paper import Audience, Setting, Stamp, check_printable, finish, open_setting
from avrr_desktop.documents.wording import Wording

AUDIENCE = Audience.INTERNAL

BETWEEN = 22.0
"""Room between two groups of the code, in points."""


@dataclass(frozen=True, slots=True)
class RecoveryValues:
    """All that the sheet may print; *groups* are the parts of the code in the order of typing."""

    office: str
    laptop: str
    made_on: date
    groups: tuple[str, ...]


def render(
    values: RecoveryValues,
    *,
    wording: Wording,
    mirror: Wording | None = None,
    guards: Sequence[Wording] = (),
    fonts: Path,
    rehearsal: bool,
    sheet: Sheet = Sheet.A4,
) -> bytes:
    """Make the sheet as PDF; arguments as in `plan.render`. It names no person and no case."""
    setting = open_setting(wording, mirror, guards, fonts, sheet)
    check_printable(values, setting)
    blocks = [
        *frame.title(setting, "recovery.title"),
        piece.space(8),
        *frame.facts(
            setting,
            [
                ("recovery.office", values.office),
                ("recovery.laptop", values.laptop),
                ("recovery.made", formats.day(values.made_on, wording)),
            ],
        ),
        *setting.heading("recovery.code", before=24),
        piece.space(4, keep=True),
        piece.rule(setting.width, thickness=piece.THICK, keep=True),
        piece.space(14, keep=True),
        *_code(setting, values.groups),
        piece.space(14, keep=True),
        piece.rule(setting.width, thickness=piece.THICK),
        piece.space(8),
    ]
    for section in ("what", "how"):
        blocks += [*setting.heading(f"recovery.{section}"), *setting.said(f"recovery.{section}_text")]
    return finish(
        blocks,
        values,
        title=wording.text("recovery.title"),
        stamp=Stamp("", None, values.made_on),
        audience=AUDIENCE,
        setting=setting,
        rehearsal=rehearsal,
    )


def _code(setting: Setting, groups: Sequence[str]) -> list[Block]:
    """Set the groups in rows of equal columns, as many to a row as fit, at most four."""
    widest = max(text.width_of(group, setting.fonts, piece.LARGE) for group in groups)
    fitting = max(1, int((setting.width + BETWEEN) // (widest + BETWEEN)))
    across = min(4, fitting, len(groups))
    each = setting.width / across
    rows = [groups[at : at + across] for at in range(0, len(groups), across)]
    blocks: list[Block] = []
    for row in rows:
        cells = [Cell(group, at * each, each, piece.LARGE) for at, group in enumerate(row)]
        blocks += piece.row(cells, setting.fonts, keep=True)
    return blocks
