"""
The checks of an opening: after an unclean stop both integrity checks while the list is only read, and a tidy-up.

DESIGN.md 4, rule 9. Everything that reads the whole file or removes something runs in the pool of the store over
connections of its own; what is decided from it is written in the window's thread.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QObject, QTimer

from avrr_desktop.domain.failures import Expected, Failure
from avrr_desktop.services.opening import go_on
from avrr_desktop.ui.background import Background, Job, Pool

if TYPE_CHECKING:
    from avrr_desktop.app.log import Log
    from avrr_desktop.services.opening import Sitting
    from avrr_desktop.store.care import Care, Tidied
    from avrr_desktop.store.integrity import IntegrityReport
    from avrr_desktop.ui.frame.window import MainWindow

T = TypeVar("T")
TIDY_AFTER_MS = 5000
"""By then the first list stands and the officer reads it."""


class SafeStart(QObject):
    """
    Watches over one opening of the office; a child of its window.

    Attributes:
        has_ended: Nothing is checked or tidied any more.
    """

    def __init__(
        self,
        sitting: Sitting,
        window: MainWindow,
        background: Background,
        log: Log,
        *,
        tidy_after_ms: int = TIDY_AFTER_MS,
    ) -> None:
        super().__init__(window)
        self._sitting = sitting
        self._window = window
        self._background = background
        self._log = log
        self._care: Care = sitting.desk.store.care()
        self._tidy_after_ms = tidy_after_ms
        self._job: Job[Any] | None = None
        self.has_ended = False
        window.safety.again.connect(self.begin)

    def begin(self) -> None:
        """Check a store that waits for it; look later whether there is something to tidy beside a clean one."""
        if self._sitting.desk.shut is None:
            QTimer.singleShot(self._tidy_after_ms, self, self._tidy_clean)
            return
        self._log.event("check.began")
        self._window.safety.show_checking(1)
        self._run(self._care.check_seals, self._check_structure)

    def end(self) -> None:
        """Want no result any more, before the store is closed."""
        self.has_ended = True
        if self._job is not None:
            self._job.cancel()

    def _check_structure(self, seals: IntegrityReport) -> None:
        self._window.safety.show_checking(2)
        self._run(self._care.check_structure, lambda structure: self._take(seals.joined(structure)))

    def _take(self, report: IntegrityReport) -> None:
        if not report.ok:
            self._distrust(report)
            return
        self._log.event("check.clean")
        self._window.safety.clear()
        refused: Expected | None = None
        try:
            go_on(self._sitting)
        except Expected as failure:
            refused = failure
        self._window.room.writable.emit(True)
        if refused is not None:
            self._log.event(refused.code)
            self._window.room.refused.emit(refused)
        self._run(self._care.tidy, self._tell_tidied, failed=self._tell_untidied)

    def _distrust(self, report: IntegrityReport) -> None:
        self._log.event("check.damaged", pages=len(report.pages), lines=len(report.cipher) + len(report.sqlite))
        self._sitting.desk.store.distrust(report.pages)
        self._window.safety.show_damage(report.pages)
        self._window.room.writable.emit(False)

    def _tidy_clean(self) -> None:
        if not self.has_ended:
            self._run(lambda: tidy_checked(self._care), self._take_tidied, failed=self._tell_untidied)

    def _take_tidied(self, found: IntegrityReport | Tidied | None) -> None:
        from avrr_desktop.store.care import Tidied

        if isinstance(found, Tidied):
            self._tell_tidied(found)
        elif found is not None:
            self._distrust(found)

    def _tell_tidied(self, tidied: Tidied) -> None:
        self._log.event("check.tidied", copies=tidied.copies, chunks=tidied.chunks)

    def _tell_untidied(self, failure: Failure) -> None:
        """Leave it for the next start: what lies beside the store harms nobody."""
        self._log.event(failure.code)

    def _could_not(self, failure: Failure) -> None:
        self._log.event("check.not_made", why=failure.code)
        self._window.safety.show_unchecked(failure)

    def _run(
        self, work: Callable[[], T], done: Callable[[T], None], failed: Callable[[Failure], None] | None = None
    ) -> None:
        tell = failed or self._could_not

        def crashed(error: BaseException) -> None:
            self._log.crash(error)
            tell(Failure("program.unknown"))

        job = self._background.run(work, owner=self, done=done, failed=tell, crashed=crashed, pool=Pool.STORE)
        self._job = job


def tidy_checked(care: Care) -> Tidied | IntegrityReport | None:
    """
    Tidy beside a store that is being written to, if there is something to tidy and the checks find nothing.

    Returns:
        What was removed; the complaints; None where there is nothing to tidy.
    """
    if not care.has_leavings():
        return None
    for _look in range(2):  # a page that is being written while it is looked at has no seal for a moment
        report = care.check_seals().joined(care.check_structure())
        if report.ok:
            return care.tidy()
    return report
