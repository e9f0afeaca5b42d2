"""
Walk through the main job in the program's own windows and leave pictures and papers.

Pictures of the whole window are taken at 1366x768; papers are saved as an officer would save them. Switches draw the
same walk in another theme, mirrored, with larger text, or with pseudo-translated words.
"""

from __future__ import annotations

import re
from argparse import Namespace
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QTranslator
from PySide6.QtTest import QTest

from avrr_desktop.app.hand import Hand
from avrr_desktop.app.invented import PEOPLE
from avrr_desktop.app.main_job import MainJob
from avrr_desktop.app.rehearsal_home import Rehearsal
from avrr_desktop.app.window import Shell, open_shell
from avrr_desktop.services import papers
from avrr_desktop.ui import theme
from avrr_desktop.ui.papers.view import PapersScreen

WIDTH, HEIGHT = 1366, 768
"""The screen of the laptop in the interview room. Source: DESIGN.md 6."""
NEWCOMER = replace(PEOPLE[0], family_name="Farkas", given_names="Ilona", family=())
"""Whose case is typed: the plan and flights of the first invented family, for one person."""
SETTLE_MS = 120
PAPER_MS = 30_000
"""The most a slow machine is given to draw a paper."""


class Pseudo(QTranslator):
    """Lengthens and accents every sentence of the window, so that a word nobody can translate stands out."""

    ACCENTS = str.maketrans("aeiouyAEIOUYcnszCNSZ", "àéîöûýÀÉÎÖÛÝçñšžÇÑŠŽ")

    def translate(self, _context: str, text: str, _note: str | None = None, _n: int = -1) -> str:
        """Return *text* a third longer; what is filled in later stays as it is."""
        parts = re.split(r"(\{[^}]*\}|%\w)", text)
        said = "".join(part if n % 2 else part.translate(self.ACCENTS) for n, part in enumerate(parts))
        return f"[{said}{'~' * (len(text) // 3)}]"

    def isEmpty(self) -> bool:
        """Tell Qt that there is something to ask."""
        return False


def walk(rehearsal: Rehearsal, asked: Namespace) -> list[Path]:
    """
    Walk, and return the files made: pictures in the order of the walk, then papers.

    Args:
        asked: Options of `demo`: output, theme, text_size, right_to_left, pseudo.
    """
    folder: Path = asked.output
    folder.mkdir(parents=True, exist_ok=True)
    app, shell = open_shell(rehearsal.wiring)
    pseudo = Pseudo(app)
    if asked.pseudo:
        app.installTranslator(pseudo)
    theme.apply(app, theme.Theme(asked.theme, asked.text_size / 100, rtl=asked.right_to_left))
    shell.resize(WIDTH, HEIGHT)
    camera = Camera(shell, folder)
    shell.begin()
    shell.show()
    camera.take("unlock")
    shell.enter(rehearsal.unlocked)
    camera.take("cases")
    _tour(shell, camera, rehearsal.cases[0])
    if not asked.pseudo:
        # The hands find controls by their English names.
        _type_main_job(shell, camera)
    made = [*camera.made, *_papers(shell, rehearsal.cases[0], folder)]
    shell.close()
    return made


class Camera:
    """Takes numbered pictures of a window."""

    def __init__(self, shell: Shell, folder: Path) -> None:
        self._shell = shell
        self._folder = folder
        self.made: list[Path] = []

    def take(self, name: str) -> None:
        """Take one picture when the window is at rest."""
        QTest.qWait(SETTLE_MS)
        path = self._folder / f"{len(self.made) + 1:02d}-{name}.png"
        self._shell.grab().save(str(path))
        self.made.append(path)


def _tour(shell: Shell, camera: Camera, case: str) -> None:
    """Show every screen once, with the first invented family."""
    window = shell.window_of_office
    assert window is not None
    for page in ("overview", "people", "enrolment", "interview", "plan", "travel", "history"):
        window.show_place("case", case, page)
        camera.take(f"case-{page}")
    window.show_place("papers", case)
    papers_screen = window.shown()
    assert isinstance(papers_screen, PapersScreen)
    # The page is drawn in the background.
    Hand(window).wait(lambda: not papers_screen.preview.view.image().isNull(), PAPER_MS)
    camera.take("papers")
    window.show_place("settings")
    camera.take("settings")
    window.show_place("cases")


def _type_main_job(shell: Shell, camera: Camera) -> None:
    """Type a new case from its referral to its journey."""
    window = shell.window_of_office
    assert window is not None
    MainJob(window, NEWCOMER, lambda name: camera.take(f"typed-{name}")).run()


def _papers(shell: Shell, case: str, folder: Path) -> list[Path]:
    """Save the papers of *case* in the languages there are."""
    session = shell.session
    assert session is not None
    desk, actor = session.sitting.desk, session.sitting.actor
    made = []
    for paper in papers.CASE_PAPERS:
        for language in papers.paper_languages(desk):
            done = papers.make_paper(desk, actor, case, paper, language=language)
            path = folder / f"{paper.value}-{language}.pdf"
            papers.save_paper(desk, actor, case, done, path)
            made.append(path)
    return made
