"""The plan by keyboard on a real store: a line in place, the ceiling, Esc, the signature."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from avrr_desktop.domain.money import Money
from avrr_desktop.domain.reintegration import Category
from avrr_desktop.services import planning
from avrr_desktop.services.planning import LineDraft
from avrr_desktop.ui import theme
from avrr_desktop.ui.plan.editor import LineEditor
from avrr_desktop.ui.plan.view import PlanPage
from avrr_desktop.ui.room import Room
from tests.family import Family, make_citizen, make_family
from tests.office import TestOffice

Opener = Callable[[Family], PlanPage]


@pytest.fixture
def open_page(qtbot: QtBot, office: TestOffice, look: Callable[..., theme.Theme]) -> Opener:
    """Show the page of a family's plan in a window of its own."""

    def opened(family: Family) -> PlanPage:
        room = Room(office.desk, office.maya)
        page = PlanPage(room)
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


def test_a_plan_one_may_not_read_opens_without_a_place_to_begin(
    qtbot: QtBot, office: TestOffice, look: Callable[..., theme.Theme]
) -> None:
    look("light", 1.0, False)
    page = PlanPage(Room(office.desk, office.idris))
    qtbot.addWidget(page)
    page.open(make_family(office).case)
    page.first_focus()
    assert not page.table.rows


def editor(page: PlanPage) -> LineEditor:
    assert page.table.editor is not None
    return page.table.editor


def press(key: Qt.Key, times: int = 1) -> None:
    for _ in range(times):
        widget = QApplication.focusWidget()
        assert widget is not None
        QTest.keyClick(widget, key)


def write(text: str) -> None:
    widget = QApplication.focusWidget()
    assert widget is not None
    QTest.keyClicks(widget, text)


def add(office: TestOffice, family: Family, words: str, minor: int, category: Category = Category.MATERIAL) -> str:
    return planning.write_line(office.desk, office.maya, family.case, LineDraft(category, words, 1, minor)).value


def test_a_line_is_written_with_the_keyboard_alone(office: TestOffice, open_page: Opener) -> None:
    page = open_page(make_family(office))
    press(Qt.Key.Key_Return)
    write("Two extra pieces")
    press(Qt.Key.Key_Tab, 2)
    write("2")
    press(Qt.Key.Key_Tab)
    write("75")
    assert page.free.sum.text().strip("\u2066\u2069") == "CAD\u00a07,850.00"
    press(Qt.Key.Key_Return)
    assert page.model is not None
    assert [(v.line.description, v.amount) for v in page.model.state.plan.lines] == [
        ("Two extra pieces", Money("CAD", 15000))
    ]
    assert editor(page).line is None
    assert editor(page).category is Category.LUGGAGE


def test_enter_on_an_empty_new_line_leads_out_of_it(office: TestOffice, open_page: Opener) -> None:
    page = open_page(make_family(office))
    press(Qt.Key.Key_Return, 2)
    assert page.table.editor is None
    assert QApplication.focusWidget() is page.table.heads[Category.LUGGAGE].add


def test_a_line_over_the_ceiling_is_refused_in_words_and_what_was_typed_stays(
    office: TestOffice, open_page: Opener
) -> None:
    family = make_family(office, size=1)
    add(office, family, "Tools", 199000)
    page = open_page(family)
    page.table.heads[Category.LUGGAGE].add.click()
    write("Baggage")
    press(Qt.Key.Key_Tab, 3)
    write("25.00")
    assert page.free.accessibleName() == "CAD\u00a015.00 over"
    press(Qt.Key.Key_Return)
    said = editor(page).error().replace("\u00a0", " ")
    assert said == "This line takes the plan CAD 15.00 over the ceiling. Lower it, or remove another line."
    assert editor(page).cells["price"].is_wrong()
    assert editor(page).typed().price == "25.00"
    assert QApplication.focusWidget() is editor(page).cells["price"].editor
    press(Qt.Key.Key_A)  # a letter is no price: still refused, in other words
    press(Qt.Key.Key_Return)
    assert editor(page).error() == "Write the price as a number, such as 1,250.00."


def test_escape_gives_back_what_the_line_was(office: TestOffice, open_page: Opener) -> None:
    family = make_family(office)
    line = add(office, family, "Tools", 10000)
    page = open_page(family)
    assert QApplication.focusWidget() is page.table.rows[line]
    press(Qt.Key.Key_Return)
    write("Better tools")
    press(Qt.Key.Key_Tab, 4)
    assert page.model is not None
    assert page.model.state.plan.lines[0].line.description == "Better tools"
    press(Qt.Key.Key_Escape)
    assert page.model.state.plan.lines[0].line.description == "Tools"
    assert page.table.editor is None
    assert QApplication.focusWidget() is page.table.rows[line]


def test_delete_removes_a_line_and_undo_brings_it_back(office: TestOffice, open_page: Opener) -> None:
    family = make_family(office)
    add(office, family, "Tools", 10000)
    page = open_page(family)
    press(Qt.Key.Key_Delete)
    assert page.model is not None
    assert page.model.state.plan.lines == ()
    page.room.undo()
    assert [v.line.description for v in page.model.state.plan.lines] == ["Tools"]


def test_why_names_rule_and_the_citizen_left_out(office: TestOffice, open_page: Opener) -> None:
    family = make_family(office)
    make_citizen(office, family, family.people[3])
    page = open_page(family)
    assert page.free.why.link.text().replace("\u00a0", " ") == "Why \u2066CAD 6,000.00\u2069?"
    QTest.keyClick(page.free.why.link, Qt.Key.Key_Space)
    words = " ".join(label.text() for label in page.free.why.findChildren(QWidget) if hasattr(label, "text"))
    assert "EL09" in words
    assert "Canadian citizen" in words
    assert "practice of the office" in words
    assert "Claire Moreau" in words


@pytest.mark.parametrize(
    ("more", "words", "target"),
    [
        ({"confirmed": False}, "has not confirmed", ("settings", "", "programme")),
        ({"programme": "avrr-2012"}, "outside the programme's dates", ("case", "CASE", "enrolment")),
    ],
)
def test_without_a_ceiling_the_card_says_why_and_leads_there(
    office: TestOffice,
    open_page: Opener,
    qtbot: QtBot,
    more: dict[str, object],
    words: str,
    target: tuple[str, str, str],
) -> None:
    family = make_family(office, **more)  # type: ignore[arg-type]
    page = open_page(family)
    assert words in page.free.reason.text()
    with qtbot.waitSignal(page.room.asked_for) as asked:
        page.free.way.click()
    assert list(asked.args or ()) == [part.replace("CASE", family.case) for part in target]


def test_the_plan_is_signed_on_the_page_and_then_only_read(office: TestOffice, open_page: Opener) -> None:
    family = make_family(office)
    add(office, family, "Tools", 10000)
    page = open_page(family)
    page.primary()
    assert QApplication.focusWidget() is page.before.blocks.lines[0].button
    page.feasibility.choose(1)
    assert page.before.sign.isEnabled()
    page.primary()
    page.primary()
    assert page.sheet.tick_error.text() == "Explain the rule, then tick it."
    assert "30 days" in page.sheet.rule.text()
    page.sheet.tick.click()
    page.primary()
    assert page.sheet.pad_error.text() == "Sign on the pad, or attach a scan."
    draw(page.sheet.pad)
    page.primary()
    assert page.model is not None
    assert page.model.state.plan.is_signed
    assert "Ilona Horváth" in page.signed.accessibleName()
    assert not page.table.heads[Category.LUGGAGE].add.isVisible()
    page.table.focus_first()
    press(Qt.Key.Key_Return)
    assert page.table.editor is None


def draw(pad: QWidget) -> None:
    QTest.mousePress(pad, Qt.MouseButton.LeftButton, pos=QPoint(40, 60))
    QTest.mouseMove(pad, QPoint(160, 30))
    QTest.mouseMove(pad, QPoint(260, 70))
    QTest.mouseRelease(pad, Qt.MouseButton.LeftButton, pos=QPoint(260, 70))


def test_a_scan_stands_for_the_signature_and_what_is_no_scan_is_refused(
    office: TestOffice, open_page: Opener, tmp_path_factory: pytest.TempPathFactory
) -> None:
    family = make_family(office)
    add(office, family, "Tools", 10000)
    page = open_page(family)
    page.feasibility.choose(3)
    page.primary()
    folder = tmp_path_factory.mktemp("scans")
    (folder / "notes.txt").write_text("no scan")
    (folder / "empty.png").write_bytes(b"")
    (folder / "signed.pdf").write_bytes(b"%PDF-1.4 scan")
    for name, words in (("notes.txt", "PNG, JPEG or PDF"), ("empty.png", "empty"), ("gone.pdf", "could not be read")):
        page.sheet.take_file(folder / name)
        assert words in page.sheet.pad_error.text()
    page.sheet.take_file(folder / "signed.pdf")
    page.sheet.tick.click()
    page.primary()
    assert page.model is not None
    assert page.model.state.plan.is_signed


def test_leaving_the_page_writes_what_is_being_typed(office: TestOffice, open_page: Opener) -> None:
    family = make_family(office)
    page = open_page(family)
    press(Qt.Key.Key_Return)
    write("Suitcase")
    page.leave()
    assert [v.line.description for v in planning.plan(office.desk, office.maya, family.case).lines] == ["Suitcase"]


@pytest.mark.parametrize(("scale", "rtl"), [(1.0, False), (1.0, True), (2.0, False), (2.0, True)])
def test_nothing_is_wider_than_the_page_and_everything_has_a_name(
    office: TestOffice, open_page: Opener, look: Callable[..., theme.Theme], scale: float, rtl: bool
) -> None:
    look(scale=scale, rtl=rtl)
    family = make_family(office)
    line = add(office, family, "Industrial sewing machine, second-hand, with table", 10000)
    page = open_page(family)
    page.editing.open_line(line)
    QApplication.processEvents()
    assert page.table.width() <= page.table.parentWidget().width()
    assert page.table.parentWidget().width() <= page.width()
    kinds = (QAbstractButton, QLineEdit, QComboBox, QPlainTextEdit)
    unnamed = [w for kind in kinds for w in page.findChildren(kind) if w.isVisibleTo(page) and not w.accessibleName()]
    assert unnamed == []
