"""What an invented person answers in the interview, and an interview held with them."""

from __future__ import annotations

from avrr_desktop.app.invented import Invented
from avrr_desktop.services import interviewing

TOLD = {
    "interpreter_used": "no",
    "talk_alone": "yes",
    "safe_to_call": "yes",
    "born_precision": "day",
    "has_family": "no",
    "guardian": "yes",
    "info_understood": "yes",
    "legal_adviser": "yes",
    "legal_step": "no",
    "free_push": "no",
    "free_time": "yes",
    "free_talked": "yes",
    "capacity_doubt": "no",
    "well_safe": "yes",
    "well_needs": "none",
}
"""Answers of a person who returns by free choice; every other question takes "no" or the first choice."""


def talk(sitting: interviewing.Sitting, who: Invented, topics: int | None = None) -> None:
    """Answer the open questions of the first *topics* pages (None: all), as *who* would."""
    known = known_answers(who)
    for topic in list(sitting.topics())[:topics]:
        for _again in range(4):
            waiting = [q for q in sitting.questions(topic.path) if _is_open(q)]
            if not waiting:
                break
            for question in waiting:
                current = sitting.question(question.spot)
                if _is_open(current):
                    sitting.answer(question.spot, reply(current, known))
        sitting.leave_page()


def known_answers(who: Invented) -> dict[str, str]:
    """Return what *who* answers, by the name of the question."""
    return {
        **TOLD,
        "family_name": who.family_name,
        "given_names": who.given_names,
        "born_on": who.born_on.isoformat(),
        "sex": who.sex,
        "phone": who.phone,
        "language": who.language,
        "goal": who.goal,
        "wishes": " ".join(sorted({line[0] for line in who.lines})) or "business",
    }


def _is_open(question: interviewing.Asked) -> bool:
    answers = ("text", "integer", "decimal", "date", "time", "one", "several", "acknowledge")
    return question.kind in answers and not question.is_readonly and question.value == "" and question.state == ""


def reply(question: interviewing.Asked, known: dict[str, str]) -> str:
    """Return the answer to a question: what is known, else "no", the first choice, or a plain sentence."""
    name = question.spot.node.rpartition("/")[2]
    offered = [option.value for option in question.options]
    if name in known and (not offered or set(known[name].split()) <= set(offered)):
        return known[name]
    if question.kind == "one":
        return next((word for word in ("no", "none") if word in offered), offered[0])
    if question.kind == "several":
        return " ".join(offered) if name in ("opening_told", "info_given") else offered[0]
    if question.kind == "integer":
        return "1"
    if question.kind == "date":
        return "2026-12-01"
    return "As we talked about it today."
