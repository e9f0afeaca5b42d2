"""Dates, times, spans, money and numbers as papers print them. Source: LOOK.md 6, DOMAIN.md 11."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from avrr_desktop.documents.text import NO_BREAK
from avrr_desktop.documents.wording import Wording
from avrr_desktop.domain.money import Money

MINUS = "\u2212"
LEFT_TO_RIGHT, END = "\u2066", "\u2069"


def day(when: date, wording: Wording) -> str:
    """Write "24 November 2026", day and month kept together; a month's first day as the language has it."""
    number = wording.first_day if when.day == 1 and wording.first_day else str(when.day)
    return f"{number}{NO_BREAK}{wording.months[when.month - 1]} {when.year}"


def short_day(when: date, wording: Wording) -> str:
    """Write "4 Dec 2026" for tables, never broken."""
    number = wording.first_day if when.day == 1 and wording.first_day else str(when.day)
    return NO_BREAK.join((number, wording.short_months[when.month - 1], str(when.year)))


def weekday(when: date, wording: Wording) -> str:
    """Write "Fri 4 Dec 2026", never broken."""
    parts = (
        wording.weekdays[when.weekday()],
        str(when.day),
        wording.short_months[when.month - 1],
        str(when.year),
    )
    return NO_BREAK.join(parts)


def clock(when: datetime) -> str:
    """Write the time of day on the spot, 24 hours: "17:55"."""
    return f"{when:%H:%M}"


def zone(when: datetime) -> str:
    """Write the zone of an aware time: "UTC−5", "UTC+5:30", "UTC"."""
    minutes = round((when.utcoffset() or timedelta()).total_seconds() / 60)
    if not minutes:
        return "UTC"
    hours, rest = divmod(abs(minutes), 60)
    sign = "+" if minutes > 0 else MINUS
    return f"UTC{sign}{hours}" + (f":{rest:02d}" if rest else "")


def span(length: timedelta, wording: Wording) -> str:
    """Write "7 h 45 min", "45 min" or "2 h", never broken."""
    hours, minutes = divmod(round(length.total_seconds() / 60), 60)
    parts = []
    if hours:
        parts += [str(hours), wording.text("unit.hour")]
    if minutes or not hours:
        parts += [str(minutes), wording.text("unit.minute")]
    return NO_BREAK.join(parts)


def number(amount: Money, wording: Wording) -> str:
    """Write the amount without its currency: "1,686.00"; grouping and decimal sign of the language."""
    whole, _, cents = amount.number().partition(".")
    grouped = f"{int(whole):,}".replace(",", wording.group)
    return grouped + (wording.decimal + cents if cents else "")


def money(amount: Money, wording: Wording) -> str:
    """Write "CAD 1,686.00", never broken; the language says on which side the code stands."""
    parts = (amount.currency, number(amount, wording))
    return NO_BREAK.join(parts if wording.currency_first else reversed(parts))


def together(text: str) -> str:
    """Keep a phone, flight or case number in one piece and left to right in any text around it."""
    return f"{LEFT_TO_RIGHT}{text.strip().replace(' ', NO_BREAK)}{END}"
