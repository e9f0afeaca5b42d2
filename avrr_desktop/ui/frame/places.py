"""The places of this version: where each screen is found, and how much of the frame it leaves standing."""

from __future__ import annotations

import pkgutil
from collections.abc import Callable
from dataclasses import dataclass

from avrr_desktop.ui.room import Room
from avrr_desktop.ui.screen import Screen

Factory = Callable[[Room], Screen]


@dataclass(frozen=True, slots=True)
class Found:
    """A screen made when it is first asked for; its module is not imported before."""

    name: str

    def __call__(self, room: Room) -> Screen:
        """Import the module and make the screen."""
        made = pkgutil.resolve_name(self.name)(room)
        if not isinstance(made, Screen):
            raise TypeError(self.name)
        return made


SCREENS: dict[str, Factory] = {
    "cases": Found("avrr_desktop.ui.cases.view:CasesScreen"),
    "case": Found("avrr_desktop.ui.case.view:CaseScreen"),
    "interview": Found("avrr_desktop.ui.interview.view:InterviewScreen"),
    "papers": Found("avrr_desktop.ui.papers.view:PapersScreen"),
    "settings": Found("avrr_desktop.ui.settings.view:SettingsScreen"),
}
"""Place -> how its screen is made; the window makes each once."""

HOME = "cases"
"""The first place after unlocking."""
FULL = frozenset({"interview"})
"""Places that have the whole window: no menu, navigation or status bar."""
WRITING = frozenset({"interview"})
"""Places that write as they are walked through; they stay shut, to readers too, while nothing is written."""
FOLDED = frozenset({"papers"})
"""Places that need the width: the navigation is folded."""
PARENTS = {"case": "cases", "papers": "cases", "interview": "cases"}
"""Which entry of the navigation is marked at places that have none."""
