"""The interview on the screen: by keyboard alone, in two languages, large, mirrored, and after the power failed."""

import shutil
import statistics
import time
from collections.abc import Callable

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget
from pytestqt.qtbot import QtBot

from avrr_desktop.domain.casefile import Person
from avrr_desktop.domain.failures import Expected
from avrr_desktop.domain.ids import DeviceId
from avrr_desktop.services.desk import Desk
from avrr_desktop.services.interviewing import Asked, Sitting, Spot
from avrr_desktop.store.store import Store
from avrr_desktop.ui import shortcuts, theme
from avrr_desktop.ui.components.dialog import Dialog
from avrr_desktop.ui.components.label import Label, WrapLabel
from avrr_desktop.ui.help.view import keys_of
from avrr_desktop.ui.interview.card import QuestionCard
from avrr_desktop.ui.interview.lines import Pair, held, one_line, share
from avrr_desktop.ui.interview.state import CHECK, FINISH, Line, Part, Speech, State
from avrr_desktop.ui.interview.view import InterviewScreen
from avrr_desktop.ui.room import Room
from tests.interview_case import FREE, answer_all, begin, open_case, reply, spot
from tests.office import KEY, CountedBytes

Open = Callable[..., InterviewScreen]


class Window(QMainWindow):
    """The least a window does for a screen: its own F6, Ctrl+Enter, and telling it of changes."""

    def __init__(self, room: Room, screen: InterviewScreen) -> None:
        super().__init__()
        self.regions = 0
        self.screen_shown = screen
        self.setCentralWidget(screen)
        self.hidden = 0
        self.addAction(shortcuts.action(shortcuts.Act.HIDE, self, self._hide))
        region = QShortcut(QKeySequence("F6"), self)
        region.activated.connect(self._next_region)
        shortcuts.bind(shortcuts.Act.PRIMARY, self, screen.primary)
        room.changed.connect(screen.hear)

    def _hide(self) -> None:
        self.hidden += 1

    def _next_region(self) -> None:
        self.regions += 1


@pytest.fixture
def case(office) -> tuple[str, str]:
    case, person = open_case(office)
    return case, begin(office, case, person)


@pytest.fixture
def show(qtbot: QtBot, look, office, case) -> Open:
    kept: list[Window] = []

    def make(desk: Desk | None = None) -> InterviewScreen:
        room = Room(desk or office.desk, office.maya)
        screen = InterviewScreen(room)
        window = Window(room, screen)
        window.resize(1366, 768)
        qtbot.addWidget(window)
        kept.append(window)
        with qtbot.waitActive(window):
            window.show()
            window.activateWindow()
        screen.open(case[0])
        screen.first_focus()
        return screen

    return make


def focus() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None
    return found


def press(qtbot: QtBot, key: Qt.Key, how: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    qtbot.keyClick(focus(), key, how)


def type_text(qtbot: QtBot, text: str) -> None:
    qtbot.keyClicks(focus(), text)


def now(screen: InterviewScreen) -> str:
    line = screen.model.state.now
    return line.spot.node.rpartition("/")[2] if line else ""


def answer_by_keys(qtbot: QtBot, screen: InterviewScreen, known: dict[str, str]) -> None:
    """Answer the question at hand as a person would, from wherever the focus is."""
    asked = screen.model.state.now.asked
    if asked is None:
        press(qtbot, Qt.Key.Key_Return)
        return
    if not asked.is_required and asked.spot.node.rpartition("/")[2] not in known:
        press(qtbot, Qt.Key.Key_F6)
    elif asked.options:
        numbers = [i for i, o in enumerate(asked.options, 1) if o.value in reply(asked, known).split()]
        for number in numbers:
            type_text(qtbot, f"{number:02d}" if len(asked.options) > 9 and number < 10 else str(number))
    else:
        value = reply(asked, known)
        type_text(qtbot, value if asked.kind != "date" else "24 11 1992")
    how = Qt.KeyboardModifier.ControlModifier if asked.is_long else Qt.KeyboardModifier.NoModifier
    press(qtbot, Qt.Key.Key_Return, how)


def test_a_whole_interview_by_keyboard_alone(qtbot, office, case, show, monkeypatch):
    screen = show()
    asked_twice = []
    monkeypatch.setattr(Dialog, "ask", classmethod(lambda _cls, *a, **_k: asked_twice.append(a[0]) or "complete"))
    known = {**FREE, "has_family": "yes", "rel_name": "Amal Mansour", "goal": "A bakery."}
    for _step in range(120):
        if screen.model.state.place == CHECK:
            break
        answer_by_keys(qtbot, screen, known)
        assert screen.isAncestorOf(focus())
    assert screen.model.state.place == CHECK
    assert screen.model.sitting.problems() == ()
    press(qtbot, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert (screen.model.state.place, len(asked_twice)) == (FINISH, 1)
    press(qtbot, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    names = {f.value.given_names for f in office.desk.find(Person, case[0])}
    assert "Amal" in names
    kept = Sitting(office.desk, office.maya, *case)
    assert kept.is_complete
    assert kept.question(spot(kept, "goal")).value == "A bakery."


def test_digits_are_text_in_a_text_field_and_choose_on_the_choices(qtbot, show):
    screen = show()
    type_text(qtbot, "2")
    assert screen.model.state.now.asked.value == "private"
    screen.model.change(spot(screen.model.sitting, "family_name"))
    screen.draw()
    screen.first_focus()
    type_text(qtbot, "2")
    assert screen.page.card.typed() == "2"
    assert screen.model.state.now.asked.value == ""


def test_one_enter_goes_on_once(qtbot, show):
    """The next question is not told to be unanswered before it was asked."""
    screen = show()
    screen.model.change(spot(screen.model.sitting, "family_name"))
    screen.draw()
    screen.first_focus()
    type_text(qtbot, "Mansur")
    press(qtbot, Qt.Key.Key_Return)
    assert now(screen) == "given_names"
    assert not screen.model.state.now.shows_problem


def test_an_answer_is_durable_as_it_is_given_and_the_bar_says_when(qtbot, office, case, show):
    screen = show()
    assert screen.bar.saved.text() == "Saved"
    type_text(qtbot, "1")
    other = Sitting(office.desk, office.maya, *case)
    assert other.question(spot(other, "opening_told")).value == "who"
    assert screen.bar.saved.text() == "Saved 10:00"


def test_typing_is_written_when_the_screen_is_left(qtbot, office, case, show):
    screen = show()
    screen.model.change(spot(screen.model.sitting, "family_name"))
    screen.draw()
    screen.first_focus()
    type_text(qtbot, "Mansur")
    screen.leave()
    other = Sitting(office.desk, office.maya, *case)
    assert other.question(spot(other, "family_name")).value == "Mansur"
    assert other.interrupted_at is None


def test_the_interviews_keys_win_over_the_windows(qtbot, show):
    screen = show()
    press(qtbot, Qt.Key.Key_F6)
    assert screen.model.state.now.asked.state == "not_asked"
    assert screen.window().regions == 0
    press(qtbot, Qt.Key.Key_F7)
    assert screen.model.state.now.asked.state == "declined"
    press(qtbot, Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier)
    assert (now(screen), screen.model.state.marked) == ("interpreter_used", 1)
    press(qtbot, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert now(screen) == "opening_told"
    press(qtbot, Qt.Key.Key_F2)
    assert screen.model.state.speech is Speech.OWN
    press(qtbot, Qt.Key.Key_J, Qt.KeyboardModifier.ControlModifier)
    assert focus() is screen.sections.buttons[0]
    press(qtbot, Qt.Key.Key_Down)
    press(qtbot, Qt.Key.Key_Return)
    assert now(screen) == "family_name"


def test_the_private_note_is_written_beside_the_answer(qtbot, office, case, show):
    screen = show()
    press(qtbot, Qt.Key.Key_F8)
    assert focus() is screen.page.card.note.editor
    type_text(qtbot, "Tired today.")
    screen.leave()
    other = Sitting(office.desk, office.maya, *case)
    assert other.question(spot(other, "opening_told")).remark == "Tired today."


def test_a_wrong_date_keeps_what_was_typed_and_says_what_to_do(qtbot, show):
    screen = show()
    sitting = screen.model.sitting
    sitting.answer(spot(sitting, "born_precision"), "day")
    screen.model.change(spot(sitting, "born_on"))
    screen.draw()
    screen.first_focus()
    type_text(qtbot, "31 2 1999")
    press(qtbot, Qt.Key.Key_Return)
    card = screen.page.card
    assert (card.typed(), now(screen)) == ("31 2 1999", "born_on")
    assert "no such day" in card.editor.error()
    card.editor.editor.selectAll()
    type_text(qtbot, "24 11 1992")
    press(qtbot, Qt.Key.Key_Return)
    assert now(screen) != "born_on"
    assert sitting.question(spot(sitting, "born_on")).value == "1992-11-24"


def test_what_was_understood_of_a_date_stands_under_it(show):
    screen = show()
    sitting = screen.model.sitting
    sitting.answer(spot(sitting, "born_precision"), "day")
    sitting.answer(spot(sitting, "born_on"), "1992-11-24")
    screen.model.change(spot(sitting, "born_on"))
    screen.draw()
    labels = {label.text() for label in screen.page.card.findChildren(WrapLabel)}
    assert screen.page.card.typed() == "24 11 1992"
    assert "24 November 1992" in labels


def test_completing_too_early_leads_to_each_answer(qtbot, show):
    screen = show()
    screen._go_to(CHECK)
    press(qtbot, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert screen.check.summary.isVisible()
    assert focus() is screen.check.summary
    assert len(screen.check.summary.links) == len(screen.model.sitting.problems())
    screen.check.summary.links[0].click()
    press(qtbot, Qt.Key.Key_Return)
    assert now(screen) == "opening_told"


def test_stops_are_said_in_words_with_who_may_lift_them(show):
    screen = show()
    sitting = screen.model.sitting
    screen._change(spot(sitting, "free_push"))
    assert not screen.page.stops.isVisible()
    screen.page.answered.emit(spot(sitting, "free_push"), "yes")
    assert screen.page.stops.isVisible()
    assert screen.page.stops.accessibleName().startswith("S1: ")
    assert "May be lifted by: Supervisor." in screen.page.stops.accessibleDescription()


def test_the_count_of_a_section_follows_each_answer(qtbot, show):
    screen = show()
    type_text(qtbot, "1")
    assert screen.sections.buttons[0].accessibleName() == "Opening, 1 of 3"


def test_a_full_disk_is_said_until_the_next_try(qtbot, office, case, show, monkeypatch):
    screen = show()

    def full(*_args: object, **_more: object) -> object:
        raise Expected("store.disk_full")

    with monkeypatch.context() as patch:
        patch.setattr(Store, "work", full)
        type_text(qtbot, "1")
    assert screen.bar.saved.text().startswith("Not saved")
    screen.bar.saved.retry.click()
    assert screen.bar.saved.text().startswith("Saved")
    other = Sitting(office.desk, office.maya, *case)
    assert other.question(spot(other, "opening_told")).value == "who"


def test_after_the_power_failed_every_answer_is_there(qtbot, office, case, show, tmp_path):
    show()
    type_text(qtbot, "1")
    press(qtbot, Qt.Key.Key_Return)
    type_text(qtbot, "2")
    press(qtbot, Qt.Key.Key_Return)
    (tmp_path / "after").mkdir()
    for file in office.path.parent.iterdir():
        if file.is_file():
            shutil.copy(file, tmp_path / "after" / file.name)
    store = Store.open(
        tmp_path / "after" / office.path.name,
        KEY,
        device=DeviceId("d" + "a" * 25),
        sign=Ed25519PrivateKey.from_private_bytes(bytes(32)).sign,
        clock=office.clock,
        random_bytes=CountedBytes("after"),
    )
    desk = Desk(store, office.desk.resources, clock=office.clock, random_bytes=CountedBytes("later"))
    again = show(desk)
    assert now(again) == "talk_alone"
    told, used = (
        again.model.sitting.question(spot(again.model.sitting, n)) for n in ("opening_told", "interpreter_used")
    )
    assert (told.value, used.value) == ("who", "no")
    said = [sign.text() for sign in again.page.findChildren(type(again.page._interrupted)) if sign.isVisible()]
    assert any("interrupted at 10:00" in words and "question 2" in words for words in said)
    store.close()


def test_a_completed_interview_offers_no_change(show, monkeypatch):
    screen = show()
    answer_all(screen.model.sitting, FREE)
    screen._go_to(CHECK)
    monkeypatch.setattr(Dialog, "ask", classmethod(lambda _cls, *_a, **_k: "complete"))
    screen.primary()
    screen._go_to(screen.model.state.sections[0].path)
    rows = [row for _line, _look, row in screen.page._rows.values()]
    assert rows
    assert all(getattr(row, "change", None) is None for row in rows)
    assert screen.page.card is None


def complete(screen, monkeypatch) -> None:
    """Complete the interview on the screen and stand on the page to check."""
    answer_all(screen.model.sitting, FREE)
    screen._go_to(CHECK)
    with monkeypatch.context() as patch:
        patch.setattr(Dialog, "ask", classmethod(lambda _cls, *_a, **_k: "complete"))
        screen.primary()
    screen._go_to(CHECK)


def test_an_answer_of_a_completed_interview_is_changed_on_the_page_to_check_with_a_reason(show, monkeypatch):
    screen = show()
    complete(screen, monkeypatch)
    push = spot(screen.model.sitting, "free_push")
    told = []

    def change(dialog):
        told.append((dialog.windowTitle(), dialog.body.typed(), dialog.body.reason.editor.accessibleDescription()))
        dialog.body.set_typed("unsure")
        dialog.body.reason.set_value("" if len(told) == 1 else "She told us so on the phone.")
        dialog.buttons[1].click()

    monkeypatch.setattr(Dialog, "exec", change)
    line = screen.check.lines[push]
    assert line.change.text() == "Change\u2026"
    line.change.click()
    assert [before for _title, before, _why in told] == ["no", "unsure"]
    assert told[0][0] == screen.model.sitting.question(push).text
    assert told[1][2] != told[0][2]
    assert screen.model.sitting.question(push).value == "unsure"
    said = [label.text() for label in screen.check.findChildren(Label)]
    assert any("She told us so on the phone." in words for words in said)


def test_what_was_only_collected_has_no_change_button_after_completion(show, monkeypatch):
    screen = show()
    complete(screen, monkeypatch)
    assert screen.check.lines[spot(screen.model.sitting, "well_fear")].change is None
    assert not screen.check.stops.isVisible()
    with_room = []
    screen.room.asked_for.connect(lambda *where: with_room.append(where))
    screen.primary()
    assert with_room == [("case", screen.case, "interview")]


def test_back_and_hiding_are_asked_of_the_window(qtbot, case, show):
    screen = show()
    with qtbot.waitSignal(screen.room.asked_for) as heard:
        screen.bar.back.click()
    assert heard.args == ["case", case[0], "interview"]
    with qtbot.waitSignal(screen.room.asked_for):
        press(qtbot, Qt.Key.Key_Escape)
    screen.bar.blank.click()
    assert screen.window().hidden == 1


def test_esc_leaves_the_private_note_first(qtbot, show):
    screen = show()
    press(qtbot, Qt.Key.Key_F8)
    with qtbot.assertNotEmitted(screen.room.asked_for):
        press(qtbot, Qt.Key.Key_Escape)
    assert screen.page.card.editor.isAncestorOf(focus())


def cut(screen: InterviewScreen) -> list[str]:
    """Return the words whose label is lower than they need."""
    QApplication.processEvents()
    return [
        label.text()
        for label in screen.findChildren(WrapLabel)
        if label.isVisible() and label.text() and label.height() < label.heightForWidth(label.width())
    ]


@pytest.mark.parametrize("rtl", [False, True])
@pytest.mark.parametrize("scale", [1.0, 1.25, 2.0])
@pytest.mark.parametrize("name", ["light", "dark"])
def test_nothing_is_cut_or_pushed_out_of_the_window(qtbot, look, show, name, scale, rtl):
    look(name, scale, rtl)
    screen = show()
    sitting = screen.model.sitting
    sitting.answer(spot(sitting, "has_family"), "yes")
    repeat = sitting.repeats(sitting.topic_of(spot(sitting, "has_family")))[0]
    sitting.answer(Spot(repeat.spot.node + "/rel_name", repeat.rows[0]), "Amal")
    for wanted in (spot(sitting, "free_push"), spot(sitting, "language"), repeat.spot):
        screen._change(wanted)
        for _pass in range(4):
            QApplication.processEvents()
        assert cut(screen) == []
        assert screen.window().width() == 1366
        assert screen.page.horizontalScrollBar().maximum() == 0 or not screen.page.horizontalScrollBar().isVisible()
        card = screen.page.card
        assert card.width() <= screen.page.viewport().width()
    assert screen.line.isVisible() == theme.current().roomy
    assert screen.sections.isVisible() != theme.current().roomy


def test_above_150_percent_the_sections_are_one_line_with_a_menu(look, show):
    look(scale=2.0)
    screen = show()
    assert screen.line.text() == "Section 1 of 16: Opening"
    assert len(screen.line.menu().actions()) == 16
    assert [a.text().split("\t")[1] for a in screen.foot.menu().actions()] == ["F6", "F7", "F8", "Ctrl+M", "F4"]


def test_the_help_names_every_key_of_the_interview(show):
    shown = dict(keys_of(show()))
    assert {"F2", "F6", "F7", "F8", "Ctrl+M", "Ctrl+J", "Shift+Enter"} <= set(shown)


def test_the_keys_come_back_to_the_foot_when_there_is_room_again(show):
    screen = show()
    window = screen.window()
    window.resize(900, 768)
    QApplication.processEvents()
    assert screen.foot.more.isVisible()
    window.resize(1366, 768)
    QApplication.processEvents()
    assert not screen.foot.more.isVisible()
    assert screen.foot.hints["later"].isVisible()


@pytest.mark.parametrize(
    ("width", "own", "other", "given"), [(956, 390, 484, 484), (956, 600, 484, 462), (956, 600, 300, 300)]
)
def test_the_returnees_words_take_what_they_need_up_to_half(width, own, other, given):
    assert share(width, own, other, 32) == given


def test_a_french_question_mark_stays_with_its_word():
    assert held("Êtes-vous là ? « Oui »") == "Êtes-vous là\u00a0? «\u00a0Oui\u00a0»"


def test_nothing_of_one_interview_is_left_when_another_is_opened(qtbot, office, show):
    screen = show()
    press(qtbot, Qt.Key.Key_F8)
    type_text(qtbot, "Tired today.")
    type_text(qtbot, "")
    screen.leave()
    other, person = open_case(office)
    begin(office, other, person, language="en")
    screen.open(other)
    screen.first_focus()
    assert screen.page.card.note is None
    assert screen.bar.saved.text() == "Saved"
    assert not screen.bar.switch.isVisible()
    assert screen.page.card.typed() == ""


def test_lines_of_two_scripts_stand_on_one_middle(qtbot, look):
    look()
    pair = Pair("Freedom of choice", "حرية الاختيار", "ar", Speech.BOTH, "title")
    qtbot.addWidget(pair)
    pair.resize(1000, 80)
    pair.show()
    QApplication.processEvents()
    assert one_line(pair.own) < one_line(pair.other)
    middles = [label.y() + label.height() / 2 for label in (pair.own, pair.other)]
    assert abs(middles[0] - middles[1]) <= 2
    assert pair.other.geometry().right() >= 990


def test_what_is_being_typed_stays_when_somebody_elses_change_arrives(qtbot, office, case, show):
    screen = show()
    sitting = screen.model.sitting
    screen._change(spot(sitting, "family_name"))
    type_text(qtbot, "Mans")
    other = Sitting(office.desk, office.maya, *case)
    other.answer(spot(other, "talk_alone"), "no")
    screen.hear(other.last_changes)
    assert screen.model.sitting.question(spot(sitting, "talk_alone")).value == "no"
    type_text(qtbot, "our")
    press(qtbot, Qt.Key.Key_Return)
    assert Sitting(office.desk, office.maya, *case).question(spot(sitting, "family_name")).value == "Mansour"


def test_declining_empties_the_box(qtbot, office, case, show):
    screen = show()
    where = spot(screen.model.sitting, "family_name")
    screen._change(where)
    type_text(qtbot, "Mansour")
    press(qtbot, Qt.Key.Key_F7)
    assert screen.page.card.typed() == ""
    press(qtbot, Qt.Key.Key_Return)
    asked = Sitting(office.desk, office.maya, *case).question(where)
    assert (asked.value, asked.state) == ("", "declined")


@pytest.mark.parametrize(
    ("kind", "keys", "heard"),
    [
        ("acknowledge", "1", "OK"),
        ("integer", "12", "12"),
        ("decimal", "1,5", "1,5"),
        ("time", "14 30", "14 30"),
        ("text", "two words", "two words"),
    ],
)
def test_every_kind_of_question_has_its_editor(qtbot, look, kind, keys, heard):
    look()
    asked = Asked(Spot("/d/q"), kind, False, "Q?", "Q ?", "", "", (), "", "", "", True, False, "", "", None)
    state = State(languages=("English", "Français"), codes=("en", "fr"), count=1)
    card = QuestionCard(Line(Part.NOW, asked, number=1), state)
    qtbot.addWidget(card)
    with qtbot.waitActive(card):
        card.show()
        card.activateWindow()
    card.take_focus()
    said: list[str] = []
    gone_on: list[bool] = []
    card.answered.connect(said.append)
    card.entered.connect(lambda: gone_on.append(True))
    type_text(qtbot, keys)
    press(qtbot, Qt.Key.Key_Return)
    assert said[0] == heard
    assert gone_on == [True]


def test_no_part_is_ever_a_window_of_its_own(qtbot, show):
    screen = show()
    sitting = screen.model.sitting
    answer_all(sitting, {**FREE, "has_family": "yes"})
    family = sitting.repeats(sitting.topic_of(spot(sitting, "has_family")))[0].spot
    before = set(QApplication.topLevelWidgets())
    seen: set[QWidget] = set()
    for wanted in (spot(sitting, "well_needs"), spot(sitting, "goal"), family, spot(sitting, "free_idea")):
        screen._change(wanted)
        seen |= {part for part in QApplication.topLevelWidgets() if part.isVisible()} - before
        QApplication.processEvents()
        assert screen.window().isActiveWindow()
    assert seen == set()


def test_tab_walks_from_the_question_to_the_foot(qtbot, show):
    screen = show()
    screen._change(spot(screen.model.sitting, "family_name"))
    screen.do("note")
    screen.first_focus()
    walked = []
    for _step in range(40):
        press(qtbot, Qt.Key.Key_Tab)
        walked.append(focus())
        if walked[-1] is screen.foot.onward:
            break
    assert walked[0] is screen.page.card.note.editor
    assert walked.index(screen.foot.back) < walked.index(screen.foot.onward)


def test_a_row_chosen_by_its_digits_is_in_sight(qtbot, show):
    screen = show()
    screen._change(spot(screen.model.sitting, "language"))
    for _pass in range(4):
        QApplication.processEvents()
    type_text(qtbot, "23")
    row = screen.page.card.editor.rows[22]
    assert row.isChecked()
    top = row.mapTo(screen.page.viewport(), row.rect().topLeft()).y()
    assert top >= 0
    assert top + row.height() <= screen.page.viewport().height()


def test_a_case_without_an_interview_leads_back(qtbot, look, office):
    other, _person = open_case(office)
    room = Room(office.desk, office.maya)
    screen = InterviewScreen(room)
    qtbot.addWidget(screen)
    with qtbot.waitSignals([room.refused, room.asked_for]):
        screen.open(other)


def test_every_focusable_part_has_a_name(show):
    screen = show()
    sitting = screen.model.sitting
    for wanted in (spot(sitting, "opening_told"), spot(sitting, "family_name"), spot(sitting, "goal")):
        screen._change(wanted)
        nameless = [
            type(part).__name__
            for part in screen.findChildren(QWidget)
            if part.isVisible() and part.focusPolicy() & Qt.FocusPolicy.TabFocus and not part.accessibleName()
        ]
        assert nameless == []


def test_the_time_from_an_answer_to_the_page_is_printed(qtbot, show, capsys):
    screen = show()
    sitting = screen.model.sitting
    answer_all(sitting, FREE)
    screen._change(spot(sitting, "free_push"))
    assert isinstance(screen.page.card, QuestionCard)
    times = []
    for turn in range(20):
        started = time.perf_counter()
        screen.page.answered.emit(spot(sitting, "free_push"), ("yes", "no")[turn % 2])
        screen.page.viewport().repaint()
        times.append((time.perf_counter() - started) * 1000)
    with capsys.disabled():
        print(f"\nanswer to repaint: median {statistics.median(times):.1f} ms, most {max(times):.1f} ms")
    assert sitting.question(spot(sitting, "free_push")).value == "no"
