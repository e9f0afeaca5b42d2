"""
Convert and compare XPath values as ODK does.

A node-set, a number, a text or a truth. Dates are ISO texts; as numbers they are days since 1970
in the interview's zone (FORMS.md, trap 2).

Source: XPath 1.0, sections 3.4, 4.2-4.4; ODK XForms specification, "Dates and times".
"""

import math
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from decimal import Decimal

from avrr_desktop.interview.tree import Value

DAY_SECONDS = 86_400
_NUMBER = re.compile(r"\s*-?(?:\d+(?:\.\d*)?|\.\d+)\s*\Z", re.ASCII)
_INSTANT = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)(?:T(\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,6})\d*)?)?\s*(Z|[+-]\d\d(?::?\d\d)?)?)?\Z",
    re.ASCII,
)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def to_text(value: Value) -> str:
    """Convert to text (XPath 1.0, section 4.2)."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return value[0].value() if value else ""
    return number_text(value)


def number_text(number: float) -> str:
    """Write a number without exponent and without a useless fraction."""
    if math.isnan(number):
        return "NaN"
    if math.isinf(number):
        return "Infinity" if number > 0 else "-Infinity"
    if number == int(number):
        return str(int(number))
    return format(Decimal(repr(number)), "f")


def to_number(value: Value, zone: tzinfo) -> float:
    """Convert to a number; an ISO date or instant becomes days since 1970, '' is NaN."""
    if isinstance(value, (bool, float, int)):
        return float(value)
    text = to_text(value)
    if _NUMBER.match(text):
        return float(text)
    moment = parse_instant(text.strip(), zone)
    return days(moment) if moment is not None else math.nan


def to_truth(value: Value) -> bool:
    """Convert to a truth; a node-set is true when it is not empty (FORMS.md, trap 4)."""
    if isinstance(value, float):
        return value != 0 and not math.isnan(value)
    return bool(value)


def parse_instant(text: str, zone: tzinfo) -> datetime | None:
    """Read an ISO date (midnight in *zone*) or date-time; None when it is neither."""
    match = _INSTANT.match(text)
    if match is None:
        return None
    year, month, day, hour, minute, second, fraction, offset = match.groups()
    if not 1 < int(year) < 9999:
        # In the first and last year a change of zone leaves Python's calendar.
        return None
    try:
        return datetime(
            int(year), int(month), int(day), int(hour or 0), int(minute or 0), int(second or 0),
            int((fraction or "0").ljust(6, "0")), tzinfo=_offset(offset, zone),
        )  # fmt: skip
    except ValueError:
        return None


def _offset(text: str | None, zone: tzinfo) -> tzinfo:
    if text is None:
        return zone
    if text == "Z":
        return UTC
    digits = text[1:].replace(":", "").ljust(4, "0")
    if int(digits[2:]) > 59:
        raise ValueError(text)
    gap = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return timezone(-gap if text[0] == "-" else gap)


def days(moment: datetime) -> float:
    """Count days since 1970 in UTC, with fraction."""
    return (moment - _EPOCH).total_seconds() / DAY_SECONDS


def moment_of(number: float, zone: tzinfo) -> datetime | None:
    """Return the instant that lies *number* days after 1970, in *zone*; None when no calendar has it."""
    try:
        return (_EPOCH + timedelta(days=number)).astimezone(zone)
    except (OverflowError, ValueError):
        return None


def compare(operator: str, left: Value, right: Value, zone: tzinfo) -> bool:
    """
    Compare two values with `=`, `!=`, `<`, `<=`, `>` or `>=` (XPath 1.0, section 3.4).

    A node-set compares true when one of its nodes does; '' against a number is NaN, thus false. Against a truth
    a node-set is one for `=` and `!=` only: order is by number, as ODK Web Forms has it.
    """
    for first, second in ((left, right), (right, left)):
        if operator in ("=", "!=") and isinstance(first, list) and isinstance(second, bool):
            first_truth: Value = to_truth(first)
            pair = (first_truth, second) if first is left else (second, first_truth)
            return _compare_plain(operator, pair[0], pair[1], zone)
    lefts: list[Value] = [node.value() for node in left] if isinstance(left, list) else [left]
    rights: list[Value] = [node.value() for node in right] if isinstance(right, list) else [right]
    return any(_compare_plain(operator, one, other, zone) for one in lefts for other in rights)


def _compare_plain(operator: str, left: Value, right: Value, zone: tzinfo) -> bool:
    if operator in ("=", "!="):
        if isinstance(left, bool) or isinstance(right, bool):
            equal = to_truth(left) == to_truth(right)
        elif isinstance(left, float) or isinstance(right, float):
            equal = to_number(left, zone) == to_number(right, zone)
        else:
            equal = left == right
        return equal == (operator == "=")
    return _ORDER[operator](to_number(left, zone), to_number(right, zone))


_ORDER: dict[str, Callable[[float, float], bool]] = {
    "<": lambda left, right: left < right,
    "<=": lambda left, right: left <= right,
    ">": lambda left, right: left > right,
    ">=": lambda left, right: left >= right,
}
