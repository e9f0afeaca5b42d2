"""What the interview screen shows, as frozen values; no Qt."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from avrr_desktop.domain.counselling import Interview, Mode, Sitting
from avrr_desktop.domain.failures import Failure
from avrr_desktop.services.amending import Amended
from avrr_desktop.services.interviewing import Asked, RepeatShown, Spot
from avrr_desktop.services.proposing import Proposal
from avrr_desktop.ui.interview.telling import Destination, SheetLine

CHECK = "check"
"""The place behind the last topic: check your answers."""
FINISH = "finish"
"""The place after completion: what the answers change in the file."""

MEETING = "meeting"
"""The place before the questions of a day: how one meets, and with whom."""


class Speech(StrEnum):
    """Which languages stand on the screen."""

    BOTH = "both"
    OWN = "own"
    OTHER = "other"


class Part(StrEnum):
    """How a line of a page is drawn."""

    DONE = "done"
    NOW = "now"
    AHEAD = "ahead"
    NOTE = "note"
    APART = "apart"


@dataclass(frozen=True, slots=True)
class SectionView:
    """
    A row of the sections: a topic with its completeness, or a place behind the last topic (asked 0).

    Attributes:
        is_apart: This officer may read none of its answers.
    """

    path: str
    text: str
    other: str
    answered: int
    asked: int
    is_marked: bool
    is_now: bool
    is_apart: bool = False

    @property
    def is_done(self) -> bool:
        """Tell whether everything in it is dealt with."""
        return 0 < self.asked <= self.answered


@dataclass(frozen=True, slots=True)
class Line:
    """
    One line of a page: a question, a note or a repeat.

    Attributes:
        part: How it is drawn.
        number: Its number among the questions of the page, 0 for notes and repeats.
        is_marked: To come back to in this sitting.
        shows_problem: The problem of the answer is shown: it was given, or the officer tried to go on.
    """

    part: Part
    asked: Asked | None = None
    repeat: RepeatShown | None = None
    number: int = 0
    is_marked: bool = False
    shows_problem: bool = False

    @property
    def spot(self) -> Spot:
        """Return where it stands."""
        if self.asked is not None:
            return self.asked.spot
        return self.repeat.spot if self.repeat is not None else Spot("")


@dataclass(frozen=True, slots=True)
class Facts:
    """What the bar says: the form's title, whose interview it is, the sitting, the interpreter, the office."""

    title: str = ""
    person: str = ""
    zone: str = "UTC"
    sitting: int = 0
    since: datetime | None = None
    has_interpreter: bool = False
    interpreter_mode: Mode | None = None
    is_rehearsal: bool = False


@dataclass(frozen=True, slots=True)
class State:
    """
    The whole screen.

    Attributes:
        place: Path of a topic, or `CHECK`, or `FINISH`.
        languages: Names of the officer's and of the returnee's language.
        codes: Their codes.
        intro: Notes at the head of the page; they stand under its title.
        lines: The rest of the page in order.
        count: Questions on the page.
        text: What stands in the editor of the question at hand.
        refusal: Why what was typed there could not be read; None when it could.
        has_note: The private note of the question at hand is open.
        interrupted: When the program ended unawares, and the number of the last question answered; None otherwise.
        stops: Codes of what holds the case up, as the answers stand.
        lifters: For each of them, the roles that may lift it.
        summary: On the page to check: each topic with its questions.
        amendable: There, once the interview is complete: answers this officer may change with a reason.
        amended: There: answers changed since, with the latest reason.
        problems: On the page to check, after a try to complete: what needs another look.
        proposals, ticked: On the last page: what the answers change in the file, and which of it is accepted.
        written: How many changes were accepted; None before.
        destination: On the page about information, what can be told about the place of return; None elsewhere.
        sheet: The country sheet that is open over the questions; None when the questions are shown.
        may_tell: This officer may record that a sheet reached the person, and keep the signature.
        meetings: The sittings, oldest first.
        record: The interview's header: whether it is signed.
        today: The office's date.
        unreviewed: Names of the languages on the screen whose translation nobody has reviewed yet.
        unsaved: Why the last answer could not be written; None when everything is written.
    """

    facts: Facts = field(default_factory=Facts)
    place: str = ""
    sections: tuple[SectionView, ...] = ()
    languages: tuple[str, str] = ("", "")
    codes: tuple[str, str] = ("", "")
    speech: Speech = Speech.BOTH
    heading: str = ""
    other_heading: str = ""
    intro: tuple[Asked, ...] = ()
    lines: tuple[Line, ...] = ()
    count: int = 0
    text: str = ""
    refusal: Failure | None = None
    has_note: bool = False
    interrupted: tuple[datetime, int] | None = None
    stops: tuple[str, ...] = ()
    lifters: tuple[tuple[str, ...], ...] = ()
    summary: tuple[tuple[SectionView, tuple[Line, ...]], ...] = ()
    problems: tuple[Asked, ...] = ()
    amendable: frozenset[Spot] = frozenset()
    amended: tuple[tuple[Spot, Amended], ...] = ()
    proposals: tuple[Proposal, ...] = ()
    ticked: frozenset[int] = frozenset()
    written: int | None = None
    marked: int = 0
    saved_at: datetime | None = None
    unsaved: Failure | None = None
    destination: Destination | None = None
    sheet: SheetLine | None = None
    may_tell: bool = False
    meetings: tuple[Sitting, ...] = ()
    record: Interview = field(default_factory=Interview)
    today: date = date.min
    unreviewed: tuple[str, ...] = ()
    is_complete: bool = False
    is_writable: bool = True

    @property
    def now(self) -> Line | None:
        """Return the question or repeat at hand."""
        return next((line for line in self.lines if line.part is Part.NOW), None)

    @property
    def has_two_languages(self) -> bool:
        """Tell whether officer and returnee read different languages."""
        return self.languages[0] != self.languages[1]
