"""What is typed into one flight, and how it is read; plain Python."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from avrr_desktop.domain.dates import read_date
from avrr_desktop.domain.failures import BadValue
from avrr_desktop.services.airports import Airport, airports, find_airports
from avrr_desktop.services.travelling import LegDraft, LegView, flight_text


@dataclass(frozen=True, slots=True)
class Typed:
    """The texts of one flight as they stand in its fields; airports as codes once they are understood."""

    flight: str = ""
    booking: str = ""
    origin: str = ""
    origin_terminal: str = ""
    departs_day: str = ""
    departs_time: str = ""
    destination: str = ""
    destination_terminal: str = ""
    arrives_day: str = ""
    arrives_time: str = ""

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing was written that could be lost."""
        return not any(getattr(self, name).strip() for name in self.__slots__)


def typed_of(view: LegView) -> Typed:
    """Write a flight of the journey as its fields show it."""
    leg = view.leg
    departs, arrives = _split(leg.departs), _split(leg.arrives)
    return Typed(
        flight_text(leg.flight),
        leg.booking or "",
        leg.origin or "",
        leg.origin_terminal or "",
        *departs,
        leg.destination or "",
        leg.destination_terminal or "",
        *arrives,
    )


def read_leg(typed: Typed) -> LegDraft:
    """
    Read the fields of a flight; what is not written yet stays None.

    Raises:
        BadValue: "leg.no_time", "leg.unknown_airport" or "leg.several_airports", with the field's name in *field*.
    """
    return LegDraft(
        typed.flight.strip() or None,
        read_airport(typed.origin, "origin"),
        _moment(typed.departs_day, typed.departs_time, "departs"),
        read_airport(typed.destination, "destination"),
        _moment(typed.arrives_day, typed.arrives_time, "arrives"),
        typed.origin_terminal.strip() or None,
        typed.destination_terminal.strip() or None,
        typed.booking.strip() or None,
    )


def read_airport(text: str, field: str = "origin") -> str | None:
    """
    Return the code for a typed code, city or name; None for nothing typed.

    Raises:
        BadValue: "leg.unknown_airport"; "leg.several_airports" when a city has more than one.
    """
    plain = text.strip()
    if not plain:
        return None
    if plain.upper() in airports():
        return plain.upper()
    found = find_airports(plain, 2)
    if len(found) == 1:
        return found[0].code
    code = "leg.several_airports" if found else "leg.unknown_airport"
    raise BadValue(code, entity="leg", field=field, why=plain)


def understood(text: str) -> Airport | None:
    """Return the airport of a typed text, None when there is none or more than one."""
    try:
        code = read_airport(text)
    except BadValue:
        return None
    return airports().get(code or "")


def read_time(text: str) -> str | None:
    """Read "17:55", "17.55", "1755", "7:05" as "17:55"; None when it is no time of a 24-hour clock."""
    parts = re.fullmatch(r"\s*([0-9]{1,2})[:.h ]?([0-9]{2})\s*", text)
    if parts is None or int(parts[1]) > 23 or int(parts[2]) > 59:
        return None
    return f"{int(parts[1]):02d}:{parts[2]}"


def _moment(day_text: str, time_text: str, field: str) -> str | None:
    """Read a local moment; None while one of the two is not written yet."""
    day = read_date(day_text) if day_text.strip() else None
    clock = read_time(time_text) if time_text.strip() else None
    if (day_text.strip() and day is None) or (time_text.strip() and clock is None):
        part = "day" if day_text.strip() and day is None else "time"
        raise BadValue("leg.no_time", entity="leg", field=f"{field}_{part}", why="unreadable")
    return f"{day.isoformat()}T{clock}" if day and clock else None


def _split(local: str | None) -> tuple[str, str]:
    if not local:
        return "", ""
    moment = datetime.fromisoformat(local)
    return f"{moment.day} {moment.month} {moment.year}", f"{moment:%H:%M}"
