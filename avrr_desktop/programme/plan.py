"""A plan's money against its ceiling: each line rounded on its own, the total the sum of rounded lines."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal

from avrr_desktop.domain.money import places
from avrr_desktop.programme.ceiling import Ceiling
from avrr_desktop.programme.values import QuestionRefused

_NUMBER = re.compile(r"\d{1,12}(\.\d{1,12})?", re.ASCII)
_EXACT = Context(prec=80, rounding=ROUND_HALF_UP)


@dataclass(frozen=True, slots=True)
class PlanMoney:
    """
    What counts of one plan line.

    *quantity* and *rate* are decimal strings ("2", "0.0045"): units of the ceiling's currency for one unit of
    *currency*. A line in the ceiling's own currency has the rate "1". A refund has a negative price.
    """

    line_id: str
    quantity: str
    unit_price_minor: int
    currency: str
    rate: str = "1"


@dataclass(frozen=True, slots=True)
class PlanCheck:
    """
    The plan against the ceiling, in minor units of *currency*.

    *amounts* holds (line id, amount) in the lines' order. One of *remainder_minor* and *over_minor* is zero.
    """

    currency: str
    total_minor: int
    remainder_minor: int
    over_minor: int
    amounts: tuple[tuple[str, int], ...]

    @property
    def is_over(self) -> bool:
        """Tell whether the plan goes over its ceiling."""
        return self.over_minor > 0


def line_amount(line: PlanMoney, currency: str) -> int:
    """
    Return quantity x unit price x rate in minor units of *currency*, rounded half up (away from zero) once.

    Raises:
        QuestionRefused: Quantity or rate is not a plain decimal, or *currency* itself has a rate but "1".

    Source: DOMAIN.md 5.3.
    """
    quantity, rate = _number(line.quantity, "quantity"), _number(line.rate, "rate")
    if line.currency == currency and rate != 1:
        raise QuestionRefused("rate_for_own_currency", line.line_id)
    exact = _EXACT.multiply(_EXACT.multiply(quantity, Decimal(line.unit_price_minor)), rate)
    scaled = exact.scaleb(places(currency) - places(line.currency), _EXACT)
    return int(scaled.quantize(Decimal(1), ROUND_HALF_UP, _EXACT))


def plan_check(ceiling: Ceiling, lines: Sequence[PlanMoney]) -> PlanCheck:
    """
    Hold the *lines* against *ceiling*; cancelled lines are left out by the caller.

    Raises:
        QuestionRefused: See `line_amount`.
    """
    amounts = tuple((line.line_id, line_amount(line, ceiling.currency)) for line in lines)
    total = sum(amount for _, amount in amounts)
    rest = ceiling.total_minor - total
    return PlanCheck(ceiling.currency, total, max(rest, 0), max(-rest, 0), amounts)


def _number(text: str, what: str) -> Decimal:
    if not _NUMBER.fullmatch(text):
        raise QuestionRefused(f"{what}_not_a_decimal", text)
    return Decimal(text)
