"""
Killed while answers are typed: every acknowledged answer is there, the checks are clean, rebuild equals projection.

The typist holds the same services and store as the window, and tells a line after each verb that returned.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from avrr_desktop.domain.casefile import ConsentState, Purpose
from avrr_desktop.domain.counselling import Mode
from avrr_desktop.services import consenting, interviewing, people, referring
from avrr_desktop.services.interviewing import Sitting, Spot
from tests.journeys.nursery import told_before_the_kill
from tests.office import TestOffice, check_signature, open_office, reopen

ROUNDS, DEEP_ROUNDS = 200, 1000
NODES = ("info_words", "free_idea", "free_say_no", "goal")


def begin(office: TestOffice) -> tuple[str, str]:
    """Bring a case to its interview; return case and interview."""
    received = datetime(2026, 11, 24, 13, 0, tzinfo=UTC)
    case = referring.new_referral(
        office.desk, office.maya, referring.NewReferral("Horváth", "Lászlóné", received, "America/Toronto")
    ).value
    person = people.people(office.desk, office.maya, case)[0].id
    consenting.record_consents(
        office.desk,
        office.maya,
        case,
        person,
        {Purpose.ASSISTANCE: ConsentState.GIVEN},
        on=office.desk.today(),
        language="hu",
        interpreter=None,
    )
    interview = interviewing.begin_interview(
        office.desk, office.maya, case, person, language="en", place="Room 2", mode=Mode.OFFICE, interpreter=None
    ).value
    return case, interview


def spots(sitting: Sitting) -> list[Spot]:
    """Return the long-text questions that are always asked."""
    found = [q.spot for topic in sitting.topics() for q in sitting.questions(topic.path)]
    return [spot for spot in found if spot.node.rpartition("/")[2] in NODES]


def type_for_ever(path: Path, case: str, interview: str, number: int, tell: Callable[[str], None]) -> None:
    """Answer until killed, telling each answer only when its verb has returned."""
    office = reopen(path, seed=f"round{number}")
    sitting = Sitting(office.desk, office.maya, case, interview)
    places = spots(sitting)
    for count in range(10**6):
        spot = places[count % len(places)]
        value = f"round {number} answer {count}"
        sitting.answer(spot, value)
        tell(f"{spot.node}\t{value}")
        if count % 7 == 6:
            sitting.leave_page()


def one_round(path: Path, case: str, interview: str, number: int, chance: random.Random) -> dict[str, str]:
    """Return what a typist acknowledged before it was killed: the last value of each question."""
    lines = told_before_the_kill(lambda tell: type_for_ever(path, case, interview, number, tell), chance)
    return dict(line.split("\t") for line in lines)


def number_of(value: str) -> int:
    """Return the count inside an answer."""
    return int(value.rpartition(" ")[2])


def test_no_acknowledged_answer_is_lost(tmp_path: Path, deep: bool):
    chance = random.Random(20261124)
    office = open_office(tmp_path)
    case, interview = begin(office)
    office.desk.store.close()
    told_in_all = 0
    for number in range(DEEP_ROUNDS if deep else ROUNDS):
        told = one_round(office.path, case, interview, number, chance)
        told_in_all += len(told)
        again = reopen(office.path, seed=f"check{number}")
        store = again.desk.store
        assert not store.was_clean
        sitting = Sitting(again.desk, again.maya, case, interview)
        for node, value in told.items():
            held = sitting.question(Spot(node)).value
            same_round = held.startswith(f"round {number} ")
            # The very last answer may be durable although nobody was told any more.
            assert same_round, f"{node}: {value} was acknowledged, {held} is there"
            assert number_of(held) >= number_of(value), f"{node}: {value} was acknowledged, {held} is there"
        if number % 10 == 0:
            assert store.check().ok
            assert store.differences() == ()
            shown = store.digest()
            store.rebuild()
            assert store.digest() == shown
        store.close()
    final = reopen(office.path, seed="final")
    for stream in (f"{case}/couns", f"{case}/core"):
        commits = final.desk.store.commits(stream)
        assert commits
        assert len({(c.header.writer, c.header.n) for c in commits}) == len(commits), "a dot was used twice"
        for commit in commits:
            assert check_signature(commit.header.device, b"commit-v1\x00" + commit.header_bytes, commit.signature)
    final.desk.store.close()
    assert told_in_all >= ROUNDS
