"""
The words of a case's way: its stops, what each gate asks for, and the one next step.

Every code that `services.casework` gives for a next step has one sentence, one verb and one place here.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from avrr_desktop.domain.stages import Stop


@dataclass(frozen=True, slots=True)
class Step:
    """What is next: the sentence, the verb on the button ("" for none), and the page it leads to."""

    sentence: str
    action: str = ""
    page: str = ""


@dataclass(frozen=True, slots=True)
class Point:
    """What a gate asks for: its words, the state while open, and the page where it is done."""

    text: str
    open_state: str
    page: str


PAGE_OF: dict[Stop, str] = {
    Stop.REFERRAL: "overview",
    Stop.INTERVIEW: "interview",
    Stop.ENROLMENT: "enrolment",
    Stop.PLAN: "plan",
    Stop.TRAVEL: "travel",
    Stop.DEPARTURE: "travel",
    Stop.ARRIVAL: "overview",
    Stop.REINTEGRATION: "plan",
    Stop.MONITORING: "overview",
    Stop.CLOSED: "history",
}
"""Where a stop of the rail leads."""


def stop_name(stop: Stop) -> str:
    """Name a stop of the rail."""
    translate = QCoreApplication.translate
    return {
        Stop.REFERRAL: translate("Steps", "Referral"),
        Stop.INTERVIEW: translate("Steps", "Interview"),
        Stop.ENROLMENT: translate("Steps", "Enrolment"),
        Stop.PLAN: translate("Steps", "Plan"),
        Stop.TRAVEL: translate("Steps", "Travel"),
        Stop.DEPARTURE: translate("Steps", "Departure"),
        Stop.ARRIVAL: translate("Steps", "Arrival"),
        Stop.REINTEGRATION: translate("Steps", "Reintegration"),
        Stop.MONITORING: translate("Steps", "Monitoring"),
        Stop.CLOSED: translate("Steps", "Closed"),
    }[stop]


def gate_heading(gate: str) -> str:
    """Head the list of what *gate* asks for."""
    translate = QCoreApplication.translate
    return {
        "G1": translate("Steps", "Before the interview can begin"),
        "G2": translate("Steps", "Before enrolment"),
        "G3": translate("Steps", "Before the plan can be made"),
        "G4": translate("Steps", "Before travel can be booked"),
    }.get(gate, translate("Steps", "Before going on"))


def step(code: str, name: str) -> Step:
    """
    Say what is next.

    Args:
        code: `CaseView.next_step`.
        name: The person, isolated where its script differs.
    """
    found = _steps().get(code) or Step(QCoreApplication.translate("Steps", "Another office works on this now."))
    return Step(found.sentence.format(name=name), found.action, found.page)


def point(code: str) -> Point:
    """Say what a condition asks for; the code itself for one this version does not know."""
    return _points().get(code) or Point(code, QCoreApplication.translate("Steps", "not done"), "overview")


def step_codes() -> frozenset[str]:
    """Return every code that has a sentence."""
    return frozenset(_steps())


def point_codes() -> frozenset[str]:
    """Return every condition that has words."""
    return frozenset(_points())


def _steps() -> dict[str, Step]:
    return {**_first_steps(), **_enrolment_steps(), **_plan_steps()}


def _first_steps() -> dict[str, Step]:
    translate = QCoreApplication.translate
    return {
        "referral_complete": Step(
            translate("Steps", "Write when the referral came and who sent it."),
            translate("Steps", "Complete it"),
            "overview",
        ),
        "first_contact_logged": Step(
            translate("Steps", "Call {name}: nobody has noted a first contact yet."),
            translate("Steps", "Note the contact"),
            "contact",
        ),
        "language_known": Step(
            translate("Steps", "Ask which language {name} prefers, and whether an interpreter is needed."),
            translate("Steps", "Open People"),
            "people",
        ),
        "G1": Step(translate("Steps", "Write the first contact once more, so that the interview can begin.")),
        "consent_before_data": Step(
            translate("Steps", "Ask for consent to use data, before the first question of the interview."),
            translate("Steps", "Open consents"),
            "consents",
        ),
        "interview_complete": Step(
            translate("Steps", "Hold the interview with {name}."), translate("Steps", "Open the interview"), "interview"
        ),
        "vulnerability_screened": Step(
            translate("Steps", "Complete the interview: needs and risks are not asked yet."),
            translate("Steps", "Open the interview"),
            "interview",
        ),
        "interpreter_recorded": Step(
            translate("Steps", "Write who interprets for {name}."),
            translate("Steps", "Open the interview"),
            "interview",
        ),
        "G2": Step(translate("Steps", "The interview is complete; enrolment comes next."), "", "enrolment"),
    }


def _enrolment_steps() -> dict[str, Step]:
    translate = QCoreApplication.translate
    return {
        "eligibility_recorded": Step(
            translate("Steps", "Write down the authority's decision on {name}."),
            translate("Steps", "Open Enrolment"),
            "enrolment",
        ),
        "declarations_signed": Step(
            translate("Steps", "Let every adult sign the declaration of voluntary return."),
            translate("Steps", "Open declarations"),
            "declarations",
        ),
        "minors_agreed": Step(
            translate("Steps", "Let the guardians sign, and write down what the children say."),
            translate("Steps", "Open declarations"),
            "declarations",
        ),
        "unaccompanied_represented": Step(
            translate("Steps", "An unaccompanied minor needs a legal representative before going on."),
            translate("Steps", "Open People"),
            "people",
        ),
        "no_open_stop": Step(
            translate("Steps", "Something said in the interview holds this case up. Look at it first."),
            translate("Steps", "See what it is"),
            "stops",
        ),
        "follow_up": Step(
            translate("Steps", "Something in the interview with {name} is to be followed up."),
            translate("Steps", "Open the follow-up screening"),
            "screening",
        ),
        "enrol": Step(
            translate("Steps", "All is there: enrol {name}."), translate("Steps", "Open Enrolment"), "enrolment"
        ),
    }


def _plan_steps() -> dict[str, Step]:
    translate = QCoreApplication.translate
    open_plan = translate("Steps", "Open the plan")
    return {
        "plan_has_line": Step(translate("Steps", "Begin the plan with {name}."), open_plan, "plan"),
        "plan_within_ceiling": Step(translate("Steps", "Bring the plan under its ceiling."), open_plan, "plan"),
        "feasibility_answered": Step(
            translate("Steps", "Ask the receiving office whether the plan can be carried out."), open_plan, "plan"
        ),
        "plan_signed": Step(translate("Steps", "Agree the plan with {name} and sign it."), open_plan, "plan"),
        "contact_rule_explained": Step(
            translate("Steps", "Explain to {name} by when to call the office after arrival."), open_plan, "plan"
        ),
        "sign_plan": Step(translate("Steps", "Agree the plan with {name} and sign it."), open_plan, "plan"),
        "travel": Step(
            translate("Steps", "Prepare the journey of {name}."), translate("Steps", "Open Travel"), "travel"
        ),
        "ended": Step(translate("Steps", "Nothing is left to do here.")),
    }


def _points() -> dict[str, Point]:
    return {**_first_points(), **_later_points()}


def _first_points() -> dict[str, Point]:
    translate = QCoreApplication.translate
    return {
        "referral_complete": Point(
            translate("Steps", "Time and source of the referral"), translate("Steps", "not complete"), "overview"
        ),
        "first_contact_logged": Point(
            translate("Steps", "First contact noted"), translate("Steps", "nobody yet"), "contact"
        ),
        "language_known": Point(
            translate("Steps", "Preferred language, and whether an interpreter is needed"),
            translate("Steps", "not asked yet"),
            "people",
        ),
        "consent_before_data": Point(
            translate("Steps", "Consent to use data, given before the interview"),
            translate("Steps", "not given"),
            "consents",
        ),
        "interview_complete": Point(
            translate("Steps", "Interview completed"), translate("Steps", "not complete"), "interview"
        ),
        "vulnerability_screened": Point(
            translate("Steps", "Needs and risks asked about"), translate("Steps", "not asked yet"), "interview"
        ),
        "interpreter_recorded": Point(
            translate("Steps", "Who interprets is written down"), translate("Steps", "not written"), "interview"
        ),
    }


def _later_points() -> dict[str, Point]:
    translate = QCoreApplication.translate
    return {
        "eligibility_recorded": Point(
            translate("Steps", "The authority's decision written down"), translate("Steps", "not written"), "enrolment"
        ),
        "declarations_signed": Point(
            translate("Steps", "Declaration signed by every adult"), translate("Steps", "not signed"), "declarations"
        ),
        "minors_agreed": Point(
            translate("Steps", "Guardians signed, the children were heard"),
            translate("Steps", "not yet"),
            "declarations",
        ),
        "unaccompanied_represented": Point(
            translate("Steps", "Unaccompanied minors have a representative"), translate("Steps", "nobody yet"), "people"
        ),
        "no_open_stop": Point(
            translate("Steps", "Nothing holds this case up"), translate("Steps", "to look at"), "stops"
        ),
        "plan_has_line": Point(translate("Steps", "Plan has at least one line"), translate("Steps", "empty"), "plan"),
        "plan_within_ceiling": Point(
            translate("Steps", "Plan within its ceiling"), translate("Steps", "not yet"), "plan"
        ),
        "feasibility_answered": Point(
            translate("Steps", "Receiving office has answered on feasibility"),
            translate("Steps", "no answer yet"),
            "plan",
        ),
        "plan_signed": Point(
            translate("Steps", "Plan signed by participant and officer"), translate("Steps", "not signed"), "plan"
        ),
        "contact_rule_explained": Point(
            translate("Steps", "Contact rule after arrival explained"), translate("Steps", "not explained"), "plan"
        ),
    }
