"""
Compile a Markdown, .xlsx, .xls or .csv XLSForm to XForm XML with pyxform.

pyxform and openpyxl are imported when first needed (0.17 s); a cache by `sha256` is the caller's.

Source: FORMS.md 2 and 6; xlsform.org.
"""

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from zipfile import BadZipFile, ZipFile

from avrr_desktop.interview import limits
from avrr_desktop.interview.errors import ConversionError

_ROW = re.compile(r"\[row : (\d+)\]\s*")
_QUOTED = re.compile(r"'([^']+)'")
_WORKBOOK_MAGIC = b"PK\x03\x04"
_OLE_MAGIC = b"\xd0\xcf\x11\xe0"
BREAK = "&#10;"
"""How a Markdown cell writes a line break; no XLSForm tool reads this, so it harms nobody."""


@dataclass(frozen=True, slots=True)
class Where:
    """A place in the source; row 1 is the header. None when not known."""

    sheet: str
    row: int | None
    name: str


@dataclass(frozen=True, slots=True)
class CompiledForm:
    """
    A compiled form.

    Attributes:
        xform_xml: The XForm.
        warnings: pyxform's own words, in English, for the form's author.
        sha256: Of the source; names the version and the cache entry.
        rows: Place in the source by template path, and by name (the first one wins).
    """

    xform_xml: str
    warnings: tuple[str, ...]
    sha256: str
    rows: Mapping[str, Where]


def compile_markdown(text: str, *, name: str) -> CompiledForm:
    """
    Compile a Markdown XLSForm.

    Args:
        text: Sheets as pipe tables (`| survey |`, then rows).
        name: Form id to fall back on; settings decide when they give one.

    Raises:
        ConversionError: Code `not_compiled` (params `detail`, `row`, `sheet`), `no_settings`.
        LimitError: The source is too large.
    """
    data = text.encode()
    limits.require(len(data), limits.SOURCE_BYTES, "source_bytes")
    return _compile(text, ".md", name, hashlib.sha256(data).hexdigest())


def compile_workbook(data: bytes, *, name: str) -> CompiledForm:
    """
    Compile an .xlsx XLSForm.

    Raises:
        ConversionError: As `compile_markdown`; `old_workbook` for .xls under another name,
            `not_workbook` for anything else.
        LimitError: The workbook, packed or unpacked, is too large.
    """
    limits.require(len(data), limits.SOURCE_BYTES, "source_bytes")
    if data.startswith(_OLE_MAGIC):
        raise ConversionError("old_workbook")
    if not data.startswith(_WORKBOOK_MAGIC):
        raise ConversionError("not_workbook")
    try:
        with ZipFile(BytesIO(data)) as archive:
            unpacked = sum(entry.file_size for entry in archive.infolist())
    except BadZipFile as error:
        raise ConversionError("not_workbook") from error
    limits.require(unpacked, 4 * limits.SOURCE_BYTES, "source_bytes")
    return _compile(data, ".xlsx", name, hashlib.sha256(data).hexdigest())


def compile_old_workbook(data: bytes, *, name: str) -> CompiledForm:
    """
    Compile an .xls XLSForm of Excel 97 to 2003.

    Raises:
        ConversionError: As `compile_markdown`; `not_workbook` for anything else.
        LimitError: The workbook is too large.
    """
    limits.require(len(data), limits.SOURCE_BYTES, "source_bytes")
    if not data.startswith(_OLE_MAGIC):
        raise ConversionError("not_workbook")
    return _compile(data, ".xls", name, hashlib.sha256(data).hexdigest())


def compile_rows(text: str, *, name: str) -> CompiledForm:
    """
    Compile a .csv XLSForm: the sheet's name alone in a line, then its rows behind an empty cell.

    Raises:
        ConversionError: As `compile_markdown`.
        LimitError: The source is too large.
    """
    data = text.encode()
    limits.require(len(data), limits.SOURCE_BYTES, "source_bytes")
    return _compile(text, ".csv", name, hashlib.sha256(data).hexdigest())


def _compile(source: str | bytes, file_type: str, name: str, sha256: str) -> CompiledForm:
    from pyxform.errors import PyXFormError
    from pyxform.xls2json_backends import csv_to_dict, md_to_dict, xls_to_dict, xlsx_to_dict
    from pyxform.xls2xform import convert

    survey: list[tuple[int, dict[str, str]]] = []
    readers = {".md": md_to_dict, ".csv": csv_to_dict, ".xls": xls_to_dict, ".xlsx": xlsx_to_dict}
    try:
        # As bytes: pyxform takes a text that happens to name a file for that file.
        sheets = readers[file_type](BytesIO(source if isinstance(source, bytes) else source.encode()))
        if file_type == ".md":
            _restore_breaks(sheets)
        survey = list(_survey(sheets))
        result = convert(xlsform=sheets, validate=False, form_name="data", pretty_print=False)
    except PyXFormError as error:
        raise _refusal(str(error), survey) from error
    except RecursionError as error:
        raise ConversionError("not_compiled", detail="too deeply nested", form=name) from error
    except (ValueError, KeyError, TypeError, IndexError, AttributeError, BadZipFile, OSError, SyntaxError) as error:
        # pyxform and openpyxl meet broken input with whatever fails first.
        raise ConversionError("not_compiled", detail=str(error)[:500], form=name) from error
    return CompiledForm(result.xform, tuple(result.warnings), sha256, _rows(survey))


def _restore_breaks(sheets: dict[str, object]) -> None:
    """Put line breaks where a Markdown cell writes one (see `tables`)."""
    for rows in sheets.values():
        for row in rows if isinstance(rows, list) else ():
            for column, cell in row.items() if isinstance(row, dict) else ():
                if isinstance(cell, str) and BREAK in cell:
                    row[column] = cell.replace(BREAK, "\n")


def _refusal(message: str, survey: list[tuple[int, dict[str, str]]]) -> ConversionError:
    """Take pyxform's message apart; where it tells no row, look for the word it quotes."""
    match = _ROW.search(message)
    detail = _ROW.sub("", message)[:500]
    sheet = next((one for one in ("choices", "settings", "entities") if f"'{one}' sheet" in message), "survey")
    row = int(match[1]) if match is not None else None
    if row is None and sheet == "survey":
        quoted = set(_QUOTED.findall(message))
        row = next((at for at, fields in survey if quoted & set(fields.values())), None)
    if row is None:
        return ConversionError("not_compiled", detail=detail)
    return ConversionError("not_compiled", detail=detail, sheet=sheet, row=row)


def _survey(sheets: object) -> Iterator[tuple[int, dict[str, str]]]:
    survey = sheets.get("survey") if isinstance(sheets, dict) else None
    for row, fields in enumerate(survey or (), start=2):
        if isinstance(fields, dict):
            yield row, {str(column): str(cell) for column, cell in fields.items()}


def _rows(survey: list[tuple[int, dict[str, str]]]) -> dict[str, Where]:
    """Find rows by path, and by name where several share one the first."""
    found: dict[str, Where] = {}
    groups = ["/data"]
    for row, fields in survey:
        name, kind = fields.get("name", ""), fields.get("type", "").strip().lower()
        if kind.startswith("end") and len(groups) > 1 and kind[3:].strip(" _") in ("group", "repeat", "loop"):
            groups.pop()
        elif name:
            where = Where("survey", row, name)
            found.setdefault(name, where)
            found.setdefault(f"{groups[-1]}/{name}", where)
            if kind.startswith("begin"):
                groups.append(f"{groups[-1]}/{name}")
    return found
