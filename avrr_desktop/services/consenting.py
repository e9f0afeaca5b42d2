"""Consent to use personal data: per purpose, dated, with language and interpreter, before the first question."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from avrr_desktop.domain.acting import Actor
from avrr_desktop.domain.casefile import Consent, ConsentState, Purpose
from avrr_desktop.domain.counselling import ConsentText
from avrr_desktop.domain.failures import BadValue
from avrr_desktop.domain.legal import AuthorityConsent
from avrr_desktop.domain.sections import Section
from avrr_desktop.services.desk import Desk, Done, done, own_stream, verb
from avrr_desktop.services.moving import advance


@dataclass(frozen=True, slots=True)
class ConsentView:
    """What a person answered for one purpose; state None means not asked."""

    purpose: Purpose
    state: ConsentState | None
    on: date | None
    language: str | None
    interpreter: str | None


@verb(reads=(Section.CORE, Section.LEGAL))
def consents(desk: Desk, actor: Actor, case: str, person: str) -> tuple[ConsentView, ...]:
    """Return every purpose with the person's answer, in the order they are read aloud."""
    recorded: list[Consent | AuthorityConsent] = [f.value for f in desk.find(Consent, case, person=person)]
    recorded += [f.value for f in desk.find(AuthorityConsent, case, person=person)]
    given = {one.purpose: one for one in recorded}
    return tuple(
        ConsentView(p, held.state, held.on, held.language, held.interpreter)
        if (held := given.get(p)) is not None
        else ConsentView(p, None, None, None, None)
        for p in Purpose
    )


def has_consented(desk: Desk, case: str, person: str, purpose: Purpose = Purpose.ASSISTANCE) -> bool:
    """Tell whether a person's consent for *purpose* is given now."""
    if purpose is Purpose.AUTHORITY:
        states = [f.value.state for f in desk.find(AuthorityConsent, case, person=person, purpose=purpose)]
    else:
        states = [f.value.state for f in desk.find(Consent, case, person=person, purpose=purpose)]
    return ConsentState.GIVEN in states


@verb(writes=(Section.CORE, Section.LEGAL, Section.COUNS))
def record_consents(
    desk: Desk,
    actor: Actor,
    case: str,
    person: str,
    answers: Mapping[Purpose, ConsentState],
    *,
    on: date,
    language: str,
    interpreter: str | None,
    text: str,
    wording: str,
) -> Done[None]:
    """
    Write a person's answers, with the text that was read.

    Args:
        answers: Purposes not named keep what they have.
        on: Day of the answers, not in the future.
        language: In which they were asked.
        interpreter: Name or service; None for none.
        text: What was read aloud.
        wording: Name of that text.

    Raises:
        BadValue: "consent.in_future" or "consent.nothing_answered".
    """
    if on > desk.today():
        raise BadValue("consent.in_future", entity="consent", field="on", why="future")
    if not answers:
        raise BadValue("consent.nothing_answered", entity="consent", field="state", why="missing")
    with desk.work(actor) as work:
        for purpose, state in answers.items():
            kind: type[Consent] | type[AuthorityConsent] = AuthorityConsent if purpose is Purpose.AUTHORITY else Consent
            held = desk.find(kind, case, person=person, purpose=purpose)
            entity = held[0].id if held else desk.new_id()
            stream = own_stream(kind, case)
            work.put(stream, kind, entity, person=person, purpose=purpose)
            work.put(stream, kind, entity, state=state, on=on, language=language, interpreter=interpreter)
        work.put(
            own_stream(ConsentText, case),
            ConsentText,
            desk.new_id(),
            person=person,
            text=text,
            wording=wording,
            read_on=on,
        )
        work.seal_case(case)
        so_far = done(work, None)
    return advance(desk, actor, case, so_far)
