"""The interview's signature: after completion, once, with its picture; and sittings with their people."""

from datetime import date, timedelta

import pytest

from avrr_desktop.domain.counselling import Interview, Mode, SignedHow
from avrr_desktop.domain.counselling import Sitting as SittingRecord
from avrr_desktop.domain.failures import BadValue, Blocked, Expected
from avrr_desktop.services import enrolling
from avrr_desktop.services.history import can_undo
from avrr_desktop.services.interviewing import Sitting, begin_interview, heard_alone
from avrr_desktop.services.signing import sign_interview
from tests.interview_case import FREE, answer_all, begin, is_sealed, open_case, spot
from tests.office import PICTURE


@pytest.fixture
def case(office):
    return open_case(office)


@pytest.fixture
def complete(office, case) -> str:
    interview = begin(office, *case)
    sitting = Sitting(office.desk, office.maya, case[0], interview)
    answer_all(sitting, FREE)
    sitting.complete()
    return interview


def sign(office, case, interview, **other):
    facts = {"picture": PICTURE, "how": SignedHow.SCREEN, "language": "fr", "signed_on": office.desk.today(), **other}
    return sign_interview(office.desk, office.maya, case[0], interview, **facts)


def record(office, case, interview) -> Interview:
    return office.desk.one(Interview, case[0], interview)


def test_what_was_signed_stands_in_the_interview_and_undo_does_not_reach_it(office, case, complete):
    done = sign(office, case, complete)
    held = record(office, case, complete)
    assert (held.signed_how, held.signed_on, held.signed_language) == (SignedHow.SCREEN, date(2026, 11, 24), "fr")
    assert held.signed_blob
    assert not can_undo(done)
    assert "interview" in done.changes.kinds
    assert is_sealed(office, case[0])


def test_an_interview_that_is_not_complete_is_not_signed(office, case):
    interview = begin(office, *case)
    with pytest.raises(Blocked) as refused:
        sign(office, case, interview)
    assert refused.value.code == "interview.not_complete"
    assert record(office, case, interview).signed_how is None


def test_the_interview_of_a_case_that_ended_is_not_signed(office, case, complete):
    enrolling.withdraw(office.desk, office.maya, case[0])
    with pytest.raises(Blocked) as refused:
        sign(office, case, complete)
    assert refused.value.code == "case.ended"
    assert record(office, case, complete).signed_how is None


def test_an_interview_is_signed_once(office, case, complete):
    sign(office, case, complete)
    with pytest.raises(Blocked) as refused:
        sign(office, case, complete, how=SignedHow.SCAN)
    assert refused.value.code == "interview.signed"
    assert record(office, case, complete).signed_how is SignedHow.SCREEN


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"signed_on": date(2026, 11, 25)}, "signature.in_future"),
        ({"signed_on": date(2026, 11, 23)}, "signature.too_early"),
        ({"picture": b""}, "signature.no_picture"),
        ({"picture": b"GIF89a"}, "signature.not_a_picture"),
    ],
)
def test_a_wrong_day_or_picture_signs_nothing(office, case, complete, wrong, code):
    with pytest.raises(BadValue) as refused:
        sign(office, case, complete, **wrong)
    assert refused.value.code == code
    assert record(office, case, complete).signed_blob is None


def test_an_unknown_interview_is_not_signed(office, case):
    with pytest.raises(Expected) as refused:
        sign(office, case, "x" * 26)
    assert refused.value.code == "interview.missing"


def test_a_relative_never_interprets(office, case):
    with pytest.raises(Blocked) as refused:
        begin_interview(
            office.desk, office.maya, *case, language="fr", place="Room", mode=Mode.OFFICE,
            interpreter="Her sister", interpreter_relative=True,
        )  # fmt: skip
    assert refused.value.code == "interview.relative"
    assert office.desk.find(Interview, case[0]) == []


def test_another_day_or_another_officer_asks_for_a_sitting(office, case):
    interview = begin(office, *case)

    def needs_meeting(actor):
        return Sitting(office.desk, actor, case[0], interview).needs_meeting

    assert not needs_meeting(office.maya)
    assert needs_meeting(office.claire)
    office.clock.pass_by(days=1)
    assert needs_meeting(office.maya)


def test_a_new_sitting_keeps_its_people_and_ends_the_one_left_open_with_its_last_answer(office, case):
    interview = begin(office, *case)
    first = Sitting(office.desk, office.maya, case[0], interview)
    first.answer(spot(first, "interpreter_used"), "no")
    answered = office.clock.now
    office.clock.pass_by(days=1)
    sitting = Sitting(office.desk, office.maya, case[0], interview)
    sitting.begin_meeting(
        SittingRecord(
            place="Room 4", mode=Mode.VIDEO, present="Her lawyer", alone=True, interpreter_name="Service 9",
            interpreter_language="ar", interpreter_dialect="Maghrebi", interpreter_mode=Mode.PHONE,
            interpreter_bound=True, interpreter_relative=False,
        )
    )  # fmt: skip
    sitting.answer(spot(sitting, "interpreter_used"), "yes")
    sitting.remark_on_interpreter("Clear, a little fast.")
    before, now = sitting.meetings
    assert abs(before.ended_at - answered) < timedelta(seconds=1)
    assert (now.alone, now.interpreter_dialect, now.interpreter_bound) == (True, "Maghrebi", True)
    assert now.interpreter_quality == "Clear, a little fast."
    assert heard_alone(office.desk, office.maya, case[0]) == {case[1]}
    assert not sitting.needs_meeting


def test_a_sitting_with_a_relative_as_interpreter_is_not_begun(office, case):
    interview = begin(office, *case)
    office.clock.pass_by(days=1)
    sitting = Sitting(office.desk, office.maya, case[0], interview)
    with pytest.raises(Blocked) as refused:
        sitting.begin_meeting(SittingRecord(place="Room 4", interpreter_name="Cousin", interpreter_relative=True))
    assert refused.value.code == "interview.relative"
    assert len(Sitting(office.desk, office.maya, case[0], interview).meetings) == 1


def test_who_was_never_met_alone_is_not_heard_alone(office, case):
    begin(office, *case)
    assert heard_alone(office.desk, office.maya, case[0]) == frozenset()


def test_the_officers_own_question_is_marked(office, case):
    sitting = Sitting(office.desk, office.maya, case[0], begin(office, *case))
    own = {
        one.spot.node.rpartition("/")[2]
        for topic in sitting.topics()
        for one in sitting.questions(topic.path)
        if one.for_officer
    }
    assert "capacity_doubt" in own
    assert "talk_alone" not in own
