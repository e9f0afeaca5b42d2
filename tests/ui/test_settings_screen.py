"""Settings: what is written is read back, what a role may not do is said in words, ways in are given and taken."""

from datetime import date

import pytest
from PySide6.QtCore import Qt

from avrr_desktop.domain.money import Money
from avrr_desktop.domain.sections import Role
from avrr_desktop.keys.cost import Cost
from avrr_desktop.keys.errors import NoSuchSlot, WrongPassphrase
from avrr_desktop.keys.slots import Kind
from avrr_desktop.services import officework, opening
from avrr_desktop.services.access import Access
from avrr_desktop.services.beginning import Beginning, begin
from avrr_desktop.services.rules import programmes
from avrr_desktop.services.unlocking import Lock, unlock
from avrr_desktop.ui import theme
from avrr_desktop.ui.background import Background
from avrr_desktop.ui.components.dialog import Dialog
from avrr_desktop.ui.habits import Habits
from avrr_desktop.ui.room import Room
from avrr_desktop.ui.settings import model
from avrr_desktop.ui.settings.view import SettingsScreen
from tests.office import officer_id

PASSPHRASE = "harbour violet seventeen"


@pytest.fixture
def crashes():
    return []


@pytest.fixture
def access(tmp_path):
    """The lock of an office whose key is in hand; the store of the tests has a key of its own."""
    lock = Lock(tmp_path / "office" / "office.db", use_keyring=False, cost=Cost(64, 1, 1), floor_kib=8)
    facts = Beginning("Toronto", "TOR", "America/Toronto", ("en",), "Claire Moreau")
    begun = begin(lock, facts, PASSPHRASE)
    (tmp_path / "office.new").rename(tmp_path / "office")
    return Access(lock, begun.unlocked)


@pytest.fixture
def screen(qtbot, look, office, access, crashes):
    """The settings, as the supervisor sees them; refusals are collected in `refused`."""
    look()
    return show(qtbot, office, office.claire, access, crashes)


def show(qtbot, office, actor, access, crashes):
    room = Room(office.desk, actor)
    made = SettingsScreen(room, Habits(), Background(crashes.append), access)
    made.refused = []
    room.refused.connect(made.refused.append)
    room.changed.connect(made.hear)
    qtbot.addWidget(made)
    made.resize(1166, 700)
    made.show()
    made.open()
    return made


def leave(qtbot, field, text):
    field.editor.setText(text)
    field.editor.textEdited.emit(text)
    field.editor.editingFinished.emit()


def test_a_setting_is_written_when_its_field_is_left(screen, qtbot, office):
    page = screen.pages["office"]
    leave(qtbot, page.fields["phone"], " +1 613 555 0100 ")
    leave(qtbot, page.fields["address"], "")
    page.languages.rows[0].click()
    found = office.desk.office()
    assert (found.phone, found.address, found.languages) == ("+1 613 555 0100", None, "fr")


def test_the_last_language_stays(screen, office):
    page = screen.pages["office"]
    page.languages.rows[0].click()
    page.languages.rows[1].click()
    assert office.desk.office().languages == "fr"
    assert page.languages.values() == ("fr",)
    assert [failure.code for failure in screen.refused] == ["office.no_language"]


def test_an_empty_name_is_told_at_its_field_and_what_was_typed_stays(screen, qtbot, office):
    field = screen.pages["office"].fields["name"]
    leave(qtbot, field, "  ")
    assert field.error() == "The office has no name yet."
    assert office.desk.office().name == "Toronto"
    leave(qtbot, field, "Ottawa")
    assert field.error() == ""
    assert office.desk.office().name == "Ottawa"


def test_a_value_that_does_not_fit_is_told_at_its_field(screen, qtbot, office):
    field = screen.pages["office"].fields["address"]
    leave(qtbot, field, "x" * 300)
    assert field.error() != ""
    assert field.value() == "x" * 300
    assert screen.refused == []


def test_a_case_officer_reads_settings_and_is_told_who_changes_them(qtbot, look, office, access, crashes):
    look()
    screen = show(qtbot, office, office.maya, access, crashes)
    page = screen.pages["office"]
    assert page.fields["name"].value() == "Toronto"
    assert page.fields["name"].editor.isReadOnly()
    assert not page._read_only.isHidden()
    screen.show_tab("officers")
    assert screen.pages["officers"].add_button.isHidden()
    screen.show_tab("programme")
    assert all(line.confirm.isHidden() for line in screen.pages["programme"].rules.values())
    done = screen.room.act(lambda: model.write_office(office.desk, office.maya, "name", "Ottawa"))
    assert done is None
    assert [failure.code for failure in screen.refused] == ["role.refused"]


def test_reporting_sees_the_look_and_the_passphrase_only():
    from avrr_desktop.domain.acting import Actor

    actor = Actor(officer_id("rita"), frozenset({Role.REPORTING}))
    assert model.tabs_of(actor, has_access=True) == ("look", "own")


def test_roles_are_written_as_they_are_ticked(screen, qtbot, office):
    screen.show_tab("officers")
    page = screen.pages["officers"]
    page._choose(officer_id("idris"))
    page.roles.rows[list(Role).index(Role.CASE)].click()
    assert opening.actor_of(office.desk, officer_id("idris")).roles == {Role.MOVEMENT, Role.CASE}


def test_the_last_who_can_change_settings_keeps_the_role(screen, office):
    screen.show_tab("officers")
    page = screen.pages["officers"]
    page._choose(officer_id("claire"))
    page.roles.rows[list(Role).index(Role.SUPERVISOR)].click()
    page.roles.rows[list(Role).index(Role.ADMINISTRATOR)].click()
    assert [failure.code for failure in screen.refused][-1] in ("officer.last_administrator", "officer.no_role")
    assert opening.actor_of(office.desk, officer_id("claire")).roles & {Role.SUPERVISOR, Role.ADMINISTRATOR}
    assert set(page.roles.values()) & {"supervisor", "administrator"}


def test_a_new_officer_gets_a_passphrase_and_a_place_in_the_roster(screen, qtbot, office, access):
    screen.show_tab("officers")
    page = screen.pages["officers"]
    page.add_button.click()
    page.name.set_value("Jean Roy")
    page.roles.set_values(("movement_officer",))
    for field in (page.new.first.field, page.new.second.field):
        field.set_value("another orchard twelve")
    page.do_button.click()
    qtbot.waitUntil(lambda: any(o.name == "Jean Roy" for o in officework.officers(office.desk, office.claire)))
    [slot] = [s for s in access.lock.file.read().of_kind(Kind.PASSPHRASE) if s.officer.name == "Jean Roy"]
    opened = unlock(access.lock, slot.id, "another orchard twelve")
    assert opened.key == access.unlocked.key
    assert opening.actor_of(office.desk, opened.officer).roles == {Role.MOVEMENT}
    assert page.new.first.value() == ""


def test_a_new_officer_without_role_or_with_a_weak_passphrase_is_not_let_in(screen, qtbot, office, access):
    screen.show_tab("officers")
    page = screen.pages["officers"]
    page.add_button.click()
    page.do_button.click()
    assert page.name.error() != ""
    page.name.set_value("Jean Roy")
    page.do_button.click()
    assert [failure.code for failure in screen.refused] == ["officer.no_role"]
    page.roles.set_values(("movement_officer",))
    page.new.first.field.set_value("short")
    page.do_button.click()
    assert page.new.first.field.error() != ""
    assert len(access.lock.file.read().of_kind(Kind.PASSPHRASE)) == 1


def test_who_leaves_is_asked_about_once_and_opens_nothing_any_more(screen, qtbot, office, access, monkeypatch):
    screen.show_tab("officers")
    page = screen.pages["officers"]
    page.add_button.click()
    page.name.set_value("Jean Roy")
    page.roles.set_values(("movement_officer",))
    for field in (page.new.first.field, page.new.second.field):
        field.set_value("another orchard twelve")
    page.do_button.click()
    qtbot.waitUntil(lambda: page.leave_button.isVisible() and page.name.value() == "Jean Roy")
    slot = access.lock.file.read().of_kind(Kind.PASSPHRASE)[-1].id
    monkeypatch.setattr(Dialog, "ask", lambda *_, **__: "keep")
    page.leave_button.click()
    assert unlock(access.lock, slot, "another orchard twelve").key == access.unlocked.key
    monkeypatch.setattr(Dialog, "ask", lambda *_, **__: "go")
    page.leave_button.click()
    with pytest.raises(NoSuchSlot):
        unlock(access.lock, slot, "another orchard twelve")
    [jean] = [o for o in officework.officers(office.desk, office.claire) if o.name == "Jean Roy"]
    assert not jean.is_active
    assert page.do_button.text() == "Let in again"


def test_an_amount_counts_after_the_office_confirmed_it(screen, qtbot, office):
    screen.show_tab("programme")
    page = screen.pages["programme"]
    key = ("office-template", "sample.general")
    assert not page.rules[key].rule.counts
    page.rules[key].amount.set_value("1 850,50")
    page.rules[key].confirm.click()
    rule = page.rules[key].rule
    assert (rule.counts, rule.amount, rule.confirmed_by) == (True, Money("CAD", 185050), "Claire Moreau")
    [again] = [r for p in programmes(office.desk, office.maya) if p.code == key[0] for r in p.rules if r.rule == key[1]]
    assert again == rule


def test_what_is_no_amount_is_told_at_its_field(screen):
    screen.show_tab("programme")
    line = screen.pages["programme"].rules["office-template", "sample.general"]
    line.amount.set_value("about 2000")
    line.confirm.click()
    assert line.amount.error() != ""
    assert not line.rule.counts


def test_a_programme_that_has_ended_is_read_only(screen):
    screen.show_tab("programme")
    old = [line for (code, _), line in screen.pages["programme"].rules.items() if code == "avrr-2012"]
    assert old
    assert all(line.confirm.isHidden() and line.amount.editor.isReadOnly() for line in old)


def test_an_approved_text_that_is_changed_needs_a_new_approval(screen, office):
    screen.show_tab("wording")
    card = screen.pages["wording"].cards["declaration", "en"]
    assert "Nobody has approved" in card.approval.text()
    card.by.set_value("Claire Moreau, Toronto")
    card.approve.click()
    found = officework.wording(office.desk, office.claire, "declaration", "en")
    assert (found.approved_by, found.approved_on) == ("Claire Moreau, Toronto", date(2026, 11, 24))
    assert "24 November 2026" in card.approval.text()
    card.text.editor.setPlainText("I return because I want to.")
    card.text.editor.left.emit()
    found = officework.wording(office.desk, office.claire, "declaration", "en")
    assert (found.text, found.approved_by, found.approved_on) == ("I return because I want to.", None, None)
    assert "Nobody has approved" in card.approval.text()


def test_a_text_is_not_approved_by_nobody(screen, office):
    screen.show_tab("wording")
    card = screen.pages["wording"].cards["declaration", "fr"]
    card.approve.click()
    assert card.by.error() != ""
    assert officework.wording(office.desk, office.claire, "declaration", "fr") is None


def test_the_look_changes_at_once(screen):
    screen.show_tab("look")
    page = screen.pages["look"]
    page.look.rows[2].click()
    assert theme.current().look == "dark"
    page.direction.rows[2].click()
    assert theme.current().rtl
    page.scale.editor.setCurrentIndex(page.scale.editor.findData("200"))
    page.scale.editor.activated.emit(page.scale.editor.currentIndex())
    assert theme.current().scale == 2.0
    page.idle.editor.setCurrentIndex(page.idle.editor.findData("5"))
    page.idle.editor.activated.emit(page.idle.editor.currentIndex())
    assert screen._tools.habits.now.idle_minutes == 5


def test_ones_own_passphrase_is_changed_with_the_old_one_only(screen, qtbot, access):
    screen.show_tab("own")
    page = screen.pages["own"]
    page.old.field.set_value("not this one at all")
    for field in (page.new.first.field, page.new.second.field):
        field.set_value("another orchard twelve")
    page.change_button.click()
    qtbot.waitUntil(lambda: page.old.field.error() != "")
    page.old.field.set_value(PASSPHRASE)
    page.change_button.click()
    qtbot.waitUntil(lambda: not page.changed.isHidden())
    assert unlock(access.lock, access.unlocked.slot, "another orchard twelve").key == access.unlocked.key
    with pytest.raises(WrongPassphrase):
        unlock(access.lock, access.unlocked.slot, PASSPHRASE)
    assert page.old.value() == ""


def test_a_new_sheet_replaces_the_old_one(screen, access, tmp_path):
    screen.show_tab("own")
    before = access.lock.file.read().of_kind(Kind.RECOVERY)
    screen.pages["own"].make_sheet_at(tmp_path / "sheet.pdf")
    after = access.lock.file.read().of_kind(Kind.RECOVERY)
    assert (tmp_path / "sheet.pdf").read_bytes().startswith(b"%PDF")
    assert len(after) == 1
    assert after != before


def test_every_tab_can_be_reached_by_its_arrow_keys(screen, qtbot):
    screen.tabs.setFocus(Qt.FocusReason.TabFocusReason)
    seen = [screen.tabs.value()]
    for _ in range(len(model.TABS) - 1):
        qtbot.keyClick(screen.tabs, Qt.Key.Key_Right)
        seen.append(screen.tabs.value())
    assert seen == list(model.TABS)
    assert set(screen.pages) == set(model.TABS)
