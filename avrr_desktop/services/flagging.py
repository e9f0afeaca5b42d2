"""
Flags: what an interview shows and somebody must look at, neutral for the supervisor, in codes for those who help.

Section couns holds "follow_up" only; the codes V01-V18 stand in section protection, "medical_review" in section
medical.

Source: DOMAIN.md 4.5 (practice): one flag, the supervisor sees it; V01, V09, V16 and V18 the same day.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from avrr_desktop.domain.acting import Actor
from avrr_desktop.domain.counselling import Flag, Interview
from avrr_desktop.domain.failures import BadValue, Blocked, Expected, Refused
from avrr_desktop.domain.sections import Right, Role, Section, case_stream, split_stream
from avrr_desktop.services.desk import Desk, Done, done, hold, note_refusal, verb
from avrr_desktop.services.stopping import is_held_here
from avrr_desktop.store.store import Found, Work

FOLLOW_UP = "follow_up"
"""The neutral code: something is to be looked at, no more."""
MEDICAL_REVIEW = "medical_review"
SCREENING = "vulnerability"
"""The form of the full screening that follows the quick one."""
SAME_DAY = frozenset({"V01", "V09", "V16", "V18"})
"""Protection escalation the same day. Source: DOMAIN.md 4.5 (practice)."""
_GROUP = re.compile(r"\bV(?:0[1-9]|1[0-8])\b")
_HOMES = (Section.COUNS, Section.PROTECTION, Section.MEDICAL)


@dataclass(frozen=True, slots=True)
class FlagShown:
    """
    A flag as a screen shows it.

    Attributes:
        code: "follow_up", "medical_review" or a group "V01" to "V18".
        is_late: The day it was due is past.
        may_resolve: This officer may.
        is_screened: The full screening of this person has begun.
    """

    id: str
    code: str
    section: Section
    person: str | None
    interview: str | None
    raised_at: datetime | None
    due_on: date | None
    is_late: bool
    may_resolve: bool
    is_screened: bool


def is_flag(name: str) -> bool:
    """Tell whether a calculated value called *name* raises flags."""
    return name.startswith("flags") or name.startswith("review_medical")


def codes_in(values: Mapping[str, str]) -> tuple[str, ...]:
    """Return the flags that calculated *values* (name to value) give, groups first."""
    groups = {code for name, value in values.items() if name.startswith("flags") for code in _GROUP.findall(value)}
    review = any(name.startswith("review_medical") and value == "yes" for name, value in values.items())
    return (*sorted(groups), *((MEDICAL_REVIEW,) if review else ()))


def raise_flags(
    desk: Desk, actor: Actor, work: Work, case: str, interview: str, person: str | None, codes: Iterable[str]
) -> None:
    """
    Write what *codes* ask for, inside a verb's transaction; a flag already raised by this interview, or open for this
    person, is not raised again.
    """
    wanted = list(codes)
    if not wanted:
        return
    today = desk.today()
    held = [(split_stream(found.stream)[1], found) for found in desk.find(Flag, case, sections=_HOMES)]
    for code in [*wanted, FOLLOW_UP]:
        section = _section(code)
        entity = f"{interview}|flag|{code}"
        if any(_covers(found, entity, person, code) for home, found in held if home is section):
            continue
        work.put(
            case_stream(case, section),
            Flag,
            entity,
            code=code,
            person=person,
            interview=interview,
            raised_at=desk.clock(),
            raised_by=actor.officer,
            due_on=today if code in SAME_DAY else next_working_day(today),
        )


def next_working_day(day: date) -> date:
    """Return the next day from Monday to Friday after *day*; holidays are not known here."""
    after = day + timedelta(days=1)
    while after.weekday() > 4:
        after += timedelta(days=1)
    return after


@verb(reads=(Section.CORE,))
def flags(desk: Desk, actor: Actor, case: str) -> tuple[FlagShown, ...]:
    """Return the open flags of a case in the sections the officer may read, the first due first."""
    seen = [section for section in _HOMES if actor.may(Right.READ, section)]
    today = desk.today()
    screened = _screened(desk, case) if Section.COUNS in seen else frozenset()
    shown = [
        FlagShown(
            found.id,
            found.value.code,
            split_stream(found.stream)[1],
            found.value.person,
            found.value.interview,
            found.value.raised_at,
            found.value.due_on,
            found.value.due_on is not None and found.value.due_on < today,
            _may_resolve(desk, actor, split_stream(found.stream)[1]),
            found.value.person in screened,
        )
        for found in desk.find(Flag, case, sections=seen)
        if found.value.code and found.value.resolved_at is None
    ]
    return tuple(sorted(shown, key=lambda flag: (flag.due_on or date.max, flag.code)))


@verb(reads=(Section.CORE,))
def resolve_flag(desk: Desk, actor: Actor, case: str, flag: str, outcome: str) -> Done[None]:
    """
    Write what came of a flag.

    The supervisor resolves the neutral one, or who counsels where the office has no supervisor; the protection focal
    point and medical staff resolve their own.

    Raises:
        Refused: It is for somebody else.
        Blocked: "flag.resolved" already.
        BadValue: "flag.no_outcome".
        Expected: "flag.missing".
    """
    seen = [section for section in _HOMES if actor.may(Right.READ, section)]
    found = next((one for one in desk.find(Flag, case, sections=seen) if one.id == flag), None)
    if found is None:
        raise Expected("flag.missing", flag=flag)
    section = split_stream(found.stream)[1]
    hold(desk, actor, "flagging.resolve_flag", (Right.WRITE, section))
    if not _may_resolve(desk, actor, section):
        note_refusal(desk, actor, "flagging.resolve_flag", section.value)
        raise Refused("flag.not_yours", section=section.value)
    if found.value.resolved_at is not None:
        raise Blocked("flag.resolved", flag=flag)
    if not outcome.strip():
        raise BadValue("flag.no_outcome", entity="flag", field="outcome", why="missing")
    with desk.work(actor) as work:
        work.put(
            found.stream,
            Flag,
            flag,
            resolved_at=desk.clock(),
            resolved_by=actor.officer,
            outcome=outcome.strip(),
        )
        work.seal_case(case)
        return done(work, None)


def _section(code: str) -> Section:
    return {FOLLOW_UP: Section.COUNS, MEDICAL_REVIEW: Section.MEDICAL}.get(code, Section.PROTECTION)


def _covers(found: Found[Flag], entity: str, person: str | None, code: str) -> bool:
    is_open = found.value.resolved_at is None
    return found.id == entity or (is_open and found.value.code == code and found.value.person == person)


def _may_resolve(desk: Desk, actor: Actor, section: Section) -> bool:
    if not actor.may(Right.WRITE, section):
        return False
    lead = (Role.SUPERVISOR.value,)
    return section is not Section.COUNS or Role.SUPERVISOR in actor.roles or not is_held_here(desk, lead)


def _screened(desk: Desk, case: str) -> frozenset[str | None]:
    return frozenset(found.value.person for found in desk.find(Interview, case, form_id=SCREENING))
