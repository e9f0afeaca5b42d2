"""A case on a real store: from the referral to the enrolment by its own pages, ends, undo, directions and sizes."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from avrr_desktop.domain.casefile import Case, Citizenship, Consent, ConsentState, Person, Purpose, Relation
from avrr_desktop.domain.counselling import ConsentText, Declaration, Interview, InterviewState, SignedHow, Sitting
from avrr_desktop.domain.legal import Criterion, Decision, Outcome, Participation, Referral, Source, Status
from avrr_desktop.domain.sections import Section, case_stream
from avrr_desktop.services import casework, people, referring
from avrr_desktop.services.history import changes_of
from avrr_desktop.services.referring import NewReferral
from avrr_desktop.ui.case import view as case_view
from avrr_desktop.ui.case.view import CaseScreen
from avrr_desktop.ui.components.dialog import Dialog
from avrr_desktop.ui.components.label import Label
from avrr_desktop.ui.room import Room
from tests.ui.seen import cut_labels, nameless

PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(64)


class Told:
    """A case shown in its screen, and who is in it."""

    def __init__(self, office, room: Room, screen: CaseScreen, case: str) -> None:
        self.office, self.room, self.screen, self.case = office, room, screen, case

    @property
    def desk(self):
        return self.office.desk

    @property
    def principal(self) -> str:
        return self.desk.find(Person, self.case)[0].id

    def person(self, person: str = "") -> Person:
        return self.desk.one(Person, self.case, person or self.principal)

    def stage(self) -> str:
        return casework.open_case(self.desk, self.office.maya, self.case).stage.value

    def tab(self, name: str):
        self.screen.show_tab(name)
        return self.screen.page()


@pytest.fixture
def told(office, look, qtbot):
    look()
    received = office.clock.now - timedelta(hours=18)
    new = NewReferral("Beridze", "Nino", received, "America/Toronto", Source.AUTHORITY, "")
    case = referring.new_referral(office.desk, office.maya, new).value
    room = Room(office.desk, office.maya)
    screen = CaseScreen(room)
    room.changed.connect(screen.hear)
    qtbot.addWidget(screen)
    screen.resize(1166, 700)
    screen.show()
    qtbot.waitExposed(screen)
    screen.open(case)
    screen.first_focus()
    return Told(office, room, screen, case)


def set_combo(field, value: str) -> None:
    """Choose a row of a combo as a key does."""
    field.editor.setCurrentIndex(field.editor.findData(value))
    field.editor.activated.emit(field.editor.currentIndex())


def write(field, text: str) -> None:
    """Type into a field and leave it with Enter."""
    field.editor.setFocus()
    field.editor.selectAll()
    QTest.keyClicks(field.editor, text)
    QTest.keyClick(field.editor, Qt.Key.Key_Return)


def contact(told: Told) -> None:
    referring.log_first_contact(told.desk, told.office.maya, told.case, at=told.desk.clock(), how="phone")


def speak(told: Told) -> None:
    people.edit_person(told.desk, told.office.maya, told.case, told.principal, language="ka", interpreter=False)


def destine(told: Told) -> None:
    told.room.act(
        lambda: casework.set_destination(told.desk, told.office.maya, told.case, country="GE", place="Batumi")
    )


def interviewed(told: Told) -> None:
    """Bring the case to the stop of enrolment."""
    contact(told)
    speak(told)
    give_consents(told)
    with told.desk.work(told.office.maya) as work:
        stream = case_stream(told.case, Section.COUNS)
        interview = told.desk.new_id()
        work.put(stream, Interview, interview, person=told.principal, language="en", started_at=told.desk.clock())
        work.put(stream, Interview, interview, state=InterviewState.COMPLETE)
        work.put(stream, Sitting, told.desk.new_id(), interview=interview, place="Toronto")
    speak(told)
    people.edit_person(told.desk, told.office.maya, told.case, told.principal, reads="yes")


def give_consents(told: Told) -> None:
    page = told.tab("consents")
    card = page.consents[told.principal]
    set_combo(card.purposes[Purpose.ASSISTANCE], "given")
    set_combo(card.purposes[Purpose.RESEARCH], "refused")
    set_combo(card.fields["language"], "ka")
    card.done.click()


def test_a_new_case_asks_for_the_first_contact_within_its_clock(told):
    page = told.screen.page()
    assert page.next.accessibleName().startswith("Call \u2068Nino Beridze\u2069")
    assert page.next.button.hasFocus()
    assert page.state.waiting_clock is not None
    assert page.contact.isVisible()
    assert told.screen.rail.accessibleName() == "Stage 1 of 10, Referral, now"


def test_the_first_contact_is_noted_by_keyboard_alone(told, qtbot):
    page = told.screen.page()
    qtbot.keyClick(page.next.button, Qt.Key.Key_Return)
    assert page.contact.done.hasFocus()
    qtbot.keyClick(page.contact.done, Qt.Key.Key_Return)
    held = told.desk.one(Referral, told.case)
    assert held.contacted_how == "phone"
    assert held.contacted_at is not None
    assert not page.contact.isVisible()
    assert "language" in page.next.accessibleName()


def test_the_day_offered_for_a_contact_is_that_of_the_office(told):
    """In the evening in Toronto it is the next day in UTC already."""
    told.office.clock.now = datetime(2026, 11, 25, 0, 30, tzinfo=UTC)
    told.screen.open(told.case, "overview")
    contact = told.screen.page().contact
    contact.day.set_value("")
    contact.begin(told.desk.clock(), told.desk.zone)
    assert (contact.day.value(), contact.clock.value()) == ("24 11 2026", "19:30")
    contact.done.click()
    assert told.desk.one(Referral, told.case).contacted_at is not None


def test_a_contact_before_the_referral_is_refused_at_its_field(told):
    page = told.screen.page()
    page.contact.day.set_value("01 01 2026")
    page.contact.done.click()
    assert "before the referral" in page.contact.day.error()
    assert page.contact.day.value() == "01 01 2026"
    assert told.desk.one(Referral, told.case).contacted_at is None


def test_language_and_interpreter_open_the_way_to_the_interview(told):
    contact(told)
    page = told.tab("people")
    card = page.cards[told.principal]
    set_combo(card.fields["language"], "ka")
    set_combo(card.fields["interpreter"], "false")
    assert told.stage() == "contacted"
    assert told.screen.rail.accessibleName() == "Stage 2 of 10, Interview, now"


def test_every_field_of_a_person_is_written_when_it_is_left(told):
    card = told.tab("people").cards[told.principal]
    write(card.fields["family_name"], "Beridze-Lomidze")
    write(card.fields["born_on"], "4 mar 1992")
    write(card.fields["phone"], "+995 555 0143")
    write(card.fields["call_note"], "evenings")
    set_combo(card.fields["safe_to_call"], "only_times")
    set_combo(card.fields["born_precision"], "day")
    set_combo(card.fields["sex"], "F")
    held = told.person()
    assert (held.family_name, str(held.born_on), held.phone) == ("Beridze-Lomidze", "1992-03-04", "+995 555 0143")
    assert (held.safe_to_call, held.call_note, held.sex) == ("only_times", "evenings", "F")
    assert "Call safely: \u2068evenings\u2069" in [
        chip.text() for chip in told.screen.header.findChildren(case_view.Chip)
    ]


def test_a_day_that_is_none_stays_as_typed_with_its_sentence(told):
    card = told.tab("people").cards[told.principal]
    write(card.fields["born_on"], "31 02 1992")
    assert "24 11 1990" in card.fields["born_on"].error()
    assert card.fields["born_on"].value() == "31 02 1992"
    write(card.fields["phone"], "+1 416 555 0199")
    assert card.fields["born_on"].value() == "31 02 1992"
    assert told.person().born_on is None


def test_somebody_is_added_and_removed_again(told):
    page = told.tab("people")
    page.add.given_names.set_value("Lali")
    page.add.done.click()
    child = next(f.id for f in told.desk.find(Person, told.case) if f.value.given_names == "Lali")
    assert told.person(child).relation is Relation.CHILD
    assert told.person(child).family_name == "Beridze"
    assert page.cards[told.principal].remove is None
    page.cards[child].remove.click()
    assert list(page.cards) == [told.principal]
    told.room.undo()
    assert child in page.cards


def test_a_citizen_of_canada_takes_no_part_and_the_screen_says_why(told):
    page = told.tab("people")
    card = page.cards[told.principal]
    assert not card.barred.isVisible()
    set_combo(card.citizenships.add, "CA")
    assert card.barred.isVisible()
    assert "EL09" in card.barred.accessibleDescription()
    assert "Source" in card.barred.accessibleDescription()
    assert told.person().participates is False


def test_the_question_about_another_citizenship_is_answered_with_no_other(told):
    card = told.tab("people").cards[told.principal]
    set_combo(card.citizenships.add, "GE")
    assert [found.value.country for found in told.desk.find(Citizenship, told.case)] == ["GE"]
    card.citizenships.none.click()
    assert told.person().other_citizenships_asked_on == told.desk.today()
    assert [found.value.country for found in told.desk.find(Citizenship, told.case)] == ["GE"]


def test_consent_is_asked_before_the_interview_and_kept_with_its_text(told):
    contact(told)
    speak(told)
    page = told.tab("interview")
    assert page.blocked.isVisible()
    assert not page.begin.isEnabled()
    give_consents(told)
    held = {found.value.purpose: found.value for found in told.desk.find(Consent, told.case)}
    assert held[Purpose.ASSISTANCE].state is ConsentState.GIVEN
    assert held[Purpose.RESEARCH].state is ConsentState.REFUSED
    assert held[Purpose.ASSISTANCE].language == "ka"
    assert "say no" in told.desk.find(ConsentText, told.case)[0].value.text
    page = told.tab("interview")
    assert not page.blocked.isVisible()
    assert page.begin.isEnabled()


def test_a_refusal_says_that_only_the_least_is_kept(told):
    page = told.tab("consents")
    card = page.consents[told.principal]
    assert not card.refused.isVisible()
    set_combo(card.purposes[Purpose.ASSISTANCE], "refused")
    set_combo(card.fields["language"], "ka")
    card.done.click()
    assert card.refused.isVisible()
    assert "least form" in card.refused.accessibleDescription()


def test_an_interview_is_begun_and_gone_on_with(told, qtbot):
    contact(told)
    speak(told)
    give_consents(told)
    page = told.tab("interview")
    assert page.fields["language"].value() == "ka"
    page.begin.click()
    assert page.fields["place"].error()
    page.fields["place"].set_value("Toronto office")
    page.fields["interpreter"].set_value("Ana")
    with qtbot.waitSignal(told.room.asked_for) as asked:
        page.begin.click()
    place, case, interview = asked.args
    assert (place, case) == ("interview", told.case)
    assert told.desk.one(Interview, told.case, interview).language == "ka"
    assert told.desk.find(Sitting, told.case)[0].value.interpreter_name == "Ana"
    told.tab("overview")
    page = told.tab("interview")
    with qtbot.waitSignal(told.room.asked_for) as again:
        page.go_on[interview].click()
    assert again.args == ["interview", told.case, interview]


def test_programme_group_and_claim_are_written_when_left(told):
    page = told.tab("enrolment")
    set_combo(page.programme.fields["programme"], "office-template")
    set_combo(page.programme.fields["return_kind"], "general")
    chosen = told.desk.one(Participation, told.case)
    assert (chosen.programme, chosen.return_kind, chosen.applied_on) == (
        "office-template",
        "general",
        told.desk.today(),
    )
    facts = page.facts[told.principal]
    set_combo(facts.fields["group"], "unsuccessful_asylum_seeker")
    write(facts.fields["claim_on"], "1 3 2024")
    write(facts.fields["decision_on"], "1 2 2024")
    assert "older" in facts.fields["decision_on"].error()
    write(facts.fields["decision_on"], "1 2 2025")
    set_combo(facts.fields["recourse_stage"], "RAD_NEG")
    held = told.desk.one(Status, told.case, told.principal)
    assert (str(held.claim_on), str(held.decision_on)) == ("2024-03-01", "2025-02-01")
    assert (held.group, held.recourse_stage) == ("unsuccessful_asylum_seeker", "RAD_NEG")


def test_a_line_of_the_checklist_keeps_answer_evidence_and_who_confirmed(told):
    page = told.tab("enrolment")
    line = page.checklist.lines["EL03"]
    set_combo(line.fields["answer"], "yes")
    write(line.fields["evidence"], "Lease of March")
    write(line.fields["confirmed_by"], "Officer Roy")
    write(line.fields["confirmed_on"], "20 11 2026")
    held = next(f.value for f in told.desk.find(Criterion, told.case) if f.value.code == "EL03")
    assert (held.answer, held.evidence, held.confirmed_by) == ("yes", "Lease of March", "Officer Roy")
    assert str(held.confirmed_on) == "2026-11-20"
    assert page.checklist.lines["EL09"].fields == {}


def test_the_authority_decides_apart_from_the_office(told):
    page = told.tab("enrolment")
    set_combo(page.decision.fields["authority_verdict"], "eligible")
    assert told.desk.one(Decision, told.case) is None
    write(page.decision.fields["authority_on"], "23 11 2026")
    held = told.desk.one(Decision, told.case)
    assert (held.authority_verdict, str(held.authority_on)) == ("eligible", "2026-11-23")
    assert held.office_verdict is None
    assert "not decided" in page.decision.office.text()


def test_a_declaration_is_signed_on_the_screen(told):
    give_consents(told)
    destine(told)
    page = told.tab("declarations")
    card = page.declarations[told.principal]
    card.fields["place"].set_value("Toronto")
    card.done.click()
    assert "no signature" in card.signing.error.text()
    pad = card.signing.pad
    QTest.mousePress(pad, Qt.MouseButton.LeftButton, pos=QPoint(20, 40))
    for step in range(1, 8):
        QTest.mouseMove(pad, QPoint(20 + step * 20, 40 + step * 3))
    QTest.mouseRelease(pad, Qt.MouseButton.LeftButton, pos=QPoint(180, 60))
    card.done.click()
    held = told.desk.find(Declaration, told.case)[0].value
    assert (held.person, held.how, held.place) == (told.principal, SignedHow.SCREEN, "Toronto")
    assert not card.form.isVisible()
    assert "Signed on 24 November 2026" in card.state.text()


def test_a_scan_is_the_keyboard_s_way_to_sign(told, tmp_path: Path):
    give_consents(told)
    destine(told)
    card = told.tab("declarations").declarations[told.principal]
    card.signing.take_scan(tmp_path / "nothing.png")
    assert "cannot be read" in card.signing.error.text()
    scan = tmp_path / "signed.png"
    scan.write_bytes(PICTURE)
    card.signing.take_scan(scan)
    card.fields["place"].set_value("Toronto")
    card.done.click()
    assert told.desk.find(Declaration, told.case)[0].value.how is SignedHow.SCAN


def test_a_declaration_without_consent_says_so_and_keeps_what_was_typed(told):
    destine(told)
    card = told.tab("declarations").declarations[told.principal]
    card.fields["place"].set_value("Toronto")
    card.signing.pad._strokes = [[card.signing.pad._share(point) for point in (QPoint(10, 10), QPoint(200, 60))]]
    card.done.click()
    assert "onsent" in card.signing.error.text()
    assert card.fields["place"].value() == "Toronto"
    assert not told.desk.find(Declaration, told.case)


def test_enrolling_is_one_key_once_nothing_is_missing(told, tmp_path: Path):
    interviewed(told)
    destine(told)
    assert told.stage() == "interviewed"
    page = told.tab("enrolment")
    assert not page.act.done.isEnabled()
    assert [line.accessibleName() for line in page.act.missing.lines if line.button]
    set_combo(page.decision.fields["authority_verdict"], "eligible")
    write(page.decision.fields["authority_on"], "23 11 2026")
    scan = tmp_path / "signed.png"
    scan.write_bytes(PICTURE)
    card = page.declarations[told.principal]
    card.signing.take_scan(scan)
    card.fields["place"].set_value("Toronto")
    card.done.click()
    set_combo(page.programme.fields["programme"], "office-template")
    set_combo(page.programme.fields["return_kind"], "stranded")
    people.set_citizenships(told.desk, told.office.maya, told.case, told.principal, ("GE",))
    for line in page.checklist.lines.values():
        if line.fields:
            set_combo(line.fields["answer"], "yes")
    told.screen.open(told.case, "enrolment")
    page = told.screen.page()
    assert page.act.done.isEnabled()
    told.screen.primary()
    assert told.stage() == "enrolled"
    assert page.enrolled.isVisible()
    assert told.desk.one(Decision, told.case).office_by == told.office.maya.officer


@pytest.mark.parametrize(
    ("verb", "ending"), [("decline", "declined"), ("withdraw", "withdrawn"), ("mark_ineligible", "ineligible")]
)
def test_an_early_end_is_asked_for_and_undo_brings_the_case_back(told, monkeypatch, verb, ending):
    monkeypatch.setattr(Dialog, "exec", lambda dialog: dialog.buttons[1].click())
    getattr(told.screen, verb)()
    assert told.desk.one(Outcome, told.case).ending == ending
    assert told.desk.one(Case, told.case).standing == "not_travelling"
    assert told.screen.ended.isVisible()
    assert not told.screen.rail.isVisible()
    assert "Nino Beridze" in told.screen.ended.accessibleName()
    told.room.undo()
    assert told.screen.rail.isVisible()
    assert told.desk.one(Case, told.case).standing == "preparing"


def test_keep_going_changes_nothing(told, monkeypatch):
    asked = []
    monkeypatch.setattr(Dialog, "exec", lambda dialog: asked.append([b.text() for b in dialog.buttons]))
    told.screen.withdraw()
    assert asked == [["Keep going", "Stop the return"]]
    assert told.desk.one(Outcome, told.case) is None


def test_the_destination_is_written_when_left(told):
    page = told.screen.page()
    set_combo(page.destination["country"], "GE")
    write(page.destination["place"], "Batumi")
    held = told.desk.one(Case, told.case)
    assert (held.destination_country, held.destination_place) == ("GE", "Batumi")


def test_who_sent_the_referral_is_written_when_left(told):
    page = told.screen.page()
    write(page.referral.fields["sender_officer"], "Officer Roy")
    write(page.referral.fields["client_id"], "1234-5678")
    held = told.desk.one(Referral, told.case)
    assert (held.sender_officer, held.client_id) == ("Officer Roy", "1234-5678")


def test_what_was_written_is_sealed_when_its_page_is_left(told):
    card = told.tab("people").cards[told.principal]
    write(card.fields["phone"], "+995 555 0143")
    newest = changes_of(told.desk, told.office.maya, told.case)[0]
    assert (newest.field, newest.is_sealed) == ("phone", False)
    told.tab("overview")
    assert changes_of(told.desk, told.office.maya, told.case)[0].is_sealed


def test_the_history_says_field_before_and_after_in_words(told):
    card = told.tab("people").cards[told.principal]
    set_combo(card.fields["safe_to_call"], "no")
    page = told.tab("history")
    first = page.rows.rows[0]
    assert first.title == "\u2068Nino Beridze\u2069 \u00b7 Safe to call: not yet \u2192 No, never call"
    assert first.below.endswith("\u2068Maya Tremblay\u2069 \u00b7 Core")
    QTest.keyClicks(page.filter.editor, "received legal")
    assert page.rows.rows
    assert all("Legal" in row.below for row in page.rows.rows)
    QTest.keyClicks(page.filter.editor, "zzz")
    assert page.empty.isVisible()


def test_alt_and_a_number_open_the_tabs(told, qtbot):
    qtbot.keyClick(told.screen, Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    assert told.screen.tabs.value() == "people"
    qtbot.keyClick(told.screen, Qt.Key.Key_8, Qt.KeyboardModifier.AltModifier)
    assert told.screen.tabs.value() == "history"
    with qtbot.waitSignal(told.room.asked_for) as asked:
        qtbot.keyClick(told.screen, Qt.Key.Key_7, Qt.KeyboardModifier.AltModifier)
    assert asked.args == ["papers", told.case, ""]
    assert told.screen.tabs.value() == "history"


def test_what_blocks_leads_to_its_page(told):
    page = told.screen.page()
    line = next(found for found in page.blocks.lines if "language" in found.accessibleName())
    line.button.click()
    assert told.screen.tabs.value() == "people"


def test_who_may_only_read_core_sees_no_reason_no_clock_and_no_refusal(told, look, qtbot):
    room = Room(told.desk, told.office.idris)
    screen = CaseScreen(room)
    qtbot.addWidget(screen)
    screen.resize(1166, 700)
    screen.show()
    with qtbot.assertNotEmitted(room.refused):
        screen.open(told.case)
        assert not screen.page()._clocks_card.isVisible()
        assert not screen._more.isEnabled()
        screen.show_tab("people")
        assert screen.page().cards[told.principal].fields["family_name"].editor.isReadOnly()
        screen.show_tab("interview")
        assert not screen.page().begin.isVisible()
        screen.show_tab("enrolment")
        assert not screen.page().checklist.isVisible()
        screen.show_tab("history")
        assert screen.page().rows.rows
        assert not any("Legal" in row.below for row in screen.page().rows.rows)


def test_nobody_signs_a_declaration_without_a_country_of_return(told):
    give_consents(told)
    card = told.tab("declarations").declarations[told.principal]
    assert not card.done.isEnabled()
    destine(told)
    assert card.done.isEnabled()
    assert any("Georgia" in label.text() for label in card.findChildren(Label))


PAGES = ("overview", "people", "interview", "enrolment", "history")


@pytest.mark.parametrize(("scale", "rtl"), [(1.0, False), (2.0, False), (1.0, True), (2.0, True)])
def test_no_words_of_a_case_are_cut_at_any_size_or_direction(told, look, scale, rtl):
    look(scale=scale, rtl=rtl)
    told.screen.resize(1310 if scale > 1 else 1166, 700)
    for page in PAGES:
        told.screen.show_tab(page)
        QApplication.processEvents()
        QApplication.processEvents()
        assert cut_labels(told.screen) == [], page


def test_everything_of_a_case_that_takes_the_focus_has_a_name(told):
    for page in PAGES:
        told.screen.show_tab(page)
        assert nameless(told.screen) == [], page


def test_what_is_done_is_one_line_when_the_page_is_opened_again(told):
    """Nothing moves while one writes; the next visit shows what is left."""
    give_consents(told)
    page = told.screen.page()
    set_combo(page.programme.fields["programme"], "office-template")
    set_combo(page.programme.fields["return_kind"], "general")
    set_combo(page.checklist.lines["EL03"].fields["answer"], "yes")
    card, line = page.consents[told.principal], page.checklist.lines["EL03"]
    assert not card.is_folded()
    assert not page.programme.is_folded()
    assert line.fields["answer"].isVisible()
    told.tab("overview")
    told.tab("enrolment")
    assert card.is_folded()
    assert "given" in card.summary.text()
    assert "5 not asked yet" in card.summary.text()
    assert page.programme.is_folded()
    assert "General return" in page.programme.summary.text()
    assert not line.fields["answer"].isVisible()
    assert page.checklist.lines["EL04"].fields["answer"].isVisible()
    assert page.facts[told.principal].fields["group"].editor.hasFocus()


def test_change_opens_what_was_folded_at_its_beginning(told, qtbot):
    page = told.tab("enrolment")
    set_combo(page.programme.fields["programme"], "office-template")
    set_combo(page.programme.fields["return_kind"], "general")
    set_combo(page.checklist.lines["EL03"].fields["answer"], "yes")
    told.tab("overview")
    told.tab("enrolment")
    qtbot.keyClick(page.programme.link, Qt.Key.Key_Space)
    assert page.programme.fields["programme"].editor.hasFocus()
    line = page.checklist.lines["EL03"]
    qtbot.keyClick(line.change, Qt.Key.Key_Space)
    assert line.fields["answer"].editor.hasFocus()
    write(line.fields["evidence"], "Lease of March")
    assert line.fields["evidence"].isVisible()


def test_letters_that_pass_a_country_do_not_make_it_a_citizenship(told, qtbot):
    """Found in a picture: "Hu" on the way to Hungary had written Haiti."""
    page = told.tab("people")
    combo = page.cards[told.principal].citizenships.add.editor
    combo.setFocus()
    qtbot.keyClicks(combo, "Hu")
    assert combo.currentText() == "Hungary"
    assert [found.value.country for found in told.desk.find(Citizenship, told.case)] == []
    qtbot.keyClick(combo, Qt.Key.Key_Tab)
    assert [found.value.country for found in told.desk.find(Citizenship, told.case)] == ["HU"]
