"""
Closing open commits: when a screen or the program is left, on lock, and after five quiet minutes.

While nothing is written nothing is sealed either: what the last start left open waits for the checks.
"""

from __future__ import annotations

from avrr_desktop.domain.acting import Actor
from avrr_desktop.services.desk import Desk


def seal_everything(desk: Desk, actor: Actor) -> None:
    """Seal every open commit of this laptop. Source: DESIGN.md 4, rule 7 (page left, lock, end)."""
    if desk.shut is None:
        with desk.work(actor) as work:
            work.seal_all()


def seal_quiet(desk: Desk) -> None:
    """Seal what nobody has touched for five minutes. Source: DESIGN.md 4, rule 7."""
    if desk.shut is None:
        desk.store.seal_idle(desk.clock())
