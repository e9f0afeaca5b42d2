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
FREELY = {
    "home_family": "welcome",
    "free_idea": "It was my own idea. I have thought about it since spring.",
    "free_say_no": "Then I stay on, and we look at what else there is.",
    "fam_contact": "week",
    "fam_papers": "passport birth",
    "mig_year": "2021",
    "mig_way": "plane",
    "mig_work": "Cleaning in a hotel, then a kitchen. English lessons in the evening.",
    "mig_reasons": "family homesick",
    "safe_road": "no",
    "safe_power": "no",
    "safe_close": "no",
    "safe_self": "no",
    "safe_group": "no",
    "safe_new": "no",
    "health_ability": "none",
    "health_mind": "no",
    "health_operation": "no",
    "health_spread": "no",
    "health_care": "no",
    "health_fit": "fit",
    "home_people": "My parents and my younger sister.",
    "home_earners": "2",
    "home_kind": "relatives",
    "home_glad": "glad",
    "home_meet": "My sister.",
    "home_near": "school clinic bus",
    "home_conflict": "no",
    "sk_school": "secondary",
    "sk_papers": "yes",
    "sk_trade": "Shop work at home, hotel and kitchen in Canada.",
    "sk_years": "6",
    "sk_licence": "car",
    "sk_own": "tools people",
    "sk_debt": "no",
}
"""What the same person also tells where nothing must be answered; all other such questions stay open."""
ALL_TOPICS = ("opening_told", "info_given", "info_own_words")


def talk(sitting: interviewing.Sitting, who: Invented, topics: int | None = None) -> None:
    """Answer what must be answered on the first *topics* pages (None: all), and what *who* tells freely."""
    known = {**FREELY, **_wished(who), **known_answers(who)}
    for topic in list(sitting.topics())[:topics]:
        for _again in range(4):
            waiting = [q for q in sitting.questions(topic.path) if _is_open(q) and _is_told(q, known)]
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


def _wished(who: Invented) -> dict[str, str]:
    """Return what stands behind each wish: the lines of the plan to come."""
    return {f"wish_{category}": what for category, what, _quantity, _cents in who.lines}


def _name(question: interviewing.Asked) -> str:
    return question.spot.node.rpartition("/")[2]


def _is_told(question: interviewing.Asked, known: dict[str, str]) -> bool:
    return question.is_required or _name(question) in known or _name(question) in ALL_TOPICS


def _is_open(question: interviewing.Asked) -> bool:
    answers = ("text", "integer", "decimal", "date", "time", "one", "several", "acknowledge")
    return question.kind in answers and not question.is_readonly and question.value == "" and question.state == ""


def reply(question: interviewing.Asked, known: dict[str, str]) -> str:
    """Return the answer to a question: what is known, else "no", the first choice, or a plain sentence."""
    name = _name(question)
    offered = [option.value for option in question.options]
    if name in known and (not offered or set(known[name].split()) <= set(offered)):
        return known[name]
    if question.kind == "one":
        return next((word for word in ("no", "none") if word in offered), offered[0])
    if question.kind == "several":
        return " ".join(offered) if name in ALL_TOPICS else offered[0]
    if question.kind == "integer":
        return "1"
    if question.kind == "date":
        return "2026-12-01"
    return "As we talked about it today."
