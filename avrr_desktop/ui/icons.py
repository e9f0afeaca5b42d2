"""
Draw an icon file into a pixmap of one colour.

Source: LOOK.md 2 (stroke, sizes), 7 (what is mirrored) and 9 (cache).
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap, QTransform
from PySide6.QtSvg import QSvgRenderer

MIRRORED = frozenset(
    {
        "arrow-left",
        "arrow-right",
        "chevron-left",
        "chevron-right",
        "external-link",
        "list-checks",
        "log-out",
        "message-square-text",
        "plane",
        "plane-landing",
        "plane-takeoff",
        "redo-2",
        "send",
        "undo-2",
    }
)
"""Icons that turn in a right-to-left window; all others keep their side."""


class _Shelf:
    """Where the files are, and what was drawn already."""

    folder: Path | None = None
    drawn: dict[tuple[str, int, str, float, bool], QPixmap] = {}


def load_icons(folder: Path) -> None:
    """Take icon files from *folder* from now on."""
    _Shelf.folder = folder
    _Shelf.drawn.clear()


def render(name: str, size_px: int, colour: QColor, dpr: float, mirrored: bool) -> QPixmap:
    """
    Draw icon *name* as a square of *size_px* device-independent pixels.

    Args:
        name: File name without ``.svg``.
        size_px: Edge, already scaled.
        colour: What ``currentColor`` becomes.
        dpr: Device pixel ratio of the screen it is for.
        mirrored: Whether the window runs right to left; only names in :data:`MIRRORED` turn.

    Raises:
        FileNotFoundError: There is no such icon.
    """
    turned = mirrored and name in MIRRORED
    key = (name, size_px, colour.name(QColor.NameFormat.HexArgb), dpr, turned)
    if key not in _Shelf.drawn:
        _Shelf.drawn[key] = _draw(name, size_px, colour, dpr, turned)
    return _Shelf.drawn[key]


def _draw(name: str, size_px: int, colour: QColor, dpr: float, turned: bool) -> QPixmap:
    if _Shelf.folder is None:
        raise FileNotFoundError(name)
    svg = (_Shelf.folder / f"{name}.svg").read_text(encoding="utf-8")
    svg = svg.replace("currentColor", colour.name()).replace('stroke-width="2"', 'stroke-width="1.75"')
    pixmap = QPixmap(round(size_px * dpr), round(size_px * dpr))
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    QSvgRenderer(QByteArray(svg.encode())).render(painter, QRectF(pixmap.rect()))
    painter.end()
    if turned:
        pixmap = pixmap.transformed(QTransform(-1, 0, 0, 1, 0, 0))
    pixmap.setDevicePixelRatio(dpr)
    return pixmap
