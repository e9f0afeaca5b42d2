"""The sitting: where, how and with whom one meets, asked once a day; and the sittings there were."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QWidget

from avrr_desktop.domain.counselling import Mode, Sitting
from avrr_desktop.services.places import languages
from avrr_desktop.ui import theme, wording
from avrr_desktop.ui.case import words as case_words
from avrr_desktop.ui.case.page import Fields
from avrr_desktop.ui.case.sitting import sitting_fields, sitting_yeses
from avrr_desktop.ui.components.base import isolate
from avrr_desktop.ui.components.card import Card
from avrr_desktop.ui.components.field import Field
from avrr_desktop.ui.components.label import WrapLabel
from avrr_desktop.ui.components.sign import Sign
from avrr_desktop.ui.interview.page import Column
from avrr_desktop.ui.interview.state import State


class MeetingPage(Column):
    """
    What is asked before the first question of a day; what held last time stands there already.

    Attributes:
        fields: place, mode, present, interpreter, language, dialect, interpreter_mode.
        alone, bound, relative: Single yeses.
        warning: Says that a relative does not interpret.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._offered: Sitting | None = None
        known = list(languages(case_words.window_language()).items())
        self.fields = {
            **sitting_fields(),
            "interpreter": Field(self.tr("Interpreter: name or number of the service"), optional=True),
            "language": Field(self.tr("Language"), "combo", options=known, optional=True),
        }
        self.alone, self.bound, self.relative = sitting_yeses()
        said = self.tr("A relative does not interpret, and a child never does. Find somebody else, by phone.")
        self.warning = Sign(said, "bad", "circle-alert")
        self.warning.hide()
        self.relative.toggled.connect(self.warning.setVisible)
        self._met, self._heard = Card(self.tr("How you meet today")), Card(self.tr("Interpreter"))
        self._before = SittingList()
        self._met.body.addWidget(Fields([self.fields[name] for name in ("place", "mode")], 2))
        self._met.body.addWidget(self.fields["present"])
        self._met.body.addWidget(self.alone)
        self._heard.body.addWidget(Fields([self.fields[n] for n in ("interpreter", "interpreter_mode")], 2))
        self._heard.body.addWidget(Fields([self.fields[name] for name in ("language", "dialect")], 2))
        for part in (self.bound, self.relative, self.warning):
            self._heard.body.addWidget(part)
        self.body.addWidget(WrapLabel(self.tr("Before you go on"), "title"))
        for card in (self._met, self._heard, self._before):
            self.body.addWidget(card)
        self.body.addStretch(1)
        self.follow_theme()

    def restyle(self) -> None:
        """Set margins and the air between the cards."""
        super().restyle()
        self.body.setSpacing(theme.current().space(16))

    def show_state(self, state: State) -> None:
        """Offer what held last time, once; what was typed since stays."""
        self._before.show_sittings(state.meetings, state.facts.zone)
        last = state.meetings[-1] if state.meetings else Sitting()
        if last == self._offered:
            return
        self._offered = last
        values = {
            "place": last.place,
            "mode": last.mode or Mode.OFFICE,
            "present": last.present,
            "interpreter": last.interpreter_name,
            "language": last.interpreter_language,
            "dialect": last.interpreter_dialect,
            "interpreter_mode": last.interpreter_mode,
        }
        for name, value in values.items():
            self.fields[name].set_value(str(value) if value else "")
            self.fields[name].set_error("")
        # Whether one is alone, and who interprets, is seen today: only a promise holds.
        self.alone.setChecked(False)
        self.bound.setChecked(bool(last.interpreter_bound))
        self.relative.setChecked(False)

    def sitting(self) -> Sitting | None:
        """Return what was entered; None when something is missing or may not be, and the focus is there."""
        values = {name: field.value().strip() or None for name, field in self.fields.items()}
        self.fields["place"].set_error("" if values["place"] else self.tr("This is needed first."))
        if values["place"] is None:
            self.fields["place"].setFocus(Qt.FocusReason.OtherFocusReason)
            return None
        if values["interpreter"] and self.relative.isChecked():
            self.relative.setFocus(Qt.FocusReason.OtherFocusReason)
            return None
        helps = values["interpreter"] is not None
        return Sitting(
            place=values["place"],
            mode=Mode(values["mode"] or Mode.OFFICE),
            present=values["present"],
            alone=self.alone.isChecked(),
            interpreter_name=values["interpreter"],
            interpreter_language=values["language"] if helps else None,
            interpreter_dialect=values["dialect"] if helps else None,
            interpreter_mode=Mode(values["interpreter_mode"]) if helps and values["interpreter_mode"] else None,
            interpreter_bound=self.bound.isChecked() if helps else None,
            interpreter_relative=False if helps else None,
        )


class SittingList(Card):
    """The sittings of an interview with their days; nobody but the officer's own people is named."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(QCoreApplication.translate("SittingList", "Sittings"), parent=parent)
        self._lines = WrapLabel("", "body", "text2")
        self.body.addWidget(self._lines)

    def text(self) -> str:
        """Return the lines shown."""
        return self._lines.text()

    def show_sittings(self, sittings: tuple[Sitting, ...], zone: str) -> None:
        """Show one line a sitting, oldest first."""
        self._lines.setText("\n".join(line(number, one, zone) for number, one in enumerate(sittings, 1)))
        self.setVisible(bool(sittings))


def line(number: int, sitting: Sitting, zone: str) -> str:
    """Write a sitting: number, day and hours, how one met, whether alone, how the interpreter took part."""
    translate = QCoreApplication.translate
    parts = [_hours(sitting.started_at, sitting.ended_at, zone), case_words.word("mode", sitting.mode)]
    if sitting.alone is not None:
        parts.append(translate("SittingList", "alone") if sitting.alone else translate("SittingList", "not alone"))
    if sitting.interpreter_name:
        parts.append(translate("SittingList", "with interpreter"))
    if sitting.interpreter_quality:
        parts.append(isolate(sitting.interpreter_quality))
    return f"{number}. " + " \u00b7 ".join(part for part in parts if part)


def _hours(began: datetime | None, ended: datetime | None, zone: str) -> str:
    if began is None:
        return wording.NONE
    start = wording.day_time(began, zone)
    return start if ended is None else f"{start}\u2013{wording.time(ended, zone)}"
