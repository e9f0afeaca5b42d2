"""What is asked of a sitting, both where an interview begins and where it goes on another day."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from avrr_desktop.ui.case import words
from avrr_desktop.ui.components.choice import CheckRow, Option
from avrr_desktop.ui.components.field import Field


def sitting_fields() -> dict[str, Field]:
    """Make the fields place, mode, present, interpreter_mode and dialect."""
    translate, modes = QCoreApplication.translate, words.options("mode")
    return {
        "place": Field(translate("Sitting", "Place")),
        "mode": Field(translate("Sitting", "How you meet"), "combo", options=modes),
        "present": Field(translate("Sitting", "Who else is in the room"), optional=True),
        "interpreter_mode": Field(
            translate("Sitting", "The interpreter takes part"), "combo", options=modes, optional=True
        ),
        "dialect": Field(translate("Sitting", "Dialect"), optional=True),
    }


def sitting_yeses() -> tuple[CheckRow, CheckRow, CheckRow]:
    """Make the single yeses: one talks alone, the interpreter is bound, the interpreter is a relative."""
    translate = QCoreApplication.translate
    alone = translate("Sitting", "We talk alone, without family in the room")
    bound = translate("Sitting", "The interpreter has promised to keep everything private")
    relative = translate("Sitting", "The interpreter is a relative, or a child")
    return (
        CheckRow(Option("alone", alone), large=False),
        CheckRow(Option("bound", bound), large=False),
        CheckRow(Option("relative", relative), large=False),
    )
