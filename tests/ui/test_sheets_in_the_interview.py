"""Country sheets beside the page about information: opened, read, and how they reached the person recorded."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from avrr_desktop.domain.counselling import HandedHow, SheetHanded
from avrr_desktop.domain.office import SheetTopic
from avrr_desktop.services.casework import set_destination
from avrr_desktop.services.country_sheets import write_sheet
from avrr_desktop.ui.interview.second import ReturneeWindow
from tests.interview_case import begin, open_case
from tests.ui.seen import assert_whole, labels_of
from tests.ui.windows import go_to, open_interview

ENGLISH, FRENCH = "Rooms cost about GEL 700 a month.", "Une chambre co\u00fbte environ 700 GEL par mois."


@pytest.fixture
def case(office) -> tuple[str, str]:
    case, person = open_case(office)
    set_destination(office.desk, office.maya, case, country="GE", place="Batumi")
    for topic, language, text, as_of in (
        (SheetTopic.HOUSING, "en", ENGLISH, date(2026, 10, 1)),
        (SheetTopic.HOUSING, "fr", FRENCH, date(2026, 10, 1)),
        (SheetTopic.HEALTH, "en", "Primary care is free.", date(2026, 1, 1)),
    ):
        write_sheet(
            office.desk, office.claire, country="GE", place="Batumi", topic=topic, language=language, text=text,
            source="IOM Tbilisi", as_of=as_of,
        )  # fmt: skip
    return case, begin(office, case, person)


@pytest.fixture
def screen(qtbot, look, office, case):
    look()
    return open_interview(qtbot, office, case).shown()


def test_the_list_stands_beside_the_page_about_information_and_nowhere_else(screen):
    go_to(screen, "talk_alone")
    assert not screen.sheets.isVisible()
    go_to(screen, "info_given")
    assert screen.sheets.isVisible()
    shown = labels_of(screen.sheets)
    assert [button.text() for button in screen.sheets.buttons] == ["Housing", "Health care"]
    assert "IOM Tbilisi" in shown
    assert "1 October 2026" in shown
    assert "Older than 6 months" in shown


def test_a_sheet_opens_in_the_returnees_language_and_escape_leads_back(qtbot, screen):
    go_to(screen, "info_given")
    screen.sheets.buttons[0].click()
    assert FRENCH in labels_of(screen.sheet_page)
    assert ENGLISH not in labels_of(screen.sheet_page)
    assert QApplication.focusWidget() is screen.sheet_page.handed[HandedHow.READ_ALOUD]
    qtbot.keyClick(screen, Qt.Key.Key_Escape)
    assert screen.model.state.sheet is None
    assert screen.page.isVisible()


@pytest.mark.parametrize("how", list(HandedHow))
def test_how_it_reached_the_person_is_recorded_and_said(screen, office, case, how):
    go_to(screen, "info_given")
    screen.sheets.buttons[0].click()
    screen.sheet_page.handed[how].click()
    (held,) = office.desk.find(SheetHanded, case[0])
    assert (held.value.how, held.value.language, held.value.interview) == (how, "fr", case[1])
    words = {"read_aloud": "Read aloud today 10:00", "shown": "Shown today 10:00", "printed": "Printed today 10:00"}
    assert words[how.value] in labels_of(screen.sheet_page)
    screen.primary()
    assert words[how.value] in labels_of(screen.sheets)


def test_an_english_sheet_read_aloud_reaches_the_person_in_the_language_of_the_talk(screen, office, case):
    go_to(screen, "info_given")
    screen.sheets.buttons[1].click()
    screen.sheet_page.handed[HandedHow.READ_ALOUD].click()
    screen.sheet_page.handed[HandedHow.SHOWN].click()
    told = [(found.value.how, found.value.language) for found in office.desk.find(SheetHanded, case[0])]
    assert told == [(HandedHow.READ_ALOUD, "fr"), (HandedHow.SHOWN, "en")]


def test_the_open_sheet_stands_in_the_returnees_window(screen):
    go_to(screen, "info_given")
    screen.do("face")
    screen.sheets.buttons[0].click()
    assert FRENCH in labels_of(screen.second)
    screen.primary()
    assert FRENCH not in labels_of(screen.second)
    ReturneeWindow.place = None


def test_another_topic_closes_the_sheet(screen):
    go_to(screen, "info_given")
    screen.sheets.buttons[0].click()
    go_to(screen, "talk_alone")
    assert screen.model.state.sheet is None
    go_to(screen, "info_given")
    assert screen.model.state.sheet is None


def test_a_place_without_sheets_and_no_place_at_all_are_said(qtbot, look, office, case):
    look()
    set_destination(office.desk, office.maya, case[0], country="AM", place="Gyumri")
    screen = open_interview(qtbot, office, case).shown()
    go_to(screen, "info_given")
    assert "nobody has written a sheet yet" in labels_of(screen.sheets)
    set_destination(office.desk, office.maya, case[0], country=None, place=None)
    screen.model.reload()
    screen.draw()
    assert "not written down yet" in labels_of(screen.sheets)


@pytest.mark.parametrize(("name", "scale", "rtl"), [("light", 1.0, False), ("dark", 2.0, True)])
def test_list_and_sheet_are_whole_in_every_look(qtbot, look, office, case, name, scale, rtl):
    look(name, scale, rtl)
    window = open_interview(qtbot, office, case)
    screen = window.shown()
    go_to(screen, "info_given")
    assert_whole(window)
    screen.sheets.buttons[0].click()
    screen.sheet_page.handed[HandedHow.SHOWN].click()
    assert_whole(window)
