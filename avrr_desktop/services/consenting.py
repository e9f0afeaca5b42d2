"""Consent to use personal data: per purpose, dated, with language and interpreter, before the first question."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from avrr_desktop.domain.acting import Actor
from avrr_desktop.domain.casefile import Consent, ConsentState, Purpose
from avrr_desktop.domain.counselling import ConsentText
from avrr_desktop.domain.failures import BadValue, Blocked
from avrr_desktop.domain.legal import AuthorityConsent
from avrr_desktop.domain.office import Wording
from avrr_desktop.domain.sections import Section, office_stream
from avrr_desktop.services.desk import Desk, Done, done, own_stream, verb
from avrr_desktop.services.moving import advance

CONSENT = "consent"
"""Name of the text that is read aloud before consent is asked."""


@dataclass(frozen=True, slots=True)
class ConsentWording:
    """
    A text to read aloud.

    Attributes:
        text: What is read.
        language: It is written in; another than the person's where there is no text in that one.
        approved_by: "" for nobody: outside a rehearsal no agreement to it can be written down.
    """

    text: str
    language: str
    approved_by: str


def consent_wording(desk: Desk, language: str) -> ConsentWording:
    """
    Return the text in *language*, else in the first language of the office that has one.

    The office's own comes before the draft shipped with the program, which nobody has approved.
    """
    known = (language, *(desk.office().languages or "en").split(), "en")
    return next(found for code in known if (found := _wording_in(desk, code)) is not None)


def office_wording(desk: Desk, name: str, language: str) -> Wording | None:
    """Return the office's own text of that name, None where it has none."""
    return desk.store.get(Wording, f"{name}.{language}", stream=office_stream(Section.WORDING))


def _wording_in(desk: Desk, language: str) -> ConsentWording | None:
    own = office_wording(desk, CONSENT, language)
    if own is not None and own.text:
        return ConsentWording(own.text, language, own.approved_by or "")
    shipped = desk.wordings.get(language)
    return ConsentWording(shipped.texts["consent.text"], language, shipped.approved_by) if shipped else None


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
) -> Done[None]:
    """
    Write a person's answers, with the text that was read (`consent_wording`).

    Outside a rehearsal nobody agrees to a text that nobody approved; it may be said in another language than it is
    written in by an interpreter only (DESIGN.md 5.14). A refusal can always be written down.

    Args:
        answers: Purposes not named keep what they have.
        on: Day of the answers, not in the future.
        language: In which they were asked.
        interpreter: Name or service; None for none.

    Raises:
        Blocked: "consent.not_approved" with the language.
        BadValue: "consent.in_future" or "consent.nothing_answered".
    """
    if on > desk.today():
        raise BadValue("consent.in_future", entity="consent", field="on", why="future")
    if not answers:
        raise BadValue("consent.nothing_answered", entity="consent", field="state", why="missing")
    read = consent_wording(desk, language)
    is_usable = bool(read.approved_by) and (read.language == language or bool(interpreter))
    if ConsentState.GIVEN in answers.values() and not is_usable and not desk.office().rehearsal:
        raise Blocked("consent.not_approved", language=read.language if interpreter else language)
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
            text=read.text,
            wording=f"{CONSENT}.{read.language}",
            read_on=on,
        )
        work.seal_case(case)
        so_far = done(work, None)
    return advance(desk, actor, case, so_far)
