"""What a person would stumble over on a screen: words cut off, controls that say nothing or that no key reaches."""

from collections.abc import Iterator

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QScrollArea,
    QTableView,
    QWidget,
)

from avrr_desktop.ui.components.label import Label, ShortLabel

_ROWS = 5
"""Rows of a list that are read; the others are made by the same words."""


def cut_labels(root: QWidget) -> list[str]:
    """Return the words of labels that need more room than they have; short labels elide by design."""
    shown = [found for found in root.findChildren(Label) if found.isVisible() and found.text()]
    return [found.text() for found in shown if not isinstance(found, ShortLabel) and _is_cut(found)]


def cut_buttons(root: QWidget) -> list[str]:
    """Return the words of buttons that are narrower than their words need."""
    return [
        found.text()
        for found in root.findChildren(QAbstractButton)
        if found.isVisible() and found.text() and found.width() < found.minimumSizeHint().width() - 1
    ]


def nameless(root: QWidget) -> list[str]:
    """Return the classes of widgets that Tab reaches and that have no accessible name."""
    return [type(widget).__name__ for widget in stops(root) if not widget.accessibleName()]


def stops(root: QWidget) -> list[QWidget]:
    """Return the widgets that Tab should reach."""
    return [
        widget
        for widget in root.findChildren(QWidget)
        if widget.isVisible()
        and widget.isEnabled()
        and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and widget.focusProxy() is None
    ]


def unreached(root: QWidget) -> list[str]:
    """Press Tab until the focus is back where it began; return the names of those it never came to."""
    root.window().activateWindow()
    QApplication.processEvents()
    wanted = stops(root)
    seen: list[QWidget] = []
    for _step in range(2 * len(wanted) + 10):
        now = QApplication.focusWidget()
        if now in seen[:1]:
            break
        if now is not None:
            seen.append(now)
        root.window().focusNextPrevChild(True)
    groups = [_group(widget) for widget in seen]
    return [
        f"{type(widget).__name__} {widget.accessibleName()}"
        for widget in wanted
        if widget not in seen and (_group(widget) is None or _group(widget) not in groups)
    ]


def _group(widget: QWidget) -> object:
    """Return what the arrows move in once Tab came to one of it: one of several choices is one stop."""
    if not isinstance(widget, QAbstractButton):
        return None
    group = widget.group()
    if group is not None and group.exclusive():
        return group
    return widget.parentWidget() if widget.autoExclusive() else None


def sideways(root: QWidget) -> list[str]:
    """Return what is wider than where it stands: scrolled columns, tables, and the window itself."""
    told = [
        f"{type(area.widget()).__name__} in {type(area.parentWidget()).__name__}: "
        f"{area.widget().minimumSizeHint().width()} > {area.viewport().width()}"
        for area in root.findChildren(QScrollArea)
        if area.isVisible() and area.widget() and area.widget().width() > area.viewport().width()
    ]
    tables = root.findChildren(QAbstractItemView)
    told += [type(view).__name__ for view in tables if view.isVisible() and view.horizontalScrollBar().maximum() > 0]
    return told


def words_of(root: QWidget) -> Iterator[str]:
    """Give what can be read or heard: labels, buttons, hints, tooltips, accessible names, the first rows of lists."""
    for widget in root.findChildren(QWidget):
        if not widget.isVisible():
            continue
        if isinstance(widget, (QLabel, QAbstractButton)):
            yield widget.text()
        if isinstance(widget, QLineEdit):
            yield widget.placeholderText()
        if isinstance(widget, QComboBox):
            yield from (widget.itemText(at) for at in range(min(widget.count(), _ROWS)))
        if isinstance(widget, QAbstractItemView):
            yield from _rows(widget)
        yield widget.accessibleName()
        yield widget.toolTip()


def labels_of(root: QWidget) -> str:
    """Return what the labels of *root* say that can be seen, a line each."""
    return "\n".join(label.text() for label in root.findChildren(QLabel) if label.isVisible())


def assert_whole(root: QWidget) -> None:
    """Hold *root* at rest: nothing cut, sideways, nameless or out of reach."""
    for _turn in range(50):
        QApplication.processEvents()
        if not (cut_labels(root) or cut_buttons(root) or sideways(root)):
            break
        QTest.qWait(100)
    for check in (cut_labels, cut_buttons, sideways, nameless, unreached):
        assert check(root) == [], check.__name__


def _rows(view: QAbstractItemView) -> Iterator[str]:
    model = view.model()
    if model is None:
        return
    for at in range(min(model.rowCount(QModelIndex()), _ROWS)):
        # A list has one column, and keeps its count to itself.
        for across in range(model.columnCount(QModelIndex()) if isinstance(view, QTableView) else 1):
            index = model.index(at, across, QModelIndex())
            for role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
                found = index.data(role)
                if isinstance(found, str):
                    yield found


def _is_cut(label: Label) -> bool:
    if label.wordWrap():
        return label.height() < label.heightForWidth(label.width())
    return label.width() < label.sizeHint().width() - 1
