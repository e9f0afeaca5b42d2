"""The words of the journey: places, zones, checks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from PySide6.QtCore import QCoreApplication, QLocale

from avrr_desktop.services.airports import Airport
from avrr_desktop.services.places import country_name
from avrr_desktop.services.travelling import JourneyView
from avrr_desktop.ui import wording
from avrr_desktop.ui.components.base import isolate, ltr
from avrr_desktop.ui.travel.model import Check, Level, Traveller

SIGNS = {Level.BLOCKS: "circle-alert", Level.WARNS: "triangle-alert", Level.FINE: "circle-check"}


def airport(value: Airport) -> str:
    """Write "Toronto Pearson International Airport, Toronto, Canada"."""
    language = QLocale().name().partition("_")[0]
    country = country_name(value.country, "en" if language == "C" else language)
    parts = [value.name] + ([value.city] if value.city and value.city not in value.name else []) + [country]
    return isolate(QCoreApplication.translate("Travel", ", ", "between parts of a place").join(parts))


def place(value: Airport | None, code: str | None, terminal: str | None) -> str:
    """Write "Frankfurt am Main, terminal 1"; "not yet" where no airport is written."""
    if value is None:
        return isolate(code) if code else QCoreApplication.translate("Travel", "airport not yet")
    name = short_name(value)
    if not terminal:
        return isolate(name)
    words = QCoreApplication.translate("Travel", "{airport}, terminal {terminal}")
    return words.format(airport=isolate(name), terminal=isolate(terminal))


def short_name(value: Airport) -> str:
    """Leave out what every airport is called: "Toronto Pearson" of "Toronto Pearson International Airport"."""
    return value.name.removesuffix(" Airport").removesuffix(" International") or value.name


def day_and_zone(value: datetime) -> str:
    """Write "Wed 2 Dec · UTC−5"."""
    return f"{wording.day_week(value.date())} · {zone(value)}"


def zone(value: datetime) -> str:
    """Write the zone of an aware time: "UTC−5", "UTC+5:30"."""
    minutes = round((value.utcoffset() or timedelta()).total_seconds() / 60)
    hours, rest = divmod(abs(minutes), 60)
    sign = "+" if minutes >= 0 else "\u2212"
    return ltr(f"UTC{sign}{hours}" + (f":{rest:02d}" if rest else ""))


def clock(value: datetime) -> str:
    """Write "17:55", as the clock at the place shows it."""
    return ltr(f"{value:%H:%M}")


def report(journey: JourneyView) -> str:
    """Say when to be at the first airport; "" while the departure is not known."""
    at = journey.report_at
    if at is None:
        return ""
    words = QCoreApplication.translate("Travel", "Be at the airport at {time}")
    first = journey.legs[0].departs
    if first is not None and first.date() != at.date():
        words = QCoreApplication.translate("Travel", "Be at the airport at {time} on {day}")
    return words.format(time=clock(at), day=wording.day_week(at.date()))


def check(value: Check) -> tuple[str, str]:
    """Return what a check found, and the rule behind it."""
    flight = ltr(value.flight) or QCoreApplication.translate("Travel", "The flight")
    span = ltr(wording.span(value.span)) if value.span is not None else ""
    heads = {
        "incomplete": QCoreApplication.translate("Travel", "{flight} is not complete"),
        "not_joined": QCoreApplication.translate("Travel", "{flight} leaves from another airport"),
        "too_early": QCoreApplication.translate("Travel", "{flight} leaves {span} before the one before arrives"),
        "short": QCoreApplication.translate("Travel", "{span} in {place} is short"),
        "long": QCoreApplication.translate("Travel", "{span} in {place} is long"),
        "connects": QCoreApplication.translate("Travel", "{span} in {place}"),
        "report": QCoreApplication.translate("Travel", "At the airport {span} before departure"),
    }
    rules = {
        "incomplete": QCoreApplication.translate("Travel", "It needs its number, both airports and both times."),
        "not_joined": QCoreApplication.translate("Travel", "The legs do not join: it must leave where they arrive."),
        "too_early": QCoreApplication.translate("Travel", "Look at the dates; each is local to its own airport."),
        "short": QCoreApplication.translate("Travel", "Plan at least 2 h where nothing is known of the airport."),
        "long": QCoreApplication.translate("Travel", "Beyond 8 h they need a place to rest, perhaps a visa."),
        "connects": QCoreApplication.translate("Travel", "Enough time to change flights."),
        "report": QCoreApplication.translate("Travel", "As the programme asks."),
    }
    return heads[value.code].format(flight=flight, span=span, place=isolate(value.place)), rules[value.code]


def span_of(minutes: int) -> str:
    """Write minutes as a span."""
    return wording.span(timedelta(minutes=minutes))


def travellers(people: Sequence[Traveller]) -> str:
    """Write "Ilona Horváth, 38 · Bence Horváth, 9"."""
    aged = QCoreApplication.translate("Travel", "{name}, {age}", "a traveller and the age")
    names = [
        aged.format(name=isolate(one.name), age=one.age) if one.age is not None else isolate(one.name) for one in people
    ]
    return QCoreApplication.translate("Travel", " · ", "between two travellers").join(names)
