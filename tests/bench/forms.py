"""The interview: an answer on a long and a short form, the engine by itself, and the start of its two commands."""

from __future__ import annotations

import itertools
import os
import statistics
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from measure import Ratio, compiled, in_turn, samples
from PySide6.QtCore import qInstallMessageHandler
from PySide6.QtWidgets import QApplication
from reference import folder, reference

from avrr_desktop.app.paths import find_paths
from avrr_desktop.app.wiring import Session
from avrr_desktop.domain.casefile import Consent, ConsentState, Person, Purpose
from avrr_desktop.domain.counselling import Mode
from avrr_desktop.interview.convert import compile_markdown
from avrr_desktop.interview.model import RunningForm
from avrr_desktop.interview.xform import load
from avrr_desktop.services.desk import Desk, own_stream
from avrr_desktop.services.interviewing import PRE_DEPARTURE, begin_interview
from avrr_desktop.services.referring import NewReferral, new_referral
from avrr_desktop.ui import theme
from avrr_desktop.ui.interview.view import InterviewScreen
from avrr_desktop.ui.room import Room

LONG, MIDDLE, SHORT = 550, 200, 20
CHOICES = 5_000
PUBLIC = Path(__file__).parents[1] / "interview" / "public" / "xlsform_spec_test" / "form.xml"
"""A form that others published, of 51 binds."""
QUESTIONNAIRE = Path(__file__).parents[1] / "interview" / "public" / "iraq_questionnaire" / "form.xml"
"""A form that others published, of 343 binds in four languages."""
A_TOPIC = 40
"""Questions of a topic."""


def form_of(binds: int) -> str:
    """Write a form: topics of forty; one question in ten calculated, one conditional, the rest with a constraint."""
    columns = "type | name | label::English (en) | relevant | constraint | calculation | appearance"
    rows: list[tuple[str, ...]] = []
    for at in range(binds):
        page = at // A_TOPIC
        if at % A_TOPIC == 0:
            rows.append(("begin_group", f"page{page}", f"Page {page}", "", "", "", "field-list"))
        if at % 10 == 7:
            sum_of = " + ".join(f"string-length(${{q{at - back}}})" for back in (7, 6, 5))
            rows.append(("calculate", f"q{at}", "", "", "", sum_of, ""))
        elif at % 10 == 8:
            rows.append(("text", f"q{at}", f"Question {at}", f"${{q{at - 1}}} > 3", "", "", ""))
        else:
            rows.append(("text", f"q{at}", f"Question {at}", "", "string-length(.) < 200", "", ""))
        if at % A_TOPIC == A_TOPIC - 1 or at == binds - 1:
            rows.append(("end_group", "", "", "", "", "", ""))
    lines = ["| survey |", f"| | {columns} |", *("| | " + " | ".join(row) + " |" for row in rows)]
    settings = ["| settings |", "| | form_title | form_id | version | default_language |"]
    return "\n".join([*lines, *settings, f"| | Bench | {PRE_DEPARTURE} | 1 | English (en) |", ""])


def _answering(session: Session, binds: int) -> Callable[[], None]:
    """Open an interview on a form of so many binds; return the act of answering the question at hand."""
    forms = folder()
    (forms / PRE_DEPARTURE).mkdir()
    (forms / PRE_DEPARTURE / "form.md").write_text(form_of(binds), encoding="utf-8")
    held, actor = session.sitting.desk, session.sitting.actor
    desk = Desk(held.store, replace(held.resources, forms=forms), clock=held.clock)
    case = new_referral(desk, actor, NewReferral("Bench", "Answer", desk.clock(), desk.zone)).value
    person = desk.find(Person, case)[0].id
    with desk.work(actor) as work:
        stream, consent = own_stream(Consent, case), desk.new_id()
        work.put(stream, Consent, consent, person=person, purpose=Purpose.ASSISTANCE)
        work.put(stream, Consent, consent, state=ConsentState.GIVEN, on=desk.today(), language="en")
    begin_interview(desk, actor, case, person, language="en", place="Room", mode=Mode.OFFICE, interpreter=None)
    screen = InterviewScreen(Room(desk, actor))
    screen.resize(1366, 768)
    screen.show()
    screen.open(case)
    if screen.model is None or screen.model.state.now is None:
        raise RuntimeError("no question is shown")
    model, spot, count = screen.model, screen.model.state.now.spot, [0]

    def answer() -> None:
        count[0] += 1
        screen._do(lambda _model: model.answer(spot, f"answer {count[0]}"))
        QApplication.processEvents()

    return answer


def bench_answer() -> list[Ratio]:
    """From an answer given to the drawn page, durable in between."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = QApplication.instance() or QApplication([])
    qInstallMessageHandler(lambda *_: None)  # the offscreen platform says what it does not support
    theme.start(app, find_paths().resources, theme.Theme())
    session = reference(0).open()
    try:
        long, short = _answering(session, LONG), _answering(session, SHORT)
        ours, theirs = samples(long, short, 40, 4)
    finally:
        session.close()
    size = f"{LONG} binds / {SHORT} questions"
    return [
        Ratio("answer to repaint, long form / short form", statistics.median(ours), statistics.median(theirs), 2, size)
    ]


def _running(markdown: str) -> RunningForm:
    """Open a form of ours without a store."""
    return _open(compile_markdown(markdown, name="bench").xform_xml)


def _open(xform: str) -> RunningForm:
    """Open an XForm without a store."""
    ids = itertools.count(1)
    return RunningForm(
        load(xform),
        now=lambda: datetime(2026, 11, 24, 12, tzinfo=UTC),
        zone=UTC,
        ids=lambda: f"r{next(ids)}",
    )


def _answered(form: RunningForm) -> Callable[[], None]:
    """Return the act of changing the first question of a form made by `form_of`."""
    count = itertools.count(1)
    return lambda: _drop(form.answer("/data/page0/q0", f"answer {next(count)}"))


def _drop(_done: object) -> None:
    """Let go of what a verb returns."""


def bench_passes() -> list[Ratio]:
    """All of a form computed anew, against one answer in it; then an answer on a long and on a short form."""
    middle, long, short = (_running(form_of(binds)) for binds in (MIDDLE, LONG, SHORT))
    told = []
    for form, binds in ((middle, MIDDLE), (long, LONG)):
        every, one = in_turn(lambda form=form: form._passes.run(everything=True), _answered(form), rounds=60)
        told.append(Ratio("all recomputed / one answer, engine alone", every, one, None, f"{binds} questions"))
    published = _open(QUESTIONNAIRE.read_text(encoding="utf-8"))
    root, count = published.definition.form_id, itertools.count(1)
    many, few = in_turn(
        lambda: _drop(published.answer(f"/{root}/B/B02", f"answer {next(count)}")), _answered(short), rounds=200
    )
    told.append(Ratio("answer, published form / short form, engine alone", many, few, 2, f"343 / {SHORT} questions"))
    many, few = in_turn(_answered(long), _answered(short), rounds=200)
    told.append(Ratio("answer, long form / short form, engine alone", many, few, 2, f"{LONG} / {SHORT} questions"))
    return told


def bench_filter() -> Ratio:
    """A list of 5,000 choices cut down to the fifty of a state, against a comprehension over the same rows."""
    rows = [(f"c{number}", f"City {number}", f"s{number % 100}") for number in range(CHOICES)]
    survey = ["| survey |", "| | type | name | label | choice_filter |", "| | text | state | State | |"]
    survey.append("| | select_one city | city | City | state = ${state} |")
    choices = [
        "| choices |",
        "| | list_name | name | label | state |",
        *("| | city | " + " | ".join(r) + " |" for r in rows),
    ]
    settings = ["| settings |", "| | form_id | form_title | version |", "| | cities | Cities | 1 |"]
    form = _running("\n".join([*survey, *choices, *settings]))
    form.answer("/data/state", "s77")
    if len(form.choices("/data/city")) != CHOICES // 100:
        raise RuntimeError("the list is not filtered")
    ours, bare = in_turn(lambda: form.choices("/data/city"), lambda: [row for row in rows if row[2] == "s77"])
    return Ratio("choices of a filtered list / bare comprehension", ours, bare, None, f"{CHOICES} rows")


def bench_start() -> list[Ratio]:
    """Start `form evaluate` and `form play`, answer one line, end; the played form is a published one."""

    def run(given: str, wanted: str, *words: str) -> Callable[[], None]:
        def once() -> None:
            done = subprocess.run(words, input=given, env=compiled(), capture_output=True, text=True, check=True)
            if wanted not in done.stdout:
                raise RuntimeError(done.stdout)

        return once

    program = (sys.executable, "-m", "avrr_desktop", "form")
    bare = run("", "", sys.executable, "-c", "")
    expression = run('{"id": 1, "expression": "1 + 1"}\n', '"value": 2', *program, "evaluate")
    played = run('{"step": "next"}\n', "skip_to_end", *program, "play", str(PUBLIC))
    told = []
    for part, ours in (("evaluate", expression), ("play", played)):
        mine, theirs = in_turn(ours, bare)
        told.append(Ratio(f"start of `form {part}` / bare Python", mine, theirs, 6, "whole process"))
    return told
