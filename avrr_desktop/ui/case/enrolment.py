"""The page Enrolment: consents, programme, facts, the checklist, both decisions, declarations, and the act itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable, MutableMapping
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from avrr_desktop.domain.failures import Expected
from avrr_desktop.domain.legal import Group, ProtectedGroup, ReturnKind
from avrr_desktop.domain.sections import Right, Section
from avrr_desktop.services import consenting, declaring, enrolling, papers, planning
from avrr_desktop.services.desk import Done
from avrr_desktop.services.history import officer_names
from avrr_desktop.services.people import PersonView
from avrr_desktop.services.places import country_name, language_name
from avrr_desktop.ui import wording
from avrr_desktop.ui.case import words
from avrr_desktop.ui.case.checklist import ChecklistCard, CriterionAct, DecisionAct, DecisionCard
from avrr_desktop.ui.case.consents import ConsentAct, ConsentCard
from avrr_desktop.ui.case.declarations import DeclarationAct, DeclarationCard
from avrr_desktop.ui.case.enrol import EnrolCard
from avrr_desktop.ui.case.folding import FoldingCard
from avrr_desktop.ui.case.holding import StopsCard
from avrr_desktop.ui.case.model import State
from avrr_desktop.ui.case.page import CasePage
from avrr_desktop.ui.case.programme import Choice, Facts, FactsCard, Offer, ProgrammeCard
from avrr_desktop.ui.components.banner import Banner
from avrr_desktop.ui.components.card import Card
from avrr_desktop.ui.notices import notice
from avrr_desktop.ui.room import Room

T = TypeVar("T")
C = TypeVar("C", bound=Card)
_GROUPS = (*(g for g in Group if g is not Group.TAILORED), *ProtectedGroup)


class EnrolmentPage(CasePage):
    """
    Enrolment.

    Attributes:
        consents, facts, declarations: Person id -> card.
        programme, checklist, decision, act: The cards of the case.
        enrolled: Says that it is done.
        stops: What holds the case up.
    """

    def __init__(self, room: Room, parent: QWidget | None = None) -> None:
        super().__init__(room, parent)
        self.consents: dict[str, ConsentCard] = {}
        self.facts: dict[str, FactsCard] = {}
        self.declarations: dict[str, DeclarationCard] = {}
        self.enrolled = Banner("ok", self.tr("Enrolled. The plan comes next."), action=self.tr("Open the plan"))
        self.enrolled.acted.connect(lambda: self.went.emit("plan"))
        self.programme = ProgrammeCard()
        self.checklist = ChecklistCard()
        self.decision = DecisionCard()
        self.act = EnrolCard()
        self.stops = StopsCard(room)
        for part in (self.enrolled, self.stops, self.act, self.programme, self.checklist, self.decision):
            self.main.addWidget(part)
        self.programme.chosen.connect(self._choose_programme)
        self.checklist.written.connect(self._write_criterion)
        self.checklist.asked.connect(lambda: self.went.emit("people"))
        self.decision.written.connect(self._write_decision)
        self.act.done.clicked.connect(self.primary)
        self.act.missing.opened.connect(self._go)
        self.follow_theme()

    def open(self, case: str = "", page: str = "") -> None:
        """Show the case; another one has other cards."""
        if case != self.case:
            _drop(self, self.consents, self.consents)
            _drop(self, self.facts, self.facts)
            _drop(self, self.declarations, self.declarations)
        folding: list[FoldingCard] = [*self.consents.values(), *self.facts.values(), self.programme, self.decision]
        for card in folding:
            card.begin()
        self.checklist.begin()
        super().open(case, page)

    def go_to(self, spot: str) -> None:
        """Spots are "consents" and "declarations"."""
        self._go(spot)

    def first_focus(self) -> None:
        """Begin with the act if all is there, else with the first open thing."""
        if self.act.done.isEnabled() and not self.act.isHidden():
            self.act.done.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        goal = self._first_open()
        if goal is not None:
            self.bring_up(goal)

    def primary(self) -> None:
        """Enrol."""
        if self.act.isHidden():
            return
        room = self.room
        room.act(lambda: enrolling.enrol(room.desk, room.actor, self.case))

    def show_state(self, state: State) -> None:
        """Draw every card."""
        room = self.room
        holds = room.actor.may(Right.READ, Section.LEGAL) and room.actor.may(Right.READ, Section.COUNS)
        for part in (self.programme, self.checklist, self.decision):
            part.setVisible(holds)
        self.enrolled.setVisible(state.view.gate in ("G4", None) and not state.is_ended)
        self.stops.show_case(self.case, state.zone)
        self.act.show_state(state)
        if not holds:
            return
        self._show_programme(state)
        self._show_people(state)
        check = room.read(lambda: enrolling.checklist(room.desk, room.actor, self.case))
        if check is not None:
            self.checklist.show_check(check)
            self.decision.show_decision(check.decision, officer_names(room.desk))

    def _first_open(self) -> QWidget | None:
        """Give the way to the plan once enrolled, else where the first thing that is not done begins."""
        if not self.enrolled.isHidden():
            return self.enrolled.action
        folding: list[FoldingCard] = [*self.consents.values(), self.programme, *self.facts.values()]
        card = next((card for card in folding if not card.is_folded()), None)
        if card is not None:
            return card.first_field()
        signing = next((card for card in self.declarations.values() if not card.form.isHidden()), None)
        goals = (
            self.checklist.first_open(),
            None if self.decision.is_folded() else self.decision.first_field(),
            signing.fields["place"] if signing else None,
        )
        return next((goal for goal in goals if goal is not None), self.programme.link)

    def _go(self, page: str) -> None:
        if page == "consents" and self.consents:
            card = next(iter(self.consents.values()))
            card.unfold()
            self.bring_up(next(iter(card.purposes.values())))
        elif page == "declarations" and self.declarations:
            self.bring_up(next(iter(self.declarations.values())).fields["place"])
        elif page == "stops" and not self.stops.isHidden():
            self.bring_up(next(iter(self.stops.lifts.values()), self.stops))
        elif page == "enrolment":
            self.decision.unfold()
            self.bring_up(self.decision.fields["authority_verdict"])
        elif page not in ("consents", "declarations"):
            self.went.emit(page)

    def _show_programme(self, state: State) -> None:
        desk = self.room.desk
        offers = {code: Offer(rules.name, tuple(rules.kinds)) for code, rules in desk.programmes.items()}
        self.programme.show_choice(offers, state.view.participation, desk.today())

    def _show_people(self, state: State) -> None:
        adults = {person.id: person for person in state.adults}
        part = {person.id: person for person in state.participants}
        _drop(self, self.consents, tuple(held for held in self.consents if held not in adults))
        _drop(self, self.facts, tuple(held for held in self.facts if held not in part))
        _drop(self, self.declarations, tuple(held for held in self.declarations if held not in adults))
        for person in part.values():
            self._show_facts(person)
        for person in adults.values():
            self._show_consents(person)
        self._show_declarations(state)

    def _show_consents(self, person: PersonView) -> None:
        room = self.room
        if person.id not in self.consents:
            card = ConsentCard(person.id)
            card.answered.connect(self._record_consents)
            self._place(2 + len(self.consents), card)
            self.consents[person.id] = card
        held = room.read(lambda: consenting.consents(room.desk, room.actor, self.case, person.id))
        read = consenting.consent_wording(room.desk, person.person.language or words.window_language())
        self.consents[person.id].show_person(person, held or (), room.desk.today(), read.text)

    def _show_facts(self, person: PersonView) -> None:
        room = self.room
        if person.id not in self.facts:
            card = FactsCard()
            card.grouped.connect(lambda code: self._set_group(person.id, code))
            card.written.connect(lambda facts: self._set_claim(person.id, facts))
            self._place(self.main.indexOf(self.programme) + 1 + len(self.facts), card)
            self.facts[person.id] = card
        held = room.read(lambda: enrolling.status(room.desk, room.actor, self.case, person.id))
        if held is not None:
            self.facts[person.id].show_person(person, held, [group.value for group in _GROUPS])

    def _show_declarations(self, state: State) -> None:
        room = self.room
        held = room.read(lambda: declaring.declarations(room.desk, room.actor, self.case)) or ()
        known = papers.paper_languages(room.desk)
        names = officer_names(room.desk)
        for view in held:
            person = view.person.id
            if person not in self.declarations:
                card = DeclarationCard(person, known)
                card.language_chosen.connect(lambda _code, person=person: self._show_text(person))
                card.signed.connect(self._sign)
                self._place(self.main.indexOf(self.decision) + 1 + len(self.declarations), card)
                self.declarations[person] = card
            own = view.person.person.language or ""
            offered = own if own in known else words.window_language().partition("-")[0]
            self.declarations[person].show_person(
                view, offered if offered in known else known[0], room.desk.today(), names
            )
            if view.declaration is None:
                self._show_text(person)

    def _show_text(self, person: str) -> None:
        card, desk, state = self.declarations[person], self.room.desk, self.state
        if state is None:
            return
        language = card.language()
        text = declaring.declaration_text(desk, language, with_interpreter=bool(card.interpreter()))
        days, months = planning.support_lengths(desk, self.case)
        asked = consenting.consents(desk, self.room.actor, self.case, person)[0].on
        gaps = {
            "country": country_name(state.view.case.destination_country, language),
            "language": language_name(language, language),
            "interpreter": card.interpreter() or "\u2026",
            "days": days,
            "months": months,
            "consent_date": wording.day(asked, language) if asked else "\u2026",
        }
        said = [part.format_map(gaps) for part in text.elements]
        card.show_text(said, language, *self._may_sign(bool(text.approved_by), bool(gaps["country"])))

    def _may_sign(self, is_approved: bool, is_country_known: bool) -> tuple[str, bool]:
        """Return what to say of a declaration's text and whether it can be signed; nobody signs a gap."""
        if not is_country_known:
            return self.tr("The country of return is not known yet. Write it on the page Overview first."), False
        if is_approved:
            return "", True
        if self.room.desk.office().rehearsal:
            return self.tr("Nobody approved this text yet; a rehearsal may sign it."), True
        return self.tr("Nobody approved this text yet, so it cannot be signed. Ask a supervisor."), False

    def _place(self, at: int, card: Card) -> None:
        self.main.insertWidget(at, card)
        # A layout shows what it is given only later; the focus may be wanted there at once.
        card.show()

    def _run(self, verb: Callable[[], Done[T]], show: Callable[[str], object], codes: tuple[str, ...]) -> None:
        def refused(failure: Expected) -> bool:
            if not failure.code.startswith(codes):
                return False
            said = notice(failure)
            show(" ".join(filter(None, (said.text, said.remedy))))
            return True

        self.room.act(verb, "", refused)

    def _record_consents(self, act: ConsentAct) -> None:
        room, card = self.room, self.consents[act.person]
        self._run(
            lambda: consenting.record_consents(
                room.desk,
                room.actor,
                self.case,
                act.person,
                act.answers,
                on=act.on,
                language=act.language,
                interpreter=act.interpreter,
            ),
            card.fields["day"].set_error,
            ("consent.", "value."),
        )

    def _choose_programme(self, choice: Choice) -> None:
        room = self.room
        self._run(
            lambda: enrolling.choose_programme(
                room.desk,
                room.actor,
                self.case,
                programme=choice.programme,
                return_kind=ReturnKind(choice.return_kind),
                applied_on=choice.applied_on,
            ),
            self.programme.fields["return_kind"].set_error,
            ("programme.", "value."),
        )

    def _set_group(self, person: str, code: str) -> None:
        room = self.room
        group = next((g for g in (*Group, *ProtectedGroup) if g.value == code), None)
        if group is not None:
            room.act(lambda: enrolling.set_group(room.desk, room.actor, self.case, person, group))

    def _set_claim(self, person: str, facts: Facts) -> None:
        room = self.room
        self._run(
            lambda: enrolling.set_claim(
                room.desk,
                room.actor,
                self.case,
                person,
                claim_on=facts.claim_on,
                decision_on=facts.decision_on,
                recourse_stage=facts.recourse_stage,
                designated_country=facts.designated_country,
            ),
            self.facts[person].fields["decision_on"].set_error,
            ("claim.", "value."),
        )

    def _write_criterion(self, act: CriterionAct) -> None:
        room = self.room
        self._run(
            lambda: enrolling.answer_criterion(
                room.desk,
                room.actor,
                self.case,
                act.code,
                answer=act.answer,
                evidence=act.evidence,
                confirmed_by=act.confirmed_by,
                confirmed_on=act.confirmed_on,
            ),
            lambda sentence: self.checklist.show_error(act.code, sentence),
            ("criterion.", "value."),
        )

    def _write_decision(self, act: DecisionAct) -> None:
        room = self.room
        self._run(
            lambda: enrolling.record_authority_decision(
                room.desk,
                room.actor,
                self.case,
                verdict=act.verdict,
                officer=act.officer,
                on=act.on,
                reference=act.reference,
            ),
            self.decision.show_error,
            ("decision.", "value."),
        )

    def _sign(self, act: DeclarationAct) -> None:
        room, card = self.room, self.declarations[act.person]
        card.signing.show_error("")
        self._run(
            lambda: declaring.sign_declaration(
                room.desk,
                room.actor,
                self.case,
                act.person,
                picture=act.picture,
                how=act.how,
                language=act.language,
                signed_on=act.signed_on,
                place=act.place,
                interpreter=act.interpreter,
            ),
            card.signing.show_error,
            ("declaration.", "signature.", "value."),
        )


def _drop(page: EnrolmentPage, cards: MutableMapping[str, C], ids: Iterable[str]) -> None:
    for person in tuple(ids):
        card = cards.pop(person)
        page.main.removeWidget(card)
        card.hide()
        card.deleteLater()
