"""Open one form, one font and one programme file: the proof that an installation carries its data."""

import tomllib
import zipfile
from argparse import Namespace
from collections.abc import Callable
from pathlib import Path

from avrr_desktop.app.paths import find_paths
from avrr_desktop.cli.command import Line

# First four bytes of an OpenType file: TrueType outlines, PostScript outlines (OpenType 1.9, "Font tables").
_FONT_MARKS = (b"\x00\x01\x00\x00", b"OTTO", b"true")


def run_selftest(asked: Namespace) -> tuple[Line, ...]:
    """
    Open the first file of each kind; one line each, in the order form, font, programme.

    Raises:
        DataMissing: The program's own files are not there.
    """
    paths = find_paths()
    return (
        check_first("form", paths.forms, (".xlsx", ".md", ".csv", ".toml"), open_form),
        check_first("font", paths.fonts, (".ttf", ".otf"), open_font),
        check_first("programme", paths.programmes, (".toml",), open_programme),
    )


def check_first(kind: str, folder: Path, endings: tuple[str, ...], opener: Callable[[Path], None]) -> Line:
    """Open the first file, by path, of *folder* with the first of *endings* that any file has."""
    for ending in endings:
        for file in sorted(folder.rglob(f"*{ending}")):
            if file.name != "README.md":
                return _opened(kind, file, opener)
    return Line("nothing_found", {"kind": kind, "file": str(folder)}, failed=True)


def open_form(file: Path) -> None:
    """Read a form; a workbook's members must carry their checksums. Raises ValueError, OSError."""
    if file.suffix == ".xlsx":
        with zipfile.ZipFile(file) as workbook:
            if workbook.testzip() is not None or "xl/workbook.xml" not in workbook.namelist():
                raise ValueError("not_a_workbook")
    elif not file.read_text(encoding="utf-8").strip():
        raise ValueError("empty")


def open_font(file: Path) -> None:
    """Read a font's table directory; it must map characters. Raises ValueError, OSError."""
    head = file.read_bytes()[:4096]
    tables = int.from_bytes(head[4:6], "big")
    names = {head[at : at + 4] for at in range(12, 12 + 16 * tables, 16)}
    if head[:4] not in _FONT_MARKS or b"cmap" not in names:
        raise ValueError("not_a_font")


def open_programme(file: Path) -> None:
    """Parse a programme file; it must hold something. Raises ValueError, OSError."""
    if not tomllib.loads(file.read_text(encoding="utf-8")):
        raise ValueError("empty")


def _opened(kind: str, file: Path, opener: Callable[[Path], None]) -> Line:
    try:
        opener(file)
    except (OSError, ValueError, zipfile.BadZipFile) as error:
        reason = str(error) or type(error).__name__
        return Line("unreadable", {"kind": kind, "file": str(file), "reason": reason}, failed=True)
    return Line("opened", {"kind": kind, "file": str(file)})
