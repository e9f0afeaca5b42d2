"""Killed while rows come and go and answers of a completed interview are amended: nothing acknowledged is lost."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from avrr_desktop.domain.counselling import Amendment
from avrr_desktop.services.interviewing import RepeatShown, Sitting, Spot
from tests.interview_case import FREE, answer_all, begin, open_case, spot
from tests.journeys.nursery import told_before_the_kill
from tests.office import TestOffice, open_office, reopen

ROUNDS, DEEP_ROUNDS = 40, 400
MOST_ROWS = 4


@dataclass
class Told:
    """What a typist acknowledged."""

    rows: list[str] = field(default_factory=list)
    gone: set[str] = field(default_factory=set)
    names: dict[str, str] = field(default_factory=dict)
    amended: list[str] = field(default_factory=list)


def repeat(sitting: Sitting) -> RepeatShown:
    """Return the repeat of family members."""
    shown = [one for topic in sitting.topics() for one in sitting.repeats(topic.path)]
    return next(one for one in shown if one.spot.node.endswith("/relative"))


def set_up(office: TestOffice) -> tuple[str, str, str]:
    """Return case, an interview under way with a family, and a completed one."""
    case, person = open_case(office)
    done = begin(office, case, person)
    sitting = Sitting(office.desk, office.maya, case, done)
    answer_all(sitting, FREE)
    sitting.complete()
    draft = begin(office, case, person)
    sitting = Sitting(office.desk, office.maya, case, draft)
    sitting.answer(spot(sitting, "has_family"), "yes")
    return case, draft, done


def work_for_ever(path: Path, ids: tuple[str, str, str], number: int, tell: Callable[[str], None]) -> None:
    """Add a row, name it, amend the goal of the other interview, and take the oldest row away when there are many."""
    office = reopen(path, seed=f"round{number}.")
    case, draft, done = ids
    family = Sitting(office.desk, office.maya, case, draft)
    closed = Sitting(office.desk, office.maya, case, done)
    goal = spot(closed, "goal")
    place = repeat(family)
    name = f"{place.spot.node}/rel_name"
    for count in range(10**6):
        row = family.add_row(place.spot)
        tell(json.dumps(["row", row]))
        value = f"round {number} name {count}"
        family.answer(Spot(name, row), value)
        tell(json.dumps(["name", row, value]))
        value = f"round {number} goal {count}"
        closed.amend(goal, value, f"because of {value}")
        tell(json.dumps(["amended", value]))
        rows = repeat(family).rows
        if len(rows) > MOST_ROWS:
            family.remove_row(place.spot, rows[0])
            tell(json.dumps(["gone", rows[0]]))


def one_round(path: Path, ids: tuple[str, str, str], number: int, chance: random.Random) -> Told:
    """Return what a typist acknowledged before it was killed."""
    told = Told()
    for line in told_before_the_kill(lambda tell: work_for_ever(path, ids, number, tell), chance, 0.5):
        match json.loads(line):
            case ["row", row]:
                told.rows.append(row)
            case ["name", row, value]:
                told.names[row] = value
            case ["gone", row]:
                told.gone.add(row)
            case ["amended", value]:
                told.amended.append(value)
    return told


def hold(office: TestOffice, ids: tuple[str, str, str], told: Told) -> None:
    """Compare what was acknowledged with what is there; the very last act may be durable though nobody was told."""
    case, draft, done = ids
    family = Sitting(office.desk, office.maya, case, draft)
    place = repeat(family)
    assert not told.gone & set(place.rows), "a row that was taken away is back"
    kept = [row for row in told.rows if row not in told.gone]
    missing = [row for row in kept if row not in place.rows]
    assert missing in ([], kept[:1]), "a row is lost"
    for row, value in told.names.items():
        if row in place.rows:
            assert family.question(Spot(f"{place.spot.node}/rel_name", row)).value == value
    closed = Sitting(office.desk, office.maya, case, done)
    held = office.desk.find(Amendment, case, interview=done)
    reasons = [one.value.reason for one in held]
    assert [f"because of {value}" for value in told.amended] == [
        reason for reason in reasons if reason in {f"because of {value}" for value in told.amended}
    ], "an amendment is lost, or stands twice"
    # An amendment and its answer are one act: the newest reason speaks of the value that is there.
    assert not reasons or reasons[-1] == f"because of {closed.question(spot(closed, 'goal')).value}"


def test_no_row_and_no_amendment_is_lost(tmp_path: Path, deep: bool):
    chance = random.Random(20261125)
    office = open_office(tmp_path)
    ids = set_up(office)
    office.desk.store.close()
    amended = removed = 0
    for number in range(DEEP_ROUNDS if deep else ROUNDS):
        told = one_round(office.path, ids, number, chance)
        amended, removed = amended + len(told.amended), removed + len(told.gone)
        again = reopen(office.path, seed=f"check{number}.")
        hold(again, ids, told)
        if number % 10 == 9:
            assert again.desk.store.check().ok
            assert again.desk.store.differences() == ()
        again.desk.store.close()
    assert amended > 0
    assert removed > 0
