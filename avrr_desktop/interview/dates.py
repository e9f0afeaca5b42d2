"""
Implement ODK's date and time functions, in the interview's own zone.

Dates are texts in ISO form, numbers are days since 1970.

Source: ODK XForms specification, "XPath functions", date and time.
"""

import math
import re
from datetime import datetime

from avrr_desktop.interview.errors import ExpressionError
from avrr_desktop.interview.tree import Context, Value
from avrr_desktop.interview.values import DAY_SECONDS, days, moment_of, parse_instant, to_number, to_text

_TIME = re.compile(r"\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d(?::?\d\d)?)?\Z", re.ASCII)
_SINGLE_DIGITS = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(T.*)?\Z", re.ASCII)
_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
_DAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]


def _moment(context: Context, value: Value) -> datetime | None:
    zone = context.environment.zone
    if not isinstance(value, (float, bool)):
        text = to_text(value).strip()
        found = parse_instant(text, zone)
        if found is not None:
            return found.astimezone(zone)
    number = to_number(value, zone)
    return None if not math.isfinite(number) else moment_of(number, zone)


def instant_text(moment: datetime) -> str:
    """Write an instant in ODK's canonical form, to the millisecond and with offset."""
    return moment.isoformat(timespec="milliseconds")


def today(context: Context) -> Value:
    """Return today's date in the interview's zone."""
    environment = context.environment
    return environment.now().astimezone(environment.zone).date().isoformat()


def now(context: Context) -> Value:
    """Return this instant."""
    environment = context.environment
    return instant_text(environment.now().astimezone(environment.zone))


def date(context: Context, value: Value) -> Value:
    """Convert a text or a number of days to a date; '' of nothing, `Invalid Date` when it is none."""
    text = to_text(value)
    if text == "" or isinstance(value, bool):
        return ""
    loose = _SINGLE_DIGITS.match(text.strip()) if not isinstance(value, float) else None
    padded = "" if loose is None else f"{loose[1]}-{loose[2]:>02}-{loose[3]:>02}{loose[4] or ''}"
    moment = _moment(context, padded or value)
    return "Invalid Date" if moment is None else moment.date().isoformat()


def date_time(context: Context, value: Value) -> Value:
    """Convert a text or a number of days to an instant; '' when it is none."""
    if to_text(value) == "":
        return ""
    moment = _moment(context, value)
    return "Invalid Date" if moment is None else instant_text(moment)


def decimal_date_time(context: Context, value: Value) -> Value:
    """Return days since 1970 with fraction."""
    moment = _moment(context, value)
    return math.nan if moment is None else days(moment)


def decimal_time(context: Context, value: Value) -> Value:
    """Return the fraction of the day that a time of day is; one with an offset is taken to the interview's zone."""
    text = to_text(value).strip()
    match = _TIME.match(text)
    moment = None if match is None else parse_instant(f"1970-01-01T{text}", context.environment.zone)
    if moment is None:
        return math.nan
    local = moment.astimezone(context.environment.zone)
    return (local.hour * 3600 + local.minute * 60 + local.second + local.microsecond / 1e6) / DAY_SECONDS


def format_date(context: Context, value: Value, pattern: Value) -> Value:
    """
    Write a date by ODK's pattern letters; '' when it is none.

    Raises:
        ExpressionError: Code `date_pattern`, an unknown letter.
    """
    if to_text(value) == "":
        return ""
    moment = _moment(context, value)
    return "" if moment is None else _write(moment, to_text(pattern))


def _write(moment: datetime, pattern: str) -> str:
    letters = {
        "Y": f"{moment.year:04d}", "y": f"{moment.year % 100:02d}", "m": f"{moment.month:02d}",
        "n": str(moment.month), "b": _MONTHS[moment.month - 1], "d": f"{moment.day:02d}",
        "e": str(moment.day), "H": f"{moment.hour:02d}", "h": str(moment.hour),
        "M": f"{moment.minute:02d}", "S": f"{moment.second:02d}",
        "3": f"{moment.microsecond // 1000:03d}", "a": _DAYS[moment.weekday()],
        "W": f"{moment.isocalendar().week:02d}", "%": "%",
    }  # fmt: skip
    written, index = [], 0
    while index < len(pattern):
        one = pattern[index]
        if one == "%":
            index += 1
            letter = pattern[index : index + 1]
            if letter not in letters:
                raise ExpressionError("date_pattern", name=letter)
            one = letters[letter]
        written.append(one)
        index += 1
    return "".join(written)
