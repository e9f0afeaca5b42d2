"""What is typed into a flight, and what the journey is looked over for; no QApplication."""

import pytest

from avrr_desktop.domain.failures import BadValue
from avrr_desktop.services.travelling import LegDraft
from avrr_desktop.ui.travel.model import Level, TravelModel
from avrr_desktop.ui.travel.typed import Typed, read_airport, read_leg, read_time, understood
from tests.family import make_family
from tests.office import TestOffice

OUT = Typed("LH 471", "X3K9QL", "YYZ", "1", "2 12 2026", "17:55", "fra", "1", "3 dec 2026", "740")


def test_a_typed_flight_is_read_as_on_the_ticket() -> None:
    assert read_leg(OUT) == LegDraft("LH 471", "YYZ", "2026-12-02T17:55", "FRA", "2026-12-03T07:40", "1", "1", "X3K9QL")


@pytest.mark.parametrize(
    ("text", "time"),
    [("17:55", "17:55"), ("1755", "17:55"), ("7.05", "07:05"), ("24:00", None), ("17:60", None), ("5:55 pm", None)],
)
def test_times_are_read_on_a_24_hour_clock(text: str, time: str | None) -> None:
    assert read_time(text) == time


def test_half_a_moment_is_not_known_yet_and_a_wrong_half_is_refused_at_its_field() -> None:
    assert read_leg(Typed(departs_day="2 12 2026")).departs is None
    with pytest.raises(BadValue) as refused:
        read_leg(Typed(departs_day="31 2 2026", departs_time="10:00"))
    assert refused.value.params["field"] == "departs_day"
    with pytest.raises(BadValue) as refused:
        read_leg(Typed(arrives_time="25:00"))
    assert refused.value.params["field"] == "arrives_time"


def test_an_airport_is_understood_by_code_and_name_and_asked_when_there_are_several() -> None:
    assert read_airport("pearson") == "YYZ"
    assert read_airport(" ") is None
    assert understood("zurich") is not None
    for text, code in (("london", "leg.several_airports"), ("Atlantis", "leg.unknown_airport")):
        with pytest.raises(BadValue) as refused:
            read_airport(text)
        assert refused.value.code == code
        assert understood(text) is None


def test_a_new_flight_leaves_from_where_the_last_one_arrives(office: TestOffice) -> None:
    model = TravelModel(office.desk, office.maya, make_family(office).case)
    assert model.next_typed().is_empty
    model.write(OUT, None)
    model.load()
    following = model.next_typed()
    assert (following.origin, following.origin_terminal, following.departs_day) == ("FRA", "1", "3 12 2026")


def test_the_journey_is_looked_over_what_blocks_first(office: TestOffice) -> None:
    model = TravelModel(office.desk, office.maya, make_family(office).case)
    model.write(OUT, None)
    model.write(Typed("LH1336", "", "FRA", "", "3 12 2026", "08:50", "BUD", "", "3 12 2026", "10:25"), None)
    model.write(Typed("LH9", "", "VIE", "", "3 12 2026", "13:00", "", "", "", ""), None)
    checks = model.load().checks
    assert [(check.code, check.level) for check in checks] == [
        ("incomplete", Level.BLOCKS),
        ("not_joined", Level.BLOCKS),
        ("short", Level.WARNS),
        ("report", Level.FINE),
    ]
    assert checks[2].place == "Frankfurt am Main"
