"""Money: whole minor units of one currency; no floats anywhere."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

EXPONENTS = {"BIF": 0, "CLP": 0, "DJF": 0, "GNF": 0, "ISK": 0, "JPY": 0, "KMF": 0, "KRW": 0, "PYG": 0,
             "RWF": 0, "UGX": 0, "UYI": 0, "VND": 0, "VUV": 0, "XAF": 0, "XOF": 0, "XPF": 0,
             "BHD": 3, "IQD": 3, "JOD": 3, "KWD": 3, "LYD": 3, "OMR": 3, "TND": 3}  # fmt: skip
"""Decimal places that differ from two. Source: ISO 4217 list one."""

_CURRENCY = re.compile(r"[A-Z]{3}")


def places(currency: str) -> int:
    """Return the decimal places of *currency*."""
    return EXPONENTS.get(currency, 2)


@dataclass(frozen=True, slots=True, order=True)
class Money:
    """An amount in minor units; negative only as a difference."""

    currency: str
    minor: int

    def __post_init__(self) -> None:
        if not _CURRENCY.fullmatch(self.currency):
            raise ValueError("currency")

    def __add__(self, other: Money) -> Money:
        self._same(other)
        return Money(self.currency, self.minor + other.minor)

    def __sub__(self, other: Money) -> Money:
        self._same(other)
        return Money(self.currency, self.minor - other.minor)

    def _same(self, other: Money) -> None:
        if self.currency != other.currency:
            raise ValueError("two currencies")

    def number(self) -> str:
        """Write the plain number with the currency's places: "1686.00"."""
        digits = places(self.currency)
        return f"{Decimal(self.minor).scaleb(-digits):.{digits}f}"


def total(amounts: Iterable[Money], currency: str) -> Money:
    """Add *amounts*, all in *currency*; zero for none."""
    result = Money(currency, 0)
    for amount in amounts:
        result += amount
    return result


def read_amount(text: str, currency: str) -> Money | None:
    """
    Read a typed amount; None when it is not one or has more places than the currency.

    Blanks, no-break spaces and apostrophes group; a comma or a point followed by at most the currency's places
    at the end is the decimal sign, so "1,686.00", "1 686,00" and "1686" are one amount.
    """
    typed = re.sub(r"[\s'\u2019\u00a0\u202f\u2066-\u2069]", "", text).removeprefix(currency)
    if not re.fullmatch(r"\d[\d.,]*", typed):
        return None
    digits = places(currency)
    tail = re.search(r"[.,](\d+)$", typed)
    fraction = ""
    if tail and not (len(tail[1]) == 3 and digits != 3):
        if len(tail[1]) > digits:
            return None
        typed, fraction = typed[: tail.start()], tail[1]
    grouped = re.fullmatch(r"\d+|\d{1,3}([.,])\d{3}(\1\d{3})*", typed)
    if grouped is None or (fraction and tail and grouped[1] == tail[0][0]):
        return None
    whole = re.sub(r"[.,]", "", typed)
    if len(whole) > 12:
        return None
    return Money(currency, int(whole + fraction.ljust(digits, "0")))


def convert(amount: Money, rate: str, currency: str) -> Money:
    """
    Convert at *rate* (decimal string: units of *currency* for one unit of amount's currency), half up.

    Source: DOMAIN.md 5.3 (rounding half-up per line).
    """
    try:
        exact = Decimal(amount.minor).scaleb(-places(amount.currency)) * Decimal(rate)
    except InvalidOperation as broken:
        raise ValueError("rate") from broken
    return Money(currency, int(exact.scaleb(places(currency)).quantize(Decimal(1), ROUND_HALF_UP)))
