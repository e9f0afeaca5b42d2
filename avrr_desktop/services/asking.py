"""
What an interview asks now, as a window or a command shows it: questions, choices, repeats and topics in two languages.

The form engine's own objects do not leave `services`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from avrr_desktop.domain.sections import Section
from avrr_desktop.interview.answers import State
from avrr_desktop.interview.definition import Definition, Group
from avrr_desktop.interview.model import RunningForm
from avrr_desktop.interview.tree import Place

STOPS = re.compile(r"S(?:[1-9]|1[0-2])")
SHOWN = {
    "text": "text",
    "integer": "integer",
    "decimal": "decimal",
    "date": "date",
    "time": "time",
    "select_one": "one",
    "select_multiple": "several",
    "note": "note",
    "acknowledge": "acknowledge",
}
"""XLSForm type to the kind of control a window draws; anything else is a text."""
FOR_OFFICER = ("for the officer", "pour l\u2019agent", "pour l'agent")
"""How a label begins that is no question to the returnee, in forms without the appearance "officer"."""
APART = frozenset({Section.PROTECTION, Section.MEDICAL})
"""Sections whose answers are read by those who must help, and by nobody else once the interview is complete."""


def is_for_officer(appearance: tuple[str, ...], *labels: str) -> bool:
    """Tell whether an item is the officer's own: by the appearance "officer", or in older forms by its first words."""
    return "officer" in appearance or any(label.casefold().startswith(FOR_OFFICER) for label in labels)


def stops_in(form: RunningForm) -> tuple[str, ...]:
    """Return the stop codes the answers of *form* give, in the order of their numbers."""
    found: set[str] = set()
    for place, value in form.calculated().items():
        if form.definition.questions[place.node].name.startswith("stops"):
            found.update(STOPS.findall(value))
    return tuple(sorted(found, key=lambda code: int(code[1:])))


def language_code(name: str) -> str:
    """Return "fr" for "Français (fr)"; the name itself when it has no code."""
    match = re.search(r"\(([A-Za-z-]+)\)\s*$", name)
    return match[1] if match else name


def language_name(name: str) -> str:
    """Return "Français" for "Français (fr)"."""
    return re.sub(r"\s*\([A-Za-z-]+\)\s*$", "", name)


@dataclass(frozen=True, slots=True)
class Spot:
    """A question's place: its template path and the row it stands in ('' outside repeats)."""

    node: str
    rep: str = ""


@dataclass(frozen=True, slots=True)
class Option:
    """A choice in both languages."""

    value: str
    text: str
    other: str


@dataclass(frozen=True, slots=True)
class Asked:
    """
    A question as a window draws it.

    Attributes:
        kind: A value of `SHOWN`.
        text, hint: In the officer's language.
        other, other_hint: In the returnee's language; the same when both are one.
        state: "answered", "declined", "not_asked", or "" while untouched.
        problem: "" or "required" or "constraint"; *problem_text* and *other_problem* are the form's own message, maybe
            "".
        row: (number, of how many) inside a repeat, None outside.
        is_apart: The answer is read by those who must help, not by everybody who works on the case.
        is_withheld: This officer may neither read nor give the answer; *value* is empty whatever was answered.
        for_officer: The officer answers it alone (appearance "officer"); the returnee is not shown it.
    """

    spot: Spot
    kind: str
    is_long: bool
    text: str
    other: str
    hint: str
    other_hint: str
    options: tuple[Option, ...]
    value: str
    state: str
    remark: str
    is_required: bool
    is_readonly: bool
    problem: str
    problem_text: str
    row: tuple[int, int] | None
    other_problem: str = ""
    is_apart: bool = False
    is_withheld: bool = False
    for_officer: bool = False

    @property
    def is_done(self) -> bool:
        """Tell whether it is answered, declined or not to be asked, and may stand so."""
        return bool(self.state) and not self.problem


@dataclass(frozen=True, slots=True)
class RepeatShown:
    """A repeat on a page: its rows, and whether people may add and remove them."""

    spot: Spot
    text: str
    other: str
    rows: tuple[str, ...]
    is_open: bool


@dataclass(frozen=True, slots=True)
class Topic:
    """
    A page of the interview with its completeness (dealt with, asked).

    Attributes:
        is_withheld: This officer may neither read nor give any of its answers.
    """

    path: str
    text: str
    other: str
    answered: int
    asked: int
    is_withheld: bool = False


@dataclass(frozen=True, slots=True)
class Given:
    """An answer the form wants written into the case: where, the question as asked, and the target "person.born_on"."""

    asked: Asked
    save_to: str


class Asking:
    """
    A running form to be read; `interviewing.Sitting` adds the verbs.

    Attributes:
        language, other_language: Names as the form writes them, the officer's and the returnee's.
    """

    language: str
    other_language: str
    _definition: Definition
    _form: RunningForm
    _withheld: frozenset[Section]

    @property
    def title(self) -> str:
        """Return the form's title."""
        return self._definition.title

    @property
    def has_two_languages(self) -> bool:
        """Tell whether the form speaks the returnee's language as well as the officer's."""
        return self.language != self.other_language

    @property
    def unreviewed(self) -> tuple[str, ...]:
        """Return the languages whose texts nobody has reviewed yet, named as *language* and *other_language* are."""
        return self._definition.unreviewed

    def topics(self) -> tuple[Topic, ...]:
        """Return the pages that have something to ask, in order."""
        return tuple(
            Topic(
                page.path,
                self._form.label(page.path),
                self._form.label(page.path, self.other_language),
                *self._form.completeness(page.path),
                self._is_withheld(page),
            )
            for page in self._form.pages()
        )

    def questions(self, topic: str) -> tuple[Asked, ...]:
        """Return the questions and notes of a page in order, row by row."""
        return tuple(self._asked(place) for place in self._form.places(topic))

    def repeats(self, topic: str) -> tuple[RepeatShown, ...]:
        """Return the repeats of a page that people may fill."""
        return tuple(self._repeats(topic))

    def page(self, topic: str) -> tuple[Asked | RepeatShown, ...]:
        """Return all a page shows, in order: each open repeat stands behind its rows."""
        rank = {path: at for at, path in enumerate(self._definition.questions)}
        items: list[Asked | RepeatShown] = list(self.questions(topic))
        for repeat in (one for one in self._repeats(topic) if one.is_open):
            last = max(at for path, at in rank.items() if path.startswith(repeat.spot.node + "/"))
            behind = [i for i, one in enumerate(items) if isinstance(one, Asked) and rank[one.spot.node] > last]
            items.insert(behind[0] if behind else len(items), repeat)
        return tuple(items)

    def question(self, spot: Spot) -> Asked:
        """Return one question as it is now."""
        return self._asked(Place(spot.node, spot.rep))

    def problems(self) -> tuple[Asked, ...]:
        """Return every question whose answer may not stand, in page order."""
        return tuple(self._asked(place) for place, _verdict in self._form.violations())

    def stops(self) -> tuple[str, ...]:
        """Return the stop codes the answers give now, in the order of their numbers."""
        return stops_in(self._form)

    def topic_of(self, spot: Spot) -> str:
        """Return the page a question stands on."""
        return next((t.path for t in self._form.pages() if spot.node.startswith(t.path + "/")), "")

    def given(self) -> tuple[Given, ...]:
        """Return the answers the form wants written into the case, in page order; unanswered ones are left out."""
        return tuple(
            Given(asked, save_to)
            for page in self._form.pages()
            for asked in self.questions(page.path)
            if (save_to := self._definition.questions[asked.spot.node].save_to) and asked.value and not asked.problem
        )

    def value(self, name: str, rep: str = "") -> str:
        """Return the answer to the question called *name*; '' when there is none, or it does not apply."""
        place = next(
            (Place(path, rep) for path, question in self._definition.questions.items() if question.name == name), None
        )
        return self._form.value(place) if place is not None and self._form.is_relevant(place) else ""

    # Inside

    def _is_withheld(self, page: Group) -> bool:
        sections = {Section(question.section) for question in page.questions() if question.is_asked}
        return bool(sections) and sections <= self._withheld

    def _repeats(self, topic: str) -> Iterator[RepeatShown]:
        for path, repeat in self._definition.repeats.items():
            if path.startswith(topic + "/"):
                yield RepeatShown(
                    Spot(path),
                    self._form.label(path),
                    self._form.label(path, self.other_language),
                    self._form.rows(path),
                    repeat.count is None and self._form.is_relevant(path),
                )

    def _asked(self, place: Place) -> Asked:
        form, question = self._form, self._definition.questions[place.node]
        held = form.stored_at(place)
        verdict = form.constraint(place)
        touched = held is not None and (held.state is not State.ANSWERED or held.value != "")
        repeat = next((p for p in self._definition.repeats if place.rep and place.node.startswith(p + "/")), None)
        rows = form.rows(repeat) if repeat else ()
        section = Section(question.section)
        other_problem = form.constraint(place, self.other_language).message if verdict.condition else ""
        return Asked(
            Spot(place.node, place.rep),
            SHOWN.get(question.type.split()[0], "text"),
            "multiline" in question.appearance,
            form.label(place),
            form.label(place, self.other_language),
            form.hint(place),
            form.hint(place, self.other_language),
            self._options(place),
            form.value(place),
            held.state.value if held is not None and touched else "",
            held.note if held is not None else "",
            form.is_required(place),
            form.is_readonly(place),
            verdict.condition,
            verdict.message,
            (rows.index(place.rep) + 1, len(rows)) if place.rep in rows else None,
            other_problem,
            section in APART,
            section in self._withheld,
            is_for_officer(question.appearance, form.label(place), form.label(place, self.other_language)),
        )

    def _options(self, place: Place) -> tuple[Option, ...]:
        others = {choice.value: choice.label for choice in self._form.choices(place, self.other_language)}
        return tuple(Option(c.value, c.label, others.get(c.value, c.label)) for c in self._form.choices(place))
