"""The office: what it is called, how it is reached, its time zone and languages."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QWidget

from avrr_desktop.domain.failures import Expected
from avrr_desktop.services.places import language_name
from avrr_desktop.ui.components.card import Card
from avrr_desktop.ui.components.chip import Chip
from avrr_desktop.ui.components.choice import Choices, Option
from avrr_desktop.ui.components.field import Field
from avrr_desktop.ui.firstrun.pages import LANGUAGES, zones
from avrr_desktop.ui.room import Room
from avrr_desktop.ui.settings import model
from avrr_desktop.ui.settings.model import State
from avrr_desktop.ui.settings.page import SettingsPage, Tools, at_field


class OfficePage(SettingsPage):
    """
    Fields that write when they are left.

    Attributes:
        fields: By the name of the setting.
        languages: The check rows.
    """

    def __init__(self, room: Room, tools: Tools, parent: QWidget | None = None) -> None:
        super().__init__(room, tools, parent)
        night = self.tr("Somebody answers at night; it stands on the itinerary.")
        self.fields = {
            "name": Field(self.tr("Name of the office")),
            "code": Field(self.tr("Code"), help=self.tr("Every case number begins with it; it stays.")),
            "phone": Field(self.tr("Phone"), "phone", optional=True),
            "night_phone": Field(self.tr("Phone at night"), "phone", help=night, optional=True),
            "address": Field(self.tr("Address"), optional=True),
            "zone": Field(self.tr("Time zone"), "combo", options=zones()),
        }
        spoken = [Option(code, language_name(code, "en")) for code in LANGUAGES]
        self.languages = Choices(self.tr("Languages of the office"), spoken, several=True, large=False)
        self._rehearsal = Chip(self.tr("REHEARSAL office: nobody here is real"), "warn", icon="flask-conical")
        named, reached = Card(self.tr("Name")), Card(self.tr("How it is reached"))
        habits, tongues = Card(self.tr("Time")), Card(self.tr("Languages"))
        named.body.addWidget(self._rehearsal)
        for card, names in (
            (named, ("name", "code")),
            (reached, ("phone", "night_phone", "address")),
            (habits, ("zone",)),
        ):
            for name in names:
                card.body.addWidget(self.fields[name])
        tongues.body.addWidget(self.languages)
        self.put_beside((named, reached), (habits, tongues))
        for name, field in self.fields.items():
            field.left.connect(partial(self._write, name))
        self.languages.chosen.connect(self._write_languages)
        self.follow_theme()

    def draw(self, state: State) -> None:
        """Show the settings; what is being typed stays."""
        super().draw(state)
        for name, field in self.fields.items():
            if not field.editor.hasFocus():
                field.set_value(getattr(state.office, name) or "")
                field.set_error("")
            field.set_read_only(name == "code" or not state.may_write)
        self.languages.set_values((state.office.languages or "").split())
        self.languages.setEnabled(state.may_write)
        self._rehearsal.setVisible(bool(state.office.rehearsal))

    def first(self) -> QWidget:
        """Begin with the name."""
        return self.fields["name"].editor

    def _write(self, name: str, text: str) -> None:
        field = self.fields[name]
        if name == "name" and not text.strip():
            at_field(field, Expected("office.no_name"))
            return
        done = self.room.act(
            lambda: model.write_office(self.room.desk, self.room.actor, name, text),
            on_refused=partial(at_field, field),
        )
        if done is not None:
            field.set_error("")

    def _write_languages(self, values: tuple[str, ...]) -> None:
        if not values:
            self.languages.set_values((self.state.office.languages or "").split() if self.state else ())
            self.room.refused.emit(Expected("office.no_language"))
            return
        self.room.act(lambda: model.write_office(self.room.desk, self.room.actor, "languages", " ".join(values)))
