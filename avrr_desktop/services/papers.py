"""Make the papers of a case: gather the printable values, render, preview, save; each print is logged."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from avrr_desktop.documents import declaration as declaration_paper
from avrr_desktop.documents import interview as interview_paper
from avrr_desktop.documents import itinerary as itinerary_paper
from avrr_desktop.documents import plan as plan_paper
from avrr_desktop.documents import preview
from avrr_desktop.documents.paper import Stamp
from avrr_desktop.documents.wording import Wording
from avrr_desktop.domain.acting import Actor
from avrr_desktop.domain.casefile import Case, Consent, ConsentState, Purpose
from avrr_desktop.domain.failures import Blocked, Expected
from avrr_desktop.domain.fields import Paper
from avrr_desktop.domain.ids import short_number
from avrr_desktop.domain.reintegration import Category
from avrr_desktop.domain.sections import Right, Section
from avrr_desktop.services.declaring import declaration_text
from avrr_desktop.services.desk import Desk, hold, verb
from avrr_desktop.services.history import officer_names
from avrr_desktop.services.people import view_people
from avrr_desktop.services.places import country_name, language_name
from avrr_desktop.services.planning import PlanView, support_lengths, view_plan
from avrr_desktop.services.saving import save_whole
from avrr_desktop.services.travelling import JourneyView, LegView, flight_text, view_journey

CASE_PAPERS = (Paper.PLAN, Paper.ITINERARY, Paper.DECLARATION)
SECTIONS = {Paper.PLAN: Section.REINT, Paper.ITINERARY: Section.TRAVEL, Paper.DECLARATION: Section.COUNS}
"""The section a paper's own content comes from; its print is written into the audit trail."""


@dataclass(frozen=True, slots=True)
class Made:
    """
    A paper ready to show.

    Attributes:
        pdf: Bytes; the same input gives the same bytes.
        pages: How many.
        words_checked: Words read by the harm check, 0 for papers that stay inside.
        is_reviewed: Whether somebody approved the wording.
        version: Number of what is printed, None without versions.
        interview: Id of the interview printed, "" for other papers.
    """

    paper: Paper
    language: str
    pdf: bytes
    pages: int
    words_checked: int
    is_reviewed: bool
    version: int | None
    interview: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    """A page as pixels, four bytes each in the order blue, green, red, unused."""

    width: int
    height: int
    pixels: bytes


def paper_languages(desk: Desk) -> tuple[str, ...]:
    """Return the languages papers can be made in."""
    return tuple(desk.wordings)


def stamp_of(desk: Desk, case: Case, version: int | None) -> Stamp:
    """Return what stands on every page of a paper of *case*. Raises Expected "paper.no_number"."""
    if case.number is None:
        raise Expected("paper.no_number")
    return Stamp(short_number(case.number), version, desk.today())


def _destination(case: Case, language: str) -> str:
    return ", ".join(filter(None, (case.destination_place, country_name(case.destination_country, language))))


def _plan_values(desk: Desk, actor: Actor, case_id: str, case: Case, language: str) -> plan_paper.PlanValues:
    view: PlanView = view_plan(desk, actor, case_id)
    if view.entity is None:
        raise Blocked("plan.empty")
    everyone = [p for p in view_people(desk, case_id) if p.takes_part]
    names = {p.id: p.name for p in everyone}
    # A line for nobody in particular is for all of them; of one person the paper says the name.
    shared = everyone[0].name if len(everyone) == 1 else ""
    order = list(Category)
    office = desk.office()
    days, months = support_lengths(desk, case_id)
    lines = tuple(
        plan_paper.PlanLine(
            plan_paper.Category(f"C{order.index(line.line.category) + 1}"),
            line.line.description or "",
            names.get(line.line.beneficiary or "", shared),
            str(line.line.quantity or 1),
            line.line.needed_by,
            line.amount,
        )
        for line in view.lines
        if line.line.category is not None
    )
    return plan_paper.PlanValues(
        stamp_of(desk, case, view.plan.version),
        tuple(names.values()),
        _destination(case, language),
        view.plan.goal or "",
        view.currency,
        lines,
        None,
        plan_paper.Contact(office.name or "", office.phone or "", "", office.address or "", days, months),
        tuple(p.name for p in everyone if not p.is_minor),
        officer_names(desk).get(view.plan.officer or actor.officer, ""),
    )


def _place(leg: LegView, which: str) -> itinerary_paper.Place:
    airport = leg.origin if which == "origin" else leg.destination
    terminal = leg.leg.origin_terminal if which == "origin" else leg.leg.destination_terminal
    assert airport is not None
    return itinerary_paper.Place(airport.name, airport.code, terminal or "")


def _on_one_line(*texts: str | None) -> str:
    """Join what the officer wrote for the traveller, each a sentence or two."""
    return " · ".join(" ".join(text.split()) for text in texts if text)


def _itinerary_values(desk: Desk, case_id: str, case: Case) -> itinerary_paper.ItineraryValues:
    view: JourneyView = view_journey(desk, case_id)
    if not view.is_complete:
        raise Blocked("journey.unfinished")
    office = desk.office()
    legs = []
    for leg in view.legs:
        assert leg.departs is not None
        assert leg.arrives is not None
        is_first = leg is view.legs[0]
        legs.append(
            itinerary_paper.Leg(
                flight_text(leg.leg.flight),
                _place(leg, "origin"),
                _place(leg, "destination"),
                leg.departs,
                leg.arrives,
                view.report_at if is_first else None,
                (view.journey.meeting_departure or "") if is_first else "",
                _on_one_line(view.journey.baggage, view.journey.advice) if is_first else "",
            )
        )
    phones = tuple(
        itinerary_paper.Phone(stage, office.name or "", number, "")
        for stage, number in (
            (itinerary_paper.Stage.BEFORE, office.phone),
            (itinerary_paper.Stage.NIGHT, office.night_phone),
        )
        if number
    )
    return itinerary_paper.ItineraryValues(
        stamp_of(desk, case, view.journey.version),
        tuple(itinerary_paper.Traveller(p.name, 0, 0) for p in view_people(desk, case_id) if p.person.travels),
        tuple(legs),
        itinerary_paper.Arrival(view.journey.meeting_arrival or "", _on_one_line(view.journey.onward)),
        phones,
    )


def _declaration_values(
    desk: Desk, actor: Actor, case_id: str, case: Case, language: str, mirror: str
) -> declaration_paper.DeclarationValues:
    everyone = [p for p in view_people(desk, case_id) if p.takes_part]
    adults = [p for p in everyone if not p.is_minor]
    held = [f.value for f in desk.find(Consent, case_id, purpose=Purpose.ASSISTANCE) if f.value.on]
    consents = [one for one in held if one.state is ConsentState.GIVEN]
    if not consents or not adults:
        raise Blocked("declaration.no_consent")
    interpreter = next((c.interpreter for c in consents if c.interpreter), "") or ""
    days, months = support_lengths(desk, case_id)
    guardian = adults[0].name
    return declaration_paper.DeclarationValues(
        stamp_of(desk, case, None),
        tuple(declaration_paper.Declarant(p.name, p.person.born_on, "") for p in adults),
        tuple(declaration_paper.Child(p.name, guardian) for p in everyone if p.is_minor),
        country_name(case.destination_country, language),
        country_name(case.destination_country, mirror),
        language_name(language, language),
        language_name(language, mirror),
        interpreter,
        days,
        months,
        min(c.on for c in consents if c.on),
        officer_names(desk).get(actor.officer, ""),
        False,
        declaration_text(desk, language, with_interpreter=bool(interpreter)),
        declaration_text(desk, mirror, with_interpreter=bool(interpreter)),
    )


Values = (
    plan_paper.PlanValues
    | itinerary_paper.ItineraryValues
    | declaration_paper.DeclarationValues
    | interview_paper.InterviewValues
)


@dataclass(frozen=True, slots=True, eq=False)
class Prepared:
    """
    Everything a paper is made of, read from the store; `finish_paper` makes it anywhere, also in the background.

    Attributes:
        values: What may be printed, by the paper's own declaration.
        wording: The reader's language; *guards* are all languages, for the harm check.
    """

    paper: Paper
    language: str
    values: Values
    wording: Wording
    mirror: Wording | None
    guards: tuple[Wording, ...]
    fonts: Path
    rehearsal: bool
    without_amounts: bool
    version: int | None


@verb(reads=(Section.CORE,))
def prepare_paper(
    desk: Desk, actor: Actor, case: str, paper: Paper, *, language: str, without_amounts: bool = False
) -> Prepared:
    """
    Gather a paper of *case*; what is open is sealed first, so that the paper names a sealed version.

    Raises:
        Refused: The officer may not read the section the paper's content comes from.
        Blocked: "plan.empty", "journey.unfinished", "declaration.no_consent".
        Expected: "paper.no_wording", "paper.no_number", "paper.not_of_a_case".
    """
    if paper not in SECTIONS:
        raise Expected("paper.not_of_a_case", paper=paper.value)
    hold(desk, actor, "papers.prepare_paper", (Right.READ, SECTIONS[paper]))
    record = desk.one(Case, case) or Case()
    with desk.work(actor) as work:
        work.seal_case(case)
    wordings = desk.wordings
    if language not in wordings:
        raise Expected("paper.no_wording", language=language)
    values: Values
    if paper is Paper.PLAN:
        values = _plan_values(desk, actor, case, record, language)
    elif paper is Paper.ITINERARY:
        values = _itinerary_values(desk, case, record)
    else:
        values = _declaration_values(desk, actor, case, record, language, "en")
    return Prepared(
        paper,
        language,
        values,
        wordings[language],
        wordings.get("en"),
        tuple(wordings.values()),
        desk.resources.fonts,
        bool(desk.office().rehearsal),
        without_amounts,
        values.stamp.version,
    )


def finish_paper(prepared: Prepared) -> Made:
    """
    Make a prepared paper; touches no store.

    Raises:
        NotPrintable, HarmfulWord, BadWording: See `avrr_desktop.documents.failures`.
    """
    values, wording, mirror, guards = prepared.values, prepared.wording, prepared.mirror, prepared.guards
    fonts, rehearsal = prepared.fonts, prepared.rehearsal
    if isinstance(values, plan_paper.PlanValues):
        pdf = plan_paper.render(
            values,
            wording=wording,
            mirror=mirror,
            guards=guards,
            fonts=fonts,
            rehearsal=rehearsal,
            without_amounts=prepared.without_amounts,
        )
    elif isinstance(values, itinerary_paper.ItineraryValues):
        pdf = itinerary_paper.render(
            values, wording=wording, mirror=mirror, guards=guards, fonts=fonts, rehearsal=rehearsal
        )
    elif isinstance(values, interview_paper.InterviewValues):
        pdf = interview_paper.render(values, wording=wording, guards=guards, fonts=fonts, rehearsal=rehearsal)
    else:
        pdf = declaration_paper.render(
            values, wording=wording, mirror=mirror, guards=guards, fonts=fonts, rehearsal=rehearsal
        )
    is_checked = prepared.paper not in (Paper.DECLARATION, Paper.INTERVIEW)
    words = sum(len(text.split()) for text in preview.page_texts(pdf)) if is_checked else 0
    return Made(
        prepared.paper,
        prepared.language,
        pdf,
        preview.count_pages(pdf),
        words,
        wording.is_approved,
        prepared.version,
        values.origin.interview if isinstance(values, interview_paper.InterviewValues) else "",
    )


def make_paper(
    desk: Desk, actor: Actor, case: str, paper: Paper, *, language: str, without_amounts: bool = False
) -> Made:
    """Make a paper of *case* at once. Raises what `prepare_paper` and `finish_paper` raise."""
    return finish_paper(prepare_paper(desk, actor, case, paper, language=language, without_amounts=without_amounts))


def draw_page(made: Made, page: int, scale: float) -> Picture:
    """Draw one page of a paper for the screen, *scale* pixels a point."""
    picture = preview.draw_page(made.pdf, page, scale)
    return Picture(picture.width, picture.height, picture.pixels)


@verb()
def log_print(desk: Desk, actor: Actor, case: str, made: Made, how: str) -> None:
    """Write into the audit trail that a paper left the store: "printed" or "saved"."""
    of = {"interview": made.interview} if made.interview else {}
    with desk.work(actor) as work:
        work.audit(
            "print", case=case, paper=made.paper.value, language=made.language, version=made.version or 0, how=how, **of
        )


@verb()
def save_paper(desk: Desk, actor: Actor, case: str, made: Made, target: Path) -> Path:
    """
    Save a paper as PDF where the officer chose, whole or not at all, and log it.

    Raises:
        Expected: As `saving.save_whole`.
    """
    save_whole(target, made.pdf)
    log_print(desk, actor, case, made, "saved")
    return target


def file_name(desk: Desk, made: Made) -> str:
    """Return a name for a saved paper: what it is and a random word, never whose it is."""
    return f"{made.paper.value}-{desk.new_id()[:8]}.pdf"


@dataclass(frozen=True, slots=True)
class Printed:
    """A paper that left the store: when, how ("printed", "saved"), its language and version (0: without)."""

    at: datetime
    how: str
    language: str
    version: int


LOOKED_AT = 5000
"""Newest rows of the audit trail looked through for earlier prints."""


@verb(reads=(Section.CORE,))
def printed_before(desk: Desk, actor: Actor, case: str, paper: Paper, interview: str = "") -> tuple[Printed, ...]:
    """Return the earlier prints of a paper of *case*, newest first, as far as the newest rows of the trail go."""
    return tuple(
        Printed(row.at, str(row.params["how"]), str(row.params["language"]), int(row.params["version"]))
        for row in reversed(desk.store.audit_trail.entries(LOOKED_AT))
        if row.event == "print"
        and (row.params.get("case"), row.params.get("paper")) == (case, paper.value)
        and row.params.get("interview", "") == interview
    )
