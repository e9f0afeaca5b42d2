"""Country sheets in the interview room: the list beside the page, and one of them opened to read."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from avrr_desktop.domain.counselling import HandedHow
from avrr_desktop.ui import sheet_words, theme, wording
from avrr_desktop.ui.case.words import country
from avrr_desktop.ui.components.base import Restyled, column, isolate, paint_ground, row
from avrr_desktop.ui.components.button import Button
from avrr_desktop.ui.components.label import WrapLabel
from avrr_desktop.ui.components.sign import Sign
from avrr_desktop.ui.interview.page import Column
from avrr_desktop.ui.interview.state import State
from avrr_desktop.ui.interview.telling import Destination, SheetLine, Told


class SheetList(Restyled, QWidget):
    """
    What there is to tell about the destination, with source and date, and what was told.

    Attributes:
        buttons: One link a sheet, in order.

    Signals:
        opened: (str) The sheet with this id is wanted.
    """

    opened = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.buttons: list[Button] = []
        self._drawn: object = None
        self._heading = WrapLabel(self.tr("About the place of return"), "heading")
        self._where = WrapLabel("", "small", "text2")
        self._all = QVBoxLayout(self)
        for part in (self._heading, self._where):
            self._all.addWidget(part)
        self._lines: QWidget | None = None
        self._all.addStretch(1)
        self.follow_theme()

    def show_destination(self, where: Destination, zone: str) -> None:
        """Show the sheets of *where*."""
        wanted = (where.country, where.place, where.lines, zone, theme.current())
        if wanted == self._drawn:
            return
        self._drawn = wanted
        named = [isolate(where.place)] if where.place else []
        place = wording.NONE if not where.country else ", ".join([*named, country(where.country)])
        if not where.country:
            place = self.tr("Where the person returns to is not written down yet.")
        elif not where.lines:
            said = self.tr("{place}: nobody has written a sheet yet. A supervisor does, in Settings.")
            place = said.format(place=place)
        self._where.setText(place)
        if self._lines is not None:
            self._all.removeWidget(self._lines)
            self._lines.hide()
            self._lines.deleteLater()
        self._lines = QWidget(self)
        down = column(self._lines, 16)
        self.buttons = []
        for line in where.lines:
            down.addLayout(self._line(line, where, zone))
        self._all.insertWidget(2, self._lines)
        self._lines.setVisible(bool(where.lines))

    def restyle(self) -> None:
        """Set width and margins; below the page, where the text is large, it takes the page's."""
        t = theme.current()
        paint_ground(self, "canvas" if t.roomy else "sunken")
        self.setMinimumWidth(0)
        self.setMaximumWidth(t.em(200) if t.roomy else t.width("aside"))
        edge = 0 if t.roomy else t.space(20)
        self._all.setContentsMargins(edge, t.space(24), edge, t.space(16))
        self._all.setSpacing(t.space(8))

    def _line(self, line: SheetLine, where: Destination, zone: str) -> QVBoxLayout:
        sheet = line.sheet
        down = column(None, 4)
        button = Button(sheet_words.topic(sheet.topic), "link")
        button.setAccessibleDescription(sheet_words.origin(sheet))
        button.clicked.connect(lambda _=False: self.opened.emit(sheet.id))
        self.buttons.append(button)
        down.addWidget(button, 0, Qt.AlignmentFlag.AlignLeading)
        down.addWidget(WrapLabel(sheet_words.origin(sheet), "small", "text2"))
        if said := sheet_words.age(sheet):
            down.addWidget(Sign(said, "warn", "triangle-alert", "small"))
        if line.told:
            down.addWidget(Sign(told_words(line.told[-1], where, zone), "ok", "circle-check", "small"))
        return down


class SheetPage(Column):
    """
    One sheet, large enough for three people to read.

    Attributes:
        handed: Buttons that record how it reached the person.

    Signals:
        told: (HandedHow)
    """

    told = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._drawn: object = None
        self._paper: QWidget | None = None
        self.handed = {
            HandedHow.READ_ALOUD: Button(self.tr("Read aloud"), "secondary", icon="message-square-text"),
            HandedHow.SHOWN: Button(self.tr("Shown"), "secondary", icon="eye"),
            HandedHow.PRINTED: Button(self.tr("Printed"), "secondary", icon="printer"),
        }
        self._ask = WrapLabel(self.tr("How did the person get to know it?"), "strong")
        self._acts = row(None, 12)
        for how, button in self.handed.items():
            button.clicked.connect(lambda _=False, how=how: self.told.emit(how))
            self._acts.addWidget(button)
        self._acts.addStretch(1)
        self.body.addWidget(self._ask)
        self.body.addLayout(self._acts)
        self.body.addStretch(1)
        self.follow_theme()

    def show_state(self, state: State) -> None:
        """Show the open sheet; a sheet that is shown already stays."""
        line, where = state.sheet, state.destination
        if line is None or where is None:
            return
        for button in self.handed.values():
            button.setEnabled(state.may_tell)
        wanted = (line, theme.current())
        if wanted == self._drawn:
            return
        self._drawn = wanted
        if self._paper is not None:
            self.body.removeWidget(self._paper)
            self._paper.hide()
            self._paper.deleteLater()
        self._paper = QWidget(self._inner)
        down = column(self._paper, 12)
        sheet = line.sheet
        down.addWidget(WrapLabel(sheet_words.topic(sheet.topic), "title"))
        down.addWidget(WrapLabel(sheet_words.origin(sheet), "small", "text2"))
        if said := sheet_words.age(sheet):
            down.addWidget(Sign(said, "warn", "triangle-alert"))
        down.addWidget(WrapLabel(sheet.text, "lead", language=sheet.language))
        for told in line.told:
            down.addWidget(Sign(told_words(told, where, state.facts.zone), "ok", "circle-check"))
        self.body.insertWidget(0, self._paper)
        self._paper.setVisible(True)
        self.verticalScrollBar().setValue(0)


def told_words(told: Told, where: Destination, zone: str) -> str:
    """Say how and when a sheet reached the person: "Read aloud today 14:05"."""
    return sheet_words.handed(told.how).format(when=wording.relative(told.at, where.now, zone))
