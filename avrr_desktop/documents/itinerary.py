"""The journey as the traveller reads it: where to be, when, whom to call. Source: DOMAIN.md 6.3."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from pathlib import Path

from avrr_desktop.documents import blocks as piece
from avrr_desktop.documents import formats, frame
from avrr_desktop.documents.blocks import Block, Cell
from avrr_desktop.documents.pages import Sheet
from avrr_desktop.documents.paper import (
    GUTTER,
    Audience,
    Setting,
    Stamp,
    check_printable,
    finish,
    open_setting,
)
from avrr_desktop.documents.wording import Wording

AUDIENCE = Audience.CARRIED

WHEN = 104.0
"""Width of the column of times, in points."""

LOWER = (piece.TIME.leading - piece.LEAD.leading) / 2 + 0.32 * (piece.TIME.size - piece.LEAD.size)
"""Room above a place that brings it to the line of the time beside it; see `blocks.row`."""


class Stage(Enum):
    """Where a phone number helps; the value ends the key of its label."""

    BEFORE = "before"
    NIGHT = "night"
    WAY = "way"
    AFTER = "after"


@dataclass(frozen=True, slots=True)
class Place:
    """An airport as people know it ("Toronto Pearson"), its code ("YYZ") and terminal; both may be ""."""

    name: str
    code: str
    terminal: str


@dataclass(frozen=True, slots=True)
class Leg:
    """
    One flight.

    Attributes:
        flight: "TK 18".
        departs, arrives: Aware times in the zone of their own place.
        report_at: When to be at the airport; None to say nothing.
        meet_at: Where somebody waits, before this flight; "" for nobody.
        note: A sentence or two in the traveller's language; *note_mirror* the same in English; may be "".
    """

    flight: str
    origin: Place
    destination: Place
    departs: datetime
    arrives: datetime
    report_at: datetime | None
    meet_at: str
    note: str = ""
    note_mirror: str = ""


@dataclass(frozen=True, slots=True)
class Arrival:
    """What happens after the last flight: meeting point and a note in both languages; each may be ""."""

    meet_at: str
    note: str = ""
    note_mirror: str = ""


@dataclass(frozen=True, slots=True)
class Traveller:
    """Who travels, as in the travel document, and the baggage: pieces (0: say nothing), kilograms of each."""

    name: str
    pieces: int
    kilograms: int


@dataclass(frozen=True, slots=True)
class Phone:
    """A number somebody answers; *hours* may be ""."""

    stage: Stage
    place: str
    number: str
    hours: str


@dataclass(frozen=True, slots=True)
class ItineraryValues:
    """
    All that the itinerary may print.

    Attributes:
        legs: In the order of travel, at least one.
    """

    stamp: Stamp
    travellers: tuple[Traveller, ...]
    legs: tuple[Leg, ...]
    arrival: Arrival
    phones: tuple[Phone, ...]


def render(
    values: ItineraryValues,
    *,
    wording: Wording,
    mirror: Wording | None = None,
    guards: Sequence[Wording] = (),
    fonts: Path,
    rehearsal: bool,
    sheet: Sheet = Sheet.A4,
) -> bytes:
    """
    Make the itinerary as PDF; arguments and errors as in `plan.render`.

    Raises:
        ValueError: There is no leg, or a time without a zone.
    """
    if not values.legs or any(
        when is not None and when.utcoffset() is None
        for leg in values.legs
        for when in (leg.departs, leg.arrives, leg.report_at)
    ):
        raise ValueError("legs")
    setting = open_setting(wording, mirror, guards, fonts, sheet)
    check_printable(values, setting)
    blocks = [
        *frame.title(setting, "itinerary.title"),
        piece.space(4),
        *_travellers(setting, values.travellers),
        piece.rule(setting.width, thickness=piece.THICK, height=13, keep=True),
        *_journey(setting, values),
        *setting.said("itinerary.times", piece.SMALL),
        *_phones(setting, values.phones),
        *setting.heading("itinerary.hand"),
        *setting.said("itinerary.hand_list"),
    ]
    return finish(
        blocks,
        values,
        title=wording.text("itinerary.title"),
        stamp=values.stamp,
        audience=AUDIENCE,
        setting=setting,
        rehearsal=rehearsal,
    )


def _journey(setting: Setting, values: ItineraryValues) -> list[Block]:
    blocks: list[Block] = []
    for at, leg in enumerate(values.legs):
        following = values.legs[at + 1] if at + 1 < len(values.legs) else None
        blocks += [*_departure(setting, leg), piece.rule(setting.width, height=13)]
        blocks += _arrival(setting, leg, following, values.arrival)
        thickness = piece.HAIR if following else piece.THICK
        blocks.append(piece.rule(setting.width, thickness=thickness, height=13))
    return blocks


def _departure(setting: Setting, leg: Leg) -> list[Block]:
    columns = []
    for voice, left, width in setting.columns(WHEN):
        to = voice.text("itinerary.to", place=leg.destination.name)
        flight = voice.text("itinerary.flight", flight=formats.together(leg.flight))
        lines = [f"{flight} \u00b7 {to}"]
        if leg.report_at is not None:
            at = formats.clock(leg.report_at)
            if leg.report_at.date() != leg.departs.date():
                at += f" ({formats.weekday(leg.report_at, voice)})"
            lines.append(voice.text("itinerary.report", time=at))
        if leg.meet_at:
            lines.append(voice.text("itinerary.meet", place=leg.meet_at))
        note = leg.note if voice is setting.own else leg.note_mirror
        strong = lines[1:2] if leg.report_at is not None else []
        columns.append(_place(setting, voice, leg.origin, lines, strong, note, (left, width)))
    return [piece.side_by_side([_when(setting, leg.departs), *columns])]


def _arrival(setting: Setting, leg: Leg, following: Leg | None, arrival: Arrival) -> list[Block]:
    columns = []
    for voice, left, width in setting.columns(WHEN):
        lines = [voice.text("itinerary.takes", span=formats.span(leg.arrives - leg.departs, voice))]
        if following is not None:
            free = formats.span(following.departs - leg.arrives, voice)
            lines.insert(0, voice.text("itinerary.change", span=free))
            strong, note = lines[:1], ""
        else:
            lines.insert(0, voice.text("itinerary.arrival"))
            strong, note = [], arrival.note if voice is setting.own else arrival.note_mirror
            if arrival.meet_at:
                lines.append(voice.text("itinerary.meet", place=arrival.meet_at))
        columns.append(_place(setting, voice, leg.destination, lines, strong, note, (left, width)))
    return [piece.side_by_side([_when(setting, leg.arrives), *columns])]


def _when(setting: Setting, when: datetime) -> list[Block]:
    rows = [
        Cell(formats.clock(when), 0, WHEN - 8, piece.TIME),
        Cell(formats.weekday(when, setting.own), 0, WHEN - 8, piece.SMALL),
        Cell(formats.together(formats.zone(when)), 0, WHEN - 8, piece.SMALL),
    ]
    return [block for cell in rows for block in piece.row([cell], setting.fonts)]


def _place(
    setting: Setting,
    voice: Wording,
    place: Place,
    lines: Sequence[str],
    strong: Sequence[str],
    note: str,
    column: tuple[float, float],
) -> list[Block]:
    """Set one language's column of a stop: the place, then its lines, then the note."""
    left, width = column
    name = place.name + (f" ({place.code})" if place.code else "")
    cells = [Cell(name, left, width, piece.LEAD)]
    if place.terminal:
        cells.append(Cell(voice.text("itinerary.terminal", terminal=place.terminal), left, width))
    cells += [Cell(line, left, width, piece.STRONG if line in strong else piece.BODY) for line in lines]
    if note:
        cells.append(Cell(note, left, width))
    return [piece.space(LOWER), *(block for cell in cells for block in piece.row([cell], setting.fonts))]


def _phones(setting: Setting, phones: Sequence[Phone]) -> list[Block]:
    if not phones:
        return []
    made = setting.heading("itinerary.phones")
    middle = setting.width / 2 + GUTTER / 2
    hours = setting.width * 0.78
    for phone in phones:
        key = f"itinerary.phone_{phone.stage.value}"
        said = "\n".join(dict.fromkeys(voice.text(key, place=phone.place) for voice in setting.voices))
        cells = [
            Cell(said, 0, middle - GUTTER),
            Cell(formats.together(phone.number), middle, hours - middle - 8, piece.STRONG),
            Cell(phone.hours, hours, setting.width - hours, piece.SMALL),
        ]
        made += [*piece.row(cells, setting.fonts, keep=True), piece.rule(setting.width, height=6)]
    return made


def _travellers(setting: Setting, travellers: Sequence[Traveller]) -> list[Block]:
    made: list[Block] = []
    middle = setting.width / 2 + GUTTER / 2
    for traveller in travellers:
        cells = [Cell(traveller.name, 0, middle - GUTTER, piece.MEDIUM)]
        if traveller.pieces:
            carried = formats.together(f"{traveller.pieces} \u00d7 {traveller.kilograms} kg")
            said = f"{setting.label('itinerary.baggage')} {carried}"
            cells.append(Cell(said, middle, setting.width - middle, piece.SOFT))
        made += piece.row(cells, setting.fonts)
    return made
