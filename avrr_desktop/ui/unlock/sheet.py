"""The recovery sheet's form: the code as it stands on paper, and a new passphrase."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from avrr_desktop.domain.failures import Expected
from avrr_desktop.ui import theme
from avrr_desktop.ui.components.base import Restyled, column
from avrr_desktop.ui.components.field import Field
from avrr_desktop.ui.notices import notice
from avrr_desktop.ui.unlock.secret import NewPassphrase


class SheetForm(Restyled, QWidget):
    """
    Code and new passphrase.

    Attributes:
        code: The field of the code.
        new: The pair of fields.

    Signals:
        entered: Enter was pressed in the last field.
    """

    entered = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        how = self.tr("All eight groups. Capitals, blanks and hyphens do not matter.")
        self.code = Field(self.tr("Code on the recovery sheet"), "text", help=how)
        self.new = NewPassphrase()
        self._lines = column(self, 12)
        self._lines.addWidget(self.code)
        self._lines.addWidget(self.new)
        self.code.entered.connect(lambda: self.new.first.field.editor.setFocus(Qt.FocusReason.TabFocusReason))
        self.new.entered.connect(self.entered)
        self.setFocusProxy(self.code)
        self.follow_theme()

    def accepted(self) -> tuple[str, str] | None:
        """Return code and new passphrase; None with the reason at its field."""
        code = self.code.value().strip()
        self.code.set_error("" if code else self.tr("Type the code of the sheet first."))
        if not code:
            self.code.editor.setFocus(Qt.FocusReason.OtherFocusReason)
            return None
        new = self.new.accepted()
        return (code, new) if new else None

    def show_failure(self, failure: Expected | None) -> None:
        """Show at the code what is wrong with it; None for nothing."""
        if failure is None:
            self.code.set_error("")
            return
        said = notice(failure)
        groups = failure.params.get("groups")
        if isinstance(groups, tuple) and groups:
            named = ", ".join(str(place) for place in groups)
            words = self.tr("Look at group {places} again.", "numbers of groups of letters").format(places=named)
        else:
            words = said.remedy
        self.code.set_error(f"{said.text} {words}".strip())

    def clear(self) -> None:
        """Forget what was typed."""
        self.code.set_value("")
        self.new.clear()

    def restyle(self) -> None:
        """Set spacing."""
        self._lines.setSpacing(theme.current().space(12))
