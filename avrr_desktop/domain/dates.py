"""Dates as people write them, and ages."""

from __future__ import annotations

import re
from datetime import date

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan january janvier janv enero ene",
            "feb february fevrier fevr février févr febrero",
            "mar march mars marzo",
            "apr april avril avr abril abr",
            "may mai mayo",
            "jun june juin junio",
            "jul july juillet juil julio",
            "aug august aout août agosto ago",
            "sep sept september septembre septiembre",
            "oct october octobre octubre",
            "nov november novembre noviembre",
            "dec december decembre décembre déc diciembre dic",
        ),
        start=1,
    )
    for name in names.split()
}


def read_date(text: str) -> date | None:
    """
    Read "24 11 2026", "24 nov 2026", "2026-11-24"; None when it is not a day that exists.

    Two-digit years are not read: 03/04/05 has six meanings.
    """
    parts = re.findall(r"\d+|[^\W\d_]+", text.lower())
    if len(parts) != 3:
        return None
    if len(parts[0]) == 4:
        year_text, month_text, day_text = parts
    else:
        day_text, month_text, year_text = parts
    month = MONTHS.get(month_text) if not month_text.isdigit() else int(month_text)
    if month is None or len(year_text) != 4 or not (year_text.isdigit() and day_text.isdigit()):
        return None
    try:
        return date(int(year_text), month, int(day_text))
    except ValueError:
        return None


def age_on(born: date, day: date) -> int:
    """Return whole years lived on *day*; someone born on 29 February has birthday on 1 March."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))
