"""
How numbers, dates, spans, sums and roles are written on the screen. Source: LOOK.md 6.

Names of months and the signs in numbers follow the window's language; digits stay Western.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from PySide6.QtCore import QCoreApplication, QDate, QLocale

from avrr_desktop.domain.dates import read_date
from avrr_desktop.domain.money import Money, places
from avrr_desktop.domain.sections import Role

NONE = "\u2014"
"""Written where something does not apply."""
_NBSP = "\u00a0"
_FAR = timedelta(days=7)
"""Beyond it a date is written, not a count of days."""


def day(value: date, language: str = "") -> str:
    """Write "24 November 2026", in the window's language or in *language*."""
    return (QLocale(language) if language else _locale()).toString(_qdate(value), "d MMMM yyyy")


def day_typed(text: str) -> str:
    """Write how a typed day is understood; "" while it is none."""
    value = read_date(text)
    return day(value) if value is not None else ""


def day_short(value: date) -> str:
    """Write "24 Nov", for lists."""
    return _locale().toString(_qdate(value), "d MMM")


def day_week(value: date) -> str:
    """Write "Tue 24 Nov"."""
    return _locale().toString(_qdate(value), "ddd d MMM")


def time(value: datetime, zone: str) -> str:
    """Write "17:55" at *zone*, always 24 hours."""
    return f"{value.astimezone(ZoneInfo(zone)):%H:%M}"


def day_time(value: datetime, zone: str) -> str:
    """Write "24 November 2026, 17:55" at *zone*."""
    local = value.astimezone(ZoneInfo(zone))
    words = QCoreApplication.translate("Wording", "{day}, {time}", "a date and a time of day")
    return words.format(day=day(local.date()), time=f"{local:%H:%M}")


def span(value: timedelta) -> str:
    """Write a length of time without its sign: "45 min", "6 h 20 min", "7 days"."""
    minutes = int(abs(value).total_seconds() // 60)
    translate = QCoreApplication.translate
    if minutes >= 48 * 60:
        return translate("Wording", "{days} days").format(days=minutes // (24 * 60))
    if minutes < 60:
        return translate("Wording", "{minutes} min").format(minutes=minutes)
    return translate("Wording", "{hours} h {minutes} min").format(hours=minutes // 60, minutes=f"{minutes % 60:02d}")


def left_or_late(due: datetime, now: datetime) -> str:
    """Write "6 h 20 min left" or "3 h 12 min late"."""
    translate = QCoreApplication.translate
    words = translate("Wording", "{span} late") if due < now else translate("Wording", "{span} left")
    return words.format(span=span(due - now))


def relative(when: datetime, now: datetime, zone: str) -> str:
    """Write "today 17:00", "yesterday 10:40", "tomorrow 9:00", "in 3 days", and the date beyond a week."""
    translate = QCoreApplication.translate
    here = when.astimezone(ZoneInfo(zone))
    days = (here.date() - now.astimezone(ZoneInfo(zone)).date()).days
    clock = f"{here:%H:%M}"
    if days == 0:
        return translate("Wording", "today {time}").format(time=clock)
    if days == -1:
        return translate("Wording", "yesterday {time}").format(time=clock)
    if days == 1:
        return translate("Wording", "tomorrow {time}").format(time=clock)
    if 0 < days <= _FAR.days:
        return translate("Wording", "in {days} days").format(days=days)
    if -_FAR.days <= days < 0:
        return translate("Wording", "{days} days ago").format(days=-days)
    return day(here.date())


def number(value: int) -> str:
    """Write a count with the window's grouping: "2,410"."""
    return _locale().toString(value)


def money(value: Money) -> str:
    """Write "CAD 1,686.00": code, no-break space, the places the currency has."""
    return f"{value.currency}{_NBSP}{amount(value)}"


def amount(value: Money) -> str:
    """Write "1,686.00", for tables whose head names the currency."""
    digits = places(value.currency)
    whole, _, part = value.number().lstrip("-").partition(".")
    locale = _locale()
    written = locale.toString(int(whole)) + (locale.decimalPoint() + part if digits else "")
    return f"\u2212{written}" if value.minor < 0 else written


def role(value: Role) -> str:
    """Name a role."""
    translate = QCoreApplication.translate
    return {
        Role.INTAKE: translate("Wording", "Intake officer"),
        Role.CASE: translate("Wording", "Case officer"),
        Role.MOVEMENT: translate("Wording", "Movement officer"),
        Role.MEDICAL: translate("Wording", "Medical"),
        Role.FINANCE: translate("Wording", "Finance"),
        Role.REINTEGRATION: translate("Wording", "Reintegration officer"),
        Role.SUPERVISOR: translate("Wording", "Supervisor"),
        Role.PROTECTION: translate("Wording", "Protection focal point"),
        Role.REPORTING: translate("Wording", "Reporting"),
        Role.ADMINISTRATOR: translate("Wording", "Administrator"),
    }[value]


def roles(values: Iterable[Role | str]) -> str:
    """Name roles in the order of the table, "Case officer, Intake officer"; words nobody knows are left out."""
    return QCoreApplication.translate("Wording", ", ", "between two roles").join(map(role, _by_duty(values)))


def duty(values: Iterable[Role | str]) -> str:
    """Name the one role somebody is called by, "" for none."""
    return next(map(role, _by_duty(values)), "")


def _by_duty(values: Iterable[Role | str]) -> list[Role]:
    held = {str(value) for value in values}
    return [known for known in _DUTY_ORDER if known.value in held]


_DUTY_ORDER = (
    Role.SUPERVISOR,
    Role.CASE,
    Role.MOVEMENT,
    Role.REINTEGRATION,
    Role.PROTECTION,
    Role.MEDICAL,
    Role.FINANCE,
    Role.INTAKE,
    Role.REPORTING,
    Role.ADMINISTRATOR,
)
"""The duty people call somebody by comes first."""


def initials(name: str) -> str:
    """Return the first letters of the first and the last word of a name, at most two."""
    words = name.split()
    if not words:
        return ""
    return (words[0][:1] + (words[-1][:1] if len(words) > 1 else "")).upper()


def _locale() -> QLocale:
    """The window's language; English where only the C locale is known, whose numbers have no grouping."""
    own = QLocale()
    return QLocale("en_CA") if own.language() == QLocale.Language.C else own


def _qdate(value: date) -> QDate:
    return QDate(value.year, value.month, value.day)
