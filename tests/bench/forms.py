"""The interview: an answer on a long and a short form, and the start of the expression engine alone."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace

from measure import Ratio, compiled, in_turn, samples
from PySide6.QtCore import qInstallMessageHandler
from PySide6.QtWidgets import QApplication
from reference import folder, reference

from avrr_desktop.app.paths import find_paths
from avrr_desktop.app.wiring import Session
from avrr_desktop.domain.casefile import Consent, ConsentState, Person, Purpose
from avrr_desktop.domain.counselling import Mode
from avrr_desktop.services.desk import Desk, own_stream
from avrr_desktop.services.interviewing import PRE_DEPARTURE, begin_interview
from avrr_desktop.services.referring import NewReferral, new_referral
from avrr_desktop.ui import theme
from avrr_desktop.ui.interview.view import InterviewScreen
from avrr_desktop.ui.room import Room

LONG, SHORT = 550, 20
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


def bench_evaluate() -> Ratio:
    """Start `form evaluate`, answer one expression, end."""
    line = '{"id": 1, "expression": "1 + 1"}\n'

    def run(*words: str) -> Callable[[], None]:
        def once() -> None:
            done = subprocess.run(words, input=line, env=compiled(), capture_output=True, text=True, check=True)
            if words[-1] == "evaluate" and '"value": 2' not in done.stdout:
                raise RuntimeError(done.stdout)

        return once

    ours, bare = in_turn(run(sys.executable, "-m", "avrr_desktop", "form", "evaluate"), run(sys.executable, "-c", ""))
    return Ratio("start of `form evaluate` / bare Python", ours, bare, 6, "whole process")
