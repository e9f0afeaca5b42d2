"""Every screen in every look: nothing cut, nothing sideways, everything named, reached by Tab and translated."""

import calendar
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

import pytest
import shiboken6
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from avrr_desktop.app.invented import PEOPLE
from avrr_desktop.app.rehearsal_home import FACTS, OFFICERS, Rehearsal, set_up_rehearsal
from avrr_desktop.app.walkthrough import Pseudo
from avrr_desktop.app.window import Shell
from avrr_desktop.domain.counselling import Interview
from avrr_desktop.domain.kinds import KINDS
from avrr_desktop.domain.sections import CASE_SECTIONS
from avrr_desktop.keys.cost import Cost
from avrr_desktop.services.beginning import READ_BACK
from avrr_desktop.services.places import countries, languages
from avrr_desktop.services.unlocking import Lock, read_door
from avrr_desktop.ui import theme
from avrr_desktop.ui.background import Background
from avrr_desktop.ui.case.model import TABS
from avrr_desktop.ui.components.button import Button
from avrr_desktop.ui.components.label import Label
from avrr_desktop.ui.firstrun.model import Page
from avrr_desktop.ui.firstrun.view import FirstRunPage
from avrr_desktop.ui.frame.window import MainWindow
from avrr_desktop.ui.interview.state import CHECK
from avrr_desktop.ui.unlock.view import UnlockPage
from tests.ui.seen import cut_buttons, cut_labels, nameless, sideways, unreached, words_of

WIDTH, HEIGHT = 1366, 768
LONG = "Wolfeschlegelsteinhausenbergerdorff Zimmermann-Featherstonehaugh y Villavicencio"
STAGES = {
    "referred": replace(PEOPLE[2], family_name=LONG),
    "interviewing": next(who for who in PEOPLE if who.stage == "interviewing"),
    "interviewed": next(who for who in PEOPLE if who.stage == "interviewed"),
    "enrolled": next(who for who in PEOPLE if who.stage == "enrolled"),
    "planning": next(who for who in PEOPLE if who.stage == "planning"),
    "travelling": replace(PEOPLE[0], family_name=LONG),
    "withdrawn": next(who for who in PEOPLE if who.stage == "withdrawn"),
}
"""Stage -> who stands there; two of them have a name of 80 characters."""
LOOKS = {
    "light": theme.Theme("light", 1.0),
    "white, right to left": theme.Theme("white", 1.0, rtl=True),
    "large": theme.Theme("light", 2.0),
    "large, dark, right to left": theme.Theme("dark", 2.0, rtl=True),
}
TABS_SHOWN = tuple(tab for tab in TABS if tab != "papers")
PLACES = [
    *(("case", stage, tab) for stage in STAGES for tab in TABS_SHOWN),
    *(
        ("settings", "", tab)
        for tab in ("office", "officers", "programme", "wording", "forms", "sheets", "look", "own")
    ),
    ("papers", "travelling", ""),
    ("papers", "enrolled", ""),
    ("cases", "", ""),
]
"""Place, stage of the case, page."""


@dataclass
class Seen:
    """An office of rehearsal in its window, for all tests of this module."""

    shell: Shell
    app: QApplication
    rehearsal: Rehearsal

    def case(self, stage: str) -> str:
        return dict(zip(STAGES, self.rehearsal.cases, strict=True))[stage] if stage else ""

    @property
    def window(self):
        return self.shell.window_of_office

    def interview(self, stage: str) -> str:
        return self.window.room.desk.find(Interview, self.case(stage))[0].id

    def look(self, wanted: theme.Theme) -> None:
        self.app.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        theme.apply(self.app, wanted)
        self.shell.resize(WIDTH, HEIGHT)
        self.rest()

    def rest(self) -> None:
        for _turn in range(4):
            self.app.processEvents()
        self.app.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    def faults(self, called: str) -> list[str]:
        """Return what is wrong with what is shown once it is at rest: a paper may still arrive from the background."""
        told = self._faults_now(called)
        if told:
            QTest.qWait(500)
            told = self._faults_now(called)
        return told

    def _faults_now(self, called: str) -> list[str]:
        self.rest()
        shell, told = self.shell, []
        least = shell.currentWidget().minimumSizeHint().expandedTo(shell.currentWidget().minimumSize())
        if least.width() > WIDTH or least.height() > HEIGHT:
            told.append(f"the window needs {least.width()}x{least.height()}")
        told += [f"cut: {words}" for words in cut_labels(shell)]
        told += [f"cut button: {words}" for words in cut_buttons(shell)]
        told += [f"sideways: {words}" for words in sideways(shell)]
        told += [f"nameless: {words}" for words in nameless(shell)]
        return [f"{called}: {words}" for words in told]


@pytest.fixture(scope="module")
def seen(qapp, tmp_path_factory) -> Iterator[Seen]:
    rehearsal = set_up_rehearsal(tmp_path_factory.mktemp("office"), tuple(STAGES.values()))
    theme.start(qapp, rehearsal.wiring.paths.resources, theme.Theme())
    shell = Shell(rehearsal.wiring)
    shell.resize(WIDTH, HEIGHT)
    shell.show()
    made = Seen(shell, qapp, rehearsal)
    shell.enter(rehearsal.unlocked)
    made.rest()
    yield made
    shell.close()
    shiboken6.delete(shell)
    theme.apply(qapp, theme.Theme())


@pytest.fixture(params=LOOKS)
def looking(request, seen) -> Seen:
    """The office in one look after the other."""
    seen.look(LOOKS[request.param])
    return seen


def visit(seen: Seen, places: Iterable[tuple[str, str, str]] = PLACES) -> Iterator[str]:
    """Show one place after the other; give its name when it is at rest."""
    for place, stage, page in places:
        seen.window.show_place(place, seen.case(stage), page)
        seen.rest()
        yield " ".join(filter(None, (place, stage, page)))


def test_every_sentence_of_the_window_can_be_translated(qapp, tmp_path):
    """Under a pseudo-language what stays English is data, or a sentence no translator would ever see."""
    pseudo = Pseudo(qapp)
    rehearsal = set_up_rehearsal(tmp_path / "office", tuple(STAGES.values()))
    theme.start(qapp, rehearsal.wiring.paths.resources, LOOKS["light"])
    qapp.installTranslator(pseudo)
    shell = Shell(rehearsal.wiring)
    seen = Seen(shell, qapp, rehearsal)
    try:
        shell.resize(WIDTH, HEIGHT)
        shell.show()
        shell.enter(rehearsal.unlocked)
        seen.look(LOOKS["light"])
        data = data_of(seen)
        told = {f"{called}: {text}" for called in visit(seen) for text in untranslated(seen.shell, data)}
        planted = Label("Nobody translated this", parent=shell)
        planted.show()
        assert "Nobody translated this" in untranslated(shell, data)
        marked = sum("[" in text for text in words_of(seen.shell))
    finally:
        shell.close()
        shiboken6.delete(shell)
        qapp.removeTranslator(pseudo)
    assert marked > 20
    assert sorted(told) == [], "\n".join(sorted(told))


def data_of(seen: Seen) -> str:
    """Return what is shown as it was entered or read from files: journal, forms, programmes, countries, languages."""
    desk, paths = seen.window.room.desk, seen.rehearsal.wiring.paths
    journal = [str(value) for case in seen.rehearsal.cases for value in _values(desk, case)]
    files = [
        path.read_text("utf-8") for folder in (paths.programmes, paths.forms) for path in folder.rglob("*.[tm][od]*")
    ]
    names = [name for table in (countries("en-CA"), languages("en-CA")) for name in table.values()]
    names += [f"{who.given_names} {who.family_name}" for one in STAGES.values() for who in (one, *one.family)]
    names += [FACTS.officer, *(name for name, _roles in OFFICERS)]
    return "\n".join([*journal, *files, *names]).casefold()


def _values(desk, case: str) -> Iterator[object]:
    for kind in KINDS.values():
        for found in desk.find(kind, case) if kind.section in CASE_SECTIONS else ():
            yield from found.value.model_dump().values()


WORDS = re.compile(r"[^\W\d_]{2,}")
AS_IT_IS = re.compile(
    r"[\u2066-\u2069]"
    rf"|\d{{1,2}} (?:{'|'.join(calendar.month_abbr[1:])})[a-z]*"
    rf"|\b(?:{'|'.join(calendar.day_abbr)})\b"
    r"|[A-Z]{3}\s[\d,.]+|\b[A-Z\d]{2} \d+\b|UTC\S*|[A-Z]{3}-\d\d-\w+-\w"
    r"|[A-Z]\w+/\w+(?: \w+)?"
    r"|^\d+\. .*"
)
"""Isolates, dates, sums, flights, case numbers, time zones, and the numbered sentences of a declaration."""


def untranslated(root: QWidget, data: str) -> list[str]:
    """Return texts without the pseudo-language's mark that are not data."""
    told = []
    for text in words_of(root):
        left = [part.strip().casefold() for part in AS_IT_IS.sub("", text).split(", ")]
        if "[" not in text and any(WORDS.search(part) and part not in data for part in left):
            told.append(text)
    return told


def test_no_page_of_the_office_is_cut_sideways_or_nameless(looking):
    """All places, cases in seven stages, two of them with a name of 80 characters."""
    told = [line for called in visit(looking) for line in looking.faults(called)]
    assert told == [], "\n".join(told)


@pytest.mark.parametrize("look", ["light", "large, dark, right to left"])
def test_no_page_of_an_interview_is_cut_sideways_or_nameless(seen, look):
    seen.look(LOOKS[look])
    told = []
    for stage in ("interviewing", "interviewed"):
        seen.window.show_place("interview", seen.case(stage), seen.interview(stage))
        told += seen.faults(f"interview {stage}")
    seen.window.show_place("interview", seen.case("interviewing"), seen.interview("interviewing"))
    screen = seen.window.shown()
    screen.model.go_to(CHECK)
    screen.draw()
    told += seen.faults("check the answers")
    assert told == [], "\n".join(told)


@pytest.mark.parametrize("look", ["light", "large", "large, dark, right to left"])
def test_unlock_and_first_run_are_whole_and_show_what_has_the_focus(seen, look, qtbot, tmp_path):
    seen.look(LOOKS[look])
    wiring, told = seen.rehearsal.wiring, []
    background = Background(pytest.fail)

    def look_at(page: QWidget, called: str) -> None:
        for _turn in range(4):
            seen.app.processEvents()
        now = page.focusWidget()
        assert now.visibleRegion().boundingRect().height() == now.height(), called
        parts = (*cut_labels(page), *cut_buttons(page), *sideways(page), *nameless(page), *unreached(page))
        told.extend(f"{called}: {words}" for words in parts)
        assert page.minimumSizeHint().width() <= WIDTH
        assert page.minimumSizeHint().height() <= HEIGHT

    def show(page: QWidget) -> None:
        qtbot.addWidget(page)
        page.resize(WIDTH, HEIGHT)
        page.show()
        page.activateWindow()
        page.first_focus()

    door = UnlockPage(read_door(wiring.lock.store_path), wiring.lock, background, wiring.clock, version="0.1.0")
    show(door)
    look_at(door, "unlock")
    door.turn_button.click()
    look_at(door, "recovery sheet")
    lock = Lock(tmp_path / "office" / "office.db", use_keyring=False, cost=Cost(64, 1, 1), floor_kib=8)
    paths = wiring.paths
    first = FirstRunPage(lock, background, wiring.clock, fonts=paths.fonts, wording=paths.wording)
    show(first)
    look_at(first, "office")
    first.state = replace(first.state, facts=FACTS, page=Page.PASSPHRASE)
    first.go_back()
    look_at(first, "you")
    first.you.name.set_value(FACTS.officer)
    first.go_on()
    look_at(first, "passphrase")
    for field in (first.passphrase.new.first.field, first.passphrase.new.second.field):
        field.set_value("harbour violet seventeen")
    first.go_on()
    qtbot.waitUntil(lambda: first.state.page is Page.SHEET)
    look_at(first, "sheet")
    first.save_sheet_to(tmp_path / "sheet.pdf")
    look_at(first, "sheet taken")
    for field, at in zip(first.sheet.groups, READ_BACK, strict=True):
        field.set_value(first.state.begun.groups[at])
    first.go_on()
    look_at(first, "done")
    background.close()
    assert told == [], "\n".join(told)


@pytest.mark.parametrize("look", ["light", "large"])
def test_every_control_is_reached_by_tab(seen, look):
    """From the first to the last and around; what only a mouse reaches is not there for everybody."""
    seen.look(LOOKS[look])
    told = []
    for called in visit(seen, [place for place in PLACES if place[1] in ("", "interviewed", "travelling")]):
        told += [f"{called}: {name}" for name in unreached(seen.shell)]
    assert told == [], "\n".join(told)


def test_a_window_made_with_large_text_fits_the_laptop(seen):
    """Text size grows; the laptop's screen does not."""
    seen.look(LOOKS["large"])
    window = MainWindow(seen.window.room)
    least = window.minimumSizeHint().expandedTo(window.minimumSize())
    assert least.width() <= WIDTH
    assert least.height() <= HEIGHT
    window.deleteLater()


@pytest.mark.parametrize("look", ["light", "white, right to left", "large"])
def test_help_hidden_screen_and_new_referral_are_whole(seen, look):
    seen.look(LOOKS[look])
    window = seen.window
    window.show_place("cases")
    QTest.keyClick(window.shown(), Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    told = seen.faults("new referral")
    window.show_place("settings")
    window.toggle_hidden()
    told += seen.faults("hidden")
    window.toggle_hidden()
    sheet = window.help_sheet()
    sheet.show()
    seen.rest()
    told += [f"help: {words}" for words in (*cut_labels(sheet), *nameless(sheet), *unreached(sheet))]
    assert sheet.height() <= HEIGHT
    sheet.close()
    sheet.deleteLater()
    assert told == [], "\n".join(told)


def test_a_fault_that_is_planted_is_seen(seen):
    """The control of all tests above."""
    seen.look(LOOKS["light"])
    seen.window.show_place("settings")
    label, button = Label("Words that need room", parent=seen.window), Button("Send", parent=seen.window)
    label.setGeometry(0, 0, 10, 10)
    button.setGeometry(0, 0, 10, 10)
    button.setAccessibleName("")
    for widget in (label, button):
        widget.show()
    told = seen.faults("planted")
    for widget in (label, button):
        widget.hide()
        widget.deleteLater()
    assert told == ["planted: cut: Words that need room", "planted: cut button: Send", "planted: nameless: Button"]
