"""A case without a window: what is read for its pages, which tab a place leads to, what is typed and what it means."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from avrr_desktop.domain.acting import Actor
from avrr_desktop.domain.dates import read_date
from avrr_desktop.domain.legal import Answer3, Referral
from avrr_desktop.domain.sections import Right, Section
from avrr_desktop.services.casework import CaseView, ClockView, open_case
from avrr_desktop.services.desk import Desk
from avrr_desktop.services.enrolling import Checklist, checklist
from avrr_desktop.services.history import Change, changes_of, officer_names
from avrr_desktop.services.people import PersonView
from avrr_desktop.ui.referral.model import read_time

TABS = ("overview", "people", "interview", "enrolment", "plan", "travel", "papers", "history")
"""Pages of a case, in the order of Alt+1 to Alt+8."""
_SPOTS = {
    "contact": "overview",
    "destination": "overview",
    "stops": "overview",
    "screening": "interview",
    "consents": "enrolment",
    "declarations": "enrolment",
}
RECENT = 4
"""Acts shown on the overview."""
_READ = 300
"""Changes read for them: an act may fill a checklist or a plan."""
RULE_CITIZEN = "EL09"
"""The criterion that keeps citizens of the host country out of the programme."""


def where(page: str) -> tuple[str, str]:
    """Return (tab, spot on it) of a page that was asked for; the overview for one nobody knows."""
    if page in TABS:
        return page, ""
    return (_SPOTS[page], page) if page in _SPOTS else (TABS[0], "")


@dataclass(frozen=True, slots=True)
class Recent:
    """What one officer wrote in one go: when (the last of it), by whom, and which (kind, field) pairs."""

    at: datetime
    officer: str
    written: frozenset[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class State:
    """
    What head and overview show.

    Attributes:
        recent: The newest acts, newest first.
        now: When it was read.
        referral: How it came; None where section legal is not held.
    """

    view: CaseView
    recent: tuple[Recent, ...]
    now: datetime
    zone: str
    referral: Referral | None = None

    @property
    def is_ended(self) -> bool:
        """Tell whether the case has left the path early."""
        return self.view.next_step == "ended"

    @property
    def waiting_clock(self) -> ClockView | None:
        """Return the clock of the first contact while nobody has noted one."""
        return next((clock for clock in self.view.clocks if clock.stopped is None), None)

    @property
    def met(self) -> int:
        """Count the conditions that are met."""
        return sum(condition.state == "met" for condition in self.view.conditions)

    @property
    def participants(self) -> tuple[PersonView, ...]:
        """Return the people the programme is for."""
        return tuple(person for person in self.view.people if person.takes_part)

    @property
    def adults(self) -> tuple[PersonView, ...]:
        """Return the adults who answer for themselves."""
        return tuple(person for person in self.participants if not person.is_minor)


def read_case(desk: Desk, actor: Actor, case: str) -> State:
    """
    Read a case for its head and its overview.

    Raises:
        Refused: The officer may not read section core.
        Expected: "case.missing".
    """
    recent = recent_acts(changes_of(desk, actor, case, _READ))
    referral = desk.one(Referral, case) if actor.may(Right.READ, Section.LEGAL) else None
    return State(open_case(desk, actor, case), recent[:RECENT], desk.clock(), desk.zone, referral)


def recent_acts(changes: Sequence[Change]) -> tuple[Recent, ...]:
    """Put together what one officer wrote with less than a minute between one field and the next, newest first."""
    acts: list[Recent] = []
    before: Change | None = None
    for change in changes:
        pair = (change.kind, change.field)
        if before is not None and before.officer == change.officer and before.at - change.at < timedelta(minutes=1):
            acts[-1] = replace(acts[-1], written=acts[-1].written | {pair})
        else:
            acts.append(Recent(change.at, change.officer, frozenset({pair})))
        before = change
    return tuple(acts)


def clock_share(clock: ClockView, now: datetime) -> float:
    """Return the share of a clock that is left, below 0 when late; what was left when it stopped."""
    at = clock.stopped or now
    return (clock.due - at) / (clock.due - clock.starts)


def citizen_rule(desk: Desk, actor: Actor, case: str) -> tuple[str, str]:
    """Return (rule, source) of the criterion that keeps citizens out; no source where legal is not held."""
    if not actor.may(Right.READ, Section.LEGAL):
        return RULE_CITIZEN, ""
    lines = checklist(desk, actor, case).lines
    state = next((line.state for line in lines if line.state.code == RULE_CITIZEN), None)
    return RULE_CITIZEN, state.fired.source_text if state else ""


def read_moment(day: str, clock: str, zone: str) -> datetime | None:
    """Read a day and a time typed in the office's zone; None when one of them is none."""
    on, at = read_date(day), read_time(clock)
    return datetime.combine(on, at, ZoneInfo(zone)).astimezone(UTC) if on and at else None


def read_day(text: str) -> tuple[bool, date | None]:
    """Return (whether it can be read, the day); an empty text is readable and means not known."""
    if not text.strip():
        return True, None
    day = read_date(text)
    return day is not None, day


def day_text(day: date | None) -> str:
    """Write a day as it stands in a field, "24 11 2026"."""
    return f"{day:%d %m %Y}" if day else ""


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """One line of the history in words, with the text it is searched by."""

    title: str
    below: str

    def matches(self, query: str) -> bool:
        """Tell whether every word of *query* stands in the line."""
        text = f"{self.title} {self.below}".casefold()
        return all(word in text for word in query.casefold().split())


def history_rows(changes: tuple[Change, ...], describe: Callable[[Change], HistoryRow]) -> tuple[HistoryRow, ...]:
    """Return the history in words, newest first."""
    return tuple(describe(change) for change in changes)


def names_of(desk: Desk, people: tuple[PersonView, ...]) -> Mapping[str, str]:
    """Return ids of officers and of people of a case with their names."""
    return {**officer_names(desk), **{person.id: person.name for person in people}}


def answered(check: Checklist) -> int:
    """Count the criteria that have an answer other than "not known"."""
    return sum(line.record.answer in (Answer3.YES, Answer3.NO) or line.state.answer == "met" for line in check.lines)
