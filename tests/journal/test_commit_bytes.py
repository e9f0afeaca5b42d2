"""Commits: what is signed, what can be taken out, what is refused."""

from __future__ import annotations

import hashlib
import hmac
import json

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from avrr_desktop.journal.canon import encode
from avrr_desktop.journal.commit import (
    Commit,
    Op,
    fill,
    forget,
    parse,
    read_line,
    seal,
    verify,
    withhold,
    write_line,
)
from avrr_desktop.journal.context import Context
from avrr_desktop.journal.errors import Altered, Forged, Malformed, NotAValue, NotSealable, TooLarge
from avrr_desktop.journal.header import MAX_OPS, RegisterKey
from avrr_desktop.journal.payload import MAX_VALUE_BYTES, Absent

KEY = Ed25519PrivateKey.from_private_bytes(b"k" * 32)
SEED = b"0123456789abcdef"


def check(device: str, message: bytes, signature: bytes) -> bool:
    try:
        KEY.public_key().verify(signature, message)
    except InvalidSignature:
        return False
    return device == "laptop"


def made(**changes: object) -> Commit:
    given: dict[str, object] = {
        "stream": "case1:core",
        "writer": "a" * 16,
        "device": "laptop",
        "n": 1,
        "previous": None,
        "context": Context({"b" * 16: ((1, 3), (5, 5))}),
        "t": 1_000,
        "officer": "ana",
        "ops": [Op(RegisterKey("person", "p1", "name"), "Zoé"), Op(RegisterKey("person", "p1", "born"), None)],
        "seed": SEED,
        "sign": KEY.sign,
    }
    return seal(**{**given, **changes})  # type: ignore[arg-type]


def altered(commit: Commit, **changes: object) -> bytes:
    return encode({**json.loads(commit.header_bytes), **changes})


def test_the_signed_bytes_never_change() -> None:
    """Frozen from the first release: fields, order, spelling, leaves and id."""
    commit = made()
    assert (
        b'{"c":{"bbbbbbbbbbbbbbbb":[[1,3],[5,5]]},"d":"laptop","k":[["person","p1","born"],["person","p1",'
        b'"name"]],"kind":"edit","m":1,"n":1,"p":null,"ph":"' + commit.header.root.hex().encode() + b'",'
        b'"s":"case1:core","t":1000,"u":"ana","v":1,"w":"aaaaaaaaaaaaaaaa","x":[]}'
    ) == commit.header_bytes
    assert commit.payload_bytes == b'{"v":[null,"Zo\xc3\xa9"],"z":"30313233343536373839616263646566"}'
    assert hashlib.sha256(commit.header_bytes).hexdigest() == commit.cid
    assert commit.header.root.hex() == "b26152640ec45fa2c65936a1557104f235246c6ad955535f87d9f9c39df65515"


def test_the_root_is_the_one_of_the_published_formula() -> None:
    """SYNC.md 1.3, written out again without the code under test."""
    leaves = b""
    for i, text in enumerate([b"null", '"Zoé"'.encode()]):
        place = i.to_bytes(4, "big")
        salt = hmac.new(SEED, place, hashlib.sha256).digest()[:16]
        leaves += hashlib.sha256(b"leaf" + place + salt + text).digest()
    assert made().header.root == hashlib.sha256(leaves).digest()


def test_a_sealed_commit_comes_back_whole_from_its_line() -> None:
    commit = made()
    again = read_line(write_line(commit))
    verify(again, check)
    assert commit == again
    assert again.values() == (None, "Zoé")


def test_no_value_stands_in_the_header_or_in_a_representation() -> None:
    commit = made()
    assert b"Zo" not in commit.header_bytes
    assert "Zo" not in repr(commit)


def test_a_withheld_value_leaves_id_and_signature_valid() -> None:
    commit = made()
    part = withhold(commit, {1})
    again = parse(part.header_bytes, part.payload_bytes, part.signature)
    verify(again, check)
    assert commit.cid == again.cid
    assert again.values() == (None, Absent.WITHHELD)
    assert commit == fill(again, commit)


def test_an_erased_value_takes_the_seed_with_it() -> None:
    """With the seed left, a short value could be guessed from its leaf."""
    gone = forget(made(), {1})
    assert SEED.hex().encode() not in gone.payload_bytes
    assert b"Zo" not in gone.payload_bytes
    verify(gone, check)
    assert gone.values({1}) == (None, Absent.ERASED)


def test_two_parts_fill_each_other() -> None:
    commit = made()
    assert commit.values() == fill(withhold(commit, {0}), withhold(commit, {1})).values()


def test_a_changed_header_is_forged() -> None:
    commit = made()
    with pytest.raises(Forged):
        verify(parse(altered(commit, u="eve"), commit.payload_bytes, commit.signature), check)


@pytest.mark.parametrize("whole", [True, False])
def test_a_changed_value_is_altered(whole: bool) -> None:
    commit = made() if whole else withhold(made(), {0})
    swapped = commit.payload_bytes.replace("Zoé".encode(), b"Eve")
    assert swapped != commit.payload_bytes
    with pytest.raises(Altered):
        verify(parse(commit.header_bytes, swapped, commit.signature), check)


def test_a_changed_leaf_is_altered() -> None:
    part = withhold(made(), {0, 1})
    leaf = part.payload.leaves[0].hex().encode()
    swapped = part.payload_bytes.replace(leaf, leaf[::-1])
    with pytest.raises(Altered):
        verify(parse(part.header_bytes, swapped, part.signature), check)


@pytest.mark.parametrize(
    "changes",
    [
        {"k": [["a", "b", "c"], ["a", "b", "c"]]},
        {"k": [["b", "b", "c"], ["a", "b", "c"]]},
        {"k": [["a", "b"]]},
        {"k": [], "x": []},
        {"n": 0},
        {"n": True},
        {"n": 2},
        {"p": "0" * 64},
        {"t": -1},
        {"t": 2**53 - 1},
        {"w": "A" * 16},
        {"c": {"a" * 16: 1}},
        {"c": {"b" * 16: [[3, 1]]}},
        {"c": {"b" * 16: [[1, 2], [3, 4]]}},
        {"c": {"b" * 16: [[1, 2]]}},
        {"c": {"b" * 16: -1}},
        {"u": ""},
        {"u": "x" * 129},
        {"x": [["0" * 64, -1]]},
        {"x": [["0" * 63, 1]]},
        {"ph": "0"},
        {"extra": 1},
    ],
)
def test_a_header_of_wrong_shape_is_refused(changes: dict[str, object]) -> None:
    commit = made()
    parse(altered(commit), commit.payload_bytes, commit.signature)
    with pytest.raises(Malformed):
        parse(altered(commit, **changes), commit.payload_bytes, commit.signature)


def test_limits_are_named() -> None:
    commit = made()
    many = [["a", "b", f"{i:04}"] for i in range(MAX_OPS + 1)]
    with pytest.raises(TooLarge, match="too_large") as refusal:
        parse(altered(commit, k=many), commit.payload_bytes, commit.signature)
    assert refusal.value.params == {"limit": "ops", "most": MAX_OPS}
    with pytest.raises(TooLarge) as refusal:
        parse(commit.header_bytes, b" " * 262_144, commit.signature)
    assert refusal.value.params["limit"] == "line"
    text = commit.payload_bytes.replace("Zoé".encode(), b"x" * MAX_VALUE_BYTES)
    with pytest.raises(TooLarge) as refusal:
        parse(commit.header_bytes, text, commit.signature)
    assert refusal.value.params["limit"] == "value"


def test_sealing_refuses_what_no_reader_would_take() -> None:
    key = RegisterKey("a", "b", "c")
    with pytest.raises(NotSealable):
        made(ops=[Op(key, 1), Op(key, 2)])
    with pytest.raises(NotSealable):
        made(ops=[])
    with pytest.raises(NotSealable):
        made(context=Context({"a" * 16: ((1, 1),)}))
    with pytest.raises(NotAValue):
        made(ops=[Op(key, 1.5)])  # type: ignore[arg-type]
    with pytest.raises(NotAValue):
        made(ops=[Op(key, "x" * MAX_VALUE_BYTES)])


def test_a_jump_to_the_last_number_costs_nothing() -> None:
    """SYNC.md 6.3, row 57: a gap of 2**53 is a gap, not a loop."""
    commit = made(n=2**53 - 1, previous="0" * 64)
    assert commit.header.context.has("a" * 16, 2**53 - 2)
    assert commit == read_line(write_line(commit))
