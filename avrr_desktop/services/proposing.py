"""
What a completed interview would change in the file: proposed field by field, written where the officer accepts it.

Nothing of an interview enters the case by itself. Source: FORMS.md 6, "Case fields".
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from avrr_desktop.domain.acting import Actor
from avrr_desktop.domain.casefile import Person
from avrr_desktop.domain.failures import Blocked
from avrr_desktop.domain.fields import check_value, declared, to_journal
from avrr_desktop.domain.reintegration import PlanStatus
from avrr_desktop.domain.sections import Section
from avrr_desktop.services.asking import Given
from avrr_desktop.services.desk import Desk, Done, done, own_stream, verb
from avrr_desktop.services.interviewing import Sitting
from avrr_desktop.services.moving import advance
from avrr_desktop.services.people import PersonView, view_people
from avrr_desktop.services.planning import latest_plan, write_goal

RELATIVE_NAME = "rel_name"
RELATIVE_TRAVELS = "rel_travels"
RELATIVE_HOST_CITIZEN = "rel_canadian"
"""Questions of a relative whose answers no single field of a person holds."""

Plain = str | bool | int | None
"""A field's value as the journal writes it."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """
    One field the answers would change.

    Attributes:
        kind, entity, field: What would be written; a new person's id is the id of the row in the interview.
        current, proposed: Values as the journal writes them; None means not known.
        current_words, proposed_words: The form's own words in the officer's language where it has them, else "".
        about: Name of the person concerned, "" for the plan.
        is_new: The person does not stand in the case yet.
    """

    kind: str
    entity: str
    field: str
    current: Plain
    proposed: Plain
    current_words: str = ""
    proposed_words: str = ""
    about: str = ""
    is_new: bool = False


@verb(reads=(Section.CORE, Section.COUNS, Section.REINT))
def proposals(desk: Desk, actor: Actor, case: str, interview: str) -> tuple[Proposal, ...]:
    """
    Return what the answers of a completed interview would change, people first, in the order of the form.

    Values already in the file are left out; an answer that was never given proposes nothing. A relative is known by
    an equal name, whatever the order of its words; others are proposed as new people.

    Raises:
        Blocked: "interview.not_complete".
    """
    sitting = Sitting(desk, actor, case, interview)
    if not sitting.is_complete:
        raise Blocked("interview.not_complete", interview=interview)
    everyone = view_people(desk, case)
    given = sitting.given()
    found: list[Proposal] = []
    interviewed = next((view for view in everyone if view.id == sitting.record.person), None)
    if interviewed is not None:
        found += _of_person(interviewed, (g for g in given if not g.asked.spot.rep))
    family = (interviewed.person.family_name or "") if interviewed is not None else ""
    family = sitting.value("family_name") or family
    for rep in _rows(sitting):
        found += _of_relative(sitting, everyone, rep, [g for g in given if g.asked.spot.rep == rep], family)
    return tuple(found + list(_of_plan(desk, case, given)))


def _rows(sitting: Sitting) -> tuple[str, ...]:
    return tuple(row for topic in sitting.topics() for one in sitting.repeats(topic.path) for row in one.rows)


def _of_person(view: PersonView, given: Iterable[Given]) -> Iterator[Proposal]:
    for one in given:
        kind, _dot, field = one.save_to.partition(".")
        if kind != Person.kind or field not in declared(Person):
            continue
        current = to_journal(Person, field, getattr(view.person, field))
        proposed = to_journal(Person, field, check_value(Person, field, one.asked.value))
        if proposed != current:
            words = {option.value: option.text for option in one.asked.options}
            yield Proposal(
                kind, view.id, field, current, proposed, words.get(str(current), ""), words.get(str(proposed), ""),
                view.name,
            )  # fmt: skip


def _of_relative(
    sitting: Sitting, everyone: Sequence[PersonView], rep: str, given: list[Given], family: str
) -> Iterator[Proposal]:
    name = sitting.value(RELATIVE_NAME, rep).strip()
    if not name:
        return
    known = next((v for v in everyone if v.id == rep or _is_same(name, v)), None)
    if known is not None:
        # Kinship stands toward the principal person; the one interviewed may be somebody else of the family.
        yield from _of_person(known, (g for g in given if not (known.is_principal and g.save_to == "person.relation")))
        return
    stranger = PersonView(rep, Person(), None, False, ())
    family_name, given_names = _split(name, family)
    travels = {"yes": True, "no": False}.get(sitting.value(RELATIVE_TRAVELS, rep))
    takes_part = travels is True and sitting.value(RELATIVE_HOST_CITIZEN, rep) != "yes"
    new: list[tuple[str, Plain]] = [("family_name", family_name), ("given_names", given_names)]
    new += [("travels", travels), ("participates", takes_part)]
    for field, value in new:
        if value not in (None, ""):
            yield Proposal(Person.kind, rep, field, None, value, about=name, is_new=True)
    for one in _of_person(stranger, given):
        yield Proposal(one.kind, rep, one.field, None, one.proposed, "", one.proposed_words, name, is_new=True)


def _is_same(name: str, view: PersonView) -> bool:
    wanted = sorted(name.casefold().split())
    return wanted in (sorted(view.name.casefold().split()), sorted((view.person.script_name or "").casefold().split()))


def _split(name: str, family: str) -> tuple[str, str]:
    """Return (family name, given names); a name without the family's own word is all given names."""
    words, own = name.split(), family.casefold().split()
    for start in range(len(words) - len(own) + 1):
        if own and [word.casefold() for word in words[start : start + len(own)]] == own:
            rest = words[:start] + words[start + len(own) :]
            return " ".join(words[start : start + len(own)]), " ".join(rest)
    return "", name


def _of_plan(desk: Desk, case: str, given: Iterable[Given]) -> Iterator[Proposal]:
    entity, plan = latest_plan(desk, case)
    for one in given:
        if one.save_to == "plan.goal" and plan.status is not PlanStatus.SIGNED and plan.goal != one.asked.value:
            yield Proposal("plan", entity or "", "goal", plan.goal, one.asked.value)


@verb(writes=(Section.CORE, Section.REINT))
def accept(desk: Desk, actor: Actor, case: str, accepted: Sequence[Proposal]) -> Done[None]:
    """
    Write the accepted proposals into the case; each value is checked by its field's declaration.

    Raises:
        Blocked: "person.no_name" when a new person would have no name; "plan.signed" for a goal come too late.
        BadValue: A field refuses its value; nothing is written.
    """
    by_person: dict[str, dict[str, object]] = {}
    for one in accepted:
        if one.kind == Person.kind:
            by_person.setdefault(one.entity, {})[one.field] = check_value(Person, one.field, one.proposed)
    new = {one.entity for one in accepted if one.is_new}
    if any(not ({"family_name", "given_names"} & set(by_person[person])) for person in new):
        raise Blocked("person.no_name")
    goal = next((one.proposed for one in accepted if one.kind == "plan"), None)
    _entity, plan = latest_plan(desk, case)
    if goal is not None and plan.status is PlanStatus.SIGNED:
        raise Blocked("plan.signed", version=plan.version)
    with desk.work(actor) as work:
        for person, fields in by_person.items():
            work.put(own_stream(Person, case), Person, person, **fields)
        so_far = done(work, None)
    if isinstance(goal, str):
        written = write_goal(desk, actor, case, goal)
        so_far = Done(None, so_far.changes | written.changes, so_far.before + written.before)
    return advance(desk, actor, case, so_far)
