"""The rehearsal office is what the demonstration promises, and the walk leaves its papers and pictures."""

from __future__ import annotations

import os
import subprocess
import sys
import unicodedata
from collections import Counter
from pathlib import Path

import pytest

from avrr_desktop.app.demo import has_screen
from avrr_desktop.app.invented import PEOPLE
from avrr_desktop.app.rehearsal_home import set_up_rehearsal
from avrr_desktop.app.wiring import Session
from avrr_desktop.domain.fields import Paper
from avrr_desktop.domain.stages import Stage
from avrr_desktop.services import casework, history, papers

SCRIPTS = ("LATIN", "ARABIC", "CYRILLIC", "GEORGIAN", "ETHIOPIC", "CJK")


@pytest.fixture(scope="module")
def rehearsal(tmp_path_factory):
    return set_up_rehearsal(tmp_path_factory.mktemp("rehearsal"))


@pytest.fixture(scope="module")
def session(rehearsal):
    opened: Session = rehearsal.wiring.open(rehearsal.unlocked)
    yield opened
    opened.close()


def test_forty_cases_and_more_stand_at_every_stage(rehearsal, session):
    desk, actor = session.sitting.desk, session.sitting.actor
    stages = Counter(casework.open_case(desk, actor, case).stage for case in rehearsal.cases)
    assert len(rehearsal.cases) >= 40
    assert set(stages) == set(Stage)


def test_all_three_kinds_and_every_script_are_there():
    assert {person.return_kind for person in PEOPLE} == {"general", "tailored", "stranded"}
    names = "".join(person.family_name + person.script_name for person in PEOPLE)
    found = {script for letter in names for script in SCRIPTS if unicodedata.name(letter, "").startswith(script)}
    assert found == set(SCRIPTS)


def test_a_history_reads_as_if_it_had_been_lived(rehearsal, session):
    desk, actor = session.sitting.desk, session.sitting.actor
    for case in rehearsal.cases[:10]:
        changes = history.changes_of(desk, actor, case)
        assert changes
        assert [c.at for c in changes] == sorted((c.at for c in changes), reverse=True)
        view = casework.open_case(desk, actor, case)
        days = [stop.on for stop in view.rail if stop.on is not None]
        assert days == sorted(days)
        assert max(c.at for c in changes) <= desk.clock()


def test_the_office_is_marked_and_so_is_every_page(rehearsal, session):
    import pypdfium2

    desk, actor = session.sitting.desk, session.sitting.actor
    assert desk.office().rehearsal
    for paper in (Paper.PLAN, Paper.ITINERARY, Paper.DECLARATION):
        for language in papers.paper_languages(desk):
            document = pypdfium2.PdfDocument(
                papers.make_paper(desk, actor, rehearsal.cases[0], paper, language=language).pdf
            )
            for number in range(len(document)):
                assert "REHEARSAL" in document[number].get_textpage().get_text_range()
            document.close()


def test_the_store_of_the_rehearsal_is_whole(session):
    store = session.sitting.desk.store
    assert store.check().ok
    before = store.digest()
    store.rebuild()
    assert store.digest() == before


@pytest.mark.parametrize(
    ("environ", "platform", "expected"),
    [
        ({}, "linux", False),
        ({"DISPLAY": ":0"}, "linux", True),
        ({"WAYLAND_DISPLAY": "w"}, "linux", True),
        ({}, "darwin", True),
    ],
)
def test_a_screen_is_looked_for_where_the_system_tells(environ, platform, expected):
    assert has_screen(environ, platform) is expected


def test_without_a_screen_the_demonstration_says_so_and_leaves_papers_and_pictures(tmp_path: Path):
    env = {k: v for k, v in os.environ.items() if k not in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")}
    done = subprocess.run(
        [sys.executable, "-m", "avrr_desktop", "demo", "--output", str(tmp_path)],
        env=env,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "No screen was found" in done.stdout
    made = {path.name for path in tmp_path.iterdir()}
    assert {"plan-en.pdf", "plan-fr.pdf", "itinerary-en.pdf", "declaration-en.pdf"} <= made
    for step in ("unlock", "cases", "papers", "typed-interview", "typed-plan-signed", "typed-travel"):
        assert any(name.endswith(f"-{step}.png") for name in made), step
