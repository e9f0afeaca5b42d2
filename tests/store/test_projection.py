"""Typed tables follow the declarations and the journal; a difference in the declarations raises the version."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from pathlib import Path

import pytest
from store_laptop import CASE, CORE, IDRIS, LEGAL, MAYA, PERSON, Laptop, check, closing, shown

from avrr_desktop.domain.casefile import Case, GatePass, Person
from avrr_desktop.domain.counselling import Answer, StopRecord
from avrr_desktop.domain.fields import declared, registers
from avrr_desktop.domain.kinds import KINDS
from avrr_desktop.domain.legal import Referral
from avrr_desktop.domain.reintegration import PlanLine
from avrr_desktop.domain.sections import Section, case_stream, office_stream
from avrr_desktop.store.reading import Found
from avrr_desktop.store.schema import PROJECTION
from avrr_desktop.store.search import CASE_BITS, PHONE, PLACE_DIGITS
from avrr_desktop.store.summary import FOLLOWED, SUMMARY_DDL
from avrr_desktop.store.tables import typed_ddl, typed_tables

FINGERPRINTS = {
    1: "c9cf103901b00187",
    2: "4df6ab7a2f5400b8",
    3: "d09b4c7298e05b07",
    4: "1148e50a0be57d49",
    5: "70643223bf6d68f8",
    6: "55fa5ec882a64623",
}
"""Version of the projection to a hash of everything it is made of; a version is never changed, a new one is added."""


@pytest.fixture
def laptop(tmp_path: Path):
    made = Laptop(tmp_path)
    with closing(made):
        yield made


def test_the_version_of_the_projection_is_raised_with_the_declarations():
    made_of = "\n".join([*typed_ddl(), *SUMMARY_DDL, f"{CASE_BITS} {PHONE} {PLACE_DIGITS}"])
    assert FINGERPRINTS[PROJECTION] == hashlib.sha256(made_of.encode()).hexdigest()[:16]
    assert max(FINGERPRINTS) == PROJECTION


def test_every_kind_has_a_table_with_a_column_for_every_field():
    assert set(typed_tables()) == set(KINDS)
    for kind, table in typed_tables().items():
        assert {column.name for column in table.columns} == {*declared(KINDS[kind]), "stream", "id", "row_state"}


def test_summary_and_search_follow_registers_that_exist():
    for kind, names in FOLLOWED.items():
        assert names <= {*registers(KINDS[kind]), "_del"}


@pytest.mark.parametrize(
    ("entity", "section", "fields"),
    [
        (Person, Section.CORE, {"born_on": "1991-02-03", "sex": "F", "travels": False, "phone": "+964 1"}),
        (Case, Section.CORE, {"opened_at": "2026-11-24T15:00:00.000Z", "standing": "ready"}),
        (PlanLine, Section.REINT, {"order": 3, "unit_price_minor": 10**12, "rate": "1.25", "category": "housing"}),
        (StopRecord, Section.COUNS, {"code": "S1", "open": False}),
        (Answer, Section.MEDICAL, {"value": "line\nline", "state": "answered"}),
    ],
)
def test_values_of_every_type_survive_the_table(laptop, entity, section, fields):
    stream = case_stream(CASE, section)
    laptop.put(entity, "e" * 26, stream=stream, **fields)
    expected = entity.model_validate(fields)
    assert laptop.store.get(entity, "e" * 26, stream=stream) == expected
    field = next(iter(fields))
    found = laptop.store.find(entity, case=CASE, **{field: getattr(expected, field)})
    assert found == [Found("e" * 26, stream, expected)]
    laptop.store.rebuild()
    assert laptop.store.get(entity, "e" * 26, stream=stream) == expected


def test_an_office_kind_is_found_without_a_case(laptop):
    from avrr_desktop.domain.office import Officer

    laptop.put(Officer, MAYA, stream=office_stream(Section.ROSTER), name="Maya")
    assert [f.value.name for f in laptop.store.find(Officer)] == ["Maya"]
    assert [f.value.name for f in laptop.store.find(Officer, sections=(Section.ROSTER,))] == ["Maya"]
    assert laptop.store.lists.officer_names() == {MAYA: "Maya"}


def test_what_is_shown_is_a_function_of_the_commits_and_the_open_values(tmp_path):
    a, b = Laptop(tmp_path, "a"), Laptop(tmp_path, "b")
    with closing(a, b):
        a.put(Case, CASE, number="TOR-26-7KM2QX9-R", officer=MAYA)
        a.put(Person, PERSON, family_name="Hussein", script_name="حسين", relation="principal")
        a.put(Person, "q" * 26, family_name="Gone")
        a.put(GatePass, "g" * 26, gate="G1", at=a.now, by=MAYA)
        a.put(Referral, CASE, stream=LEGAL, received_at=a.now, client_id="AB-12")
        with a.store.work(IDRIS) as work:
            work.remove(CORE, Person, "q" * 26)
        b.store.apply(a.store.commits(), check)
        expected = shown(a)
        assert len(expected["search"]) == 3
        for laptop in (a, b):
            laptop.store.rebuild()
            assert shown(laptop) == expected


def test_an_office_is_unlocked_and_listed_without_sqlmodel(tmp_path):
    made = Laptop(tmp_path)
    made.put(Case, CASE, number="TOR-26-7KM2QX9-R")
    made.store.close()
    here = Path(__file__).parent
    code = f"""
import sys
sys.path.insert(0, {str(here.parent.parent)!r})
from pathlib import Path
from avrr_desktop.store.store import Store
from avrr_desktop.store.lists import CaseFilter
from avrr_desktop.domain.sections import CASE_SECTIONS
store = Store.open(Path({str(made.path)!r}), bytes(range(32)), device="d", sign=lambda data: bytes(64))
assert store._file.reader.execute("SELECT count(*) FROM sealed").fetchone() == (1,)
ids = store.lists.ids(CaseFilter(sections=frozenset(CASE_SECTIONS)), "tor 26")
print(len(store.lists.rows(ids, sections=CASE_SECTIONS)))
print(sorted({{"sqlmodel", "sqlalchemy", "pydantic", "anyascii"}} & set(sys.modules)))
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split("\n")[:2] == ["1", "[]"]
