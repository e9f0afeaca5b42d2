"""Random histories on two laptops: the store in SQL against the reference in memory, byte by byte."""

from __future__ import annotations

import json
import shutil
import tempfile
from dataclasses import replace
from datetime import timedelta
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from store_laptop import CASE, CORE, IDRIS, LEGAL, MAYA, Laptop, check, shown

from avrr_desktop.domain.casefile import Case, Person, SafeToCall
from avrr_desktop.domain.clock import milliseconds
from avrr_desktop.domain.legal import Referral
from avrr_desktop.domain.stages import Standing
from avrr_desktop.journal import replica as reference
from avrr_desktop.journal.errors import NotHeld
from avrr_desktop.journal.header import Erasure, RegisterKey
from avrr_desktop.journal.merge import LATEST, MostProtective, in_conflict, row_state
from avrr_desktop.journal.payload import Absent
from avrr_desktop.store.ledger import Place
from avrr_desktop.store.rules import register_of
from avrr_desktop.store.tables import RowState

FIELDS = [
    (CORE, Person, "p" * 26, "name", "family_name", ["Ann", "Bob", None]),
    (CORE, Person, "p" * 26, "name", "given_names", ["Cem", "Dan", None]),
    (CORE, Person, "q" * 26, "birth", "birth_place", ["Basra", "Mosul"]),
    (CORE, Person, "p" * 26, "contact", "safe_to_call", [*SafeToCall]),
    (CORE, Case, CASE, "standing", "standing", list(Standing)[:3]),
    (LEGAL, Referral, CASE, "sender", "sender_unit", ["Pearson", "Trudeau"]),
]
ORDERS = {
    "standing": tuple({"standing": str(word)} for word in Standing),
    "contact": tuple({"safe_to_call": word} for word in ("no", "only_times", "yes")),
}


@cache
def template() -> Path:
    """Return an empty store, made once."""
    folder = Path(tempfile.mkdtemp(prefix="avrr-template"))
    Laptop(folder).store.close()
    return folder / "a" / "store.db"


def rules(key: RegisterKey):
    return MostProtective(ORDERS[key.register]) if key.register in ORDERS else LATEST


class Twin:
    """One laptop twice: the store under test and the reference."""

    def __init__(self, folder: Path, name: str) -> None:
        (folder / name).mkdir()
        shutil.copy(template(), folder / name / "store.db")
        self.laptop = Laptop(folder, name, draws=0)
        self.laptop.clock = self.clock
        self.laptop.crash()
        self.wall = milliseconds(self.laptop.now)
        self.seeds = 0
        self.replica = self.start(reference.EMPTY)

    def clock(self):
        return self.laptop.now

    def start(self, image: reference.Image) -> reference.Replica:
        self.seeds = self.laptop.draws_at_start
        return reference.Replica(
            reference.Laptop(
                device=self.laptop.device,
                sign=self.laptop.key.sign,
                check=check,
                wall_ms=lambda: milliseconds(self.laptop.now),
                new_writer=lambda: self.laptop.store._start.writer,
                new_seed=self.seed,
                rules=rules,
                is_blocking=lambda key: register_of(key.type, key.register)[0].seals,
            ),
            image,
        )

    def seed(self) -> bytes:
        self.seeds += 1
        return self.laptop.chance_at(self.seeds, 16)


class Histories(RuleBasedStateMachine):
    """Whatever two officers on two laptops do, store and reference say the same."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory(prefix="avrr-histories")
        self.twins = [Twin(Path(self.folder.name), name) for name in "ab"]

    def teardown(self) -> None:
        try:
            for who in (0, 1):
                self.rebuild(who)
            self.agree()
        finally:
            for twin in self.twins:
                twin.laptop.store.close()
            self.folder.cleanup()

    @rule(who=st.integers(0, 1), field=st.sampled_from(FIELDS), data=st.data(), officer=st.sampled_from([MAYA, IDRIS]))
    def write(self, who, field, data, officer):
        stream, entity, entity_id, register, name, values = field
        twin, value = self.twins[who], data.draw(st.sampled_from(values))
        twin.laptop.now += timedelta(milliseconds=data.draw(st.sampled_from([0, 1, 5000])))
        key = RegisterKey(entity.kind, entity_id, register)
        try:
            with twin.laptop.store.work(officer) as work:
                work.put(stream, entity, entity_id, **{name: value})
                wrote = bool(work.before)
        except NotHeld:  # thinned by an erasure whose own commit has not come yet
            with pytest.raises(NotHeld):
                twin.replica.write(stream, key, {}, officer)
            return
        held = twin.replica.shown(stream, key)
        base = held if isinstance(held, dict) else {}
        plain = None if value is None else str(value)
        merged = {**base, name: plain} if plain is not None or base.get(name) is not None else base
        assert wrote == (merged != base)
        if wrote:
            twin.replica.write(stream, key, merged, officer)

    @rule(who=st.integers(0, 1), row=st.sampled_from(["p", "q"]), gone=st.booleans())
    def trash(self, who, row, gone):
        twin, key = self.twins[who], RegisterKey("person", row * 26, "_del")
        with twin.laptop.store.work(MAYA) as work:
            (work.remove if gone else work.restore)(CORE, Person, row * 26)
            wrote = bool(work.before)
        if wrote:
            twin.replica.write(CORE, key, {"deleted": gone}, MAYA)

    @rule(who=st.integers(0, 1))
    def seal(self, who):
        twin = self.twins[who]
        before, digest = shown(twin.laptop), twin.laptop.store.digest()
        sealed = twin.laptop.store.seal_all()
        assert shown(twin.laptop) == before
        assert (twin.laptop.store.digest() == digest) == (not sealed)
        assert [c.cid for c in sealed] == [c.cid for c in twin.replica.seal_all()]

    @rule(who=st.integers(0, 1), data=st.data())
    def send(self, who, data):
        here, there = self.twins[who], self.twins[1 - who]
        commits = here.laptop.store.commits()
        assert [c.cid for c in commits] == [c.cid for c in here.replica.export()]
        chosen = data.draw(st.permutations(commits))[: data.draw(st.integers(0, len(commits)))]
        chosen = chosen + chosen[:1]
        applied = there.laptop.store.apply(chosen, check)
        assert applied.new == there.replica.receive(chosen)

    @rule(who=st.integers(0, 1), field=st.sampled_from(FIELDS), data=st.data())
    def settle(self, who, field, data):
        stream, entity, entity_id, register, name, values = field
        twin, value = self.twins[who], data.draw(st.sampled_from([v for v in values if v is not None]))
        key = RegisterKey(entity.kind, entity_id, register)
        # Sealed apart: a work that raises takes its own sealing back and leaves the seeds it drew spent.
        assert [c.cid for c in twin.laptop.store.seal_all()] == [c.cid for c in twin.replica.seal_all()]
        held = twin.replica.shown(stream, key)
        try:
            with twin.laptop.store.work(IDRIS) as work:
                commit = work.settle(stream, entity, entity_id, register, **{name: value})
        except NotHeld:
            with pytest.raises(NotHeld):
                twin.replica.settle(stream, key, {}, IDRIS)
            return
        merged = {**(held if isinstance(held, dict) else {}), name: str(value)}
        expected = twin.replica.settle(stream, key, merged, IDRIS)
        assert (commit and commit.cid) == (expected and expected.cid)

    @rule(who=st.integers(0, 1), field=st.sampled_from(FIELDS))
    def erase(self, who, field):
        stream, entity, entity_id, register, *_ = field
        twin, key = self.twins[who], RegisterKey(entity.kind, entity_id, register)
        twin.replica.seal_all()
        gone = [Erasure(e.cid, e.index) for e in twin.replica.ledger.history(stream, key)]
        with twin.laptop.store.work(MAYA) as work:
            count = work.erase(stream, entity, entity_id, registers=[register])
        assert count == len(gone)
        if gone:
            twin.replica.erase(stream, gone, MAYA)

    @rule(who=st.integers(0, 1))
    def crash(self, who):
        twin = self.twins[who]
        image = twin.replica.image()
        twin.laptop.crash()
        twin.replica = twin.start(image)

    @rule(who=st.integers(0, 1))
    def rebuild(self, who):
        twin = self.twins[who]
        twin.laptop.store.seal_all()
        twin.replica.seal_all()
        before, digest = shown(twin.laptop), twin.laptop.store.digest()
        twin.laptop.store.rebuild()
        assert shown(twin.laptop) == before
        assert twin.laptop.store.digest() == digest
        for row in "pq":
            states = twin.laptop.rows("SELECT row_state FROM person WHERE id = ?", row * 26)
            assert [RowState(state) for (state,) in states] == expected_row(twin.replica, row * 26)

    @invariant()
    def agree(self):
        for twin in self.twins:
            assert twin.laptop.store.digest() == twin.replica.ledger.digest()
            with twin.laptop.store._looking() as (ledger, openings):
                for (stream, key), value in twin.replica.projection().items():
                    place = Place(stream, *key)
                    text = openings.value(place) or ledger.register(place)[1]
                    assert (None if text is None else json.loads(text)) == (
                        None if isinstance(value, Absent) else value
                    )
            disputed = {(c.stream, c.kind, c.entity, c.register) for c in twin.laptop.store.conflicts(CASE)}
            expected = {
                (stream, *key)
                for stream, key in twin.replica.ledger.places()
                if reference_conflict(twin.replica, stream, key)
            }
            assert disputed == expected


def expected_row(replica: reference.Replica, entity: str) -> list[RowState]:
    """Return the state of a person's row by the reference's rule, in a list; empty where nothing was written."""
    heads = {
        key.register: replica.ledger.heads(CORE, key)
        for stream, key in replica.ledger.places()
        if stream == CORE and key[:2] == ("person", entity)
    }
    deletes = heads.pop("_del", ())
    others = [head for found in heads.values() for head in found]
    if not others and not deletes:
        return []
    if others and all(head.value is Absent.ERASED for head in others):
        return [RowState.ERASED]
    bins = [replace(head, value=isinstance(head.value, dict) and head.value["deleted"]) for head in deletes]
    return [RowState[row_state(bins, others).name]]


def reference_conflict(replica: reference.Replica, stream: str, key: RegisterKey) -> bool:
    opened = replica.opened().get(stream)
    return in_conflict(replica.ledger.heads(stream, key)) and not (opened and key in opened.ops)


def test_store_and_reference_say_the_same_after_any_history(deep):
    run_state_machine_as_test(
        Histories,
        settings=settings(
            max_examples=250 if deep else 20,
            stateful_step_count=60 if deep else 25,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            print_blob=False,
        ),
    )
