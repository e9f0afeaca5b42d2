"""What the unlock page knows: who is chosen, how often it was wrong, how long to wait, what is being done."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from avrr_desktop.domain.failures import Expected
from avrr_desktop.services.unlocking import Door, OfficerLabel, pause_s

WRONG = frozenset({"keys.wrong_passphrase", "keys.wrong_recovery_code"})
"""Failures that count as a guess."""


@dataclass(frozen=True, slots=True)
class State:
    """
    Everything the page draws.

    Attributes:
        door: The office and its officers.
        slot: Of the chosen officer, "" for nobody.
        by_sheet: The recovery sheet is used instead of a passphrase.
        busy: The lock is being opened.
        failure: Why the last try did not open, None for none.
        wrong_tries: Since the page was opened.
        wait_until: No try before; None for at once.
    """

    door: Door
    slot: str = ""
    by_sheet: bool = False
    busy: bool = False
    failure: Expected | None = None
    wrong_tries: int = 0
    wait_until: datetime | None = None

    def chosen(self) -> OfficerLabel | None:
        """Return the chosen officer."""
        return next((officer for officer in self.door.officers if officer.slot == self.slot), None)

    def wait_s(self, now: datetime) -> int:
        """Return the whole seconds still to wait, 0 for none."""
        return max(0, math.ceil((self.wait_until - now).total_seconds())) if self.wait_until else 0

    def can_try(self, now: datetime) -> bool:
        """Tell whether a try may begin now."""
        return bool(self.slot) and not self.busy and self.wait_s(now) == 0


def start(door: Door, last_officer: str = "") -> State:
    """Return the first state; *last_officer* (an officer id) is chosen again, else the only one there is."""
    known = [officer.slot for officer in door.officers if officer.officer == last_officer]
    only = [door.officers[0].slot] if door.officers else []
    return State(door, (known or only or [""])[0])


def choose(state: State, slot: str) -> State:
    """Choose another officer; what was wrong before is forgotten, the wait is not."""
    return replace(state, slot=slot, failure=None)


def turn_to(state: State, *, by_sheet: bool) -> State:
    """Use the recovery sheet, or the passphrase again."""
    return replace(state, by_sheet=by_sheet, failure=None)


def begin(state: State) -> State:
    """Try to open."""
    return replace(state, busy=True, failure=None)


def fail(state: State, failure: Expected, now: datetime) -> State:
    """Take a failure; a wrong guess makes the next one wait longer."""
    tries = state.wrong_tries + (failure.code in WRONG)
    pause = pause_s(tries) if failure.code in WRONG else 0
    until = now + timedelta(seconds=pause) if pause else state.wait_until
    return replace(state, busy=False, failure=failure, wrong_tries=tries, wait_until=until)
