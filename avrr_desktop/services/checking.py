"""Look the whole office over: the file, the audit trail, and whether what is shown follows from what was written."""

from __future__ import annotations

from dataclasses import dataclass

from avrr_desktop.domain.acting import Actor
from avrr_desktop.domain.sections import Section
from avrr_desktop.services.desk import Desk, verb


@dataclass(frozen=True, slots=True)
class Checked:
    """
    What the checks found.

    Attributes:
        cipher, structure: Complaints of SQLCipher's page seals and of SQLite; () for none.
        pages: Numbers of pages whose seal is broken, the first is 1.
        rows: Rows of the audit trail that were walked.
        broken_row: The first that is missing, changed or out of order; None when all hold.
        differing: Tables that a rebuild from the journal would change; None: not compared, the file is damaged.
    """

    cipher: tuple[str, ...]
    structure: tuple[str, ...]
    pages: tuple[int, ...]
    rows: int
    broken_row: int | None
    differing: tuple[str, ...] | None

    @property
    def ok(self) -> bool:
        """Tell whether nothing complains."""
        return not (self.cipher or self.structure) and self.broken_row is None and self.differing == ()


@verb(reads=(Section.SETTINGS,))
def check_office(desk: Desk, actor: Actor) -> Checked:
    """
    Run every check; reads the whole file and plays the whole journal, so it takes a while.

    What is open is sealed first, and a store that was left open counts as clean again when both integrity checks find
    nothing. Nothing that is shown is changed, also when it is wrong.

    Raises:
        Refused: The officer may not read the office's settings.
    """
    store = desk.store
    report, trail = store.check(), store.audit_trail.verify()
    if report.ok and not store.was_clean:
        store.believe()
    differing = store.differences() if report.ok else None
    return Checked(report.cipher, report.sqlite, report.pages, trail.rows, trail.broken, differing)
