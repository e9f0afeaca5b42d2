"""What holds a case up and what is to be followed up stands on its pages, with a button for those who may."""

import pytest

from avrr_desktop.domain.counselling import Flag, Interview, StopRecord
from avrr_desktop.domain.sections import Section, case_stream
from avrr_desktop.services.drafts import trashed_interviews
from avrr_desktop.services.flagging import flags, raise_flags
from avrr_desktop.services.interviewing import interviews
from avrr_desktop.services.moving import open_stops
from avrr_desktop.services.stopping import lift_stop, raise_stops
from avrr_desktop.ui.case.view import CaseScreen
from avrr_desktop.ui.components.dialog import Dialog
from avrr_desktop.ui.room import Room
from tests.interview_case import begin, open_case
from tests.ui.seen import labels_of


@pytest.fixture
def shown(office, look, qtbot):
    """Show a case to an officer: `shown(actor)` gives (screen, case)."""
    look()
    case, person = open_case(office)

    def show(actor, prepare=lambda case, person: None):
        prepare(case, person)
        room = Room(office.desk, actor)
        screen = CaseScreen(room)
        room.changed.connect(screen.hear)
        qtbot.addWidget(screen)
        screen.resize(1166, 700)
        screen.show()
        qtbot.waitExposed(screen)
        screen.open(case)
        return screen, case

    return show


@pytest.fixture
def says(monkeypatch):
    """Answer the next dialog: type these words, press its verb."""

    def answer(text: str):
        def press(dialog: Dialog) -> None:
            if dialog.body is not None:
                dialog.body.set_value(text)
            dialog.buttons[1].click()

        monkeypatch.setattr(Dialog, "exec", press)

    return answer


def stop(office, code="S1"):
    """Raise a stop as Maya's interview would."""

    def write(case, _person):
        with office.desk.work(office.maya) as work:
            raise_stops(office.desk, office.maya, work, case, [code])

    return write


def test_a_stop_is_told_in_words_with_who_may_lift_it_and_only_they_get_the_button(office, shown, qtbot):
    screen, _case = shown(office.maya, stop(office))
    overview = screen.page()
    assert not overview.stops.isHidden()
    qtbot.waitUntil(lambda: "S1" in labels_of(overview.stops))
    said = labels_of(overview.stops)
    assert "May be lifted by: Supervisor." in said
    assert overview.stops.lifts == {}
    screen.show_tab("enrolment")
    qtbot.waitUntil(lambda: "S1" in labels_of(screen.page().stops))


def test_the_supervisor_lifts_a_stop_with_a_reason_and_it_is_gone_from_the_page(office, shown, says):
    screen, case = shown(office.claire, stop(office))
    overview = screen.page()
    says("Spoke with him alone.")
    overview.stops.lifts["S1"].click()
    assert open_stops(office.desk, case) == {}
    assert overview.stops.isHidden()
    assert office.desk.find(StopRecord, case)[0].value.reason == "Spoke with him alone."


def test_without_a_reason_the_question_stays_and_says_what_is_missing(office, shown, monkeypatch):
    screen, case = shown(office.claire, stop(office))
    told = []

    def press(dialog: Dialog) -> None:
        told.append(dialog.body.editor.accessibleDescription())
        dialog.buttons[1 if len(told) == 1 else 0].click()

    monkeypatch.setattr(Dialog, "exec", press)
    screen.page().stops.lifts["S1"].click()
    assert len(told) == 2
    assert told[0] != told[1]
    assert set(open_stops(office.desk, case)) == {"S1"}


def test_who_lifts_the_stop_of_their_own_interview_is_told_that_it_is_written_down(office, shown, monkeypatch):
    def write(case, _person):
        with office.desk.work(office.claire) as work:
            raise_stops(office.desk, office.claire, work, case, ["S1"])

    screen, case = shown(office.claire, write)
    told = []

    def press(dialog: Dialog) -> None:
        told.append(dialog.accessibleDescription())
        dialog.body.set_value("Nobody else is here.")
        dialog.buttons[1].click()

    monkeypatch.setattr(Dialog, "exec", press)
    screen.page().stops.lifts["S1"].click()
    assert ["Your own interview raised it" in words for words in told] == [True]
    assert open_stops(office.desk, case) == {}


def test_a_refusal_that_no_other_text_would_mend_is_told_once_and_not_asked_again(office, shown, monkeypatch):
    screen, case = shown(office.claire, stop(office))
    refused, told = [], []
    screen.page().room.refused.connect(refused.append)

    def press(dialog: Dialog) -> None:
        told.append(dialog)
        if len(told) == 1:
            lift_stop(office.desk, office.claire, case, "S1", "Done meanwhile.")
        dialog.body.set_value("Spoke with him alone.")
        dialog.buttons[1 if len(told) == 1 else 0].click()

    monkeypatch.setattr(Dialog, "exec", press)
    screen.page().stops.lifts["S1"].click()
    assert len(told) == 1
    assert [failure.code for failure in refused] == ["stop.missing"]


def flagged(office):
    """Raise the flags of somebody in danger, as Maya's interview would."""

    def write(case, person):
        interview = begin(office, case, person)
        with office.desk.work(office.maya) as work:
            raise_flags(office.desk, office.maya, work, case, interview, person, ["V18"])

    return write


def test_a_flag_is_the_next_step_and_leads_to_the_follow_up_screening(office, shown, qtbot):
    screen, _case = shown(office.maya, flagged(office))
    overview = screen.page()
    qtbot.waitUntil(lambda: "something in the interview is to be followed up" in labels_of(overview.flags))
    assert "suicide" not in labels_of(overview.flags)
    assert "followed up" in labels_of(overview.next)
    overview.primary()
    assert screen.page().fields["form"].value() == "vulnerability"


def test_the_supervisor_writes_what_came_of_a_flag(office, shown, says):
    screen, case = shown(office.claire, flagged(office))
    (flag,) = flags(office.desk, office.claire, case)
    says("Screened in full today.")
    screen.page().flags.closes[flag.id].click()
    assert screen.page().flags.isHidden()
    assert office.desk.store.get(Flag, flag.id, stream=case_stream(case, Section.COUNS)).outcome


def test_a_draft_is_thrown_away_listed_as_trash_and_put_back(office, shown):
    screen, case = shown(office.maya, lambda case, person: begin(office, case, person))
    screen.show_tab("interview")
    page = screen.page()
    ((interview, _record),) = interviews(office.desk, office.maya, case)
    page.discards[interview].click()
    assert interviews(office.desk, office.maya, case) == ()
    assert screen.page().room.can_undo()
    assert "In the trash: 1" in labels_of(page)
    page.trash.unfold()
    page.restores[interview].click()
    assert [one for one, _record in interviews(office.desk, office.maya, case)] == [interview]
    assert trashed_interviews(office.desk, office.maya, case) == ()


def test_a_colleague_takes_a_draft_over_and_ones_own_is_not_offered(office, shown, says):
    screen, case = shown(office.claire, lambda case, person: begin(office, case, person))
    screen.show_tab("interview")
    page = screen.page()
    ((interview, _record),) = interviews(office.desk, office.claire, case)
    says("Maya is ill.")
    page.take_overs[interview].click()
    assert office.desk.one(Interview, case, interview).officer == office.claire.officer
    assert page.take_overs == {}
