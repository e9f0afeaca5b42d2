"""What all papers share: whom they are for, the stamp at their foot, two languages, the last checks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from functools import lru_cache
from pathlib import Path

from avrr_desktop.documents import blocks as piece
from avrr_desktop.documents import formats, harm
from avrr_desktop.documents.blocks import Block, Cell
from avrr_desktop.documents.failures import NotPrintable
from avrr_desktop.documents.fonts import Fonts, load_fonts
from avrr_desktop.documents.pages import Footer, Sheet, write_pdf
from avrr_desktop.documents.text import Style, not_printable
from avrr_desktop.documents.wording import Wording

GUTTER = 20.0
"""Between the two language columns, in points."""


class Audience(Enum):
    """Who holds the paper; the first two are checked against `never_print`. Source: DESIGN.md 5.13."""

    CARRIED = "carried"
    THIRD_PARTY = "third_party"
    AUTHORITY = "authority"
    INTERNAL = "internal"

    @property
    def is_checked(self) -> bool:
        """True when the paper must hold no harmful word."""
        return self in (Audience.CARRIED, Audience.THIRD_PARTY)


@dataclass(frozen=True, slots=True)
class Stamp:
    """
    What the foot of a page says.

    Attributes:
        case_short: The short case number, "H5R0-T8NW"; "" on papers without a case.
        version: Number of the printed version; None on papers without versions.
        printed_on: Date of printing, given by the caller.
    """

    case_short: str
    version: int | None
    printed_on: date


@dataclass(frozen=True, slots=True, eq=False)
class Setting:
    """
    Fonts, sheet and the one or two languages of a paper.

    Attributes:
        own: The reader's language, first column.
        mirror: English beside it; None when the paper has one language.
        guards: Languages whose `never_print` counts although the paper does not speak them.
    """

    own: Wording
    mirror: Wording | None
    guards: tuple[Wording, ...]
    fonts: Fonts
    sheet: Sheet

    @property
    def voices(self) -> tuple[Wording, ...]:
        """The languages of the paper, the reader's first."""
        return (self.own,) if self.mirror is None else (self.own, self.mirror)

    @property
    def width(self) -> float:
        """Width of the text, both columns."""
        return self.sheet.column

    def columns(self, left: float = 0.0) -> list[tuple[Wording, float, float]]:
        """Return language, left edge and width of each language column, the first beginning at *left*."""
        each = (self.width - left - GUTTER * (len(self.voices) - 1)) / len(self.voices)
        return [(voice, left + at * (each + GUTTER), each) for at, voice in enumerate(self.voices)]

    def said(self, key: str, style: Style = piece.BODY, *, left: float = 0.0, **values: str) -> list[Block]:
        """Set the text of *key* in every language, side by side."""
        cells = [Cell(voice.text(key, **values), at, width, style) for voice, at, width in self.columns(left)]
        return piece.row(cells, self.fonts)

    def heading(self, key: str, *, before: float = 16.0) -> list[Block]:
        """Set a section's heading in every language; it stays with what follows."""
        return [
            piece.space(before, keep=True),
            *piece.kept(self.said(key, piece.LEAD)),
            piece.space(2, keep=True),
        ]

    def label(self, key: str, **values: str) -> str:
        """Return a short text in every language, joined with a middle dot; once when all say the same."""
        return " \u00b7 ".join(dict.fromkeys(voice.text(key, **values) for voice in self.voices))


def open_setting(
    wording: Wording, mirror: Wording | None, guards: Sequence[Wording], fonts: Path, sheet: Sheet
) -> Setting:
    """Load the fonts and drop a mirror that would say everything twice."""
    twin = mirror is not None and mirror.language == wording.language
    return Setting(wording, None if twin else mirror, tuple(guards), load_fonts(fonts), sheet)


def check_printable(values: object, setting: Setting) -> None:
    """
    Refuse values and texts with a character no font draws.

    Raises:
        NotPrintable: Names the characters and the field.
    """
    for field, text in harm.strings_of(values):
        lacking = not_printable(text, setting.fonts)
        if lacking:
            raise NotPrintable(lacking, field)
    for voice in setting.voices:
        _check_wording(voice, setting.fonts)


def finish(
    blocks: Sequence[Block],
    values: object,
    *,
    title: str,
    stamp: Stamp,
    audience: Audience,
    setting: Setting,
    rehearsal: bool,
    run: str = "",
    origin: str = "",
) -> bytes:
    """
    Check, write and check again on the finished pages.

    Args:
        run, origin: Which record was printed, on the first line of the foot, and what it was made from, on the
            second; "" for none.

    Raises:
        HarmfulWord: A paper that leaves the office would hold a stem.
    """
    watched = (*setting.voices, *setting.guards)
    if audience.is_checked:
        harm.check_values(values, watched)
    content = write_pdf(
        blocks,
        title=title,
        footer=_footer(stamp, setting, run, origin),
        fonts=setting.fonts,
        sheet=setting.sheet,
        rehearsal=rehearsal,
    )
    if audience.is_checked:
        harm.check_pdf(content, watched)
    return content


@lru_cache(maxsize=64)
def _check_wording(voice: Wording, fonts: Fonts) -> None:
    """Refuse a language whose texts have a character no font draws; asked once for each file read."""
    numbers = {"months": "".join((*voice.months, *voice.short_months, *voice.weekdays, voice.group, voice.decimal))}
    for key, text in {**voice.texts, **numbers}.items():
        lacking = not_printable(text, fonts)
        if lacking:
            raise NotPrintable(lacking, f"wording.{key}")


def _footer(stamp: Stamp, setting: Setting, run: str, origin: str) -> Footer:
    own = setting.own
    before = [formats.together(part) for part in (stamp.case_short, run) if part]
    if stamp.version is not None:
        before.append(own.text("footer.version", version=str(stamp.version)))
    said = " \u00b7 ".join((*((origin,) if origin else ()), *_unreviewed(setting)))
    return Footer(
        tuple(before), own.texts["footer.page"], (formats.day(stamp.printed_on, own),), (said,) if said else ()
    )


def _unreviewed(setting: Setting) -> tuple[str, ...]:
    """Say in each language that nobody has approved a text. Source: DESIGN.md 5.14."""
    if all(voice.is_approved for voice in setting.voices):
        return ()
    kind = "text" if setting.own.is_approved or setting.own.language == "en" else "translation"
    return (" \u00b7 ".join(voice.text(f"footer.{kind}_not_reviewed") for voice in setting.voices),)
