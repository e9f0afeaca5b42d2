"""Printing a finished PDF: its pages are drawn as pictures and put on the printer's paper."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QWidget

DOTS_PER_INCH = 300
POINTS_PER_INCH = 72


class Page(Protocol):
    """A page as pixels, four bytes each in the order blue, green, red, unused, rows from the top."""

    @property
    def width(self) -> int:
        """Pixels."""

    @property
    def height(self) -> int:
        """Pixels."""

    @property
    def pixels(self) -> bytes:
        """All rows."""


def image_of(page: Page) -> QImage:
    """Return a page as a picture of its own memory."""
    picture = QImage(page.pixels, page.width, page.height, page.width * 4, QImage.Format.Format_RGB32)
    return picture.copy()


def ask_and_print(pages: int, draw: Callable[[int, float], Page], parent: QWidget) -> bool:
    """
    Ask for a printer and print.

    Args:
        pages: How many.
        draw: Gives page number (0 is the first) at so many pixels a point.
        parent: The window asked in.

    Returns:
        False when it was called off, or there is no printer that works.
    """
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setFullPage(True)
    dialog = QPrintDialog(printer, parent)
    if dialog.exec() != QDialog.DialogCode.Accepted:
        return False
    return print_pages(printer, pages, draw)


def print_pages(printer: QPrinter, pages: int, draw: Callable[[int, float], Page]) -> bool:
    """Print all pages, each as large as the paper allows at its own proportion; False when the printer refuses."""
    painter = QPainter()
    if not painter.begin(printer):
        return False
    with painter:
        for number in range(pages):
            if number and not printer.newPage():
                return False
            picture = image_of(draw(number, DOTS_PER_INCH / POINTS_PER_INCH))
            paper = painter.viewport()
            size = picture.size().scaled(paper.size(), Qt.AspectRatioMode.KeepAspectRatio)
            painter.drawImage(QRect(paper.topLeft(), size), picture)
    return True
