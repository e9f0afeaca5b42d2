"""Recovery codes, passphrases and the repr of everything that holds a secret."""

from __future__ import annotations

import itertools
import pickle
import traceback
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from avrr_desktop.domain.ids import CROCKFORD
from avrr_desktop.keys import errors
from avrr_desktop.keys.changing import create_key_file
from avrr_desktop.keys.cost import Cost
from avrr_desktop.keys.device import new_device_keys
from avrr_desktop.keys.errors import KeysFailure, RecoveryCodeMistyped, WeakPassphrase, WrongPassphrase
from avrr_desktop.keys.groups import read_groups, write_groups
from avrr_desktop.keys.keyfile import KeyFile
from avrr_desktop.keys.opening import open_with_passphrase
from avrr_desktop.keys.passphrase import Level, Refusal, accept_new, measure, normalise, typed
from avrr_desktop.keys.recovery import RecoveryCode, new_recovery_code, read_recovery_code
from avrr_desktop.keys.secret import Secret
from avrr_desktop.keys.slots import Officer

CODES = st.binary(min_size=20, max_size=20).map(RecoveryCode)


@given(CODES)
def test_a_printed_code_is_read_back(code: RecoveryCode) -> None:
    text = code.text()
    assert [len(group) for group in text.split("-")] == [5] * 8
    assert code == read_recovery_code(text)


@given(CODES, st.data())
def test_case_blanks_hyphens_and_look_alikes_do_not_matter(code: RecoveryCode, data: st.DataObject) -> None:
    looks = {"0": "0oO", "1": "1iIlL"}
    letters = [data.draw(st.sampled_from(looks.get(c, c + c.lower()))) for c in code.text() if c != "-"]
    breaks = data.draw(st.lists(st.sampled_from(["", " ", "-", "\n", " – "]), min_size=40, max_size=40))
    assert code == read_recovery_code("".join(a + b for a, b in zip(breaks, letters, strict=True)))


@given(CODES, st.integers(0, 39), st.sampled_from(CROCKFORD))
def test_one_wrong_letter_is_found_and_its_group_named(code: RecoveryCode, place: int, letter: str) -> None:
    letters = [c for c in code.text() if c != "-"]
    assume(letters[place] != letter)
    letters[place] = letter
    with pytest.raises(RecoveryCodeMistyped) as caught:
        read_recovery_code("".join(letters))
    assert caught.value.params == {"groups": (place // 5 + 1,), "expected": 8}


@given(CODES, st.integers(0, 7), st.integers(0, 4), st.integers(0, 4))
def test_two_swapped_letters_of_a_group_are_found(code: RecoveryCode, group: int, a: int, b: int) -> None:
    groups = [list(text) for text in code.text().split("-")]
    assume(groups[group][a] != groups[group][b])
    groups[group][a], groups[group][b] = groups[group][b], groups[group][a]
    with pytest.raises(RecoveryCodeMistyped) as caught:
        read_recovery_code(" ".join("".join(text) for text in groups))
    assert caught.value.params["groups"] == (group + 1,)


@given(CODES, st.integers(0, 7), st.integers(0, 7))
def test_two_swapped_groups_are_found(code: RecoveryCode, a: int, b: int) -> None:
    assume(a != b)
    groups = code.text().split("-")
    groups[a], groups[b] = groups[b], groups[a]
    with pytest.raises(RecoveryCodeMistyped) as caught:
        read_recovery_code("-".join(groups))
    assert tuple(sorted((a + 1, b + 1))) == caught.value.params["groups"]


@given(CODES, st.integers(0, 7), st.booleans())
def test_a_letter_too_few_or_too_many_is_located_when_the_groups_are_kept(
    code: RecoveryCode, group: int, more: bool
) -> None:
    groups = code.text().split("-")
    groups[group] = groups[group] + "7" if more else groups[group][:-1]
    with pytest.raises(RecoveryCodeMistyped) as caught:
        read_recovery_code("-".join(groups))
    assert caught.value.params["groups"] == (group + 1,)


@pytest.mark.parametrize("text", ["", "ABCDE", "U" * 39, "7" * 41, "7" * 100_000, "٣" * 8], ids=len)
def test_a_code_of_the_wrong_length_is_refused_without_naming_a_group(text: str) -> None:
    with pytest.raises(RecoveryCodeMistyped) as caught:
        read_recovery_code(text)
    assert caught.value.params["groups"] == ()


@given(st.text(max_size=60))
def test_any_text_is_a_code_or_mistyped(text: str) -> None:
    try:
        code = read_recovery_code(text)
    except RecoveryCodeMistyped:
        return
    assert code == read_recovery_code(code.text())


def test_the_letters_of_a_code_are_frozen() -> None:
    """Printed codes outlive the program: these lines must never change."""
    assert write_groups(0, 2) == "00001-00002"
    frozen = RecoveryCode(bytes(range(20))).text()
    assert frozen == FROZEN
    assert read_groups(frozen, 8) == (int.from_bytes(bytes(range(20)), "big"), ())


FROZEN = "000GC-40R4Y-0M301-E209M-185G2-R38EE-1W810-24GKG"


def test_two_codes_differ_and_the_chance_is_the_callers() -> None:
    assert new_recovery_code() != new_recovery_code()
    assert RecoveryCode(b"\x07" * 20) == new_recovery_code(lambda size: b"\x07" * size)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", Refusal.SHORT),
        ("eleven char", Refusal.SHORT),
        ("aaaaaaaaaaaaaaaa", Refusal.REPEATED),
        ("ababababababab", Refusal.REPEATED),
        ("hunterhunter", Refusal.REPEATED),
        ("passwordpassword", Refusal.REPEATED),
        ("Password12345!", Refusal.COMMON),
        ("2026-Welcome-2026", Refusal.COMMON),
        ("123456789012", Refusal.SEQUENCE),
        ("zyxwvutsrqponm", Refusal.SEQUENCE),
        ("qwertyuiopas", Refusal.SEQUENCE),
        ("good words\x00 here", Refusal.CONTROL),
        ("good words\ud800 here", Refusal.CONTROL),
        ("x" * 1025, Refusal.LONG),
    ],
)
def test_a_hopeless_passphrase_is_refused_and_why_is_said(text: str, why: Refusal) -> None:
    assert why == measure(text).refusal
    assert measure(text).level is None
    with pytest.raises(WeakPassphrase) as caught:
        accept_new(text)
    assert caught.value.params == {"why": why.value, "minimum": 12}


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("geese on ice", Level.FAIR),
        ("a lantern in the", Level.GOOD),
        ("a lantern in the harbour", Level.LONG),
        ("ولي الصبر مفتاح الفرج", Level.GOOD),
        ("春眠不覺曉處處聞啼鳥夜來", Level.FAIR),
    ],
)
def test_a_passphrase_in_any_script_is_accepted_from_twelve_characters(text: str, level: Level) -> None:
    assert level == measure(text).level
    assert typed(text) == accept_new(text)


def test_keyboards_that_compose_letters_differently_type_the_same_passphrase() -> None:
    assert typed("e\u0301te\u0301 au bord du lac") == typed("\u00e9t\u00e9\u00a0au bord du lac")
    assert typed("Ete au bord du lac") != typed("ete au bord du lac")


@given(st.text(max_size=40))
def test_normalising_twice_changes_nothing_more(text: str) -> None:
    assert normalise(text) == normalise(normalise(text))


MARKER = b"planted-secret-0123456789abcdef!"


def planted_chance() -> Callable[[int], bytes]:
    """Return chance whose 20 and 32 bytes are the marker; ids still differ."""
    count = itertools.count()
    return lambda size: MARKER[:size] if size >= 20 else next(count).to_bytes(size, "big")


def test_no_repr_str_or_format_shows_a_secret(tmp_path: Path) -> None:
    passphrase = MARKER.decode()
    created = create_key_file(
        KeyFile(tmp_path / "store"),
        "store-1",
        Officer("o", "Soraya Marker"),
        passphrase,
        cost=Cost(8, 1, 1),
        device_secret=Secret(MARKER),
        random_bytes=planted_chance(),
        floor_kib=8,
    )
    opened = open_with_passphrase(
        KeyFile(tmp_path / "store"), created.slot.id, passphrase, device_secret=Secret(MARKER)
    )
    assert opened.key.reveal() == MARKER
    keys = new_device_keys(lambda size: MARKER[:size])
    held = [
        created, opened, keys, Secret(MARKER), created.code, KeyFile(tmp_path / "store").read(), created.slot
    ]  # fmt: skip
    code = created.code.text()
    for value in held:
        for shown in (repr(value), str(value), f"{value}", f"{value!r}"):
            for secret in (MARKER[:20].decode(), MARKER[:20].hex(), code, code.split("-")[2], "Marker"):
                assert secret not in shown
    with pytest.raises(WrongPassphrase) as caught:
        open_with_passphrase(
            KeyFile(tmp_path / "store"), created.slot.id, passphrase + "!", device_secret=Secret(MARKER)
        )
    assert passphrase not in "".join(traceback.format_exception(caught.value)) + repr(caught.value.params)


def test_a_secret_crosses_to_a_worker_process_and_is_no_dictionary_key() -> None:
    assert Secret(MARKER) == pickle.loads(pickle.dumps(Secret(MARKER)))
    with pytest.raises(TypeError):
        hash(Secret(MARKER))
    assert Secret(MARKER) != MARKER


def test_every_failure_has_its_own_code_and_stands_in_the_tree() -> None:
    kinds = [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, KeysFailure)]
    coded = [kind for kind in kinds if "CODE" in vars(kind) and kind is not KeysFailure]
    assert len(coded) > 15
    assert len(coded) == len({kind.CODE for kind in coded})
    assert errors.__doc__ is not None
    assert [k.__name__ for k in kinds if k.__name__ not in errors.__doc__] == []
    words = errors.__doc__.split()
    assert [k.CODE for k in coded if k.CODE not in words] == []
