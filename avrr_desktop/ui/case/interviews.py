"""The page Interview: which interviews there are and where they stand; begin one, or go on with it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QWidget

from avrr_desktop.domain.counselling import Interview, InterviewState, Mode
from avrr_desktop.domain.failures import Expected
from avrr_desktop.domain.sections import Right, Section
from avrr_desktop.services import consenting, drafts, form_versions, interviewing
from avrr_desktop.services.flagging import SCREENING
from avrr_desktop.services.people import PersonView
from avrr_desktop.services.places import languages
from avrr_desktop.ui import wording
from avrr_desktop.ui.case import words
from avrr_desktop.ui.case.folding import FoldingCard
from avrr_desktop.ui.case.holding import StopsCard, ask_text, run
from avrr_desktop.ui.case.model import State
from avrr_desktop.ui.case.page import CasePage, Fields, clear
from avrr_desktop.ui.case.sitting import sitting_fields, sitting_yeses
from avrr_desktop.ui.components.banner import Banner
from avrr_desktop.ui.components.base import column, isolate, row
from avrr_desktop.ui.components.button import Button
from avrr_desktop.ui.components.card import Card
from avrr_desktop.ui.components.field import Field
from avrr_desktop.ui.components.label import WrapLabel
from avrr_desktop.ui.components.sign import Sign
from avrr_desktop.ui.interview.signature import signed_words
from avrr_desktop.ui.notices import notice
from avrr_desktop.ui.room import Room


class TrashCard(FoldingCard):
    """
    Interviews in the trash, folded to how many they are.

    Signals:
        wanted: (str) Put this interview back.
    """

    wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Trash"), parent)
        if self.link:
            self.link.setText(self.tr("Show"))
        self._lines = column(None, 8)
        self.body.addLayout(self._lines)

    def show_trash(self, about: dict[str, str]) -> dict[str, Button]:
        """Draw the interviews by id with what each is; return the buttons that put one back."""
        clear(self._lines)
        buttons: dict[str, Button] = {}
        for interview, words_of in about.items():
            line = QWidget()
            across = row(line, 12)
            across.addWidget(WrapLabel(words_of, "medium"), 1)
            button = Button(self.tr("Put back"))
            button.setAccessibleDescription(words_of)
            button.clicked.connect(lambda _=False, one=interview: self.wanted.emit(one))
            across.addWidget(button)
            buttons[interview] = button
            self._lines.addWidget(line)
        self.settle([self.tr("In the trash: %n", "", len(about))] if about else [])
        self.setVisible(bool(about))
        return buttons


class InterviewsPage(CasePage):
    """
    The interviews of a case.

    Attributes:
        fields: Of the one to begin: form, person, language, place, mode, interpreter.
        begin: The button that begins it.
        go_on: Buttons of interviews already begun, by id.
        discards, take_overs: Buttons beside a draft, by id: into the trash, go on with a colleague's.
        trash: The interviews in the trash, folded.
        restores: Buttons that put one back, by id.
        alone, bound, relative: Single yeses about the first sitting.
        unheard: Says which adults of a family nobody has met alone yet.
        blocked: Says that consent is missing.
        stops: What holds the case up.
    """

    def __init__(self, room: Room, parent: QWidget | None = None) -> None:
        super().__init__(room, parent)
        self.go_on: dict[str, Button] = {}
        self.discards: dict[str, Button] = {}
        self.take_overs: dict[str, Button] = {}
        self.restores: dict[str, Button] = {}
        self._titles: dict[str, str] = {}
        self.trash = TrashCard()
        self.trash.wanted.connect(self._put_back)
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
        self.unheard = Sign("", "warn", "users")
        self._form_card = self._make_form()
        self.stops = StopsCard(room)
        for part in (self.blocked, self._held_card, self.unheard, self.stops, self._form_card, self.trash):
            self.main.addWidget(part)
        self.follow_theme()

    def go_to(self, spot: str) -> None:
        """The spot "screening" is a new interview with the form of the follow-up screening."""
        if spot == "screening":
            self.fields["form"].set_value(SCREENING)
            self.bring_up(self.fields["form"])
        else:
            self.first_focus()

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
            self._show_held((), {}, state.zone)
            self.stops.hide()
            self.trash.hide()
            self.unheard.hide()
            return
        held = room.read(lambda: interviewing.interviews(room.desk, room.actor, self.case)) or ()
        names = {person.id: person.name for person in state.view.people}
        self._show_held(held, names, state.zone)
        self.stops.show_case(self.case, state.zone)
        gone = room.read(lambda: drafts.trashed_interviews(room.desk, room.actor, self.case)) or ()
        about = {one: self._about(record, names.get(record.person or "", ""), state.zone) for one, record in gone}
        self.restores = self.trash.show_trash(about if self.may_write(Section.COUNS) else {})
        self._offer_forms()
        adults = state.adults or state.participants
        self.fields["person"].set_options([(person.id, isolate(person.name)) for person in adults])
        if adults and not self.fields["person"].value():
            self.fields["person"].set_value(adults[0].id)
            self._offer(adults[0])
        self.fields["person"].setVisible(len(adults) > 1)
        self._show_unheard(adults)
        given = all(consenting.has_consented(room.desk, self.case, person.id) for person in adults[:1])
        self.blocked.setVisible(not given and not state.is_ended)
        self.begin.setEnabled(given and not state.is_ended)

    def open(self, case: str = "", page: str = "") -> None:
        """Show the interviews of *case*."""
        if case != self.case:
            for field in self.fields.values():
                field.set_value("")
            self.fields["mode"].set_value(Mode.OFFICE.value)
            for yes in (self.alone, self.bound, self.relative):
                yes.setChecked(False)
        super().open(case, page)

    def _make_form(self) -> Card:
        card = Card(self.tr("A new interview"))
        known = list(languages(words.window_language()).items())
        self.fields = {
            "form": Field(self.tr("Form"), "combo", options=()),
            "person": Field(self.tr("With"), "combo", options=()),
            "language": Field(self.tr("Language of the interview"), "combo", options=known),
            **sitting_fields(),
            "interpreter": Field(
                self.tr("Interpreter"), help=self.tr("Name or service; empty for none."), optional=True
            ),
        }
        self.alone, self.bound, self.relative = sitting_yeses()
        card.body.addWidget(self.fields["form"])
        card.body.addWidget(self.fields["person"])
        order = ("language", "mode", "place", "present")
        card.body.addWidget(Fields([self.fields[name] for name in order], 2))
        card.body.addWidget(self.alone)
        card.body.addWidget(self.fields["interpreter"])
        card.body.addWidget(Fields([self.fields[name] for name in ("interpreter_mode", "dialect")], 2))
        card.body.addWidget(self.bound)
        card.body.addWidget(self.relative)
        self.begin = Button(self.tr("Begin the interview"), "primary")
        self.begin.clicked.connect(self._begin)
        card.body.addWidget(self.begin, 0, Qt.AlignmentFlag.AlignLeading)
        return card

    def _show_unheard(self, adults: Sequence[PersonView]) -> None:
        """Name the adults of a family whom nobody has met alone yet. Source: DOMAIN.md 4.0."""
        room = self.room
        heard = room.read(lambda: interviewing.heard_alone(room.desk, room.actor, self.case)) or frozenset()
        waiting = [isolate(person.name) for person in adults if person.id not in heard]
        self.unheard.set_text(self.tr("Not yet met alone: {names}").format(names=", ".join(waiting)))
        self.unheard.setVisible(bool(waiting) and len(adults) > 1)

    def _offer(self, person: PersonView) -> None:
        if person.person.language and not self.fields["language"].value():
            self.fields["language"].set_value(person.person.language)

    def _offer_forms(self) -> None:
        room = self.room
        offered = room.read(lambda: form_versions.offered_forms(room.desk, room.actor)) or ()
        chosen = self.fields["form"].value() or interviewing.PRE_DEPARTURE
        self.fields["form"].set_options([(form, isolate(title)) for form, title in offered])
        self.fields["form"].set_value(chosen)
        self.fields["form"].setVisible(len(offered) > 1)

    def _show_held(self, held: tuple[tuple[str, Interview], ...], names: dict[str, str], zone: str) -> None:
        clear(self._lines)
        self.go_on, self.discards, self.take_overs = {}, {}, {}
        self._held_card.setVisible(bool(held))
        room = self.room
        self._titles = room.read(lambda: form_versions.form_titles(room.desk, room.actor)) or {}
        for interview, record in held:
            self._lines.addWidget(self._line(interview, record, names.get(record.person or "", ""), zone))

    def _line(self, interview: str, record: Interview, name: str, zone: str) -> QWidget:
        line = QWidget()
        across = row(line, 12)
        about = self._about(record, name, zone)
        text = column(None, 0)
        text.addWidget(WrapLabel(about, "medium"))
        state = words.word("interview_state", record.state)
        title = self._titles.get(record.form_sha256 or "", "")
        said = f"{isolate(title)} \u00b7 {state}" if title else state
        if record.state is InterviewState.COMPLETE:
            signed = signed_words(record) if record.signed_how else self.tr("not signed")
            said = f"{said} \u00b7 {signed}"
        text.addWidget(WrapLabel(said, "small", "text2"))
        across.addLayout(text, 1)
        is_open = record.state is not InterviewState.COMPLETE
        button = Button(self.tr("Go on") if is_open else self.tr("Read"))
        button.setAccessibleDescription(about)
        button.clicked.connect(lambda: self.room.go("interview", self.case, interview))
        if is_open:
            self.go_on[interview] = button
            if self.may_write(Section.COUNS):
                self._beside_draft(across, interview, record, about)
        across.addWidget(button)
        return line

    def _about(self, record: Interview, name: str, zone: str) -> str:
        begun = wording.day_time(record.started_at, zone) if record.started_at else wording.NONE
        return self.tr("{name}, {language}, begun {when}").format(
            name=isolate(name), language=words.language(record.language), when=begun
        )

    def _beside_draft(self, across: QBoxLayout, interview: str, record: Interview, about: str) -> None:
        if record.officer != self.room.actor.officer:
            take = Button(self.tr("Take over\u2026"), "ghost")
            take.setAccessibleDescription(about)
            take.clicked.connect(lambda: self._take_over(interview))
            self.take_overs[interview] = take
            across.addWidget(take)
        discard = Button(self.tr("Discard"), "ghost")
        discard.setAccessibleDescription(about)
        discard.clicked.connect(lambda: self._discard(interview))
        self.discards[interview] = discard
        across.addWidget(discard)

    def _discard(self, interview: str) -> None:
        room = self.room
        room.act(
            lambda: drafts.discard_interview(room.desk, room.actor, self.case, interview),
            self.tr("Interview put into the trash."),
        )

    def _put_back(self, interview: str) -> None:
        room = self.room
        room.act(lambda: drafts.restore_interview(room.desk, room.actor, self.case, interview))

    def _take_over(self, interview: str) -> None:
        room = self.room
        ask_text(
            self,
            self.tr("Take this interview over?"),
            self.tr(
                "You go on with it in your name. What was said to your colleague about health and safety stays unseen."
            ),
            self.tr("Why"),
            self.tr("Take over"),
            lambda why: run(room, lambda: drafts.take_over_interview(room.desk, room.actor, self.case, interview, why)),
        )

    def _begin(self) -> None:
        values = {name: field.value().strip() for name, field in self.fields.items()}
        for name in ("language", "place"):
            self.fields[name].set_error("" if values[name] else self.tr("This is needed first."))
        missing = next((name for name in ("language", "place") if not values[name]), None)
        if missing is not None:
            self.fields[missing].setFocus(Qt.FocusReason.OtherFocusReason)
            return
        room, helps = self.room, bool(values["interpreter"])

        def refused(failure: Expected) -> bool:
            self.fields["place"].set_error(notice(failure).text if failure.code == "value.refused" else "")
            is_relative = failure.code == "interview.relative"
            said = f"{notice(failure).text} {notice(failure).remedy}" if is_relative else ""
            self.fields["interpreter"].set_error(said)
            if is_relative:
                self.fields["interpreter"].setFocus(Qt.FocusReason.OtherFocusReason)
            return is_relative or failure.code == "value.refused"

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
                interpreter_language=values["language"] if helps else None,
                interpreter_mode=Mode(values["interpreter_mode"]) if helps and values["interpreter_mode"] else None,
                interpreter_dialect=(values["dialect"] or None) if helps else None,
                interpreter_bound=self.bound.isChecked() if helps else None,
                interpreter_relative=self.relative.isChecked() if helps else None,
                present=values["present"] or None,
                alone=self.alone.isChecked(),
                form_id=values["form"] or interviewing.PRE_DEPARTURE,
            ),
            "",
            refused,
        )
        if done is not None:
            room.go("interview", self.case, done.value)
