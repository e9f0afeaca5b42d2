"""The declaration of voluntary return: whose is missing, its text, and signing it on screen or as a scan."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date

from avrr_desktop.documents.declaration import DeclarationText, draft_text
from avrr_desktop.documents.failures import BadWording
from avrr_desktop.domain.acting import Actor
from avrr_desktop.domain.counselling import Declaration, SignedHow
from avrr_desktop.domain.failures import BadValue, Blocked
from avrr_desktop.domain.sections import Section
from avrr_desktop.services.consenting import has_consented, office_wording
from avrr_desktop.services.desk import Desk, Done, done, own_stream, verb
from avrr_desktop.services.moving import advance, need_running
from avrr_desktop.services.people import PersonView, view_people
from avrr_desktop.services.pictures import check_signature

WORDING = "declaration"


@dataclass(frozen=True, slots=True)
class DeclarationView:
    """A person who must sign, and the declaration signed (None: not yet)."""

    person: PersonView
    declaration: Declaration | None
    entity: str | None


@verb(reads=(Section.CORE, Section.COUNS))
def declarations(desk: Desk, actor: Actor, case: str) -> tuple[DeclarationView, ...]:
    """Return every adult participant with the declaration signed, in the order of the people page."""
    signed = {f.value.person: f for f in desk.find(Declaration, case)}
    return tuple(
        DeclarationView(p, signed[p.id].value if p.id in signed else None, signed[p.id].id if p.id in signed else None)
        for p in view_people(desk, case)
        if p.takes_part and not p.is_minor
    )


def declaration_text(desk: Desk, language: str, *, with_interpreter: bool) -> DeclarationText:
    """Return the office's text when it has one, else the draft shipped with the program, marked unapproved."""
    own = office_wording(desk, WORDING, language)
    if own is not None and own.text:
        elements = tuple(part.strip() for part in own.text.split("\n") if part.strip())
        return DeclarationText(language, elements, own.approved_by or "")
    if language not in desk.wordings:
        raise BadWording(language, "file")
    return draft_text(desk.wordings[language], with_interpreter=with_interpreter)


@verb(reads=(Section.CORE,), writes=(Section.COUNS,))
def sign_declaration(
    desk: Desk,
    actor: Actor,
    case: str,
    person: str,
    *,
    picture: bytes,
    how: SignedHow,
    language: str,
    signed_on: date,
    place: str,
    interpreter: str | None,
) -> Done[str]:
    """
    Keep a signed declaration: the picture of the signature or the scan, and which text was signed.

    Raises:
        Blocked: "case.ended"; "declaration.no_consent" without the person's consent to use data;
            "declaration.not_approved" when nobody approved the text and the office is no rehearsal.
        BadValue: "declaration.in_future"; as `pictures.check_signature`.
    """
    need_running(desk, case)
    if not has_consented(desk, case, person):
        raise Blocked("declaration.no_consent", person=person)
    text = declaration_text(desk, language, with_interpreter=interpreter is not None)
    if not text.approved_by and not desk.office().rehearsal:
        raise Blocked("declaration.not_approved", language=language)
    if signed_on > desk.today():
        raise BadValue("declaration.in_future", entity="declaration", field="signed_on", why="future")
    media_type = check_signature(picture, entity="declaration", field="blob")
    entity = desk.new_id()
    with desk.work(actor) as work:
        blob = work.attach(picture, media_type)
        work.put(
            own_stream(Declaration, case),
            Declaration,
            entity,
            person=person,
            wording=WORDING,
            wording_sha256=hashlib.sha256("\n".join(text.elements).encode()).hexdigest(),
            language=language,
            signed_on=signed_on,
            place=place,
            officer=actor.officer,
            interpreter=interpreter,
            how=how,
            blob=blob,
        )
        work.seal_case(case)
        so_far = done(work, entity)
    return advance(desk, actor, case, so_far)
