"""Every field, code and step of a case has words."""

from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path

import pytest

from avrr_desktop.domain import casefile, counselling, legal, stages
from avrr_desktop.domain.fields import declared
from avrr_desktop.domain.kinds import KINDS
from avrr_desktop.domain.sections import CASE_SECTIONS
from avrr_desktop.programme.load import load_all
from avrr_desktop.services.history import Change
from avrr_desktop.services.lists import PILLS
from avrr_desktop.ui.case import labels, steps, words
from avrr_desktop.ui.case.acts import ACTS, act_words
from avrr_desktop.ui.case.labels import FIELDS
from avrr_desktop.ui.case.model import TABS, HistoryRow, read_day, read_moment, recent_acts, where
from avrr_desktop.ui.case.words import value_words
from avrr_desktop.ui.cases.table import next_words

PROGRAMMES = Path(__file__).resolve().parents[2] / "resources" / "programmes"
FIXED_STEPS = {"enrol", "sign_plan", "travel", "ended", "G1", "G2"}
"""Codes `services.casework` gives beside the conditions of the gates."""


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_declared_field_of_every_kind_has_a_label(kind: str):
    assert set(labels.FIELDS[kind]) == set(declared(KINDS[kind]))
    assert all(labels.field_label(kind, field) for field in declared(KINDS[kind]))
    assert labels.kind_label(kind)


def test_a_field_of_a_later_version_shows_its_code():
    assert labels.field_label("person", "shoe_size") == "shoe_size"
    assert labels.kind_label("shoe") == "shoe"


def _conditions() -> set[str]:
    rules = load_all(PROGRAMMES).values()
    gates = [rule.gates[gate] for rule in rules for gate, _stage in stages.GATES]
    return {condition.code for gate in gates for condition in gate.conditions}


def test_every_condition_of_the_gates_has_words_and_a_step():
    asked = _conditions()
    assert len(asked) > 10
    assert asked <= steps.point_codes()
    assert asked | FIXED_STEPS <= steps.step_codes()


def test_every_step_and_condition_leads_to_a_page_that_is_there():
    pages = {steps.step(code, "x").page for code in steps.step_codes()}
    pages |= {steps.point(code).page for code in steps.point_codes()}
    pages |= set(steps.PAGE_OF.values())
    for page in pages - {""}:
        assert where(page)[0] in TABS
        assert page in TABS or where(page)[1] == page


def test_a_step_names_the_person():
    assert "Nino" in steps.step("first_contact_logged", "Nino").sentence
    assert "{" not in "".join(steps.step(code, "Nino").sentence for code in steps.step_codes())


@pytest.mark.parametrize("stop", list(stages.Stop))
def test_every_stop_of_the_rail_has_a_name_and_a_page(stop: stages.Stop):
    assert steps.stop_name(stop)
    assert steps.PAGE_OF[stop]


@pytest.mark.parametrize(
    ("table", "codes"),
    [
        ("sex", casefile.Sex),
        ("born_precision", casefile.Precision),
        ("relation", casefile.Relation),
        ("reads", casefile.Reads),
        ("safe_to_call", casefile.SafeToCall),
        ("purpose", casefile.Purpose),
        ("consent_state", casefile.ConsentState),
        ("return_kind", legal.ReturnKind),
        ("group", legal.Group),
        ("group", legal.ProtectedGroup),
        ("answer3", legal.Answer3),
        ("verdict", legal.Verdict),
        ("ending", legal.Ending),
        ("source", legal.Source),
        ("standing", stages.Standing),
        ("mode", counselling.Mode),
        ("interview_state", counselling.InterviewState),
        ("answer_state", counselling.AnswerState),
        ("signed_how", counselling.SignedHow),
    ],
)
def test_every_code_has_words(table: str, codes: type[StrEnum]):
    assert {code.value for code in codes} <= set(words.CODES[table])


def test_every_section_criterion_and_stage_of_recourse_has_words():
    rules = load_all(PROGRAMMES).values()
    assert {gate for gate, _stage in stages.GATES} == set(words.CODES["gate"])
    assert {section.value for section in CASE_SECTIONS} <= set(words.CODES["section"])
    assert {criterion.code for rule in rules for criterion in rule.criteria} <= set(words.CODES["criterion"])
    assert {stage for rule in rules for stage in rule.stages} <= set(words.CODES["recourse_stage"])


@pytest.mark.parametrize(
    "code", ["first_contact", "complete_referral", "interview", "enrol", "plan", "travel", "ended"]
)
def test_every_next_step_of_the_list_has_words(code: str):
    assert next_words(code)
    assert len(PILLS) == 4


@pytest.mark.parametrize(
    ("kind", "field", "value", "said"),
    [
        ("person", "safe_to_call", "no", "No, never call"),
        ("person", "interpreter", True, "Yes"),
        ("person", "born_on", "1992-03-04", "4 March 1992"),
        ("case", "destination_country", "HU", "Hungary"),
        ("person", "language", "hu", "Hungarian"),
        ("case", "opened_at", "2026-11-24T15:00:00.000Z", "24 November 2026, 10:00"),
        ("case", "officer", "m" * 26, "\u2068Maya Tremblay\u2069"),
        ("person", "phone", None, "not yet"),
        ("outcome", "reason", "2026-xx-01Z", "\u20682026-xx-01Z\u2069"),
        ("consent", "state", "refused", "Refused"),
    ],
)
def test_a_value_is_written_as_people_read_it(kind: str, field: str, value: object, said: str):
    assert words.value_words(kind, field, value, {"m" * 26: "Maya Tremblay"}, "America/Toronto") == said


def test_the_history_is_filtered_by_all_words_in_any_order():
    line = HistoryRow("Nino \u00b7 Phone: not yet \u2192 +36", "24 November 2026 \u00b7 Maya Tremblay \u00b7 Core")
    assert line.matches("maya phone")
    assert line.matches("")
    assert not line.matches("maya email")


def test_days_and_moments_are_read_in_the_office_zone():
    assert read_day("") == (True, None)
    assert read_day("31 02 2026") == (False, None)
    assert read_moment("24 11 2026", "10:00", "America/Toronto") == datetime.fromisoformat("2026-11-24T15:00:00+00:00")
    assert read_moment("24 11 2026", "later", "America/Toronto") is None


def test_every_act_tells_of_a_field_that_is_declared():
    """A field that was renamed would never be told again."""
    assert [act[:2] for act in ACTS if act[0] not in FIELDS or (act[1] and act[1] not in FIELDS[act[0]])] == []


def test_what_one_officer_wrote_in_one_go_is_one_act_in_plain_words():
    now = datetime(2026, 11, 24, 15, 0, tzinfo=UTC)

    def change(minutes: float, officer: str, kind: str, field: str) -> Change:
        return Change(now + timedelta(minutes=minutes), officer, kind, "e", field, None, "x", "core", True)

    acts = recent_acts(
        [
            change(9, "Maya", "referral", "contacted_at"),
            change(3, "Jules", "leg", "flight"),
            change(0.5, "Maya", "case", "destination_country"),
            change(0.2, "Maya", "referral", "received_zone"),
            change(0, "Maya", "referral", "received_at"),
        ]
    )
    assert [act_words(act.written) for act in acts] == ["First contact noted", "Flights written", "Referral taken"]
    assert [act.officer for act in acts] == ["Maya", "Jules", "Maya"]


def test_the_local_time_of_a_flight_is_written_as_people_read_it():
    assert value_words("leg", "arrives", "2026-12-03T12:00", {}, "UTC") == "3 December 2026, \u206612:00\u2069"
