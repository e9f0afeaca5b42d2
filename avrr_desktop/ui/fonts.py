"""
The shipped font families, loaded when their script first appears.

Qt's own fallback picks system fonts in any order, so every font names all loaded families and no text is
shown before its script is loaded: whoever sets text calls :func:`ensure` first, then sets the font (the
components do). A font made before keeps drawing its old fallback (measured with Qt 6.12), hence fonts
name what is loaded and so differ after a load.

Source: LOOK.md 2 and 9.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QLoggingCategory
from PySide6.QtGui import QFontDatabase


@dataclass(frozen=True, slots=True)
class Family:
    """One family: name, file stem, weights and the ranges of code points (inclusive) it is asked for."""

    name: str
    stem: str
    weights: tuple[str, ...]
    ranges: tuple[tuple[int, int], ...]


_TWO = ("Regular", "SemiBold")
LATIN = Family("Noto Sans", "NotoSans", ("Regular", "SemiBold", "Medium"), ())
NASTALIQ = Family("Noto Nastaliq Urdu", "NotoNastaliqUrdu", ("Regular",), ())
SCRIPTS: tuple[Family, ...] = (
    Family(
        "Noto Sans Arabic",
        "NotoSansArabic",
        _TWO,
        ((0x0600, 0x06FF), (0x0750, 0x077F), (0x0870, 0x08FF), (0xFB50, 0xFDFF), (0xFE70, 0xFEFE)),
    ),
    Family("Noto Sans Ethiopic", "NotoSansEthiopic", _TWO, ((0x1200, 0x139F), (0x2D80, 0x2DDF), (0xAB00, 0xAB2F))),
    Family("Noto Sans Georgian", "NotoSansGeorgian", _TWO, ((0x10A0, 0x10FF), (0x1C90, 0x1CBF), (0x2D00, 0x2D2F))),
    Family("Noto Sans Armenian", "NotoSansArmenian", _TWO, ((0x0530, 0x058F), (0xFB13, 0xFB17))),
    Family("Noto Sans Bengali", "NotoSansBengali", _TWO, ((0x0980, 0x09FF),)),
    Family("Noto Sans Devanagari", "NotoSansDevanagari", _TWO, ((0x0900, 0x097F), (0xA8E0, 0xA8FF))),
    Family("Noto Sans Tamil", "NotoSansTamil", _TWO, ((0x0B80, 0x0BFF),)),
    Family("Noto Sans Sinhala", "NotoSansSinhala", _TWO, ((0x0D80, 0x0DFF),)),
    Family("Noto Sans Khmer", "NotoSansKhmer", _TWO, ((0x1780, 0x17FF), (0x19E0, 0x19FF))),
    Family("Noto Sans Myanmar", "NotoSansMyanmar", _TWO, ((0x1000, 0x109F), (0xA9E0, 0xA9FF), (0xAA60, 0xAA7F))),
    Family(
        "Noto Sans SC",
        "NotoSansSC",
        ("Regular", "Bold"),
        ((0x2E80, 0x30FF), (0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF), (0xFF00, 0xFFEF)),
    ),
)
_FIRST_OTHER = 0x0530
"""Below this code point everything is Noto Sans: the check most texts need."""

_STARTS = sorted((first, last, family) for family in SCRIPTS for first, last in family.ranges)
_KEYS = [first for first, _, _ in _STARTS]


class _Shelf:
    """What is loaded in this process, as QFontDatabase is one per process."""

    folder: Path | None = None
    loaded: set[str] = set()
    order: tuple[str, ...] = (LATIN.name,)


def families() -> tuple[str, ...]:
    """Name every family in the order a font asks for them."""
    return (LATIN.name, *(family.name for family in SCRIPTS))


def load_fonts(folder: Path) -> None:
    """
    Take fonts from *folder* and load Noto Sans; other scripts follow by :func:`ensure`.

    Raises:
        FileNotFoundError: A font file is missing or cannot be read by Qt.
    """
    # Noto Sans is asked first by design and has no Indic shaping: Qt would log every such line.
    QLoggingCategory.setFilterRules("qt.text.font.db=false")
    _Shelf.folder = folder
    _load(LATIN)


def ready() -> tuple[str, ...]:
    """Name the families loaded so far, in the order of :func:`families`."""
    return _Shelf.order


def ensure(text: str) -> bool:
    """Load what *text* needs and say whether something new was loaded (then set the font anew)."""
    if text.isascii() or _Shelf.folder is None:
        return False
    fresh = False
    for character in text:
        family = _family_of(character)
        if family is not None and family.name not in _Shelf.loaded:
            _load(family)
            fresh = True
    return fresh


def ensure_nastaliq() -> bool:
    """Load the Urdu family the returnee reads; say whether it is new."""
    if _Shelf.folder is None or NASTALIQ.name in _Shelf.loaded:
        return False
    _load(NASTALIQ)
    return True


def runs(text: str) -> tuple[tuple[str, int, int], ...]:
    """
    Cut *text* into runs of one family.

    Returns:
        ``(family, start, end)`` in logical order without gaps; neutral characters stay with the run before.
    """
    found: list[tuple[str, int, int]] = []
    name, start = "", 0
    for at, character in enumerate(text):
        if not character.isalpha() and name:
            continue
        family = _family_of(character)
        here = family.name if family else LATIN.name
        if name and here != name:
            found.append((name, start, at))
            start = at
        name = here
    if text:
        found.append((name, start, len(text)))
    return tuple(found)


def _family_of(character: str) -> Family | None:
    code = ord(character)
    if code < _FIRST_OTHER:
        return None
    at = bisect_right(_KEYS, code) - 1
    if at < 0:
        return None
    _, last, family = _STARTS[at]
    return family if code <= last else None


def _load(family: Family) -> None:
    if family.name in _Shelf.loaded or _Shelf.folder is None:
        return
    for weight in family.weights:
        path = _Shelf.folder / f"{family.stem}-{weight}.ttf"
        if QFontDatabase.addApplicationFont(str(path)) < 0:
            raise FileNotFoundError(path)
    _Shelf.loaded.add(family.name)
    _Shelf.order = tuple(name for name in families() if name in _Shelf.loaded)
