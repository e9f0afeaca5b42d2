"""The recovery sheet as a paper: made, drawn, saved. Its code is kept nowhere but on it."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from avrr_desktop.domain.clock import Clock, local_date
from avrr_desktop.services.saving import save_whole

if TYPE_CHECKING:
    from avrr_desktop.documents.preview import Picture

ENGLISH = "en"


@dataclass(frozen=True, slots=True)
class RecoverySheet:
    """A finished sheet: its PDF and how many pages it has."""

    pdf: bytes = field(repr=False)
    pages: int


def make_sheet(
    groups: tuple[str, ...],
    *,
    office: str,
    laptop: str,
    rehearsal: bool,
    zone: str,
    clock: Clock,
    fonts: Path,
    wording: Path,
    language: str = ENGLISH,
) -> RecoverySheet:
    """
    Make the sheet; in English where there is no wording in *language*.

    Args:
        groups: The recovery code in the order of typing.
        office, laptop: Their names.
        rehearsal: Printed across the sheet.
        zone: Time zone of the date on it.
        clock: The present instant.
        fonts, wording: Folders of the program.
        language: Of the sheet.

    Raises:
        NotPrintable: A name has characters no font draws.
    """
    from avrr_desktop.documents.preview import count_pages
    from avrr_desktop.documents.recovery import RecoveryValues, render
    from avrr_desktop.documents.wording import languages, load_wording

    spoken = language if language in languages(wording) else ENGLISH
    values = RecoveryValues(office, laptop, local_date(clock(), zone), groups)
    pdf = render(values, wording=load_wording(wording, spoken), fonts=fonts, rehearsal=rehearsal)
    return RecoverySheet(pdf, count_pages(pdf))


def draw_sheet(sheet: RecoverySheet, page: int, scale: float) -> Picture:
    """Draw one page, *scale* pixels a point."""
    from avrr_desktop.documents.preview import draw_page

    return draw_page(sheet.pdf, page, scale)


def save_sheet(sheet: RecoverySheet, target: Path) -> None:
    """
    Save the sheet, whole or not at all.

    Raises:
        Expected: As `saving.save_whole`.
    """
    save_whole(target, sheet.pdf)
