"""How a paper leaves the program: to a printer, or into a file where the officer chose."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QRectF, QStandardPaths
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

DOTS = 240
"""Dots an inch of the pages sent to a printer: small print stays sharp, four pages stay below 70 MB."""


def ask_printer(parent: QWidget, title: str) -> QPrinter | None:
    """Ask for a printer; None when the officer thought better of it."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    printer.setPageOrientation(QPageLayout.Orientation.Portrait)
    printer.setFullPage(True)
    # The name of the job is seen in the printer's queue by others: it says nothing.
    printer.setDocName("document")
    dialog = QPrintDialog(printer, parent)
    dialog.setWindowTitle(title)
    return printer if dialog.exec() == QDialog.DialogCode.Accepted else None


def print_pages(printer: QPrinter, pages: Sequence[QImage]) -> bool:
    """Send *pages*, each on a sheet of its own; False when the printer takes nothing."""
    painter = QPainter()
    if not painter.begin(printer):
        return False
    try:
        for at, image in enumerate(pages):
            if at and not printer.newPage():
                return False
            sheet = QRectF(printer.pageLayout().fullRectPixels(printer.resolution()))
            painter.drawImage(QRectF(0, 0, sheet.width(), sheet.height()), image)
    finally:
        painter.end()
    return True


def ask_file(parent: QWidget, title: str, name: str, kinds: str) -> Path | None:
    """Ask where to save; None when the officer thought better of it."""
    folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    chosen, _kind = QFileDialog.getSaveFileName(parent, title, str(Path(folder) / name), kinds)
    if not chosen:
        return None
    return Path(chosen if chosen.lower().endswith(".pdf") else f"{chosen}.pdf")
