"""What stands where the list is empty: what to do in a new office, who is called nearly so, or that all is well."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from avrr_desktop.ui.cases.model import State
from avrr_desktop.ui.components.base import column, isolate
from avrr_desktop.ui.components.button import Button
from avrr_desktop.ui.components.empty import Empty


class Nothing(QWidget):
    """
    An empty list in words.

    Attributes:
        similar: Buttons of cases called nearly so.

    Signals:
        acted: A new referral is wanted.
        opened: (str) Id of the case wanted.
    """

    acted = Signal()
    opened = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column: QVBoxLayout = column(self, 4)
        self.empty = Empty("", "", action=self.tr("New referral"), icon="inbox")
        self.empty.acted.connect(self.acted)
        self.similar: list[Button] = []
        self._column.addStretch(1)
        self._column.addWidget(self.empty)
        self._column.addStretch(1)
        if self.empty.button:
            self.setFocusProxy(self.empty.button)

    def show_state(self, state: State) -> None:
        """Say what *state* means."""
        for button in self.similar:
            self._column.removeWidget(button)
            button.hide()
            button.deleteLater()
        self.similar = []
        self.empty.set_text(*self._words(state))
        if self.empty.button:
            self.empty.button.setVisible(state.is_empty_store or bool(state.query and not state.similar))
        for near in state.similar:
            button = Button(near.title, "link", parent=self)
            button.clicked.connect(lambda _=False, case=near.case: self.opened.emit(case))
            self._column.insertWidget(self._column.count() - 1, button, 0, Qt.AlignmentFlag.AlignHCenter)
            self.similar.append(button)

    def _words(self, state: State) -> tuple[str, str]:
        if state.is_empty_store:
            return (
                self.tr("No case yet."),
                self.tr("A case begins with a referral: a name and when it was received are enough."),
            )
        if state.query:
            found = self.tr("Nothing found for \u201c{query}\u201d in names, numbers and phones.")
            more = self.tr("Similar:") if state.similar else self.tr("Look at the other lists, or write it shorter.")
            return found.format(query=isolate(state.query)), more
        return {
            "open": (self.tr("No case is open."), self.tr("Ended cases are in the last list.")),
            "mine": (self.tr("No open case is yours."), self.tr("Cases you open are yours.")),
            "clock": (
                self.tr("No 24-hour clock is running."),
                self.tr("It starts when a referral is received and stops with the first contact."),
            ),
            "ended": (self.tr("No case has ended."), ""),
        }[state.pill]
