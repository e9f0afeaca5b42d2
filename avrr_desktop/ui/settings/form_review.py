"""An imported form before it is accepted: what is wrong with it, else what is different, question by question."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from avrr_desktop.services.form_changes import Difference
from avrr_desktop.services.form_versions import Candidate
from avrr_desktop.services.forms import Remark
from avrr_desktop.ui.components.base import column, isolate, ltr, row
from avrr_desktop.ui.components.button import Button
from avrr_desktop.ui.components.card import Card
from avrr_desktop.ui.components.label import WrapLabel
from avrr_desktop.ui.components.sign import Sign
from avrr_desktop.ui.settings import forms_model
from avrr_desktop.ui.settings.form_words import facet_words, remark_place, remark_words
from avrr_desktop.ui.tokens import Token


class FormReview(QWidget):
    """
    One file that was looked over.

    Attributes:
        candidate: What is drawn.
        accept: Takes it; hidden when there are errors.
        leave: Goes back to the list.
        told: Every line drawn about errors and differences, for reading aloud and for tests.

    Signals:
        accepted: Accept was pressed.
        left: Back to the list; nothing was written.
    """

    accepted = Signal()
    left = Signal()

    def __init__(self, candidate: Candidate, file: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.candidate = candidate
        self.told: list[str] = []
        self._cards = column(self, 16)
        self._cards.addWidget(self._head(file))
        errors, warnings = candidate.checked.errors, candidate.checked.warnings
        if errors:
            self._cards.addWidget(self._remarks(self.tr("To be mended in the file"), errors, "bad", "circle-alert"))
        if candidate.comparison is not None and candidate.comparison.form:
            card = Card(self.tr("The form itself"))
            for facet in candidate.comparison.form:
                card.body.addWidget(self._line(facet_words(facet)))
            self._cards.addWidget(card)
        for part in forms_model.parts(candidate):
            self._cards.addWidget(self._part(part))
        if warnings:
            heading = self.tr("Good to know; none of it stands in the way")
            self._cards.addWidget(self._remarks(heading, warnings, "warn", "triangle-alert"))

    def _head(self, file: str) -> Card:
        found, source = self.candidate, self.candidate.source
        is_good = found.checked.ok and source is not None
        words = self.tr("{title}, version {version}")
        title = (
            words.format(title=isolate(source.title), version=ltr(source.version or "?")) if source else isolate(file)
        )
        card = Card(title)
        facts: list[str] = []
        if source is not None:
            facts += [isolate(file), ltr(source.form_id), ", ".join(isolate(one) for one in found.languages)]
            facts.append(self.tr("Questions: %n", "", found.questions))
        if facts:
            card.body.addWidget(WrapLabel(" \u00b7 ".join(fact for fact in facts if fact), "small", "text2"))
        for said, colour, icon in self._states():
            card.body.addWidget(Sign(said, colour, icon))
        self.accept = Button(self.tr("Accept this version"), "primary")
        self.leave = Button(self.tr("Leave it") if is_good else self.tr("Back to the forms"))
        self.accept.setVisible(False)
        acts = row(None, 12)
        for button in (self.accept, self.leave):
            button.setAccessibleDescription(title)
            acts.addWidget(button)
        acts.addStretch(1)
        card.body.addLayout(acts)
        self.accept.setVisible(is_good)
        self.accept.clicked.connect(self.accepted)
        self.leave.clicked.connect(self.left)
        return card

    def _states(self) -> list[tuple[str, Token, str]]:
        found = self.candidate
        if not found.checked.ok:
            said = self.tr("This file cannot be accepted as it is. Nothing was changed in the office.")
            return [(said, "bad", "circle-alert")]
        against = ltr(found.against or "?")
        if found.comparison is None:
            said = self.tr("This form is new to the office.")
            if found.against:
                said = self.tr("It cannot be compared: the questions of version {version} are lost on this laptop.")
            return [(said.format(version=against), "text2", "info")]
        if not found.comparison.form and not found.comparison.differences:
            said = self.tr("It asks the same as version {version}.").format(version=against)
        else:
            said = self.tr("Compared with version {version}, which new interviews begin with now.")
            said = said.format(version=against)
        told: list[tuple[str, Token, str]] = [(said, "text2", "info")]
        if not found.is_later:
            said = self.tr("Its version is not later, so new interviews go on beginning with version {version}.")
            told.append((said.format(version=against), "warn", "triangle-alert"))
        return told

    def _remarks(self, heading: str, remarks: tuple[Remark, ...], colour: Token, icon: str) -> Card:
        card = Card(heading)
        card.set_fact(str(len(remarks)))
        for remark in remarks[: forms_model.SHOWN_AT_MOST]:
            place = remark_place(remark)
            if place:
                card.body.addWidget(WrapLabel(place, "small_strong"))
            said = remark_words(remark)
            self.told.append(f"{place}: {said}" if place else said)
            card.body.addWidget(Sign(said, colour, icon))
        self._more(card, len(remarks) - forms_model.SHOWN_AT_MOST)
        return card

    def _part(self, part: forms_model.Part) -> Card:
        headings = {
            "added": self.tr("Added"),
            "changed": self.tr("Changed"),
            "removed": self.tr("Removed"),
        }
        card = Card(headings[part.kind])
        card.set_fact(str(len(part.shown) + part.more))
        for difference in part.shown:
            block = column(None, 2)
            block.addWidget(WrapLabel(self._called(difference), "strong"))
            block.addWidget(self._line(ltr(difference.name), "text3"))
            for facet in difference.facets:
                block.addWidget(self._line(facet_words(facet)))
            card.body.addLayout(block)
        self._more(card, part.more)
        return card

    def _called(self, difference: Difference) -> str:
        if difference.label:
            said = isolate(difference.label)
        else:
            said = self.tr("Something worked out, not asked")
        self.told.append(said)
        if difference.is_group:
            return self.tr("Page or group: {name}").format(name=said)
        return said

    def _line(self, said: str, colour: Token = "text2") -> WrapLabel:
        self.told.append(said)
        return WrapLabel(said, "small", colour)

    def _more(self, card: Card, more: int) -> None:
        if more > 0:
            card.body.addWidget(WrapLabel(self.tr("and %n more", "", more), "small", "text2"))

    def focus(self) -> None:
        """Take the focus to the way back: Enter never accepts what was not read."""
        self.leave.setFocus(Qt.FocusReason.OtherFocusReason)
