"""The papers on a real store: made in the background, checked, printed, saved, refused with the way to the field."""

from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import QMarginsF, Qt
from PySide6.QtGui import QPageLayout, QPageSize
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication
from pytestqt.qtbot import QtBot

from avrr_desktop.domain.fields import Paper
from avrr_desktop.domain.reintegration import Category
from avrr_desktop.services import papers, planning, travelling
from avrr_desktop.services.planning import LineDraft
from avrr_desktop.services.travelling import LegDraft
from avrr_desktop.ui import theme
from avrr_desktop.ui.papers.view import PapersScreen
from avrr_desktop.ui.room import Room
from tests.family import Family, make_family
from tests.office import TestOffice

Opener = Callable[..., PapersScreen]


@pytest.fixture
def family(office: TestOffice) -> Family:
    """A family with one line and one flight."""
    made = make_family(office)
    line = LineDraft(Category.BUSINESS, "Sewing machine", 1, 285000, made.people[0])
    planning.write_line(office.desk, office.maya, made.case, line)
    leg = LegDraft("LH 471", "YYZ", "2026-12-02T17:55", "FRA", "2026-12-03T07:40")
    travelling.write_leg(office.desk, office.maya, made.case, leg)
    return made


@pytest.fixture
def open_screen(qtbot: QtBot, office: TestOffice, look: Callable[..., theme.Theme]) -> Opener:
    """Show the papers of a family and wait until the first is made or refused."""

    def opened(family: Family, page: str = "plan") -> PapersScreen:
        room = Room(office.desk, office.maya)
        screen = PapersScreen(room)
        room.setParent(screen)
        room.changed.connect(screen.hear)
        qtbot.addWidget(screen)
        screen.resize(1310, 708)
        screen.show()
        screen.open(family.case, page)
        settle(qtbot, screen)
        return screen

    return opened


def settle(qtbot: QtBot, screen: PapersScreen) -> None:
    qtbot.waitUntil(lambda: not screen._background.is_busy(), timeout=10_000)


def test_a_paper_is_made_checked_and_shown(qtbot: QtBot, family: Family, open_screen: Opener) -> None:
    screen = open_screen(family)
    assert screen.made is not None
    assert screen.aside.harmless.accessibleName() == "Nothing on it can do harm"
    assert str(screen.made.words_checked) in screen.aside.harmless.accessibleDescription()
    assert screen.aside.unreviewed.isVisible()
    image = screen.preview.view.image()
    assert image.width() > 100
    assert screen.preview.view.height() <= screen.preview.height()


def test_the_keyboard_chooses_the_paper(qtbot: QtBot, family: Family, open_screen: Opener) -> None:
    screen = open_screen(family, "itinerary")
    screen.activateWindow()
    screen.first_focus()
    QTest.keyClick(screen.list, Qt.Key.Key_Down)
    settle(qtbot, screen)
    assert screen.made is not None
    assert screen.made.paper is Paper.PLAN
    screen.preview.zoom(1)
    settle(qtbot, screen)
    assert screen.preview.size_words.text() == "125 %"


def test_another_language_and_no_amounts_are_made_anew(qtbot: QtBot, family: Family, open_screen: Opener) -> None:
    screen = open_screen(family)
    screen._choose(language="fr")
    screen.aside.amounts.click()
    settle(qtbot, screen)
    assert screen.made is not None
    assert screen.made.language == "fr"
    with pypdfium2.PdfDocument(screen.made.pdf) as document:
        assert "850,00" not in document[0].get_textpage().get_text_bounded()


def test_a_harmful_word_is_refused_with_the_field_and_the_way_there(
    qtbot: QtBot, office: TestOffice, family: Family, open_screen: Opener
) -> None:
    planning.write_goal(office.desk, office.maya, family.case, "After my asylum claim")
    screen = open_screen(family)
    assert screen.made is None
    assert "asylum" in screen.aside.refused.accessibleName()
    assert "goal of the plan" in screen.aside.refused.accessibleDescription()
    assert not screen.aside.print.isEnabled()
    with qtbot.waitSignal(screen.room.asked_for) as asked:
        screen.aside.go.click()
    assert list(asked.args or ()) == ["case", family.case, "plan"]


def test_a_paper_without_content_leads_to_its_page(office: TestOffice, open_screen: Opener) -> None:
    screen = open_screen(make_family(office), "itinerary")
    assert screen.aside.go.text() == "Open Travel"


def test_saving_writes_the_file_and_says_when(
    qtbot: QtBot, office: TestOffice, family: Family, open_screen: Opener, tmp_path: Path
) -> None:
    screen = open_screen(family)
    names: list[str] = []

    def choose(name: str) -> Path:
        names.append(name)
        return tmp_path / name

    screen.ask_file = choose
    screen.aside.save.click()
    assert screen.made is not None
    assert (tmp_path / names[0]).read_bytes() == screen.made.pdf
    assert "saved" in screen.aside.before.text()
    screen.ask_file = lambda _name: None
    screen.aside.save.click()
    assert len(papers.printed_before(office.desk, office.maya, family.case, Paper.PLAN)) == 1


def test_printing_sends_every_page_and_is_logged(
    qtbot: QtBot, office: TestOffice, family: Family, open_screen: Opener, tmp_path: Path
) -> None:
    screen = open_screen(family)
    assert screen.made is not None
    target = tmp_path / "printed.pdf"

    def printer() -> QPrinter:
        chosen = QPrinter(QPrinter.PrinterMode.HighResolution)
        chosen.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        chosen.setOutputFileName(str(target))
        chosen.setPageLayout(
            QPageLayout(QPageSize(QPageSize.PageSizeId.A4), QPageLayout.Orientation.Portrait, QMarginsF())
        )
        chosen.setFullPage(True)
        return chosen

    screen.ask_printer = printer
    screen.primary()
    settle(qtbot, screen)
    with pypdfium2.PdfDocument(target.read_bytes()) as document:
        assert len(document) == screen.made.pages
        dark = document[0].render(scale=0.5).buffer
        assert min(bytes(dark)) < 80
    assert "printed" in screen.aside.before.text()


def test_thinking_better_of_it_prints_and_logs_nothing(office: TestOffice, family: Family, open_screen: Opener) -> None:
    screen = open_screen(family)
    screen.ask_printer = lambda: None
    screen.primary()
    assert papers.printed_before(office.desk, office.maya, family.case, Paper.PLAN) == ()


def test_a_change_of_the_plan_makes_the_paper_anew(
    qtbot: QtBot, office: TestOffice, family: Family, open_screen: Opener
) -> None:
    screen = open_screen(family)
    before = screen.made
    line = LineDraft(Category.LUGGAGE, "Extra suitcase", 1, 5000)
    screen.room.act(lambda: planning.write_line(office.desk, office.maya, family.case, line))
    settle(qtbot, screen)
    assert screen.made is not None
    assert before is not None
    assert screen.made.pdf != before.pdf


@pytest.mark.parametrize(("scale", "rtl"), [(1.0, True), (2.0, False), (2.0, True)])
def test_the_screen_fits_and_everything_has_a_name(
    family: Family, open_screen: Opener, look: Callable[..., theme.Theme], scale: float, rtl: bool
) -> None:
    look(scale=scale, rtl=rtl)
    screen = open_screen(family)
    QApplication.processEvents()
    assert screen.minimumSizeHint().width() <= 1310
    assert screen.aside.minimumSizeHint().width() <= screen._side.viewport().width()
    unnamed = [b for b in screen.findChildren(QAbstractButton) if b.isVisibleTo(screen) and not b.accessibleName()]
    assert unnamed == []
