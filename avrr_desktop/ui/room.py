"""
What every screen works in: the open desk, the acting officer, the way to other screens, undo and notices.

A screen never catches failures itself: it calls `Room.act` with a verb, and gets None back when the verb was refused.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QObject, Signal

from avrr_desktop.domain.acting import Actor
from avrr_desktop.domain.failures import Expected
from avrr_desktop.services.desk import Desk, Done
from avrr_desktop.services.history import can_undo, undo

if TYPE_CHECKING:
    from avrr_desktop.domain.changes import Changes

T = TypeVar("T")
UNDO_STEPS = 50
"""Acts of this sitting that can be taken back, newest first to go."""


class Room(QObject):
    """
    The sitting of one officer at one desk.

    Attributes:
        desk: The open office.
        actor: Who is unlocked.

    Signals:
        changed(Changes): Something in the store is different now.
        saved(datetime): An act is durable since then.
        refused(Expected): A verb said no and no field took the sentence.
        asked_for(str, str, str): Go to place, case id ("" for none), page ("" for the first).
        done_undoable(str): An act was done that "Undo" can take back; its words.
        writable(bool): Whether anything is written now is different; see `is_writable`.
        screen_hidden(bool): The window was hidden (F9), or is shown again; what stands in a second window follows it.
    """

    changed = Signal(object)
    saved = Signal(object)
    refused = Signal(object)
    asked_for = Signal(str, str, str)
    done_undoable = Signal(str)
    writable = Signal(bool)
    screen_hidden = Signal(bool)

    def __init__(self, desk: Desk, actor: Actor, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.actor = actor
        self._undo: list[Done[object]] = []
        self._unsaved: Callable[[], Done[Any]] | None = None

    def go(self, place: str, case: str = "", page: str = "") -> None:
        """Ask the window for another screen: "cases", "case", "interview", "settings", …"""
        self.asked_for.emit(place, case, page)

    def act(
        self, verb: Callable[[], Done[T]], words: str = "", on_refused: Callable[[Expected], bool] | None = None
    ) -> Done[T] | None:
        """
        Run a verb and tell everybody what changed.

        Args:
            verb: Calls a service and returns its `Done`.
            words: Shown with "Undo" where the act can be taken back, for example "Line removed."; "" shows nothing,
                Ctrl+Z works all the same.
            on_refused: Gets the failure first; True means a field of the screen shows it and no notice is needed.

        Returns:
            What the verb returned, None when it was refused.
        """
        try:
            done = verb()
        except Expected as failure:
            self._refuse(failure, verb, on_refused)
            return None
        self.tell(done)
        if can_undo(done):
            self._undo = [*self._undo[-(UNDO_STEPS - 1) :], done]
            if words:
                self.done_undoable.emit(words)
        return done

    def read(self, query: Callable[[], T]) -> T | None:
        """Run a query; None when it was refused, after the notice."""
        try:
            return query()
        except Expected as failure:
            self.refused.emit(failure)
            return None

    def tell(self, done: Done[T]) -> None:
        """Tell every screen of changes already made."""
        if done.changes:
            self._unsaved = None
            self.saved.emit(self.desk.clock())
            self.changed.emit(done.changes)

    @property
    def is_writable(self) -> bool:
        """Tell whether anything is written now; screens need not ask, since every verb that writes is refused."""
        return self.desk.shut is None

    @property
    def has_unsaved(self) -> bool:
        """Tell whether an act waits for `retry`."""
        return self._unsaved is not None

    def may_begin(self) -> bool:
        """Tell whether something new may be begun; where nothing is written now, say so."""
        shut = self.desk.shut
        if shut is not None:
            self.refused.emit(shut)
        return shut is None

    def can_undo(self) -> bool:
        """Tell whether something of this sitting can be taken back."""
        return bool(self._undo)

    def undo(self) -> None:
        """Take back the newest act of this sitting."""
        if self._undo:
            last = self._undo.pop()
            self.act_without_undo(lambda: undo(self.desk, self.actor, last.before))
            if self._unsaved is not None:
                self._undo.append(last)

    def act_without_undo(self, verb: Callable[[], Done[T]]) -> Done[T] | None:
        """Run a verb that cannot itself be taken back."""
        try:
            done = verb()
        except Expected as failure:
            self._refuse(failure, verb)
            return None
        self.tell(done)
        return done

    def retry(self) -> None:
        """Try again what the store would not take."""
        verb, self._unsaved = self._unsaved, None
        if verb is not None:
            self.act_without_undo(verb)

    def _refuse(
        self,
        failure: Expected,
        verb: Callable[[], Done[Any]],
        on_refused: Callable[[Expected], bool] | None = None,
    ) -> None:
        """Tell of a failure; what the store would not take is told to the window even where a field shows it."""
        is_unsaved = failure.code.startswith("store.")
        if is_unsaved:
            self._unsaved = verb
        is_shown = on_refused is not None and on_refused(failure)
        if is_unsaved or not is_shown:
            self.refused.emit(failure)


def touches(changes: Changes, case: str) -> bool:
    """Tell whether *changes* concern *case* or the office."""
    return case in changes.cases or not changes.cases
