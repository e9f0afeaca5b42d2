"""How country sheets are named and dated, in the settings and beside an interview."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from avrr_desktop.domain.counselling import HandedHow
from avrr_desktop.domain.office import SheetTopic
from avrr_desktop.services.country_sheets import SheetView
from avrr_desktop.ui import wording
from avrr_desktop.ui.components.base import isolate


def topic(value: SheetTopic) -> str:
    """Name what a sheet tells about."""
    translate = QCoreApplication.translate
    return {
        SheetTopic.SITUATION: translate("Sheets", "The situation"),
        SheetTopic.SECURITY: translate("Sheets", "Safety"),
        SheetTopic.HOUSING: translate("Sheets", "Housing"),
        SheetTopic.HEALTH: translate("Sheets", "Health care"),
        SheetTopic.SCHOOL: translate("Sheets", "School"),
        SheetTopic.WORK: translate("Sheets", "Work"),
        SheetTopic.SERVICES: translate("Sheets", "Services"),
        SheetTopic.CONTACTS: translate("Sheets", "Whom to call"),
    }[value]


def origin(sheet: SheetView) -> str:
    """Say from whom it is and of which day."""
    said = QCoreApplication.translate("Sheets", "{source}, {day}")
    return said.format(source=isolate(sheet.source), day=wording.day(sheet.as_of))


def age(sheet: SheetView) -> str:
    """Say that a sheet is old, or behind another language; "" for neither."""
    translate = QCoreApplication.translate
    if sheet.is_old:
        return translate("Sheets", "Older than 6 months: ask whether it still holds.")
    return translate("Sheets", "A newer one is there in another language.") if sheet.is_behind else ""


def handed(how: HandedHow) -> str:
    """Say how a sheet reached the person; ``{when}`` is left to fill in."""
    translate = QCoreApplication.translate
    return {
        HandedHow.READ_ALOUD: translate("Sheets", "Read aloud {when}"),
        HandedHow.SHOWN: translate("Sheets", "Shown {when}"),
        HandedHow.PRINTED: translate("Sheets", "Printed {when}"),
    }[how]
