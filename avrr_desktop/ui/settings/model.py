"""What the settings show and write; which tabs there are and what an officer may change."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from avrr_desktop.domain.acting import Actor
from avrr_desktop.domain.money import read_amount
from avrr_desktop.domain.office import Office
from avrr_desktop.domain.sections import Right, Role, Section
from avrr_desktop.services import country_sheets, form_versions, officework, planning, rules, wordings
from avrr_desktop.services.country_sheets import SheetView
from avrr_desktop.services.desk import Desk, Done
from avrr_desktop.services.form_versions import FormView
from avrr_desktop.services.officework import OfficerView
from avrr_desktop.services.rules import ProgrammeView
from avrr_desktop.services.wordings import WordingView

TABS = ("office", "officers", "programme", "wording", "forms", "sheets", "look", "own")
_NEEDS = {
    "office": Section.SETTINGS,
    "officers": Section.ROSTER,
    "programme": Section.PROGRAMME,
    "wording": Section.WORDING,
    "forms": Section.FORMS,
    "sheets": Section.DIRECTORY,
}


@dataclass(frozen=True, slots=True)
class State:
    """
    Everything the settings draw.

    Attributes:
        tab: The shown tab.
        tabs: Those this officer has.
        may_write: Whether the shown tab can be changed by this officer.
        office: Settings of the office.
        officers: Everybody, in the order they came.
        programmes: Their amounts.
        wordings: Consent and declaration in each language.
        sheets: What is told about countries of return.
        today: The office's date.
        forms: Every form with its versions.
    """

    tab: str
    tabs: tuple[str, ...]
    may_write: bool
    office: Office
    officers: tuple[OfficerView, ...] = ()
    programmes: tuple[ProgrammeView, ...] = ()
    wordings: tuple[WordingView, ...] = ()
    today: date | None = None
    sheets: tuple[SheetView, ...] = ()
    forms: tuple[FormView, ...] = ()


def tabs_of(actor: Actor, *, has_access: bool) -> tuple[str, ...]:
    """Return the tabs an officer may see; "own" only where the passphrase can be changed."""
    shown = [tab for tab in TABS if tab not in _NEEDS or actor.may(Right.READ, _NEEDS[tab])]
    return tuple(tab for tab in shown if tab != "own" or has_access)


def may_write(actor: Actor, tab: str) -> bool:
    """Tell whether an officer may change what a tab shows; look and one's own passphrase always."""
    return tab not in _NEEDS or actor.may(Right.WRITE, _NEEDS[tab])


def read(desk: Desk, actor: Actor, tab: str, *, has_access: bool) -> State:
    """
    Read what *tab* shows; a tab the officer does not have becomes the first one.

    Raises:
        Refused: Never for the tabs of `tabs_of`.
    """
    tabs = tabs_of(actor, has_access=has_access)
    shown = tab if tab in tabs else tabs[0]
    return State(
        shown,
        tabs,
        may_write(actor, shown),
        desk.office(),
        officework.officers(desk, actor) if shown == "officers" else (),
        rules.programmes(desk, actor) if shown == "programme" else (),
        wordings.approvable_wordings(desk, actor) if shown == "wording" else (),
        desk.today(),
        country_sheets.all_sheets(desk, actor) if shown == "sheets" else (),
        form_versions.versions(desk, actor) if shown == "forms" else (),
    )


def write_office(desk: Desk, actor: Actor, field: str, text: str) -> Done[None]:
    """
    Write one setting; empty text clears it.

    Raises:
        Refused, BadValue.
    """
    return officework.write_office(desk, actor, **{field: text.strip() or None})


def write_officer(
    desk: Desk, actor: Actor, officer: str, name: str, roles: tuple[str, ...], *, is_active: bool = True
) -> Done[None]:
    """
    Write an officer.

    Raises:
        Refused, BadValue, Blocked.
    """
    held = frozenset(Role(role) for role in roles)
    return officework.write_officer(desk, actor, officer, name=name, roles=held, is_active=is_active)


def amount_of(text: str, currency: str) -> int | None:
    """Read a typed amount into minor units; None when it is not one."""
    money = read_amount(text, currency)
    return None if money is None else money.minor


def confirm(desk: Desk, actor: Actor, programme: str, rule: str, minor: int) -> Done[None]:
    """
    Confirm an amount for the office.

    Raises:
        Refused, BadValue.
    """
    return planning.confirm_amount(desk, actor, programme, rule, minor)


def write_text(desk: Desk, actor: Actor, view: WordingView, text: str) -> Done[None]:
    """
    Write the office's text; a changed text needs a new approval.

    Raises:
        Refused, BadValue.
    """
    return officework.write_wording(
        desk, actor, view.name, view.language, text=text, approved_by=None, approved_on=None
    )


def approve(desk: Desk, actor: Actor, view: WordingView, by: str, on: date) -> Done[None]:
    """
    Write who approved the text that is shown, on which day.

    Raises:
        Refused, BadValue.
    """
    return officework.write_wording(
        desk, actor, view.name, view.language, text=view.text, approved_by=by.strip(), approved_on=on
    )
