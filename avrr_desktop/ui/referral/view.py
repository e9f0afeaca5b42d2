"""The page of a new referral; people already known are shown beside it while the name is typed."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from avrr_desktop.domain.failures import BadValue, Expected
from avrr_desktop.domain.legal import Source
from avrr_desktop.services import referring
from avrr_desktop.services.lists import Similar, similar_to
from avrr_desktop.ui import shortcuts, theme, wording
from avrr_desktop.ui.components.base import Restyled, column, isolate, row
from avrr_desktop.ui.components.button import Button
from avrr_desktop.ui.components.card import Card
from avrr_desktop.ui.components.choice import Choices, Option
from avrr_desktop.ui.components.field import Field
from avrr_desktop.ui.components.header import PageHeader
from avrr_desktop.ui.components.label import Label, WrapLabel
from avrr_desktop.ui.notices import notice
from avrr_desktop.ui.referral.model import check_draft, draft_now
from avrr_desktop.ui.room import Room
from avrr_desktop.ui.screen import Screen
from avrr_desktop.ui.shortcuts import Act

_LEAST_LETTERS = 2
"""Letters of a name before anybody is looked up."""


class _Known(Restyled, QWidget):
    """One person already known, with the way to the case."""

    def __init__(self, name: str, words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._line = row(self, 8)
        self._line.addWidget(WrapLabel(isolate(name), "strong"), 1)
        self.button = Button(words, "link")
        self.button.setAccessibleDescription(name)
        self._line.addWidget(self.button)
        self.follow_theme()


class ReferralPage(Screen):
    """
    Write a referral in; the case opens with its 24-hour clock running from the time received.

    Attributes:
        fields: The fields by name: family_name, given_names, script_name, day, clock.
        source: Who referred.
        known: Buttons "Open that case" of people called nearly so.
        done: The primary button.

    Signals:
        closed: Nothing is to be written in.
    """

    closed = Signal()

    def __init__(self, room: Room, parent: QWidget | None = None) -> None:
        super().__init__(room, parent)
        self.draft = draft_now(room.desk.clock(), room.desk.zone)
        self.known: list[Button] = []
        self.fields: dict[str, Field] = {}
        self._lines: list[_Known] = []
        page = column(self, 12)
        back = Button(self.tr("Leave it"), "secondary", key=shortcuts.cap(Act.BACK))
        back.clicked.connect(self.closed)
        page.addWidget(PageHeader(self.tr("New referral"), actions=(back,)))
        self._body = QHBoxLayout()
        self._body.addWidget(self._make_form(), 3)
        self._beside = self._make_known()
        self._body.addWidget(self._beside, 2, Qt.AlignmentFlag.AlignTop)
        inner = QWidget()
        inner.setLayout(self._body)
        self._body.setContentsMargins(0, 0, 0, 0)
        scroll = QScrollArea(self)
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(inner)
        page.addWidget(scroll, 1)
        self._show_known(())
        self.follow_theme()

    def first_focus(self) -> None:
        """Begin with the family name."""
        self.fields["family_name"].setFocus(Qt.FocusReason.OtherFocusReason)

    def primary(self) -> None:
        """Open the case, or say at its field what is missing."""
        referral, wrong = check_draft(self.draft, self.room.desk.zone)
        for name, field in self.fields.items():
            field.set_error(notice(BadValue(wrong[name])).text if name in wrong else "")
        if referral is None:
            self.fields[next(iter(wrong))].setFocus(Qt.FocusReason.OtherFocusReason)
            return
        done = self.room.act(
            lambda: referring.new_referral(self.room.desk, self.room.actor, referral), on_refused=self._refused
        )
        if done is not None:
            self.room.go("case", done.value)

    def restyle(self) -> None:
        """Put the known people beside the form, or below it where the text is large."""
        t = theme.current()
        self._body.setSpacing(t.space(20))
        way = QHBoxLayout.Direction.TopToBottom if t.roomy else QHBoxLayout.Direction.LeftToRight
        self._body.setDirection(way)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave with Esc."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
            return
        super().keyPressEvent(event)

    def _make_form(self) -> QWidget:
        card = Card()
        for field in (
            ("family_name", Field(self.tr("Family name"), help=self.tr("As in the referral."))),
            ("given_names", Field(self.tr("Given names"))),
            ("script_name", Field(self.tr("Name in own script"), optional=True)),
        ):
            self._add(card.body, *field)
        received = row(None, 12)
        self._add(received, "day", Field(self.tr("Received on"), "date", reader=wording.day_typed))
        self._add(received, "clock", Field(self.tr("At"), "date"))
        card.body.addLayout(received)
        zone = self.tr("The 24-hour clock runs from here. Time of {zone}.")
        card.body.addWidget(WrapLabel(zone.format(zone=self.room.desk.zone), "small", "text2"))
        card.body.addWidget(Label(self.tr("Referred by"), "strong"))
        self.source = Choices(self.tr("Referred by"), self._sources(), large=False)
        self.source.set_values((self.draft.source,))
        self.source.chosen.connect(self._choose)
        card.body.addWidget(self.source)
        self.done = Button(self.tr("Open the case"), "primary", key=shortcuts.cap(Act.PRIMARY))
        self.done.clicked.connect(self.primary)
        card.body.addWidget(self.done, 0, Qt.AlignmentFlag.AlignLeading)
        self.fields["day"].set_value(self.draft.day)
        self.fields["clock"].set_value(self.draft.clock)
        return card

    def _make_known(self) -> QWidget:
        card = Card(self.tr("Already known?"))
        self._nobody = WrapLabel("", "body", "text2")
        card.body.addWidget(self._nobody)
        self._people = column(None, 4)
        card.body.addLayout(self._people)
        return card

    def _add(self, layout: QVBoxLayout | QHBoxLayout, name: str, field: Field) -> None:
        field.edited.connect(lambda text, name=name: self._edit(name, text))
        self.fields[name] = field
        layout.addWidget(field, 0, Qt.AlignmentFlag.AlignTop)

    def _sources(self) -> tuple[Option, ...]:
        return (
            Option(Source.AUTHORITY.value, self.tr("The authority")),
            Option(Source.SELF.value, self.tr("The person")),
            Option(Source.PARTNER.value, self.tr("A partner organisation")),
            Option(Source.OTHER_OFFICE.value, self.tr("Another office")),
        )

    def _choose(self, values: tuple[str, ...]) -> None:
        self.draft = replace(self.draft, source=values[0])

    def _edit(self, name: str, text: str) -> None:
        self.draft = replace(self.draft, **{name: text})
        if name in ("family_name", "given_names", "script_name"):
            self._look_up()

    def _look_up(self) -> None:
        names = f"{self.draft.family_name} {self.draft.given_names}".strip() or self.draft.script_name.strip()
        if len(names) < _LEAST_LETTERS:
            self._show_known(())
            return
        room = self.room
        near = room.read(lambda: similar_to(room.desk, room.actor, names))
        self._show_known(near or ())

    def _show_known(self, near: tuple[Similar, ...]) -> None:
        for line in self._lines:
            self._people.removeWidget(line)
            line.hide()
            line.deleteLater()
        self._lines = [_Known(person.title, self.tr("Open that case"), self._beside) for person in near]
        self.known = [line.button for line in self._lines]
        for person, line in zip(near, self._lines, strict=True):
            line.button.clicked.connect(lambda _=False, case=person.case: self.room.go("case", case))
            self._people.addWidget(line)
        named = self.draft.family_name or self.draft.given_names or self.draft.script_name
        nobody = self.tr("Nobody with a name like this.") if named else self.tr("People are looked up while you type.")
        below = self.tr("Known already? Look below.") if near and theme.current().roomy else ""
        self.fields["family_name"].set_understood(below)
        self._nobody.setText(self.tr("Look whether it is the same person.") if near else nobody)

    def _refused(self, failure: Expected) -> bool:
        name = {"received_at": "day", "family_name": "family_name"}.get(str(failure.params.get("field")))
        if name is None:
            return False
        self.fields[name].set_error(notice(failure).text)
        self.fields[name].setFocus(Qt.FocusReason.OtherFocusReason)
        return True
