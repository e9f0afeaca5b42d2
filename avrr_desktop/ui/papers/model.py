"""The papers of a case: which one is looked at, in which language, and what an officer does with it. No Qt here."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from avrr_desktop.domain.acting import Actor
from avrr_desktop.domain.casefile import Case
from avrr_desktop.domain.failures import Failure
from avrr_desktop.domain.fields import Paper
from avrr_desktop.domain.sections import Right, Section
from avrr_desktop.services import interview_paper, papers
from avrr_desktop.services.desk import Desk
from avrr_desktop.services.interview_paper import Printable, Reader
from avrr_desktop.services.papers import Made, Prepared, Printed
from avrr_desktop.services.people import people

ORDER = (Paper.ITINERARY, Paper.PLAN, Paper.DECLARATION)
CARRIED = frozenset({Paper.ITINERARY, Paper.PLAN})
"""Papers the person takes along; the declaration stays in the office."""
PARTS = frozenset({"plan", "plan_line", "journey", "leg", "person", "case", "consent", "office", "wording"})
"""Kinds whose change makes the shown paper anew."""
ANSWERS = frozenset({"interview", "answer", "repeat_row", "sitting"})
"""The same for the paper of an interview; for others they change nothing."""

_PLACES = (
    (re.compile(r"wording\."), "settings", "wording"),
    (re.compile(r"lines\[(\d+)\]"), "plan", "line"),
    (re.compile(r"goal"), "plan", "goal"),
    (re.compile(r"legs\[(\d+)\]"), "travel", "leg"),
    (re.compile(r"arrival"), "travel", "arrival"),
    (re.compile(r"names\[(\d+)\]|signers\[(\d+)\]|travellers\[(\d+)\]|declarants\[(\d+)\]|children\[(\d+)\]"),
     "people", "name"),
    (re.compile(r"destination"), "overview", "destination"),
    (re.compile(r"contact|phones"), "settings", "office"),
    (re.compile(r"officer"), "settings", "officer"),
    (re.compile(r"parts\[(\d+)\]|interpreter|title"), "interview", "answers"),
    (re.compile(r"page (\d+)"), "", "page"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Place:
    """
    Where a refused value is written.

    Attributes:
        page: Page of the case, "settings", or "" where only the page of the paper is known.
        code: "answers", "line", "goal", "leg", "arrival", "name", "destination", "office", "officer", "wording",
            "page", "".
        number: Which one, counted from 1; 0 without a number.
    """

    page: str
    code: str
    number: int = 0


@dataclass(frozen=True, slots=True)
class State:
    """
    What the screen shows.

    Attributes:
        number: Of the case, "" before it has one.
        name: Of the principal person, "" where unknown.
        languages: Codes papers can be made in.
        printed: Earlier prints of the chosen paper, newest first.
        interviews: Those with answers, oldest first; empty for who may not read them.
        interview: Id of the chosen one, "" while another paper is looked at.
        is_read_back: The interview's paper is for the person, to be read out and signed.
    """

    paper: Paper
    language: str
    without_amounts: bool
    number: str
    name: str
    languages: tuple[str, ...]
    printed: tuple[Printed, ...]
    zone: str
    interviews: tuple[Printable, ...] = ()
    interview: str = ""
    is_read_back: bool = False

    @property
    def parts(self) -> frozenset[str]:
        """Return the kinds whose change makes the shown paper anew."""
        return PARTS | ANSWERS if self.interview else PARTS


class PapersModel:
    """
    The papers of one case.

    Raises:
        Expected: Every verb passes on what its service refuses.
    """

    def __init__(self, desk: Desk, actor: Actor, case: str, paper: Paper = Paper.ITINERARY) -> None:
        self._desk = desk
        self._actor = actor
        self.case = case
        self._paper = paper
        known = papers.paper_languages(desk)
        spoken = next((p.person.language for p in people(desk, actor, case) if p.is_principal), None)
        self._language = spoken if spoken in known else "en"
        self._without_amounts = False
        self._interview = ""
        self._is_read_back = False
        self.state = self._read()

    def choose(
        self,
        *,
        paper: Paper | None = None,
        interview: str = "",
        language: str | None = None,
        without_amounts: bool | None = None,
        is_read_back: bool | None = None,
    ) -> State:
        """Look at another paper (of which *interview*, for that of one), or at it in another way."""
        if paper is not None:
            self._paper, self._interview = paper, interview
        self._is_read_back = self._is_read_back if is_read_back is None else is_read_back
        self._language = language or self._language
        self._without_amounts = self._without_amounts if without_amounts is None else without_amounts
        return self.load()

    def load(self) -> State:
        """Read everything again."""
        self.state = self._read()
        return self.state

    def prepare(self) -> Prepared:
        """Gather the chosen paper; the rest is done by `papers.finish_paper`, in the background."""
        if self._interview:
            reader = Reader.RETURNEE if self._is_read_back else Reader.INTERNAL
            return interview_paper.prepare_interview(
                self._desk, self._actor, self.case, self._interview, language=self._language, reader=reader
            )
        return papers.prepare_paper(
            self._desk,
            self._actor,
            self.case,
            self._paper,
            language=self._language,
            without_amounts=self._without_amounts and self._paper is Paper.PLAN,
        )

    def log_print(self, made: Made) -> None:
        """Write that the paper was printed."""
        papers.log_print(self._desk, self._actor, self.case, made, "printed")
        self.load()

    def save(self, made: Made, target: Path) -> Path:
        """Save the paper where the officer chose, and log it. Raises Expected "file.not_written"."""
        written = papers.save_paper(self._desk, self._actor, self.case, made, target)
        self.load()
        return written

    def file_name(self, made: Made) -> str:
        """Return a neutral name for the file."""
        return papers.file_name(self._desk, made)

    def _read(self) -> State:
        desk, actor, case = self._desk, self._actor, self.case
        record = desk.one(Case, case) or Case()
        may_read = actor.may(Right.READ, Section.COUNS)
        principal = next((p.name for p in people(desk, actor, case) if p.is_principal), "")
        return State(
            self._paper,
            self._language,
            self._without_amounts,
            record.number or "",
            principal,
            papers.paper_languages(desk),
            papers.printed_before(desk, actor, case, self._paper, self._interview),
            desk.zone,
            interview_paper.printable_interviews(desk, actor, case) if may_read else (),
            self._interview,
            self._is_read_back,
        )


def place_of(failure: Failure) -> Place:
    """Return where the value is written that keeps a paper from being made."""
    if failure.code == "plan.empty":
        return Place("plan", "")
    if failure.code == "journey.unfinished":
        return Place("travel", "")
    if failure.code == "declaration.no_consent":
        return Place("enrolment", "")
    if failure.code == "paper.no_number":
        return Place("overview", "")
    field = str(failure.params.get("field", ""))
    for pattern, page, code in _PLACES:
        found = pattern.match(field)
        if found:
            number = next((int(part) for part in found.groups() if part), -1)
            return Place(page, code, number if code == "page" else number + 1)
    return Place("", "")
