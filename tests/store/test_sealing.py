"""The ten rules of open and sealed commits (DESIGN.md 4), one by one."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest
from store_laptop import CASE, CORE, COUNS, IDRIS, LEGAL, MAYA, PERSON, Laptop, check, closing, shown

from avrr_desktop.domain.casefile import Case, Consent, Person
from avrr_desktop.domain.clock import milliseconds
from avrr_desktop.domain.counselling import ConsentText
from avrr_desktop.domain.legal import Referral
from avrr_desktop.domain.stages import Standing
from avrr_desktop.journal.commit import verify
from avrr_desktop.store.sealing import MAX_OPEN_OPS


@pytest.fixture
def laptop(tmp_path: Path):
    made = Laptop(tmp_path)
    with closing(made):
        yield made


def opened(laptop: Laptop) -> list[tuple]:
    return laptop.rows("SELECT stream, officer FROM open_commit ORDER BY stream")


def headers(laptop: Laptop) -> list[dict]:
    return [json.loads(row[0]) for row in laptop.rows("SELECT header FROM sealed ORDER BY rid")]


def test_rule_1_one_open_commit_a_stream_and_another_officer_seals_it_first(laptop):
    laptop.put(Person, PERSON, family_name="One")
    laptop.put(Referral, CASE, stream=LEGAL, sender_unit="Pearson")
    assert opened(laptop) == [(CORE, MAYA), (LEGAL, MAYA)]
    laptop.put(Person, PERSON, birth_place="Basra", officer=IDRIS)
    assert opened(laptop) == [(CORE, IDRIS), (LEGAL, MAYA)]
    assert [(h["s"], h["u"]) for h in headers(laptop)] == [(CORE, MAYA)]


def test_rule_1_the_context_is_taken_at_the_first_value_with_the_own_writer_in_it(laptop):
    laptop.put(Person, PERSON, family_name="One")
    laptop.store.seal_all()
    laptop.put(Person, PERSON, family_name="Two")
    writer = headers(laptop)[0]["w"]
    assert laptop.rows("SELECT context FROM open_commit") == [(f'{{"{writer}":1}}',)]


def test_rule_2_an_import_seals_what_is_open_first(tmp_path):
    a, b = Laptop(tmp_path, "a"), Laptop(tmp_path, "b")
    with closing(a, b):
        a.put(Person, PERSON, family_name="Anna")
        b.put(Person, PERSON, family_name="Berta")
        a.store.apply(b.store.commits(), check)
        assert opened(a) == []
        own, foreign = headers(a)
        assert own["c"] == {}
        assert foreign["d"].startswith("deviceb")
        assert len(a.store.conflicts(CASE)) == 1


def test_rule_2_settle_and_erase_and_rebuild_seal_first(laptop):
    for act in (
        lambda: laptop.store.rebuild(),
        lambda: _within(laptop, lambda work: work.erase(LEGAL, Referral, CASE)),
        lambda: _within(laptop, lambda work: work.settle(CORE, Person, PERSON, "birth", birth_place="Settled")),
    ):
        laptop.put(Person, PERSON, family_name=f"Name {laptop.draws}")
        assert opened(laptop) == [(CORE, MAYA)]
        act()
        assert opened(laptop) == []
    assert [h["kind"] for h in headers(laptop)][-1] == "settle"


def _within(laptop, act):
    with laptop.store.work(MAYA) as work:
        return act(work)


def test_rule_3_leftovers_are_sealed_by_the_next_start_under_its_own_writer(laptop):
    laptop.put(Person, PERSON, family_name="One")
    laptop.store.seal_all()
    laptop.put(Person, PERSON, family_name="Two")
    old_writer = headers(laptop)[0]["w"]
    laptop.crash()
    second = headers(laptop)[1]
    assert second["w"] != old_writer
    assert (second["n"], second["p"]) == (1, None)
    assert second["c"] == {old_writer: 1}
    assert laptop.store.get(Person, PERSON, stream=CORE).family_name == "Two"
    assert laptop.store.conflicts(CASE) == []
    laptop.put(Person, PERSON, family_name="Three")
    laptop.store.seal_all()
    assert headers(laptop)[-1]["w"] == second["w"]
    assert headers(laptop)[-1]["n"] == 2


def test_rule_3_a_start_that_writes_nothing_leaves_no_writer_behind(laptop):
    for _ in range(3):
        laptop.crash()
    assert laptop.rows("SELECT count(*) FROM sealed") == [(0,)]


def test_rule_4_the_stamp_is_that_of_the_last_value_and_the_officer_who_wrote(laptop):
    laptop.put(Person, PERSON, family_name="One")
    laptop.put(Person, PERSON, birth_place="Basra")
    written = milliseconds(laptop.now)
    laptop.now += timedelta(minutes=3)
    with laptop.store.work(IDRIS) as work:
        work.seal_all()
    (header,) = headers(laptop)
    assert header["t"] <= written < header["t"] + 10
    assert (header["u"], header["d"]) == (MAYA, laptop.device)


def test_rule_4_stamps_never_run_backwards_even_if_the_clock_does(laptop):
    laptop.put(Person, PERSON, family_name="One")
    laptop.store.seal_all()
    laptop.now -= timedelta(days=400)
    laptop.put(Person, PERSON, family_name="Two")
    laptop.crash()
    laptop.put(Person, PERSON, family_name="Three")
    laptop.store.seal_all()
    stamps = [h["t"] for h in headers(laptop)]
    assert stamps == sorted(set(stamps))


def test_rule_5_a_later_value_replaces_an_earlier_one_inside_the_open_commit(laptop):
    for place in ("Basra", "Mosul", "Erbil"):
        laptop.put(Person, PERSON, birth_place=place)
    laptop.store.seal_all()
    (commit,) = laptop.store.commits()
    assert list(commit.values()) == [{"birth_place": "Erbil"}]


def test_rule_5_every_value_of_a_blocking_or_protective_register_stays_in_history(laptop):
    for standing in (Standing.PREPARING, Standing.READY, Standing.PREPARING):
        laptop.put(Case, CASE, standing=standing)
    for state in ("given", "withdrawn"):
        laptop.put(Consent, "k" * 26, state=state)
    laptop.put(Person, PERSON, safe_to_call="yes")
    laptop.put(Person, PERSON, safe_to_call="no")
    laptop.store.seal_all()
    written = [(line.register, line.after) for line in laptop.store.history([CORE])][::-1]
    assert [after for register, after in written if register == "standing"] == ["preparing", "ready", "preparing"]
    assert [after for register, after in written if register == "state"] == ["given", "withdrawn"]
    assert [after for register, after in written if register == "contact"] == ["yes", "no"]


def test_rule_5_keys_of_a_commit_are_sorted_and_unique(laptop):
    with laptop.store.work(MAYA) as work:
        for letter in "zma":
            work.put(CORE, Person, letter * 26, family_name=letter, birth_place=letter)
            work.put(CORE, Person, letter * 26, family_name=letter * 2)
        work.seal_all()
    keys = headers(laptop)[0]["k"]
    assert keys == sorted(keys)
    assert len({tuple(key) for key in keys}) == len(keys) == 6


def test_rule_6_a_value_taken_back_before_sealing_says_nothing_and_uses_no_number(laptop):
    laptop.put(Person, PERSON, family_name="One")
    laptop.store.seal_all()
    laptop.put(Person, PERSON, family_name="Two")
    laptop.put(Person, PERSON, family_name="One")
    assert laptop.store.seal_all() == []
    assert opened(laptop) == []
    laptop.put(Person, PERSON, family_name="Three")
    laptop.store.seal_all()
    assert [h["n"] for h in headers(laptop)] == [1, 2]


def test_rule_7_seals_at_256_registers_and_at_128_kib(laptop):
    with laptop.store.work(MAYA) as work:
        for number in range(MAX_OPEN_OPS + 3):
            work.put(COUNS, ConsentText, f"{number}", wording=f"w{number}")
    assert laptop.rows("SELECT count(*) FROM sealed") == [(1,)]
    assert len(headers(laptop)[0]["k"]) == MAX_OPEN_OPS
    assert laptop.rows("SELECT count(*) FROM open_op") == [(3,)]
    with laptop.store.work(MAYA) as work:
        for number in range(20):
            work.put(COUNS, ConsentText, f"long{number}", text="é" * 8000)
    sizes = [len(row[0]) for row in laptop.rows("SELECT payload FROM sealed ORDER BY rid")]
    assert len(sizes) >= 3
    assert max(sizes) < 200_000


def test_rule_7_five_quiet_minutes_seal(laptop):
    laptop.put(Person, PERSON, family_name="One")
    laptop.put(Referral, CASE, stream=LEGAL, sender_unit="Pearson")
    laptop.now += timedelta(minutes=4)
    laptop.put(Person, PERSON, birth_place="Basra")
    laptop.now += timedelta(minutes=2)
    assert [c.header.stream for c in laptop.store.seal_idle(laptop.now)] == [LEGAL]
    assert opened(laptop) == [(CORE, MAYA)]


def test_rule_7_seal_seal_case_and_seal_all_seal_what_they_say(laptop):
    other = "d" * 26
    with laptop.store.work(MAYA) as work:
        work.put(CORE, Person, PERSON, family_name="One")
        work.put(LEGAL, Referral, CASE, sender_unit="Pearson")
        work.put(CORE.replace(CASE, other), Person, "q" * 26, family_name="Two")
        work.seal(LEGAL)
        assert [s for (s,) in work._tools.connection.execute("SELECT stream FROM open_commit")] == [
            CORE,
            f"{other}/core",
        ]
        work.seal_case(CASE)
    assert [row[0] for row in opened(laptop)] == [f"{other}/core"]


def test_rule_8_sealing_changes_no_shown_value(laptop):
    laptop.put(Case, CASE, number="TOR-26-7KM2QX9-R")
    laptop.put(Person, PERSON, family_name="One", relation="principal")
    with laptop.store.work(MAYA) as work:
        work.remove(CORE, Person, PERSON)
    laptop.store.seal_all()
    laptop.put(Person, PERSON, family_name="Two")  # edited in the trash: shown again, disputed
    laptop.put(Referral, CASE, stream=LEGAL, received_at=laptop.now)
    before, digest = shown(laptop), laptop.store.digest()
    assert before["person"][0][-1] == 2
    laptop.store.seal_all()
    assert shown(laptop) == before
    assert laptop.store.digest() != digest


def test_rule_9_the_start_rebuilds_typed_tables_of_another_version(laptop):
    laptop.put(Person, PERSON, family_name="One")
    laptop.store.seal_all()
    expected = shown(laptop)
    with laptop.store._writing() as (_, openings):
        openings._db.execute("DROP TABLE person")
        openings._db.execute("UPDATE state SET value = -1 WHERE name = 'projection'")
    laptop.crash()
    assert shown(laptop) == expected


def test_rule_10_every_commit_is_signed_from_the_first(laptop):
    laptop.put(Person, PERSON, family_name="One")
    laptop.put(Referral, CASE, stream=LEGAL, sender_unit="Pearson")
    commits = laptop.store.commits()
    assert len(commits) == 2
    for commit in commits:
        verify(commit, check)
