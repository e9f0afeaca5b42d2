"""Sections reint and money: the plan, its lines in the nine categories, and the ceiling."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, ClassVar

from avrr_desktop.domain.fields import (
    Code,
    Count,
    Currency,
    Day,
    Decimal,
    Entity,
    Id,
    Instant,
    Line,
    Minor,
    Paper,
    Register,
    Text,
    prints,
)
from avrr_desktop.domain.sections import Section


class Category(StrEnum):
    """The nine categories of in-kind help. Source: DOMAIN.md 5.2."""

    LUGGAGE = "luggage"
    ONWARD = "onward"
    JOB_SEARCH = "job_search"
    LEGAL = "legal"
    MATERIAL = "material"
    MEDICAL = "medical"
    BUSINESS = "business"
    HOUSING = "housing"
    TRAINING = "training"


class PlanStatus(StrEnum):
    """A plan version is drafted, then signed; a signed one is replaced by a new version, never changed."""

    DRAFT = "draft"
    SIGNED = "signed"


VERSION = Register("version")
GOAL = Register("goal")
SIGNED = Register("signed", blocking=True)
ANSWERED = Register("feasibility")


class Plan(Entity):
    """A numbered version of the reintegration plan."""

    kind: ClassVar[str] = "plan"
    section: ClassVar[Section] = Section.REINT

    version: Annotated[Count | None, VERSION, prints(Paper.PLAN)] = None
    currency: Annotated[Currency | None, VERSION, prints(Paper.PLAN)] = None
    goal: Annotated[Text | None, GOAL, prints(Paper.PLAN)] = None
    status: Annotated[PlanStatus | None, SIGNED] = None
    signed_on: Annotated[Day | None, SIGNED, prints(Paper.PLAN)] = None
    signed_place: Annotated[Line | None, SIGNED, prints(Paper.PLAN)] = None
    signed_by: Annotated[Id | None, SIGNED] = None
    officer: Annotated[Id | None, SIGNED, prints(Paper.PLAN)] = None
    signature: Annotated[Id | None, SIGNED] = None
    contact_rule_explained: Annotated[bool | None, SIGNED] = None
    feasibility: Annotated[Code | None, ANSWERED] = None


LINE = Register("line")
AMOUNT = Register("amount", blocking=True)


class PlanLine(Entity):
    """One line of a plan: goods or a service for someone, at a price."""

    kind: ClassVar[str] = "plan_line"
    section: ClassVar[Section] = Section.REINT

    plan: Annotated[Id | None, LINE] = None
    category: Annotated[Category | None, LINE, prints(Paper.PLAN)] = None
    description: Annotated[Line | None, LINE, prints(Paper.PLAN)] = None
    beneficiary: Annotated[Id | None, LINE, prints(Paper.PLAN)] = None
    order: Annotated[Count | None, LINE] = None
    needed_by: Annotated[Day | None, LINE, prints(Paper.PLAN)] = None
    quantity: Annotated[Count | None, AMOUNT, prints(Paper.PLAN)] = None
    unit_price_minor: Annotated[Minor | None, AMOUNT, prints(Paper.PLAN)] = None
    currency: Annotated[Currency | None, AMOUNT, prints(Paper.PLAN)] = None
    rate: Annotated[Decimal | None, AMOUNT] = None
    rate_on: Annotated[Day | None, AMOUNT] = None
    rate_source: Annotated[Line | None, AMOUNT] = None


CEILING = Register("ceiling", blocking=True)


class Ceiling(Entity):
    """The most a plan may cost, as worked out where the legal facts are held: no rule code. Id: the case id."""

    kind: ClassVar[str] = "ceiling"
    section: ClassVar[Section] = Section.MONEY

    amount_minor: Annotated[Minor | None, CEILING] = None
    currency: Annotated[Currency | None, CEILING] = None
    by: Annotated[Id | None, CEILING] = None
    at: Annotated[Instant | None, CEILING] = None
