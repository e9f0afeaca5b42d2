"""What happened, by field; what stood at an instant."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from store_laptop import CASE, CORE, IDRIS, LEGAL, MAYA, PERSON, Laptop, check, closing

from avrr_desktop.domain.casefile import Person
from avrr_desktop.domain.legal import Referral


@pytest.fixture
def laptop(tmp_path: Path):
    made = Laptop(tmp_path)
    with closing(made):
        yield made


def test_every_change_is_told_by_field_newest_first(laptop):
    laptop.put(Person, PERSON, family_name="Hussein", given_names="Amal")
    laptop.store.seal_all()
    laptop.now += timedelta(hours=1)
    laptop.put(Person, PERSON, family_name="Husain", officer=IDRIS)
    laptop.put(Person, PERSON, birth_place="Basra", officer=IDRIS)
    lines = laptop.store.history([CORE])
    assert [(x.officer, x.field, x.before, x.after, x.sealed) for x in lines] == [
        (IDRIS, "family_name", "Hussein", "Husain", False),
        (IDRIS, "birth_place", None, "Basra", False),
        (MAYA, "family_name", None, "Hussein", True),
        (MAYA, "given_names", None, "Amal", True),
    ]
    assert lines[0].cid is None
    (commit,) = [c for c in laptop.store.commits() if c.cid == lines[2].cid]
    assert lines[2].device == commit.header.device == laptop.device
    assert lines[0].at - lines[2].at > timedelta(minutes=59)


def test_only_the_streams_that_are_asked_for_are_told(laptop):
    laptop.put(Person, PERSON, family_name="Hussein")
    laptop.put(Referral, CASE, stream=LEGAL, sender_unit="Pearson")
    assert {line.stream for line in laptop.store.history([LEGAL])} == {LEGAL}
    assert len(laptop.store.history([CORE, LEGAL])) == 2
    assert laptop.store.history(["nobody/core"]) == []


def test_the_trash_is_told(laptop):
    laptop.put(Person, PERSON, family_name="Hussein")
    with laptop.store.work(MAYA) as work:
        work.remove(CORE, Person, PERSON)
    line = next(x for x in laptop.store.history([CORE]) if x.register == "_del")
    assert (line.field, line.before, line.after) == ("deleted", None, True)


def test_an_erased_value_is_told_as_erased(laptop):
    laptop.put(Person, PERSON, family_name="Hussein")
    with laptop.store.work(MAYA) as work:
        work.erase(CORE, Person, PERSON)
    (line,) = laptop.store.history([CORE])
    assert (line.before, line.after, line.kind) == (None, "erased", "person")


def test_both_sides_of_a_conflict_are_in_the_history(tmp_path):
    a, b = Laptop(tmp_path, "a"), Laptop(tmp_path, "b")
    with closing(a, b):
        a.put(Person, PERSON, family_name="Husain")
        b.put(Person, PERSON, family_name="Hussain")
        a.store.apply(b.store.commits(), check)
        assert {x.after for x in a.store.history([CORE])} == {"Husain", "Hussain"}


def test_as_of_gives_what_stood_then(laptop):
    start = laptop.now
    laptop.put(Person, PERSON, family_name="Hussein", given_names="Amal")
    laptop.store.seal_all()
    first = laptop.clock()
    laptop.now += timedelta(days=1)
    laptop.put(Person, PERSON, family_name="Husain")
    laptop.store.seal_all()
    second = laptop.clock()
    laptop.now += timedelta(days=1)
    with laptop.store.work(MAYA) as work:
        work.remove(CORE, Person, PERSON)
    key = ("person", PERSON)
    assert laptop.store.as_of(CORE, start) == {}
    assert laptop.store.as_of(CORE, first) == {key: {"family_name": "Hussein", "given_names": "Amal"}}
    assert laptop.store.as_of(CORE, second) == {key: {"family_name": "Husain", "given_names": "Amal"}}
    assert laptop.store.as_of(CORE, laptop.clock()) == {}
