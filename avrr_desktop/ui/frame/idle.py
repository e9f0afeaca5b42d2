"""Nobody at the desk: tells when no key and no mouse was used for a while, sleep of the laptop included."""

from __future__ import annotations

from datetime import timedelta

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer, Signal

from avrr_desktop.domain.clock import Clock

LOOK_MS = 5000
"""How often the clock is asked; a laptop that slept is noticed as soon after waking."""
QUIET = timedelta(minutes=5)
"""Open commits are sealed after it. Source: DESIGN.md 4, rule 7."""
_USES = {
    QEvent.Type.KeyPress,
    QEvent.Type.MouseButtonPress,
    QEvent.Type.MouseMove,
    QEvent.Type.Wheel,
    QEvent.Type.TouchBegin,
    QEvent.Type.TabletPress,
}


class Idle(QObject):
    """
    Watches a whole application from `begin` to `end`; nobody is watched while there is nothing to lock.

    Attributes:
        limit: After so long `passed` is sent.

    Signals:
        quieted: Nothing was used for five minutes; once, until something is used again.
        passed: Nothing was used for `limit`; once, until something is used again.
    """

    quieted = Signal()
    passed = Signal()

    def __init__(self, app: QCoreApplication, clock: Clock, limit: timedelta) -> None:
        super().__init__(app)
        self._app = app
        self._clock = clock
        self.limit = limit
        self._last = clock()
        self._told: set[str] = set()
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self.look)

    def begin(self) -> None:
        """Watch from now on."""
        self.touch()
        self._timer.start()
        # A filter in Python makes every event of every widget cross the languages, so it stands only while it must.
        self._app.installEventFilter(self)

    def end(self) -> None:
        """Watch no more."""
        self._timer.stop()
        self._app.removeEventFilter(self)

    def touch(self) -> None:
        """Begin anew, as if something was used now."""
        self._last = self._clock()
        self._told.clear()

    def look(self) -> None:
        """Ask the clock; a clock set back counts as use, so that it never locks nor keeps open by itself."""
        since = self._clock() - self._last
        if since < timedelta(0):
            self.touch()
            return
        for name, limit, signal in (("quieted", QUIET, self.quieted), ("passed", self.limit, self.passed)):
            if since >= limit and name not in self._told:
                self._told.add(name)
                signal.emit()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """See keys and mouse; swallow nothing."""
        if event.type() in _USES:
            self.look()
            self.touch()
        return False
