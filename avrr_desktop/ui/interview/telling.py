"""The country sheets beside the page about information: what there is to tell and what was told; no Qt."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from avrr_desktop.domain.acting import Actor
from avrr_desktop.domain.casefile import Case
from avrr_desktop.domain.counselling import HandedHow
from avrr_desktop.services.country_sheets import SheetView, hand_sheet, handed_sheets, sheets
from avrr_desktop.services.desk import Desk, Done

PAGE = "information"
"""Name of the form's group about what the person knows."""


@dataclass(frozen=True, slots=True)
class Told:
    """That a sheet reached the person: how and when."""

    how: HandedHow
    at: datetime


@dataclass(frozen=True, slots=True)
class SheetLine:
    """A sheet of the destination, and how it reached this person in this interview, oldest first."""

    sheet: SheetView
    told: tuple[Told, ...]


@dataclass(frozen=True, slots=True)
class Destination:
    """
    What can be told about where the person returns to.

    Attributes:
        country, place: Where; "" for not known yet.
        lines: Its sheets.
        now: When this was read, for "today" and "yesterday".
    """

    country: str
    place: str
    lines: tuple[SheetLine, ...]
    now: datetime


def is_about_information(place: str) -> bool:
    """Tell whether the topic *place* is the page about information."""
    return place.rpartition("/")[2] == PAGE


def destination(desk: Desk, actor: Actor, case: str, interview: str, language: str) -> Destination:
    """Read what can be told; sheets in *language* go first."""
    held = desk.one(Case, case) or Case()
    country, place = held.destination_country or "", held.destination_place or ""
    told = handed_sheets(desk, actor, case, interview)
    lines = tuple(
        SheetLine(one, tuple(Told(t.how, t.at) for t in told if t.sheet == one.id and t.how and t.at))
        for one in (sheets(desk, actor, country, place, language) if country else ())
    )
    return Destination(country, place, lines, desk.clock())


def hand(
    desk: Desk, actor: Actor, case: str, interview: str, person: str, sheet: SheetView, how: HandedHow, spoken: str
) -> Done[None]:
    """Record that *sheet* reached the person; read aloud it does so in the language *spoken*, else in its own."""
    language = spoken if how is HandedHow.READ_ALOUD else sheet.language
    done = hand_sheet(desk, actor, case, interview, person, sheet.id, how, language)
    return Done(None, done.changes, done.before)
