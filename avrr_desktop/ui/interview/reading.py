"""Between what an officer types and what a form stores; no Qt."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

from avrr_desktop.domain.dates import read_date
from avrr_desktop.domain.failures import BadValue
from avrr_desktop.services.interviewing import Asked


def read_typed(kind: str, text: str) -> str:
    """
    Return the form's value for what was typed; '' clears the answer.

    Raises:
        BadValue: "answer.not_date", "answer.not_int", "answer.not_decimal" or "answer.not_time".
    """
    text = text.strip()
    if not text:
        return ""
    if kind == "date":
        day = read_date(text)
        if day is None:
            raise BadValue("answer.not_date")
        return day.isoformat()
    if kind == "time":
        match = re.fullmatch(r"([01]?\d|2[0-3])[ :.h]?([0-5]\d)", _western(text))
        if match is None:
            raise BadValue("answer.not_time")
        return f"{int(match[1]):02d}:{match[2]}"
    if kind in ("integer", "decimal"):
        return _number(kind, text)
    return text


def typed(asked: Asked) -> str:
    """Return how a stored value stands in its editor: a date as "24 11 1992"."""
    if asked.kind == "date" and asked.value:
        day = date.fromisoformat(asked.value)
        return f"{day.day} {day.month} {day.year}"
    return asked.value


def chosen(asked: Asked) -> tuple[str, ...]:
    """Return the chosen values of a question with choices."""
    return tuple(asked.value.split())


def _number(kind: str, text: str) -> str:
    plain = re.sub(r"[\s\u00a0\u202f]", "", _western(text))
    if kind == "integer":
        if not re.fullmatch(r"-?\d{1,18}", plain):
            raise BadValue("answer.not_int")
        return str(int(plain))
    plain = plain.replace(",", ".") if plain.count(",") + plain.count(".") == 1 else plain
    if not re.fullmatch(r"-?\d{1,18}(\.\d{1,18})?", plain):
        raise BadValue("answer.not_decimal")
    return plain


def _western(text: str) -> str:
    """Write digits of any script as 0-9, and the Arabic decimal sign as a point."""
    turned = "".join(str(unicodedata.digit(letter)) if letter.isdecimal() else letter for letter in text)
    return turned.replace("\u066b", ".")
