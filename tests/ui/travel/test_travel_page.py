"""The journey by keyboard on a real store: a flight written, refused at its field, undone, removed."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLineEdit, QPlainTextEdit
from pytestqt.qtbot import QtBot

from avrr_desktop.services import travelling
from avrr_desktop.services.travelling import LegDraft
from avrr_desktop.ui import theme
from avrr_desktop.ui.room import Room
from avrr_desktop.ui.travel.airport import AirportField
from avrr_desktop.ui.travel.leg import LegCard
from avrr_desktop.ui.travel.view import TravelPage
from tests.family import Family, make_family
from tests.office import TestOffice

Opener = Callable[[Family], TravelPage]
LISTS = pytest.mark.qt_log_ignore("does not support (raise|grabbing the keyboard|propagateSizeHints)")
"""The offscreen platform says this of every list that opens; it means nothing."""
OUT = LegDraft("LH 471", "YYZ", "2026-12-02T17:55", "FRA", "2026-12-03T07:40")
ON = LegDraft("LH 1336", "FRA", "2026-12-03T08:50", "BUD", "2026-12-03T10:25")


@pytest.fixture
def open_page(qtbot: QtBot, office: TestOffice, look: Callable[..., theme.Theme]) -> Opener:
    """Show the page of a family's journey in a window of its own."""

    def opened(family: Family) -> TravelPage:
        room = Room(office.desk, office.maya)
        page = TravelPage(room)
        room.setParent(page)
        room.changed.connect(page.hear)
        qtbot.addWidget(page)
        page.resize(1102, 620)
        page.open(family.case)
        page.show()
        page.activateWindow()
        qtbot.waitUntil(page.isActiveWindow)
        page.first_focus()
        return page

    return opened


def add(office: TestOffice, family: Family, *drafts: LegDraft) -> list[str]:
    return [travelling.write_leg(office.desk, office.maya, family.case, draft).value for draft in drafts]


def card(page: TravelPage) -> LegCard:
    assert page.card is not None
    return page.card


def press(key: Qt.Key, times: int = 1) -> None:
    for _ in range(times):
        widget = QApplication.focusWidget()
        assert widget is not None
        QTest.keyClick(widget, key)


def write(text: str) -> None:
    widget = QApplication.focusWidget()
    assert widget is not None
    QTest.keyClicks(widget, text)


@LISTS
def test_a_flight_is_written_with_the_keyboard_alone(office: TestOffice, open_page: Opener) -> None:
    page = open_page(make_family(office))
    press(Qt.Key.Key_Insert)
    for text in ("LH 471", "X3K9QL", "yyz", "1", "2 12 2026", "17:55", "fra", "1", "3 12 2026", "0740"):
        write(text)
        press(Qt.Key.Key_Tab)
    press(Qt.Key.Key_Backtab)
    press(Qt.Key.Key_Return)
    assert page.card is None
    assert page.model is not None
    leg = page.model.state.journey.legs[0].leg
    assert (leg.flight, leg.origin, leg.departs) == ("LH471", "YYZ", "2026-12-02T17:55")
    assert (leg.destination, leg.arrives, leg.booking) == ("FRA", "2026-12-03T07:40", "X3K9QL")
    assert page.report.time.text().strip("\u2066\u2069") == "14:55"
    assert "7 h 45 min" in page.cards[page.model.state.journey.legs[0].id]._span.text()


def test_an_arrival_before_the_departure_is_refused_at_the_field_and_stays_typed(
    office: TestOffice, open_page: Opener
) -> None:
    family = make_family(office)
    add(office, family, OUT)
    page = open_page(family)
    press(Qt.Key.Key_Return)
    card(page).focus("arrives_day")
    widget = QApplication.focusWidget()
    assert isinstance(widget, QLineEdit)
    widget.selectAll()
    write("2 12 2026")
    press(Qt.Key.Key_Return)
    assert card(page).error().startswith("This flight would arrive before it leaves.")
    assert card(page).fields["arrives_day"].is_wrong()
    assert card(page).typed().arrives_day == "2 12 2026"
    press(Qt.Key.Key_Escape)
    assert page.card is None
    assert page.model is not None
    assert page.model.state.journey.legs[0].leg.arrives == "2026-12-03T07:40"


def test_escape_takes_back_what_was_written_since_the_fields_opened(office: TestOffice, open_page: Opener) -> None:
    family = make_family(office)
    add(office, family, OUT)
    page = open_page(family)
    press(Qt.Key.Key_Return)
    write("LH 472")
    press(Qt.Key.Key_Tab)
    assert page.model is not None
    assert page.model.state.journey.legs[0].leg.flight == "LH472"
    press(Qt.Key.Key_Escape)
    assert page.model.state.journey.legs[0].leg.flight == "LH471"


def test_delete_removes_a_flight_and_undo_brings_it_back(office: TestOffice, open_page: Opener) -> None:
    family = make_family(office)
    add(office, family, OUT)
    page = open_page(family)
    press(Qt.Key.Key_Delete)
    assert page.model is not None
    assert page.model.state.journey.legs == ()
    assert page.empty.isVisible()
    page.room.undo()
    assert len(page.model.state.journey.legs) == 1


@LISTS
def test_a_city_offers_its_airports_and_says_what_was_understood(
    qtbot: QtBot, look: Callable[..., theme.Theme]
) -> None:
    field = AirportField("From")
    qtbot.addWidget(field)
    field.show()
    QTest.keyClicks(field.editor, "london")
    assert any("LHR" in words for words in field.rows())
    assert field._understood.isHidden()
    field.set_value("FRA")
    assert "Frankfurt am Main International Airport, Germany" in field._understood.text()


def test_what_lies_between_flights_stands_between_them_and_beside(office: TestOffice, open_page: Opener) -> None:
    family = make_family(office)
    add(office, family, OUT, ON)
    page = open_page(family)
    assert "1 h 10 min" in page._between[0].text()
    assert "is short" in page.checks.heads()[0]
    travelling.write_leg(
        office.desk,
        office.maya,
        family.case,
        LegDraft("LH 1336", "MUC", "2026-12-03T08:50", "BUD", "2026-12-03T10:25"),
        page.model.state.journey.legs[1].id if page.model else None,
    )
    page.open(family.case)
    assert "The legs do not join" in page._between[0].text()


def test_the_ground_is_written_when_its_field_is_left(office: TestOffice, open_page: Opener) -> None:
    family = make_family(office)
    page = open_page(family)
    page.ground["meeting_arrival"].setFocus(Qt.FocusReason.TabFocusReason)
    write("Nagy Katalin, arrivals")
    press(Qt.Key.Key_Tab)
    held = travelling.journey(office.desk, office.maya, family.case).journey
    assert held.meeting_arrival == "Nagy Katalin, arrivals"
    page.report.minutes.setFocus(Qt.FocusReason.TabFocusReason)
    write("soon")
    press(Qt.Key.Key_Tab)
    assert page.report.minutes.error() == "Write whole minutes, such as 180."


def test_leaving_the_page_writes_what_is_being_typed(office: TestOffice, open_page: Opener) -> None:
    family = make_family(office)
    page = open_page(family)
    press(Qt.Key.Key_Insert)
    write("LH 471")
    page.leave()
    assert [v.leg.flight for v in travelling.journey(office.desk, office.maya, family.case).legs] == ["LH471"]


@pytest.mark.parametrize(("scale", "rtl"), [(1.0, False), (1.0, True), (2.0, False), (2.0, True)])
def test_nothing_is_wider_than_the_page_and_everything_has_a_name(
    qtbot: QtBot, office: TestOffice, open_page: Opener, look: Callable[..., theme.Theme], scale: float, rtl: bool
) -> None:
    look(scale=scale, rtl=rtl)
    family = make_family(office)
    legs = add(office, family, OUT, ON)
    page = open_page(family)
    page._open_leg(legs[1])
    card(page).fields["arrives_day"].editor.setText("1 12 2026")
    page._write(card(page))
    QApplication.processEvents()
    inside = page._main.widget()
    assert inside.width() <= page._main.viewport().width()
    assert inside.minimumSizeHint().width() <= page._main.viewport().width()
    fields = card(page).fields.values()
    qtbot.waitUntil(lambda: all(field.height() >= field.minimumSizeHint().height() for field in fields))
    kinds = (QAbstractButton, QLineEdit, QComboBox, QPlainTextEdit)
    unnamed = [w for kind in kinds for w in page.findChildren(kind) if w.isVisibleTo(page) and not w.accessibleName()]
    assert unnamed == []


def test_a_larger_text_lays_the_fields_out_anew(
    qtbot: QtBot, office: TestOffice, open_page: Opener, look: Callable[..., theme.Theme]
) -> None:
    """Not while the theme is applied: Qt walks over all widgets then."""
    family = make_family(office)
    legs = add(office, family, OUT)
    page = open_page(family)
    before = page.cards[legs[0]]
    look(scale=2.0)
    assert page.cards[legs[0]] is before
    qtbot.waitUntil(lambda: page.cards[legs[0]] is not before)
    page._open_leg(legs[0])
    tops = {field.mapTo(page, field.rect().topLeft()).x() for field in card(page).fields.values()}
    assert len(tops) == 1
