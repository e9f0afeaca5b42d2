"""One application with the shipped fonts and icons; every test starts and ends with the plain light theme."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication

from avrr_desktop.ui import theme

RESOURCES = Path(__file__).resolve().parents[2] / "resources"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The offscreen platform says this of every window whose layout has a least size; it means nothing."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.qt_log_ignore("propagateSizeHints"))


@pytest.fixture
def look(qapp: QApplication) -> Iterator[Callable[..., theme.Theme]]:
    """Use another theme: ``look(scale=2.0, rtl=True)``."""

    def use(name: theme.Look = "light", scale: float = 1.0, rtl: bool = False) -> theme.Theme:
        wanted = theme.Theme(name, scale, rtl)
        theme.apply(qapp, wanted)
        return wanted

    # The widgets of the test before are gone before the sheet is applied, or every test is slower than the last.
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    theme.start(qapp, RESOURCES, theme.Theme())
    yield use
    if theme.current() != theme.Theme():
        qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        theme.apply(qapp, theme.Theme())
