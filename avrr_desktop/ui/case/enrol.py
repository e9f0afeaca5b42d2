"""The act of enrolling: what is missing in words, and the primary button."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from avrr_desktop.ui.case import steps
from avrr_desktop.ui.case.model import State
from avrr_desktop.ui.components.blocks import Block, Blocks
from avrr_desktop.ui.components.button import Button
from avrr_desktop.ui.components.card import Card
from avrr_desktop.ui.shortcuts import Act, cap


class EnrolCard(Card):
    """
    The act: what is missing in words, and the primary button.

    Attributes:
        missing: The open conditions.
        done: The button.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Enrol"), parent=parent)
        self.missing = Blocks(())
        self.done = Button(self.tr("Enrol"), "primary", key=cap(Act.PRIMARY))
        self.body.addWidget(self.missing)
        self.body.addWidget(self.done, 0, Qt.AlignmentFlag.AlignLeading)

    def show_state(self, state: State) -> None:
        """Show what is missing."""
        view = state.view
        blocks = []
        for condition in view.conditions:
            point = steps.point(condition.code)
            met = condition.state == "met"
            said = self.tr("done") if met else point.open_state
            blocks.append(Block(point.page, point.text, said, met, self.tr("Go there")))
        self.missing.set_blocks(blocks)
        heading = (
            steps.gate_heading("G2")
            if view.gate in ("G1", "G2")
            else self.tr("Before {step}").format(step=self.tr("enrolment"))
        )
        self.heading.setText(heading)
        self.setAccessibleName(heading)
        self.setVisible(view.gate in ("G1", "G2", "G3") and not state.is_ended)
        ready = view.gate == "G3" and all(condition.state == "met" for condition in view.conditions)
        self.done.setEnabled(ready)
