"""
Where the questions of an interview come from: every version of every form, shipped with the program or kept in the
store, and which of them new interviews begin with.

A version is named by the sha256 of its source. Shipped files change with the program; what an interview began with
is kept in the store (`keep_version`), so that it opens with its own questions for ever.

Source: FORMS.md 6, "Versions".
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path

from avrr_desktop.domain.acting import Actor
from avrr_desktop.domain.failures import Expected
from avrr_desktop.domain.office import FormVersion
from avrr_desktop.domain.sections import Section, office_stream
from avrr_desktop.interview.definition import Definition
from avrr_desktop.interview.errors import FormError
from avrr_desktop.interview.tables import read_markdown
from avrr_desktop.interview.xform import load
from avrr_desktop.services.desk import Desk
from avrr_desktop.services.forms import BOOKS, compile_form
from avrr_desktop.store.store import Work

STREAM = office_stream(Section.FORMS)
MEDIA_TYPES = {
    "md": "text/markdown",
    "csv": "text/csv",
    "xml": "application/xml",
    "xls": "application/vnd.ms-excel",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
"""Kind of a source to the media type of its blob."""


@dataclass(frozen=True, slots=True)
class FormSource:
    """
    The source of one version.

    Attributes:
        kind: md, xlsx, xls, csv or xml.
        data: Its bytes; text has its line ends as LF, so that a version is the same on every system.
        sha256: Of *data*.
    """

    form_id: str
    version: str
    title: str
    kind: str
    data: bytes
    sha256: str


@dataclass(frozen=True, slots=True)
class Known:
    """
    A version this laptop can open.

    Attributes:
        record: As kept in the store; None for a shipped one that no interview has begun with.
        shipped: As the program carries it now; None for one that is only in the store.
    """

    sha256: str
    form_id: str
    version: str
    title: str
    kind: str
    record: FormVersion | None
    shipped: FormSource | None

    @property
    def is_retired(self) -> bool:
        """Tell whether no new interview begins with it."""
        return self.record is not None and self.record.retired_on is not None


def shipped_forms(folder: Path) -> dict[str, FormSource]:
    """Return the forms the program carries, by id."""
    paths = sorted(folder.glob("*/form.md"))
    return {form.form_id: form for form in (_shipped(path, path.stat().st_mtime_ns) for path in paths)}


def known_versions(desk: Desk) -> tuple[Known, ...]:
    """Return every version once: those of the store in the order they came, then what the program carries besides."""
    shipped = {form.sha256: form for form in shipped_forms(desk.resources.forms).values()}
    kept = [
        Known(found.id, record.form_id, record.version or "", record.title or "", record.source or "md", record,
              shipped.get(found.id))
        for found in desk.store.find(FormVersion, sections=(Section.FORMS,))
        if (record := found.value).form_id and record.blob
    ]  # fmt: skip
    held = {one.sha256 for one in kept}
    rest = [
        Known(form.sha256, form.form_id, form.version, form.title, form.kind, None, form)
        for form in shipped.values()
        if form.sha256 not in held
    ]
    return (*kept, *rest)


def current_versions(known: Iterable[Known]) -> dict[str, Known]:
    """
    Return the version new interviews begin with, by form id; a form whose versions are all retired has none.

    It is the highest version not retired, numbers in it compared as numbers. So an imported form wins over the shipped
    one as soon as its version is later, and a later shipped one wins again. Of two with one version the one the program
    carries wins, then the one added last.
    """
    order = sorted(
        (one for one in known if not one.is_retired),
        key=lambda one: (version_key(one.version), one.shipped is not None, _added(one)),
    )
    return {one.form_id: one for one in order}


def version_key(version: str) -> tuple[tuple[int, int, str], ...]:
    """Return *version* as something to sort by: "9" before "10", a number before a word."""
    return tuple(
        (1, int(part), "") if part.isdecimal() else (2, 0, part.casefold()) for part in re.findall(r"\d+|\D+", version)
    )


def source_of(desk: Desk, known: Known) -> FormSource:
    """
    Return the source of a version.

    Raises:
        BlobMissing, BlobDamaged: See `store.errors`; the record came without its source.
    """
    if known.shipped is not None:
        return known.shipped
    if known.record is None or known.record.blob is None:
        raise Expected("form.missing", form=known.form_id)
    data, _media_type = desk.store.blobs.read(known.record.blob)
    return FormSource(known.form_id, known.version, known.title, known.kind, data, known.sha256)


def current_source(desk: Desk, form_id: str) -> FormSource:
    """
    Return what a new interview begins with.

    Raises:
        Expected: "form.missing" when nobody knows such a form; "form.retired" when all its versions are retired.
    """
    known = [one for one in known_versions(desk) if one.form_id == form_id]
    if not known:
        raise Expected("form.missing", form=form_id)
    current = current_versions(known).get(form_id)
    if current is None:
        raise Expected("form.retired", form=form_id)
    return source_of(desk, current)


def open_form(desk: Desk, form_id: str, sha256: str | None, began: str = "") -> Definition:
    """
    Return one version of a form, whichever it is: the shipped file when it is the same, else what the store kept.

    Args:
        form_id: Of the form.
        sha256: Of the version's source.
        began: Its version in words, for the failure.

    Raises:
        Expected: "form.missing"; "form.other_version" when the program carries another version and this one was never
            kept (interviews of before versions were kept); "form.not_opened". A missing blob as `source_of`.
    """
    shipped = shipped_forms(desk.resources.forms).get(form_id)
    if shipped is not None and shipped.sha256 == sha256:
        return definition_of(shipped)
    record = desk.store.get(FormVersion, sha256, stream=STREAM) if sha256 else None
    if record is not None and record.blob and sha256:
        known = Known(sha256, form_id, record.version or "", record.title or "", record.source or "md", record, None)
        return definition_of(source_of(desk, known))
    if shipped is None:
        raise Expected("form.missing", form=form_id)
    raise Expected("form.other_version", form=form_id, began=began, held=shipped.version)


def keep_version(desk: Desk, actor: Actor, work: Work, source: FormSource) -> None:
    """
    Write a version into the store, unless it is there.

    An inner act of the store's work, no verb: who begins an interview with a shipped form may not write section forms,
    yet the record of that version is a consequence of beginning. What is written is the program's own file, never
    anything the officer chose; importing a file is a verb of its own with rights of its own (`form_versions`).
    """
    if desk.store.get(FormVersion, source.sha256, stream=STREAM) is not None:
        return
    blob = work.attach(source.data, MEDIA_TYPES[source.kind])
    work.put(
        STREAM,
        FormVersion,
        source.sha256,
        form_id=source.form_id,
        version=source.version or None,
        title=source.title,
        sha256=source.sha256,
        blob=blob,
        source=source.kind,
        added_at=desk.clock(),
        added_by=actor.officer,
    )
    work.seal(STREAM)


def read_form(kind: str, data: bytes, name: str) -> tuple[FormSource, Definition]:
    """
    Read a form file of any kind into its source and what it asks.

    Args:
        kind: As `FormSource.kind`.
        data: Its bytes.
        name: Form id where the form itself gives none.

    Raises:
        FormError: It does not compile or cannot be run.
    """
    clean = data if kind in BOOKS else data.decode("utf-8-sig").replace("\r\n", "\n").encode()
    definition = _definition(kind, clean, name)
    sha256 = hashlib.sha256(clean).hexdigest()
    title = " ".join(definition.title.split())[:200] or definition.form_id
    return FormSource(definition.form_id, definition.version, title, kind, clean, sha256), definition


def definition_of(source: FormSource) -> Definition:
    """
    Return what a version asks; compiled once a start.

    Raises:
        Expected: "form.not_opened": it was understood once, and is not by this program.
    """
    try:
        return _definition(source.kind, source.data, source.form_id)
    except FormError as error:
        raise Expected("form.not_opened", form=source.form_id, version=source.version, reason=error.code) from error


@lru_cache(maxsize=32)
def _definition(kind: str, data: bytes, name: str) -> Definition:
    if kind == "xml":
        return load(data.decode("utf-8"))
    return load(compile_form(kind, data, name).xform_xml)


@lru_cache(maxsize=64)
def _shipped(path: Path, _changed_ns: int) -> FormSource:
    """Read a shipped form and its settings sheet without compiling it: lists of forms are shown at once."""
    text = path.read_text(encoding="utf-8")
    data = text.encode()
    settings = dict(_settings(text))
    form_id = settings.get("form_id") or path.parent.name
    title = settings.get("form_title") or form_id
    return FormSource(form_id, settings.get("version", ""), title, "md", data, hashlib.sha256(data).hexdigest())


def _settings(text: str) -> Iterator[tuple[str, str]]:
    rows = read_markdown(text).get("settings", [])
    if len(rows) > 1:
        yield from zip(rows[0], rows[1], strict=False)


def _added(one: Known) -> str:
    added: datetime | None = one.record.added_at if one.record is not None else None
    return added.isoformat() if added is not None else ""
