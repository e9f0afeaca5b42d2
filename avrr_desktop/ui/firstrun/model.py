"""The walk through the first run: which page, what was answered, what is wrong with it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import IntEnum

from avrr_desktop.domain.failures import Expected
from avrr_desktop.services.beginning import READ_BACK, Beginning, Begun, check_office, check_officer_name, read_back


class Page(IntEnum):
    """The pages in their order."""

    OFFICE = 1
    YOU = 2
    PASSPHRASE = 3
    SHEET = 4
    DONE = 5


@dataclass(frozen=True, slots=True)
class State:
    """
    Everything the pages draw.

    Attributes:
        page: The shown one.
        facts: What was answered.
        busy: Keys are drawn, or the office is being made.
        failure: What is wrong with the page, None for nothing; its parameter "field" names the answer.
        begun: Keys drawn, None before.
        sheet_taken: The recovery sheet was printed or saved.
        wrong_groups: Numbers (1 is the first) of groups that were typed back differently.
    """

    page: Page = Page.OFFICE
    facts: Beginning = field(default_factory=Beginning)
    busy: bool = False
    failure: Expected | None = None
    begun: Begun | None = None
    sheet_taken: bool = False
    wrong_groups: tuple[int, ...] = ()


ASKED_BACK = tuple(place + 1 for place in READ_BACK)
"""Numbers of the groups that are typed back, 1 is the first."""


def answer(state: State, facts: Beginning) -> State:
    """Take answers; the code is written in capitals."""
    return replace(state, facts=replace(facts, code=facts.code.strip().upper()), failure=None)


def go_on(state: State) -> State:
    """Leave the first or second page when its answers hold; else stay, with the failure."""
    facts = state.facts
    try:
        if state.page is Page.OFFICE:
            check_office(facts.office, facts.code, facts.zone, facts.languages)
        elif state.page is Page.YOU:
            check_officer_name(facts.officer)
        else:
            raise AssertionError(state.page)
    except Expected as failure:
        return replace(state, failure=failure)
    return replace(state, page=Page(state.page + 1), failure=None)


def go_back(state: State) -> State:
    """Return to the page before; not from the sheet on, as its keys are drawn."""
    if state.page in (Page.YOU, Page.PASSPHRASE) and not state.busy:
        return replace(state, page=Page(state.page - 1), failure=None)
    return state


def begin(state: State) -> State:
    """Work is on its way."""
    return replace(state, busy=True, failure=None)


def fail(state: State, failure: Expected) -> State:
    """The work was refused."""
    return replace(state, busy=False, failure=failure)


def keys_drawn(state: State, begun: Begun) -> State:
    """Go to the sheet."""
    return replace(state, page=Page.SHEET, busy=False, begun=begun)


def take_sheet(state: State) -> State:
    """The sheet is on paper or on a stick."""
    return replace(state, sheet_taken=True)


def type_back(state: State, typed: tuple[str, ...]) -> State:
    """Compare what was typed with the sheet; go to the last page when all of it is right."""
    if state.begun is None:
        raise AssertionError("a sheet comes from keys")
    right = read_back(state.begun, typed)
    wrong = tuple(number for number, ok in zip(ASKED_BACK, right, strict=True) if not ok)
    return replace(state, wrong_groups=wrong, page=state.page if wrong else Page.DONE)
