"""Working lists: counts, order, what an officer's sections hide."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from store_laptop import IDRIS, MAYA, Laptop, closing

from avrr_desktop.domain.casefile import Case, GatePass, Person
from avrr_desktop.domain.clock import read_instant
from avrr_desktop.domain.legal import Outcome, Participation, Referral
from avrr_desktop.domain.sections import CASE_SECTIONS, Section, case_stream
from avrr_desktop.domain.stages import Stage, Standing
from avrr_desktop.store.lists import CaseFilter

ALL = frozenset(CASE_SECTIONS)
NO_LEGAL = ALL - {Section.LEGAL}


def case_id(number: int) -> str:
    return ("abcdefgh"[number] * 26)[:26]


def refer(laptop: Laptop, number: int, *, officer=MAYA, name="Hussein") -> str:
    case = case_id(number)
    core, legal = case_stream(case, Section.CORE), case_stream(case, Section.LEGAL)
    laptop.now += timedelta(minutes=10)
    with laptop.store.work(officer) as work:
        work.put(core, Case, case, number=f"TOR-26-000000{number}-X", opened_at=laptop.now)
        work.put(core, Case, case, standing=Standing.PREPARING, officer=officer)
        work.put(core, Person, "p" + case[1:], given_names="Amal", family_name=name, relation="principal")
        work.put(legal, Referral, case, received_at=laptop.now - timedelta(hours=number))
        work.seal_case(case)
    return case


@pytest.fixture
def laptop(tmp_path: Path):
    made = Laptop(tmp_path)
    with closing(made):
        yield made


def ids(laptop: Laptop, pill="open", query="", order="due", sections=ALL, officer=MAYA) -> list[str]:
    wanted = CaseFilter(pill, officer, sections)
    found = laptop.store.lists.ids(wanted, query, order)
    assert laptop.store.lists.count(wanted, query) == len(found)
    return found


def test_a_new_case_is_in_its_lists_with_its_clock(laptop):
    case = refer(laptop, 2)
    (row,) = laptop.store.lists.rows([case, "unknown"], sections=ALL)
    assert (row.title, row.people, row.stage, row.standing) == ("Amal Hussein", 1, Stage.REFERRED, "preparing")
    assert row.received_at is not None
    assert row.due_at is not None
    assert read_instant(row.due_at) == read_instant(row.received_at) + timedelta(hours=24)
    assert ids(laptop, "clock") == ids(laptop, "mine") == ids(laptop) == [case]
    assert ids(laptop, "ended") == []


def test_running_clocks_come_first_and_soonest_then_the_newest(laptop):
    cases = [refer(laptop, n) for n in (1, 3, 2, 0)]
    laptop.put(Referral, cases[3], stream=case_stream(cases[3], Section.LEGAL), contacted_at=laptop.now)
    laptop.put(Referral, cases[0], stream=case_stream(cases[0], Section.LEGAL), contacted_at=laptop.now)
    assert ids(laptop) == [cases[1], cases[2], cases[3], cases[0]]
    assert ids(laptop, order="newest") == cases[::-1]
    assert laptop.store.lists.ids(CaseFilter("open", "", ALL), limit=2, offset=1) == [cases[2], cases[3]]


def test_the_clock_stops_at_the_first_contact_and_at_the_gate(laptop):
    first, second = refer(laptop, 1), refer(laptop, 2)
    laptop.put(Referral, first, stream=case_stream(first, Section.LEGAL), contacted_at=laptop.now)
    laptop.put(GatePass, "g" * 26, stream=case_stream(second, Section.CORE), gate="G1", at=laptop.now)
    assert ids(laptop, "clock") == []
    assert [row.stage for row in laptop.store.lists.rows([second], sections=ALL)] == [Stage.CONTACTED]


def test_what_section_legal_holds_is_none_without_it_and_sorts_nothing(laptop):
    first, second = refer(laptop, 3), refer(laptop, 1)
    laptop.put(Outcome, second, stream=case_stream(second, Section.LEGAL), ending="declined")
    laptop.put(Participation, second, stream=case_stream(second, Section.LEGAL), return_kind="general")
    (row,) = laptop.store.lists.rows([second], sections=NO_LEGAL)
    assert (row.received_at, row.due_at, row.ended, row.return_kind) == (None, None, None, None)
    (row,) = laptop.store.lists.rows([second], sections=ALL)
    assert (row.ended, row.return_kind) == ("declined", "general")
    assert ids(laptop) == [first, second]
    assert ids(laptop, sections=NO_LEGAL) == [second, first]
    assert ids(laptop, "clock", sections=NO_LEGAL) == []


def test_nothing_is_listed_without_section_core(laptop):
    case = refer(laptop, 1)
    assert ids(laptop, sections=frozenset({Section.LEGAL})) == []
    assert ids(laptop, sections=frozenset()) == []
    assert laptop.store.lists.rows([case], sections={Section.LEGAL}) == []


def test_a_case_that_ended_leaves_the_open_lists(laptop):
    case = refer(laptop, 1)
    laptop.put(Case, case, stream=case_stream(case, Section.CORE), standing=Standing.NOT_TRAVELLING)
    assert ids(laptop) == ids(laptop, "clock") == ids(laptop, "mine") == []
    assert ids(laptop, "ended") == [case]


def test_mine_are_the_cases_of_the_officer(laptop):
    mine, other = refer(laptop, 1), refer(laptop, 2, officer=IDRIS)
    assert ids(laptop, "mine") == [mine]
    assert ids(laptop, "mine", officer=IDRIS) == [other]


def test_a_trashed_case_is_in_no_list_and_a_trashed_person_is_not_counted(laptop):
    case = refer(laptop, 1)
    core = case_stream(case, Section.CORE)
    laptop.put(Person, "q" * 26, stream=core, family_name="Second")
    assert [row.people for row in laptop.store.lists.rows([case], sections=ALL)] == [2]
    with laptop.store.work(MAYA) as work:
        work.remove(core, Person, "p" + case[1:])
    assert [(row.people, row.title) for row in laptop.store.lists.rows([case], sections=ALL)] == [(1, "Second")]
    with laptop.store.work(MAYA) as work:
        work.remove(core, Case, case)
    assert ids(laptop) == []
    assert ids(laptop, query="second") == []


def test_the_first_list_is_read_from_its_index_alone(laptop):
    for pill in ("open", "mine"):
        plan = laptop.rows(
            "EXPLAIN QUERY PLAN SELECT s.case_id FROM case_summary s WHERE s.is_open = 1"
            + (" AND s.officer = 'x'" if pill == "mine" else "")
            + " ORDER BY s.due_at IS NULL, s.due_at, s.opened_at DESC, s.case_id LIMIT 200"
        )
        assert "case_due" in plan[0][3]
        assert not any("TEMP B-TREE" in row[3] for row in plan)
