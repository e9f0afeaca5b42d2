"""Country sheets: what an office tells about a place, the newest of each topic, and who was given which."""

from datetime import date

import pytest

from avrr_desktop.domain.counselling import HandedHow, SheetHanded
from avrr_desktop.domain.failures import BadValue, Blocked, Expected, Refused
from avrr_desktop.domain.office import CountrySheet, SheetTopic
from avrr_desktop.domain.sections import Section
from avrr_desktop.services import enrolling
from avrr_desktop.services.country_sheets import (
    all_sheets,
    hand_sheet,
    handed_sheets,
    is_old,
    sheets,
    write_sheet,
)
from tests.interview_case import begin, open_case
from tests.office import TestOffice

HOUSING = {
    "country": "GE", "place": "Batumi", "topic": SheetTopic.HOUSING, "language": "en", "text": "Rooms cost more.",
    "source": "IOM Tbilisi", "as_of": date(2026, 10, 1),
}  # fmt: skip


def write(office: TestOffice, **other: object) -> str:
    return write_sheet(office.desk, office.claire, **{**HOUSING, **other}).value


@pytest.mark.parametrize("field", ["country", "topic", "language", "text", "source", "as_of"])
def test_a_sheet_without_one_of_its_facts_is_not_written(office, field):
    with pytest.raises(BadValue) as refused:
        write(office, **{field: None if field in ("topic", "as_of") else ""})
    assert (refused.value.code, refused.value.params["field"]) == ("sheet.missing", field)
    assert office.desk.store.find(CountrySheet, sections=(Section.DIRECTORY,)) == []


def test_a_sheet_of_the_whole_country_needs_no_place_and_is_told_for_every_place(office):
    sheet = write(office, place="")
    assert [one.id for one in sheets(office.desk, office.maya, "GE", "Batumi", "en")] == [sheet]
    assert sheets(office.desk, office.maya, "AM", "Gyumri", "en") == ()


def test_a_sheet_of_another_town_is_not_told(office):
    write(office)
    assert sheets(office.desk, office.maya, "GE", "Tbilisi", "en") == ()
    assert len(sheets(office.desk, office.maya, "GE", " batumi", "en")) == 1


def test_the_newest_is_told_and_the_older_one_stays_behind_it(office):
    old = write(office)
    new = write(office, text="Rooms cost less.", as_of=date(2026, 11, 1))
    held = all_sheets(office.desk, office.claire)
    assert [one.id for one in held] == [new]
    assert [one.id for one in held[0].earlier] == [old]
    assert sheets(office.desk, office.maya, "GE", "Batumi", "en")[0].text == "Rooms cost less."


def test_a_sheet_put_right_on_the_same_day_holds(office):
    write(office)
    right = write(office, text="Rooms are rare.")
    assert [one.id for one in all_sheets(office.desk, office.claire)] == [right]


def test_a_sheet_older_than_the_one_that_holds_is_refused(office):
    write(office)
    with pytest.raises(BadValue) as refused:
        write(office, as_of=date(2026, 9, 1))
    assert refused.value.code == "sheet.older"


def test_a_day_to_come_is_refused(office):
    with pytest.raises(BadValue) as refused:
        write(office, as_of=date(2026, 11, 25))
    assert refused.value.code == "sheet.in_future"


def test_the_readers_language_goes_first_and_says_when_it_is_behind(office):
    write(office, as_of=date(2026, 11, 1))
    georgian = write(office, language="ka", text="\u10dd\u10d7\u10d0\u10ee\u10d4\u10d1\u10d8")
    told = sheets(office.desk, office.maya, "GE", "Batumi", "ka")
    assert [(one.id, one.is_behind) for one in told] == [(georgian, True)]
    assert [one.language for one in sheets(office.desk, office.maya, "GE", "Batumi", "fr")] == ["en"]


@pytest.mark.parametrize(
    ("as_of", "today", "old"),
    [
        (date(2026, 5, 24), date(2026, 11, 24), False),
        (date(2026, 5, 23), date(2026, 11, 24), True),
        (date(2026, 8, 31), date(2027, 2, 28), False),
        (date(2026, 8, 31), date(2027, 3, 1), True),
    ],
)
def test_a_sheet_is_old_after_six_months(as_of, today, old):
    assert is_old(as_of, today) is old


def test_only_supervisor_and_administrator_write_sheets(office):
    with pytest.raises(Refused):
        write_sheet(office.desk, office.maya, **HOUSING)


def test_what_was_read_aloud_is_known_by_its_words(office):
    case, person = open_case(office)
    interview = begin(office, case, person)
    sheet = write(office)
    hand_sheet(office.desk, office.maya, case, interview, person, sheet, HandedHow.READ_ALOUD, "ka")
    write(office, text="Rooms cost less.", as_of=date(2026, 11, 1))
    (held,) = handed_sheets(office.desk, office.maya, case, interview)
    assert (held.sheet, held.how, held.language, held.by) == (
        sheet, HandedHow.READ_ALOUD, "ka", office.maya.officer,
    )  # fmt: skip
    (now,) = all_sheets(office.desk, office.claire)
    assert held.sheet_sha256 == now.earlier[0].sha256 != now.sha256


def test_no_sheet_is_handed_in_a_case_that_ended(office):
    case, person = open_case(office)
    interview = begin(office, case, person)
    sheet = write(office)
    enrolling.withdraw(office.desk, office.maya, case)
    with pytest.raises(Blocked) as blocked:
        hand_sheet(office.desk, office.maya, case, interview, person, sheet, HandedHow.SHOWN, "en")
    assert blocked.value.code == "case.ended"


def test_a_sheet_or_an_interview_nobody_knows_is_not_handed(office):
    case, person = open_case(office)
    interview = begin(office, case, person)
    sheet = write(office)
    wrongs = [
        ((interview, person, "x" * 26), "sheet.unknown"),
        (("y" * 26, person, sheet), "interview.missing"),
        ((interview, "z" * 26, sheet), "interview.missing"),
    ]
    for wrong, code in wrongs:
        with pytest.raises(Expected) as refused:
            hand_sheet(office.desk, office.maya, case, *wrong, HandedHow.SHOWN, "en")
        assert refused.value.code == code
    assert office.desk.find(SheetHanded, case) == []
