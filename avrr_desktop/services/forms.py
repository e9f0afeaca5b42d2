"""
Read form files of any kind, look them over, and carry them between Markdown and workbook.

A file is told by what is in it, then by its name: Markdown, .xlsx, .xls, .csv, or an XForm.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from avrr_desktop.domain.failures import Expected
from avrr_desktop.interview.errors import FormError

if TYPE_CHECKING:
    from avrr_desktop.interview.convert import CompiledForm

_OLE = b"\xd0\xcf\x11\xe0"
BOOKS = ("xlsx", "xls")
"""Kinds that are workbooks; the others are text."""
REFUSING = frozenset(
    (
        "not_loaded", "cycle", "unknown_path", "unknown_function", "arity", "unknown_instance", "pattern",
        "unknown_section", "save_to_unknown", "save_to_section", "reads_restricted",
    )
)  # fmt: skip
"""Findings of lint that refuse a form; the others warn."""


@dataclass(frozen=True, slots=True)
class Remark:
    """
    One thing an author must hear.

    Attributes:
        code: Key of its sentence, as "form.not_compiled".
        params: What the sentence needs.
        sheet, row, name: Place in the source, '' and None where not known; row 1 is the header.
    """

    code: str
    params: Mapping[str, object] = field(default_factory=dict)
    sheet: str = ""
    row: int | None = None
    name: str = ""


@dataclass(frozen=True, slots=True)
class Checked:
    """What became of one file: it may be used when there are no errors."""

    file: str
    errors: tuple[Remark, ...]
    warnings: tuple[Remark, ...]

    @property
    def ok(self) -> bool:
        """Tell whether the form may be used."""
        return not self.errors


@dataclass(frozen=True, slots=True)
class Source:
    """
    A form file, read.

    Attributes:
        path: Of the file.
        kind: md, xlsx, xls, csv or xml.
        data: Its bytes.
    """

    path: Path
    kind: str
    data: bytes

    @property
    def text(self) -> str:
        """
        Return the text of a kind that is text.

        Raises:
            Expected: Code "form.not_text".
        """
        try:
            return self.data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise Expected("form.not_text") from error


def read_source(path: Path) -> Source:
    """
    Read a form file and tell its kind.

    Raises:
        Expected: "form.unreadable", "form.too_large", "form.unknown_kind", "form.old_workbook" for an .xls
            under the name .xlsx.
    """
    from avrr_desktop.interview import limits

    try:
        if path.stat().st_size > limits.SOURCE_BYTES:
            raise Expected("form.too_large", allowed=limits.SOURCE_BYTES)
        data = path.read_bytes()
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else None
        raise Expected("form.unreadable", reason=reason or type(error).__name__) from error
    suffix = path.suffix.lower().removeprefix(".")
    if not data.strip():
        raise Expected("form.empty")
    if data.startswith(_OLE):
        if suffix != "xls":
            raise Expected("form.old_workbook")
        return Source(path, "xls", data)
    if data.startswith(b"PK\x03\x04"):
        return Source(path, "xlsx", data)
    if suffix in BOOKS:
        raise Expected("form.not_workbook")
    if suffix == "xml" or data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        return Source(path, "xml", data)
    if suffix in ("md", "csv"):
        return Source(path, suffix, data)
    raise Expected("form.unknown_kind", suffix=suffix)


def check_file(path: Path) -> Checked:
    """Read, compile and look a form over; whatever is wrong is in the answer."""
    try:
        return check_source(read_source(path))
    except Expected as failure:
        return Checked(str(path), (Remark(failure.code, failure.params),), ())


def check_source(source: Source) -> Checked:
    """Compile a form that was read and look it over; whatever is wrong is in the answer."""
    from avrr_desktop.interview import lint, xform

    warnings: list[Remark] = []
    errors: list[Remark] = []
    try:
        if source.kind == "xml":
            findings = lint.check(xform.load(source.text))
        else:
            compiled = _compiled(source)
            warnings += [_compiler_warning(text) for text in compiled.warnings]
            findings = lint.check(compiled)
        for found in findings:
            where = found.where
            remark = Remark(f"form.{found.code}", found.params, where.sheet, where.row, where.name)
            (errors if found.code in REFUSING else warnings).append(remark)
    except Expected as failure:
        errors.append(Remark(failure.code, failure.params))
    except FormError as failure:
        errors.append(_refusal(failure))
    return Checked(str(source.path), tuple(errors), tuple(warnings))


def xform_of(source: Source) -> str:
    """
    Return the XForm of a form file, compiled where it is no XForm itself.

    Raises:
        Expected: As `Source.text`; the compiler's code behind "form.".
    """
    try:
        return source.text if source.kind == "xml" else _compiled(source).xform_xml
    except FormError as error:
        raise Expected(f"form.{error.code}", **error.params) from error


def compile_form(kind: str, data: bytes, name: str) -> "CompiledForm":
    """
    Compile a form of any kind but an XForm.

    Args:
        kind: As `Source.kind`.
        data: Its bytes, a text without a byte order mark.
        name: Form id where the form itself gives none.

    Raises:
        FormError: It does not compile.
    """
    from avrr_desktop.interview import convert

    if kind == "xlsx":
        return convert.compile_workbook(data, name=name)
    if kind == "xls":
        return convert.compile_old_workbook(data, name=name)
    compile_text = convert.compile_markdown if kind == "md" else convert.compile_rows
    return compile_text(data.decode("utf-8"), name=name)


def export_form(source: Path, target: Path) -> int:
    """
    Write a Markdown form as a workbook; return the number of rows.

    Raises:
        Expected: As `read_source`; "form.no_sheets", "form.not_writable", "form.unwritable".
    """
    found = read_source(source)
    if found.kind != "md":
        raise Expected("form.wrong_kind", found=found.kind, wanted="md")
    data, rows = workbook_of(found.text)
    write_file(target, data)
    return rows


def workbook_of(text: str) -> tuple[bytes, int]:
    """
    Return a Markdown form as a workbook and its number of rows.

    Raises:
        Expected: "form.no_sheets", "form.not_writable".
    """
    from avrr_desktop.interview import tables

    try:
        book = tables.read_markdown(text)
        return tables.write_workbook(book), sum(len(rows) for rows in book.values())
    except FormError as error:
        raise Expected(f"form.{error.code}", **error.params) from error


def write_file(target: Path, data: bytes) -> None:
    """
    Write a form file.

    Raises:
        Expected: "form.unwritable".
    """
    try:
        target.write_bytes(data)
    except OSError as error:
        raise Expected("form.unwritable", file=str(target), reason=error.strerror or "") from error


def import_form(source: Path, target: Path) -> int:
    """
    Write a workbook as a Markdown form; return the number of rows.

    Raises:
        Expected: As `read_source`; "form.wrong_kind", "form.unwritable".
    """
    from avrr_desktop.interview import tables

    found = read_source(source)
    if found.kind != "xlsx":
        raise Expected("form.wrong_kind", found=found.kind, wanted="xlsx")
    try:
        book = tables.read_workbook(found.data)
    except FormError as error:
        raise Expected(f"form.{error.code}", **error.params) from error
    write_file(target, tables.write_markdown(book).encode())
    return sum(len(rows) for rows in book.values())


def _compiled(source: Source) -> "CompiledForm":
    data = source.data if source.kind in BOOKS else source.text.encode()
    return compile_form(source.kind, data, source.path.stem)


def _refusal(failure: FormError) -> Remark:
    params = dict(failure.params)
    sheet, row = str(params.pop("sheet", "")), params.pop("row", None)
    name = str(params.get("node", ""))
    return Remark(f"form.{failure.code}", params, sheet, row if isinstance(row, int) else None, name)


def _compiler_warning(text: str) -> Remark:
    """Take the row out of a warning of pyxform, which writes it in front."""
    import re

    match = re.search(r"\[row : (\d+)\]\s*", text)
    if match is None:
        return Remark("form.compiler", {"detail": text.strip()})
    sheet = next((one for one in ("choices", "settings", "entities") if f"'{one}' sheet" in text), "survey")
    return Remark("form.compiler", {"detail": text.replace(match[0], "").strip()}, sheet, int(match[1]))
