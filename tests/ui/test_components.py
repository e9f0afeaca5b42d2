"""Every component: a name for those who hear it, a key, no cut word, both directions."""

import sys
import time
from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from avrr_desktop.ui import theme
from avrr_desktop.ui.components.banner import Banner, NextStep
from avrr_desktop.ui.components.base import isolate, ltr, text_direction
from avrr_desktop.ui.components.blocks import Block, Blocks
from avrr_desktop.ui.components.button import Button
from avrr_desktop.ui.components.card import Card
from avrr_desktop.ui.components.chip import Chip, Filter, Pills
from avrr_desktop.ui.components.choice import CheckRow, Choices, Option
from avrr_desktop.ui.components.clock import Clock
from avrr_desktop.ui.components.dialog import Answer, Dialog
from avrr_desktop.ui.components.empty import Empty
from avrr_desktop.ui.components.errors import ErrorSummary, Fault
from avrr_desktop.ui.components.field import Field
from avrr_desktop.ui.components.focus import FocusRing
from avrr_desktop.ui.components.header import PageHeader
from avrr_desktop.ui.components.keycap import Keycap
from avrr_desktop.ui.components.label import Label, WrapLabel
from avrr_desktop.ui.components.progress import Bar, Progress
from avrr_desktop.ui.components.rail import StageRail, Stop
from avrr_desktop.ui.components.saved import Saved
from avrr_desktop.ui.components.tabs import Tabs
from avrr_desktop.ui.components.toast import Toast
from avrr_desktop.ui.components.why import Why
from avrr_desktop.ui.frame.bars import MenuBar, StatusBar
from avrr_desktop.ui.frame.nav import Place, SideNav

OPTIONS = (
    Option("a", "I did", "أنا"),
    Option("b", "My family", "عائلتي"),
    Option("c", "Someone else", "شخص آخر"),
)
STOPS = (
    Stop("r", "Referral", "done", "3 Nov"),
    Stop("p", "Plan", "now", "now"),
    Stop("t", "Travel", "ahead"),
)
LONG = "February has 28 or 29 days. Write the day as in the document, not as it was told to you."

MAKERS: dict[str, Callable[[], QWidget]] = {
    "banner": lambda: Banner("warn", LONG, LONG, action="Open"),
    "next step": lambda: NextStep("Next", LONG, "Open the plan", key="Enter"),
    "blocks": lambda: Blocks((Block("a", LONG, "not signed", False, "Go there"), Block("b", "B", "done", True))),
    "button": lambda: Button("Continue", "primary", key="Enter", icon="printer"),
    "card": lambda: Card("People", link="Add"),
    "chip": lambda: Chip("Confirmed", "ok"),
    "pills": lambda: Pills("Lists", (Filter("m", "Mine", 14), Filter("l", "Late", 2, "bad"))),
    "choices": lambda: Choices("Who?", OPTIONS, language="ar"),
    "check row": lambda: CheckRow(Option("y", LONG)),
    "clock": lambda: Clock("6 h 20 min left", 0.2),
    "empty": lambda: Empty("No case is late", LONG, action="Open that case"),
    "field": lambda: Field("Born on", "date", help=LONG, optional=True),
    "combo": lambda: Field("For", "combo", options=(("a", "Whole family"),)),
    "multiline": lambda: Field("Note", "multiline"),
    "secret": lambda: Field("Passphrase", "secret"),
    "header": lambda: PageHeader("Horváth family", facts=(Chip("Plan"),), actions=(Button("Print"),)),
    "keycap": lambda: Keycap("Ctrl+P"),
    "label": lambda: Label("Toronto"),
    "wrap label": lambda: WrapLabel(LONG),
    "bar": lambda: Bar("Planned"),
    "progress": lambda: Progress("Reading the bundle", LONG),
    "rail": lambda: StageRail(STOPS),
    "saved": lambda: Saved("Saved 14:03"),
    "tabs": lambda: Tabs("Pages", (("a", "Overview"), ("b", "People"))),
    "why": lambda: Why("Why?", LONG, (("Rule", LONG),)),
    "nav": lambda: SideNav("Toronto", (Place("t", "Today", "sun"),), "Maya Tremblay", "Case officer", "MT"),
    "status bar": lambda: StatusBar("Toronto office"),
    "menu bar": lambda: MenuBar("REHEARSAL office: nobody here is real"),
}


def shown(qtbot, widget: QWidget, width: int = 480) -> QWidget:
    """Show *widget* in a column, as screens do, and keep the holder alive on it."""
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.addWidget(widget)
    column.addStretch(1)
    qtbot.addWidget(holder)
    holder.resize(width, 400)
    holder.show()
    QApplication.processEvents()
    widget.holder = holder  # pytest-qt holds it weakly
    return widget


def labels_cut(root: QWidget) -> list[str]:
    """Words of labels that got less room than they need."""
    cut = []
    for label in root.findChildren(QLabel):
        if not label.isVisible() or not label.text():
            continue
        needed = label.heightForWidth(label.width()) if label.wordWrap() else label.sizeHint().height()
        wide_enough = label.wordWrap() or label.width() >= label.sizeHint().width()
        if label.height() < needed or not wide_enough:
            cut.append(label.text())
    return cut


@pytest.mark.parametrize("name", MAKERS)
@pytest.mark.parametrize("way", [{}, {"scale": 2.0}, {"rtl": True}, {"name": "black", "scale": 1.5}])
def test_no_word_is_cut(qtbot, look, name, way):
    look(**way)
    part = shown(qtbot, MAKERS[name](), 1000 if way.get("scale", 1) > 1 else 560)
    assert labels_cut(part.parentWidget()) == []
    for button in part.parentWidget().findChildren(QPushButton):
        if button.isVisible():
            assert button.width() >= button.minimumSizeHint().width(), button.text()


@pytest.mark.parametrize("name", MAKERS)
def test_everything_that_takes_the_focus_has_a_name(qtbot, look, name):
    look()
    part = shown(qtbot, MAKERS[name]())
    for widget in (part, *part.findChildren(QWidget)):
        if widget.focusPolicy() == Qt.FocusPolicy.NoFocus or not widget.isVisible():
            continue
        spoken = QAccessible.queryAccessibleInterface(widget)
        assert spoken.text(QAccessible.Text.Name), widget


@pytest.mark.parametrize("name", MAKERS)
def test_making_a_part_opens_no_window_of_its_own(qtbot, look, name):
    look()
    before = {w for w in QApplication.topLevelWidgets() if w.isVisible()}
    part = MAKERS[name]()
    qtbot.addWidget(part)
    assert {w for w in QApplication.topLevelWidgets() if w.isVisible()} == before


@pytest.mark.parametrize("name", MAKERS)
def test_theme_size_and_direction_can_change_while_it_is_shown(qtbot, look, name):
    look()
    part = shown(qtbot, MAKERS[name](), 1000)
    plain = part.grab().toImage()
    look("dark", 1.4, True)
    QApplication.processEvents()
    assert part.grab().toImage() != plain or plain.isNull()
    look()
    QApplication.processEvents()
    again = part.grab().toImage()
    assert again.size() == plain.size()
    assert again == plain


def test_space_and_enter_press_a_button_but_enter_never_a_dangerous_one(qtbot, look):
    look()
    calm, danger = shown(qtbot, Button("Print")), shown(qtbot, Button("Withdraw", "danger"))
    pressed = []
    calm.clicked.connect(lambda: pressed.append("calm"))
    danger.clicked.connect(lambda: pressed.append("danger"))
    for key in (Qt.Key.Key_Space, Qt.Key.Key_Return):
        qtbot.keyClick(calm, key)
        qtbot.keyClick(danger, key)
    assert pressed == ["calm", "danger", "calm"]


def test_a_busy_button_keeps_its_width_and_takes_no_click(qtbot, look):
    look()
    button = shown(qtbot, Button("Write it in", "primary", key="Enter"))
    width = button.sizeHint().width()
    button.set_busy("Writing…")
    assert (button.isEnabled(), button.sizeHint().width()) == (False, width)
    assert button.accessibleName() == "Writing…"
    button.set_busy("")
    assert (button.isEnabled(), button.accessibleName()) == (True, "Write it in")


def test_a_field_says_it_was_left_only_when_the_text_changed(qtbot, look):
    look()
    field = shown(qtbot, Field("Name"))
    field.set_value("Ana")
    said: list[str] = []
    field.left.connect(said.append)
    qtbot.keyClick(field.editor, Qt.Key.Key_Return)
    qtbot.keyClicks(field.editor, "h")
    assert said == []
    qtbot.keyClick(field.editor, Qt.Key.Key_Return)
    assert said == ["Anah"]


def test_an_error_is_shown_and_spoken_and_the_text_stays(qtbot, look):
    look()
    field = shown(qtbot, Field("Born on", "date", help="As in the document"))
    field.set_value("31 2 1992")
    field.set_error("February has 28 or 29 days.")
    assert (field.value(), field.error()) == ("31 2 1992", "February has 28 or 29 days.")
    assert field.editor.accessibleDescription() == "As in the document February has 28 or 29 days."
    field.set_error("")
    assert field.editor.accessibleDescription() == "As in the document"


def test_a_date_shows_while_typing_what_was_understood(qtbot, look):
    look()
    field = shown(qtbot, Field("Born on", "date", reader=lambda text: f"<{text}>"))
    qtbot.keyClicks(field.editor, "24 nov")
    assert "<24 nov>" in {label.text() for label in field.findChildren(QLabel) if label.isVisible()}


def test_a_text_field_takes_the_direction_of_what_is_typed_and_sums_stay_right(qtbot, look):
    look(rtl=True)
    name, money = shown(qtbot, Field("Name")), shown(qtbot, Field("Price", "money"))
    assert name.editor.layoutDirection() == Qt.LayoutDirection.RightToLeft
    name.set_value("Horváth")
    money.set_value("12.00")
    assert name.editor.layoutDirection() == Qt.LayoutDirection.LeftToRight
    assert money.editor.layoutDirection() == Qt.LayoutDirection.LeftToRight
    assert money.editor.alignment() & Qt.AlignmentFlag.AlignRight


def test_a_read_only_field_keeps_its_text_but_takes_no_key(qtbot, look):
    look()
    field = shown(qtbot, Field("Case number"))
    field.set_value("TOR-26")
    field.set_read_only(True)
    qtbot.keyClicks(field.editor, "x")
    assert field.value() == "TOR-26"


def test_a_combo_gives_the_value_not_the_words(qtbot, look):
    look()
    field = shown(qtbot, Field("For", "combo", options=(("a", "Whole family"), ("b", "Mrs Horváth"))))
    said: list[str] = []
    field.left.connect(said.append)
    assert field.value() == ""
    field.editor.setFocus()
    qtbot.keyClick(field.editor, Qt.Key.Key_Down)
    qtbot.keyClick(field.editor, Qt.Key.Key_Down)
    assert (field.value(), said) == ("b", [])
    qtbot.keyClick(field.editor, Qt.Key.Key_Return)
    assert said == ["b"]
    field.set_value("a")
    assert said == ["b"]


def test_a_passphrase_is_hidden_until_asked_for(qtbot, look):
    look()
    field = shown(qtbot, Field("Passphrase", "secret"))
    eye = field.findChild(Button)
    assert field.editor.echoMode() == QLineEdit.EchoMode.Password
    qtbot.keyClick(eye, Qt.Key.Key_Space)
    assert field.editor.echoMode() == QLineEdit.EchoMode.Normal


def test_a_digit_chooses_and_enter_goes_on(qtbot, look):
    look()
    choices = shown(qtbot, Choices("Who?", OPTIONS, language="ar"))
    chosen: list[tuple[str, ...]] = []
    choices.chosen.connect(chosen.append)
    choices.rows[0].setFocus()
    qtbot.keyClick(choices.rows[0], Qt.Key.Key_2)
    assert chosen == [("b",)]
    qtbot.keyClick(choices.rows[1], Qt.Key.Key_9)
    assert choices.values() == ("b",)
    with qtbot.waitSignal(choices.entered):
        qtbot.keyClick(choices.rows[1], Qt.Key.Key_Return)


def test_several_may_be_chosen_where_several_are_asked(qtbot, look):
    look()
    choices = shown(qtbot, Choices("Which?", OPTIONS, several=True))
    for digit in (Qt.Key.Key_3, Qt.Key.Key_1):
        qtbot.keyClick(choices.rows[0], digit)
    assert choices.values() == ("a", "c")
    choices.set_values(())
    assert choices.values() == ()


def test_more_than_nine_choices_take_two_digits_or_letters(qtbot, look):
    look()
    names = ("Oslo", "Rome", "Kyiv", "Lima", "Bonn", "Bern", "Nice", "Graz", "Linz", "Lyon", "Metz", "Ulm")
    choices = shown(qtbot, Choices("Where?", [Option(n, n) for n in names]))
    qtbot.keyClick(choices.rows[0], Qt.Key.Key_1)
    assert choices.values() == ()
    qtbot.keyClick(choices.rows[0], Qt.Key.Key_2)
    assert choices.values() == ("Ulm",)
    qtbot.keyClicks(choices.rows[0], "li")
    visible = [row.text() for row in choices.rows if row.isVisible()]
    assert visible == ["Lima", "Linz", "Ulm"]


def test_rows_of_choices_are_equally_high_in_all_scripts(qtbot, look):
    look()
    one = shown(qtbot, Choices("Who?", OPTIONS, language="ar"))
    two = shown(qtbot, Choices("Who?", [Option("a", "I did")]))
    assert {row.height() for row in (*one.rows, *two.rows)} == {theme.current().height("choice")}


def test_pills_answer_at_once_and_keep_the_chosen_one(qtbot, look):
    look()
    pills = shown(qtbot, Pills("Lists", (Filter("m", "Mine", 14), Filter("l", "Late", 2, "bad"))))
    said: list[str] = []
    pills.chosen.connect(said.append)
    pills.set_value("m")
    qtbot.keyClick(pills.pills[1], Qt.Key.Key_Space)
    pills.set_filters((Filter("m", "Mine", 13), Filter("l", "Late", 3, "bad")))
    assert (said, pills.value(), pills.pills[1].accessibleName()) == (["l"], "l", "Late 3")


def test_the_rail_says_where_it_stands_and_each_stop_opens(qtbot, look):
    look()
    rail = shown(qtbot, StageRail(STOPS), 900)
    opened: list[str] = []
    rail.opened.connect(opened.append)
    assert rail.accessibleName() == "Stage 2 of 3, Plan, now"
    rail.buttons[0].setFocus()
    qtbot.keyClick(rail.buttons[0], Qt.Key.Key_Right)
    assert rail.focusWidget() is rail.buttons[1]
    qtbot.keyClick(rail.buttons[1], Qt.Key.Key_Return)
    assert opened == ["p"]


def test_the_arrows_of_the_rail_follow_the_eye_right_to_left(qtbot, look):
    look(rtl=True)
    rail = shown(qtbot, StageRail(STOPS), 900)
    rail.buttons[0].setFocus()
    assert rail.buttons[0].x() > rail.buttons[1].x()
    qtbot.keyClick(rail.buttons[0], Qt.Key.Key_Left)
    assert rail.focusWidget() is rail.buttons[1]


def test_large_text_turns_the_rail_into_one_line(qtbot, look):
    look(scale=2.0)
    rail = shown(qtbot, StageRail(STOPS), 900)
    assert not any(button.isVisible() for button in rail.buttons)
    assert "Stage 2 of 3: Plan" in {b.text() for b in rail.findChildren(Button) if b.isVisible()}


def test_open_points_stand_first_and_lead_there(qtbot, look):
    look()
    blocks = shown(qtbot, MAKERS["blocks"]())
    assert [line.button is not None for line in blocks.lines] == [True, False]
    with qtbot.waitSignal(blocks.opened) as said:
        qtbot.keyClick(blocks.lines[0].button, Qt.Key.Key_Space)
    assert said.args == ["a"]


def test_a_clock_speaks_its_words_and_turns_to_late(qtbot, look):
    look()
    clock = shown(qtbot, Clock("6 h 20 min left", 0.2))
    before = clock.grab().toImage()
    clock.set_state("3 h 12 min late", -1)
    assert clock.accessibleName() == "3 h 12 min late"
    assert clock.grab().toImage() != before


def test_a_failed_save_stays_and_can_be_tried_again(qtbot, look):
    look()
    saved = shown(qtbot, Saved("Saved 14:03"))
    assert not saved.retry.isVisible()
    saved.show_failed("Not saved: the disk is full")
    assert saved.accessibleName() == "Not saved: the disk is full"
    with qtbot.waitSignal(saved.retried):
        qtbot.keyClick(saved.retry, Qt.Key.Key_Return)
    saved.show_saved("Saved 14:05")
    assert (saved.text(), saved.retry.isVisible()) == ("Saved 14:05", False)


def test_progress_counts_and_stops_with_escape(qtbot, look):
    look()
    progress = shown(qtbot, Progress("Reading", "Nothing is written yet."))
    progress.set_progress(1, 4, "1 of 4")
    assert (progress.bar.value(), progress.bar.maximum()) == (1, 4)
    assert "1 of 4. Nothing is written yet." in {label.text() for label in progress.findChildren(QLabel)}
    with qtbot.waitSignal(progress.stopped):
        qtbot.keyClick(progress, Qt.Key.Key_Escape)


def test_the_bar_fills_from_the_leading_edge(qtbot, look):
    def filled(rtl: bool) -> tuple[str, str]:
        look(rtl=rtl)
        bar = shown(qtbot, Bar("Planned"))
        bar.setRange(0, 4)
        bar.setValue(1)
        image = bar.grab().toImage()
        y = image.height() // 2
        return image.pixelColor(12, y).name(), image.pixelColor(image.width() - 13, y).name()

    accent, line = theme.Theme().colour("accent").name(), theme.Theme().colour("line").name()
    assert filled(False) == (accent, line)
    assert filled(True) == (line, accent)


def test_the_error_summary_takes_the_focus_and_each_line_leads_to_its_field(qtbot, look):
    look()
    errors, field = ErrorSummary(), Field("Born on")
    shown(qtbot, errors)
    errors.parentWidget().layout().addWidget(field)
    errors.show_faults("One answer needs another look", (Fault("Born on", field),))
    assert errors.parentWidget().focusWidget() is errors
    qtbot.keyClick(errors.links[0], Qt.Key.Key_Return)
    assert errors.parentWidget().focusWidget() is field.editor
    errors.show_faults("", ())
    assert not errors.isVisible()


def test_why_opens_in_place_and_escape_closes_it(qtbot, look):
    look()
    why = shown(qtbot, Why("Why CAD 8,000.00?", "Four people", (("Rule", "per person"),)))
    assert not why.is_open()
    qtbot.keyClick(why.link, Qt.Key.Key_Space)
    assert why.is_open()
    qtbot.keyClick(why, Qt.Key.Key_Escape)
    assert not why.is_open()


def test_a_toast_offers_undo_and_goes(qtbot, look):
    look()
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(600, 400)
    window.show()
    toast = Toast(window)
    toast.say("Line removed.")
    assert toast.isVisible()
    assert window.rect().contains(toast.geometry())
    with qtbot.waitSignal(toast.undone):
        qtbot.keyClick(toast.undo, Qt.Key.Key_Return)
    assert not toast.isVisible()


def test_isolated_names_do_not_turn_the_sentence():
    way = Qt.LayoutDirection
    arabic, ltr_first = "اتصل بـ Ana", "Ana اتصل"
    assert text_direction(arabic, way.LeftToRight) == way.RightToLeft
    assert text_direction(ltr_first, way.RightToLeft) == way.LeftToRight
    assert text_direction(f"{isolate('Ana')} اتصل", way.LeftToRight) == way.RightToLeft
    assert text_direction(ltr("+36 20"), way.RightToLeft) == way.RightToLeft


ANSWERS = (Answer("keep", "Keep going"), Answer("withdraw", "Withdraw", "danger"))


def test_the_safe_answer_has_the_first_focus_and_escape_means_it(qtbot, look):
    look()
    dialog = Dialog("Withdraw the Boateng family?", LONG, ANSWERS)
    qtbot.addWidget(dialog)
    dialog.show()
    assert dialog.focusWidget() is dialog.buttons[0]
    assert dialog.width() == 480
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert (dialog.isVisible(), dialog.value) == (False, "keep")


def test_enter_on_the_dangerous_answer_does_nothing(qtbot, look):
    look()
    dialog = Dialog("Withdraw?", LONG, ANSWERS)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.keyClick(dialog.buttons[1], Qt.Key.Key_Return)
    assert dialog.isVisible()
    qtbot.keyClick(dialog.buttons[1], Qt.Key.Key_Space)
    assert (dialog.isVisible(), dialog.value) == (False, "withdraw")


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_no_line_of_a_dialog_is_cut(qtbot, look, scale):
    look(scale=scale)
    dialog = Dialog("Withdraw the Boateng family?", LONG * 3, ANSWERS)
    qtbot.addWidget(dialog)
    dialog.show()
    QApplication.processEvents()
    assert labels_cut(dialog) == []


def test_tabs_open_by_arrow_and_keep_their_width(qtbot, look):
    look()
    tabs = shown(qtbot, Tabs("Pages", (("a", "Overview"), ("b", "People"))))
    width = tabs.sizeHint().width()
    with qtbot.waitSignal(tabs.opened) as said:
        qtbot.keyClick(tabs, Qt.Key.Key_Right)
    assert (said.args, tabs.value(), tabs.sizeHint().width()) == (["b"], "b", width)


def test_the_navigation_folds_in_a_narrow_window_and_with_large_text(qtbot, look):
    look()
    nav = shown(qtbot, MAKERS["nav"](), 900)
    nav.set_badges({"t": (12, "bad")})
    assert (nav.is_folded(), nav.items["t"].accessibleName()) == (False, "Today 12")
    nav.set_room(1100)
    assert nav.is_folded()
    nav.set_room(1366)
    assert not nav.is_folded()
    look(scale=1.6)
    assert nav.is_folded()


def test_a_navigation_entry_opens_its_page_by_key(qtbot, look):
    look()
    nav = shown(qtbot, MAKERS["nav"](), 900)
    with qtbot.waitSignal(nav.opened) as said:
        qtbot.keyClick(nav.items["t"], Qt.Key.Key_Return)
    assert said.args == ["t"]


def test_the_ring_follows_the_keyboard_and_leaves_with_the_mouse(qtbot, look):
    look()
    app = QApplication.instance()
    ring = FocusRing(app)
    first, second = Button("One"), Button("Two")
    holder = shown(qtbot, first).parentWidget()
    holder.layout().insertWidget(1, second)
    holder.activateWindow()
    qtbot.waitUntil(holder.isActiveWindow)
    QApplication.processEvents()
    first.setFocus(Qt.FocusReason.TabFocusReason)
    assert ring.target() is first
    # Through the window, as the platform sends it: only then Qt knows which button is down.
    at, left = second.mapTo(holder, QPoint(5, 5)), Qt.MouseButton.LeftButton
    QTest.mousePress(holder.windowHandle(), left, Qt.KeyboardModifier.NoModifier, at)
    assert second.hasFocus()
    assert ring.target() is None
    QTest.mouseRelease(holder.windowHandle(), left, Qt.KeyboardModifier.NoModifier, at)
    ring.move_to(second, first)
    assert ring.target() is first
    holder.deleteLater()
    app.focusChanged.disconnect(ring.move_to)
    ring.deleteLater()


def test_the_ring_is_drawn_outside_the_widget(qtbot, look):
    look()
    app = QApplication.instance()
    ring = FocusRing(app)
    button = shown(qtbot, Button("One", "primary"))
    holder = button.parentWidget()
    ring.move_to(button, None)
    bare = holder.grab().toImage()
    ring.move_to(None, button)
    ringed: QImage = holder.grab().toImage()
    at = button.mapTo(holder, QPoint(button.width() // 2, -3))
    assert bare.pixelColor(at) != ringed.pixelColor(at)
    assert ringed.pixelColor(at).name() == theme.current().colour("focus").name()
    app.focusChanged.disconnect(ring.move_to)
    ring.deleteLater()


def test_six_hundred_buttons_cost_little_more_than_plain_ones(qtbot, look):
    look()

    def timed(make: Callable[[], QWidget]) -> float:
        holder = QWidget()
        column = QVBoxLayout(holder)
        start = time.perf_counter()
        for _ in range(600):
            column.addWidget(make())
        holder.resize(400, 12000)
        holder.show()
        QApplication.processEvents()
        spent = time.perf_counter() - start
        holder.deleteLater()
        QApplication.processEvents()
        return spent

    plain = min(timed(lambda: QPushButton("Open")) for _ in range(3))
    ours = min(timed(lambda: Button("Open")) for _ in range(3))
    print(f"600 buttons: ours {ours * 1000:.0f} ms, plain {plain * 1000:.0f} ms", file=sys.stderr)
    assert ours < 4 * plain
