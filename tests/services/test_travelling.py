"""Flights by value: durations across clock changes, connections, what is refused, when to be at the airport."""

from __future__ import annotations

from datetime import timedelta

import pytest

from avrr_desktop.domain.failures import BadValue, Refused
from avrr_desktop.services import travelling
from avrr_desktop.services.airports import airports, find_airports
from avrr_desktop.services.travelling import JourneyView, LegDraft, flight_text, read_flight
from tests.family import Family, make_family
from tests.office import TestOffice

OUT = LegDraft("LH 471", "YYZ", "2026-12-02T17:55", "FRA", "2026-12-03T07:40", "1", "1", "X3K9QL")
ON = LegDraft("LH 1336", "FRA", "2026-12-03T13:10", "BUD", "2026-12-03T14:45")


def write(office: TestOffice, family: Family, *drafts: LegDraft) -> JourneyView:
    for draft in drafts:
        travelling.write_leg(office.desk, office.maya, family.case, draft)
    return travelling.journey(office.desk, office.maya, family.case)


def test_a_flight_across_two_clock_changes_takes_its_true_time(office: TestOffice) -> None:
    """DOMAIN.md 12: YYZ 2014-03-08 21:30 EST to FRA 2014-03-09 11:25 CET takes 7 h 55."""
    view = write(office, make_family(office), LegDraft("AC872", "YYZ", "2014-03-08T21:30", "FRA", "2014-03-09T11:25"))
    assert view.legs[0].duration == timedelta(hours=7, minutes=55)


def test_a_flight_in_one_zone_and_its_connection_are_worked_out(office: TestOffice) -> None:
    """DOMAIN.md 12: FRA 13:10 to BUD 14:45 takes 1 h 35; 105 minutes to change are below the planning minimum."""
    first = LegDraft("LH471", "YYZ", "2026-12-02T21:30", "FRA", "2026-12-03T11:25")
    view = write(office, make_family(office), first, ON)
    second = view.legs[1]
    assert (second.duration, second.connection) == (timedelta(hours=1, minutes=35), timedelta(minutes=105))
    assert second.is_short
    assert second.joins
    assert view.is_complete


def test_a_night_when_the_clocks_go_forward_is_an_hour_shorter(office: TestOffice) -> None:
    view = write(office, make_family(office), LegDraft("AC1", "YYZ", "2014-03-09T01:30", "YUL", "2014-03-09T03:40"))
    assert view.legs[0].duration == timedelta(hours=1, minutes=10)


@pytest.mark.parametrize(
    ("draft", "code", "field"),
    [
        (LegDraft("LH1", "XXX", None, "BUD", None), "leg.unknown_airport", "origin"),
        (LegDraft("LH1", "FRA", "2026-12-03T13:10", "BUD", "2026-12-03T13:10"), "leg.arrives_before", "arrives"),
        (LegDraft("LH1", "FRA", "2026-12-03T13:10", "BUD", "2026-12-04T13:11"), "leg.too_long", "arrives"),
        (LegDraft("LH1", "YYZ", "2014-03-09T02:30", "BUD", None), "leg.skipped_time", "departs"),
        (LegDraft("LH1", "FRA", "2026-12-03", "BUD", "noon"), "leg.no_time", "arrives"),
        (LegDraft("Lufthansa", "FRA"), "leg.no_flight", "flight"),
    ],
)
def test_a_flight_that_cannot_be_is_refused_at_its_field(
    office: TestOffice, draft: LegDraft, code: str, field: str
) -> None:
    family = make_family(office)
    with pytest.raises(BadValue) as refused:
        travelling.write_leg(office.desk, office.maya, family.case, draft)
    assert (refused.value.code, refused.value.params["field"]) == (code, field)
    assert travelling.journey(office.desk, office.maya, family.case).legs == ()


def test_arriving_on_the_calendar_day_before_is_possible_westward(office: TestOffice) -> None:
    view = write(office, make_family(office), LegDraft("FJ911", "NAN", "2026-12-03T01:00", "HNL", "2026-12-02T08:30"))
    assert view.legs[0].duration == timedelta(hours=5, minutes=30)


def test_a_flight_is_kept_as_far_as_it_is_known(office: TestOffice) -> None:
    view = write(office, make_family(office), LegDraft(None, "YYZ", None, "FRA", None))
    assert (view.legs[0].leg.origin, view.legs[0].duration) == ("YYZ", None)
    assert not view.is_complete


def test_legs_that_do_not_join_are_told(office: TestOffice) -> None:
    view = write(
        office, make_family(office), OUT, LegDraft("LH2", "MUC", "2026-12-03T13:10", "BUD", "2026-12-03T14:30")
    )
    assert not view.legs[1].joins


def test_a_flight_that_leaves_before_the_one_before_arrives_is_told(office: TestOffice) -> None:
    view = write(
        office, make_family(office), OUT, LegDraft("LH2", "FRA", "2026-12-03T07:10", "BUD", "2026-12-03T08:30")
    )
    assert view.legs[1].leaves_too_early
    assert not view.legs[1].is_short


def test_the_time_at_the_airport_comes_from_the_programme_and_can_be_the_offices(office: TestOffice) -> None:
    family = make_family(office)
    view = write(office, family, OUT)
    assert view.report_at is not None
    assert f"{view.report_at:%H:%M}" == "14:55"
    assert view.report_why is not None
    assert view.report_why.mark == "practice"
    travelling.describe_journey(office.desk, office.maya, family.case, report_minutes=120)
    view = travelling.journey(office.desk, office.maya, family.case)
    assert view.report_at is not None
    assert f"{view.report_at:%H:%M}" == "15:55"
    assert view.report_why is None


def test_reporting_before_the_clocks_change_counts_elapsed_time(office: TestOffice) -> None:
    view = write(office, make_family(office), LegDraft("AC1", "YYZ", "2014-03-09T04:00", "YUL", "2014-03-09T05:15"))
    assert view.report_at is not None
    assert f"{view.report_at:%H:%M %z}" == "00:00 -0500"


def test_a_flight_written_anew_keeps_its_place_and_a_removed_one_is_gone(office: TestOffice) -> None:
    family = make_family(office)
    first = travelling.write_leg(office.desk, office.maya, family.case, OUT).value
    write(office, family, ON)
    changed = LegDraft("LH473", OUT.origin, OUT.departs, OUT.destination, OUT.arrives)
    travelling.write_leg(office.desk, office.maya, family.case, changed, first)
    flights = [view.leg.flight for view in travelling.journey(office.desk, office.maya, family.case).legs]
    assert flights == ["LH473", "LH1336"]
    travelling.remove_leg(office.desk, office.maya, family.case, first)
    assert [v.leg.flight for v in travelling.journey(office.desk, office.maya, family.case).legs] == ["LH1336"]


@pytest.mark.parametrize(
    ("typed", "code"), [("zurich", "ZRH"), ("Zürich", "ZRH"), ("bud", "BUD"), ("pearson", "YYZ"), ("yyz", "YYZ")]
)
def test_airports_are_found_by_city_name_and_code(typed: str, code: str) -> None:
    assert find_airports(typed)[0].code == code


def test_a_city_with_several_airports_offers_them(office: TestOffice) -> None:
    assert {"LHR", "LGW"} <= {airport.code for airport in find_airports("london", 12)}
    assert find_airports("   ") == ()
    assert airports()["FRA"].zone == "Europe/Berlin"


@pytest.mark.parametrize(
    ("typed", "stored", "shown"),
    [("lh 471", "LH471", "LH 471"), ("U2-1234", "U21234", "U2 1234"), ("5X1", "5X1", "5X 1"), ("471", None, "")],
)
def test_flight_numbers_are_read_and_written_as_on_tickets(typed: str, stored: str | None, shown: str) -> None:
    assert read_flight(typed) == stored
    assert flight_text(stored) == shown


def test_who_may_not_write_travel_is_refused(office: TestOffice) -> None:
    from avrr_desktop.domain.acting import Actor
    from avrr_desktop.domain.sections import Role

    family = make_family(office)
    intake = Actor(office.maya.officer, frozenset({Role.INTAKE}))
    with pytest.raises(Refused):
        travelling.write_leg(office.desk, intake, family.case, OUT)
