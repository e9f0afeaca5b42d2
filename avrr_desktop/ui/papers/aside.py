"""Beside the page: whom it is for, what was checked, languages, and the two ways it leaves."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QFrame, QVBoxLayout, QWidget

from avrr_desktop.domain.failures import Expected
from avrr_desktop.domain.fields import Paper
from avrr_desktop.services.papers import Made
from avrr_desktop.ui import theme, wording
from avrr_desktop.ui.components.banner import Banner
from avrr_desktop.ui.components.base import Restyled, isolate, ltr, paint_ground, row
from avrr_desktop.ui.components.button import Button
from avrr_desktop.ui.components.choice import CheckRow, Option
from avrr_desktop.ui.components.field import Field
from avrr_desktop.ui.components.label import Label, WrapLabel
from avrr_desktop.ui.notices import notice
from avrr_desktop.ui.papers import words
from avrr_desktop.ui.papers.model import CARRIED, State, place_of


class Aside(Restyled, QFrame):
    """
    Facts and acts of the shown paper.

    Signals:
        language_chosen(str), amounts_left_out(bool), read_back_chosen(bool): Another way to see the paper.
        printing, saving: A button was pressed.
        went(str): Go to the page where a refused value is written.
    """

    language_chosen = Signal(str)
    amounts_left_out = Signal(bool)
    read_back_chosen = Signal(bool)
    printing = Signal()
    saving = Signal()
    went = Signal(str)

    def __init__(self, key: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = WrapLabel("", "heading")
        self.audience = WrapLabel("", "small", "text2")
        self.harmless = Banner("ok", "")
        self.refused = Banner("bad", "")
        self.unreviewed = Banner("warn", "")
        self.go = Button("", "secondary")
        self.language = Field(self.tr("Languages"), "combo")
        self.amounts = CheckRow(Option("amounts", self.tr("Without amounts")), 0, large=False)
        self.amounts_why = WrapLabel(
            self.tr("Sums on a paper that is carried can draw the wrong eyes."), "small", "text2"
        )
        self.read_back = CheckRow(Option("read_back", self.tr("To be read back and signed")), 0, large=False)
        self.read_back_why = WrapLabel(
            self.tr("It has lines for the signatures. The officer's own remarks never print."), "small", "text2"
        )
        self.before_name = Label(self.tr("Printed before"), "small", "text2")
        self.before = WrapLabel("", "small", "text")
        self.print = Button(self.tr("Print"), "primary", key=key, icon="printer")
        self.save = Button(self.tr("Save as PDF"), "secondary")
        self._page = ""
        self._all = QVBoxLayout(self)
        self._build()
        self.language.edited.connect(self.language_chosen)
        self.amounts.clicked.connect(self.amounts_left_out)
        self.read_back.clicked.connect(self.read_back_chosen)
        self.print.clicked.connect(self.printing)
        self.save.clicked.connect(self.saving)
        self.go.clicked.connect(lambda: self.went.emit(self._page))
        self.follow_theme()

    def show_state(self, state: State) -> None:
        """Show the choice; what was checked comes with the paper."""
        chosen = next((one for one in state.interviews if one.interview == state.interview), None)
        self.title.setText(words.interview(chosen) if chosen else words.name(state.paper))
        self.audience.setText(words.audience(state.paper))
        self.language.set_options(
            [(code, words.language(code, alone=bool(state.interview))) for code in state.languages]
        )
        self.language.set_value(state.language)
        is_plan = state.paper is Paper.PLAN
        self.amounts.setVisible(is_plan)
        self.amounts_why.setVisible(is_plan)
        self.amounts.setChecked(state.without_amounts)
        self.read_back.setVisible(bool(state.interview))
        self.read_back_why.setVisible(bool(state.interview))
        self.read_back.setChecked(state.is_read_back)
        self.before.setText(words.printed(state.printed, state.zone))

    def show_waiting(self) -> None:
        """Nothing can leave before it is made and checked."""
        self._show_parts(made=False, refused=False, unreviewed=False)

    def show_made(self, made: Made) -> None:
        """Say what was checked."""
        checked = made.paper in CARRIED
        self._show_parts(made=True, refused=False, unreviewed=not made.is_reviewed)
        if checked:
            counted = self.tr("{count} words checked").format(count=ltr(wording.number(made.words_checked)))
            self.harmless.set_text(self.tr("Nothing on it can do harm"), counted)
        else:
            self.harmless.set_text(
                self.tr("Ready to print"), self.tr("It is signed here and stays here, so its words are not searched.")
            )
        if made.paper is Paper.INTERVIEW:
            self.harmless.set_text(
                self.tr("Ready to print"), self.tr("It stays in the office, so its words are not searched.")
            )
        if not made.is_reviewed:
            detail = self.tr("It prints with a line saying so.")
            if made.paper is Paper.DECLARATION:
                detail = self.tr("It prints with a line saying so, and cannot be signed outside a rehearsal.")
            self.unreviewed.set_text(self._unreviewed(made.language), detail)

    def show_refused(self, failure: Expected) -> None:
        """Say why no paper was made, in which field, and lead there."""
        self._show_parts(made=False, refused=True, unreviewed=False)
        said, where = notice(failure), place_of(failure)
        parts = [part for part in (words.place(where), said.remedy) if part]
        self.refused.set_text(isolate(said.text), self.tr(" ", "between two sentences").join(parts))
        self._page = where.page
        self.go.setText(words.way(where))
        self.go.setVisible(bool(words.way(where)))

    def restyle(self) -> None:
        """Set ground, width and margins."""
        t = theme.current()
        paint_ground(self, "surface")
        self._all.setContentsMargins(t.edge("card_x"), t.space(16), t.edge("card_x"), t.space(16))
        self._all.setSpacing(t.space(8))
        below = QBoxLayout.Direction.TopToBottom if t.roomy else QBoxLayout.Direction.LeftToRight
        self._acts.setDirection(below)

    def _unreviewed(self, language: str) -> str:
        if language == "en":
            return self.tr("Text not yet reviewed")
        return self.tr("Translation not yet reviewed")

    def _show_parts(self, *, made: bool, refused: bool, unreviewed: bool) -> None:
        self.harmless.setVisible(made)
        self.refused.setVisible(refused)
        self.go.setVisible(refused)
        self.unreviewed.setVisible(unreviewed)
        self.print.setEnabled(made)
        self.save.setEnabled(made)

    def _build(self) -> None:
        parts: tuple[QWidget, ...] = (
            self.title,
            self.audience,
            self.harmless,
            self.refused,
            self.go,
            self.unreviewed,
            self.language,
            self.amounts,
            self.amounts_why,
            self.read_back,
            self.read_back_why,
        )
        for part in parts:
            self._all.addWidget(part)
        self._all.addStretch(1)
        before = row(None, 12)
        before.addWidget(self.before_name, 0, Qt.AlignmentFlag.AlignTop)
        before.addWidget(self.before, 1)
        self._acts = row(None, 8)
        self._acts.addWidget(self.print)
        self._acts.addWidget(self.save)
        self._acts.addStretch(1)
        self._all.addLayout(before)
        self._all.addLayout(self._acts)
        self.show_waiting()
