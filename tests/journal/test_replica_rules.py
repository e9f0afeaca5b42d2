"""The ten rules of open and sealed commits, and what a replica tells about its past, one by one."""

from __future__ import annotations

from dataclasses import replace

import pytest
from journal_world import AMOUNT, CONSENT, CONTROL, NAME, START_MS, World, check

from avrr_desktop.journal.commit import Commit, verify, withhold
from avrr_desktop.journal.context import Context
from avrr_desktop.journal.errors import Altered, NotAValue, NotHeld, NotSealable
from avrr_desktop.journal.header import RegisterKey
from avrr_desktop.journal.merge import Row, in_conflict
from avrr_desktop.journal.payload import Absent
from avrr_desktop.journal.replica import EMPTY, MAX_OPEN_OPS, Image, Replica

CORE = "case1:core"


def laptops(count: int = 2) -> list[Replica]:
    return [seat.replica for seat in World(seats=count).seats]


def restarted(replica: Replica, image: Image | None = None) -> Replica:
    return Replica(replica.laptop, replica.image() if image is None else image)


def exchange(*replicas: Replica) -> None:
    everything = [commit for replica in replicas for commit in replica.export()]
    for replica in replicas:
        replica.receive(everything)


def test_a_later_value_replaces_an_earlier_one_inside_the_open_commit() -> None:
    (a,) = laptops(1)
    a.write(CORE, NAME, "Zo", "ana")
    a.write(CORE, NAME, "Zoé", "ana")
    commit = a.seal(CORE)
    assert commit is not None
    assert commit.values() == ("Zoé",)
    assert commit.header.n == 1


def test_another_officers_value_seals_first() -> None:
    (a,) = laptops(1)
    a.write(CORE, NAME, "Zo", "ana")
    a.write(CORE, NAME, "Zoé", "ben")
    a.seal_all()
    assert [(e.officer, e.value) for e in a.ledger.history(CORE, NAME)] == [("ana", "Zo"), ("ben", "Zoé")]


@pytest.mark.parametrize("key", [AMOUNT, CONSENT])
def test_every_value_of_a_blocking_or_protective_register_stays_in_history(key: RegisterKey) -> None:
    (a,) = laptops(1)
    for value in (1, 2, 3):
        a.write(CORE, key, value, "ana")
    a.seal_all()
    assert [e.value for e in a.ledger.history(CORE, key)] == [1, 2, 3]


def test_saying_again_what_stands_uses_no_number() -> None:
    (a,) = laptops(1)
    a.write(CORE, NAME, "Zoé", "ana")
    a.seal_all()
    a.write(CORE, NAME, "Zoé", "ana")
    assert a.seal(CORE) is None
    a.write(CORE, NAME, "Zoé", "ana")
    a.write(CORE, AMOUNT, 5, "ana")
    a.write(CORE, NAME, "Zoé", "ana")
    commits = a.seal_all()
    assert [c.header.keys for c in commits] == [(AMOUNT,)]
    assert [c.header.n for c in a.ledger.commits()] == [1, 2]


def test_null_is_a_value_on_a_register_that_was_never_written() -> None:
    (a,) = laptops(1)
    a.write(CORE, NAME, None, "ana")
    commit = a.seal(CORE)
    assert commit is not None
    assert commit.values() == (None,)


def test_a_commit_is_stamped_with_its_last_value() -> None:
    (a,) = laptops(1)
    a.write(CORE, NAME, 1, "ana")
    a.write(CORE, NAME, 2, "ana")
    a.laptop.wall_ms()
    commit = a.seal(CORE)
    assert commit is not None
    assert commit.header.t == START_MS + 14


def test_an_import_seals_first_and_the_context_is_the_one_at_opening() -> None:
    a, b = laptops()
    a.write(CORE, NAME, "a", "ana")
    b.write(CORE, NAME, "b", "ben")
    b.receive(a.export())
    assert b.opened() == {}
    mine = [c for c in b.ledger.commits() if c.header.writer == b.writer]
    assert [c.header.context for c in mine] == [Context()]
    assert in_conflict(b.ledger.heads(CORE, NAME))


def test_a_commit_left_open_by_a_crash_gets_the_identity_of_the_new_start() -> None:
    (a,) = laptops(1)
    a.write(CORE, NAME, "first", "ana")
    a.seal_all()
    a.write(CORE, NAME, "second", "ana")
    again = restarted(a)
    assert again.opened() == {}
    last = again.ledger.commits()[-1].header
    assert last.writer == again.writer != a.writer
    assert (last.n, last.previous) == (1, None)
    assert last.context == Context({a.writer: ((1, 1),)})
    assert last.officer == "ana"
    assert again.shown(CORE, NAME) == "second"


def test_numbers_and_hashes_chain_within_one_start() -> None:
    (a,) = laptops(1)
    for value in (1, 2, 3):
        a.write(CORE, NAME, value, "ana")
        a.seal_all()
    one, two, three = a.ledger.commits()
    assert [c.header.previous for c in (one, two, three)] == [None, one.cid, two.cid]
    assert three.header.context == Context({a.writer: ((1, 2),)})


def test_an_open_commit_is_sealed_before_it_grows_too_large() -> None:
    (a,) = laptops(1)
    for i in range(MAX_OPEN_OPS):
        assert len(a.ledger.commits()) == 0
        a.write(CORE, RegisterKey("note", "n1", f"{i}"), i, "ana")
    assert len(a.ledger.commits()[0].header.keys) == MAX_OPEN_OPS
    for i in range(3):
        a.write("case1:notes", RegisterKey("note", "n1", f"{i}"), "x" * 60_000, "ana")
    assert a.opened() == {}


def test_another_schema_seals_first() -> None:
    (a,) = laptops(1)
    a.write(CORE, NAME, 1, "ana", schema=1)
    a.write(CORE, NAME, 2, "ana", schema=2)
    a.seal_all()
    assert [c.header.schema for c in a.ledger.commits()] == [1, 2]


def test_what_cannot_be_sealed_is_never_opened() -> None:
    (a,) = laptops(1)
    with pytest.raises(NotAValue):
        a.write(CORE, NAME, 1.5, "ana")  # type: ignore[arg-type]
    with pytest.raises(NotAValue):
        a.write(CORE, NAME, "x" * 65_536, "ana")
    for key in (RegisterKey("", "b", "c"), RegisterKey("a", "b" * 129, "c")):
        with pytest.raises(NotSealable):
            a.write(CORE, key, 1, "ana")
    assert a.opened() == {}


def test_settling_covers_both_sides_everywhere() -> None:
    a, b = laptops()
    a.write(CORE, NAME, "a", "ana")
    b.write(CORE, NAME, "b", "ben")
    exchange(a, b)
    assert in_conflict(a.ledger.heads(CORE, NAME))
    commit = a.settle(CORE, NAME, "b", "ana")
    assert commit is not None
    assert commit.header.kind == "settle"
    assert a.settle(CORE, NAME, "b", "ana") is None
    exchange(a, b)
    assert [h.cid for h in b.ledger.heads(CORE, NAME)] == [commit.cid]


def test_equal_values_of_two_laptops_are_no_conflict() -> None:
    a, b = laptops()
    a.write(CORE, NAME, "same", "ana")
    b.write(CORE, NAME, "same", "ben")
    exchange(a, b)
    assert len(a.ledger.heads(CORE, NAME)) == 2
    assert not in_conflict(a.ledger.heads(CORE, NAME))


def test_gaps_are_named_and_the_later_value_is_shown() -> None:
    a, b = laptops()
    for value in (1, 2, 3):
        a.write(CORE, NAME, value, "ana")
        a.seal_all()
    b.receive(a.export()[2:])
    assert b.shown(CORE, NAME) == 3
    assert b.ledger.gaps(CORE) == Context({a.writer: ((1, 2),)})
    b.receive(a.export())
    assert not b.ledger.gaps(CORE)
    assert b.shown(CORE, NAME) == 3


def test_the_past_is_shown_as_it_was() -> None:
    (a,) = laptops(1)
    for value in ("first", "second"):
        a.write(CORE, NAME, value, "ana")
        a.seal_all()
    early, late = (c.header.t for c in a.ledger.commits())
    assert [e.value for e in a.ledger.as_of(CORE, NAME, early)] == ["first"]
    assert [e.value for e in a.ledger.as_of(CORE, NAME, late)] == ["second"]
    assert a.ledger.as_of(CORE, NAME, early - 1) == ()


def test_an_erased_value_stays_erased_when_old_bundles_and_backups_come_back() -> None:
    """SYNC.md 6.3, row 77."""
    a, b = laptops()
    a.write(CORE, NAME, "secret", "ana")
    a.write(CORE, RegisterKey("person", "p1", "town"), "Abéché", "ana")
    old_bundle, backup = a.export(), a.backup()
    cid = old_bundle[0].cid
    index = old_bundle[0].header.keys.index(NAME)
    b.receive(old_bundle)
    act = a.erase(CONTROL, [(cid, index)], "ana")
    a.receive(old_bundle)
    late = laptops(1)[0]
    late.receive([act])
    late.receive(old_bundle)
    b.receive([act])
    a_restored = restarted(a, backup)
    assert a_restored.shown(CORE, NAME) == "secret"
    a_restored.receive([act])
    for replica in (a, b, late, a_restored):
        commit = replica.ledger.find(cid)
        assert commit is not None
        verify(commit, check)
        assert b"secret" not in b"".join(c.payload_bytes for c in replica.ledger.commits())
        assert old_bundle[0].payload.seed is not None
        assert old_bundle[0].payload.seed.hex().encode() not in commit.payload_bytes
        assert replica.shown(CORE, NAME) is Absent.ERASED
        assert replica.shown(CORE, RegisterKey("person", "p1", "town")) == "Abéché"
    assert len({r.ledger.digest() for r in (a, b, late, a_restored)}) == 1


def test_erasing_the_newest_value_does_not_bring_the_older_one_back() -> None:
    (a,) = laptops(1)
    for value in ("old", "new"):
        a.write(CORE, NAME, value, "ana")
        a.seal_all()
    a.erase(CONTROL, [(a.ledger.commits()[-1].cid, 0)], "ana")
    assert a.shown(CORE, NAME) is Absent.ERASED
    a.write(CORE, NAME, "again", "ana")
    a.seal_all()
    assert a.shown(CORE, NAME) == "again"


def test_a_withheld_value_cannot_be_overwritten_until_it_is_disclosed() -> None:
    a, b = laptops()
    a.write(CORE, NAME, "Zoé", "ana")
    whole = a.export()
    b.receive([withhold(commit, {0}) for commit in whole])
    assert b.shown(CORE, NAME) is Absent.WITHHELD
    with pytest.raises(NotHeld):
        b.write(CORE, NAME, "guess", "ben")
    with pytest.raises(NotHeld):
        b.settle(CORE, NAME, "guess", "ben")
    assert b.receive(whole) == (whole[0].cid,)
    assert b.shown(CORE, NAME) == "Zoé"
    assert b.receive([withhold(commit, {0}) for commit in whole]) == ()
    b.write(CORE, NAME, "Zoë", "ben")


def test_one_bad_commit_refuses_the_whole_delivery() -> None:
    a, b = laptops()
    a.write(CORE, NAME, "x", "ana")
    a.write("case1:money", NAME, "y", "ana")
    good, other = a.export()
    bad = replace(other, payload=good.payload, payload_bytes=good.payload_bytes)
    with pytest.raises(Altered):
        b.receive([good, bad])
    assert b.ledger.commits() == ()


def test_a_reverted_machine_raises_an_alarm_and_keeps_both_values() -> None:
    """SYNC.md 6.3, row 67: the only way left to use one number twice."""
    a, b = laptops()
    a.write(CORE, NAME, "one", "ana")
    twin = Replica(replace(a.laptop, new_writer=lambda: a.writer), EMPTY)
    twin.write(CORE, NAME, "other", "ana")
    b.receive([*a.export(), *twin.export()])
    (alarm,) = b.ledger.twins()
    assert (alarm.stream, alarm.writer, alarm.n, len(alarm.cids)) == (CORE, a.writer, 1, 2)
    assert {h.value for h in b.ledger.heads(CORE, NAME)} == {"one", "other"}


def test_a_row_in_the_trash_comes_back_into_sight_with_an_unseen_edit() -> None:
    a, b = laptops()
    a.write(CORE, NAME, "Zoé", "ana")
    exchange(a, b)
    a.write(CORE, RegisterKey("person", "p1", "_del"), True, "ana")
    a.seal_all()
    assert a.ledger.row(CORE, "person", "p1") is Row.TRASHED
    b.write(CORE, NAME, "Zoë", "ben")
    exchange(a, b)
    assert a.ledger.row(CORE, "person", "p1") is Row.DISPUTED
    assert b.ledger.row(CORE, "person", "p1") is Row.DISPUTED


def test_commits_of_one_stream_leave_alone() -> None:
    (a,) = laptops(1)
    a.write(CORE, NAME, "x", "ana")
    a.write("case1:medical", NAME, "y", "ana")
    out: tuple[Commit, ...] = a.export([CORE])
    assert [c.header.stream for c in out] == [CORE]
    assert a.opened() == {}
