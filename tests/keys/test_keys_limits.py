"""Numbers and texts from a file are bounded before anything is done with them."""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from avrr_desktop.keys.changing import create_key_file
from avrr_desktop.keys.cost import (
    CALIBRATED_MOST_KIB,
    FLOOR_KIB,
    MOST_KIB,
    MOST_WORK_KIB,
    Cost,
    calibrate,
    check_cost,
    stretch,
)
from avrr_desktop.keys.encoding import check_key_set, decode, encode
from avrr_desktop.keys.errors import CostRefused, KeyFileDamaged, OfficerRefused
from avrr_desktop.keys.keyfile import KeyFile
from avrr_desktop.keys.secret import Secret
from avrr_desktop.keys.slots import KeySet, Kind, Officer, Slot

HEX32 = st.binary(min_size=32, max_size=32)
IDS = st.from_regex(r"[A-Za-z0-9_-]{1,64}", fullmatch=True)
SLOT_IDS = st.from_regex(r"[0-9a-f]{16}", fullmatch=True)
NAMES = st.text(st.characters(exclude_categories=["C", "Zl", "Zp"]), max_size=80) | st.just("نیلوفر\u200cها")
COSTS = st.builds(Cost, st.integers(64, MOST_KIB // 4), st.integers(1, 16), st.integers(1, 8))
COMMON = {"id": SLOT_IDS, "salt": st.binary(min_size=16, max_size=16), "wrapped": st.binary(min_size=60, max_size=60)}
SLOTS = st.one_of(
    st.builds(
        Slot,
        **COMMON,
        kind=st.just(Kind.PASSPHRASE),
        officer=st.builds(Officer, IDS, NAMES, st.lists(IDS, max_size=8).map(tuple)),
        cost=COSTS,
        device_secret_id=st.just("") | SLOT_IDS,
    ),
    st.builds(Slot, **COMMON, kind=st.just(Kind.RECOVERY)),
    st.builds(Slot, **COMMON, kind=st.just(Kind.ESCROW), recipient=HEX32, sender=HEX32),
)
KEY_SETS = st.builds(
    KeySet,
    IDS,
    st.integers(1, 2**53 - 1),
    st.lists(SLOTS, max_size=5, unique_by=lambda slot: slot.id).map(tuple),
    HEX32,
    HEX32,
)


@given(KEY_SETS)
def test_a_key_set_comes_back_as_it_was_written(keys: KeySet) -> None:
    assert keys == decode(encode(keys))
    assert keys == check_key_set(keys)


@given(st.binary(max_size=300))
def test_any_bytes_are_refused_with_one_kind_of_failure(data: bytes) -> None:
    with pytest.raises(KeyFileDamaged):
        decode(data)
    with pytest.raises(KeyFileDamaged):
        decode(framed(data))


def framed(text: bytes) -> bytes:
    """Return *text* under a right checksum."""
    total = hashlib.sha256(b"avrr-keys 1\n" + text).hexdigest().encode()
    return b"avrr-keys 1 " + total + b"\n" + text


def value() -> dict[str, Any]:
    """Return a well-formed body as JSON values."""
    slot = {
        "id": "0" * 16,
        "kind": "passphrase",
        "salt": "00" * 16,
        "wrapped": "00" * 60,
        "officer": {"id": "o", "name": "N", "roles": ["r"]},
        "argon2id": {"lanes": 1, "memory_kib": 8, "passes": 1},
        "device_secret": "",
    }
    return {"check": "00" * 32, "generation": 1, "seal": "00" * 32, "slots": [slot], "store": "s"}


def dump(body: dict[str, Any]) -> bytes:
    return framed(json.dumps(body, sort_keys=True, separators=(",", ":")).encode())


def test_the_sample_itself_is_accepted() -> None:
    """The control of the refusals below."""
    assert decode(dump(value())).store == "s"


def put(*path: Any) -> Callable[[dict[str, Any]], None]:
    """Return a change that sets the last of *path* at the place the others name."""

    def change(body: dict[str, Any]) -> None:
        where: Any = body
        for step in path[:-2]:
            where = where[step]
        where[path[-2]] = path[-1]

    return change


COST = ("slots", 0, "argon2id")


@pytest.mark.parametrize(
    "change",
    [
        put(*COST, "memory_kib", MOST_KIB + 1),
        put(*COST, "memory_kib", 2**64),
        put(*COST, "memory_kib", 7),
        put(*COST, "memory_kib", 0),
        put(*COST, "memory_kib", -8),
        put(*COST, "memory_kib", True),
        put(*COST, "memory_kib", 8.0),
        put(*COST, "memory_kib", "8"),
        put(*COST, "passes", 17),
        put(*COST, "passes", 0),
        put(*COST, "lanes", 9),
        put(*COST, "lanes", 0),
        put("slots", 0, "argon2id", {"memory_kib": MOST_KIB, "passes": 5, "lanes": 4}),
        put("generation", 0),
        put("generation", 2**53),
        put("generation", 1.0),
        put("store", "s" * 65),
        put("store", "a/b"),
        put("slots", {}),
        put("slots", [value()["slots"][0]] * 2),
        put("slots", [value()["slots"][0] | {"id": f"{n:016x}"} for n in range(65)]),
        put("slots", 0, "kind", "master"),
        put("slots", 0, "salt", "00" * 15),
        put("slots", 0, "salt", "0 " * 16),
        put("slots", 0, "wrapped", "AA" * 60),
        put("slots", 0, "officer", "name", "x" * 81),
        put("slots", 0, "officer", "name", "a\u202eb"),
        put("slots", 0, "officer", "name", "a\nb"),
        put("slots", 0, "officer", "name", "\ud800"),
        put("slots", 0, "officer", "roles", ["r"] * 9),
        put("slots", 0, "officer", None),
        put("slots", 0, "extra", 1),
        put("extra", 1),
    ],
)
def test_a_hostile_value_under_a_right_checksum_is_refused(change: Callable[[dict[str, Any]], None]) -> None:
    body = value()
    change(body)
    with pytest.raises(KeyFileDamaged) as caught:
        decode(dump(body))
    assert caught.value.params["why"] in {"content", "not-canonical"}


@pytest.mark.parametrize(
    "text",
    [
        b"[" * 100_000,
        b'{"generation":' + b"9" * 100_000 + b"}",
        b'{"generation":NaN}',
        b"null",
        b"[]",
        b'{"slots":[1]}',
        b"\xff\xfe",
    ],
    ids=["deep", "long number", "NaN", "null", "list", "number as slot", "not UTF-8"],
)
def test_a_hostile_text_is_refused(text: bytes) -> None:
    with pytest.raises(KeyFileDamaged):
        decode(framed(text))


def test_a_file_of_a_gigabyte_is_not_read(tmp_path: Path) -> None:
    file = KeyFile(tmp_path / "store")
    for path in file.copies:
        with path.open("wb") as sparse:
            sparse.truncate(1 << 30)
    with pytest.raises(KeyFileDamaged):
        file.read()


@pytest.mark.parametrize(
    ("cost", "what"),
    [
        (Cost(MOST_KIB + 1, 1, 1), "memory_kib"),
        (Cost(8, 1, 2), "memory_kib"),
        (Cost(8, 17, 1), "passes"),
        (Cost(64, 1, 9), "lanes"),
        (Cost(64, 1, 0), "lanes"),
        (Cost(MOST_KIB, 5, 4), "work_kib"),
        (Cost(-1, -1, 1), "passes"),
    ],
)
def test_a_cost_out_of_bounds_is_refused_before_any_work(
    cost: Cost, what: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "argon2.low_level", None)  # any work would now be an ImportError
    with pytest.raises(CostRefused) as caught:
        stretch(Secret(b"x"), bytes(16), cost)
    assert what == caught.value.params["what"]
    with pytest.raises(ImportError):
        stretch(Secret(b"x"), bytes(16), Cost(8, 1, 1))


def test_the_stretching_is_argon2id_as_others_compute_it() -> None:
    """The pinned value comes from RFC 9106's algorithm through a second implementation's interface."""
    from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

    other = Argon2id(salt=b"s" * 16, length=32, iterations=2, lanes=2, memory_cost=64).derive(b"passphrase")
    assert other == stretch(Secret(b"passphrase"), b"s" * 16, Cost(64, 2, 2)).reveal()


@given(st.floats(0.0001, 60))
def test_calibration_stays_between_floor_and_cap_whatever_the_machine(floor_takes_s: float) -> None:
    cost = calibrate(time_of=lambda _cost: floor_takes_s)
    assert FLOOR_KIB <= cost.memory_kib <= CALIBRATED_MOST_KIB
    assert 3 <= cost.passes <= 8
    assert cost.memory_kib * cost.passes <= MOST_WORK_KIB
    assert cost == check_cost(cost, FLOOR_KIB)


def test_calibration_comes_near_its_target_where_the_bounds_allow() -> None:
    for floor_takes_s in (0.09, 0.15, 0.3, 0.5):
        cost = calibrate(time_of=lambda _cost, took=floor_takes_s: took)
        took = floor_takes_s * (cost.memory_kib / FLOOR_KIB) * (cost.passes / 3)
        assert 0.5 <= took <= 1.0


def test_a_real_calibration_gives_a_cost_that_may_be_used() -> None:
    cost = calibrate(target_s=0.2)
    assert cost == check_cost(cost, FLOOR_KIB)


@pytest.mark.parametrize(
    ("officer", "field"),
    [
        (Officer(""), "id"),
        (Officer("o", "a\nb"), "name"),
        (Officer("o", "x" * 81), "name"),
        (Officer("o", "", ("x y",)), "roles"),
        (Officer("o", "", ("r",) * 9), "roles"),
    ],
)
def test_an_officer_the_file_cannot_hold_is_refused_and_the_field_named(
    tmp_path: Path, officer: Officer, field: str
) -> None:
    file = KeyFile(tmp_path / "store")
    with pytest.raises(OfficerRefused) as caught:
        create_key_file(file, "s", officer, "a lantern in the harbour", cost=Cost(8, 1, 1), floor_kib=8)
    assert caught.value.params == {"field": field}
    assert not file.exists()


def test_a_store_id_that_could_not_be_read_back_is_not_written(tmp_path: Path) -> None:
    file = KeyFile(tmp_path / "store")
    with pytest.raises(ValueError, match="text"):
        create_key_file(file, "a/b", Officer("o"), "a lantern in the harbour", cost=Cost(8, 1, 1), floor_kib=8)
    assert not file.exists()
