"""Country information in the settings: written once, read by everybody, the older sheet stays behind the newer."""

from datetime import date

import pytest

from avrr_desktop.domain.office import SheetTopic
from avrr_desktop.services.country_sheets import all_sheets, write_sheet
from avrr_desktop.ui.habits import Habits
from avrr_desktop.ui.room import Room
from avrr_desktop.ui.settings.view import SettingsScreen
from tests.ui.seen import assert_whole, labels_of

FACTS = {
    "country": "GE", "place": "Batumi", "topic": "housing", "language": "en", "source": "IOM Tbilisi",
    "as_of": "1 4 2026", "text": "A room costs about GEL 700 a month.",
}  # fmt: skip


def show(qtbot, office, actor):
    room = Room(office.desk, actor)
    screen = SettingsScreen(room, Habits())
    screen.refused = []
    room.refused.connect(screen.refused.append)
    room.changed.connect(screen.hear)
    qtbot.addWidget(screen)
    screen.resize(1166, 700)
    screen.show()
    screen.open("", "sheets")
    return screen


@pytest.fixture
def screen(qtbot, look, office):
    look()
    return show(qtbot, office, office.claire)


def fill(page, **other) -> None:
    for name, value in {**FACTS, **other}.items():
        page.fields[name].set_value(value)
    page.write.click()


def test_a_sheet_is_written_and_stands_in_the_list_with_source_and_date(screen, office):
    page = screen.pages["sheets"]
    fill(page)
    (held,) = all_sheets(office.desk, office.claire)
    assert (held.country, held.place, held.topic, held.as_of) == ("GE", "Batumi", SheetTopic.HOUSING, date(2026, 4, 1))
    shown = labels_of(page)
    assert "IOM Tbilisi" in shown
    assert "1 April 2026" in shown
    assert "Older than 6 months" in shown
    assert FACTS["text"] not in shown
    page.rows[0].read.click()
    assert FACTS["text"] in labels_of(page)


@pytest.mark.parametrize("field", ["country", "topic", "language", "source", "as_of", "text"])
def test_what_is_missing_is_said_at_its_field_and_what_was_typed_stays(screen, office, field):
    page = screen.pages["sheets"]
    fill(page, **{field: ""})
    assert all_sheets(office.desk, office.claire) == ()
    assert page.fields[field].error()
    assert page.fields["place"].value() == "Batumi"
    assert screen.refused == []


def test_a_day_that_cannot_be_read_is_said_at_once(screen, office):
    page = screen.pages["sheets"]
    fill(page, as_of="yesterday")
    assert "Write the day as in 24 11 2026." in labels_of(page)
    assert all_sheets(office.desk, office.claire) == ()


def test_a_newer_sheet_takes_its_place_and_the_older_can_still_be_read(screen, office):
    page = screen.pages["sheets"]
    fill(page)
    page.rows[0].renew.click()
    assert page.fields["text"].value() == FACTS["text"]
    assert page.fields["source"].value() == ""
    fill(page, as_of="1 11 2026", text="Rooms are rare.")
    assert len(page.rows) == 1
    page.rows[0].read.click()
    shown = labels_of(page)
    assert "Rooms are rare." in shown
    assert "Before:" in shown
    assert FACTS["text"] in shown


def test_an_officer_without_the_right_reads_only(qtbot, look, office):
    look()
    write_sheet(
        office.desk, office.claire, country="GE", place="", topic=SheetTopic.WORK, language="en", text="Ask first.",
        source="IOM", as_of=date(2026, 11, 1),
    )  # fmt: skip
    page = show(qtbot, office, office.maya).pages["sheets"]
    assert not page.write.isVisible()
    assert not page.rows[0].renew.isVisible()
    assert page.rows[0].read.isVisible()


@pytest.mark.parametrize(("name", "scale", "rtl"), [("light", 1.0, False), ("dark", 1.0, True), ("white", 2.0, True)])
def test_the_page_is_whole_in_every_look(qtbot, look, office, name, scale, rtl):
    look(name, scale, rtl)
    for place in ("Batumi", ""):
        write_sheet(
            office.desk, office.claire, country="GE", place=place, topic=SheetTopic.HOUSING, language="en",
            text="Rooms are rare. " * 20, source="IOM Tbilisi, letter of its housing officer", as_of=date(2026, 1, 1),
        )  # fmt: skip
    screen = show(qtbot, office, office.claire)
    screen.pages["sheets"].rows[0].read.click()
    assert_whole(screen)
