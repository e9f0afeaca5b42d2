"""Which values stand, which one is shown, when officers disagree."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from avrr_desktop.journal.context import Context
from avrr_desktop.journal.merge import (
    LATEST,
    Entry,
    MostProtective,
    Row,
    agrees,
    arrive,
    current,
    in_conflict,
    row_state,
    winner,
)
from avrr_desktop.journal.payload import Absent, Held

ANA, BEN, EVE = "a" * 16, "b" * 16, "e" * 16


def entry(writer: str, n: int, value: Held = "x", t: int = 0, **seen: int) -> Entry:
    """Make an op; *seen* maps a letter of a writer to the last number applied."""
    context = Context({letter * 16: ((1, last),) for letter, last in seen.items()})
    return Entry(f"{writer}{n}", writer, n, t, "officer", 0, value, context)


def test_an_edit_covers_what_its_author_had_seen_and_nothing_else() -> None:
    first, second, stranger = entry(ANA, 1), entry(BEN, 1, a=1), entry(EVE, 1)
    assert set(current([first, second, stranger])) == {second, stranger}


def test_a_late_arrival_may_be_covered_by_a_superseded_value() -> None:
    """The chain of SYNC.md 1.3: looking at heads alone would bring the first value back."""
    first = entry(ANA, 1)
    second = entry(BEN, 1, a=1)
    third = Entry("third", EVE, 1, 0, "officer", 0, "x", Context({BEN: ((1, 1),)}))
    for order in permutations([first, second, third]):
        heads: tuple[Entry, ...] = ()
        held: list[Entry] = []
        for one in order:
            heads = arrive(heads, held, one)
            held.append(one)
        assert heads == (third,)


@given(st.data())
def test_arrival_in_any_order_ends_where_the_whole_set_does(data: st.DataObject) -> None:
    numbers = st.sets(st.integers(1, 4))
    entries = []
    for writer in (ANA, BEN, EVE):
        for n in range(1, data.draw(st.integers(0, 4)) + 1):
            context = Context()
            for other in (ANA, BEN, EVE):
                for seen in data.draw(numbers):
                    if other != writer or seen < n:
                        context = context.with_dot(other, seen)
            entries.append(Entry(f"{writer}{n}", writer, n, n, "officer", 0, n, context))
    heads: tuple[Entry, ...] = ()
    held: list[Entry] = []
    for one in data.draw(st.permutations(entries)):
        heads = arrive(heads, held, one)
        held.append(one)
    assert heads == current(entries)
    naive = {o.cid for o in entries if not any(p.context.has(o.writer, o.n) for p in entries)}
    assert {head.cid for head in heads} == naive


def test_the_latest_value_is_shown_and_ties_fall_the_same_way_everywhere() -> None:
    early, late = entry(ANA, 1, "early", 1), entry(BEN, 1, "late", 2)
    assert winner([late, early], LATEST) == late
    tie = entry(EVE, 1, "tie", 2)
    assert winner([late, tie]) == winner([tie, late]) == tie
    assert winner([]) is None


def test_the_most_protective_value_is_shown_whatever_the_clocks_say() -> None:
    rule = MostProtective(("withdrawn", "given"))
    withdrawn, given_ = entry(ANA, 1, "withdrawn", 1), entry(BEN, 1, "given", 9)
    assert winner([given_, withdrawn], rule) == withdrawn
    assert winner([given_, entry(EVE, 1, "unheard of", 99)], rule) == given_


def test_true_and_one_have_their_own_places_in_an_order() -> None:
    rule = MostProtective((1, True))
    assert winner([entry(ANA, 1, True, 9), entry(BEN, 1, 1, 1)], rule) == entry(BEN, 1, 1, 1)


@pytest.mark.parametrize("absent", Absent)
def test_a_value_goes_before_one_that_is_not_here(absent: Absent) -> None:
    here = entry(ANA, 1, "here", 1)
    assert winner([here, entry(BEN, 1, absent, 9)]) == here


@pytest.mark.parametrize(
    ("values", "answer"),
    [
        (["x"], False),
        (["x", "x"], False),
        (["x", "y"], True),
        ([None, "x"], True),
        ([True, 1], True),
        (["x", Absent.ERASED], False),
        (["x", Absent.WITHHELD], True),
        ([Absent.WITHHELD], False),
        ([], False),
    ],
)
def test_only_different_values_are_a_conflict(values: list[Held], answer: bool) -> None:
    heads = [entry(ANA, i + 1, value) for i, value in enumerate(values)]
    assert in_conflict(heads) is answer


def test_a_value_agrees_only_with_heads_that_all_say_it() -> None:
    assert agrees([entry(ANA, 1, None), entry(BEN, 1, None)], None)
    assert not agrees([], None)
    assert not agrees([entry(ANA, 1, 1)], True)
    assert not agrees([entry(ANA, 1, Absent.ERASED)], None)
    assert not agrees([entry(ANA, 1, "x"), entry(BEN, 1, "y")], "x")


def test_an_edit_the_deleter_had_not_seen_keeps_the_row_in_sight() -> None:
    name = entry(ANA, 1, "Zoe")
    deleted = entry(BEN, 1, True, a=1)
    assert row_state([], [name]) is Row.PRESENT
    assert row_state([deleted], [name]) is Row.TRASHED
    assert row_state([deleted], [entry(EVE, 1, "Zoé")]) is Row.DISPUTED
    assert row_state([entry(BEN, 2, False, b=1)], [name]) is Row.PRESENT
    assert row_state([deleted, entry(EVE, 1, None)], [name]) is Row.DISPUTED
    same_commit = Entry(deleted.cid, BEN, 1, 0, "officer", 1, "Zoe", Context())
    assert row_state([deleted], [same_commit]) is Row.TRASHED
