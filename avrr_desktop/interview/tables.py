"""
Carry an XLSForm between Markdown and .xlsx, cell by cell, without loss.

A book is sheets by name in order, each a list of rows, each a list of cell texts. Markdown writes `|` as `\\|` and a
line break as `&#10;`; every cell of a workbook is written as text, so that `01` stays `01`.

Source: FORMS.md 2 (Markdown cells) and 6 (files); xlsform.org.
"""

import re
from io import BytesIO
from zipfile import BadZipFile, ZipFile

from avrr_desktop.interview import limits
from avrr_desktop.interview.convert import BREAK
from avrr_desktop.interview.errors import ConversionError

Book = dict[str, list[list[str]]]
_BAR = re.compile(r"(?<!\\)\|")
_SEPARATOR = re.compile(r"\|\s*:?-+:?\s*\|[\s|:\-]*\Z")
_WIDTHS = (12, 60)
"""Narrowest and widest column, in characters; a column wider than a screen helps nobody."""


def read_markdown(text: str) -> Book:
    """
    Read the tables of a Markdown XLSForm; what stands outside them is no part of the form.

    Raises:
        ConversionError: Code `no_sheets`.
        LimitError: The source is too large.
    """
    limits.require(len(text), limits.SOURCE_BYTES, "source_bytes")
    book: Book = {}
    rows: list[list[str]] | None = None
    for line in text.split("\n"):
        bare = line.strip()
        if not bare.startswith("|") or _SEPARATOR.match(bare):
            continue
        first, *cells = [_decoded(cell) for cell in _BAR.split(bare.removeprefix("|"))]
        if bare.endswith("|") and not bare.endswith("\\|"):
            cells = cells[:-1]
        if first:
            rows = book.setdefault(first, [])
        if rows is not None and any(cells):
            rows.append(_trimmed(cells))
    if not book:
        raise ConversionError("no_sheets")
    return book


def write_markdown(book: Book) -> str:
    """Write a book as Markdown; `read_markdown` gives it back."""
    lines = []
    for name, rows in book.items():
        width = max((len(row) for row in rows), default=0)
        lines.append(f"| {_encoded(name)} |")
        for row in rows:
            padded = row + [""] * (width - len(row))
            lines.append("| | " + " | ".join(_encoded(cell) for cell in padded) + " |")
    return "\n".join(lines) + "\n"


def read_workbook(data: bytes) -> Book:
    """
    Read the cells of an .xlsx; empty rows and empty columns at the end are left out.

    Raises:
        ConversionError: Code `not_workbook`.
        LimitError: The workbook, packed or unpacked, is too large.
    """
    from openpyxl import load_workbook  # type: ignore[import-untyped]  # no stubs exist
    from openpyxl.utils.exceptions import InvalidFileException  # type: ignore[import-untyped]  # no stubs exist

    limits.require(len(data), limits.SOURCE_BYTES, "source_bytes")
    try:
        with ZipFile(BytesIO(data)) as archive:
            unpacked = sum(entry.file_size for entry in archive.infolist())
        limits.require(unpacked, 4 * limits.SOURCE_BYTES, "source_bytes")
        workbook = load_workbook(BytesIO(data), read_only=True, data_only=True)
        book = {sheet.title: [_trimmed([_cell(one) for one in row]) for row in sheet.values] for sheet in workbook}
        workbook.close()
    except (BadZipFile, InvalidFileException, KeyError, ValueError, TypeError, AttributeError, OSError) as error:
        raise ConversionError("not_workbook") from error
    return {name: [row for row in rows if row] for name, rows in book.items()}


def write_workbook(book: Book) -> bytes:
    """
    Write a book as .xlsx: header frozen and bold, every cell as text.

    Raises:
        ConversionError: Code `not_writable`: a sheet's name or a character Excel cannot hold.
    """
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font  # type: ignore[import-untyped]  # no stubs exist
    from openpyxl.utils import get_column_letter  # type: ignore[import-untyped]  # no stubs exist
    from openpyxl.utils.exceptions import IllegalCharacterError

    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    try:
        for name, rows in book.items():
            sheet = workbook.create_sheet(name)
            sheet.freeze_panes = "A2"
            for at, row in enumerate(rows, start=1):
                for column, text in enumerate(row, start=1):
                    if text:
                        cell = sheet.cell(at, column)
                        cell.value = text
                        cell.data_type = "s"  # a text that begins with = is no formula here
                        cell.number_format = "@"
                        cell.alignment = Alignment(wrap_text=True, vertical="top")
                        cell.font = Font(bold=at == 1)
            for column in range(1, max((len(row) for row in rows), default=0) + 1):
                longest = max((len(row[column - 1]) for row in rows if len(row) >= column), default=0)
                width = max(_WIDTHS[0], min(_WIDTHS[1], longest + 2))
                sheet.column_dimensions[get_column_letter(column)].width = width
        packed = BytesIO()
        workbook.save(packed)
    except (ValueError, IllegalCharacterError) as error:
        raise ConversionError("not_writable") from error
    return packed.getvalue()


def _decoded(cell: str) -> str:
    return cell.strip().replace("\\|", "|").replace(BREAK, "\n")


def _encoded(text: str) -> str:
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("|", "\\|")
    return BREAK.join(line.strip() for line in lines.strip().split("\n"))


def _trimmed(cells: list[str]) -> list[str]:
    while cells and not cells[-1]:
        cells = cells[:-1]
    return cells


def _cell(value: object) -> str:
    """Write a cell as its person typed it: no decimal point after a whole number, ISO dates."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).replace("\u00a0", " ").strip()
