"""Every screen in every look: nothing cut, nothing sideways, everything named, reached by Tab and translated."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import pytest
import shiboken6
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication

from avrr_desktop.app.invented import PEOPLE
from avrr_desktop.app.rehearsal_home import Rehearsal, set_up_rehearsal
from avrr_desktop.app.window import Shell
from avrr_desktop.ui import theme
from avrr_desktop.ui.case.model import TABS
from tests.ui.seen import cut_buttons, cut_labels, nameless, sideways

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
    "dark": theme.Theme("dark", 1.0),
    "white": theme.Theme("white", 1.0),
    "right to left": theme.Theme("light", 1.0, rtl=True),
    "large": theme.Theme("light", 2.0),
    "large, dark, right to left": theme.Theme("dark", 2.0, rtl=True),
}
TABS_SHOWN = tuple(tab for tab in TABS if tab != "papers")
PLACES = [
    *(("case", stage, tab) for stage in STAGES for tab in TABS_SHOWN),
    *(("settings", "", tab) for tab in ("office", "officers", "programme", "wording", "look", "own")),
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
        """Return what is wrong with what is shown."""
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


def test_no_page_of_the_office_is_cut_sideways_or_nameless(looking):
    """All places, cases in seven stages, two of them with a name of 80 characters."""
    told = []
    for place, stage, page in PLACES:
        looking.window.show_place(place, looking.case(stage), page)
        told += looking.faults(f"{place} {stage} {page}")
    assert told == [], "\n".join(told)
