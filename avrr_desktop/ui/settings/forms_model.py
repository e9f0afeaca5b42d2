"""What the page Forms shows and does, in plain Python: its list, an import on its way, what is different."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from avrr_desktop.domain.acting import Actor
from avrr_desktop.services import form_versions
from avrr_desktop.services.desk import Desk
from avrr_desktop.services.form_changes import Difference
from avrr_desktop.services.form_versions import Candidate, FormView, VersionView

SHOWN_AT_MOST = 200
"""Differences of one kind, and remarks, that are drawn; nobody reads more, and each is a few widgets."""


@dataclass(frozen=True, slots=True)
class Part:
    """Differences of one kind: what is drawn, and how many more there are."""

    kind: str
    shown: tuple[Difference, ...]
    more: int


@dataclass(frozen=True, slots=True)
class Line:
    """
    A form in the list.

    Attributes:
        view: The form.
        main: The version drawn open: the current one, else the latest.
        others: The rest, folded.
    """

    view: FormView
    main: VersionView
    others: tuple[VersionView, ...]


def lines(forms: tuple[FormView, ...]) -> tuple[Line, ...]:
    """Return the list: forms with a current version first, those that are retired whole behind."""
    drawn = [Line(form, form.versions[0], form.versions[1:]) for form in forms]
    return tuple(sorted(drawn, key=lambda line: line.view.current is None))


def parts(candidate: Candidate) -> tuple[Part, ...]:
    """Return what is different, by kind: added, changed, removed; kinds without any are left out."""
    if candidate.comparison is None:
        return ()
    found = []
    for kind in ("added", "changed", "removed"):
        all_of_it = candidate.comparison.of_kind(kind)
        if all_of_it:
            found.append(Part(kind, all_of_it[:SHOWN_AT_MOST], max(0, len(all_of_it) - SHOWN_AT_MOST)))
    return tuple(found)


def reading(desk: Desk, actor: Actor, path: Path) -> Callable[[], Candidate]:
    """
    Return the slow part of an import, for the background: it touches no store any more.

    Raises:
        Refused: The officer may not change forms.
    """
    return partial(form_versions.look_over, path, form_versions.import_basis(desk, actor))


def file_name(view: VersionView) -> str:
    """Return the name a version is exported under."""
    return f"{view.form_id}-{view.version}{view.suffix}" if view.version else f"{view.form_id}{view.suffix}"
