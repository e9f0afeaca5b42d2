"""
The real program in a real window, typed with the keyboard only: from first run to the saved plan, closed, opened again.

Xvfb, a small window manager and a home of its own; see `program.py` for what is typed.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pypdfium2
import pytest

from tests.journeys.test_canaries import spellings


def run(verb: str, folder: Path, display: str) -> dict[str, object]:
    """Run the program once and return what it told."""
    env = {
        **os.environ,
        "DISPLAY": display,
        "QT_QPA_PLATFORM": "xcb",
        "HOME": str(folder),
        "AVRR_DESKTOP_HOME": str(folder / "home"),
        "DBUS_SESSION_BUS_ADDRESS": "unix:path=/nonexistent",
    }
    done = subprocess.run(
        [sys.executable, "-m", "tests.journeys.program", verb, str(folder)],
        env=env,
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return json.loads(done.stdout.splitlines()[-1])


SAVED = {"plan.pdf", "sheet.pdf", "scan.png", "last.png"}
"""Files a person saved on purpose."""
TYPED = ("Farkas", "Miskolc", "shops of Miskolc", "Two extra pieces", "seven quiet lamps")


def readable(home: Path) -> list[str]:
    """Return every file, saved ones apart, in which something typed lies readable."""
    found = []
    for path in home.rglob("*"):
        if path.is_file() and path.name not in SAVED:
            data = path.read_bytes()
            found += [
                f"{path.name}: {word}" for word in TYPED if any(s in data for s in spellings(word) if len(s) >= 6)
            ]
    return found


@pytest.mark.window
def test_a_case_typed_from_first_run_to_the_plan_is_there_after_a_restart(tmp_path: Path, screen: str):
    typed = run("live", tmp_path, screen)
    assert typed["typed"] > 500
    paper = pypdfium2.PdfDocument(tmp_path / "plan.pdf")
    text = "".join(paper[n].get_textpage().get_text_range() for n in range(len(paper)))
    paper.close()
    for word in ("Ilona Farkas", "Miskolc", "Two extra pieces, 23 kg each", "REHEARSAL"):
        assert word in " ".join(text.split()), word
    assert readable(tmp_path) == []
    told = run("again", tmp_path, screen)
    assert readable(tmp_path) == []
    assert told == {
        "title": "Ilona Farkas",
        "stage": "plan_agreed",
        "born": "1992-02-14",
        "goal": "To sew for the shops of Miskolc and to have both children in school by autumn.",
        "lines": [["Two extra pieces, 23 kg each", 15000], ["Van from the airport to the village", 8400]],
        "signed": True,
        "flights": ["AC874", "LH1336"],
        "officers": ["Maya Tremblay"],
        "whole": True,
    }
