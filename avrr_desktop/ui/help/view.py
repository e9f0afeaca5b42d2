"""One short sheet: the keys that work here, and where data are kept. Esc closes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QDialog, QGridLayout, QVBoxLayout, QWidget

from avrr_desktop.ui import shortcuts, theme
from avrr_desktop.ui.components.base import Restyled, ltr, paint_ground, row
from avrr_desktop.ui.components.button import Button
from avrr_desktop.ui.components.keycap import Keycap
from avrr_desktop.ui.components.label import Label, WrapLabel
from avrr_desktop.ui.components.scroll import scrolling

EVERYWHERE = (
    shortcuts.Act.HIDE,
    shortcuts.Act.LOCK,
    shortcuts.Act.GO_TO,
    shortcuts.Act.CASES,
    shortcuts.Act.SETTINGS,
    shortcuts.Act.UNDO,
    shortcuts.Act.NEXT_REGION,
    shortcuts.Act.BACK,
)
"""Keys of the frame, in the order they are told."""


@dataclass(frozen=True, slots=True)
class About:
    """What help says of the program: version, folder of the office, folder of the log (None: not told)."""

    version: str = ""
    data_dir: Path | None = None
    log_dir: Path | None = None


def keys_of(screen: QWidget | None) -> list[tuple[str, str]]:
    """Return key and words of every key *screen* itself listens to, in the order they were made, each once."""
    known = {act.value: act for act in shortcuts.Act}
    found: dict[str, str] = {}
    for shortcut in screen.findChildren(QShortcut) if screen is not None else ():
        key = shortcut.key().toString(QKeySequence.SequenceFormat.PortableText)
        act = known.get(key)
        words = shortcut.whatsThis() or (shortcuts.words(act) if act else "")
        if words and shortcut.isEnabled():
            shown = shortcut.key().toString(QKeySequence.SequenceFormat.NativeText).replace("Return", "Enter")
            found.setdefault(shown, words)
    return list(found.items())


class HelpSheet(Restyled, QDialog):
    """
    The sheet.

    Attributes:
        keys: What is shown of keys, in order: (key, words).
        close_button: Closes it.
    """

    def __init__(self, own: Iterable[tuple[str, str]], about: About, parent: QWidget | None = None) -> None:
        """*own* are the keys of the open screen."""
        super().__init__(parent)
        self.setModal(True)
        self.setWindowTitle(self.tr("Help"))
        self.setAccessibleName(self.tr("Help"))
        self.keys = [*own, *((shortcuts.cap(act), shortcuts.words(act)) for act in EVERYWHERE)]
        self.keys = list({key: (key, words) for key, words in reversed(self.keys)}.values())[::-1]
        inside = QWidget()
        self._all = QVBoxLayout(inside)
        self._all.addWidget(Label(self.tr("Keys that work here"), "lead_strong"))
        self._grid = QGridLayout()
        for at, (key, words) in enumerate(self.keys):
            self._grid.addWidget(Keycap(key), at, 0, Qt.AlignmentFlag.AlignLeading)
            self._grid.addWidget(WrapLabel(words), at, 1)
        self._grid.setColumnStretch(1, 1)
        self._all.addLayout(self._grid)
        self._all.addWidget(Label(self.tr("Where data are kept"), "lead_strong"))
        for sentence in self._kept(about):
            self._all.addWidget(WrapLabel(sentence, "body", "text2"))
        self.close_button = Button(self.tr("Close"), key="Esc")
        self.close_button.clicked.connect(self.accept)
        self._foot = row()
        self._foot.addStretch(1)
        self._foot.addWidget(self.close_button)
        self._area = scrolling(inside)
        # The only thing to move in is the text: the arrows scroll it.
        self._area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._area.setAccessibleName(self.tr("Help"))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._area, 1)
        outer.addLayout(self._foot)
        self.close_button.setFocus(Qt.FocusReason.OtherFocusReason)
        self.follow_theme()

    def restyle(self) -> None:
        """Set width, ground and spacing."""
        t = theme.current()
        paint_ground(self, "surface")
        paint_ground(self._area.viewport(), "surface")
        self.setFixedWidth(t.width("dialog"))
        self._all.setContentsMargins(t.space(24), t.space(20), t.space(24), t.space(12))
        self._foot.setContentsMargins(t.space(24), t.space(8), t.space(24), t.space(20))
        self._all.setSpacing(t.space(12))
        self._grid.setHorizontalSpacing(t.space(16))
        self._grid.setVerticalSpacing(t.space(6))

    def showEvent(self, event: QShowEvent) -> None:
        """Take the height of the text, or of the window where the text is longer."""
        super().showEvent(event)
        window = self.parentWidget()
        inside = self._area.widget()
        if window is None or inside is None:
            return
        needed = inside.heightForWidth(self.width()) if inside.hasHeightForWidth() else inside.sizeHint().height()
        self.resize(self.width(), min(needed + self._foot.sizeHint().height(), window.window().height()))

    def _kept(self, about: About) -> list[str]:
        said = [self.tr("Everything is encrypted on this laptop. The program never connects to a network.")]
        if about.data_dir is not None:
            said.append(self.tr("Office: {folder}").format(folder=ltr(str(about.data_dir))))
        if about.log_dir is not None:
            words = self.tr("Log, without names or answers: {folder}")
            said.append(words.format(folder=ltr(str(about.log_dir))))
        if about.version:
            said.append(self.tr("Version {number}").format(number=ltr(about.version)))
        return said
