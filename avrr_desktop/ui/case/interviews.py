"""The page Interview: which interviews there are and where they stand; begin one, or go on with it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from avrr_desktop.domain.counselling import Interview, InterviewState, Mode
from avrr_desktop.domain.failures import Expected
from avrr_desktop.domain.sections import Right, Section
from avrr_desktop.services import consenting, interviewing
from avrr_desktop.services.people import PersonView
from avrr_desktop.services.places import languages
from avrr_desktop.ui import wording
from avrr_desktop.ui.case import words
from avrr_desktop.ui.case.model import State
from avrr_desktop.ui.case.page import CasePage, Fields, clear
from avrr_desktop.ui.components.banner import Banner
from avrr_desktop.ui.components.base import column, isolate, row
from avrr_desktop.ui.components.button import Button
from avrr_desktop.ui.components.card import Card
from avrr_desktop.ui.components.field import Field
from avrr_desktop.ui.components.label import WrapLabel
from avrr_desktop.ui.notices import notice
from avrr_desktop.ui.room import Room


class InterviewsPage(CasePage):
    """
    The interviews of a case.

    Attributes:
        fields: Of the one to begin: person, language, place, mode, interpreter.
        begin: The button that begins it.
        go_on: Buttons of interviews already begun, by id.
        blocked: Says that consent is missing.
    """

    def __init__(self, room: Room, parent: QWidget | None = None) -> None:
        super().__init__(room, parent)
        self.go_on: dict[str, Button] = {}
        self.blocked = Banner(
            "warn",
            self.tr("Consent to use data is not given yet."),
            self.tr("No question is asked before. Until then only the referral in its least form is kept."),
            action=self.tr("Open consents"),
        )
        self.blocked.acted.connect(lambda: self.went.emit("consents"))
        self._held_card = Card(self.tr("Interviews"))
        self._lines = column(None, 8)
        self._held_card.body.addLayout(self._lines)
        self._form_card = self._make_form()
        for part in (self.blocked, self._held_card, self._form_card):
            self.main.addWidget(part)
        self.follow_theme()

    def first_focus(self) -> None:
        """Begin where one goes on, else with the form."""
        if self.go_on:
            next(reversed(self.go_on.values())).setFocus(Qt.FocusReason.OtherFocusReason)
        elif self.blocked.action and not self.blocked.isHidden():
            self.blocked.action.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.fields["language"].setFocus(Qt.FocusReason.OtherFocusReason)

    def primary(self) -> None:
        """Go on with the interview left open, else begin one."""
        if self.go_on:
            next(reversed(self.go_on.values())).click()
        else:
            self._begin()

    def show_state(self, state: State) -> None:
        """Draw what is held and offer a new one."""
        room = self.room
        holds = room.actor.may(Right.READ, Section.COUNS)
        self._form_card.setVisible(self.may_write(Section.COUNS))
        self.blocked.setVisible(holds)
        if not holds:
            self._show_held((), state)
            return
        held = room.read(lambda: interviewing.interviews(room.desk, room.actor, self.case)) or ()
        self._show_held(held, state)
        adults = state.adults or state.participants
        self.fields["person"].set_options([(person.id, isolate(person.name)) for person in adults])
        if adults and not self.fields["person"].value():
            self.fields["person"].set_value(adults[0].id)
            self._offer(adults[0])
        self.fields["person"].setVisible(len(adults) > 1)
        given = all(consenting.has_consented(room.desk, self.case, person.id) for person in adults[:1])
        self.blocked.setVisible(not given and not state.is_ended)
        self.begin.setEnabled(given and not state.is_ended)

    def open(self, case: str = "", page: str = "") -> None:
        """Show the interviews of *case*."""
        if case != self.case:
            for field in self.fields.values():
                field.set_value("")
            self.fields["mode"].set_value(Mode.OFFICE.value)
        super().open(case, page)

    def _make_form(self) -> Card:
        card = Card(self.tr("A new interview"))
        known = list(languages(words.window_language()).items())
        self.fields = {
            "person": Field(self.tr("With"), "combo", options=()),
            "language": Field(self.tr("Language of the interview"), "combo", options=known),
            "place": Field(self.tr("Place")),
            "mode": Field(self.tr("How you meet"), "combo", options=words.options("mode")),
            "interpreter": Field(
                self.tr("Interpreter"), help=self.tr("Name or service; empty for none."), optional=True
            ),
        }
        card.body.addWidget(self.fields["person"])
        card.body.addWidget(Fields([self.fields[name] for name in ("language", "mode", "place", "interpreter")], 2))
        self.begin = Button(self.tr("Begin the interview"), "primary")
        self.begin.clicked.connect(self._begin)
        card.body.addWidget(self.begin, 0, Qt.AlignmentFlag.AlignLeading)
        return card

    def _offer(self, person: PersonView) -> None:
        if person.person.language and not self.fields["language"].value():
            self.fields["language"].set_value(person.person.language)

    def _show_held(self, held: tuple[tuple[str, Interview], ...], state: State) -> None:
        clear(self._lines)
        self.go_on = {}
        self._held_card.setVisible(bool(held))
        names = {person.id: person.name for person in state.view.people}
        for interview, record in held:
            self._lines.addWidget(self._line(interview, record, names.get(record.person or "", ""), state.zone))

    def _line(self, interview: str, record: Interview, name: str, zone: str) -> QWidget:
        line = QWidget()
        across = row(line, 12)
        begun = wording.day_time(record.started_at, zone) if record.started_at else wording.NONE
        about = self.tr("{name}, {language}, begun {when}").format(
            name=isolate(name), language=words.language(record.language), when=begun
        )
        text = column(None, 0)
        text.addWidget(WrapLabel(about, "medium"))
        text.addWidget(WrapLabel(words.word("interview_state", record.state), "small", "text2"))
        across.addLayout(text, 1)
        is_open = record.state is not InterviewState.COMPLETE
        button = Button(self.tr("Go on") if is_open else self.tr("Read"))
        button.setAccessibleDescription(about)
        button.clicked.connect(lambda: self.room.go("interview", self.case, interview))
        if is_open:
            self.go_on[interview] = button
        across.addWidget(button)
        return line

    def _begin(self) -> None:
        values = {name: field.value().strip() for name, field in self.fields.items()}
        for name in ("language", "place"):
            self.fields[name].set_error("" if values[name] else self.tr("This is needed first."))
        missing = next((name for name in ("language", "place") if not values[name]), None)
        if missing is not None:
            self.fields[missing].setFocus(Qt.FocusReason.OtherFocusReason)
            return
        room = self.room

        def refused(failure: Expected) -> bool:
            self.fields["place"].set_error(notice(failure).text if failure.code == "value.refused" else "")
            return failure.code == "value.refused"

        done = room.act(
            lambda: interviewing.begin_interview(
                room.desk,
                room.actor,
                self.case,
                values["person"],
                language=values["language"],
                place=values["place"],
                mode=Mode(values["mode"] or Mode.OFFICE.value),
                interpreter=values["interpreter"] or None,
                interpreter_language=values["language"] if values["interpreter"] else None,
            ),
            "",
            refused,
        )
        if done is not None:
            room.go("interview", self.case, done.value)
