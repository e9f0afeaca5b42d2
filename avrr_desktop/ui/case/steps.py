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
    say = QCoreApplication.translate
    return {
        Stop.REFERRAL: say("Steps", "Referral"),
        Stop.INTERVIEW: say("Steps", "Interview"),
        Stop.ENROLMENT: say("Steps", "Enrolment"),
        Stop.PLAN: say("Steps", "Plan"),
        Stop.TRAVEL: say("Steps", "Travel"),
        Stop.DEPARTURE: say("Steps", "Departure"),
        Stop.ARRIVAL: say("Steps", "Arrival"),
        Stop.REINTEGRATION: say("Steps", "Reintegration"),
        Stop.MONITORING: say("Steps", "Monitoring"),
        Stop.CLOSED: say("Steps", "Closed"),
    }[stop]


def gate_heading(gate: str) -> str:
    """Head the list of what *gate* asks for."""
    say = QCoreApplication.translate
    return {
        "G1": say("Steps", "Before the interview can begin"),
        "G2": say("Steps", "Before enrolment"),
        "G3": say("Steps", "Before the plan can be made"),
        "G4": say("Steps", "Before travel can be booked"),
    }.get(gate, say("Steps", "Before going on"))


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
    say = QCoreApplication.translate
    return {
        "referral_complete": Step(
            say("Steps", "Write when the referral came and who sent it."), say("Steps", "Complete it"), "overview"
        ),
        "first_contact_logged": Step(
            say("Steps", "Call {name}: nobody has noted a first contact yet."),
            say("Steps", "Note the contact"),
            "contact",
        ),
        "language_known": Step(
            say("Steps", "Ask which language {name} prefers, and whether an interpreter is needed."),
            say("Steps", "Open People"),
            "people",
        ),
        "G1": Step(say("Steps", "Write the first contact once more, so that the interview can begin.")),
        "consent_before_data": Step(
            say("Steps", "Ask for consent to use data, before the first question of the interview."),
            say("Steps", "Open consents"),
            "consents",
        ),
        "interview_complete": Step(
            say("Steps", "Hold the interview with {name}."), say("Steps", "Open the interview"), "interview"
        ),
        "vulnerability_screened": Step(
            say("Steps", "Complete the interview: needs and risks are not asked yet."),
            say("Steps", "Open the interview"),
            "interview",
        ),
        "interpreter_recorded": Step(
            say("Steps", "Write who interprets for {name}."), say("Steps", "Open the interview"), "interview"
        ),
        "G2": Step(say("Steps", "The interview is complete; enrolment comes next."), "", "enrolment"),
    }


def _enrolment_steps() -> dict[str, Step]:
    say = QCoreApplication.translate
    return {
        "eligibility_recorded": Step(
            say("Steps", "Write down the authority's decision on {name}."),
            say("Steps", "Open Enrolment"),
            "enrolment",
        ),
        "declarations_signed": Step(
            say("Steps", "Let every adult sign the declaration of voluntary return."),
            say("Steps", "Open declarations"),
            "declarations",
        ),
        "minors_agreed": Step(
            say("Steps", "Let the guardians sign, and write down what the children say."),
            say("Steps", "Open declarations"),
            "declarations",
        ),
        "unaccompanied_represented": Step(
            say("Steps", "An unaccompanied minor needs a legal representative before going on."),
            say("Steps", "Open People"),
            "people",
        ),
        "no_open_stop": Step(
            say("Steps", "Something said in the interview stops this case. Look at it first."),
            say("Steps", "Open the interview"),
            "interview",
        ),
        "enrol": Step(say("Steps", "All is there: enrol {name}."), say("Steps", "Open Enrolment"), "enrolment"),
    }


def _plan_steps() -> dict[str, Step]:
    say = QCoreApplication.translate
    open_plan = say("Steps", "Open the plan")
    return {
        "plan_has_line": Step(say("Steps", "Begin the plan with {name}."), open_plan, "plan"),
        "plan_within_ceiling": Step(say("Steps", "Bring the plan under its ceiling."), open_plan, "plan"),
        "feasibility_answered": Step(
            say("Steps", "Ask the receiving office whether the plan can be carried out."), open_plan, "plan"
        ),
        "plan_signed": Step(say("Steps", "Agree the plan with {name} and sign it."), open_plan, "plan"),
        "contact_rule_explained": Step(
            say("Steps", "Explain to {name} by when to call the office after arrival."), open_plan, "plan"
        ),
        "sign_plan": Step(say("Steps", "Agree the plan with {name} and sign it."), open_plan, "plan"),
        "travel": Step(say("Steps", "Prepare the journey of {name}."), say("Steps", "Open Travel"), "travel"),
        "ended": Step(say("Steps", "Nothing is left to do here.")),
    }


def _points() -> dict[str, Point]:
    return {**_first_points(), **_later_points()}


def _first_points() -> dict[str, Point]:
    say = QCoreApplication.translate
    return {
        "referral_complete": Point(
            say("Steps", "Time and source of the referral"), say("Steps", "not complete"), "overview"
        ),
        "first_contact_logged": Point(say("Steps", "First contact noted"), say("Steps", "nobody yet"), "contact"),
        "language_known": Point(
            say("Steps", "Preferred language, and whether an interpreter is needed"),
            say("Steps", "not asked yet"),
            "people",
        ),
        "consent_before_data": Point(
            say("Steps", "Consent to use data, given before the interview"), say("Steps", "not given"), "consents"
        ),
        "interview_complete": Point(say("Steps", "Interview completed"), say("Steps", "not complete"), "interview"),
        "vulnerability_screened": Point(
            say("Steps", "Needs and risks asked about"), say("Steps", "not asked yet"), "interview"
        ),
        "interpreter_recorded": Point(
            say("Steps", "Who interprets is written down"), say("Steps", "not written"), "interview"
        ),
    }


def _later_points() -> dict[str, Point]:
    say = QCoreApplication.translate
    return {
        "eligibility_recorded": Point(
            say("Steps", "The authority's decision written down"), say("Steps", "not written"), "enrolment"
        ),
        "declarations_signed": Point(
            say("Steps", "Declaration signed by every adult"), say("Steps", "not signed"), "declarations"
        ),
        "minors_agreed": Point(
            say("Steps", "Guardians signed, the children were heard"), say("Steps", "not yet"), "declarations"
        ),
        "unaccompanied_represented": Point(
            say("Steps", "Unaccompanied minors have a representative"), say("Steps", "nobody yet"), "people"
        ),
        "no_open_stop": Point(say("Steps", "Nothing stops this case"), say("Steps", "to look at"), "interview"),
        "plan_has_line": Point(say("Steps", "Plan has at least one line"), say("Steps", "empty"), "plan"),
        "plan_within_ceiling": Point(say("Steps", "Plan within its ceiling"), say("Steps", "not yet"), "plan"),
        "feasibility_answered": Point(
            say("Steps", "Receiving office has answered on feasibility"), say("Steps", "no answer yet"), "plan"
        ),
        "plan_signed": Point(
            say("Steps", "Plan signed by participant and officer"), say("Steps", "not signed"), "plan"
        ),
        "contact_rule_explained": Point(
            say("Steps", "Contact rule after arrival explained"), say("Steps", "not explained"), "plan"
        ),
    }
