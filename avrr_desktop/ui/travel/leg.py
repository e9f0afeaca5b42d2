"""A flight as a card: read as times and places, changed in fields in the same card."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QWidget

from avrr_desktop.domain.dates import read_date
from avrr_desktop.services.travelling import LegView, flight_text
from avrr_desktop.ui import theme, wording
from avrr_desktop.ui.components.base import isolate, ltr, row
from avrr_desktop.ui.components.button import Button
from avrr_desktop.ui.components.card import Card
from avrr_desktop.ui.components.chip import Chip
from avrr_desktop.ui.components.label import Label
from avrr_desktop.ui.components.sign import Icon, Sign
from avrr_desktop.ui.travel.airport import AirportField, LegField
from avrr_desktop.ui.travel.timeline import Timeline
from avrr_desktop.ui.travel.typed import Typed, read_time

FIELD_OF = {"departs": "departs_day", "arrives": "arrives_day"}
"""Where a refusal of a whole moment stands."""
ROWS = (
    ("flight", "booking"),
    ("origin", "origin_terminal", "departs_day", "departs_time"),
    ("destination", "destination_terminal", "arrives_day", "arrives_time"),
)
"""Fields beside each other."""
NARROW = {"_terminal": 5.0, "_day": 9.5, "_time": 5.5}
"""Widths of the narrow fields in em, by the end of their names."""


class LegCard(Card):
    """
    One flight.

    Attributes:
        leg: Its id, None until it was written once.
        original: What stood here when its fields were opened; None for a new flight.

    Signals:
        opened, removed: A link was pressed.
        left: A field was left.
        entered: Enter: done with this flight.
        escaped: Esc: back to what it was.
        gone: The focus left the card.
    """

    opened = Signal()
    removed = Signal()
    left = Signal()
    entered = Signal()
    escaped = Signal()
    gone = Signal()

    def __init__(self, leg: str | None, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.leg = leg
        self.original: Typed | None = None
        self._is_open = False
        self._number = Label("", "strong")
        self._span = Label("", "small", "text2")
        self._booking = Chip("", "outline")
        self._lacks = Chip(self.tr("Not complete"), "warn")
        self.change = Button(self.tr("Change"), "link")
        self.timeline = Timeline()
        self.fields = self._make_fields()
        self.remove = Button(self.tr("Remove this flight"), "link")
        self.done = Button(self.tr("Done"), "secondary", key="Enter", size="button_small")
        self._place()
        self.change.clicked.connect(self.opened)
        self.remove.clicked.connect(self.removed)
        self.done.clicked.connect(self.entered)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._focus_moved)

    def show_leg(self, view: LegView, before: str, after: str, can_write: bool) -> None:
        """Show a flight as it is held."""
        self._number.setText(ltr(flight_text(view.leg.flight)) if view.leg.flight else self.tr("Flight not yet"))
        self._span.setText(ltr(wording.span(view.duration)) if view.duration is not None else "")
        booking = self.tr("Booking {reference}").format(reference=isolate(view.leg.booking or ""))
        self._booking.set_state(booking, "outline")
        self._booking.setVisible(bool(view.leg.booking) and not self._is_open)
        self._lacks.setVisible(not view.is_complete and not self._is_open)
        self.change.setVisible(can_write and not self._is_open)
        self.change.setAccessibleDescription(self._number.text())
        self.timeline.show_leg(view, before, after)
        self.setAccessibleName(self._number.text())

    def open_fields(self, typed: Typed) -> None:
        """Show the fields with *typed*."""
        self._is_open = True
        self.original = typed if self.leg else None
        if self.leg is None:
            self._number.setText(self.tr("New flight"))
        for name, field in self.fields.items():
            field.set_value(getattr(typed, name))
        self.set_error("", "")
        self._show_form(True)
        hidden: tuple[QWidget, ...] = (self.change, self._booking, self._lacks)
        for part in hidden:
            part.setVisible(False)

    def close_fields(self) -> None:
        """Show the flight as it is read again."""
        self._is_open = False
        self._show_form(False)
        self.set_error("", "")

    def is_open(self) -> bool:
        """Tell whether the fields are shown."""
        return self._is_open

    def typed(self) -> Typed:
        """Return what stands in the fields."""
        return Typed(**{name: field.value() for name, field in self.fields.items()})

    def set_error(self, field: str, sentence: str) -> None:
        """Show *sentence* at *field*, and nowhere else."""
        wanted = FIELD_OF.get(field, field)
        for name, one in self.fields.items():
            one.mark(sentence if name == wanted else "")
        for names, sign in self._errors:
            said = sentence if wanted in names else ""
            sign.set_text(said)
            sign.setVisible(bool(said))

    def error(self) -> str:
        """Return the sentence shown now."""
        return next((sign.text() for _names, sign in self._errors if sign.text()), "")

    def wrong_field(self) -> str:
        """Return the name of the field in red, "flight" when none is."""
        return next((name for name, field in self.fields.items() if field.is_wrong()), "flight")

    def focus(self, field: str = "flight") -> None:
        """Put the focus into *field*."""
        self.fields[FIELD_OF.get(field, field)].setFocus(Qt.FocusReason.OtherFocusReason)

    def holds_focus(self) -> bool:
        """Tell whether the focus is in this card."""
        now = QApplication.focusWidget()
        return now is not None and self.isAncestorOf(now)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take Esc in every field, before the window takes it for "back"."""
        if isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            if event.type() == QEvent.Type.ShortcutOverride:
                event.accept()
                return True
            if event.type() == QEvent.Type.KeyPress:
                self.escaped.emit()
                return True
        return super().eventFilter(watched, event)

    def restyle(self) -> None:
        """Keep the narrow fields narrow."""
        super().restyle()
        if not hasattr(self, "fields"):
            return
        t = theme.current()
        for line in self._rows:
            line.setSpacing(t.space(12))
        if not t.roomy:
            self.fields["booking"].setFixedWidth(sum(t.em(wide) for wide in NARROW.values()) + 2 * t.space(12))
        for name, field in self.fields.items():
            wide = next((em for end, em in NARROW.items() if name.endswith(end)), None)
            if wide is not None:
                field.setFixedWidth(t.em(wide))

    def _make_fields(self) -> dict[str, LegField]:
        day, clock, terminal = self.tr("Date"), self.tr("Time"), self.tr("Terminal")
        fields: dict[str, LegField] = {
            "flight": LegField(self.tr("Flight"), placeholder=self.tr("LH 471")),
            "booking": LegField(self.tr("Booking"), optional=True),
            "origin": AirportField(self.tr("From")),
            "origin_terminal": LegField(terminal),
            "departs_day": LegField(day, "date", reader=_read_day, placeholder="2 12 2026"),
            "departs_time": LegField(clock, "date", reader=_read_clock, placeholder="17:55"),
            "destination": AirportField(self.tr("To")),
            "destination_terminal": LegField(terminal),
            "arrives_day": LegField(day, "date", reader=_read_day, placeholder="3 12 2026"),
            "arrives_time": LegField(clock, "date", reader=_read_clock, placeholder="07:40"),
        }
        spoken = {
            "origin_terminal": self.tr("Terminal of departure"),
            "departs_day": self.tr("Date of departure, local"),
            "departs_time": self.tr("Time of departure, local"),
            "destination_terminal": self.tr("Terminal of arrival"),
            "arrives_day": self.tr("Date of arrival, local"),
            "arrives_time": self.tr("Time of arrival, local"),
        }
        for name, field in fields.items():
            field.editor.setAccessibleName(spoken.get(name, field.editor.accessibleName()))
            field.editor.installEventFilter(self)
            field.left.connect(lambda _text: self.left.emit())
            field.entered.connect(self.entered)
        return fields

    def _place(self) -> None:
        head = row(None, 8)
        head.addWidget(Icon("plane-takeoff", 18, "text2"))
        head.addWidget(self._number)
        head.addWidget(self._span)
        head.addStretch(1)
        for part in (self._booking, self._lacks, self.change):
            head.addWidget(part)
        self.body.addLayout(head)
        self.body.addWidget(self.timeline)
        # Straight into the card, and in no grid: both lose the height of wrapped words that appear later.
        self._fill_rows()
        foot = row(None, 12)
        foot.addWidget(self.remove)
        foot.addStretch(1)
        foot.addWidget(self.done)
        self.body.addLayout(foot)
        self._show_form(False)
        self.restyle()

    def _show_form(self, shown: bool) -> None:
        parts: tuple[QWidget, ...] = (*self.fields.values(), self.done)
        for part in parts:
            part.setVisible(shown)
        self.remove.setVisible(shown and self.leg is not None)
        self.timeline.setVisible(not shown)

    def _fill_rows(self) -> None:
        """Three rows, each with the sentence of its refusal below; at a large text every field has its own."""
        self._errors: list[tuple[tuple[str, ...], Sign]] = []
        self._rows: list[QHBoxLayout] = []
        rows = tuple((name,) for name in self.fields) if theme.current().roomy else ROWS
        for names in rows:
            line = row(None, 12)
            for name in names:
                # A field of its own width would stand in the middle of a line that it has for itself.
                side = Qt.AlignmentFlag.AlignLeading if name.endswith(tuple(NARROW)) else Qt.AlignmentFlag(0)
                line.addWidget(self.fields[name], 1 if name == names[0] else 0, Qt.AlignmentFlag.AlignTop | side)
            sign = Sign("", "bad", "circle-alert")
            sign.hide()
            self.body.addLayout(line)
            self.body.addWidget(sign)
            self._rows.append(line)
            self._errors.append((names, sign))

    def _focus_moved(self, old: QWidget | None, now: QWidget | None) -> None:
        if not self._is_open or old is None or not self.isAncestorOf(old):
            return
        # A list that opens takes the focus for a while, and so does another program: neither leaves the card.
        if now is not None and not self.isAncestorOf(now) and now.window() is self.window():
            self.gone.emit()


def _read_day(text: str) -> str:
    """Say which day was understood."""
    day = read_date(text)
    return wording.day_week(day) if day else ""


def _read_clock(text: str) -> str:
    """Say which time was understood, unless it stands there already."""
    clock = read_time(text)
    return clock if clock and clock != text.strip() else ""
