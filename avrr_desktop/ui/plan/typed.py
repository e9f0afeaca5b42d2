"""What is typed into one line of the plan, and how it is read; plain Python."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal

from avrr_desktop.domain.dates import read_date
from avrr_desktop.domain.failures import BadValue
from avrr_desktop.domain.money import places, read_amount
from avrr_desktop.domain.reintegration import Category
from avrr_desktop.services.planning import LineDraft, LineView

_RATE_PLACES = 10
"""Decimals a rate is stored with (`domain.fields.Decimal`)."""
_SHOWN = Context(prec=6, rounding=ROUND_HALF_UP)
"""Figures of a rate on the screen: 1 CAD = 263.158 HUF."""


@dataclass(frozen=True, slots=True)
class Typed:
    """
    The texts of one line as they stand in its fields.

    Attributes:
        beneficiary: Person id, "" for the whole family.
        rate: Units of *currency* for one unit of the plan's currency, as people quote it: "263.158".
    """

    description: str = ""
    beneficiary: str = ""
    quantity: str = "1"
    price: str = ""
    needed_by: str = ""
    currency: str = ""
    rate: str = ""
    rate_source: str = ""

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing was written that could be lost."""
        return not (self.description.strip() or self.price.strip() or self.needed_by.strip())


def typed_of(view: LineView, plan_currency: str) -> Typed:
    """Write a line of the plan as its fields show it."""
    line = view.line
    currency = line.currency or plan_currency
    digits = places(currency)
    price = f"{Decimal(line.unit_price_minor or 0).scaleb(-digits):.{digits}f}"
    return Typed(
        line.description or "",
        line.beneficiary or "",
        str(line.quantity if line.quantity is not None else 1),
        price,
        f"{line.needed_by.day} {line.needed_by.month} {line.needed_by.year}" if line.needed_by else "",
        currency,
        quote(line.rate) if line.rate and currency != plan_currency else "",
        line.rate_source or "",
    )


def read_line(typed: Typed, category: Category, plan_currency: str) -> LineDraft:
    """
    Read the fields of a line.

    Raises:
        BadValue: "line.no_quantity", "line.no_price", "line.no_date", "line.no_currency" or "line.no_rate", with
            the field's name in *field*.
    """
    currency = typed.currency.strip().upper() or plan_currency
    if not re.fullmatch(r"[A-Z]{3}", currency):
        raise _bad("line.no_currency", "currency")
    quantity = typed.quantity.strip()
    if not re.fullmatch(r"[0-9]{1,6}", quantity) or int(quantity) < 1:
        raise _bad("line.no_quantity", "quantity")
    price = read_amount(typed.price, currency) if typed.price.strip() else None
    if typed.price.strip() and price is None:
        raise _bad("line.no_price", "price")
    needed_by = read_date(typed.needed_by) if typed.needed_by.strip() else None
    if typed.needed_by.strip() and needed_by is None:
        raise _bad("line.no_date", "needed_by")
    foreign = currency != plan_currency
    rate = turn(typed.rate) if foreign else None
    if foreign and rate is None:
        raise _bad("line.no_rate", "rate")
    return LineDraft(
        category,
        typed.description.strip(),
        int(quantity),
        price.minor if price else 0,
        typed.beneficiary or None,
        needed_by,
        currency,
        rate,
        (typed.rate_source.strip() or None) if foreign else None,
    )


def turn(text: str) -> str | None:
    """
    Turn a quoted rate ("263.158" HUF for 1 CAD) into the stored one (CAD for 1 HUF); None when it is no rate.

    A comma is read as the decimal point.
    """
    plain = re.sub(r"[\s\u00a0\u202f']", "", text).replace(",", ".")
    if not re.fullmatch(r"[0-9]{1,12}(\.[0-9]{1,10})?", plain) or not Decimal(plain):
        return None
    stored = (1 / Decimal(plain)).quantize(Decimal(1).scaleb(-_RATE_PLACES), ROUND_HALF_UP)
    return f"{stored.normalize():f}" if stored else None


def quote(rate: str) -> str:
    """Turn a stored rate into the quoted one with six figures: "0.0038" is "263.158"."""
    return f"{_SHOWN.divide(Decimal(1), Decimal(rate)).normalize():f}" if Decimal(rate) else ""


def _bad(code: str, field: str) -> BadValue:
    return BadValue(code, entity="plan_line", field=field, why="unreadable")
