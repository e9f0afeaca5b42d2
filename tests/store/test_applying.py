"""Commits of other laptops: merged whatever their order, disputed visibly, kept apart where they do not belong."""

from __future__ import annotations

from pathlib import Path

import pytest
from store_laptop import CASE, CORE, IDRIS, LEGAL, MAYA, PERSON, Laptop, check, closing, shown

from avrr_desktop.domain.casefile import Case, Person
from avrr_desktop.domain.counselling import StopRecord
from avrr_desktop.domain.legal import Referral
from avrr_desktop.domain.sections import CASE_SECTIONS, Section, case_stream
from avrr_desktop.domain.stages import Standing
from avrr_desktop.journal.commit import Op, seal, withhold
from avrr_desktop.journal.context import Context
from avrr_desktop.journal.errors import Forged, NotHeld
from avrr_desktop.journal.header import RegisterKey
from avrr_desktop.store.lists import CaseFilter


@pytest.fixture
def pair(tmp_path: Path):
    a, b = Laptop(tmp_path, "a"), Laptop(tmp_path, "b")
    with closing(a, b):
        yield a, b


def exchange(a: Laptop, b: Laptop) -> None:
    ours, theirs = a.store.commits(), b.store.commits()
    a.store.apply(theirs, check)
    b.store.apply(ours, check)


def foreign(laptop: Laptop, stream: str, kind: str, entity: str, register: str, value, **more):
    return seal(
        **{
            "stream": stream,
            "writer": "00000000000000ff",
            "device": laptop.device,
            "n": 1,
            "previous": None,
            "context": Context(),
            "t": 5,
            "officer": "someone",
            "ops": [Op(RegisterKey(kind, entity, register), value)],
            "seed": bytes(16),
            "sign": laptop.key.sign,
            **more,
        }
    )


def test_a_case_of_another_laptop_is_listed_found_and_read(pair):
    a, b = pair
    a.put(Case, CASE, number="TOR-26-7KM2QX9-R")
    a.put(Person, PERSON, family_name="Hussein", relation="principal")
    applied = b.store.apply(a.store.commits(), check)
    assert len(applied.new) == 1
    assert applied.changes.kinds == {"case", "person"}
    assert applied.changes.cases == {CASE}
    assert shown(b) == shown(a)
    assert b.store.digest() == a.store.digest()


def test_two_laptops_agree_and_both_see_the_conflict(pair):
    a, b = pair
    a.put(Person, PERSON, family_name="Hussein", birth_place="Basra")
    exchange(a, b)
    a.put(Person, PERSON, family_name="Husain")
    b.put(Person, PERSON, family_name="Hussain")
    exchange(a, b)
    assert a.store.digest() == b.store.digest()
    assert shown(a) == shown(b)
    (conflict,) = a.store.conflicts(CASE)
    assert (conflict.register, conflict.blocking) == ("name", False)
    names = {version.fields["family_name"] for version in conflict.versions}
    assert names == {"Husain", "Hussain"}
    held = a.store.get(Person, PERSON, stream=CORE)
    assert conflict.versions[conflict.shown].fields["family_name"] == held.family_name
    assert held.birth_place == "Basra"


def test_settling_covers_both_values_everywhere(pair):
    a, b = pair
    a.put(Person, PERSON, family_name="Husain")
    b.put(Person, PERSON, family_name="Hussain")
    exchange(a, b)
    with a.store.work(IDRIS) as work:
        assert work.settle(CORE, Person, PERSON, "name", family_name="Hussein") is not None
        assert work.settle(CORE, Person, PERSON, "name", family_name="Hussein") is None
    exchange(a, b)
    assert a.store.conflicts(CASE) == b.store.conflicts(CASE) == []
    assert b.store.get(Person, PERSON, stream=CORE).family_name == "Hussein"


def test_an_open_value_of_ones_own_settles_a_conflict_and_an_equal_one_does_not(pair):
    a, b = pair
    a.put(Person, PERSON, family_name="Husain")
    b.put(Person, PERSON, family_name="Hussain")
    exchange(a, b)
    a.put(Person, PERSON, family_name=a.store.get(Person, PERSON, stream=CORE).family_name)
    assert len(a.store.conflicts(CASE)) == 1
    a.put(Person, PERSON, family_name="Hussein")
    assert a.store.conflicts(CASE) == []
    a.store.seal_all()
    assert a.store.conflicts(CASE) == []


def test_equal_values_written_apart_are_agreement(pair):
    a, b = pair
    a.put(Person, PERSON, family_name="Hussein")
    b.put(Person, PERSON, family_name="Hussein")
    exchange(a, b)
    assert a.store.conflicts(CASE) == []


def test_the_most_protective_value_is_shown_first(pair):
    a, b = pair
    stops = case_stream(CASE, Section.COUNS)
    a.put(Person, PERSON, safe_to_call="no")
    a.put(StopRecord, "s" * 26, stream=stops, open=True)
    b.put(Case, CASE, standing=Standing.NOT_TRAVELLING)
    b.put(Person, PERSON, safe_to_call="yes", phone="+1")  # later
    b.put(StopRecord, "s" * 26, stream=stops, open=False)
    a.put(Case, CASE, standing=Standing.READY)
    exchange(a, b)
    for laptop in pair:
        assert laptop.store.get(Person, PERSON, stream=CORE).safe_to_call == "no"
        assert laptop.store.get(StopRecord, "s" * 26, stream=stops).open is True
        assert laptop.store.get(Case, CASE, stream=CORE).standing is Standing.NOT_TRAVELLING
        assert len(laptop.store.conflicts(CASE)) == 3


def test_order_repetition_and_halves_do_not_matter(pair, tmp_path):
    a, b = pair
    for name in ("One", "Two", "Three"):
        a.put(Person, PERSON, family_name=name)
        a.store.seal_all()
    commits = a.store.commits()
    assert len(commits) == 3
    b.store.apply([commits[2]], check)
    assert b.store.get(Person, PERSON, stream=CORE).family_name == "Three"
    b.store.apply([commits[0], commits[0]], check)
    assert b.store.get(Person, PERSON, stream=CORE).family_name == "Three"
    assert b.store.apply(list(reversed(commits)), check).new == (commits[1].cid,)
    assert b.store.conflicts(CASE) == []
    assert b.store.digest() == a.store.digest()
    assert b.store.apply(commits, check).new == ()


def test_a_superseded_value_never_becomes_current(pair):
    a, b = pair
    a.put(Person, PERSON, family_name="Old")
    a.store.seal_all()
    a.put(Person, PERSON, family_name="New")
    a.store.seal_all()
    old, new = a.store.commits()
    with a.store.work(MAYA) as work:
        work.erase_values(CORE, [(new.cid, 0)])
    b.store.apply([old], check)
    b.store.apply(a.store.commits(), check)
    for laptop in pair:
        assert laptop.store.get(Person, PERSON, stream=CORE) is None
        assert laptop.rows("SELECT family_name FROM person") == [(None,)]


def test_a_forged_commit_refuses_the_whole_import(pair):
    a, b = pair
    a.put(Person, PERSON, family_name="One")
    a.put(Referral, CASE, stream=LEGAL, sender_unit="Pearson")
    first, second = a.store.commits()
    b.put(Person, "q" * 26, family_name="Open")
    with pytest.raises(Forged):
        b.store.apply(
            [first, second], lambda device, message, _: b'"legal"' not in message and LEGAL.encode() not in message
        )
    assert b.rows("SELECT count(*) FROM sealed") == [(0,)]
    assert b.rows("SELECT count(*) FROM open_commit") == [(1,)]


def test_a_known_kind_in_a_wrong_section_is_kept_apart(pair):
    a, b = pair
    commit = foreign(a, LEGAL, "person", PERSON, "name", {"family_name": "Wrong"})
    applied = b.store.apply([commit], check)
    assert applied.quarantined == ((commit.cid, "section"),)
    assert b.rows("SELECT count(*) FROM sealed") == [(0,)]
    assert b.rows("SELECT held FROM stream WHERE held <> '{}'") == []
    assert b.rows("SELECT why FROM quarantine") == [("section",)]


def test_a_case_whose_id_has_a_blank_is_kept_apart(pair):
    a, b = pair
    good = foreign(a, CORE, "person", PERSON, "name", {"family_name": "Hussein"})
    odd = foreign(a, case_stream("c c", Section.CORE), "person", PERSON, "name", {"family_name": "Hussein"})
    assert b.store.apply([good, odd], check).quarantined == ((odd.cid, "section"),)
    assert b.store.lists.ids(CaseFilter("open", "", frozenset(CASE_SECTIONS)), "hussein") == [CASE]


def test_a_commit_for_a_newer_version_waits(pair):
    a, b = pair
    commit = foreign(a, CORE, "person", PERSON, "name", {"family_name": "New"}, min_reader=99, schema=99)
    assert b.store.apply([commit], check).quarantined == ((commit.cid, "newer"),)
    assert b.store.get(Person, PERSON, stream=CORE) is None


def test_an_unknown_kind_register_or_section_is_kept_and_passed_on(pair):
    a, b = pair
    commits = [
        foreign(a, CORE, "novelty", "e", "r", {"x": 1}),
        foreign(a, CORE, "person", PERSON, "novelty", {"x": 1}, writer="00000000000000fe"),
        foreign(a, f"{CASE}/novelty", "thing", "e", "r", {"x": 1}, writer="00000000000000fd"),
    ]
    assert len(b.store.apply(commits, check).new) == 3
    assert {c.cid for c in b.store.commits()} == {c.cid for c in commits}
    assert b.store.get(Person, PERSON, stream=CORE) is None


def test_a_value_that_is_not_understood_is_kept_and_its_field_is_empty(pair):
    a, b = pair
    commit = foreign(a, CORE, "person", PERSON, "birth", {"born_on": "not a day", "birth_place": "Basra", "new": 1})
    b.store.apply([commit], check)
    held = b.store.get(Person, PERSON, stream=CORE)
    assert (held.born_on, held.birth_place) == (None, "Basra")
    b.put(Person, PERSON, birth_place="Mosul")
    b.store.seal_all()
    assert b.store.commits()[-1].values()[0] == {"born_on": "not a day", "birth_place": "Mosul", "new": 1}


def test_a_value_that_is_withheld_is_not_overwritten_and_later_filled(pair):
    a, b = pair
    a.put(Person, PERSON, family_name="Hussein", birth_place="Basra")
    (commit,) = a.store.commits()
    index = [key.register for key in commit.header.keys].index("birth")
    b.store.apply([withhold(commit, {index})], check)
    assert b.store.get(Person, PERSON, stream=CORE) == Person(family_name="Hussein")
    with pytest.raises(NotHeld):
        b.put(Person, PERSON, birth_place="Mosul")
    b.put(Person, PERSON, family_name="Husain")
    b.store.apply([commit], check)
    assert b.store.get(Person, PERSON, stream=CORE).birth_place == "Basra"


def test_trash_beside_an_unseen_edit_stays_visible(pair):
    a, b = pair
    a.put(Person, PERSON, family_name="Hussein")
    exchange(a, b)
    with a.store.work(MAYA) as work:
        work.remove(CORE, Person, PERSON)
    b.put(Person, PERSON, family_name="Husain")
    exchange(a, b)
    for laptop in pair:
        assert laptop.store.get(Person, PERSON, stream=CORE).family_name == "Husain"
    assert shown(a) == shown(b)


def test_an_erased_value_is_gone_from_the_file_and_never_comes_back(pair):
    a, b = pair
    a.put(Person, PERSON, family_name="Unforgettable", given_names="Amal")
    a.put(Case, CASE, number="TOR-26-7KM2QX9-R")
    exchange(a, b)
    before = a.store.commits()
    with a.store.work(MAYA) as work:
        assert work.erase(CORE, Person, PERSON) == 1
    assert a.store.get(Person, PERSON, stream=CORE) is None
    assert a.store.get(Case, CASE, stream=CORE).number == "TOR-26-7KM2QX9-R"
    a.store.apply(before, check)
    b.store.apply(a.store.commits(), check)
    for laptop in pair:
        assert laptop.store.get(Person, PERSON, stream=CORE) is None
        text = "Unforgettable".lower()
        for (table,) in laptop.rows("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'"):
            for row in laptop.rows(f'SELECT * FROM "{table}"'):
                for cell in row:
                    content = cell.decode("latin-1") if isinstance(cell, bytes) else str(cell)
                    assert text not in content.lower(), table
    assert a.store.digest() == b.store.digest()
    a.store.rebuild()
    assert a.store.get(Person, PERSON, stream=CORE) is None
    b.store.apply(before, check)
    assert b.store.digest() == a.store.digest()


def test_two_commits_with_one_number_raise_the_alarm(pair):
    a, b = pair
    one = foreign(a, CORE, "person", PERSON, "name", {"family_name": "One"})
    two = foreign(a, CORE, "person", PERSON, "name", {"family_name": "Two"})
    b.store.apply([one, two], check)
    (alarm,) = b.store.twins()
    assert set(alarm.cids) == {one.cid, two.cid}
    assert len(b.store.conflicts(CASE)) == 1
