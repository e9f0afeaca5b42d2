"""The page "Travel": flights as cards with what lies between them, the ground below, checks beside."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from avrr_desktop.domain.changes import Changes
from avrr_desktop.domain.failures import Expected
from avrr_desktop.ui import theme
from avrr_desktop.ui.components.base import row
from avrr_desktop.ui.components.button import Button
from avrr_desktop.ui.components.card import Card
from avrr_desktop.ui.components.empty import Empty
from avrr_desktop.ui.components.field import Field
from avrr_desktop.ui.components.label import Label
from avrr_desktop.ui.components.scroll import clear, scrolling
from avrr_desktop.ui.components.sign import Sign
from avrr_desktop.ui.notices import notice
from avrr_desktop.ui.room import Room, touches
from avrr_desktop.ui.screen import Screen
from avrr_desktop.ui.travel import words
from avrr_desktop.ui.travel.aside import INKS, CheckCard, ReportCard, TravellersCard
from avrr_desktop.ui.travel.leg import LegCard
from avrr_desktop.ui.travel.model import GROUND, PARTS, Check, TravelModel
from avrr_desktop.ui.travel.typed import Typed

BETWEEN = ("not_joined", "too_early", "short", "long", "connects")
"""Checks that stand between two flights as well."""


class TravelPage(Screen):
    """The journey of the open case."""

    def __init__(self, room: Room, parent: QWidget | None = None) -> None:
        super().__init__(room, parent)
        self.model: TravelModel | None = None
        self._roomy = theme.current().roomy
        self.cards: dict[str, LegCard] = {}
        self.card: LegCard | None = None
        self._written: Typed | None = None
        self._is_writing = False
        self._between: list[Sign] = []
        self.version = Label("", "heading")
        self.add = Button(self.tr("Add a flight"), "secondary", key="Ins", icon="plus")
        self.empty = Empty(
            self.tr("No flight is written yet."),
            self.tr("Durations, connections and the time at the airport follow from the flights."),
            icon="plane",
        )
        self.ground = self._make_ground()
        self.travellers = TravellersCard()
        self.report = ReportCard()
        self.checks = CheckCard()
        self._build()
        self.add.clicked.connect(self._new_leg)
        self.report.written.connect(self._write_report)
        self.checks.opened.connect(self._open_leg)
        self.follow_theme()

    def open(self, case: str = "", page: str = "") -> None:
        """Show the journey of *case*."""
        super().open(case, page)
        for card in self.cards.values():
            self._drop(card)
        self.cards, self.card = {}, None
        self.model = self.room.read(lambda: TravelModel(self.room.desk, self.room.actor, case))
        self._draw()

    def hear(self, changes: Changes) -> None:
        """Read and draw again what changed, around the flight being written."""
        if self._is_writing:
            return  # a flight that is just being written has no id yet, and would be drawn twice
        if self.model and touches(changes, self.case) and changes.kinds & PARTS:
            self.room.read(self.model.load)
            self._draw()

    def leave(self) -> None:
        """Write the field being typed."""
        for field in self.ground.values():
            field.editor.clearFocus()
        self.report.minutes.editor.clearFocus()
        if self.card:
            self._finish()

    def primary(self) -> None:
        """Close the flight being written, or begin the next one."""
        if self.card is None or self._finish():
            self._new_leg()

    def first_focus(self) -> None:
        """Begin at the first flight, or where one is added."""
        first = next(iter(self.cards.values()), None)
        (first.change if first else self.add).setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Insert adds a flight, Delete removes the one whose link has the focus."""
        if event.key() == Qt.Key.Key_Insert and self.add.isEnabled():
            self._new_leg()
            return
        if event.key() == Qt.Key.Key_Delete:
            for card in self.cards.values():
                if card.change.hasFocus():
                    self._remove(card)
                    return
        super().keyPressEvent(event)

    def restyle(self) -> None:
        """Put the cards beside the flights, below them at a large text."""
        t = theme.current()
        self._row.setSpacing(t.space(20))
        self._main_column.setSpacing(t.space(8))
        self._side_column.setSpacing(t.space(16))
        self._ground_grid.setHorizontalSpacing(t.space(20))
        self._ground_grid.setVerticalSpacing(t.space(12))
        self.ground["advice"].editor.setFixedHeight(t.height("area"))
        self._aside.setVisible(not t.roomy)
        self._aside.setFixedWidth(t.width("aside") + t.edge("scroll") * 2)
        target = self._main_column if t.roomy else self._aside_column
        target.insertWidget(self._main_column.count() - 1 if t.roomy else 0, self._side)
        self._side.show()
        self._fill_ground()
        if t.roomy != self._roomy:
            self._roomy = t.roomy
            # Later: while a theme is applied Qt walks over all widgets, and none may be made or go under it.
            QTimer.singleShot(0, self, self._lay_out_cards)

    # Parts

    def _make_ground(self) -> dict[str, Field]:
        names = {
            "meeting_departure": self.tr("Meeting before departure"),
            "meeting_arrival": self.tr("Meeting on arrival"),
            "onward": self.tr("Onward transport"),
            "baggage": self.tr("Baggage"),
            "advice": self.tr("Advice for the way"),
        }
        fields = {
            name: Field(names[name], "multiline" if name == "advice" else "text", optional=True) for name in GROUND
        }
        for name, field in fields.items():
            field.left.connect(lambda text, at=name: self._describe(at, text))
        return fields

    def _build(self) -> None:
        head = row(None, 12)
        head.addWidget(self.version, 1)
        head.addWidget(self.add)
        self._ground_card = Card(self.tr("On the ground"))
        self._ground_grid = QGridLayout()
        self._ground_card.body.addLayout(self._ground_grid)
        self._legs = QVBoxLayout()
        main = QWidget()
        self._main_column = QVBoxLayout(main)
        self._main_column.setContentsMargins(0, 0, 0, 0)
        self._main_column.addLayout(head)
        self._main_column.addWidget(self.empty)
        self._main_column.addLayout(self._legs)
        self._main_column.addWidget(self._ground_card)
        self._main_column.addWidget(self.travellers)
        self._main_column.addStretch(1)
        self._side = QWidget()
        self._side_column = QVBoxLayout(self._side)
        self._side_column.setContentsMargins(0, 0, 0, 0)
        self._side_column.addWidget(self.checks)
        self._side_column.addWidget(self.report)
        holder = QWidget()
        self._aside_column = QVBoxLayout(holder)
        self._aside_column.setContentsMargins(0, 0, 0, 0)
        self._aside_column.addStretch(1)
        self._main, self._aside = scrolling(main), scrolling(holder)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.addWidget(self._main, 1)
        self._row.addWidget(self._aside)

    def _fill_ground(self) -> None:
        """Two columns of fields, one at a large text."""
        roomy = theme.current().roomy
        for at, name in enumerate(GROUND):
            across = 1 if roomy or name != "advice" else 2
            place = (at, 0) if roomy else divmod(at, 2)
            self._ground_grid.addWidget(self.ground[name], *place, 1, across, Qt.AlignmentFlag.AlignTop)

    def _draw(self) -> None:
        if self.model is None:
            return
        state = self.model.state
        journey = state.journey
        self.version.setText(self.tr("Version {number}").format(number=journey.journey.version or 1))
        self.add.setEnabled(state.can_write)
        self.empty.setVisible(not journey.legs and self.card is None)
        self._draw_legs()
        for name, field in self.ground.items():
            if not field.editor.hasFocus():
                field.set_value(getattr(journey.journey, name) or "")
            field.set_read_only(not state.can_write)
        self.report.show_state(state)
        self.checks.show_state(state)
        self.travellers.show_state(state)

    def _draw_legs(self) -> None:
        if self.model is None:
            return
        state = self.model.state
        clear(self._legs)
        for sign in self._between:
            sign.deleteLater()
        self._between = []
        between = {check.leg: check for check in state.checks if check.code in BETWEEN}
        legs = state.journey.legs
        for at, view in enumerate(legs):
            card = self.cards.get(view.id) or self._make_card(view.id)
            before = words.report(state.journey) if at == 0 else ""
            after = state.journey.journey.meeting_arrival or "" if at == len(legs) - 1 else ""
            card.show_leg(view, before, after, state.can_write)
            if view.id in between:
                self._legs.addWidget(self._make_between(between[view.id]))
            self._legs.addWidget(card)
        for gone in [leg for leg in self.cards if leg not in {view.id for view in legs}]:
            self._drop(self.cards.pop(gone))
        if self.card is not None and self.card.leg is None:
            self._legs.addWidget(self.card)

    def _lay_out_cards(self) -> None:
        """Make the cards anew: their fields stand in another order at a large text."""
        if self._finish():
            for card in self.cards.values():
                self._drop(card)
            self.cards = {}
            self._draw()

    def _make_card(self, leg: str) -> LegCard:
        if self.card is not None and self.card.leg == leg:
            card = self.card
        else:
            card = LegCard(leg, self._main.widget())
            self._connect_card(card)
        self.cards[leg] = card
        return card

    def _connect_card(self, card: LegCard) -> None:
        card.opened.connect(lambda: self._open_leg(card.leg or ""))
        card.removed.connect(lambda: self._remove(card))
        card.left.connect(lambda: self._write(card))
        card.entered.connect(self._finish)
        card.escaped.connect(lambda: self._give_up(card))
        # After the other widget has its focus.
        card.gone.connect(lambda: QTimer.singleShot(0, card, lambda: self._gone(card)))

    def _make_between(self, check: Check) -> Sign:
        head, rule = words.check(check)
        joined = self.tr("{found}. {rule}", "what a check found, its rule").format(found=head, rule=rule)
        sign = Sign(joined, INKS[check.level], words.SIGNS[check.level])
        sign.setContentsMargins(theme.current().edge("card_x"), 0, 0, 0)
        self._between.append(sign)
        return sign

    def _drop(self, card: LegCard) -> None:
        card.hide()
        card.deleteLater()
        if self.card is card:
            self.card = None

    # One flight at a time

    def _open_leg(self, leg: str) -> None:
        card = self.cards.get(leg)
        if self.model is None or card is None or card is self.card or not self.model.state.can_write:
            return
        if self.card is None or self._finish():
            self._edit(card, self.model.typed(leg))

    def _new_leg(self) -> None:
        if self.model is None or not self.model.state.can_write or (self.card is not None and not self._finish()):
            return
        card = LegCard(None, self._main.widget())
        self._connect_card(card)
        self._edit(card, self.model.next_typed())

    def _edit(self, card: LegCard, typed: Typed) -> None:
        self.card = card
        self._written = typed
        card.open_fields(typed)
        self._draw()
        card.show()
        card.focus()
        QTimer.singleShot(0, card, lambda: self._main.ensureWidgetVisible(card))

    def _write(self, card: LegCard) -> bool:
        """Write the flight as far as it is known; False: refused, said at its field."""
        if self.model is None or card is not self.card:
            return True
        model, typed = self.model, card.typed()
        if typed == self._written:
            return not card.error()
        card.set_error("", "")
        self._is_writing = True
        try:
            done = self.room.act(lambda: model.write(typed, card.leg), on_refused=lambda why: self._refuse(card, why))
        finally:
            self._is_writing = False
        if done is None:
            return False
        self.room.read(model.load)
        self._written = typed
        if card.leg is None:
            card.leg = done.value
            card.remove.setVisible(True)
        self._draw()
        return True

    def _refuse(self, card: LegCard, failure: Expected) -> bool:
        field = str(failure.params.get("field", ""))
        if not failure.code.startswith(("leg.", "value.")) or not field:
            return False
        said = notice(failure)
        words_ = self.tr("{what} {do}", "what happened, what to do").format(what=said.text, do=said.remedy)
        card.set_error(field, words_.strip())
        return True

    def _finish(self) -> bool:
        """Close the fields; False when something is refused: they stay open with the sentence."""
        card = self.card
        if card is None:
            return True
        if not self._write(card):
            card.focus(card.wrong_field())
            return False
        self.card = None
        if card.leg is None:
            self._drop(card)
            self._draw()
            self.add.setFocus(Qt.FocusReason.OtherFocusReason)
            return True
        card.close_fields()
        self._draw()
        card.change.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def _gone(self, card: LegCard) -> None:
        """The focus went elsewhere on the page: the fields close if they can, and leave the focus where it is."""
        if card is not self.card or card.holds_focus() or not self._write(card):
            return
        self.card = None
        if card.leg is None:
            self._drop(card)
        else:
            card.close_fields()
        self._draw()

    def _give_up(self, card: LegCard) -> None:
        """Esc: back to what the flight was when its fields were opened."""
        if self.model is None or card is not self.card:
            return
        model, leg, original = self.model, card.leg, card.original
        if original is not None and self._written != original:
            self.room.act(lambda: model.write(original, leg))
        self.card = None
        if original is None:
            if leg is not None:
                self.room.act(lambda: model.remove(leg))
            self._drop(card)
            self._draw()
            self.add.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        card.close_fields()
        self._draw()
        card.change.setFocus(Qt.FocusReason.OtherFocusReason)

    def _remove(self, card: LegCard) -> None:
        leg = card.leg
        if self.model is None or leg is None or not self.model.state.can_write:
            return
        model = self.model
        if self.card is card:
            self.card = None
        self.room.act(lambda: model.remove(leg), words=self.tr("Flight removed."))
        self.first_focus()

    def _describe(self, field: str, text: str) -> None:
        if self.model is None or not self.model.state.can_write:
            return
        model = self.model
        self.ground[field].set_error("")
        self.room.act(lambda: model.describe(field, text), on_refused=lambda why: self._refuse_ground(field, why))

    def _refuse_ground(self, field: str, failure: Expected) -> bool:
        self.ground[field].set_error(notice(failure).text)
        return True

    def _write_report(self, minutes: int | None) -> None:
        if self.model is not None and self.model.state.can_write:
            model = self.model
            self.room.act(lambda: model.report(minutes))
