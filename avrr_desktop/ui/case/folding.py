"""A card whose work is done: one line that says what is held, and "Change" to open it again."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from avrr_desktop.ui.components.base import column
from avrr_desktop.ui.components.card import Card
from avrr_desktop.ui.components.field import Field
from avrr_desktop.ui.components.label import WrapLabel


class FoldingCard(Card):
    """
    A card that is folded when its page is opened and nothing is left to do in it.

    It stays open for as long as the page is, once something was written in it: nothing moves under the hands.

    Attributes:
        body: Where the content goes; hidden while folded.
        summary: What is held, in one line; shown while folded.
    """

    def __init__(self, heading: str = " ", parent: QWidget | None = None) -> None:
        super().__init__(heading, link=self.tr("Change"), parent=parent)
        self._kept_open = False
        self.summary = WrapLabel("", "small", "text2")
        self._inside = QWidget()
        outer = self.body
        outer.addWidget(self.summary)
        outer.addWidget(self._inside)
        self.body: QVBoxLayout = column(self._inside, 8)
        self.summary.hide()
        if self.link:
            self.link.clicked.connect(self.unfold)
            self.link.hide()

    def is_folded(self) -> bool:
        """Tell whether only the summary is shown."""
        return self._inside.isHidden()

    def begin(self) -> None:
        """The page is opened anew: what is done may fold."""
        self._kept_open = False

    def keep_open(self) -> None:
        """Something is written here: do not fold before the page is opened again."""
        self._kept_open = True

    def unfold(self) -> None:
        """Open the card and put the focus where it begins."""
        self.keep_open()
        self._show(folded=False)
        first = self.first_field()
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def first_field(self) -> QWidget | None:
        """Give the field the work begins at; None for none."""
        return next(iter(self._inside.findChildren(Field)), None)

    def settle(self, held: Iterable[str]) -> None:
        """Fold with what is *held* as the summary; with nothing held the card stays open."""
        words = [part for part in held if part]
        self.summary.setText(" \u00b7 ".join(words))
        self._show(folded=bool(words) and not self._kept_open)

    def _show(self, *, folded: bool) -> None:
        self._inside.setVisible(not folded)
        self.summary.setVisible(folded)
        if self.link:
            self.link.setVisible(folded)
            self.link.setAccessibleName(self.tr("Change: {what}").format(what=self.accessibleName()))
