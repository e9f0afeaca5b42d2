"""The officers: the list, one of them with roles, letting in and letting go."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from avrr_desktop.domain.failures import Expected
from avrr_desktop.domain.ids import OfficerId
from avrr_desktop.domain.sections import Role
from avrr_desktop.services.access import let_in, shut_out
from avrr_desktop.services.officework import OfficerView
from avrr_desktop.services.unlocking import OfficerLabel
from avrr_desktop.ui import wording
from avrr_desktop.ui.components.base import isolate
from avrr_desktop.ui.components.button import Button
from avrr_desktop.ui.components.card import Card
from avrr_desktop.ui.components.choice import Choices, Option
from avrr_desktop.ui.components.dialog import Answer, Dialog
from avrr_desktop.ui.components.field import Field
from avrr_desktop.ui.components.label import WrapLabel
from avrr_desktop.ui.room import Room
from avrr_desktop.ui.settings import model
from avrr_desktop.ui.settings.model import State
from avrr_desktop.ui.settings.page import SettingsPage, Tools, at_field
from avrr_desktop.ui.unlock.secret import NewPassphrase
from avrr_desktop.ui.unlock.who import Officers

NEW = "new"
"""The value of nobody yet: the form is empty and asks for a passphrase."""


class OfficersPage(SettingsPage):
    """
    List and form.

    Attributes:
        people: The list.
        name, roles, new: The form; *new* is the passphrase of somebody let in.
        add_button, do_button, leave_button: Acts.
    """

    def __init__(self, room: Room, tools: Tools, parent: QWidget | None = None) -> None:
        super().__init__(room, tools, parent)
        self._chosen = ""
        self.people: Officers | None = None
        self._listed: tuple[list[OfficerLabel], dict[str, str]] = ([], {})
        self._list = Card(self.tr("Who works with this laptop"))
        self._rows = QVBoxLayout()
        self._list.body.addLayout(self._rows)
        self.add_button = Button(self.tr("Add an officer"), icon="user-plus")
        self.add_button.clicked.connect(lambda: self._choose(NEW))
        self._list.body.addWidget(self.add_button, 0, Qt.AlignmentFlag.AlignLeading)
        self._form = Card(self.tr("Officer"))
        self.name = Field(self.tr("Name"))
        self.roles = Choices(
            self.tr("Roles"),
            [Option(role.value, wording.role(role)) for role in Role],
            several=True,
            large=False,
        )
        self._inactive = WrapLabel(self.tr("Does not work here any more."), "small", "text2")
        self.new = NewPassphrase()
        self.do_button = Button("", "primary")
        self.leave_button = Button(self.tr("Works here no more\u2026"), "ghost")
        for part in (self.name, self._inactive, self.roles, self.new):
            self._form.body.addWidget(part)
        acts = QHBoxLayout()
        acts.addWidget(self.do_button)
        acts.addWidget(self.leave_button)
        acts.addStretch(1)
        self._form.body.addLayout(acts)
        self.put_beside((self._list,), (self._form,))
        self.name.left.connect(self._write)
        self.roles.chosen.connect(self._write)
        self.do_button.clicked.connect(self._let_in)
        self.new.entered.connect(self._let_in)
        self.leave_button.clicked.connect(self._let_go)
        self.follow_theme()

    def draw(self, state: State) -> None:
        """Draw list and form."""
        super().draw(state)
        if self._chosen != NEW and all(officer.id != self._chosen for officer in state.officers):
            self._chosen = state.officers[0].id if state.officers else NEW
        self._draw_list(state)
        officer = self._officer()
        is_new = officer is None
        self._form.heading.setText(self.tr("A new officer") if is_new else isolate(officer.name) if officer else "")
        if not self.name.editor.hasFocus():
            self.name.set_value(officer.name if officer else "")
        self.name.set_error("")
        self.name.set_read_only(not state.may_write)
        self.roles.set_values(tuple(role.value for role in officer.roles) if officer else ())
        self.roles.setEnabled(state.may_write)
        lets_in = state.may_write and self.tools.access is not None and (is_new or not self._is_active())
        self._inactive.setVisible(not is_new and not self._is_active())
        self.new.setVisible(lets_in)
        self.do_button.setText(self.tr("Let in") if is_new else self.tr("Let in again"))
        self.do_button.setVisible(lets_in)
        self.leave_button.setVisible(state.may_write and not is_new and self._is_active())
        self.add_button.setVisible(state.may_write and self.tools.access is not None)

    def first(self) -> QWidget | None:
        """Begin with the list."""
        rows = self.people.rows if self.people is not None else ()
        return next((line for line in rows if line.isChecked()), None)

    def _draw_list(self, state: State) -> None:
        labels = [_label(officer) for officer in state.officers]
        gone = {officer.id: self._inactive.text() for officer in state.officers if not officer.is_active}
        if self.people is None or self._listed != (labels, gone):
            self._listed = (labels, gone)
            if self.people is not None:
                self._rows.removeWidget(self.people)
                self.people.deleteLater()
            self.people = Officers(self.tr("Officers"), labels, gone)
            self.people.chosen.connect(self._choose)
            self._rows.addWidget(self.people)
        self.people.show_chosen(self._chosen)

    def _officer(self) -> OfficerView | None:
        officers = self.state.officers if self.state else ()
        return next((officer for officer in officers if officer.id == self._chosen), None)

    def _is_active(self) -> bool:
        officer = self._officer()
        return officer is not None and officer.is_active

    def _choose(self, officer: str) -> None:
        self._chosen = officer
        self.new.clear()
        if self.state is not None:
            self.draw(self.state)
        if officer == NEW:
            self.name.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def _write(self) -> None:
        """Write name and roles of somebody who works here; of others only when they are let in."""
        officer = self._officer()
        if officer is None or not officer.is_active:
            return
        name, roles = self.name.value(), self.roles.values()
        done = self.room.act(
            lambda: model.write_officer(self.room.desk, self.room.actor, officer.id, name, roles),
            on_refused=partial(self._refused, officer),
        )
        if done is not None:
            self.name.set_error("")

    def _refused(self, officer: OfficerView, failure: Expected) -> bool:
        if failure.code == "officer.no_name":
            return at_field(self.name, failure)
        self.roles.set_values(tuple(role.value for role in officer.roles))
        return False

    def _let_in(self) -> None:
        access, known = self.tools.access, self._officer()
        name, roles = self.name.value(), self.roles.values()
        if access is None:
            return
        if not name.strip():
            at_field(self.name, Expected("officer.no_name"))
            return
        if not roles:
            self.room.refused.emit(Expected("officer.no_role"))
            return
        if not self.room.may_begin():
            return  # a passphrase without a place in the roster would open nothing
        passphrase = self.new.accepted()
        if not passphrase:
            return
        actor, held = self.room.actor, frozenset(Role(role) for role in roles)
        again = OfficerId(known.id) if known is not None else None
        self.do_button.set_busy(self.tr("Letting in\u2026"))
        self.tools.background.run(
            lambda: let_in(access, actor, name, held, passphrase, again=again),
            owner=self,
            done=partial(self._enrol, name, roles),
            failed=self._not_let_in,
            crashed=self._crashed,
        )

    def _enrol(self, name: str, roles: tuple[str, ...], officer: OfficerId) -> None:
        self.do_button.set_busy("")
        self.new.clear()
        self._chosen = officer
        self.room.act_without_undo(lambda: model.write_officer(self.room.desk, self.room.actor, officer, name, roles))

    def _not_let_in(self, failure: Expected) -> None:
        self.do_button.set_busy("")
        self.room.refused.emit(failure)

    def _crashed(self, error: BaseException) -> None:
        self.do_button.set_busy("")
        self.tools.background.crashed(error)

    def _let_go(self) -> None:
        officer, access = self._officer(), self.tools.access
        if officer is None:
            return
        question = self.tr("Does {name} work here no more?").format(name=isolate(officer.name))
        meaning = self.tr(
            "Their passphrase opens nothing from now on. What they wrote stays under their name. "
            "They can be let in again with a new passphrase."
        )
        answers = (Answer("keep", self.tr("Keep")), Answer("go", self.tr("Let go"), "danger"))
        if Dialog.ask(question, meaning, answers, parent=self) != "go":
            return
        roles = tuple(role.value for role in officer.roles)
        done = self.room.act_without_undo(
            lambda: model.write_officer(
                self.room.desk, self.room.actor, officer.id, officer.name, roles, is_active=False
            )
        )
        if done is not None and access is not None:
            try:
                shut_out(access, self.room.actor, officer.id)
            except Expected as failure:
                self.room.refused.emit(failure)


def _label(officer: OfficerView) -> OfficerLabel:
    return OfficerLabel(officer.id, OfficerId(officer.id), officer.name, tuple(role.value for role in officer.roles))
