"""The one door: what a work writes, that it is durable, and that nothing else writes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
import sqlalchemy
import sqlcipher3.dbapi2 as sqlcipher
from sqlmodel import Session
from store_laptop import CASE, CORE, COUNS, IDRIS, KEY, LEGAL, MAYA, PERSON, Laptop, closing, shown

from avrr_desktop.domain.casefile import Case, Person, SafeToCall
from avrr_desktop.domain.counselling import Answer
from avrr_desktop.domain.failures import BadValue
from avrr_desktop.domain.legal import Referral
from avrr_desktop.domain.sections import Section
from avrr_desktop.domain.stages import Standing
from avrr_desktop.store.door import Misplaced
from avrr_desktop.store.file import connect
from avrr_desktop.store.schema import GUARDED, OUTSIDE
from avrr_desktop.store.summary import SUMMARY_TABLES
from avrr_desktop.store.tables import row_class, typed_tables
from avrr_desktop.store.transacting import NestedWork


@pytest.fixture
def laptop(tmp_path: Path):
    made = Laptop(tmp_path)
    with closing(made):
        yield made


def break_off(laptop: Laptop, act) -> None:
    """Do something in a work that then raises."""
    with laptop.store.work(MAYA) as work:
        act(work)
        raise KeyError


def test_a_value_is_read_back_as_the_domain_gave_it(laptop):
    laptop.put(Person, PERSON, family_name="Hussein", travels=True, safe_to_call=SafeToCall.NO)
    held = laptop.store.get(Person, PERSON, stream=CORE)
    assert held == Person(family_name="Hussein", travels=True, safe_to_call=SafeToCall.NO)
    assert held.travels is True
    assert held.safe_to_call is SafeToCall.NO


def test_fields_of_one_register_that_are_not_named_stay(laptop):
    laptop.put(Person, PERSON, family_name="Hussein", given_names="Amal")
    laptop.put(Person, PERSON, family_name="Husain")
    assert laptop.rows("SELECT value FROM open_op WHERE register = 'name'") == [
        ('{"family_name":"Husain","given_names":"Amal"}',)
    ]
    assert laptop.store.get(Person, PERSON, stream=CORE).given_names == "Amal"


def test_null_is_a_value(laptop):
    laptop.put(Person, PERSON, family_name="Hussein")
    laptop.store.seal_all()
    laptop.put(Person, PERSON, family_name=None)
    assert laptop.store.get(Person, PERSON, stream=CORE).family_name is None
    laptop.store.seal_all()
    assert laptop.rows("SELECT value FROM register WHERE name = 'name'") == [('{"family_name":null}',)]


def test_what_is_equal_to_the_shown_value_is_not_written(laptop):
    laptop.put(Person, PERSON, family_name="Hussein")
    laptop.store.seal_all()
    with laptop.store.work(MAYA) as work:
        work.put(CORE, Person, PERSON, family_name="Hussein", phone=None)
        assert not work.changes
        assert work.before == ()
    assert laptop.rows("SELECT * FROM open_commit") == []


def test_a_value_that_does_not_fit_is_refused_and_nothing_of_the_call_is_written(laptop):
    with pytest.raises(BadValue) as refused, laptop.store.work(MAYA) as work:
        work.put(CORE, Person, PERSON, given_names="Amal", family_name="two\nlines")
    assert refused.value.params["field"] == "family_name"
    assert laptop.store.get(Person, PERSON, stream=CORE) is None


def test_a_work_that_raises_did_not_happen(laptop):
    laptop.put(Person, PERSON, family_name="Hussein")
    before = shown(laptop)
    with pytest.raises(KeyError):
        break_off(laptop, lambda work: (work.put(CORE, Person, PERSON, family_name="Other"), work.seal_all()))
    assert shown(laptop) == before
    assert laptop.rows("SELECT count(*) FROM sealed") == [(0,)]
    assert laptop.rows("SELECT count(*) FROM guard") == [(0,)]
    laptop.put(Person, PERSON, family_name="Third")
    assert laptop.store.get(Person, PERSON, stream=CORE).family_name == "Third"


def test_a_work_sees_its_own_values_and_others_see_them_when_it_ends(laptop):
    with laptop.store.work(MAYA) as work:
        work.put(CORE, Person, PERSON, family_name="Hussein")
        assert laptop.store.get(Person, PERSON, stream=CORE).family_name == "Hussein"
        assert [f.id for f in laptop.store.find(Person, case=CASE, family_name="Hussein")] == [PERSON]
        assert laptop.rows("SELECT * FROM person") == []
    assert len(laptop.rows("SELECT * FROM person")) == 1


def test_works_are_not_nested(laptop):
    with laptop.store.work(MAYA), pytest.raises(NestedWork), laptop.store.work(MAYA):
        pass


def test_a_kind_is_refused_in_a_section_that_is_not_its_own(laptop):
    with pytest.raises(Misplaced), laptop.store.work(MAYA) as work:
        work.put(LEGAL, Person, PERSON, family_name="Hussein")


def test_changes_name_kinds_cases_and_entities(laptop):
    with laptop.store.work(MAYA) as work:
        work.put(CORE, Person, PERSON, family_name="Hussein")
        work.put(LEGAL, Referral, CASE, sender_unit="Pearson")
    assert work.changes.kinds == {"person", "referral"}
    assert work.changes.cases == {CASE}
    assert work.changes.entities == {PERSON, CASE}


def test_before_gives_what_stood_before_the_work_with_every_field_of_the_register(laptop):
    laptop.put(Person, PERSON, family_name="Hussein")
    with laptop.store.work(MAYA) as work:
        work.put(CORE, Person, PERSON, family_name="Husain", given_names="Amal")
        work.put(CORE, Person, PERSON, family_name="Third", phone="123456")
        work.put(CORE, Person, "q" * 26, family_name="New")
        work.remove(CORE, Person, PERSON)
    assert [(b.entity[0], b.register, b.fields) for b in work.before] == [
        ("p", "name", {"family_name": "Hussein", "given_names": None}),
        ("p", "contact", {"phone": None, "safe_to_call": None, "call_note": None}),
        ("q", "name", None),
        ("p", "_del", {"deleted": False}),
    ]


def test_what_is_in_the_trash_is_not_found_and_comes_back(laptop):
    laptop.put(Person, PERSON, family_name="Hussein")
    with laptop.store.work(MAYA) as work:
        work.remove(CORE, Person, PERSON)
    assert laptop.store.get(Person, PERSON, stream=CORE) is None
    assert laptop.store.find(Person, case=CASE) == []
    laptop.store.seal_all()
    with laptop.store.work(MAYA) as work:
        work.restore(CORE, Person, PERSON)
    assert laptop.store.get(Person, PERSON, stream=CORE).family_name == "Hussein"


def test_entities_are_found_in_the_order_of_creation(laptop):
    for letter in "zma":
        laptop.put(Person, letter * 26, family_name=letter)
    laptop.store.seal_all()
    assert [f.value.family_name for f in laptop.store.find(Person, case=CASE)] == ["z", "m", "a"]
    laptop.store.rebuild()
    assert [f.value.family_name for f in laptop.store.find(Person, case=CASE)] == ["z", "m", "a"]


def test_a_companion_is_found_in_the_sections_that_are_asked_for(laptop):
    laptop.put(Answer, "i|n|", stream=CORE, value="1", interview="i" * 26)
    laptop.put(Answer, "i|m|", stream=COUNS, value="2", interview="i" * 26)
    assert len(laptop.store.find(Answer, case=CASE)) == 2
    assert [f.value.value for f in laptop.store.find(Answer, case=CASE, sections=[Section.COUNS])] == ["2"]


def test_nothing_is_written_outside_the_journal_by_plain_statements(laptop):
    laptop.put(Person, PERSON, family_name="Hussein")
    laptop.store.seal_all()
    laptop.put(Person, PERSON, family_name="Open")
    other = connect(laptop.path, KEY)
    tables = [*GUARDED, *typed_tables(), *SUMMARY_TABLES]
    assert len(tables) > 35
    for table in tables:
        columns = [row[1] for row in other.execute(f'PRAGMA table_info("{table}")')]
        assert columns
        with pytest.raises(sqlcipher.IntegrityError, match=OUTSIDE):
            other.execute(f'INSERT INTO "{table}" ("{columns[0]}") VALUES (1)')
    for table in ("person", "sealed", "op", "register", "open_op", "open_commit", "case_summary", "stream"):
        for statement in (f"DELETE FROM {table}", f"UPDATE {table} SET rowid = rowid"):
            with pytest.raises((sqlcipher.IntegrityError, sqlcipher.OperationalError)) as refused:
                other.execute(statement)
            assert OUTSIDE in str(refused.value) or "no such column: rowid" in str(refused.value)
    other.close()


def test_nothing_is_written_outside_the_journal_by_an_orm_session(laptop):
    engine = sqlalchemy.create_engine("sqlite://", creator=lambda: connect(laptop.path, KEY), module=sqlcipher)
    with Session(engine) as session:
        session.add(row_class(Person)(stream=CORE, id=PERSON, family_name="Forged"))
        with pytest.raises(sqlalchemy.exc.IntegrityError, match=OUTSIDE):
            session.commit()
    engine.dispose()
    assert laptop.rows("SELECT count(*) FROM person") == [(0,)]


def test_the_reading_connection_cannot_write(laptop):
    with pytest.raises(sqlcipher.OperationalError, match="readonly"):
        laptop.rows("INSERT INTO guard VALUES (1)")


def test_a_standing_value_of_the_protective_register_is_read_as_its_enum(laptop):
    laptop.put(Case, CASE, standing=Standing.READY)
    assert laptop.store.get(Case, CASE, stream=CORE).standing is Standing.READY


def test_an_audit_row_lives_and_dies_with_its_work(laptop):
    with pytest.raises(KeyError):
        break_off(laptop, lambda work: work.audit("gone", case=CASE))
    with laptop.store.work(IDRIS) as work:
        work.audit("kept", case=CASE)
    assert [(e.officer, e.event, e.params) for e in laptop.store.audit_trail.entries()] == [
        (IDRIS, "kept", {"case": CASE})
    ]
    assert laptop.store.audit_trail.verify().ok


def test_an_attachment_is_read_back(laptop):
    with laptop.store.work(MAYA) as work:
        blob = work.attach(b"scan", "image/png")
    assert laptop.store.blobs.read(blob) == (b"scan", "image/png")


KILLED = """
import sys
sys.path[:0] = [{root!r}, {here!r}]
from pathlib import Path
from store_laptop import Laptop, CORE, MAYA, PERSON
from avrr_desktop.domain.casefile import Person
laptop = Laptop(Path({folder!r}))
for number in range(1000):
    laptop.put(Person, PERSON, birth_place=f"place {{number}}")
    if number % 7 == 6:
        laptop.store.seal_all()
    print(number, flush=True)
    if number == {last}:
        with laptop.store.work(MAYA) as work:
            work.put(CORE, Person, PERSON, birth_place="never")
            work.seal_all()
            print("inside", flush=True)
            sys.stdin.read()
"""


@pytest.mark.skipif(os.name == "nt", reason="SIGKILL is what is tested")
@pytest.mark.parametrize("last", [0, 9, 13])
def test_a_program_killed_inside_a_work_keeps_every_acknowledged_value(tmp_path, last):
    here = Path(__file__).parent
    code = KILLED.format(root=str(here.parent.parent), here=str(here), folder=str(tmp_path), last=last)
    child = subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert child.stdout is not None
    acknowledged = -1
    for line in child.stdout:
        if line.strip() == "inside":
            break
        acknowledged = int(line)
    child.send_signal(signal.SIGKILL)
    child.communicate()
    assert acknowledged == last
    store = Laptop(tmp_path, draws=5000).store
    assert not store.was_clean
    assert store.get(Person, PERSON, stream=CORE).birth_place == f"place {last}"
    assert store.check().ok
    values = [line.after for line in store.history([CORE])]
    assert f"place {last}" in values
    assert "never" not in values
    store.close()
