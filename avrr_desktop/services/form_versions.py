"""
The office's forms: which versions there are, import of a country office's own, and retiring one.

Importing takes three steps: what is known here (`import_basis`, reads the store), reading and comparing the file
(`look_over`, pure: it may run in the background), and writing it (`accept_version`).

Source: FORMS.md 6, "Files" and "Versions".
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path

from avrr_desktop.domain.acting import Actor
from avrr_desktop.domain.failures import BadValue, Blocked, Expected
from avrr_desktop.domain.fields import check_value
from avrr_desktop.domain.office import FormVersion
from avrr_desktop.domain.sections import Section
from avrr_desktop.interview.errors import FormError
from avrr_desktop.interview.tables import read_markdown
from avrr_desktop.services.asking import language_name
from avrr_desktop.services.desk import Desk, Done, done, verb
from avrr_desktop.services.form_changes import Comparison, compare
from avrr_desktop.services.form_sources import (
    STREAM,
    FormSource,
    Known,
    current_versions,
    definition_of,
    keep_version,
    known_versions,
    read_form,
    source_of,
    version_key,
)
from avrr_desktop.services.forms import Checked, Remark, check_source, read_source, workbook_of, write_file
from avrr_desktop.services.history import officer_names
from avrr_desktop.services.interviewing import PRE_DEPARTURE

FIRST = PRE_DEPARTURE
"""The form every case needs: it stands first in lists, and its last version is never retired."""
_UNASKED = frozenset(
    (
        "note", "calculate", "hidden", "start", "end", "today", "username", "deviceid", "phonenumber", "email", "audit",
        "begin_group", "end_group", "begin_repeat", "end_repeat", "begin", "end", "csv-external", "xml-external",
    )
)  # fmt: skip
"""First words of types that no person answers."""


@dataclass(frozen=True, slots=True)
class VersionView:
    """
    One version.

    Attributes:
        languages: Names as the form writes them without their codes, the default first; empty when it names none.
        questions: Asked of people, each once even inside a repeat.
        interviews: Of all cases that began with it.
        added_at, added_by: When and by whom it came into the store; None and "" while no interview began with it.
        suffix: Of the file it is exported to, with its dot.
        is_shipped: The program carries it.
        is_current: New interviews begin with it.
    """

    sha256: str
    form_id: str
    version: str
    title: str
    languages: tuple[str, ...]
    questions: int
    interviews: int
    added_at: datetime | None
    added_by: str
    retired_on: date | None
    retired_by: str
    suffix: str
    is_shipped: bool
    is_current: bool


@dataclass(frozen=True, slots=True)
class FormView:
    """A form: its versions, the current one first (None: all are retired), then the latest first."""

    form_id: str
    title: str
    current: VersionView | None
    versions: tuple[VersionView, ...]


@dataclass(frozen=True, slots=True)
class Basis:
    """What an import is held against: every version known here, and the source of the current one of each form."""

    known: tuple[Known, ...]
    current: Mapping[str, FormSource]


@dataclass(frozen=True, slots=True)
class Candidate:
    """
    A file that was looked over.

    Attributes:
        checked: Its errors and warnings; it may be accepted when there are no errors.
        source: None when it cannot be read.
        against: The version new interviews begin with now; "" for a form that is new here.
        comparison: None for a form that is new here, for one that cannot be read, and where the source of *against* is
            lost.
        languages, questions: As in `VersionView`.
        is_later: New interviews would begin with it.
    """

    checked: Checked
    source: FormSource | None = None
    against: str = ""
    comparison: Comparison | None = None
    languages: tuple[str, ...] = ()
    questions: int = 0
    is_later: bool = True


@verb(reads=(Section.FORMS,))
def versions(desk: Desk, actor: Actor) -> tuple[FormView, ...]:
    """Return every form with its versions; the one every case needs first, then by title."""
    known = known_versions(desk)
    current = current_versions(known)
    counts, names = desk.store.lists.interviews_by_form(), officer_names(desk)
    groups: dict[str, list[VersionView]] = {}
    for one in sorted(known, key=lambda one: version_key(one.version), reverse=True):
        now = current.get(one.form_id)
        view = _view(desk, one, counts.get(one.sha256, 0), names, is_current=now is not None and now == one)
        groups.setdefault(one.form_id, []).append(view)
    forms = []
    for form_id, views in groups.items():
        views.sort(key=lambda view: not view.is_current)
        forms.append(FormView(form_id, views[0].title, views[0] if views[0].is_current else None, tuple(views)))
    return tuple(sorted(forms, key=lambda form: (form.form_id != FIRST, form.title.casefold())))


@verb(reads=(Section.FORMS,))
def offered_forms(desk: Desk, actor: Actor) -> tuple[tuple[str, str], ...]:
    """Return (form id, title) of what a new interview may begin with, in the order of `versions`."""
    found = current_versions(known_versions(desk)).values()
    order = sorted(found, key=lambda one: (one.form_id != FIRST, one.title.casefold()))
    return tuple((one.form_id, one.title) for one in order)


@verb(reads=(Section.FORMS,))
def form_titles(desk: Desk, actor: Actor) -> dict[str, str]:
    """Return the title of each version by its sha256: what an interview begun with it is called."""
    return {one.sha256: one.title for one in known_versions(desk)}


@verb(reads=(Section.FORMS,), writes=(Section.FORMS,))
def import_basis(desk: Desk, actor: Actor) -> Basis:
    """Return what a file is held against."""
    known = known_versions(desk)
    current: dict[str, FormSource] = {}
    for form, one in current_versions(known).items():
        # A source that is damaged here is no reason not to import the version that takes its place.
        with suppress(Expected):
            current[form] = source_of(desk, one)
    return Basis(known, current)


def look_over(path: Path, basis: Basis) -> Candidate:
    """
    Read a form file, look it over and compare it with the current version of its form; whatever is wrong is in the
    answer, with sheet and row where the form tells them.

    It opens no store and writes nothing: it may run in the background.
    """
    try:
        found = read_source(path)
    except Expected as failure:
        return Candidate(Checked(str(path), (Remark(failure.code, failure.params),), ()))
    checked = check_source(found)
    if not checked.ok:
        return Candidate(checked)
    try:
        source, definition = read_form(found.kind, found.data, path.stem)
    except FormError as error:
        return Candidate(_with_error(checked, f"form.{error.code}", error.params))
    if (no := _refusal(basis.known, source)) is not None:
        checked = _with_error(checked, no.code, no.params)
    current, held = basis.current.get(source.form_id), current_versions(basis.known).get(source.form_id)
    return Candidate(
        checked,
        source,
        held.version if held is not None else "",
        compare(definition_of(current), definition) if current is not None else None,
        _languages(definition.languages),
        sum(question.is_asked for question in definition.questions.values()),
        held is None or version_key(source.version) > version_key(held.version),
    )


@verb(reads=(Section.FORMS,), writes=(Section.FORMS,))
def accept_version(desk: Desk, actor: Actor, candidate: Candidate) -> Done[str]:
    """
    Write an imported version; new interviews begin with it when it is the latest, those begun keep theirs.

    Returns:
        Its sha256. It is never undone: an interview may have begun with it; retire it instead.

    Raises:
        Blocked: "form.has_errors".
        Expected: "form.same_version" when another source has that version already; "form.known" when this one is here;
            "form.no_version"; "form.bad_id", "form.bad_version" for one that cannot be kept.
    """
    source = candidate.source
    known = known_versions(desk)
    if source is not None and (no := _refusal(known, source)) is not None:
        raise no
    if source is None or not candidate.checked.ok:
        raise Blocked("form.has_errors", count=len(candidate.checked.errors))
    with desk.work(actor) as work:
        keep_version(desk, actor, work, source)
        work.audit("form_accepted", form=source.form_id, version=source.version)
        return Done(source.sha256, work.changes)


@verb(reads=(Section.FORMS,), writes=(Section.FORMS,))
def retire_version(desk: Desk, actor: Actor, sha256: str) -> Done[None]:
    """
    Let no new interview begin with a version; interviews begun with it go on.

    Raises:
        Expected: "form.missing".
        Blocked: "form.needed" for the last version of the form every case needs.
    """
    known = known_versions(desk)
    one = _known(known, sha256)
    if one.form_id == FIRST and FIRST not in current_versions(k for k in known if k.sha256 != sha256):
        raise Blocked("form.needed", form=one.form_id)
    if one.record is None:
        # Its own transaction: undo takes back that it is retired, never that it is kept.
        with desk.work(actor) as work:
            keep_version(desk, actor, work, source_of(desk, one))
    with desk.work(actor) as work:
        work.put(STREAM, FormVersion, sha256, retired_on=desk.today(), retired_by=actor.officer)
        work.seal(STREAM)
        return done(work, None)


@verb(reads=(Section.FORMS,), writes=(Section.FORMS,))
def put_back(desk: Desk, actor: Actor, sha256: str) -> Done[None]:
    """
    Let new interviews begin with a retired version again, if it is the latest.

    Raises:
        Expected: "form.missing".
    """
    _known(known_versions(desk), sha256)
    with desk.work(actor) as work:
        work.put(STREAM, FormVersion, sha256, retired_on=None, retired_by=None)
        work.seal(STREAM)
        return done(work, None)


@verb(reads=(Section.FORMS,))
def export_version(desk: Desk, actor: Actor, sha256: str, target: Path) -> None:
    """
    Write a version to a file: a Markdown form as a workbook, anything else as it came.

    Raises:
        Expected: "form.missing", "form.unwritable"; a missing blob as `form_sources.source_of`.
    """
    source = source_of(desk, _known(known_versions(desk), sha256))
    data = workbook_of(source.data.decode("utf-8"))[0] if source.kind == "md" else source.data
    write_file(target, data)


def _known(known: tuple[Known, ...], sha256: str) -> Known:
    found = next((one for one in known if one.sha256 == sha256), None)
    if found is None:
        raise Expected("form.missing", form=sha256)
    return found


def _refusal(known: tuple[Known, ...], source: FormSource) -> Expected | None:
    """Return why a form that can be used is not taken, None when it is."""
    if not source.version:
        return Expected("form.no_version")
    for field, value, code in (
        ("form_id", source.form_id, "form.bad_id"),
        ("version", source.version, "form.bad_version"),
    ):
        try:
            check_value(FormVersion, field, value)
        except BadValue:
            return Expected(code, value=value[:80])
    mine = [one for one in known if one.form_id == source.form_id]
    if any(one.sha256 == source.sha256 for one in mine):
        return Expected("form.known", version=source.version)
    if any(one.version == source.version for one in mine):
        return Expected("form.same_version", version=source.version)
    return None


def _with_error(checked: Checked, code: str, params: Mapping[str, object]) -> Checked:
    return replace(checked, errors=(*checked.errors, Remark(code, params)))


def _view(desk: Desk, one: Known, interviews: int, names: Mapping[str, str], *, is_current: bool) -> VersionView:
    record = one.record
    languages, questions = _facts_held(desk, one)
    return VersionView(
        one.sha256,
        one.form_id,
        one.version,
        one.title,
        languages,
        questions,
        interviews,
        record.added_at if record is not None else None,
        names.get(record.added_by or "", "") if record is not None else "",
        record.retired_on if record is not None else None,
        names.get(record.retired_by or "", "") if record is not None else "",
        ".xlsx" if one.kind == "md" else f".{one.kind}",
        one.shipped is not None,
        is_current,
    )


def _facts_held(desk: Desk, one: Known) -> tuple[tuple[str, ...], int]:
    """Return languages and number of questions; none where the source is damaged: the list is shown all the same."""
    try:
        return _facts(source_of(desk, one))
    except Expected:
        return (), 0


@lru_cache(maxsize=64)
def _facts(source: FormSource) -> tuple[tuple[str, ...], int]:
    """Return languages and number of questions; a Markdown form is not compiled for that, so that a list is quick."""
    if source.kind != "md":
        definition = definition_of(source)
        asked = sum(question.is_asked for question in definition.questions.values())
        return _languages(definition.languages), asked
    book = read_markdown(source.data.decode("utf-8"))
    head, *rows = book.get("survey", [[]])
    column = head.index("type") if "type" in head else 0
    kinds = [row[column].split()[0] for row in rows if len(row) > column and row[column].strip()]
    settings = dict(zip(*book["settings"][:2], strict=False)) if len(book.get("settings", ())) > 1 else {}
    named = [cell.partition("::")[2] for cell in head if cell.startswith("label::")]
    default = settings.get("default_language", "")
    return _languages(tuple(sorted(named, key=lambda one: one != default))), sum(k not in _UNASKED for k in kinds)


def _languages(names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(language_name(name) for name in names if name)
