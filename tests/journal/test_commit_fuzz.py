"""Hostile bytes: every reader says one of its own words or reads what was sealed."""

from __future__ import annotations

import json
from contextlib import suppress
from random import Random

from hypothesis import example, given, settings
from hypothesis import strategies as st
from journal_world import NAME, check, sign_as

from avrr_desktop.journal.canon import decode, encode
from avrr_desktop.journal.commit import Commit, Op, read_line, seal, verify, withhold, write_line
from avrr_desktop.journal.context import Context
from avrr_desktop.journal.errors import Rejected
from avrr_desktop.journal.header import RegisterKey

COMMIT: Commit = seal(
    stream="case1:core",
    writer="a" * 16,
    device="laptop0",
    n=3,
    previous="0" * 64,
    context=Context({"b" * 16: ((1, 3), (5, 5))}),
    t=1_795_000_000_000,
    officer="ana",
    ops=[Op(NAME, {"given": "Zoé", "parts": [1, None, True]}), Op(RegisterKey("a", "b", "c"), None)],
    seed=b"0123456789abcdef",
    sign=lambda message: sign_as("laptop0", message),
    erases=[("f" * 64, 1)],
)
LINES = [write_line(COMMIT), write_line(withhold(COMMIT, {0})), write_line(withhold(COMMIT, {0, 1}))]
KNOWN = {(c.cid, c.payload_bytes) for c in map(read_line, LINES)}

PIECES = st.sampled_from(
    [b"null", b"1e9", b"-1", b"[]", b"{}", b'""', b"9" * 30, b"\xff", b"true", b"[" * 50, b'"\\ud800"']
)


def take(line: bytes) -> Commit | None:
    """Read and verify; None when refused in the words of the journal. Anything else fails the test."""
    try:
        commit = read_line(line)
        verify(commit, check)
    except Rejected:
        return None
    return commit


@given(st.binary(max_size=200) | st.text(alphabet='[]{}",:0123456789eE.-ntfaul\\ ', max_size=60).map(str.encode))
@example(b"[" * 200_000)
@example(b'{"a":' * 200_000)
def test_random_bytes_are_refused_in_our_own_words(data: bytes) -> None:
    assert take(data) is None
    with suppress(Rejected):
        assert encode(decode(data)) == data


@settings(max_examples=400)
@given(st.sampled_from(LINES), st.integers(0, 10_000), st.integers(0, 12), PIECES | st.binary(max_size=4))
def test_a_damaged_line_is_refused_or_unchanged(line: bytes, at: int, width: int, piece: bytes) -> None:
    at %= len(line)
    commit = take(line[:at] + piece + line[at + width :])
    assert commit is None or (commit.cid, commit.payload_bytes) in KNOWN


def test_every_flipped_bit_and_every_truncation_is_refused() -> None:
    line = LINES[0]
    for at in range(len(line)):
        assert take(line[:at]) is None
        assert take(line[:at] + bytes([line[at] ^ (1 << at % 8)]) + line[at + 1 :]) is None
    assert take(line) == COMMIT


def test_values_of_wrong_kind_at_any_path_are_refused_in_our_own_words() -> None:
    """Bytes seldom reach the inner readers; trees with one foreign node always do."""
    chance = Random(0)
    strange = [None, True, 0, -1, 2**53 - 1, "", "x", [], {}, [[]], [1], {"0": 1}, "0" * 64]
    refused = 0
    for line in LINES:
        for _ in range(600):
            tree = json.loads(line)
            spoil(tree, chance, chance.choice(strange))
            data = encode(tree)
            if data != line:
                commit = take(data)
                assert commit is None or (commit.cid, commit.payload_bytes) in KNOWN
                refused += commit is None
    assert refused > 1000


def spoil(tree: object, chance: Random, piece: object) -> None:
    """Exchange one node, drawn by a walk from the root."""
    keys = list(tree) if isinstance(tree, dict) else list(range(len(tree)))  # type: ignore[arg-type]
    key = chance.choice(keys)
    inner = tree[key]  # type: ignore[index]
    if isinstance(inner, dict | list) and inner and chance.random() < 0.85:
        spoil(inner, chance, piece)
    else:
        tree[key] = piece  # type: ignore[index]
