"""The texts that need an approval, in each language: consent and declaration, who approved them and when."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from avrr_desktop.services.places import language_name
from avrr_desktop.services.wordings import WordingView
from avrr_desktop.ui import theme, wording
from avrr_desktop.ui.components.base import isolate, row
from avrr_desktop.ui.components.button import Button
from avrr_desktop.ui.components.card import Card
from avrr_desktop.ui.components.field import Field
from avrr_desktop.ui.components.sign import Sign
from avrr_desktop.ui.room import Room
from avrr_desktop.ui.settings import model
from avrr_desktop.ui.settings.model import State
from avrr_desktop.ui.settings.page import SettingsPage, Tools, at_field


class WordingCard(Card):
    """
    One text in one language.

    Attributes:
        text: One sentence a line.
        by: Who approves.
        approve: The button.
        approval: What is said of it.
    """

    def __init__(self, view: WordingView, room: Room, parent: QWidget | None = None) -> None:
        self._language = language_name(view.language, "en")
        super().__init__(self._title(view), parent=parent)
        self.view = view
        self._room = room
        self.approval = Sign("", "warn", "triangle-alert")
        text = self._title(view)
        self.text = Field(text, "multiline", help=self.tr("One sentence a line."), language=view.language)
        who = self.tr("Name and office of who approves this text. Changing it later takes the approval away.")
        self.by = Field(self.tr("Approved by"), help=who)
        self.approve = Button(self.tr("Approve this text"))
        self.approve.setAccessibleDescription(text)
        act = row(None, 12)
        act.addWidget(self.approve)
        act.addStretch(1)
        for part in (self.approval, self.text, self.by):
            self.body.addWidget(part)
        self.body.addLayout(act)
        self.text.left.connect(self._write)
        self.approve.clicked.connect(self._approve)
        self.by.entered.connect(self._approve)

    def _title(self, view: WordingView) -> str:
        declaration = self.tr("Declaration in {language}")
        said = self.tr("Consent in {language}") if view.name == "consent" else declaration
        return said.format(language=self._language)

    def draw(self, view: WordingView, *, may_write: bool) -> None:
        """Show another state; what is being typed stays."""
        self.view = view
        if not self.text.editor.hasFocus():
            self.text.set_value(view.text)
        self.text.set_read_only(not may_write)
        if not self.by.editor.hasFocus():
            self.by.set_value(view.approved_by)
        self.by.set_read_only(not may_write)
        self.approve.setVisible(may_write)
        if view.approved_by and view.approved_on is not None:
            words = self.tr("Approved by {name}, {day}.")
            said = words.format(name=isolate(view.approved_by), day=wording.day(view.approved_on))
            self.approval.set_state(said, "ok", "circle-check")
        elif view.approved_by:
            said = self.tr("Approved by {name}.").format(name=isolate(view.approved_by))
            self.approval.set_state(said, "ok", "circle-check")
        else:
            self.approval.set_state(
                self.tr("Nobody has approved this text: outside a rehearsal it cannot be agreed to or signed."),
                "warn",
                "triangle-alert",
            )

    def _write(self, text: str) -> None:
        desk, actor = self._room.desk, self._room.actor
        self._room.act(
            lambda: model.write_text(desk, actor, self.view, text),
            self.tr("The text was changed; it needs an approval."),
            on_refused=lambda failure: failure.code == "value.refused" and at_field(self.text, failure),
        )

    def _approve(self) -> None:
        by = self.by.value()
        if not by.strip():
            self.by.set_error(self.tr("Write who approves the text."))
            return
        self.by.set_error("")
        desk, actor = self._room.desk, self._room.actor
        self._room.act(lambda: model.approve(desk, actor, self.view, by, desk.today()))


class WordingPage(SettingsPage):
    """
    A card for each text and language.

    Attributes:
        cards: By name and language.
    """

    def __init__(self, room: Room, tools: Tools, parent: QWidget | None = None) -> None:
        super().__init__(room, tools, parent)
        self.cards: dict[tuple[str, str], WordingCard] = {}
        self._column_of_cards = QVBoxLayout()
        self.lines.addLayout(self._column_of_cards)
        self.follow_theme()

    def wide(self) -> float:
        """Sentences are long."""
        return 1.0 if theme.current().roomy else 1.7

    def draw(self, state: State) -> None:
        """Draw every text."""
        super().draw(state)
        self._column_of_cards.setSpacing(theme.current().space(16))
        for view in state.wordings:
            key = (view.name, view.language)
            if key not in self.cards:
                self.cards[key] = WordingCard(view, self.room)
                self._column_of_cards.addWidget(self.cards[key])
            self.cards[key].draw(view, may_write=state.may_write)

    def first(self) -> QWidget | None:
        """Begin with the first text."""
        return next((card.text.editor for card in self.cards.values()), None)
