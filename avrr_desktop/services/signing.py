"""Signing an interview after it was read back: on the screen, or on paper and scanned; once."""

from __future__ import annotations

from datetime import date

from avrr_desktop.domain.acting import Actor
from avrr_desktop.domain.clock import local_date
from avrr_desktop.domain.counselling import Interview, InterviewState, SignedHow
from avrr_desktop.domain.failures import BadValue, Blocked, Expected
from avrr_desktop.domain.sections import Section
from avrr_desktop.services.desk import Desk, Done, own_stream, verb
from avrr_desktop.services.moving import need_running
from avrr_desktop.services.pictures import check_signature


@verb(reads=(Section.CORE, Section.COUNS), writes=(Section.COUNS,))
def sign_interview(
    desk: Desk,
    actor: Actor,
    case: str,
    interview: str,
    *,
    picture: bytes,
    how: SignedHow,
    language: str,
    signed_on: date,
) -> Done[None]:
    """
    Keep the signature under what was read back; sealed with the picture in one transaction.

    Args:
        language: In which the answers were read back.

    Raises:
        Expected: "interview.missing".
        Blocked: "case.ended"; "interview.not_complete"; "interview.signed".
        BadValue: "signature.in_future"; "signature.too_early" for a day before the interview was completed; as
            `pictures.check_signature`.
    """
    need_running(desk, case)
    record = desk.one(Interview, case, interview)
    if record is None or record.form_id is None:
        raise Expected("interview.missing", interview=interview)
    if record.state is not InterviewState.COMPLETE or record.completed_at is None:
        raise Blocked("interview.not_complete", interview=interview)
    if record.signed_how is not None:
        raise Blocked("interview.signed", interview=interview)
    if signed_on > desk.today():
        raise BadValue("signature.in_future", entity="interview", field="signed_on", why="future")
    if signed_on < local_date(record.completed_at, desk.zone):
        raise BadValue("signature.too_early", entity="interview", field="signed_on", why="early")
    media_type = check_signature(picture, entity="interview", field="signed_blob")
    with desk.work(actor) as work:
        blob = work.attach(picture, media_type)
        work.put(
            own_stream(Interview, case),
            Interview,
            interview,
            signed_how=how,
            signed_on=signed_on,
            signed_language=language,
            signed_blob=blob,
        )
        work.seal_case(case)
        changes = work.changes
    # Undo never takes a signature back.
    return Done(None, changes)
