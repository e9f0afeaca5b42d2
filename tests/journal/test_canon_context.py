"""One value, one spelling; sets of dots as intervals; a clock that never runs backwards."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from avrr_desktop.journal.canon import INT_MAX, MAX_DEPTH, decode, encode, same
from avrr_desktop.journal.context import MAX_WRITERS, Context
from avrr_desktop.journal.errors import Malformed, NotAValue, NotCanonical, TooLarge
from avrr_desktop.journal.hlc import DRIFT_MS, T_MAX, tick, witness

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-INT_MAX, INT_MAX) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=8,
)
WRITERS = ("a" * 16, "b" * 16)
DOTS = st.sets(st.tuples(st.sampled_from(WRITERS), st.integers(1, 12)))


def context_of(dots: set[tuple[str, int]]) -> Context:
    context = Context()
    for writer, n in dots:
        context = context.with_dot(writer, n)
    return context


@given(VALUES)
def test_a_value_comes_back_from_its_spelling(value: object) -> None:
    text = encode(value)  # type: ignore[arg-type]
    assert encode(decode(text)) == text
    assert decode(text) == value
    assert json.loads(text) == value


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (b'{"a":1,"a":2}', "spelling"),
        (b'{"b":1,"a":2}', "spelling"),
        (b"[1, 2]", "spelling"),
        (b"1\n", "spelling"),
        (b"-0", "spelling"),
        (b'"\\u0041"', "spelling"),
        (b'"\\/"', "spelling"),
        (b"\xef\xbb\xbf1", "json"),
        (b"NaN", "float"),
        (b"Infinity", "float"),
        (b"1.0", "float"),
        (b"1e3", "float"),
        (b"9007199254740992", "integer"),
        (b"1" * 400, "integer"),
        (b'"\\ud800"', "surrogate"),
        (b'"\xff"', "utf8"),
        (b'"\x00"', "json"),
        (b"[" * 100_000 + b"]" * 100_000, "depth"),
        (b"[" * (MAX_DEPTH + 1) + b"]" * (MAX_DEPTH + 1), "depth"),
        (b"", "json"),
        (b"1 2", "json"),
    ],
)
def test_any_other_spelling_is_refused(text: bytes, why: str) -> None:
    """SYNC.md 6.3, row 54."""
    with pytest.raises(NotCanonical) as refusal:
        decode(text)
    assert refusal.value.params["why"] == why


@pytest.mark.parametrize("value", [1.5, (1,), b"x", {1: 2}, INT_MAX + 1, "\ud800", [[[[[[[[[[[1]]]]]]]]]]]])
def test_what_canonical_json_cannot_hold_is_our_own_fault(value: object) -> None:
    with pytest.raises(NotAValue):
        encode(value)  # type: ignore[arg-type]


def test_true_is_not_one() -> None:
    assert same(True, True)
    assert not same(True, 1)


@given(DOTS, DOTS)
def test_a_context_is_the_set_of_its_dots(a: set[tuple[str, int]], b: set[tuple[str, int]]) -> None:
    one, two = context_of(a), context_of(b)
    every = {(w, n) for w in WRITERS for n in range(14)}
    assert {dot for dot in every if one.has(*dot)} == a
    assert one.union(two) == context_of(a | b)
    assert one.minus(two) == context_of(a - b)
    assert one.covers(two) == (a >= b)
    assert one.count() == len(a)
    assert (one == two) == (a == b)
    assert hash(one) == hash(context_of(a))
    assert bool(one) == bool(a)
    assert Context.from_json(one.to_json()) == one
    assert decode(encode(dict(one.to_json()))) == one.to_json()


def test_a_context_without_gaps_is_written_as_one_number() -> None:
    assert Context({"a" * 16: ((1, 3),), "b" * 16: ((2, 2), (4, 9))}).to_json() == {
        "a" * 16: 3,
        "b" * 16: [[2, 2], [4, 9]],
    }


@pytest.mark.parametrize(
    "value",
    [
        [],
        {"A" * 16: 1},
        {"a" * 15: 1},
        {"a" * 16: 0},
        {"a" * 16: True},
        {"a" * 16: 2**53},
        {"a" * 16: []},
        {"a" * 16: [[2, 1]]},
        {"a" * 16: [[-1, 1]]},
        {"a" * 16: [[2, 2**53]]},
        {"a" * 16: [[2, 3], [4, 5]]},
        {"a" * 16: [[4, 5], [2, 2]]},
        {"a" * 16: [[1, 4]]},
        {"a" * 16: [[2, 3, 4]]},
        {"a" * 16: [2, 3]},
    ],
)
def test_a_context_of_wrong_shape_is_refused(value: object) -> None:
    """SYNC.md 6.3, row 56."""
    with pytest.raises(Malformed):
        Context.from_json(value)  # type: ignore[arg-type]


def test_a_context_of_too_many_writers_is_refused() -> None:
    names = [f"{i:016x}" for i in range(MAX_WRITERS + 1)]
    assert len(Context.from_json(dict.fromkeys(names[1:], 1)).spans) == MAX_WRITERS
    with pytest.raises(TooLarge):
        Context.from_json(dict.fromkeys(names, 1))


def test_wide_intervals_cost_nothing() -> None:
    wide = Context.from_json({"a" * 16: 2**53 - 1})
    assert wide.minus(Context({"a" * 16: ((5, 5),)})).count() == 2**53 - 2
    assert wide.union(Context({"a" * 16: ((7, 9),)})) == wide


@given(st.lists(st.integers(-(10**12), 10**14), min_size=1))
def test_stamps_rise_however_wrong_the_wall_clock_is(walls: list[int]) -> None:
    last = 0
    for wall in walls:
        stamp = tick(last, wall)
        assert stamp > last
        assert stamp >= wall
        last = stamp


def test_another_laptops_stamp_pulls_the_clock_a_day_at_most() -> None:
    assert witness(100, 5_000, 200) == 5_000
    assert witness(100, T_MAX, 200) == 200 + DRIFT_MS
    assert witness(100, 50, 200) == 100
    assert tick(T_MAX, 0) == T_MAX
