"""The page People: a card for each person, fields written when they are left, citizenships asked for."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from avrr_desktop.domain.casefile import Relation
from avrr_desktop.domain.dates import read_date
from avrr_desktop.domain.failures import Expected
from avrr_desktop.domain.sections import Section
from avrr_desktop.services import people as service
from avrr_desktop.services.people import PersonView
from avrr_desktop.services.places import countries, languages
from avrr_desktop.ui import theme, wording
from avrr_desktop.ui.case import words
from avrr_desktop.ui.case.labels import field_label
from avrr_desktop.ui.case.model import State, citizen_rule, day_text, read_day
from avrr_desktop.ui.case.page import CasePage, Fields, clear
from avrr_desktop.ui.components.banner import Banner
from avrr_desktop.ui.components.base import Restyled, isolate, row
from avrr_desktop.ui.components.button import Button
from avrr_desktop.ui.components.card import Card
from avrr_desktop.ui.components.chip import Chip
from avrr_desktop.ui.components.field import Field
from avrr_desktop.ui.components.label import WrapLabel
from avrr_desktop.ui.notices import notice
from avrr_desktop.ui.room import Room

_TEXTS = ("family_name", "given_names", "script_name", "birth_place", "call_note")
_CODES = ("born_precision", "sex", "relation", "reads", "safe_to_call")
_TRUTHS = ("interpreter", "travels")
_ORDER = (
    "family_name",
    "given_names",
    "script_name",
    "born_on",
    "born_precision",
    "birth_place",
    "sex",
    "relation",
    "travels",
    "language",
    "reads",
    "interpreter",
    "phone",
    "safe_to_call",
    "call_note",
)
"""Fields of a person in the order they are asked."""


def person_field(name: str) -> Field:
    """Make the field of one of a person's declared fields."""
    label = field_label("person", name)
    if name == "born_on":
        return Field(label, "date", reader=wording.day_typed)
    if name == "phone":
        return Field(label, "phone")
    if name == "language":
        return Field(label, "combo", options=list(languages(words.window_language()).items()))
    if name in _CODES:
        return Field(label, "combo", options=words.options(name))
    if name in _TRUTHS:
        return Field(label, "combo", options=(("true", words.word("answer3", "yes")), ("false", _no())))
    return Field(label)


def field_text(person: PersonView, name: str) -> str:
    """Return what stands in the field *name* of a person."""
    if name == "born_on":
        return day_text(person.person.born_on)
    value = getattr(person.person, name)
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if value is not None else ""


def field_value(name: str, text: str) -> object:
    """Return what a service takes for *text*: None for an empty one."""
    if not text.strip():
        return None
    if name == "born_on":
        return read_date(text)
    return text == "true" if name in _TRUTHS else text.strip()


def _no() -> str:
    return words.word("answer3", "no")


class Citizenships(Restyled, QWidget):
    """
    All citizenships of one person, and the question whether there is another.

    Attributes:
        add: The combo of countries.
        none: "No other": asked, nothing to add.

    Signals:
        chosen: (tuple of country codes) These are all.
    """

    chosen = Signal(tuple)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._held: tuple[str, ...] = ()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self.add = Field(self.tr("Citizenship"), "combo", options=list(countries(words.window_language()).items()))
        self.add.left.connect(self._more)
        self._held_line = QWidget()
        self._chips = row(self._held_line, 8)
        self._asked = WrapLabel("", "body", "text2")
        self.none = Button(self.tr("No other"))
        self.none.clicked.connect(lambda: self.chosen.emit(self._held))
        self.follow_theme()

    def restyle(self) -> None:
        """Set spacing."""
        t = theme.current()
        self._grid.setHorizontalSpacing(t.space(16))
        self._grid.setVerticalSpacing(t.space(8))
        places = ((0, 0), (1, 0), (2, 0), (3, 0)) if t.roomy else ((0, 0), (0, 1), (1, 0), (1, 1))
        for part, (at, across) in zip((self.add, self._held_line, self._asked, self.none), places, strict=True):
            self._grid.removeWidget(part)
            side = Qt.AlignmentFlag.AlignLeading if part is self.none else Qt.AlignmentFlag(0)
            low = Qt.AlignmentFlag.AlignBottom if part is self._held_line else Qt.AlignmentFlag(0)
            self._grid.addWidget(part, at, across, side | low)
        for at in range(2):
            self._grid.setColumnStretch(at, 0 if t.roomy and at else 1)

    def show_person(self, person: PersonView) -> None:
        """Show what *person* has."""
        self._held = person.citizenships
        clear(self._chips)
        for code in person.citizenships:
            name = words.country(code)
            self._chips.addWidget(Chip(name, "warn" if code == service.HOST_COUNTRY else "outline"))
            away = Button(self.tr("Remove"), "link")
            away.setAccessibleDescription(name)
            away.clicked.connect(lambda _=False, code=code: self._less(code))
            self._chips.addWidget(away)
        self._chips.addStretch(1)
        self.add.set_value("")
        asked = person.person.other_citizenships_asked_on
        if asked:
            self._asked.setText(self.tr("Any other citizenship? Asked on {day}.").format(day=wording.day(asked)))
        else:
            self._asked.setText(self.tr("Any other citizenship? Not asked yet."))
        self._asked.set_colour("text2" if asked else "warn")

    def _more(self, code: str) -> None:
        if code and code not in self._held:
            self.chosen.emit((*self._held, code))

    def _less(self, code: str) -> None:
        self.chosen.emit(tuple(held for held in self._held if held != code))


class PersonCard(Card):
    """
    One person.

    Attributes:
        fields: The fields by name.
        citizenships: The question about citizenships.
        remove: Takes the person out; None for the one the case is named after.

    Signals:
        written: (str, str) A field was left with this text.
        removed: The person is to go.
    """

    written = Signal(str, str)
    removed = Signal()

    def __init__(self, person: PersonView, parent: QWidget | None = None) -> None:
        super().__init__(" ", link="" if person.is_principal else self.tr("Remove"), parent=parent)
        self.remove = self.link
        if self.remove:
            self.remove.clicked.connect(self.removed)
        self.barred = Banner("warn", "")
        self.barred.hide()
        self.body.addWidget(self.barred)
        asked = [name for name in _ORDER if name != "relation" or not person.is_principal]
        self.fields = {name: person_field(name) for name in asked}
        for name, field in self.fields.items():
            field.left.connect(lambda text, name=name: self.written.emit(name, text))
        self.body.addWidget(Fields(self.fields.values(), 3))
        self.citizenships = Citizenships()
        self.body.addWidget(self.citizenships)

    def show_person(self, person: PersonView, rule: tuple[str, str]) -> None:
        """Show *person*; a field being typed in keeps what is typed."""
        name = isolate(person.name or self.tr("No name yet"))
        self.heading.setText(name)
        self.setAccessibleName(name)
        self.set_fact(self._fact(person))
        for field_name, field in self.fields.items():
            if not field.editor.hasFocus() and not field.error():
                field.set_value(field_text(person, field_name))
        self.citizenships.show_person(person)
        self.barred.setVisible(person.is_host_citizen)
        if person.is_host_citizen:
            self.barred.set_text(
                self.tr("{name} is a citizen of Canada and cannot take part.").format(name=name),
                self._barred_why(rule),
            )

    def set_read_only(self, locked: bool) -> None:
        """Show everything without letting it be changed, to those whose role only reads."""
        for field in self.fields.values():
            field.set_read_only(locked)
        self.citizenships.setEnabled(not locked)
        if self.remove:
            self.remove.setVisible(not locked)

    def _fact(self, person: PersonView) -> str:
        if person.age is None:
            return words.word("relation", person.person.relation)
        facts = self.tr("{age} years, {relation}")
        return facts.format(age=person.age, relation=words.word("relation", person.person.relation))

    def _barred_why(self, rule: tuple[str, str]) -> str:
        code, source = rule
        if source:
            why = self.tr("Rule {rule} of the programme: not a citizen of Canada. Source: {source}.")
            return why.format(rule=code, source=source)
        return self.tr("Rule {rule} of the programme: not a citizen of Canada.").format(rule=code)


class AddPersonCard(Card):
    """
    Add somebody who travels along.

    Attributes:
        family_name, given_names, relation: The fields.
        done: The button.

    Signals:
        added: (str, str, str) Family name, given names, relation.
    """

    added = Signal(str, str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Add somebody"), parent=parent)
        self.family_name = Field(field_label("person", "family_name"))
        self.given_names = Field(field_label("person", "given_names"))
        relations = [pair for pair in words.options("relation") if pair[0] != Relation.PRINCIPAL]
        self.relation = Field(field_label("person", "relation"), "combo", options=relations)
        self.relation.set_value(Relation.CHILD.value)
        self.body.addWidget(Fields((self.family_name, self.given_names, self.relation), 3))
        self.done = Button(self.tr("Add"), icon="user-plus")
        self.done.clicked.connect(self._add)
        self.body.addWidget(self.done, 0, Qt.AlignmentFlag.AlignLeading)

    def clear_fields(self) -> None:
        """Be ready for the next one; the family name stays."""
        self.given_names.set_value("")
        self.family_name.set_error("")

    def _add(self) -> None:
        self.added.emit(self.family_name.value(), self.given_names.value(), self.relation.value())


class PeoplePage(CasePage):
    """
    The people of a case.

    Attributes:
        cards: Person id -> card, in the order shown.
        add: The card that adds somebody.
    """

    def __init__(self, room: Room, parent: QWidget | None = None) -> None:
        super().__init__(room, parent)
        self.cards: dict[str, PersonCard] = {}
        self.add = AddPersonCard()
        self.add.added.connect(self._add_person)
        self.main.addWidget(self.add)
        self.follow_theme()

    def open(self, case: str = "", page: str = "") -> None:
        """Show the people; another case has other cards."""
        if case != self.case:
            self._drop(tuple(self.cards))
            self.add.family_name.set_value("")
        super().open(case, page)

    def first_focus(self) -> None:
        """Begin with the first open question of the first person."""
        card = next(iter(self.cards.values()), None)
        if card is None:
            return
        empty = next((field for field in card.fields.values() if not field.value()), None)
        (empty or card.fields["family_name"]).setFocus(Qt.FocusReason.OtherFocusReason)

    def primary(self) -> None:
        """Write the field being typed in and go on with the case."""
        self.leave()
        self.went.emit("overview")

    def show_state(self, state: State) -> None:
        """Draw a card for each person, keeping those that stay."""
        people = {person.id: person for person in state.view.people}
        self._drop(tuple(held for held in self.cards if held not in people))
        barred = any(person.is_host_citizen for person in people.values())
        room = self.room
        rule = ("", "")
        if barred:
            rule = room.read(lambda: citizen_rule(room.desk, room.actor, self.case)) or rule
        for at, (person_id, person) in enumerate(people.items()):
            if person_id not in self.cards:
                self.cards[person_id] = self._make_card(person)
                self.main.insertWidget(at, self.cards[person_id])
                # A layout shows what it is given only later; the focus may be wanted there at once.
                self.cards[person_id].show()
            self.cards[person_id].show_person(person, rule)
            self.cards[person_id].set_read_only(not self.may_write(Section.CORE))
        self.add.setVisible(self.may_write(Section.CORE))
        principal = next((p for p in people.values() if p.is_principal), None)
        if principal is not None and not self.add.family_name.value():
            self.add.family_name.set_value(principal.person.family_name or "")

    def _make_card(self, person: PersonView) -> PersonCard:
        card = PersonCard(person)
        card.written.connect(lambda name, text: self._write(person.id, name, text))
        card.removed.connect(lambda: self._remove(person.id))
        card.citizenships.chosen.connect(lambda codes: self._set_citizenships(person.id, codes))
        return card

    def _drop(self, ids: tuple[str, ...]) -> None:
        for person in ids:
            card = self.cards.pop(person)
            self.main.removeWidget(card)
            card.hide()
            card.deleteLater()

    def _write(self, person: str, name: str, text: str) -> None:
        field, room = self.cards[person].fields[name], self.room
        if name == "born_on" and not read_day(text)[0]:
            field.set_error(self.tr("Write the day as in the document, 24 11 1990. If only the year is known: 01 01."))
            return
        field.set_error("")

        def refused(failure: Expected) -> bool:
            field.set_error(notice(failure).text)
            return True

        value = field_value(name, text)
        room.act(lambda: service.edit_person(room.desk, room.actor, self.case, person, **{name: value}), "", refused)

    def _set_citizenships(self, person: str, codes: tuple[str, ...]) -> None:
        room = self.room
        room.act(lambda: service.set_citizenships(room.desk, room.actor, self.case, person, codes))

    def _remove(self, person: str) -> None:
        room = self.room
        room.act(lambda: service.remove_person(room.desk, room.actor, self.case, person), self.tr("Person removed."))

    def _add_person(self, family_name: str, given_names: str, relation: str) -> None:
        room = self.room

        def refused(failure: Expected) -> bool:
            self.add.family_name.set_error(notice(failure).text)
            self.add.family_name.setFocus(Qt.FocusReason.OtherFocusReason)
            return True

        done = room.act(
            lambda: service.add_person(
                room.desk,
                room.actor,
                self.case,
                family_name=family_name,
                given_names=given_names,
                relation=relation or Relation.OTHER.value,
            ),
            self.tr("Person added."),
            refused,
        )
        if done is not None:
            self.add.clear_fields()
            self.bring_up(self.cards[done.value].fields["born_on"])
