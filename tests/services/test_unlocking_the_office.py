"""The door of an office: labels, passphrase, recovery sheet, the laptop's keys; all without a store."""

import json
import os
import subprocess
import sys

import pytest

from avrr_desktop.domain.failures import BadValue
from avrr_desktop.keys.cost import Cost
from avrr_desktop.keys.errors import (
    DeviceKeysDamaged,
    KeyFileExists,
    KeyFileMissing,
    OfficerRefused,
    RecoveryCodeMistyped,
    WeakPassphrase,
    WrongPassphrase,
    WrongRecoveryCode,
)
from avrr_desktop.keys.secret import Secret
from avrr_desktop.services.beginning import READ_BACK, Beginning, begin, check_office, check_officer_name, read_back
from avrr_desktop.services.label import OfficeLabel, label_path, read_label, write_label
from avrr_desktop.services.laptop import laptop_path, new_laptop, read_laptop, write_laptop
from avrr_desktop.services.unlocking import Lock, is_set_up, pause_s, read_door, unlock, unlock_with_sheet

PASSPHRASE = "harbour violet seventeen"
FACTS = Beginning("Toronto", "TOR", "America/Toronto", ("en",), "Claire Moreau")
CHEAP = Cost(64, 1, 1)


def lock_at(folder):
    return Lock(folder / "office.db", use_keyring=False, cost=CHEAP, floor_kib=8)


@pytest.fixture
def begun(tmp_path):
    """Keys drawn aside, and moved to where an office's keys lie."""
    made = begin(lock_at(tmp_path / "office"), FACTS, PASSPHRASE)
    (tmp_path / "office.new").rename(tmp_path / "office")
    return made


@pytest.fixture
def lock(begun, tmp_path):
    return lock_at(tmp_path / "office")


def test_the_passphrase_gives_the_key_that_was_drawn(begun, lock):
    [officer] = read_door(lock.store_path).officers
    opened = unlock(lock, officer.slot, PASSPHRASE)
    assert opened == begun.unlocked
    assert (officer.name, set(officer.roles)) == (
        "Claire Moreau",
        {"administrator", "case_officer", "intake", "supervisor"},
    )


def test_another_passphrase_does_not(begun, lock):
    with pytest.raises(WrongPassphrase):
        unlock(lock, begun.unlocked.slot, PASSPHRASE + "s")


def test_the_sheet_opens_and_sets_a_new_passphrase(begun, lock):
    code = " ".join(begun.groups).lower()
    opened = unlock_with_sheet(lock, begun.unlocked.slot, code, "another orchard twelve")
    assert opened.key == begun.unlocked.key
    assert unlock(lock, opened.slot, "another orchard twelve").key == begun.unlocked.key
    with pytest.raises(WrongPassphrase):
        unlock(lock, opened.slot, PASSPHRASE)


def test_a_mistyped_group_is_named(begun, lock):
    letter = "A" if begun.groups[3][0] != "A" else "B"
    wrong = [*begun.groups[:3], letter + begun.groups[3][1:], *begun.groups[4:]]
    with pytest.raises(RecoveryCodeMistyped) as caught:
        unlock_with_sheet(lock, begun.unlocked.slot, "-".join(wrong), "another orchard twelve")
    assert caught.value.params["groups"] == (4,)


def test_the_sheet_of_another_office_opens_nothing(begun, lock, tmp_path):
    other = begin(lock_at(tmp_path / "elsewhere"), FACTS, PASSPHRASE)
    with pytest.raises(WrongRecoveryCode):
        unlock_with_sheet(lock, begun.unlocked.slot, "-".join(other.groups), "another orchard twelve")


def test_a_weak_new_passphrase_leaves_the_old_one(begun, lock):
    with pytest.raises(WeakPassphrase):
        unlock_with_sheet(lock, begun.unlocked.slot, "-".join(begun.groups), "short")
    assert unlock(lock, begun.unlocked.slot, PASSPHRASE).key == begun.unlocked.key


def test_nothing_is_in_place_before_the_sheet_was_read_back(tmp_path):
    lock = lock_at(tmp_path / "office")
    begin(lock, FACTS, PASSPHRASE)
    assert not is_set_up(lock.store_path)
    second = begin(lock, FACTS, PASSPHRASE)
    assert len(second.groups) == 8


def test_a_second_office_is_not_begun_over_the_first(begun, lock):
    with pytest.raises(KeyFileExists):
        begin(lock, FACTS, PASSPHRASE)


def test_reading_back_takes_any_spelling_of_the_right_groups_only(begun):
    right = tuple(begun.groups[place] for place in READ_BACK)
    assert read_back(begun, right) == (True, True)
    assert read_back(begun, (f" {right[0].lower()} ", right[1].replace("0", "o").replace("1", "l"))) == (True, True)
    assert read_back(begun, (right[1], right[0])) == (False, False)
    assert read_back(begun, ("", right[1])) == (False, True)


def test_neither_repr_shows_key_or_code(begun):
    assert begun.groups[0] not in repr(begun)
    assert begun.unlocked.key.reveal().hex() not in repr(begun)


@pytest.mark.parametrize(
    ("name", "code", "zone", "languages", "wrong"),
    [
        (" ", "TOR", "America/Toronto", ("en",), "office.no_name"),
        ("Toronto", "T0R", "America/Toronto", ("en",), "office.bad_code"),
        ("Toronto", "TORO", "America/Toronto", ("en",), "office.bad_code"),
        ("Toronto", "TOR", "Canada/Nowhere", ("en",), "office.no_zone"),
        ("Toronto", "TOR", "../etc/passwd", ("en",), "office.no_zone"),
        ("Toronto", "TOR", "", ("en",), "office.no_zone"),
        ("Toronto", "TOR", "America/Toronto", (), "office.no_language"),
    ],
)
def test_the_first_page_names_the_answer_that_is_wrong(name, code, zone, languages, wrong):
    check_office("Toronto", "TOR", "America/Toronto", ("en",))
    with pytest.raises(BadValue) as caught:
        check_office(name, code, zone, languages)
    assert caught.value.code == wrong


def test_a_name_must_be_one_a_list_can_show():
    check_officer_name("Nguyễn Thị Lan")
    with pytest.raises(BadValue):
        check_officer_name("  ")
    with pytest.raises(OfficerRefused):
        check_officer_name("Claire\u202eMoreau")


def test_the_pause_grows_after_two_free_tries_and_ends_at_half_a_minute():
    assert [pause_s(tries) for tries in range(9)] == [0, 0, 0, 2, 4, 8, 16, 30, 30]


def test_a_label_is_read_back_and_names_officers_of_today(begun, lock):
    officer = begun.unlocked.officer
    label = OfficeLabel("Toronto", True, "America/Toronto", ((officer, "Claire Roy", ("supervisor",)),))
    write_label(lock.store_path, label)
    door = read_door(lock.store_path)
    assert door.label == label
    assert [(who.name, who.roles) for who in door.officers] == [("Claire Roy", ("supervisor",))]


def test_only_this_account_reads_what_lies_beside_the_store(begun, lock):
    write_label(lock.store_path, OfficeLabel("Toronto"))
    write_laptop(lock.store_path, begun.unlocked.key, new_laptop())
    for path in (*lock.file.copies, label_path(lock.store_path), laptop_path(lock.store_path)):
        # Windows has no such bits and answers for the account's profile folder instead.
        assert os.name == "nt" or path.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    "content", ["", "[]", '{"office": 7, "zone": "Nowhere/At", "officers": [1, ["a"], {}]}', "\udcff", "[" * 60000]
)
def test_a_label_that_is_nonsense_says_nothing_and_opens_all_the_same(begun, lock, content):
    label_path(lock.store_path).write_bytes(content.encode("utf-8", "surrogateescape"))
    label = read_label(lock.store_path)
    assert (label.office, label.rehearsal, label.zone) == ("", False, "UTC")
    assert [who.name for who in read_door(lock.store_path).officers] == ["Claire Moreau"]


def test_a_label_cannot_smuggle_control_characters(begun, lock):
    label_path(lock.store_path).write_text(json.dumps({"office": "Tor\u202eonto\n\x1b[2J" + "x" * 500}))
    assert read_label(lock.store_path).office.startswith("Toronto[2J")
    assert len(read_label(lock.store_path).office) <= 200


def test_a_missing_key_file_is_told(tmp_path):
    with pytest.raises(KeyFileMissing):
        read_door(tmp_path / "office.db")


def test_the_laptops_keys_are_read_back_under_the_same_key_only(tmp_path):
    path, key = tmp_path / "office.db", Secret(bytes(32))
    assert read_laptop(path, key) is None
    laptop = new_laptop()
    write_laptop(path, key, laptop)
    again = read_laptop(path, key)
    assert again is not None
    assert (again.device, again.keys.sign_public) == (laptop.device, laptop.keys.sign_public)
    assert laptop.keys.sign_secret.reveal() not in laptop_path(path).read_bytes()
    with pytest.raises(DeviceKeysDamaged):
        read_laptop(path, Secret(bytes(31) + b"\x01"))


def test_a_changed_laptop_file_is_refused(tmp_path):
    path, key = tmp_path / "office.db", Secret(bytes(32))
    write_laptop(path, key, new_laptop())
    data = bytearray(laptop_path(path).read_bytes())
    data[-1] ^= 1
    laptop_path(path).write_bytes(data)
    with pytest.raises(DeviceKeysDamaged):
        read_laptop(path, key)


LAZY = """
import sys
import avrr_desktop.services.unlocking, avrr_desktop.services.beginning, avrr_desktop.services.sheets
import avrr_desktop.services.passphrases, avrr_desktop.app.wiring
print([name for name in ("sqlmodel", "pydantic", "sqlalchemy", "sqlcipher3", "reportlab", "pyxform", "openpyxl",
       "keyring", "babel", "argon2", "PySide6") if name in sys.modules])
"""


def test_the_door_is_shown_without_what_only_an_open_office_needs():
    done = subprocess.run([sys.executable, "-c", LAZY], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
