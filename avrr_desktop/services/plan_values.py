"""The plan as values: lines, sums, what is still free, and what a draft of a line would do to them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from avrr_desktop.domain.money import Money
from avrr_desktop.domain.reintegration import Category, Plan, PlanLine, PlanStatus
from avrr_desktop.programme.ceiling import Ceiling, NoCeiling
from avrr_desktop.programme.plan import PlanMoney, line_amount


@dataclass(frozen=True, slots=True)
class LineView:
    """A plan line with its amount in the plan's currency."""

    id: str
    line: PlanLine
    amount: Money


@dataclass(frozen=True, slots=True)
class PlanView:
    """
    The plan as screens and papers need it.

    Attributes:
        entity: Plan id, None before the first line.
        ceiling: The programme's answer, or why there is none; None where section legal is not held.
        limit: What may be planned, None without a ceiling.
        planned: Sum of the rounded lines.
        free: Limit less planned, None without a ceiling; below zero only when the ceiling fell after planning.
    """

    entity: str | None
    plan: Plan
    lines: tuple[LineView, ...]
    currency: str
    ceiling: Ceiling | NoCeiling | None
    limit: Money | None
    planned: Money
    free: Money | None

    @property
    def is_signed(self) -> bool:
        """Tell whether this version is signed and can no longer change."""
        return self.plan.status is PlanStatus.SIGNED

    def sums(self) -> dict[Category, Money]:
        """Return the sum of each category that has lines."""
        found: dict[Category, Money] = {}
        for view in self.lines:
            if view.line.category is not None:
                found[view.line.category] = found.get(view.line.category, Money(self.currency, 0)) + view.amount
        return found


def line_money(line_id: str, line: PlanLine, currency: str) -> PlanMoney:
    """Return what counts of a line held in the store; a line without a currency is in the plan's."""
    return PlanMoney(
        line_id,
        str(line.quantity if line.quantity is not None else 1),
        line.unit_price_minor or 0,
        line.currency or currency,
        rate=line.rate or "1",
    )


@dataclass(frozen=True, slots=True)
class LineDraft:
    """What an officer writes into one line; amounts in minor units of *currency* (None: the plan's)."""

    category: Category
    description: str
    quantity: int = 1
    unit_price_minor: int = 0
    beneficiary: str | None = None
    needed_by: date | None = None
    currency: str | None = None
    rate: str | None = None
    rate_source: str | None = None


@dataclass(frozen=True, slots=True)
class Weighed:
    """
    What a draft would do to the plan.

    Attributes:
        amount: The line in the plan's currency.
        planned: The sum of all lines with it.
        free: What would be left, None without a ceiling.
        over: The sum over the ceiling, None where it fits or there is no ceiling.
    """

    amount: Money
    planned: Money
    free: Money | None
    over: Money | None


def weigh(view: PlanView, draft: LineDraft, line: str | None = None) -> Weighed:
    """
    Hold a draft of a new line, or of an existing *line*, against the plan; nothing is written.

    Source: DOMAIN.md 5.3 (rounding half up per line, total = sum of the rounded lines).
    """
    currency = draft.currency or view.currency
    rate = (draft.rate or "1") if currency != view.currency else "1"
    minor = line_amount(
        PlanMoney(line or "new", str(draft.quantity), draft.unit_price_minor, currency, rate=rate), view.currency
    )
    others = sum(other.amount.minor for other in view.lines if other.id != line)
    planned = Money(view.currency, others + minor)
    free = view.limit - planned if view.limit is not None else None
    over = Money(view.currency, -free.minor) if free is not None and free.minor < 0 else None
    return Weighed(Money(view.currency, minor), planned, free, over)
