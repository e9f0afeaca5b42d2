"""Ctrl+K: type a few letters, Enter goes there."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QAbstractItemView, QDialog, QListView, QVBoxLayout, QWidget

from avrr_desktop.ui import theme
from avrr_desktop.ui.components.base import Restyled, isolate, paint_ground
from avrr_desktop.ui.components.field import Field
from avrr_desktop.ui.components.label import Label
from avrr_desktop.ui.components.rows import ROW, Row, RowDelegate
from avrr_desktop.ui.frame.goals import Goal

SHOWN = 6
"""Rows seen without scrolling."""


class GoTo(Restyled, QDialog):
    """
    A field and where it leads.

    Attributes:
        field: What is typed.
        list: Where it leads.
        goal: What was chosen, None while nothing.
    """

    def __init__(self, find: Callable[[str], tuple[Goal, ...]], parent: QWidget | None = None) -> None:
        """*find* returns the goals of a text, best first."""
        super().__init__(parent)
        self._find = find
        self._goals: tuple[Goal, ...] = ()
        self.goal: Goal | None = None
        self.setModal(True)
        self.setWindowTitle(self.tr("Go to"))
        self.setAccessibleName(self.tr("Go to a case or page"))
        self.field = Field(self.tr("Name, case number or phone"), icon="search")
        self.list = QListView()
        self.list.setAccessibleName(self.tr("Where it leads"))
        self.list.setModel(QStandardItemModel(self))
        self.list.setItemDelegate(RowDelegate(self.list, "row"))
        self.list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._nothing = Label(self.tr("Nothing found."), "small", "text2")
        self._all = QVBoxLayout(self)
        for part in (self.field, self.list, self._nothing):
            self._all.addWidget(part)
        self._all.addStretch(1)
        self.field.edited.connect(self._look)
        self.field.editor.installEventFilter(self)
        self.list.clicked.connect(lambda index: self._take(index.row()))
        self.field.editor.setFocus(Qt.FocusReason.OtherFocusReason)
        self.follow_theme()
        self._look("")

    @classmethod
    def ask(cls, find: Callable[[str], tuple[Goal, ...]], parent: QWidget) -> Goal | None:
        """Ask and wait; None when it was called off."""
        dialog = cls(find, parent)
        dialog.exec()
        goal = dialog.goal
        dialog.deleteLater()
        return goal

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Move in the list with the arrows and go with Enter, while the focus stays in the field."""
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return False
        at = self.list.currentIndex().row()
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            step = 1 if event.key() == Qt.Key.Key_Down else -1
            self._mark(max(0, min(at + step, len(self._goals) - 1)))
            return True
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._take(at)
            return True
        return False

    def restyle(self) -> None:
        """Set width, ground and the height of the list."""
        t = theme.current()
        paint_ground(self, "surface")
        self.setFixedWidth(t.width("dialog"))
        self.list.setFixedHeight(t.height("row") * SHOWN)
        self._all.setContentsMargins(t.space(20), t.space(16), t.space(20), t.space(16))
        self._all.setSpacing(t.space(8))

    def _look(self, text: str) -> None:
        self._goals = self._find(text)
        model = QStandardItemModel(self.list)
        for goal in self._goals:
            row = Row(isolate(goal.title), below=goal.below)
            item = QStandardItem(row.spoken())
            item.setData(row, ROW)
            model.appendRow(item)
        self.list.setModel(model)
        self.list.setVisible(bool(self._goals))
        self._nothing.setVisible(not self._goals)
        self._mark(0)

    def _mark(self, at: int) -> None:
        self.list.setCurrentIndex(self.list.model().index(at, 0))

    def _take(self, at: int) -> None:
        if 0 <= at < len(self._goals):
            self.goal = self._goals[at]
            self.accept()
