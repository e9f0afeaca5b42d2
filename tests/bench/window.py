"""The window: whole processes from start to paint against a bare PySide6 window, and what they hold in memory."""

from __future__ import annotations

import json
import os
import shutil
import statistics
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from measure import CASES, FEW, Ratio, compiled, in_turn, p95
from reference import Reference, reference

from avrr_desktop.app.paths import HOME_VARIABLE

SEEN = """
from PySide6.QtCore import QEvent, QObject, QTimer
def run():
    try:
        painted()
    except BaseException:
        import os, traceback
        traceback.print_exc()
        os._exit(1)  # the program's own hook would log it and go on
class Seen(QObject):
    done = False
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.UpdateRequest and not self.done:
            QTimer.singleShot(0, self, run)
        return False
seen = Seen()
window.installEventFilter(seen)
window.resize(1366, 768)
window.show()
app.exec()
"""
"""Calls `painted` when the window's first update has been drawn and handed to the screen."""

BARE = """
from PySide6.QtWidgets import QApplication, QMainWindow
app = QApplication([])
window = QMainWindow()
"""

OURS = """
import avrr_desktop.app.main
from avrr_desktop.app.window import open_shell
from avrr_desktop.app.wiring import wire
app, window = open_shell(wire())
"""

LOCKED = "window.begin()\n"
QUIET = "window._preload = lambda: None\n"
"""Measured before the rest is loaded in the background."""

ENTER = """
def enter():
    import json
    from avrr_desktop.keys.secret import Secret
    from avrr_desktop.services.unlocking import Unlocked
    with open({sheet!r}) as file:
        told = json.load(file)
    window.enter(Unlocked(Secret(bytes.fromhex(told["key"])), told["officer"], told["slot"]))
"""
"""Opens the office with the key in hand."""

END = """
def painted():
    import os
    os._exit(0)
"""

LIST = """
import time
def painted():
    global began
    if window.window_of_office is None:
        began = time.perf_counter()
        enter()
    else:
        seen.done = True
        {then}
"""
EXIT = "import os; os._exit(0)"
SINCE_KEY = """import os, sys
        print([(time.perf_counter() - began) * 1000])
        sys.stdout.flush()
        os._exit(0)"""
"""Prints milliseconds from the key in hand to the painted list."""
PSS = """import os, gc, sys
        gc.collect()
        with open("/proc/self/smaps_rollup") as file:
            print(next(line for line in file if line.startswith("Pss:")).split()[1])
        sys.stdout.flush()
        os._exit(0)"""


def run(code: str, home: str = "", platform: str = "offscreen") -> str:
    """Run *code* in a fresh Python and return what it said; RuntimeError with its errors when it failed."""
    environ = {**compiled(), "QT_QPA_PLATFORM": platform, HOME_VARIABLE: home}
    done = subprocess.run(
        [sys.executable, "-c", code], env=environ, capture_output=True, text=True, check=False, timeout=120
    )
    if done.returncode:
        raise RuntimeError(done.stderr[-2000:])
    return done.stdout


def opened(office: Reference, then: str = EXIT) -> str:
    """Return the code of a start that opens the office and does *then* when the list is painted."""
    return OURS + QUIET + LOCKED + ENTER.format(sheet=str(office.sheet)) + LIST.format(then=then) + SEEN


@contextmanager
def screens() -> Iterator[tuple[str, ...]]:
    """Give the platforms to measure on: offscreen, and xcb where an Xvfb can be started."""
    if shutil.which("Xvfb") is None:
        yield ("offscreen",)
        return
    read, write = os.pipe()
    words = ["Xvfb", "-displayfd", str(write), "-screen", "0", "1366x768x24", "-nolisten", "tcp"]
    server = subprocess.Popen(words, pass_fds=(write,), stderr=subprocess.DEVNULL)
    os.close(write)
    before = os.environ.get("DISPLAY")
    try:
        with os.fdopen(read) as told:
            os.environ["DISPLAY"] = f":{told.readline().strip()}"
        yield ("offscreen", "xcb")
    finally:
        server.terminate()
        server.wait()
        if before is None:
            del os.environ["DISPLAY"]
        else:
            os.environ["DISPLAY"] = before


def bench_start() -> list[Ratio]:
    """Start to the painted lock screen, and to the painted list."""
    empty, large = reference(0), reference(CASES)
    rows: list[Ratio] = []
    with screens() as platforms:
        for platform in platforms:

            def bare(platform: str = platform) -> object:
                return run(BARE + END + SEEN, platform=platform)

            def ours(code: str, office: Reference, platform: str = platform) -> Callable[[], object]:
                return lambda: run(code, str(office.home), platform)

            locked, window = in_turn(ours(OURS + LOCKED + END + SEEN, large), bare, 7, 1)
            rows.append(Ratio("start to painted lock screen / bare window", locked, window, 1.5, platform))
            listed, window = in_turn(ours(opened(large), large), bare, 7, 1)
            size = f"{CASES:,} cases, {platform}"
            rows.append(Ratio("start, key in hand, to painted list / bare window", listed, window, 2.5, size))
            unlocked = statistics.median(told(opened(large, SINCE_KEY), large, platform)[0] for _ in range(5))
            rows.append(Ratio("of this, key in hand to painted list / bare window", unlocked, window, 2.5, size))
        many, none = in_turn(ours(opened(large), large), ours(opened(empty), empty), 7, 1)
    rows.append(Ratio("the same, many cases / none", many, none, 1.15, f"{CASES:,} / 0 cases, {platforms[-1]}"))
    return rows


def bench_memory() -> list[Ratio]:
    """Memory that is ours alone or our share (PSS), in MiB."""
    if not os.path.exists("/proc/self/smaps_rollup"):
        return []
    large = reference(CASES)
    asked = {
        "bare": BARE + f"def painted():\n        {PSS}\n" + SEEN,
        "locked": OURS + QUIET + LOCKED + f"def painted():\n        {PSS}\n" + SEEN,
        "list": opened(large, PSS),
    }
    told: dict[str, list[float]] = {name: [] for name in asked}
    for _ in range(3):
        for name, code in asked.items():
            told[name].append(json.loads(run(code, str(large.home))) / 1024)
    bare, locked, listed = (statistics.median(told[name]) for name in ("bare", "locked", "list"))
    return [
        Ratio("memory, locked, nothing loaded ahead / bare window", locked, bare, 1.6, "PSS", "MiB"),
        Ratio("memory, the list painted / bare window", listed, bare, 1.9, f"PSS, {CASES:,} cases", "MiB"),
    ]


TYPING = """
        import os, sys
        from PySide6.QtTest import QTest
        screen = window.window_of_office.shown()
        box, drawn = screen.search.line_edit, []
        class Drawn(QObject):
            def eventFilter(self, watched, event):
                if event.type() == QEvent.Type.UpdateRequest:
                    drawn.append(1)
                return False
        watch = Drawn()
        window.installEventFilter(watch)
        times = []
        for word in ("horvath", "nguyen", "petrov", "41655", "haddad", "silva"):
            for key in [*word, *"\\b" * len(word)]:
                drawn.clear()
                began = time.perf_counter()
                QTest.keyClick(box, Qt.Key.Key_Backspace if key == "\\b" else key)
                while not drawn and time.perf_counter() - began < 2:
                    app.processEvents()
                times.append((time.perf_counter() - began) * 1000)
        print(times)
        sys.stdout.flush()
        os._exit(0)"""
"""Types names letter by letter and takes them away again; prints milliseconds from key to painted list."""

OPENING = """
        import os, sys
        shown = window.window_of_office
        times = []
        for case in cases:
            began = time.perf_counter()
            shown.room.go("case", case)
            app.processEvents()
            app.processEvents()
            times.append((time.perf_counter() - began) * 1000)
            shown.back()
            app.processEvents()
        print(times[2:])
        sys.stdout.flush()
        os._exit(0)"""
"""Opens the *cases* from the list; prints milliseconds to the painted case."""


def told(code: str, office: Reference, platform: str) -> list[float]:
    """Return the numbers a child prints."""
    return [float(number) for number in json.loads(run(code, str(office.home), platform))]


def bench_hands() -> list[Ratio]:
    """Keys typed and the same cases opened in a large office against a small one."""
    large, small = reference(CASES), reference(FEW)
    keys: dict[int, list[float]] = {CASES: [], FEW: []}
    cases: dict[int, list[float]] = {CASES: [], FEW: []}
    with screens() as platforms:
        platform = platforms[-1]
        for _ in range(3):
            for size, office in ((CASES, large), (FEW, small)):
                typing = opened(office, TYPING).replace("def painted", "from PySide6.QtCore import Qt\ndef painted", 1)
                keys[size] += told(typing, office, platform)
                cases[size] += told(f"cases = {list(large.cases[:14])}\n" + opened(office, OPENING), office, platform)
    size = f"{CASES:,} / {FEW:,} cases, {platform}"
    median = statistics.median
    return [
        Ratio("key to repaint, p95, large / small", p95(keys[CASES]), p95(keys[FEW]), 1.5, size),
        Ratio("open a case, large / small", median(cases[CASES]), median(cases[FEW]), 1.2, size),
    ]
