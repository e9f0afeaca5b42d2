"""
The log: codes and ids, never names, answers, secrets or the text of an exception.

Lines are chosen, not filtered: an event is a dotted code with ids that have the shape of ids; a crash is the types of
its chain and where in the program it happened.
"""

from __future__ import annotations

import logging
import re
import sys
import threading
import traceback
from collections.abc import Callable
from contextlib import suppress
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType

FILE_NAME = "avrr-desktop.log"
MOST_BYTES = 512 * 1024
KEPT = 3
"""Older files kept beside the one being written."""
MOST_FRAMES = 30

_CODE = re.compile(r"[a-z][a-z0-9_]*(\.[a-z0-9_]+)*")
_ID = re.compile(r"[A-Za-z0-9_.:+-]{1,64}")


class _QuietFile(RotatingFileHandler):
    """Loses lines that cannot be written in silence: the window stays the place where people are told."""

    def handleError(self, record: logging.LogRecord) -> None:
        """Do nothing."""


class Log:
    """Writes events and crashes into one rotating file; on a disk that refuses it writes nothing and says nothing."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / FILE_NAME
        self._handler: logging.Handler = logging.NullHandler()
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._handler = _QuietFile(self.path, maxBytes=MOST_BYTES, backupCount=KEPT, encoding="utf-8")
        except OSError:
            # A log that cannot be written must not keep an office shut.
            self._handler = logging.NullHandler()
        self._handler.setFormatter(logging.Formatter("%(asctime)s %(message)s", "%Y-%m-%dT%H:%M:%S%z"))

    def event(self, code: str, **ids: str | int) -> None:
        """Write a code with ids; what has not their shape is written as "?"."""
        shown = [code if _CODE.fullmatch(code) else "?"]
        shown += [f"{name}={_shape(value)}" for name, value in ids.items()]
        self._write(" ".join(shown))

    def crash(self, error: BaseException) -> None:
        """Write the types of an exception and its causes, and where each passed, without any value."""
        seen: BaseException | None = error
        lines = ["program.crashed"]
        while seen is not None and len(lines) < MOST_FRAMES:
            lines.append(f"  {type(seen).__module__}.{type(seen).__qualname__}")
            for frame in traceback.extract_tb(seen.__traceback__)[-MOST_FRAMES:]:
                lines.append(f"    {Path(frame.filename).name}:{frame.lineno} {frame.name}")
            seen = seen.__cause__ or (None if seen.__suppress_context__ else seen.__context__)
        self._write("\n".join(lines))

    def close(self) -> None:
        """Close the file."""
        self._handler.close()

    def _write(self, line: str) -> None:
        self._handler.handle(logging.LogRecord("avrr", logging.INFO, "", 0, line, None, None))


def catch_all(log: Log, tell: Callable[[], object]) -> None:
    """
    From now on log whatever nobody catches, in any thread, and *tell* the person once each time.

    Ctrl+C in a terminal still ends the program.
    """

    def caught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        log.crash(error)
        # Whoever started it in a terminal hears of it too; the message of an error may hold what was typed.
        if sys.stderr is not None:  # Windows gives a window without a terminal none
            with suppress(OSError):  # the terminal was closed; the person is told all the same
                sys.stderr.write(f"avrr-desktop: {kind.__name__}; the log says where\n")
        tell()

    def caught_in_thread(args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None:
            log.crash(args.exc_value)

    sys.excepthook = caught
    threading.excepthook = caught_in_thread


def _shape(value: str | int) -> str:
    text = str(value)
    return text if _ID.fullmatch(text) else "?"
