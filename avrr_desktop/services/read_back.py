"""Read a running form as a paper prints it: relevant questions with their answers in words, rows under their heads."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date, datetime, tzinfo

from avrr_desktop.documents import formats
from avrr_desktop.documents.interview import Entry, Given, Head, Note, Part, plain
from avrr_desktop.documents.wording import Wording
from avrr_desktop.interview.answers import State
from avrr_desktop.interview.definition import Group, Question, Repeat
from avrr_desktop.interview.model import RunningForm
from avrr_desktop.interview.tree import Place
from avrr_desktop.services.asking import is_for_officer

SHORT = 12
"""Characters of a form's checksum at the foot: enough to tell two forms of one office apart."""
FILES = frozenset({"image", "audio", "video", "file", "binary"})
"""Types whose value is the name of a file."""


class ReadBack:
    """
    The walk through one form in its language of the moment.

    Args:
        without: Sections whose questions are left out as if they were not asked.
        with_notes: Also what is only read out.
        for_returnee: Leave out what the officer answers alone.
        zone: Instants are written in it.
    """

    def __init__(
        self,
        form: RunningForm,
        wording: Wording,
        zone: tzinfo,
        *,
        without: Collection[str] = (),
        with_notes: bool,
        for_returnee: bool = False,
    ) -> None:
        self._form = form
        self._wording = wording
        self._zone = zone
        self._without = without
        self._with_notes = with_notes
        self._for_returnee = for_returnee

    def parts(self) -> tuple[Part, ...]:
        """Return heads, questions and notes in the order of the form; a head only above something."""
        return tuple(part for page in self._form.pages() for part in self._group(page, "", 1))

    def _group(self, group: Group, rep: str, level: int) -> Iterator[Part]:
        label = plain(self._form.label(Place(group.path, rep)))
        inside = list(self._inside(group, rep, level + 1 if label else level))
        if inside and label:
            yield Head(label, level)
        yield from inside

    def _inside(self, group: Group, rep: str, level: int) -> Iterator[Part]:
        for child in group.children:
            if isinstance(child, Question):
                yield from self._question(child, Place(child.path, rep))
            elif isinstance(child, Repeat):
                yield from self._rows(child, rep, level)
            else:
                yield from self._group(child, rep, level)

    def _rows(self, repeat: Repeat, rep: str, level: int) -> Iterator[Part]:
        rows = self._form.rows(Place(repeat.path, rep))
        for number, row in enumerate(rows, start=1):
            place = Place(repeat.path, row)
            inside = list(self._inside(repeat, row, level + 1)) if self._form.is_relevant(place) else []
            if inside:
                label = plain(self._form.label(place))
                key = "interview.row" if label else "interview.bare_row"
                said = self._wording.text(key, label=label, number=str(number), count=str(len(rows)))
                yield Head(said, level)
                yield from inside

    def _question(self, question: Question, place: Place) -> Iterator[Part]:
        if not question.control or question.section in self._without or not self._form.is_relevant(place):
            return
        if self._for_returnee and self._is_for_officer(question, place):
            return
        label = plain(self._form.label(place)) or question.name
        if question.type == "note":
            if self._with_notes:
                yield Note(label)
            return
        stored, value = self._form.stored_at(place), self._form.value(place)
        if stored is not None and stored.state is not State.ANSWERED:
            yield Entry(label, "", Given(stored.state.value))
        elif value == "":
            yield Entry(label, "", Given.OPEN)
        else:
            yield Entry(label, self._said(question, place, value))

    def _is_for_officer(self, question: Question, place: Place) -> bool:
        labels = (self._form.label(place, language) for language in self._form.definition.languages)
        return is_for_officer(question.appearance, *labels)

    def _said(self, question: Question, place: Place, value: str) -> str:
        """Write a canonical value as people read it."""
        kind, wording = question.type.split()[0], self._wording
        if question.choices is not None:
            labels = {choice.value: plain(choice.label) for choice in self._form.choices(place)}
            names = [value] if kind == "select_one" else value.split()
            return "\n".join(labels.get(name) or name for name in names)
        if kind == "acknowledge":
            return wording.text("interview.confirmed")
        if kind in FILES:
            return wording.text("interview.attached")
        try:
            if question.binding.type == "date":
                return formats.day(date.fromisoformat(value), wording)
            if question.binding.type == "dateTime":
                when = datetime.fromisoformat(value)
                when = when if when.tzinfo is None else when.astimezone(self._zone)
                return f"{formats.day(when.date(), wording)}, {formats.clock(when)}"
        except ValueError:
            return value
        return value[:5] if question.binding.type == "time" else value
