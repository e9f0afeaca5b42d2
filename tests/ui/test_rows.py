"""Rows of lists: one height in all scripts, mark and focus inside the row, shortcuts from one table."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QListView, QWidget

from avrr_desktop.ui import shortcuts, theme
from avrr_desktop.ui.components.rows import ROW, Row, RowDelegate

ROWS = (
    Row("Nino Beridze", "ნინო ბერიძე", "Call her: nobody has reached her yet", end="3 h late", left=-1),
    Row("Al-Jabouri family", "عائلة الجبوري", "Collect the travel document", end="today", icon="phone-call"),
    Row("Li Xiaomei", "李小梅", "Contact Chengdu within 30 days", chip="Arrival", tone="warn"),
)


@pytest.fixture
def view(qtbot, look):
    look()
    view = QListView()
    model = QStandardItemModel(view)
    for row in ROWS:
        item = QStandardItem(row.spoken())
        item.setData(row, ROW)
        model.appendRow(item)
    view.setModel(model)
    view.setItemDelegate(RowDelegate(view))
    view.resize(600, 300)
    qtbot.addWidget(view)
    view.show()
    view.clearFocus()
    return view


def test_rows_are_equally_high_in_all_scripts(view):
    heights = {view.sizeHintForRow(at) for at in range(len(ROWS))}
    assert heights == {theme.current().height("row")}


def test_a_chosen_row_has_its_mark_at_the_leading_edge(view, look):
    def mark(x: int) -> str:
        view.setCurrentIndex(view.model().index(1, 0))
        area = view.visualRect(view.model().index(1, 0))
        return view.viewport().grab().toImage().pixelColor(area.left() + x, area.center().y()).name()

    # Dark, as there mark and focus ring differ in colour, and beside the ring.
    look("dark")
    accent = theme.current().colour("accent").name()
    assert mark(3) == accent
    look("dark", rtl=True)
    assert mark(3) != accent
    assert mark(view.viewport().width() - 4) == accent


def test_a_row_speaks_all_its_words(view):
    first = view.model().index(0, 0)
    assert first.data() == "Nino Beridze, ნინო ბერიძე, Call her: nobody has reached her yet, 3 h late"


def test_a_narrow_row_is_drawn_without_harm(view):
    view.resize(120, 300)
    assert not view.grab().isNull()


def test_no_two_acts_share_a_key():
    keys = [act.value for act in shortcuts.Act]
    assert len(set(keys)) == len(shortcuts.Act)
    assert all(not shortcuts.keys(act).isEmpty() for act in shortcuts.Act)


def test_every_act_has_words_and_a_cap():
    assert all(shortcuts.words(act) for act in shortcuts.Act)
    assert shortcuts.cap(shortcuts.Act.HIDE) == "F9"
    assert "Enter" in shortcuts.cap(shortcuts.Act.PRIMARY)


def test_a_bound_key_and_a_menu_entry_call_their_slot(qtbot, look):
    look()
    window = QWidget()
    qtbot.addWidget(window)
    done: list[str] = []
    shortcuts.bind(shortcuts.Act.LOCK, window, lambda: done.append("lock"))
    entry = shortcuts.action(shortcuts.Act.PRINT, window, lambda: done.append("print"))
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    qtbot.keyClick(window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    entry.trigger()
    assert done == ["lock", "print"]
    assert entry.shortcut() == shortcuts.keys(shortcuts.Act.PRINT)
