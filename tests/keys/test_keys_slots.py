"""Making, opening and changing key slots."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from avrr_desktop.keys.changing import (
    Created,
    add_escrow,
    add_officer,
    change_passphrase,
    create_key_file,
    remove_slot,
    replace_recovery_code,
    reset_passphrase,
)
from avrr_desktop.keys.cost import Cost
from avrr_desktop.keys.device import new_device_keys
from avrr_desktop.keys.errors import (
    CostRefused,
    DeviceSecretMissing,
    KeyFileDamaged,
    KeyFileExists,
    KeyFileMissing,
    LastSlot,
    NoSuchSlot,
    RecoveryCodeMistyped,
    TooManySlots,
    WeakPassphrase,
    WrongEscrowKey,
    WrongPassphrase,
    WrongRecoveryCode,
)
from avrr_desktop.keys.keyfile import KeyFile
from avrr_desktop.keys.opening import open_with_escrow_key, open_with_passphrase, open_with_recovery_code
from avrr_desktop.keys.recovery import new_recovery_code
from avrr_desktop.keys.secret import Secret
from avrr_desktop.keys.slots import MOST_SLOTS, Kind, Officer

CHEAP = Cost(memory_kib=8, passes=1, lanes=1)
FIRST, SECOND, THIRD = "a lantern in the harbour", "nine geese on the ice", "velvet mountain railway"
SORAYA = Officer("officer-1", "Soraya", ("case_officer",))
MARC = Officer("officer-2", "Marc", ("supervisor",))


def key_file(folder: Path) -> KeyFile:
    return KeyFile(folder / "store.avrr")


def create(file: KeyFile, **kw: object) -> Created:
    return create_key_file(file, "store-1", SORAYA, FIRST, cost=CHEAP, floor_kib=8, **kw)  # type: ignore[arg-type]


def test_the_passphrase_and_the_recovery_code_open_the_same_key(tmp_path: Path) -> None:
    file = key_file(tmp_path)
    created = create(file)
    opened = open_with_passphrase(file, created.slot.id, FIRST)
    assert (created.key, created.slot, "store-1") == (opened.key, opened.slot, opened.store)
    assert created.key == open_with_recovery_code(file, created.code.text()).key
    assert len(created.key.reveal()) == 32


def test_a_wrong_passphrase_and_a_wrong_code_open_nothing(tmp_path: Path) -> None:
    file = key_file(tmp_path)
    created = create(file)
    with pytest.raises(WrongPassphrase) as caught:
        open_with_passphrase(file, created.slot.id, FIRST + ".")
    assert {"slot": created.slot.id} == caught.value.params
    with pytest.raises(WrongRecoveryCode):
        open_with_recovery_code(file, new_recovery_code().text())
    with pytest.raises(RecoveryCodeMistyped):
        open_with_recovery_code(file, "hello")


def test_a_slot_that_does_not_exist_or_is_of_another_kind_is_named(tmp_path: Path) -> None:
    file = key_file(tmp_path)
    create(file)
    recovery = file.read().of_kind(Kind.RECOVERY)[0]
    for slot_id in ("0" * 16, recovery.id):
        with pytest.raises(NoSuchSlot):
            open_with_passphrase(file, slot_id, FIRST)
    with pytest.raises(NoSuchSlot):
        open_with_escrow_key(file, Secret(bytes(32)))


def test_no_key_file_is_not_a_wrong_passphrase(tmp_path: Path) -> None:
    with pytest.raises(KeyFileMissing):
        open_with_passphrase(key_file(tmp_path), "0" * 16, FIRST)


def test_a_first_set_is_never_written_over_another_even_a_damaged_one(tmp_path: Path) -> None:
    file = key_file(tmp_path)
    file.copies[1].write_bytes(b"rubbish")
    with pytest.raises(KeyFileExists):
        create(file)
    assert file.copies[1].read_bytes() == b"rubbish"


def test_a_second_officer_opens_with_her_own_passphrase_only(tmp_path: Path) -> None:
    file = key_file(tmp_path)
    created = create(file)
    slot = add_officer(file, created.key, MARC, SECOND, cost=CHEAP, floor_kib=8)
    assert created.key == open_with_passphrase(file, slot.id, SECOND).key
    assert created.key == open_with_passphrase(file, created.slot.id, FIRST).key
    with pytest.raises(WrongPassphrase):
        open_with_passphrase(file, slot.id, FIRST)


def test_changing_the_passphrase_rewraps_one_slot_and_keeps_key_id_and_the_others(tmp_path: Path) -> None:
    file = key_file(tmp_path)
    created = create(file)
    before = file.read()
    slot = change_passphrase(
        file, created.slot.id, FIRST, SECOND, cost=CHEAP, device_secret=None, new_device_secret=None, floor_kib=8
    )
    assert created.slot.id == slot.id
    assert created.key == open_with_passphrase(file, slot.id, SECOND).key
    with pytest.raises(WrongPassphrase):
        open_with_passphrase(file, slot.id, FIRST)
    after = file.read()
    assert before.of_kind(Kind.RECOVERY) == after.of_kind(Kind.RECOVERY)
    assert (created.slot.salt == slot.salt, created.slot.wrapped == slot.wrapped) == (False, False)
    assert before.generation + 1 == after.generation


def test_a_wrong_old_passphrase_changes_nothing(tmp_path: Path) -> None:
    file = key_file(tmp_path)
    created = create(file)
    before = [path.read_bytes() for path in file.copies]
    with pytest.raises(WrongPassphrase):
        change_passphrase(
            file, created.slot.id, SECOND, THIRD, cost=CHEAP, device_secret=None, new_device_secret=None, floor_kib=8
        )
    assert before == [path.read_bytes() for path in file.copies]


def test_the_recovery_code_sets_a_new_passphrase_and_stays_valid(tmp_path: Path) -> None:
    file = key_file(tmp_path)
    created = create(file, device_secret=Secret(b"d" * 32))
    slot = reset_passphrase(file, created.slot.id, created.code.text(), SECOND, cost=CHEAP, floor_kib=8)
    assert created.key == open_with_passphrase(file, slot.id, SECOND).key
    assert created.key == open_with_recovery_code(file, created.code.text()).key


def test_a_new_recovery_code_makes_the_old_paper_useless(tmp_path: Path) -> None:
    file = key_file(tmp_path)
    created = create(file)
    code = replace_recovery_code(file, created.key)
    assert created.key == open_with_recovery_code(file, code.text()).key
    with pytest.raises(WrongRecoveryCode):
        open_with_recovery_code(file, created.code.text())


def test_a_removed_slot_opens_nothing_and_is_gone_from_both_copies(tmp_path: Path) -> None:
    file = key_file(tmp_path)
    created = create(file)
    slot = add_officer(file, created.key, MARC, SECOND, cost=CHEAP, floor_kib=8)
    assert all(slot.wrapped.hex().encode() in path.read_bytes() for path in file.copies)
    remove_slot(file, created.key, slot.id)
    with pytest.raises(NoSuchSlot):
        open_with_passphrase(file, slot.id, SECOND)
    assert not any(slot.wrapped.hex().encode() in path.read_bytes() for path in file.copies)


def test_the_last_passphrase_and_the_last_way_back_cannot_be_removed(tmp_path: Path) -> None:
    file = key_file(tmp_path)
    created = create(file)
    recovery = file.read().of_kind(Kind.RECOVERY)[0]
    for slot_id in (created.slot.id, recovery.id):
        with pytest.raises(LastSlot):
            remove_slot(file, created.key, slot_id)
    add_escrow(file, created.key, new_device_keys().exchange_public)
    remove_slot(file, created.key, recovery.id)
    assert file.read().of_kind(Kind.RECOVERY) == ()


def test_the_agency_opens_with_its_private_key_and_nobody_elses_does(tmp_path: Path) -> None:
    file = key_file(tmp_path)
    agency, stranger = new_device_keys(), new_device_keys()
    created = create(file, escrow=[agency.exchange_public])
    assert created.key == open_with_escrow_key(file, agency.exchange_secret).key
    for wrong in (stranger.exchange_secret, Secret(b"short")):
        with pytest.raises(WrongEscrowKey):
            open_with_escrow_key(file, wrong)


@pytest.mark.parametrize("public", [bytes(32), b"\x01" + bytes(31), b"short"], ids=["zero", "low order", "short"])
def test_a_useless_escrow_key_is_refused_before_anything_is_written(tmp_path: Path, public: bytes) -> None:
    file = key_file(tmp_path)
    with pytest.raises(WrongEscrowKey):
        create(file, escrow=[public])
    assert list(tmp_path.iterdir()) == []


def test_a_slot_with_a_device_secret_needs_that_very_secret_and_the_paper_does_not(tmp_path: Path) -> None:
    file, secret = key_file(tmp_path), Secret(b"s" * 32)
    created = create(file, device_secret=secret)
    assert created.slot.uses_device_secret
    assert created.key == open_with_passphrase(file, created.slot.id, FIRST, device_secret=secret).key
    for given, why in ((None, "absent"), (Secret(b"t" * 32), "another")):
        with pytest.raises(DeviceSecretMissing) as caught:
            open_with_passphrase(file, created.slot.id, FIRST, device_secret=given)
        assert why == caught.value.params["why"]
    with pytest.raises(WrongPassphrase):
        open_with_passphrase(file, created.slot.id, SECOND, device_secret=secret)
    assert created.key == open_with_recovery_code(file, created.code.text()).key


def test_the_device_secret_is_switched_on_and_off_by_a_rewrap(tmp_path: Path) -> None:
    file, secret = key_file(tmp_path), Secret(b"s" * 32)
    created = create(file)
    for old, new in ((None, secret), (secret, None)):
        slot = change_passphrase(
            file, created.slot.id, FIRST, FIRST, cost=CHEAP, device_secret=old, new_device_secret=new, floor_kib=8
        )
        assert (new is not None) == slot.uses_device_secret
        assert created.key == open_with_passphrase(file, slot.id, FIRST, device_secret=new).key


def test_a_key_of_another_store_is_never_wrapped(tmp_path: Path) -> None:
    file = key_file(tmp_path)
    create(file)
    before = file.copies[0].read_bytes()
    for verb in (
        lambda: add_officer(file, Secret(bytes(32)), MARC, SECOND, cost=CHEAP, floor_kib=8),
        lambda: replace_recovery_code(file, Secret(bytes(32))),
        lambda: remove_slot(file, Secret(bytes(32)), "0" * 16),
        lambda: add_escrow(file, Secret(bytes(32)), new_device_keys().exchange_public),
    ):
        with pytest.raises(KeyFileDamaged) as caught:
            verb()
        assert caught.value.params["why"] == "verifier"
    assert before == file.copies[0].read_bytes()


def test_the_verifier_tells_a_wrong_key_from_a_damaged_page(tmp_path: Path) -> None:
    file = key_file(tmp_path)
    created = create(file)
    assert file.read().fits(created.key)
    assert not file.read().fits(Secret(bytes(32)))


def test_a_cost_below_the_floor_is_refused_unless_a_test_lowers_the_floor(tmp_path: Path) -> None:
    file = key_file(tmp_path)
    with pytest.raises(CostRefused) as caught:
        create_key_file(file, "store-1", SORAYA, FIRST, cost=CHEAP)
    assert (caught.value.params["what"], caught.value.params["least"]) == ("memory_kib", 65536)
    assert not file.exists()


def test_a_weak_passphrase_is_refused_by_every_verb_that_sets_one(tmp_path: Path) -> None:
    file = key_file(tmp_path)
    created = create(file)
    before = file.copies[0].read_bytes()
    for verb in (
        lambda: create_key_file(key_file(tmp_path / "x"), "s", SORAYA, "short", cost=CHEAP, floor_kib=8),
        lambda: add_officer(file, created.key, MARC, "short", cost=CHEAP, floor_kib=8),
        lambda: reset_passphrase(file, created.slot.id, created.code.text(), "short", cost=CHEAP, floor_kib=8),
        lambda: change_passphrase(
            file, created.slot.id, FIRST, "short", cost=CHEAP, device_secret=None, new_device_secret=None, floor_kib=8
        ),
    ):
        with pytest.raises(WeakPassphrase):
            verb()
    assert before == file.copies[0].read_bytes()


def test_the_file_holds_so_many_slots_and_no_more(tmp_path: Path) -> None:
    file = key_file(tmp_path)
    created = create(file)
    public = new_device_keys().exchange_public
    for _ in range(MOST_SLOTS - 2):
        add_escrow(file, created.key, public)
    with pytest.raises(TooManySlots):
        add_escrow(file, created.key, public)
    assert created.key == open_with_passphrase(file, created.slot.id, FIRST).key


def test_the_lock_screen_lists_slots_without_loading_cryptography() -> None:
    code = (
        "import sys; import avrr_desktop.keys.keyfile, avrr_desktop.keys.device_secret;"
        "print([m for m in ('cryptography', 'argon2', 'keyring', 'PySide6', 'sqlmodel') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
