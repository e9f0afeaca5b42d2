"""Deadlines (elapsed hours, days with suspensions, months clipped to month end) and retention dates."""

from __future__ import annotations

import calendar
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from avrr_desktop.programme.model import Count, DeadlineRule, Programme
from avrr_desktop.programme.values import Fired, QuestionRefused, RuleUnknown

CONTACT_START = "referral_received"
"""The start event of the contact clock (DOMAIN.md 2.3, D1)."""


@dataclass(frozen=True, slots=True)
class Suspension:
    """Days on which a clock stands still: *first* included, *until* not; until None: still going on."""

    first: date
    until: date | None


@dataclass(frozen=True, slots=True)
class Deadline:
    """
    When something is due.

    *due* is an instant in UTC for hours, a calendar date of the place concerned otherwise; None while a
    suspension without end holds the clock. *suspended_days* were added to the bare length.
    """

    due: datetime | date | None
    rule: DeadlineRule
    fired: Fired
    suspended_days: int = 0


@dataclass(frozen=True, slots=True)
class Retained:
    """The last day records are kept, and the rule."""

    until: date
    fired: Fired


def add_months(day: date, months: int) -> date:
    """Return the same day of the month *months* later (negative: earlier), clipped to the month end."""
    years, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(years, month + 1, min(day.day, calendar.monthrange(years, month + 1)[1]))


def deadline(
    programme: Programme, rule_id: str, start: date | datetime, *, suspensions: Iterable[Suspension] = ()
) -> Deadline:
    """
    Work out the deadline *rule_id* from *start*.

    Args:
        programme: Whose rules.
        rule_id: A deadline of the programme.
        start: An aware instant for a rule in hours, a calendar date otherwise.
        suspensions: Read only by suspendable rules; any order, may overlap.

    Raises:
        RuleUnknown: The programme has no such deadline valid on the day of *start*.
        QuestionRefused: *start* is of the wrong kind or has no zone, a suspension ends before it begins.

    Source: DOMAIN.md 2.3 (date arithmetic); IRPR s. 224 (suspension).
    """
    rule = _valid_rule(programme, rule_id, start)
    sign = -1 if rule.before else 1
    if rule.count is Count.HOURS:
        if not isinstance(start, datetime) or start.tzinfo is None:
            raise QuestionRefused("start_not_an_instant", rule_id)
        return Deadline(start.astimezone(UTC) + sign * timedelta(hours=rule.length), rule, rule.fired)
    if isinstance(start, datetime):
        raise QuestionRefused("start_not_a_date", rule_id)
    bare = _move(start, rule.count, sign * rule.length)
    if not rule.suspendable:
        return Deadline(bare, rule, rule.fired)
    due = _suspended(start, bare, suspensions)
    return Deadline(due, rule, rule.fired, (due - bare).days if due else 0)


def contact_clock(programme: Programme, received_at: datetime) -> Deadline:
    """
    Work out until when the referred person contacts the office: the deadline that starts at the referral.

    Raises:
        RuleUnknown: The programme has no such deadline.
        QuestionRefused: *received_at* has no zone.
    """
    rule = next((rule for rule in programme.deadlines if rule.start == CONTACT_START), None)
    if rule is None:
        raise RuleUnknown("deadline", CONTACT_START)
    return deadline(programme, rule.id, received_at)


def retain_until(programme: Programme, holds: str, start: date) -> Retained:
    """
    Return the last day records of the class *holds* are kept when their rule's event was on *start*.

    Raises:
        RuleUnknown: The programme has no retention rule for that class.
    """
    rule = programme.retention.get(holds)
    if rule is None:
        raise RuleUnknown("retention", holds)
    return Retained(_move(start, rule.count, rule.length), rule.fired)


def _move(day: date, count: Count, length: int) -> date:
    if count is Count.DAYS:
        return day + timedelta(days=length)
    return add_months(day, length * (12 if count is Count.YEARS else 1))


def _valid_rule(programme: Programme, rule_id: str, start: date | datetime) -> DeadlineRule:
    day = start.date() if isinstance(start, datetime) else start
    for rule in programme.deadlines:
        if rule.id == rule_id and rule.fired.is_valid_on(day):
            return rule
    raise RuleUnknown("deadline", rule_id)


def _suspended(start: date, due: date, suspensions: Iterable[Suspension]) -> date | None:
    """
    Push *due* by every suspended day from *start* on; None while a suspension has no end.

    A suspension that begins after the date already reached comes too late. Days covered twice count once.
    """
    counted = start
    for pause in sorted(suspensions, key=lambda pause: pause.first):
        if pause.until is not None and pause.until < pause.first:
            raise QuestionRefused("suspension_reversed", pause.first.isoformat())
        if pause.first > due:
            break
        if pause.until is None:
            return None
        first = max(pause.first, counted)
        due += max(timedelta(0), pause.until - first)
        counted = max(counted, pause.until)
    return due
