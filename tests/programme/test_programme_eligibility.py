"""The checklist EL01-EL11: whom it concerns, what an answer does, which rule made the result."""

import pytest

from avrr_desktop.programme.eligibility import CriterionAnswer, Result, answer_keys, eligibility
from avrr_desktop.programme.model import Effect, Programme
from avrr_desktop.programme.values import Mark

CODES = [f"EL{number:02}" for number in range(1, 12)]
ALL_MET: dict[str, bool | None] = {**dict.fromkeys(CODES, True), "EL09.other_nationalities": True}


def test_the_pilot_has_the_eleven_criteria_and_only_an_earlier_assistance_warns(pilot: Programme) -> None:
    answer = eligibility(pilot, "general", {})
    assert [state.code for state in answer.states] == CODES
    assert [state.code for state in answer.states if state.effect is Effect.WARN] == ["EL10"]
    assert {state.answer for state in answer.states} == {CriterionAnswer.NOT_ANSWERED}
    assert answer.result is Result.INCOMPLETE


@pytest.mark.parametrize(("code", "source", "mark"), [
    ("EL01", "lex", Mark.SOURCED), ("EL02", "lex", Mark.SOURCED), ("EL03", "ob436", Mark.SOURCED),
    ("EL04", "lc-cbsa", Mark.SOURCED), ("EL05", "ob436", Mark.SOURCED), ("EL06", "global", Mark.SOURCED),
    ("EL07", "slides13", Mark.SOURCED), ("EL08", "slides12", Mark.RECALLED), ("EL09", "iom13", Mark.SOURCED),
    ("EL10", "practice", Mark.PRACTICE), ("EL11", "r238", Mark.SOURCED),
])  # fmt: skip
def test_each_criterion_names_its_source_and_mark(pilot: Programme, code: str, source: str, mark: Mark) -> None:
    (state,) = [state for state in eligibility(pilot, "general", {}).states if state.code == code]
    assert (state.fired.rule_id, state.fired.source_key, state.fired.mark) == (code, source, mark)


def test_all_criteria_met_is_eligible_and_no_rule_stands_against(pilot: Programme) -> None:
    answer = eligibility(pilot, "general", ALL_MET)
    assert (answer.result, answer.fired) == (Result.ELIGIBLE, ())


@pytest.mark.parametrize("code", CODES)
def test_one_unmet_criterion_decides_and_its_rule_is_named(pilot: Programme, code: str) -> None:
    expected = {"EL09": Result.NOT_PARTICIPANT, "EL10": Result.WARN}.get(code, Result.NOT_ELIGIBLE)
    answer = eligibility(pilot, "general", ALL_MET | {code: False})
    assert (answer.result, [fired.rule_id for fired in answer.fired]) == (expected, [code])


@pytest.mark.parametrize("code", [code for code in CODES if code != "EL10"])
@pytest.mark.parametrize("open_answer", [None, "absent"])
def test_one_open_criterion_leaves_the_list_incomplete(pilot: Programme, code: str, open_answer: str | None) -> None:
    answers = dict(ALL_MET)
    if open_answer is None:
        answers[code] = None
    else:
        del answers[code]
    answer = eligibility(pilot, "general", answers)
    assert (answer.result, [fired.rule_id for fired in answer.fired]) == (Result.INCOMPLETE, [code])


def test_an_open_warning_only_warns(pilot: Programme) -> None:
    answer = eligibility(pilot, "general", ALL_MET | {"EL10": None})
    assert answer.result is Result.WARN


@pytest.mark.parametrize("asked", [None, False])
def test_citizenship_counts_only_when_other_nationalities_were_asked(pilot: Programme, asked: bool | None) -> None:
    answer = eligibility(pilot, "general", ALL_MET | {"EL09.other_nationalities": asked})
    (state,) = [state for state in answer.states if state.code == "EL09"]
    assert answer.result is Result.INCOMPLETE
    assert (state.answer, state.missing) == (CriterionAnswer.NOT_ANSWERED, ("EL09.other_nationalities",))


def test_a_canadian_is_no_participant_whatever_else_is_wrong_or_open(pilot: Programme) -> None:
    answer = eligibility(pilot, "general", {"EL01": False, "EL09": False})
    assert (answer.result, [fired.source_key for fired in answer.fired]) == (
        Result.NOT_PARTICIPANT,
        ["iom13"],
    )


def test_an_unmet_criterion_wins_over_open_ones_and_open_ones_over_a_warning(pilot: Programme) -> None:
    assert eligibility(pilot, "general", {"EL01": False}).result is Result.NOT_ELIGIBLE
    assert eligibility(pilot, "general", {"EL10": False}).result is Result.INCOMPLETE


def test_the_template_asks_about_a_claim_only_those_who_made_one(template: Programme) -> None:
    claimant = answer_keys(template, "general", group="unsuccessful_asylum_seeker")
    stranded = answer_keys(template, "stranded", group="stranded_migrant")
    assert list(claimant) == [*CODES[:9], "EL09.other_nationalities", "EL10", "EL11"]
    assert list(stranded) == ["EL03", "EL08", "EL09", "EL09.other_nationalities", "EL10", "EL11"]


def test_without_a_group_the_criteria_of_every_group_are_asked(template: Programme) -> None:
    assert [state.code for state in eligibility(template, "general", {}).states] == CODES
