"""The five pages: each shows its part of the state and hands back what was answered."""

from __future__ import annotations

from collections.abc import Sequence
from zoneinfo import available_timezones

from PySide6.QtCore import Qt, QTimeZone, Signal
from PySide6.QtWidgets import QWidget

from avrr_desktop.services.beginning import Beginning
from avrr_desktop.ui import theme
from avrr_desktop.ui.components.base import Restyled, column, row
from avrr_desktop.ui.components.button import Button
from avrr_desktop.ui.components.choice import CheckRow, Choices, Option
from avrr_desktop.ui.components.field import Field
from avrr_desktop.ui.components.label import WrapLabel
from avrr_desktop.ui.components.sign import Sign
from avrr_desktop.ui.firstrun.model import ASKED_BACK, State
from avrr_desktop.ui.notices import sentence
from avrr_desktop.ui.unlock.secret import NewPassphrase

LANGUAGES = ("en", "fr")
"""Languages an office may work in; the papers have more."""


def zones() -> Sequence[tuple[str, str]]:
    """Return time zones for a list, places of the world only, sorted: (name, words)."""
    places = [
        name for name in available_timezones() if "/" in name and not name.startswith(("Etc/", "posix/", "right/"))
    ]
    return [(name, name.replace("_", " ")) for name in sorted(places)]


class Sheet(Restyled, QWidget):
    """
    One page.

    Signals:
        entered: Enter was pressed in the last field: go on.
    """

    entered = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lines = column(self, 16)

    def show_state(self, state: State) -> None:
        """Draw *state*."""

    def first(self) -> QWidget:
        """Return where the focus goes first."""
        return self

    def restyle(self) -> None:
        """Set spacing."""
        self.lines.setSpacing(theme.current().space(16))


class OfficePage(Sheet):
    """Office, code, zone, languages, rehearsal."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.office = Field(self.tr("Name of the office"), help=self.tr("The town, as in Toronto."))
        self.code = Field(self.tr("Code"), help=self.tr("Three letters. Every case number begins with them."))
        self.zone = Field(self.tr("Time zone"), "combo", options=zones())
        self.languages = Choices(
            self.tr("Languages of the office"),
            (Option("en", self.tr("English")), Option("fr", self.tr("French"))),
            several=True,
            large=False,
        )
        self._languages_error = Sign("", "bad", "circle-alert")
        self._languages_error.hide()
        words = self.tr("This is a rehearsal: nobody in it is real")
        self.rehearsal = CheckRow(Option("rehearsal", words), large=False)
        for part in (self.office, self.code, self.zone):
            self.lines.addWidget(part)
        spoken = column(None, 6)
        spoken.addWidget(WrapLabel(self.tr("Languages of the office"), "strong"))
        spoken.addWidget(self._languages_error)
        spoken.addWidget(self.languages)
        self.lines.addLayout(spoken)
        self.lines.addWidget(self.rehearsal)
        here = bytes(QTimeZone.systemTimeZoneId().data()).decode()
        self.zone.set_value(here)
        self.languages.set_values(("en",))
        self.office.entered.connect(lambda: self.code.editor.setFocus(Qt.FocusReason.TabFocusReason))
        self.code.entered.connect(self.entered)
        self.languages.entered.connect(self.entered)
        self.follow_theme()

    def answers(self, facts: Beginning) -> Beginning:
        """Return *facts* with what stands here."""
        return Beginning(
            self.office.value(),
            self.code.value(),
            self.zone.value(),
            self.languages.values(),
            facts.officer,
            self.rehearsal.isChecked(),
        )

    def show_state(self, state: State) -> None:
        """Show what is wrong at its field."""
        said = sentence(state.failure) if state.failure else ""
        where = state.failure.params.get("field") if state.failure else ""
        for name, part in (("name", self.office), ("code", self.code), ("zone", self.zone)):
            part.set_error(said if where == name else "")
            if where == name:
                part.editor.setFocus(Qt.FocusReason.OtherFocusReason)
        self._languages_error.set_text(said if where == "languages" else "")
        self._languages_error.setVisible(where == "languages")

    def first(self) -> QWidget:
        """Begin with the name."""
        return self.office.editor


class YouPage(Sheet):
    """The first officer's name."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        how = self.tr("As colleagues know you. It stands in the list on the lock screen.")
        self.name = Field(self.tr("Your name"), help=how)
        roles = self.tr("You can do everything at first. Share the roles out later, in Settings.")
        self.lines.addWidget(self.name)
        self.lines.addWidget(WrapLabel(roles, "small", "text2"))
        self.name.entered.connect(self.entered)
        self.follow_theme()

    def show_state(self, state: State) -> None:
        """Show what is wrong with the name."""
        self.name.set_error(sentence(state.failure) if state.failure else "")
        if state.failure:
            self.name.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def first(self) -> QWidget:
        """Begin with the name."""
        return self.name.editor


class PassphrasePage(Sheet):
    """The passphrase, twice."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.new = NewPassphrase()
        self.lines.addWidget(self.new)
        self.new.entered.connect(self.entered)
        self.follow_theme()

    def first(self) -> QWidget:
        """Begin with the first of the two."""
        return self.new.first.field.editor


class SheetPage(Sheet):
    """
    The recovery sheet: print or save, then read back.

    Signals:
        print_wanted, save_wanted: A button was pressed.
    """

    print_wanted = Signal()
    save_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        why = self.tr(
            "The sheet opens the office when a passphrase is forgotten or the laptop's account is lost. "
            "It is not kept on this laptop. Lock it away, not beside the laptop."
        )
        self.lines.addWidget(WrapLabel(why, "body", "text2"))
        self.print_button = Button(self.tr("Print the sheet"), icon="printer")
        self.save_button = Button(self.tr("Save as PDF"), icon="download")
        self.print_button.clicked.connect(self.print_wanted)
        self.save_button.clicked.connect(self.save_wanted)
        acts = row(None, 12)
        acts.addWidget(self.print_button)
        acts.addWidget(self.save_button)
        acts.addStretch(1)
        self.lines.addLayout(acts)
        self._taken = Sign(self.tr("Now read it back from the paper."), "ok", "check")
        self._taken.hide()
        self.lines.addWidget(self._taken)
        words = self.tr("Group {number} of the code", "a group of five letters; groups are counted from 1")
        self.groups = tuple(Field(words.format(number=number)) for number in ASKED_BACK)
        for part in self.groups:
            self.lines.addWidget(part)
        self.groups[0].entered.connect(lambda: self.groups[1].editor.setFocus(Qt.FocusReason.TabFocusReason))
        self.groups[1].entered.connect(self.entered)
        self.follow_theme()

    def typed(self) -> tuple[str, ...]:
        """Return what was typed back."""
        return tuple(part.value() for part in self.groups)

    def show_state(self, state: State) -> None:
        """Ask for the groups once the sheet is taken; show which are not as printed."""
        self._taken.setVisible(state.sheet_taken)
        wrong = self.tr("This is not group {number} of the sheet. Compare letter by letter.")
        for number, part in zip(ASKED_BACK, self.groups, strict=True):
            part.setVisible(state.sheet_taken)
            part.set_error(wrong.format(number=number) if number in state.wrong_groups else "")
            if number in state.wrong_groups[:1]:
                part.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def first(self) -> QWidget:
        """Begin with printing, then with the first group."""
        return self.groups[0].editor if not self.groups[0].isHidden() else self.print_button


class DonePage(Sheet):
    """The office is ready."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = WrapLabel("", "body", "text2")
        self.lines.addWidget(self._words)
        self.follow_theme()

    def show_state(self, state: State) -> None:
        """Say what comes."""
        words = self.tr(
            "The {office} office is ready on this laptop. It is empty: the first referral makes the first case. "
            "Amounts of the programme are examples until the office confirms them, in Settings."
        )
        self._words.setText(words.format(office=state.facts.office.strip()))
