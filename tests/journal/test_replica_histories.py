"""Random histories of several laptops, and mistakes that these histories must find."""

from __future__ import annotations

from random import Random

import journal_mutants
import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule, run_state_machine_as_test
from journal_world import CONTROL, CUTS, KEYS, OFFICERS, STREAMS, World, play

from avrr_desktop.journal.replica import Replica

SEEDS = 300
"""Histories the seeded search plays; the slowest of the mutants is found within a third of them."""

LAPTOPS = st.integers(0, 3)
ANY = st.integers(0, 31)
STREAM = st.sampled_from(STREAMS)
KEY = st.sampled_from(KEYS)
OFFICER = st.sampled_from(OFFICERS)


class Office(RuleBasedStateMachine):
    """The acts of `World` in any order hypothesis likes; a fault is shrunk to the shortest history."""

    def __init__(self) -> None:
        super().__init__()
        self.world = World()

    @rule(at=LAPTOPS, stream=STREAM, key=KEY, officer=OFFICER, plain=st.none() | st.integers(0, 2))
    def edit(self, at: int, stream: str, key, officer: str, plain: int | None) -> None:
        self.world.edit(at, stream, key, officer, plain)

    @rule(at=LAPTOPS, stream=STREAM, keys=st.permutations(KEYS))
    def fill_in_a_page(self, at: int, stream: str, keys) -> None:
        for key in keys:
            self.world.edit(at, stream, key, "ana")
        self.world.seal(at)

    @rule(at=LAPTOPS)
    def seal(self, at: int) -> None:
        self.world.seal(at)

    @rule(at=LAPTOPS, stream=STREAM, key=KEY, officer=OFFICER)
    def settle(self, at: int, stream: str, key, officer: str) -> None:
        self.world.settle(at, stream, key, officer)

    @rule(at=LAPTOPS, cut=st.sampled_from(CUTS))
    def export(self, at: int, cut: str) -> None:
        self.world.export(at, cut)

    @rule(at=LAPTOPS, stream=STREAM)
    def export_one_stream(self, at: int, stream: str) -> None:
        self.world.export(at, "whole", [stream])

    @rule(medium=ANY, at=LAPTOPS, mix=ANY)
    def deliver(self, medium: int, at: int, mix: int) -> None:
        self.world.deliver(medium, at, mix)

    @rule(giver=LAPTOPS, taker=LAPTOPS, cut=st.sampled_from(CUTS), mix=ANY)
    def carry(self, giver: int, taker: int, cut: str, mix: int) -> None:
        self.world.export(giver, cut)
        self.world.deliver(len(self.world.media) - 1, taker, mix)

    @rule(at=LAPTOPS, sealed=st.booleans())
    def copy_disk(self, at: int, sealed: bool) -> None:
        self.world.copy_disk(at, sealed)

    @rule(disk=ANY)
    def restore(self, disk: int) -> None:
        self.world.restore(disk)

    @rule(disk=ANY)
    def clone(self, disk: int) -> None:
        self.world.clone(disk)

    @rule(at=LAPTOPS)
    def crash(self, at: int) -> None:
        self.world.crash(at)

    @rule(at=LAPTOPS, seconds=st.sampled_from([-(10**9), 0, 10**9]))
    def turn_clock(self, at: int, seconds: int) -> None:
        self.world.turn_clock(at, seconds)

    @rule(at=LAPTOPS, stream=STREAM, key=KEY, away=st.booleans())
    def erase(self, at: int, stream: str, key, away: bool) -> None:
        self.world.erase(at, stream, key, CONTROL if away else stream)

    def teardown(self) -> None:
        self.world.judge()


def test_no_history_of_exchanges_breaks_a_promise(deep: bool) -> None:
    """SYNC.md 6.1, oracles (a) to (e); gap-heavy exports are half of all exports."""
    run_state_machine_as_test(
        Office,
        settings=settings(
            max_examples=4000 if deep else 500,
            stateful_step_count=40,
            deadline=None,
            database=None,
            derandomize=not deep,
            suppress_health_check=list(HealthCheck),
        ),
    )


def first_fault(replica_type: type[Replica], seeds: int) -> str | None:
    """Play histories until one breaks a promise, and say which."""
    for seed in range(seeds):
        try:
            play(World(replica_type), Random(seed))
        except AssertionError as e:
            return str(e).partition("\n")[0]
    return None


def test_the_real_replica_survives_the_search_for_mutants(deep: bool) -> None:
    """The control of the tests below: same histories, no fault."""
    assert first_fault(Replica, 5000 if deep else SEEDS) is None


@pytest.mark.parametrize("mutant", journal_mutants.ALL, ids=lambda m: m.__name__)
def test_a_replica_with_one_mistake_is_found(mutant: type[Replica]) -> None:
    fault = first_fault(mutant, SEEDS)
    assert (
        fault
        in {
            "SequenceReuse": {"one dot, two commits"},
            "JoinedContexts": {"a value was lost"},
            "SupersededReturns": {"rebuilding differs"},
            "ForgottenErasure": {"an erased value is here"},
            "KeysInPayload": {"a superseded value became current again"},
            "NoSealBeforeImport": {"sealing changed a shown value"},
            "ContextAtSealing": {"a value was lost"},
            "CrashedUnderOldWriter": {"one dot, two commits"},
        }[mutant.__name__]
    )
