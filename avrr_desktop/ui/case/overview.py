"""The page Overview: the next step, the first contact, what blocks, the people, where to, clocks, recent changes."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from avrr_desktop.domain.failures import Expected
from avrr_desktop.domain.sections import Section
from avrr_desktop.services import casework, referring
from avrr_desktop.services.casework import ClockView
from avrr_desktop.services.people import PersonView
from avrr_desktop.services.places import countries
from avrr_desktop.ui import theme, wording
from avrr_desktop.ui.case import steps, words
from avrr_desktop.ui.case.acts import act_words
from avrr_desktop.ui.case.contact import ContactCard, ReferralCard
from avrr_desktop.ui.case.holding import FlagsCard, StopsCard, wants_screening
from avrr_desktop.ui.case.model import State, clock_share, read_moment
from avrr_desktop.ui.case.page import CasePage, Fields, clear
from avrr_desktop.ui.components.banner import NextStep
from avrr_desktop.ui.components.base import CENTRE, Restyled, column, draw_box, draw_text, isolate, row
from avrr_desktop.ui.components.blocks import Block, Blocks
from avrr_desktop.ui.components.card import Card
from avrr_desktop.ui.components.clock import Clock
from avrr_desktop.ui.components.field import Field
from avrr_desktop.ui.components.label import Label, WrapLabel
from avrr_desktop.ui.components.why import Why
from avrr_desktop.ui.notices import notice
from avrr_desktop.ui.room import Room


class Avatar(Restyled, QWidget):
    """The first letter of a name in a circle; the name stands beside it, so it is not spoken."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._letter = name[:1].upper()
        self.follow_theme()

    def restyle(self) -> None:
        """Take the size of the theme."""
        edge = theme.current().height("avatar")
        self.setFixedSize(edge, edge)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw circle and letter."""
        t = theme.current()
        with QPainter(self) as painter:
            draw_box(painter, self.rect(), self.height() // 2, "sunken", "text2" if t.high_contrast else None)
            draw_text(painter, self.rect(), self._letter, "key", "text2", CENTRE)


class PersonLine(Restyled, QWidget):
    """Initial, name with age, relation; and in words who cannot take part."""

    def __init__(self, person: PersonView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._line = row(self, 12)
        name = isolate(person.name or self.tr("no name yet"))
        aged = self.tr("{name}, {age}").format(name=name, age=person.age) if person.age is not None else name
        self._line.addWidget(Avatar(person.name))
        self._words = column(None, 0)
        self._words.addWidget(WrapLabel(aged, "medium"))
        self._words.addWidget(WrapLabel(words.word("relation", person.person.relation), "small", "text2"))
        self._line.addLayout(self._words, 1)
        if person.is_host_citizen:
            self._line.addWidget(WrapLabel(self.tr("citizen of Canada, takes no part"), "small", "warn"))
        elif not person.person.other_citizenships_asked_on:
            self._line.addWidget(WrapLabel(self.tr("citizenships not asked"), "small", "warn"))
        self.follow_theme()


class ClockLine(Restyled, QWidget):
    """One clock: ring, what runs, until when, and why in place."""

    def __init__(self, clock: ClockView, now: datetime, zone: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._line = row(self, 12)
        share = clock_share(clock, now)
        spoken = self._left(clock, now)
        ring = None if clock.stopped and share >= 0 else share
        self._line.addWidget(Clock(spoken, ring, big=True), 0, _TOP)
        text = column(None, 0)
        head = row(None, 8)
        head.addWidget(WrapLabel(self.tr("First contact by"), "small", "text2"), 1)
        due = wording.day_time(clock.due, zone)
        why = Why(
            self.tr("Why {date}?").format(date=due),
            self.tr("Somebody of the office speaks with the person within a day of the referral."),
            self._facts(clock),
        )
        head.addWidget(why.take_link())
        text.addLayout(head)
        text.addWidget(WrapLabel(wording.relative(clock.due, now, zone) if not clock.stopped else due, "strong"))
        late = share < 0 and clock.stopped is None
        text.addWidget(WrapLabel(spoken, "small", "bad" if late else "text2"))
        text.addWidget(why)
        self._line.addLayout(text, 1)
        self.follow_theme()

    def _left(self, clock: ClockView, now: datetime) -> str:
        if clock.stopped is None:
            return wording.left_or_late(clock.due, now)
        late = clock.stopped > clock.due
        text = self.tr("reached {span} late") if late else self.tr("reached {span} before")
        return text.format(span=wording.span(clock.due - clock.stopped))

    def _facts(self, clock: ClockView) -> tuple[tuple[str, str], ...]:
        reason = clock.why
        confirmed = self.tr("not confirmed by the office yet") if not reason.is_confirmed else ""
        facts = [(self.tr("Rule"), reason.rule), (self.tr("Source"), reason.source)]
        return tuple([*facts, (self.tr("State"), confirmed)] if confirmed else facts)


_TOP = Qt.AlignmentFlag.AlignTop


class OverviewPage(CasePage):
    """
    The overview.

    Attributes:
        next: The next step with the primary button.
        stops: What holds the case up.
        flags: What is to be followed up.
        contact: Note the first contact; shown while nobody has.
        referral: How the referral came.
        blocks: What the gate asks for.
        destination: Fields "country" and "place".
    """

    def __init__(self, room: Room, parent: QWidget | None = None) -> None:
        super().__init__(room, parent)
        self._target = ""
        self.next = NextStep(self.tr("Next"), "", "", key="Enter")
        self.next.acted.connect(lambda: self.went.emit(self._target))
        self.contact = ContactCard()
        self.contact.noted.connect(self._note_contact)
        self._blocks_card = Card(" ")
        self.blocks = Blocks(())
        self.blocks.opened.connect(self.went)
        self._blocks_card.body.addWidget(self.blocks)
        self._people_card = Card(self.tr("People"), link=self.tr("Add or change"))
        if self._people_card.link:
            self._people_card.link.clicked.connect(lambda: self.went.emit("people"))
        self.referral = ReferralCard()
        self.referral.written.connect(self._write_sender)
        self._people = QGridLayout()
        self._people_card.body.addLayout(self._people)
        self.stops, self.flags = StopsCard(room), FlagsCard(room)
        self.flags.screening_wanted.connect(lambda: self.went.emit("screening"))
        for part in (
            self.next,
            self.contact,
            self.stops,
            self.flags,
            self._blocks_card,
            self._people_card,
            self._make_destination(),
            self.referral,
        ):
            self.main.addWidget(part)
        self._clocks_card = Card(self.tr("Clocks"))
        self._recent_card = Card(self.tr("Recent"), link=self.tr("All history"))
        if self._recent_card.link:
            self._recent_card.link.clicked.connect(lambda: self.went.emit("history"))
        self.aside.addWidget(self._clocks_card)
        self.aside.addWidget(self._recent_card)
        self.follow_theme()

    def open(self, case: str = "", page: str = "") -> None:
        """Show the case."""
        if case != self.case:
            self.contact.day.set_value("")
        super().open(case, page)

    def go_to(self, spot: str) -> None:
        """Spots are "contact", "destination" and "stops"."""
        if spot == "contact" and not self.contact.isHidden():
            self.bring_up(self.contact.done)
        elif spot == "stops" and not self.stops.isHidden():
            self.bring_up(next(iter(self.stops.lifts.values()), self.stops))
        elif spot == "destination":
            self.bring_up(self.destination["country"])
        else:
            self.first_focus()

    def first_focus(self) -> None:
        """Begin at the next step."""
        ended = self.state is not None and self.state.is_ended
        first = self._people_card.link if ended or self.next.button.isHidden() else self.next.button
        if first:
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def primary(self) -> None:
        """Go where the next step is done."""
        if self._target:
            self.went.emit(self._target)

    def show_state(self, state: State) -> None:
        """Draw the whole page."""
        view = state.view
        may_screen = self.may_write(Section.COUNS) and not state.is_ended
        names = {person.id: person.name for person in view.people}
        self.stops.show_case(self.case, state.zone)
        held = self.flags.show_case(self.case, names, may_screen=may_screen)
        waiting = next((flag for flag in held if may_screen and wants_screening(flag)), None)
        # Who was found to need help is looked at before the case goes on.
        whom = names.get(waiting.person or "", view.title) if waiting else view.title
        step = steps.step("follow_up" if waiting else view.next_step, isolate(whom))
        self._target = step.page
        self.next.set_step(step.sentence, step.action)
        self.next.setVisible(not state.is_ended)
        can_note = self.may_write(Section.CORE, Section.LEGAL) and not state.is_ended
        self.contact.setVisible(state.waiting_clock is not None and can_note)
        if state.waiting_clock is not None:
            self.contact.begin(state.now, state.zone)
        self._show_blocks(state)
        self._show_people(view.people)
        self._show_destination(state)
        self.referral.setVisible(state.referral is not None)
        if state.referral is not None:
            self.referral.show_referral(state.referral, state.zone)
            for field in self.referral.fields.values():
                field.set_read_only(not self.may_write(Section.LEGAL))
        self._show_clocks(state)
        self._show_recent(state)

    def restyle(self) -> None:
        """Set spacing."""
        super().restyle()
        t = theme.current()
        self.main.setSpacing(t.space(12))
        self.aside.setSpacing(t.space(12))
        self._people.setHorizontalSpacing(t.space(24))
        self._people.setVerticalSpacing(t.space(8))

    def _make_destination(self) -> Card:
        card = Card(self.tr("Returns to"))
        rows = [("", self.tr("not known yet")), *countries(words.window_language()).items()]
        self.destination = {
            "country": Field(self.tr("Country"), "combo", options=rows),
            "place": Field(self.tr("Place"), optional=True),
        }
        for field in self.destination.values():
            field.left.connect(lambda _text: self._write_destination())
        card.body.addWidget(Fields(self.destination.values(), 2))
        return card

    def _show_blocks(self, state: State) -> None:
        view = state.view
        self._blocks_card.setVisible(bool(view.conditions) and not state.is_ended)
        if not view.conditions:
            return
        heading = steps.gate_heading(view.gate or "")
        self._blocks_card.heading.setText(heading)
        self._blocks_card.setAccessibleName(heading)
        done = self.tr("{done} of {all} done").format(done=state.met, all=len(view.conditions))
        self._blocks_card.set_fact(done)
        go = self.tr("Go there")
        blocks = []
        for condition in view.conditions:
            point = steps.point(condition.code)
            said = {"met": self.tr("done"), "not_held": self.tr("not held here")}
            words_of = said.get(condition.state, point.open_state)
            blocks.append(Block(point.page, point.text, words_of, condition.state == "met", go))
        self.blocks.set_blocks(blocks)

    def _show_people(self, people: tuple[PersonView, ...]) -> None:
        _clear_grid(self._people)
        across = 1 if theme.current().roomy else 2
        for at, person in enumerate(people):
            self._people.addWidget(PersonLine(person), at // across, at % across)

    def _show_destination(self, state: State) -> None:
        case = state.view.case
        for field in self.destination.values():
            field.set_read_only(not self.may_write(Section.CORE))
        if not self.destination["country"].editor.hasFocus():
            self.destination["country"].set_value(case.destination_country or "")
        if not self.destination["place"].editor.hasFocus():
            self.destination["place"].set_value(case.destination_place or "")

    def _show_clocks(self, state: State) -> None:
        clear(self._clocks_card.body)
        self._clocks_card.setVisible(bool(state.view.clocks))
        for clock in state.view.clocks:
            self._clocks_card.body.addWidget(ClockLine(clock, state.now, state.zone))

    def _show_recent(self, state: State) -> None:
        clear(self._recent_card.body)
        for act in state.recent:
            text = column(None, 0)
            text.addWidget(WrapLabel(act_words(act.written), "small_medium"))
            when = wording.relative(act.at, state.now, state.zone)
            who = self.tr("{when} \u00b7 {who}").format(when=when, who=isolate(act.officer))
            text.addWidget(WrapLabel(who, "small", "text2"))
            self._recent_card.body.addLayout(text)
        if not state.recent:
            self._recent_card.body.addWidget(Label(self.tr("Nothing yet."), "small", "text2"))

    def _note_contact(self) -> None:
        at = read_moment(self.contact.day.value(), self.contact.clock.value(), self.room.desk.zone)
        if at is None:
            self.contact.show_error(self.tr("Write the day as in 24 11 2026 and the time as in 14:05."))
            return
        self.contact.day.set_error("")
        room, how = self.room, self.contact.how.value() or "phone"

        def refused(failure: Expected) -> bool:
            self.contact.show_error(notice(failure).text)
            return failure.code.startswith("contact.")

        room.act(lambda: referring.log_first_contact(room.desk, room.actor, self.case, at=at, how=how), "", refused)

    def _write_sender(self) -> None:
        room, values = self.room, self.referral.values()
        field = self.referral.fields["client_id"]
        field.set_error("")

        def refused(failure: Expected) -> bool:
            name = str(failure.params.get("field"))
            self.referral.fields.get(name, field).set_error(notice(failure).text)
            return failure.code == "value.refused"

        room.act(
            lambda: referring.describe_sender(
                room.desk,
                room.actor,
                self.case,
                sender_officer=values["sender_officer"],
                sender_unit=values["sender_unit"],
                client_id=values["client_id"],
            ),
            "",
            refused,
        )

    def _write_destination(self) -> None:
        room = self.room
        country = self.destination["country"].value() or None
        place = self.destination["place"].value().strip() or None

        def refused(failure: Expected) -> bool:
            self.destination["place"].set_error(notice(failure).text)
            return failure.code == "value.refused"

        self.destination["place"].set_error("")
        room.act(
            lambda: casework.set_destination(room.desk, room.actor, self.case, country=country, place=place),
            "",
            refused,
        )


def _clear_grid(grid: QGridLayout) -> None:
    while grid.count():
        item = grid.takeAt(0)
        widget = item.widget() if item else None
        if widget is not None:
            widget.hide()
            widget.deleteLater()
