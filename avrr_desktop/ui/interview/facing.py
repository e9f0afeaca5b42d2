"""What the returnee sees in a window of their own: the question, and nothing of the officer's; no Qt."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from avrr_desktop.services.interviewing import Asked
from avrr_desktop.ui.interview.state import CHECK, FINISH, State


@dataclass(frozen=True, slots=True)
class Choice:
    """A choice in the returnee's language, with the number the officer presses."""

    number: int
    text: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Piece:
    """
    A question.

    Attributes:
        choices: What can be chosen; empty where one speaks freely.
        answer: What was answered in one's own words or figures, only where the answers are read back.
        day: The answer where it is a day.
    """

    text: str
    choices: tuple[Choice, ...] = ()
    answer: str = ""
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Facing:
    """
    The whole window.

    Attributes:
        language: Code of what is written in it; it gives font and direction.
        heading: The topic.
        notes: What the form tells the returnee.
        pieces: The question at hand, or all of them where the answers are read back.
        told: A country sheet that is open.
        is_blank: Nothing is shown.
    """

    language: str = ""
    heading: str = ""
    notes: tuple[str, ...] = ()
    pieces: tuple[Piece, ...] = ()
    told: str = ""
    is_blank: bool = True


def facing(state: State, *, reads_back: bool = False) -> Facing:
    """
    Choose from the officer's screen what the returnee may see.

    Never: remarks, hints (they are the officer's), problems, stops, names, numbers of the case, the officer's own
    questions, and what this officer may not read.

    Args:
        reads_back: On the page to check, the answers are shown; without it that page is blank.
    """
    language = state.codes[1]
    if state.place == CHECK:
        lines = [line.asked for _section, lines in state.summary for line in lines]
        pieces = tuple(_answered(asked) for asked in lines if asked is not None and _is_theirs(asked))
        return Facing(language, pieces=pieces, is_blank=False) if reads_back else Facing(language)
    if state.place == FINISH or not state.heading:
        return Facing(language)
    heading = state.other_heading or state.heading
    if state.sheet is not None:
        sheet = state.sheet.sheet
        return Facing(sheet.language, told=sheet.text, is_blank=False)
    notes = tuple(one.other for one in state.intro if _is_theirs(one))
    now = state.now
    pieces = ()
    if now is not None and now.repeat is not None:
        pieces = (Piece(now.repeat.other),)
    elif now is not None and now.asked is not None and _is_theirs(now.asked):
        pieces = (_asked(now.asked),)
    return Facing(language, heading, notes, pieces, is_blank=False)


def _is_theirs(asked: Asked) -> bool:
    return not asked.for_officer and not asked.is_withheld


def _asked(asked: Asked) -> Piece:
    chosen = asked.value.split()
    choices = tuple(
        Choice(number, option.other, option.value in chosen) for number, option in enumerate(asked.options, 1)
    )
    return Piece(asked.other, choices)


def _answered(asked: Asked) -> Piece:
    if not asked.value or asked.state in ("declined", "not_asked"):
        return Piece(asked.other)
    if asked.kind == "date":
        return Piece(asked.other, day=date.fromisoformat(asked.value))
    if asked.options:
        chosen = asked.value.split()
        said = [option.other for option in asked.options if option.value in chosen]
        return Piece(asked.other, answer="\n".join(said))
    return Piece(asked.other, answer="\u2713" if asked.kind == "acknowledge" else asked.value)
