"""An interview that is not complete yet: put into the trash, taken out of it, or taken over by a colleague."""

from __future__ import annotations

from avrr_desktop.domain.acting import Actor
from avrr_desktop.domain.counselling import Amendment, Interview, InterviewState
from avrr_desktop.domain.failures import BadValue, Blocked, Expected
from avrr_desktop.domain.sections import Section, case_stream
from avrr_desktop.services.desk import Desk, Done, done, own_stream, verb
from avrr_desktop.services.moving import need_running


@verb(reads=(Section.CORE,), writes=(Section.COUNS,))
def discard_interview(desk: Desk, actor: Actor, case: str, interview: str) -> Done[None]:
    """
    Put an interview opened by mistake into the trash; its answers stay in the journal and are shown nowhere.

    Raises:
        Blocked: "interview.complete": what is complete stays.
        Expected: "interview.missing".
    """
    _need_draft(desk, case, interview)
    with desk.work(actor) as work:
        work.remove(own_stream(Interview, case), Interview, interview)
        return done(work, None)


@verb(reads=(Section.CORE,), writes=(Section.COUNS,))
def restore_interview(desk: Desk, actor: Actor, case: str, interview: str) -> Done[None]:
    """
    Take an interview out of the trash.

    Raises:
        Expected: "interview.missing": it is not in the trash.
    """
    if interview not in {entity for entity, _record in _trashed(desk, case)}:
        raise Expected("interview.missing", interview=interview)
    with desk.work(actor) as work:
        work.restore(own_stream(Interview, case), Interview, interview)
        return done(work, None)


@verb(reads=(Section.CORE, Section.COUNS))
def trashed_interviews(desk: Desk, actor: Actor, case: str) -> tuple[tuple[str, Interview], ...]:
    """Return the interviews in the trash with their ids, the last thrown away first."""
    return _trashed(desk, case)


@verb(reads=(Section.CORE,), writes=(Section.COUNS,))
def take_over_interview(desk: Desk, actor: Actor, case: str, interview: str, reason: str) -> Done[None]:
    """
    Go on with a colleague's draft as the officer who conducts it; who and why stands in the history.

    What the colleague collected in a section one's own roles do not read stays unseen, and is not covered.

    Raises:
        Blocked: "case.ended"; "interview.complete"; "interview.own": it is one's own already.
        BadValue: "interview.no_reason".
        Expected: "interview.missing".
    """
    need_running(desk, case)
    record = _need_draft(desk, case, interview)
    if record.officer == actor.officer:
        raise Blocked("interview.own", interview=interview)
    if not reason.strip():
        raise BadValue("interview.no_reason", entity="interview", field="officer", why="missing")
    stream = own_stream(Interview, case)
    with desk.work(actor) as work:
        work.put(stream, Interview, interview, officer=actor.officer)
        work.put(
            case_stream(case, Section.COUNS),
            Amendment,
            desk.new_id(),
            interview=interview,
            reason=reason.strip(),
            at=desk.clock(),
            by=actor.officer,
        )
        work.audit("interview_taken_over", case=case, interview=interview)
        work.seal_case(case)
        # Taking back what was taken over is a handover of its own.
        return Done(None, work.changes)


def _need_draft(desk: Desk, case: str, interview: str) -> Interview:
    record = desk.one(Interview, case, interview)
    if record is None:
        raise Expected("interview.missing", interview=interview)
    if record.state is InterviewState.COMPLETE:
        raise Blocked("interview.complete", interview=interview)
    return record


def _trashed(desk: Desk, case: str) -> tuple[tuple[str, Interview], ...]:
    """Read the trash out of the journal: the tables show only what is not in it."""
    gone: dict[str, bool] = {}
    fields: dict[str, dict[str, object]] = {}
    for line in desk.store.history([own_stream(Interview, case)]):
        if line.kind != Interview.kind:
            continue
        if line.field == "deleted":
            gone.setdefault(line.entity, line.after is True)
        else:
            fields.setdefault(line.entity, {}).setdefault(line.field, line.after)
    return tuple(
        (entity, Interview.model_validate(fields.get(entity, {}))) for entity, is_gone in gone.items() if is_gone
    )
