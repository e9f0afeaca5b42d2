"""What the declarations say about a register: is it known, does it seal, which of several values is shown."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from avrr_desktop.domain.fields import DELETED, Entity, Register, registers
from avrr_desktop.domain.kinds import KINDS, belongs
from avrr_desktop.domain.sections import Section, split_stream
from avrr_desktop.journal.canon import Value
from avrr_desktop.journal.merge import LATEST, Entry, MostProtective, winner


@cache
def register_of(kind: str, register: str) -> tuple[Register, tuple[str, ...]] | None:
    """Return a register's declaration and its fields; None when this version does not know it."""
    entity = KINDS.get(kind)
    if entity is None:
        return None
    if register == DELETED.name:
        return DELETED, ("deleted",)
    return registers(entity).get(register)


def section_of(stream: str) -> Section | None:
    """Return the section of a stream; None when this version does not know it, or the case's id has a blank."""
    if " " in stream:  # `CaseLists.ids` parts what it found at blanks; no id that was ever made has one
        return None
    try:
        return split_stream(stream)[1]
    except ValueError:
        return None


def is_misplaced(stream: str, kind: str) -> bool:
    """Tell whether a known kind stands in a section that is not its own (DESIGN.md 4, sections)."""
    section = section_of(stream)
    return kind in KINDS and (section is None or not belongs(kind, section))


def entity_of(stream: str, kind: str) -> type[Entity] | None:
    """Return the class whose table holds *kind* in *stream*; None when it is not materialised."""
    return None if is_misplaced(stream, kind) else KINDS.get(kind)


def choose_declared(kind: str, register: str, heads: tuple[Entry, ...]) -> Entry | None:
    """
    Return the entry that is shown first.

    A protective register is judged by one field of its value, spelled as a word: texts as they are, truths
    "true" and "false".
    """
    known = register_of(kind, register)
    if known is None or not known[0].protective:
        return winner(heads, LATEST)
    declared = known[0]
    judged = tuple(replace(head, value=_word(head.value, declared.protective)) for head in heads)
    chosen = winner(judged, MostProtective(tuple(str(word) for word in declared.order)))
    return heads[judged.index(chosen)] if chosen is not None else None


def _word(value: object, field: str) -> Value:
    """Return what is judged; an absent value stays absent."""
    if not isinstance(value, dict):
        return value  # type: ignore[return-value]  # Absent or a value of another shape
    word = value.get(field)
    if isinstance(word, bool):
        return "true" if word else "false"
    return word if isinstance(word, (str, int)) else None
