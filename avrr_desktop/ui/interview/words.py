"""Words of the interview for what the form and the rules say in codes."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QCoreApplication

from avrr_desktop.domain.counselling import Mode
from avrr_desktop.services.interviewing import Asked
from avrr_desktop.services.proposing import Plain, Proposal
from avrr_desktop.ui import wording
from avrr_desktop.ui.interview.state import Facts, SectionView, Speech

NONE = wording.NONE


def stop(code: str) -> str:
    """
    Say what holds the case up. The person may read it too: no word here accuses or frightens.

    Source: DOMAIN.md 4.12.
    """
    say = QCoreApplication.translate
    return {
        "S1": say("Interview", "The choice needs more time: it must be free, and clear."),
        "S2": say("Interview", "Somebody qualified first looks at whether the person can decide today."),
        "S3": say("Interview", "Safety comes first: help is needed before anything else."),
        "S4": say("Interview", "A guardian, and the child's best interests, come first."),
        "S5": say("Interview", "A doctor first says when it is safe to fly."),
        "S6": say("Interview", "The other parent, or a court, must agree first."),
        "S7": say("Interview", "Another legal step in Canada comes first."),
        "S8": say("Interview", "An open court matter must be settled first."),
        "S9": say("Interview", "It must first be clear who the person is."),
        "S10": say("Interview", "Leave to enter the other country is missing."),
        "S11": say("Interview", "There is no partner at the place to go to."),
        "S12": say("Interview", "Another interpreter is needed, and what was said is gone through again."),
    }.get(code, code)


def answer(asked: Asked, speech: Speech = Speech.OWN) -> str:
    """Write an answer in words: the choices, a date in full, or that there is none."""
    say = QCoreApplication.translate
    if asked.state == "declined":
        return say("Interview", "Declined")
    if asked.state == "not_asked":
        return say("Interview", "Not asked")
    if not asked.value:
        return say("Interview", "Not answered yet")
    if asked.kind == "date":
        return wording.day(date.fromisoformat(asked.value))
    if asked.kind == "acknowledge":
        return say("Interview", "Yes")
    if asked.options:
        words = {o.value: o.other if speech is Speech.OTHER else o.text for o in asked.options}
        return say("Interview", ", ", "between two chosen answers").join(words.get(v, v) for v in asked.value.split())
    return asked.value


def problem(asked: Asked) -> str:
    """Say what is wrong with an answer: in the form's words, or in ours where it has none."""
    if not asked.problem:
        return ""
    say = QCoreApplication.translate
    if asked.problem_text:
        return asked.problem_text
    if asked.problem == "required":
        return say("Interview", "This needs an answer. F6 says it was not asked, F7 that the person declined.")
    return say("Interview", "This answer does not fit the question.")


def section(view: SectionView, speech: Speech = Speech.OWN) -> str:
    """Name a section; the places after the last topic are named here."""
    say = QCoreApplication.translate
    named = {"check": say("Interview", "Check the answers"), "finish": say("Interview", "What the answers change")}
    return named.get(view.path) or (view.other if speech is Speech.OTHER else view.text)


def sitting(facts: Facts) -> str:
    """Say which sitting this is and since when."""
    say = QCoreApplication.translate
    if facts.since is None:
        return ""
    words = say("Interview", "Sitting {number} · since {time}")
    return words.format(number=facts.sitting, time=wording.time(facts.since, facts.zone))


def interpreter(facts: Facts) -> str:
    """Say how the interpreter takes part; never who it is."""
    say = QCoreApplication.translate
    if not facts.has_interpreter:
        return say("Interview", "No interpreter")
    return {
        Mode.PHONE: say("Interview", "Interpreter by phone"),
        Mode.VIDEO: say("Interview", "Interpreter by video"),
        None: say("Interview", "With interpreter"),
    }.get(facts.interpreter_mode, say("Interview", "Interpreter in the room"))


def field(one: Proposal) -> str:
    """Name the field a proposal would change."""
    say = QCoreApplication.translate
    return {
        "person.family_name": say("Interview", "Family name"),
        "person.given_names": say("Interview", "Given names"),
        "person.born_on": say("Interview", "Date of birth"),
        "person.born_precision": say("Interview", "How well the date of birth is known"),
        "person.sex": say("Interview", "Sex, as in the document"),
        "person.relation": say("Interview", "Relation"),
        "person.language": say("Interview", "Language"),
        "person.phone": say("Interview", "Phone"),
        "person.safe_to_call": say("Interview", "Safe to call"),
        "person.travels": say("Interview", "Travels"),
        "person.participates": say("Interview", "Takes part in the programme"),
        "plan.goal": say("Interview", "Goal of the plan"),
    }.get(f"{one.kind}.{one.field}", one.field)


def value(field_name: str, plain: Plain, words: str) -> str:
    """Write a value of a proposal: the form's words, a date in full, yes or no, or "not yet"."""
    say = QCoreApplication.translate
    if words:
        return words
    if plain is None or plain == "":
        return say("Interview", "not yet")
    if isinstance(plain, bool):
        return say("Interview", "yes") if plain else say("Interview", "no")
    if field_name == "born_on":
        return wording.day(date.fromisoformat(str(plain)))
    return str(plain)
