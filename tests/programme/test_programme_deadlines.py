"""Deadlines: the vectors of DOMAIN.md 12 by value, suspensions, the contact clock, retention."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from avrr_desktop.programme.deadlines import (
    Suspension,
    add_months,
    contact_clock,
    deadline,
    retain_until,
)
from avrr_desktop.programme.model import Means, Programme
from avrr_desktop.programme.values import Mark, QuestionRefused, RuleUnknown

TORONTO = ZoneInfo("America/Toronto")


@pytest.mark.parametrize(("received", "due", "shown"), [
    (datetime(2014, 3, 8, 10, tzinfo=TORONTO), datetime(2014, 3, 9, 15, tzinfo=UTC), "2014-03-09 11:00 EDT"),
    (datetime(2014, 11, 1, 10, tzinfo=TORONTO), datetime(2014, 11, 2, 14, tzinfo=UTC),
     "2014-11-02 09:00 EST"),
    (datetime(2014, 7, 1, 23, 30, tzinfo=TORONTO), datetime(2014, 7, 3, 3, 30, tzinfo=UTC),
     "2014-07-02 23:30 EDT"),
])  # fmt: skip
def test_the_contact_clock_runs_24_elapsed_hours_across_a_change_of_the_clocks(
    pilot: Programme, received: datetime, due: datetime, shown: str
) -> None:
    answer = contact_clock(pilot, received)
    assert answer.due == due
    assert isinstance(answer.due, datetime)
    assert answer.due.utcoffset() == timedelta(0)
    assert f"{answer.due.astimezone(TORONTO):%Y-%m-%d %H:%M %Z}" == shown
    assert (answer.rule.id, answer.fired.source_key, answer.fired.mark) == ("D1", "iom13", Mark.SOURCED)


@pytest.mark.parametrize(("rule", "start", "due"), [
    ("D2", date(2014, 1, 31), date(2014, 3, 2)),
    ("D3", date(2014, 8, 31), date(2014, 9, 30)),
    ("D3", date(2013, 12, 15), date(2014, 1, 14)),
    ("D4", date(2014, 8, 31), date(2015, 2, 28)),
    ("D4", date(2015, 8, 31), date(2016, 2, 29)),
    ("D4", date(2013, 12, 15), date(2014, 6, 15)),
    ("D5", date(2014, 8, 31), date(2015, 2, 28)),
    ("D5", date(2015, 8, 31), date(2016, 2, 29)),
    ("D6", date(2014, 1, 31), date(2014, 2, 28)),
])  # fmt: skip
def test_a_date_follows_from_its_start(pilot: Programme, rule: str, start: date, due: date) -> None:
    answer = deadline(pilot, rule, start)
    assert answer.due == due
    assert answer.fired.rule_id == rule


def test_a_contact_on_day_31_is_late_and_on_day_30_is_not(pilot: Programme) -> None:
    arrival = date(2014, 5, 1)
    due = deadline(pilot, "D3", arrival).due
    assert due == arrival + timedelta(days=30)
    assert due < arrival + timedelta(days=31)


def test_the_last_check_opens_72_hours_before_the_first_departure(pilot: Programme) -> None:
    answer = deadline(pilot, "D7", datetime(2014, 3, 10, 21, 30, tzinfo=TORONTO))
    assert answer.due == datetime(2014, 3, 8, 1, 30, tzinfo=UTC)
    assert answer.rule.means is Means.FROM


ORDER = date(2014, 1, 10)


@pytest.mark.parametrize(("pauses", "due", "added"), [
    ([], date(2014, 2, 9), 0),
    ([(date(2014, 1, 15), date(2014, 1, 27))], date(2014, 2, 21), 12),
    ([(date(2014, 1, 15), date(2014, 1, 20)), (date(2014, 1, 18), date(2014, 1, 27))], date(2014, 2, 21), 12),
    ([(date(2014, 1, 20), date(2014, 1, 27)), (date(2014, 1, 15), date(2014, 1, 20))], date(2014, 2, 21), 12),
    ([(date(2014, 1, 15), date(2014, 1, 27)), (date(2014, 1, 16), date(2014, 1, 17))], date(2014, 2, 21), 12),
    ([(date(2014, 1, 1), date(2014, 1, 12))], date(2014, 2, 11), 2),
    ([(date(2013, 12, 1), date(2013, 12, 20))], date(2014, 2, 9), 0),
    ([(date(2014, 2, 9), date(2014, 2, 12))], date(2014, 2, 12), 3),
    ([(date(2014, 2, 10), date(2014, 2, 20))], date(2014, 2, 9), 0),
    ([(date(2014, 2, 1), date(2014, 2, 11)), (date(2014, 2, 15), date(2014, 2, 17))], date(2014, 2, 21), 12),
    ([(date(2014, 1, 15), date(2014, 1, 15))], date(2014, 2, 9), 0),
])  # fmt: skip
def test_suspended_days_push_the_thirty_days(
    pilot: Programme, pauses: list[tuple[date, date]], due: date, added: int
) -> None:
    answer = deadline(pilot, "D2", ORDER, suspensions=[Suspension(*pause) for pause in pauses])
    assert (answer.due, answer.suspended_days) == (due, added)
    assert (answer.fired.source_key, answer.fired.mark) == ("r224", Mark.SOURCED)


def test_a_suspension_without_end_leaves_no_date(pilot: Programme) -> None:
    running = [Suspension(date(2014, 1, 12), date(2014, 1, 14)), Suspension(date(2014, 1, 20), None)]
    answer = deadline(pilot, "D2", ORDER, suspensions=running)
    assert (answer.due, answer.suspended_days) == (None, 0)


def test_a_suspension_that_begins_too_late_does_not_hold_the_clock(pilot: Programme) -> None:
    assert deadline(pilot, "D2", ORDER, suspensions=[Suspension(date(2014, 3, 1), None)]).due == date(2014, 2, 9)


def test_a_deadline_that_cannot_be_suspended_ignores_suspensions(pilot: Programme) -> None:
    pause = [Suspension(date(2014, 1, 15), date(2014, 1, 27))]
    assert deadline(pilot, "D3", ORDER, suspensions=pause).due == date(2014, 2, 9)


@pytest.mark.parametrize(("rule", "start", "why"), [
    ("D1", date(2014, 1, 1), "start_not_an_instant"),
    ("D1", datetime(2014, 1, 1, 10), "start_not_an_instant"),  # noqa: DTZ001  the naive instant is the case
    ("D3", datetime(2014, 1, 1, tzinfo=UTC), "start_not_a_date"),
])  # fmt: skip
def test_a_start_of_the_wrong_kind_is_refused(pilot: Programme, rule: str, start: date, why: str) -> None:
    with pytest.raises(QuestionRefused) as refused:
        deadline(pilot, rule, start)
    assert (refused.value.why, refused.value.detail) == (why, rule)


def test_a_suspension_that_ends_before_it_begins_is_refused(pilot: Programme) -> None:
    with pytest.raises(QuestionRefused) as refused:
        deadline(pilot, "D2", ORDER, suspensions=[Suspension(date(2014, 1, 15), date(2014, 1, 14))])
    assert refused.value.why == "suspension_reversed"


def test_an_unknown_deadline_is_a_fault(pilot: Programme) -> None:
    with pytest.raises(RuleUnknown) as unknown:
        deadline(pilot, "D99", ORDER)
    assert unknown.value.params == {"kind": "deadline", "rule": "D99"}


@pytest.mark.parametrize(("holds", "start", "until"), [
    ("case", date(2014, 3, 1), date(2019, 3, 1)),
    ("case", date(2016, 2, 29), date(2021, 2, 28)),
    ("protection", date(2014, 3, 1), date(2016, 3, 1)),
    ("audit", date(2014, 3, 1), date(2021, 3, 1)),
    ("referral_unsuccessful", date(2014, 3, 1), date(2015, 3, 1)),
])  # fmt: skip
def test_retention_is_a_practice_the_office_must_confirm(
    pilot: Programme, holds: str, start: date, until: date
) -> None:
    kept = retain_until(pilot, holds, start)
    assert kept.until == until
    assert (kept.fired.mark, kept.fired.confirmed) == (Mark.PRACTICE, False)


def test_records_of_no_known_class_have_no_retention(pilot: Programme) -> None:
    with pytest.raises(RuleUnknown):
        retain_until(pilot, "gossip", ORDER)


def test_the_report_time_is_three_hours_before_departure(pilot: Programme) -> None:
    assert (pilot.report_time.minutes, pilot.report_time.fired.mark) == (180, Mark.PRACTICE)


@pytest.mark.parametrize(("day", "months", "expected"), [
    (date(2014, 1, 31), 1, date(2014, 2, 28)),
    (date(2014, 12, 31), 2, date(2015, 2, 28)),
    (date(2014, 3, 31), -1, date(2014, 2, 28)),
    (date(2014, 1, 15), -1, date(2013, 12, 15)),
    (date(2014, 6, 30), 6, date(2014, 12, 30)),
])  # fmt: skip
def test_months_are_clipped_to_month_end(day: date, months: int, expected: date) -> None:
    assert add_months(day, months) == expected


days = st.dates(date(2012, 1, 1), date(2030, 1, 1))
pauses = st.lists(
    st.tuples(days, st.integers(0, 60)).map(lambda p: Suspension(p[0], p[0] + timedelta(days=p[1]))),
    max_size=4,
)


@settings(max_examples=200, deadline=None)
@given(one=days, other=days, rule=st.sampled_from(["D2", "D3", "D4", "D5", "D6"]))
def test_a_later_start_is_never_due_earlier(pilot: Programme, one: date, other: date, rule: str) -> None:
    first, second = sorted((one, other))
    early, late = deadline(pilot, rule, first).due, deadline(pilot, rule, second).due
    assert early is not None
    assert late is not None
    assert early <= late


@settings(max_examples=200, deadline=None)
@given(start=days, pauses=pauses, extra=pauses)
def test_more_suspensions_never_bring_the_date_forward(
    pilot: Programme, start: date, pauses: list[Suspension], extra: list[Suspension]
) -> None:
    few = deadline(pilot, "D2", start, suspensions=pauses)
    many = deadline(pilot, "D2", start, suspensions=[*extra, *pauses])
    assert few.due is not None
    assert many.due is not None
    assert start + timedelta(days=30) <= few.due <= many.due
    assert few == deadline(pilot, "D2", start, suspensions=pauses[::-1])


@settings(max_examples=200, deadline=None)
@given(start=days, pauses=pauses)
def test_thirty_days_run_free_between_start_and_due(pilot: Programme, start: date, pauses: list[Suspension]) -> None:
    due = deadline(pilot, "D2", start, suspensions=pauses).due
    assert due is not None
    span = (start + timedelta(days=n) for n in range((due - start).days))
    free = [day for day in span if not any(p.until and p.first <= day < p.until for p in pauses)]
    assert len(free) == 30
