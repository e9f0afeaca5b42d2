"""From keys to an open desk and back: the first store, the laptop, who may come in, what closing leaves behind."""

import pytest

from avrr_desktop.app.paths import find_paths
from avrr_desktop.domain.failures import Blocked, Expected, Refused
from avrr_desktop.domain.office import Device
from avrr_desktop.domain.sections import Role, Section
from avrr_desktop.keys.cost import Cost
from avrr_desktop.keys.device import read_certificate
from avrr_desktop.keys.errors import LastSlot
from avrr_desktop.keys.slots import Kind
from avrr_desktop.services import officework
from avrr_desktop.services.access import Access, let_in, renew_label, renew_sheet, shut_out
from avrr_desktop.services.beginning import Beginning, begin, finish
from avrr_desktop.services.desk import Resources
from avrr_desktop.services.laptop import laptop_path
from avrr_desktop.services.opening import close_office, open_office
from avrr_desktop.services.sheets import draw_sheet, make_sheet, save_sheet
from avrr_desktop.services.unlocking import Lock, is_set_up, read_door, unlock
from tests.office import HandClock

PASSPHRASE = "harbour violet seventeen"
FACTS = Beginning("Toronto", "TOR", "America/Toronto", ("en", "fr"), "Claire Moreau", True)
PATHS = find_paths()
RESOURCES = Resources(PATHS.forms, PATHS.fonts, PATHS.programmes, PATHS.wording)


@pytest.fixture
def lock(tmp_path):
    return Lock(tmp_path / "office" / "office.db", use_keyring=False, cost=Cost(64, 1, 1), floor_kib=8)


@pytest.fixture
def clock():
    return HandClock()


@pytest.fixture
def begun(lock, clock):
    made = begin(lock, FACTS, PASSPHRASE)
    finish(lock, FACTS, made, clock=clock)
    return made


@pytest.fixture
def sitting(lock, begun, clock):
    opened = open_office(lock, begun.unlocked, RESOURCES, clock=clock)
    yield opened
    opened.desk.store.close()


def devices(sitting):
    return sitting.desk.store.find(Device, sections=(Section.ROSTER,))


def test_the_first_store_holds_office_officer_and_laptop(sitting, begun):
    office = sitting.desk.office()
    assert (office.name, office.code, office.zone, office.languages, office.currency, office.rehearsal) == (
        "Toronto", "TOR", "America/Toronto", "en fr", "CAD", True,
    )  # fmt: skip
    [officer] = officework.officers(sitting.desk, sitting.actor)
    assert (officer.id, officer.name) == (begun.unlocked.officer, "Claire Moreau")
    assert officer.roles == {Role.ADMINISTRATOR, Role.CASE, Role.INTAKE, Role.SUPERVISOR}
    [laptop] = devices(sitting)
    certificate = read_certificate(laptop.value.certificate.encode())
    assert (sitting.laptop, laptop.value.name, certificate.name, certificate.device) == (
        "TOR-1", "TOR-1", "TOR-1", laptop.id,
    )  # fmt: skip


def test_everything_of_the_first_run_is_sealed_and_signed_by_the_laptop(sitting):
    [laptop] = devices(sitting)
    streams = [officework.SETTINGS, officework.ROSTER]
    lines = sitting.desk.store.history(streams)
    assert lines
    assert all(line.sealed and line.device == laptop.id for line in lines)


def test_nothing_is_in_place_when_the_office_cannot_be_made(lock, clock):
    begun = begin(lock, FACTS, PASSPHRASE)
    in_the_way = lock.store_path.parent
    in_the_way.mkdir()
    (in_the_way / "letter.txt").write_text("somebody's")
    with pytest.raises(Expected) as caught:
        finish(lock, FACTS, begun, clock=clock)
    assert caught.value.code == "file.not_written"
    assert not is_set_up(lock.store_path)
    assert [path.name for path in in_the_way.iterdir()] == ["letter.txt"]


def test_a_laptop_that_lost_its_keys_gets_new_ones_and_keeps_every_record(lock, begun, clock):
    laptop_path(lock.store_path).unlink()
    again = open_office(lock, begun.unlocked, RESOURCES, clock=clock)
    try:
        assert again.laptop == "TOR-2"
        assert [device.value.name for device in devices(again)] == ["TOR-1", "TOR-2"]
        assert again.desk.office().name == "Toronto"
    finally:
        again.desk.store.close()
    third = open_office(lock, begun.unlocked, RESOURCES, clock=clock)
    assert third.laptop == "TOR-2"
    third.desk.store.close()


def test_who_does_not_work_here_any_more_is_refused_and_the_store_is_closed_again(lock, sitting, clock):
    access = Access(lock, unlock(lock, read_door(lock.store_path).officers[0].slot, PASSPHRASE))
    jean = let_in(access, sitting.actor, "Jean Roy", frozenset({Role.MOVEMENT}), "another orchard twelve")
    officework.write_officer(sitting.desk, sitting.actor, jean, name="Jean Roy", roles=frozenset({Role.MOVEMENT}))
    officework.write_officer(
        sitting.desk, sitting.actor, jean, name="Jean Roy", roles=frozenset({Role.MOVEMENT}), is_active=False
    )
    sitting.desk.store.close()
    [slot] = [officer.slot for officer in read_door(lock.store_path).officers if officer.officer == jean]
    key = unlock(lock, slot, "another orchard twelve")
    for _ in range(2):
        with pytest.raises(Blocked) as caught:
            open_office(lock, key, RESOURCES, clock=clock)
        assert caught.value.code == "officer.inactive"


def test_a_passphrase_without_a_place_in_the_roster_opens_nothing(lock, sitting, clock):
    access = Access(lock, unlock(lock, read_door(lock.store_path).officers[0].slot, PASSPHRASE))
    let_in(access, sitting.actor, "Jean Roy", frozenset({Role.MOVEMENT}), "another orchard twelve")
    sitting.desk.store.close()
    key = unlock(lock, read_door(lock.store_path).officers[-1].slot, "another orchard twelve")
    with pytest.raises(Blocked):
        open_office(lock, key, RESOURCES, clock=clock)


def test_only_who_may_change_the_roster_gives_and_takes_ways_in(lock, sitting):
    access = Access(lock, unlock(lock, read_door(lock.store_path).officers[0].slot, PASSPHRASE))
    roles = frozenset({Role.CASE})
    case_officer = type(sitting.actor)(sitting.actor.officer, roles)
    before = lock.file.read()
    for act in (
        lambda: let_in(access, case_officer, "Jean Roy", roles, "another orchard twelve"),
        lambda: shut_out(access, case_officer, sitting.actor.officer),
        lambda: renew_sheet(access, case_officer),
    ):
        with pytest.raises(Refused):
            act()
    assert lock.file.read() == before


def test_the_last_passphrase_cannot_be_taken(lock, sitting):
    access = Access(lock, unlock(lock, read_door(lock.store_path).officers[0].slot, PASSPHRASE))
    with pytest.raises(LastSlot):
        shut_out(access, sitting.actor, sitting.actor.officer)
    assert len(lock.file.read().of_kind(Kind.PASSPHRASE)) == 1


def test_closing_seals_and_writes_the_label_of_today(lock, sitting, begun, clock):
    officework.write_office(sitting.desk, sitting.actor, name="Ottawa")
    officework.write_officer(
        sitting.desk, sitting.actor, sitting.actor.officer, name="Claire Roy", roles=sitting.actor.roles
    )
    close_office(sitting, lock)
    door = read_door(lock.store_path)
    assert (door.label.office, [officer.name for officer in door.officers]) == ("Ottawa", ["Claire Roy"])
    again = open_office(lock, begun.unlocked, RESOURCES, clock=clock)
    assert all(line.sealed for line in again.desk.store.history([officework.SETTINGS]))
    again.desk.store.close()


def test_a_label_that_cannot_be_written_does_not_keep_the_store_open(lock, sitting, begun, clock):
    label = lock.store_path.with_name("office.db.label.part")
    label.mkdir()
    with pytest.raises(OSError):  # noqa: PT011 - the number differs by system
        renew_label(sitting.desk, lock)
    close_office(sitting, lock)
    open_office(lock, begun.unlocked, RESOURCES, clock=clock).desk.store.close()


def test_the_sheet_shows_every_group_and_is_saved_whole(begun, clock, tmp_path):
    from avrr_desktop.documents.preview import page_texts

    sheet = make_sheet(
        begun.groups,
        office="Toronto",
        laptop="TOR-1",
        rehearsal=True,
        zone="America/Toronto",
        clock=clock,
        fonts=PATHS.fonts,
        wording=PATHS.wording,
        language="ps",
    )
    text = " ".join(page_texts(sheet.pdf))
    assert sheet.pages == 1
    assert [group for group in begun.groups if group not in text] == []
    assert "Claire" not in text
    picture = draw_sheet(sheet, 0, 0.5)
    assert len(picture.pixels) == picture.width * picture.height * 4
    save_sheet(sheet, tmp_path / "sheet.pdf")
    assert (tmp_path / "sheet.pdf").read_bytes() == sheet.pdf
    with pytest.raises(Expected):
        save_sheet(sheet, tmp_path / "missing" / "sheet.pdf")
