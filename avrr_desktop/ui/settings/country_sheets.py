"""Country information: what officers tell about a place, with source and date; the newest holds, the older stay."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from avrr_desktop.domain.dates import read_date
from avrr_desktop.domain.failures import Expected
from avrr_desktop.domain.office import SheetTopic
from avrr_desktop.services.country_sheets import SheetView, write_sheet
from avrr_desktop.services.places import countries, languages
from avrr_desktop.ui import sheet_words, wording
from avrr_desktop.ui.case.words import country, language, window_language
from avrr_desktop.ui.components.base import column, isolate, row
from avrr_desktop.ui.components.button import Button
from avrr_desktop.ui.components.card import Card
from avrr_desktop.ui.components.field import Field
from avrr_desktop.ui.components.label import WrapLabel
from avrr_desktop.ui.components.sign import Sign
from avrr_desktop.ui.room import Room
from avrr_desktop.ui.settings.model import State
from avrr_desktop.ui.settings.page import SettingsPage, Tools, at_field


class SheetLine(QWidget):
    """
    One sheet that holds: what it is, source and date; its words and those before it open in place.

    Attributes:
        read: Opens and closes the words.
        renew: Takes its facts into the form.
        words: What is opened.
    """

    def __init__(self, sheet: SheetView, *, may_write: bool) -> None:
        super().__init__()
        parts = (
            country(sheet.country),
            isolate(sheet.place),
            sheet_words.topic(sheet.topic),
            language(sheet.language),
        )
        about = " \u00b7 ".join(part for part in parts if part.strip("\u2068\u2069"))
        down = column(self, 4)
        down.addWidget(WrapLabel(about, "strong"))
        down.addWidget(WrapLabel(sheet_words.origin(sheet), "small", "text2"))
        if said := sheet_words.age(sheet):
            down.addWidget(Sign(said, "warn", "triangle-alert"))
        self.read = Button(self.tr("Read"), "link")
        self.renew = Button(self.tr("Write a newer one"), "link")
        for button in (self.read, self.renew):
            button.setAccessibleDescription(about)
        self.renew.setVisible(may_write)
        acts = row(None, 16)
        acts.addWidget(self.read)
        acts.addWidget(self.renew)
        acts.addStretch(1)
        down.addLayout(acts)
        self.words = QWidget()
        told = column(self.words, 4)
        told.addWidget(WrapLabel(sheet.text, "body", language=sheet.language))
        for old in sheet.earlier:
            before = self.tr("Before: {origin}").format(origin=sheet_words.origin(old))
            told.addWidget(WrapLabel(before, "small_medium", "text2"))
            told.addWidget(WrapLabel(old.text, "small", "text2", language=old.language))
        self.words.hide()
        down.addWidget(self.words)
        self.read.clicked.connect(self._toggle)

    def _toggle(self) -> None:
        shown = self.words.isHidden()
        self.words.setVisible(shown)
        self.read.setText(self.tr("Close") if shown else self.tr("Read"))


class CountrySheetsPage(SettingsPage):
    """
    A form for a new sheet, and the sheets that hold.

    Attributes:
        fields: country, place, topic, language, source, as_of, text.
        write: Writes the sheet.
        rows: The sheets shown, in order.
    """

    def __init__(self, room: Room, tools: Tools, parent: QWidget | None = None) -> None:
        super().__init__(room, tools, parent)
        self.rows: list[SheetLine] = []
        self._drawn: object = None
        self._form = Card(self.tr("A new sheet"))
        self.fields = self._make_fields()
        for field in self.fields.values():
            self._form.body.addWidget(field)
        self.write = Button(self.tr("Write the sheet"), "primary")
        self.write.clicked.connect(self._write)
        self._form.body.addWidget(self.write, 0, Qt.AlignmentFlag.AlignLeading)
        self._held = Card(self.tr("What is told now"))
        self._list: QWidget | None = None
        self.put_beside((self._form,), (self._held,))
        self.follow_theme()

    def draw(self, state: State) -> None:
        """Show the sheets; what is being typed stays."""
        super().draw(state)
        self._form.setVisible(state.may_write)
        wanted = (state.sheets, state.may_write)
        if wanted == self._drawn:
            return
        self._drawn = wanted
        # A new list each time: lines put into a used layout keep the heights of those before.
        if self._list is not None:
            self._held.body.removeWidget(self._list)
            self._list.hide()
            self._list.deleteLater()
        self._list = QWidget(self._held)
        lines: QVBoxLayout = column(self._list, 16)
        self.rows = [SheetLine(sheet, may_write=state.may_write) for sheet in state.sheets]
        for line, sheet in zip(self.rows, state.sheets, strict=True):
            line.renew.clicked.connect(lambda _=False, sheet=sheet: self.take_up(sheet))
            lines.addWidget(line)
        if not self.rows:
            lines.addWidget(
                WrapLabel(self.tr("No sheet yet. What is written here stands beside the interview."), "body")
            )
        self._held.body.addWidget(self._list)
        self._list.setVisible(True)

    def first(self) -> QWidget | None:
        """Begin with the form, where there is one."""
        if self.state is not None and self.state.may_write:
            return self.fields["country"].editor
        return self.rows[0].read if self.rows else None

    def take_up(self, sheet: SheetView) -> None:
        """Put the facts of *sheet* into the form; the day and the source are asked anew."""
        values = {
            "country": sheet.country,
            "place": sheet.place,
            "topic": sheet.topic.value,
            "language": sheet.language,
            "text": sheet.text,
            "source": "",
            "as_of": "",
        }
        for name, value in values.items():
            self.fields[name].set_value(value)
            self.fields[name].set_error("")
        self.fields["source"].setFocus(Qt.FocusReason.OtherFocusReason)

    def _make_fields(self) -> dict[str, Field]:
        window = window_language()
        topics = [(one.value, sheet_words.topic(one)) for one in SheetTopic]
        whole = self.tr("Empty for the whole country.")
        told = self.tr("Only what the source says, in words the person can check.")
        return {
            "country": Field(self.tr("Country"), "combo", options=list(countries(window).items())),
            "place": Field(self.tr("Place"), help=whole, optional=True),
            "topic": Field(self.tr("What it tells about"), "combo", options=topics),
            "language": Field(self.tr("Language of the text"), "combo", options=list(languages(window).items())),
            "source": Field(self.tr("Source"), help=self.tr("Who says so: office, report, phone call.")),
            "as_of": Field(self.tr("As of"), "date", reader=wording.day_typed),
            "text": Field(self.tr("Text"), "multiline", help=told),
        }

    def _write(self) -> None:
        values = {name: field.value().strip() for name, field in self.fields.items()}
        for field in self.fields.values():
            field.set_error("")
        as_of = read_date(values["as_of"]) if values["as_of"] else None
        if values["as_of"] and as_of is None:
            self.fields["as_of"].set_error(self.tr("Write the day as in 24 11 2026."))
            self.fields["as_of"].setFocus(Qt.FocusReason.OtherFocusReason)
            return
        desk, actor = self.room.desk, self.room.actor
        done = self.room.act(
            lambda: write_sheet(
                desk,
                actor,
                country=values["country"],
                place=values["place"],
                topic=SheetTopic(values["topic"]) if values["topic"] else None,
                language=values["language"],
                text=values["text"],
                source=values["source"],
                as_of=as_of,
            ),
            self.tr("The sheet holds from now on."),
            self._refused,
        )
        if done is not None:
            for name in ("text", "source", "as_of", "topic"):
                self.fields[name].set_value("")

    def _refused(self, failure: Expected) -> bool:
        field = self.fields.get(str(failure.params.get("field", "")))
        if field is None:
            return False
        field.setFocus(Qt.FocusReason.OtherFocusReason)
        return at_field(field, failure)
