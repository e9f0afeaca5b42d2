"""
The real window killed while answers are typed: whatever the screen called saved is there afterwards.

`typist.py` types with key events into the interview screen and tells each answer once the screen says that it is saved;
it is killed with SIGKILL at a random moment, in every fifth round also while the window is only being opened.
"""

from __future__ import annotations

import json
import os
import queue
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from avrr_desktop.app.paths import HOME_VARIABLE
from avrr_desktop.app.rehearsal_home import CHEAP
from avrr_desktop.app.wiring import Wiring, wire
from avrr_desktop.domain.casefile import ConsentState, Purpose
from avrr_desktop.domain.counselling import Mode
from avrr_desktop.services import beginning, consenting, interviewing, people, referring
from avrr_desktop.services.beginning import Beginning
from avrr_desktop.services.interviewing import Sitting, Spot
from avrr_desktop.services.unlocking import Unlocked

ROUNDS, DEEP_ROUNDS = 20, 1000
PATIENCE_S = 60
LONGEST_TYPING_S = 1.2
"""Some ten answers, and the sealing of a page or two."""
LONGEST_START_S = 1.0
FACTS = Beginning("Toronto", "TOR", "America/Toronto", ("en", "fr"), "Maya Tremblay", rehearsal=True)

Told = dict[Spot, str]


@dataclass(frozen=True)
class Kept:
    """An office with one interview that has begun, closed."""

    wiring: Wiring
    unlocked: Unlocked
    case: str
    interview: str


@dataclass
class Nursery:
    """The process that forks typists, and the lines it has not been asked for yet."""

    process: subprocess.Popen[bytes]
    lines: queue.Queue[list[str]] = field(default_factory=queue.Queue)

    def __post_init__(self) -> None:
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        for line in self.process.stdout:
            self.lines.put(line.decode().rstrip("\n").split("\t"))
        self.lines.put(["gone"])

    def write(self, text: str) -> None:
        self.process.stdin.write(text.encode() + b"\n")
        self.process.stdin.flush()


def begin_office(home: Path) -> Kept:
    """Set up an office as the first run does, and bring a case to its interview."""
    wiring = wire({HOME_VARIABLE: str(home)})
    wiring = replace(wiring, lock=replace(wiring.lock, use_keyring=False, cost=CHEAP))
    begun = beginning.begin(wiring.lock, FACTS, "nobody here is real")
    beginning.finish(wiring.lock, FACTS, begun)
    session = wiring.open(begun.unlocked)
    desk, actor = session.sitting.desk, session.sitting.actor
    new = referring.NewReferral("Horváth", "Lászlóné", desk.clock(), "America/Toronto")
    case = referring.new_referral(desk, actor, new).value
    person = people.people(desk, actor, case)[0].id
    consenting.record_consents(
        desk,
        actor,
        case,
        person,
        {Purpose.ASSISTANCE: ConsentState.GIVEN},
        on=desk.today(),
        language="hu",
        interpreter=None,
    )
    interview = interviewing.begin_interview(
        desk, actor, case, person, language="fr", place="Room 2", mode=Mode.OFFICE, interpreter=None
    ).value
    session.close()
    return Kept(wiring, begun.unlocked, case, interview)


@pytest.fixture
def kept(tmp_path: Path) -> Kept:
    return begin_office(tmp_path / "home")


@pytest.fixture
def nursery(tmp_path: Path, kept: Kept, screen: str) -> Iterator[Nursery]:
    env = {
        **os.environ,
        "DISPLAY": screen,
        "QT_QPA_PLATFORM": "xcb",
        "HOME": str(tmp_path),
        HOME_VARIABLE: str(tmp_path / "home"),
        "DBUS_SESSION_BUS_ADDRESS": "unix:path=/nonexistent",
    }
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.journeys.typist"],
        env=env,
        cwd=Path(__file__).parents[2],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    made = Nursery(process)
    key = kept.unlocked
    made.write(json.dumps([key.key.reveal().hex(), key.officer, key.slot, kept.case]))
    yield made
    process.stdin.close()
    process.wait(PATIENCE_S)
    process.stdout.close()


def one_round(nursery: Nursery, number: int, chance: random.Random) -> Told:
    """Let a typist begin, kill it, and return the last value it told of each question."""
    told: Told = {}
    child, dies_at = 0, 0.0
    is_early = number % 5 == 4
    nursery.write(str(number))
    while True:
        try:
            wait = max(0.0, dies_at - time.monotonic()) if dies_at else PATIENCE_S
            line = nursery.lines.get(timeout=wait)
        except queue.Empty:
            assert dies_at, "the typist said nothing"
            os.kill(child, signal.SIGKILL)
            dies_at = time.monotonic() + PATIENCE_S
            continue
        match line:
            case ["born", pid]:
                child = int(pid)
                dies_at = time.monotonic() + chance.uniform(0, LONGEST_START_S) if is_early else dies_at
            case ["told", node, rep, value]:
                told[Spot(node, rep)] = value
                dies_at = dies_at or time.monotonic() + chance.uniform(0, LONGEST_TYPING_S)
            case ["ended", status]:
                assert os.WIFSIGNALED(int(status)), "the typist ended by itself"
                return told
            case _:
                raise AssertionError(line)


def number_of(value: str) -> int:
    """Return the count inside a typed answer."""
    return int(value.rpartition(" ")[2])


def holds(held: str, told: str) -> bool:
    """Tell whether an answer is the one told, or one typed after it that nobody was told of any more."""
    if held == told:
        return True
    typed = told.rpartition(" ")[0]
    return typed.endswith(" answer") and held.startswith(f"{typed} ") and number_of(held) > number_of(told)


@pytest.mark.window
def test_nothing_the_screen_called_saved_is_lost(kept: Kept, nursery: Nursery, deep: bool):
    chance = random.Random(20261124)
    told_before: Told = {}
    answers = 0
    for number in range(DEEP_ROUNDS if deep else ROUNDS):
        told = one_round(nursery, number, chance)
        answers += len(told)
        session = kept.wiring.open(kept.unlocked)
        desk, actor = session.sitting.desk, session.sitting.actor
        assert not desk.store.was_clean or not told
        sitting = Sitting(desk, actor, kept.case, kept.interview)
        for spot, value in told.items():
            held = sitting.question(spot).value
            assert holds(held, value), f"round {number}, {spot}: {value!r} was saved, {held!r} is there"
        for spot in told_before.keys() - told.keys():
            # An answer of an earlier round is there, or one of this round over it.
            held = sitting.question(spot).value
            assert held == told_before[spot] or held.startswith(f"round {number} answer "), (number, spot, held)
        told_before = {spot: sitting.question(spot).value for spot in told_before | told}
        assert desk.store.check().ok
        assert desk.store.differences() == ()
        session.close()
    # On a slow machine a round has one answer at least, but for those that are killed early.
    assert answers >= ROUNDS // 2
    assert len(told_before) > 5
    assert any("answer" in value for value in told_before.values())
