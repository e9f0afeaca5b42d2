"""The look of this laptop's window, and when it locks: everything applies at once."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from avrr_desktop.ui.components.banner import Banner
from avrr_desktop.ui.components.base import isolate
from avrr_desktop.ui.components.card import Card
from avrr_desktop.ui.components.choice import CheckRow, Choices, Option
from avrr_desktop.ui.components.field import Field
from avrr_desktop.ui.components.label import Label, WrapLabel
from avrr_desktop.ui.room import Room
from avrr_desktop.ui.settings.page import SettingsPage, Tools

SCALES = (80, 90, 100, 110, 125, 150, 175, 200)
MINUTES = (2, 5, 10, 15, 30)


class LookPage(SettingsPage):
    """
    Choices that apply at once.

    Attributes:
        look, scale, direction, idle: The choices.
        hide_asks: Whether a hidden screen asks the passphrase.
    """

    def __init__(self, room: Room, tools: Tools, parent: QWidget | None = None) -> None:
        super().__init__(room, tools, parent)
        habits = tools.habits
        self.look = Choices(
            self.tr("Colours"),
            (
                Option("system", self.tr("As the system")),
                Option("light", self.tr("Light")),
                Option("dark", self.tr("Dark")),
                Option("black", self.tr("High contrast on black")),
                Option("white", self.tr("High contrast on white")),
            ),
            large=False,
        )
        sizes = [(str(size), self.tr("{size} %").format(size=size)) for size in SCALES]
        self.scale = Field(self.tr("Text size"), "combo", options=sizes)
        self.direction = Choices(
            self.tr("Direction"),
            (
                Option("auto", self.tr("As the language")),
                Option("ltr", self.tr("Left to right")),
                Option("rtl", self.tr("Right to left")),
            ),
            large=False,
        )
        minutes = [(str(count), self.tr("{count} minutes").format(count=count)) for count in MINUTES]
        self.idle = Field(self.tr("Lock after no key was used for"), "combo", options=minutes)
        words = self.tr("A hidden screen (F9) asks for the passphrase")
        self.hide_asks = CheckRow(Option("hide_asks", words), large=False)
        colours, text = Card(self.tr("Colours")), Card(self.tr("Text"))
        way, lock = Card(self.tr("Direction")), Card(self.tr("Lock"))
        colours.body.addWidget(self.look)
        text.body.addWidget(self.scale)
        text.body.addWidget(Label(isolate(self.tr("This is how a name looks: Nguyễn Thị Lan")), "strong"))
        text.body.addWidget(WrapLabel(self.tr("And this a second line beneath it."), "small", "text2"))
        way.body.addWidget(self.direction)
        lock.body.addWidget(self.idle)
        lock.body.addWidget(self.hide_asks)
        self._unkept = Banner("warn", self.tr("This look holds until the program ends: its file cannot be written."))
        self.lines.addWidget(self._unkept)
        self._unkept.hide()
        self.put_beside((colours, way), (text, lock))
        self._show(habits.now.look, habits.now.scale, habits.now.direction)
        self.idle.set_value(str(habits.now.idle_minutes))
        self.hide_asks.setChecked(habits.now.hide_asks)
        self.look.chosen.connect(lambda values: self._change(look=values[0]))
        self.scale.left.connect(lambda size: self._change(scale=int(size) / 100))
        self.direction.chosen.connect(lambda values: self._change(direction=values[0]))
        self.idle.left.connect(lambda count: self._change(idle_minutes=int(count)))
        self.hide_asks.clicked.connect(lambda on: self._change(hide_asks=on))
        self.follow_theme()

    def first(self) -> QWidget:
        """Begin with the colours."""
        return next((line for line in self.look.rows if line.isChecked()), self.look.rows[0])

    def _show(self, look: str, scale: float, direction: str) -> None:
        self.look.set_values((look,))
        self.scale.set_value(str(round(scale * 100)))
        self.direction.set_values((direction,))

    def _change(self, **fields: object) -> None:
        self._unkept.setVisible(not self.tools.habits.change(**fields))
