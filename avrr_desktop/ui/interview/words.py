"""Words of the interview for what the form and the rules say in codes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from PySide6.QtCore import QCoreApplication

from avrr_desktop.domain.counselling import Mode
from avrr_desktop.services.interviewing import Asked
from avrr_desktop.services.proposing import Plain, Proposal
from avrr_desktop.ui import wording
from avrr_desktop.ui.interview.state import Facts, SectionView, Speech, State


def stop(code: str) -> str:
    """
    Say what holds the case up. The person may read it too: no word here accuses or frightens.

    Source: DOMAIN.md 4.12.
    """
    translate = QCoreApplication.translate
    return {
        "S1": translate("Interview", "The choice needs more time: it must be free, and clear."),
        "S2": translate("Interview", "Somebody qualified first looks at whether the person can decide today."),
        "S3": translate("Interview", "Safety comes first: help is needed before anything else."),
        "S4": translate("Interview", "A guardian, and the child's best interests, come first."),
        "S5": translate("Interview", "A doctor first says when it is safe to fly."),
        "S6": translate("Interview", "The other parent, or a court, must agree first."),
        "S7": translate("Interview", "Another legal step in Canada comes first."),
        "S8": translate("Interview", "An open court matter must be settled first."),
        "S9": translate("Interview", "It must first be clear who the person is."),
        "S10": translate("Interview", "Leave to enter the other country is missing."),
        "S11": translate("Interview", "There is no partner at the place to go to."),
        "S12": translate("Interview", "Another interpreter is needed, and what was said is gone through again."),
    }.get(code, code)


def stop_lines(state: State) -> list[str]:
    """Say what holds the case up, and after each of it who may lift it; two lines each."""
    each = zip(state.stops, state.lifters, strict=True)
    return [line for code, roles in each for line in (f"{code}: {stop(code)}", lifts(roles))]


def lifts(roles: Iterable[str]) -> str:
    """Say which roles may settle what holds a case up, "May be lifted by: Supervisor"."""
    said = QCoreApplication.translate("Interview", "May be lifted by: {who}.")
    return said.format(who=wording.roles(roles))


def flag(code: str) -> str:
    """Say what is to be followed up; the groups are named for those only who read section protection."""
    translate = QCoreApplication.translate
    return {
        "follow_up": translate("Interview", "something in the interview is to be followed up"),
        "medical_review": translate("Interview", "medical staff look at the health answers"),
        "V01": translate("Interview", "child alone"),
        "V02": translate("Interview", "child with an adult who is not the parent"),
        "V03": translate("Interview", "single parent"),
        "V04": translate("Interview", "pregnant"),
        "V05": translate("Interview", "older person"),
        "V06": translate("Interview", "disability"),
        "V07": translate("Interview", "serious or lasting illness"),
        "V08": translate("Interview", "mental health"),
        "V09": translate("Interview", "signs of trafficking"),
        "V10": translate("Interview", "torture"),
        "V11": translate("Interview", "violence at home or because of gender"),
        "V12": translate("Interview", "violence on the way"),
        "V13": translate("Interview", "LGBTI person at risk"),
        "V14": translate("Interview", "large family"),
        "V15": translate("Interview", "member of a minority at risk"),
        "V16": translate("Interview", "fear of return, newly told"),
        "V17": translate("Interview", "destitute or in heavy debt"),
        "V18": translate("Interview", "thoughts of suicide, or immediate danger"),
    }.get(code, code)


def answer(asked: Asked, speech: Speech = Speech.OWN) -> str:
    """Write an answer in words: the choices, a date in full, or that there is none."""
    translate = QCoreApplication.translate
    if asked.state == "declined":
        return translate("Interview", "Declined")
    if asked.state == "not_asked":
        return translate("Interview", "Not asked")
    if not asked.value:
        return translate("Interview", "Not answered yet")
    if asked.kind == "date":
        return wording.day(date.fromisoformat(asked.value))
    if asked.kind == "acknowledge":
        return translate("Interview", "Yes")
    if asked.options:
        words = {o.value: o.other if speech is Speech.OTHER else o.text for o in asked.options}
        return translate("Interview", ", ", "between two chosen answers").join(
            words.get(v, v) for v in asked.value.split()
        )
    return asked.value


def problem(asked: Asked) -> str:
    """Say what is wrong with an answer: in the form's words, or in ours where it has none."""
    if not asked.problem:
        return ""
    translate = QCoreApplication.translate
    if asked.problem_text:
        return asked.problem_text
    if asked.problem == "required":
        return translate("Interview", "This needs an answer. F6 says it was not asked, F7 that the person declined.")
    return translate("Interview", "This answer does not fit the question.")


def section(view: SectionView, speech: Speech = Speech.OWN) -> str:
    """Name a section; the places after the last topic are named here."""
    translate = QCoreApplication.translate
    named = {
        "check": translate("Interview", "Check the answers"),
        "finish": translate("Interview", "What the answers change"),
    }
    return named.get(view.path) or (view.other if speech is Speech.OTHER else view.text)


def sitting(facts: Facts) -> str:
    """Say which sitting this is and since when."""
    translate = QCoreApplication.translate
    if facts.since is None:
        return ""
    words = translate("Interview", "Sitting {number} · since {time}")
    return words.format(number=facts.sitting, time=wording.time(facts.since, facts.zone))


def interpreter(facts: Facts) -> str:
    """Say how the interpreter takes part; never who it is."""
    translate = QCoreApplication.translate
    if not facts.has_interpreter:
        return translate("Interview", "No interpreter")
    return {
        Mode.PHONE: translate("Interview", "Interpreter by phone"),
        Mode.VIDEO: translate("Interview", "Interpreter by video"),
        None: translate("Interview", "With interpreter"),
    }.get(facts.interpreter_mode, translate("Interview", "Interpreter in the room"))


def field(one: Proposal) -> str:
    """Name the field a proposal would change."""
    translate = QCoreApplication.translate
    return {
        "person.family_name": translate("Interview", "Family name"),
        "person.given_names": translate("Interview", "Given names"),
        "person.born_on": translate("Interview", "Date of birth"),
        "person.born_precision": translate("Interview", "How well the date of birth is known"),
        "person.sex": translate("Interview", "Sex, as in the document"),
        "person.relation": translate("Interview", "Relation"),
        "person.language": translate("Interview", "Language"),
        "person.phone": translate("Interview", "Phone"),
        "person.safe_to_call": translate("Interview", "Safe to call"),
        "person.travels": translate("Interview", "Travels"),
        "person.participates": translate("Interview", "Takes part in the programme"),
        "plan.goal": translate("Interview", "Goal of the plan"),
    }.get(f"{one.kind}.{one.field}", one.field)


def value(field_name: str, plain: Plain, words: str) -> str:
    """Write a value of a proposal: the form's words, a date in full, yes or no, or "not yet"."""
    translate = QCoreApplication.translate
    if words:
        return words
    if plain is None or plain == "":
        return translate("Interview", "not yet")
    if isinstance(plain, bool):
        return translate("Interview", "yes") if plain else translate("Interview", "no")
    if field_name == "born_on":
        return wording.day(date.fromisoformat(str(plain)))
    return str(plain)
