"""Airports by their three letters, and found by city or name; from airportsdata, nothing asked outside."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache


@dataclass(frozen=True, slots=True)
class Airport:
    """An airport of airportsdata: IATA code, name, city, country (ISO alpha-2), IANA zone."""

    code: str
    name: str
    city: str
    country: str
    zone: str


@lru_cache(maxsize=1)
def airports() -> dict[str, Airport]:
    """Return every airport with an IATA code; loaded once, 0.1 s."""
    import airportsdata

    return {
        code: Airport(code, row["name"], row["city"], row["country"], row["tz"])
        for code, row in airportsdata.load("IATA").items()
    }


def find_airports(text: str, most: int = 8) -> tuple[Airport, ...]:
    """
    Return airports for what was typed, best first: its code, then words that begin the city, then the name.

    Case and accents do not matter: "zurich" finds Zürich.
    """
    wanted = _folded(text)
    if not wanted:
        return ()
    found = [(rank, code) for code, words in _index().items() if (rank := _rank(wanted, code, *words)) is not None]
    return tuple(airports()[code] for _rank_of, code in sorted(found)[:most])


def _rank(wanted: str, code: str, city: str, name: str) -> int | None:
    if code.lower() == wanted:
        return 0
    if city == wanted:
        return 1
    if city.startswith(wanted):
        return 2
    words = f" {city} {name}"
    if f" {wanted}" in words:
        return 3
    return 4 if len(wanted) >= 4 and wanted in words else None


@lru_cache(maxsize=1)
def _index() -> dict[str, tuple[str, str]]:
    return {code: (_folded(airport.city), _folded(airport.name)) for code, airport in airports().items()}


def _folded(text: str) -> str:
    """Return *text* without case, accents and doubled blanks."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(letter for letter in plain if not unicodedata.combining(letter)).split())
