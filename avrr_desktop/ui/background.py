"""
The one door to work in the background.

Two pools: `STORE`, of width one, for everything that opens the store, so that the database is serial by construction;
`PURE` for work that touches no store (key derivation, PDF pages, the keyring). A job takes values and returns values;
no session, row or widget crosses a thread.

A job ends in exactly one of four ways, always told in the thread of the `Background`: done, failed (an expected
failure), cancelled, crashed (ours). A job whose owner is gone ends without a word.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from functools import partial
from typing import Generic, TypeVar

from PySide6.QtCore import QObject, QRunnable, QThreadPool, Signal
from shiboken6 import isValid

from avrr_desktop.domain.failures import Expected

T = TypeVar("T")


class Pool(Enum):
    """Where a job runs."""

    STORE = "store"
    PURE = "pure"


class Job(Generic[T]):
    """
    A piece of work on its way; kept by the `Background` until it has ended.

    Attributes:
        is_cancelled: Nobody wants the result any more.
        has_ended: One of the four ends was told.
    """

    def __init__(
        self,
        owner: QObject,
        work: Callable[[], T],
        done: Callable[[T], object],
        failed: Callable[[Expected], object],
        cancelled: Callable[[], object] | None,
        crashed: Callable[[BaseException], object],
    ) -> None:
        # The owner is held, not only a bound method of it: the method would not keep it alive.
        self._owner = owner
        self._work = work
        self._done, self._failed, self._cancelled, self._crashed = done, failed, cancelled, crashed
        self.is_cancelled = False
        self.has_ended = False

    def cancel(self) -> None:
        """Want the result no more: work not begun never begins, the result of begun work is thrown away."""
        self.is_cancelled = True

    def run(self) -> Callable[[], None]:
        """Do the work, in whatever thread calls; give back how to tell its end."""
        if self.is_cancelled:
            return self._tell_cancelled
        try:
            value = self._work()
        except Expected as failure:
            return partial(_call, self._failed, failure)
        except BaseException as error:  # noqa: BLE001 - the edge of a job: whatever it was is told as a crash
            return partial(_call, self._crashed, error)
        return partial(_call, self._done, value)

    def end(self, tell: Callable[[], None]) -> None:
        """Tell the end once, unless the owner is gone."""
        if self.has_ended:
            return
        self.has_ended = True
        if isValid(self._owner):
            (self._tell_cancelled if self.is_cancelled else tell)()

    def _tell_cancelled(self) -> None:
        if self._cancelled is not None:
            self._cancelled()


def _call(tell: Callable[[T], object], value: T) -> None:
    tell(value)


class _Runner(QRunnable):
    """Carries a job into a pool."""

    def __init__(self, job: Job[T], relay: Background) -> None:
        super().__init__()
        self._job = job
        self._relay = relay

    def run(self) -> None:
        """Do the work and post its end to the window's thread."""
        tell = self._job.run()
        # The window may have gone while the work was done; then nobody wants to know.
        if isValid(self._relay):
            self._relay.ended.emit((self._job, tell))


class Background(QObject):
    """
    Runs jobs and tells their ends; one per program, made in the window's thread.

    Attributes:
        crashed: What is told of a crash where the caller names nobody: logs it and shows one calm sentence.

    Signals:
        ended: (tuple of job and how to tell its end) Posted from the pool; nobody else listens.
    """

    ended = Signal(object)

    def __init__(self, crashed: Callable[[BaseException], object], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.crashed = crashed
        self._pools = {Pool.STORE: QThreadPool(self), Pool.PURE: QThreadPool(self)}
        self._pools[Pool.STORE].setMaxThreadCount(1)
        self._jobs: set[Job[object]] = set()
        self.ended.connect(self._end)

    def run(
        self,
        work: Callable[[], T],
        *,
        owner: QObject,
        done: Callable[[T], object],
        failed: Callable[[Expected], object],
        cancelled: Callable[[], object] | None = None,
        crashed: Callable[[BaseException], object] | None = None,
        pool: Pool = Pool.PURE,
    ) -> Job[T]:
        """
        Run *work* in *pool*; exactly one of the four is called later, in this object's thread.

        Args:
            work: Takes nothing, returns values; touches no widget.
            owner: Who receives; when it is deleted before the end, nobody is told.
            done: Gets what *work* returned.
            failed: Gets the expected failure.
            cancelled: Called when the job was cancelled.
            crashed: Gets any other exception; None leaves it to `Background.crashed`.
            pool: Where.
        """
        job: Job[T] = Job(owner, work, done, failed, cancelled, crashed or self.crashed)
        self._jobs.add(job)  # type: ignore[arg-type]  # the set only keeps them alive
        self._pools[pool].start(_Runner(job, self))
        return job

    def is_busy(self) -> bool:
        """Tell whether a job has not ended."""
        return bool(self._jobs)

    def close(self) -> None:
        """Cancel what waits and wait for what runs; called once, when the program ends."""
        for job in self._jobs:
            job.cancel()
        for pool in self._pools.values():
            pool.waitForDone()

    def _end(self, ended: tuple[Job[object], Callable[[], None]]) -> None:
        job, tell = ended
        self._jobs.discard(job)
        job.end(tell)
