"""Find cases by the beginning of names in any script, by case number in any spelling, by telephone digits.

The section filter runs inside the query, before LIMIT and counts. Plain rows; no sqlmodel.

A hit is a number that says what it is of, so that no table is read to tell case and section:

    case (key of case_summary) . record (27 bits) . part (1 bit: 0 names and numbers, 1 telephone) . section (4 bits)
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from avrr_desktop.domain.sections import CASE_SECTIONS, Section
from avrr_desktop.store.folding import digits, fold_latin, fold_native, fold_number, skeleton, words

if TYPE_CHECKING:
    from sqlcipher3.dbapi2 import Connection

MOST_SIMILAR = 8
"""Candidates shown before a case is created."""

_LOOKED_AT = 400
"""Rows compared letter by letter; 400 comparisons of names take about 10 ms."""

_LIKE = 0.55
"""Likeness below which a candidate is noise: "Hussein" and "حسین" are 0.6 alike in Latin letters (TECH.md 3)."""

CASE_BITS = 32
"""Bits of a hit below those of its case: more records and more cases than a store can hold."""

PHONE = 1 << 4
"""Added to a record's number gives that of its telephone words: a changed name leaves them alone."""

_RECORD = 5
"""Bits of a hit below those of its record."""

_SECTION_NUMBERS = {section: number for number, section in enumerate(CASE_SECTIONS)}
_SECTION_MASK = 15

PLACE_DIGITS = 16
"""Digits of a case's place in an order; places are compared as text."""

_PRINTED = 8
"""Letters of a case number as papers have it (DESIGN.md 5.16): "7KM2-QX9R"."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody already known under a like name; *score* from 0 to 1, a date of birth that agrees raises it."""

    case: str
    person: str
    title: str
    born_on: date | None
    score: float


def match_text(query: str) -> str | None:
    """
    Return the FTS5 expression of typed words; None when nothing can be searched.

    Every word must be the beginning of a word of one record; the whole may instead be a case number or the
    digits of a telephone number.
    """
    ways: list[str] = []
    native, latin = words(fold_native(query)), words(fold_latin(query))
    if native and native == latin:
        ways.append(_all_of("{native latin}", native))
    else:
        ways.extend(_all_of(*way) for way in (("native", native), ("latin", latin)) if way[1])
    number = fold_number(query)
    # One printed number in twenty has no digit.
    if len(number) == _PRINTED or (len(number) >= 3 and any(letter.isdigit() for letter in query)):
        ways.append(_all_of("number", [number]))
    phone = digits(query)
    if len(phone) >= 4 and not any(letter.isalpha() for letter in query):
        ways.append(_all_of("phone", [phone]))
    return " OR ".join(f"({way})" for way in ways) or None


def _all_of(column: str, beginnings: list[str]) -> str:
    # Folded words hold letters, digits and marks only, so quoting cannot be broken out of.
    return " AND ".join(f'{column} : "{word}" *' for word in beginnings)


def next_record(case: int, section: Section, last: int | None) -> int:
    """
    Return the number of a record not indexed yet.

    Args:
        case: Key of the case.
        section: Where the record stands.
        last: Highest number given to a record of the case.

    Raises:
        OverflowError: The next number would be one of another case.
    """
    place = 0 if last is None else ((last & ((1 << CASE_BITS) - 1)) >> _RECORD) + 1
    if place >= 1 << (CASE_BITS - _RECORD):
        raise OverflowError(case)
    return case << CASE_BITS | place << _RECORD | _SECTION_NUMBERS[section]


def in_sections(hit: str, sections: Collection[Section]) -> str:
    """Return the condition that the column *hit* is a number of these *sections*."""
    # One bit for each section: a list of numbers is a table that SQLite looks each hit up in.
    bits = sum(1 << number for section, number in _SECTION_NUMBERS.items() if section in sections)
    return f"{bits} >> ({hit} & {_SECTION_MASK}) & 1"


def marks(values: Collection[object]) -> str:
    """Return the placeholders for *values*."""
    return ", ".join("?" * len(values))


def similar(
    connection: Connection,
    names: str,
    *,
    born_on: date | None = None,
    sections: Collection[Section] = frozenset({Section.CORE}),
) -> list[Candidate]:
    """
    Return people already known whose names are like *names*, best first, at most eight.

    Candidates share a consonant skeleton word or the beginning of a word, or were born on the same day; then
    they are compared letter by letter in Latin spelling and by skeleton.
    """
    wanted = fold_latin(names)
    bones = set(skeleton(names).split())
    if not words(wanted) or not sections:
        return []
    beginnings = " OR ".join(f'latin : "{word[:3]}" *' for word in words(wanted))
    rows = connection.execute(
        "SELECT r.case_id, r.entity, r.name, r.skeleton, r.born_on FROM search_row r"
        f" JOIN case_summary s ON s.key = r.id >> {CASE_BITS} AND s.is_open IS NOT NULL"
        f" WHERE r.name IS NOT NULL AND r.section IN ({marks(sections)}) AND (r.skeleton = ? OR r.born_on = ?"
        " OR r.id IN (SELECT rowid FROM search_text WHERE search_text MATCH ? LIMIT ?)) LIMIT ?",
        (*(s.value for s in sections), skeleton(names), born_on and born_on.isoformat(), beginnings,
         _LOOKED_AT, _LOOKED_AT),
    ).fetchall()  # fmt: skip
    found: list[Candidate] = []
    for case, person, name, their_bones, their_day in rows:
        score = _likeness(wanted, bones, name, set((their_bones or "").split()))
        is_same_day = born_on is not None and their_day == born_on.isoformat()
        if is_same_day:
            score = min(1.0, score + 0.2)
        if score >= _LIKE:
            day = date.fromisoformat(their_day) if their_day else None
            found.append(Candidate(case, person, name, day, round(score, 3)))
    return sorted(found, key=lambda c: (-c.score, c.title, c.person))[:MOST_SIMILAR]


def _likeness(wanted: str, bones: set[str], name: str, their_bones: set[str]) -> float:
    """Return the better of two likenesses: sorted words letter by letter, and shared consonant skeletons."""
    # Only a search that found nothing comes here; the first list does not wait for it.
    from difflib import SequenceMatcher

    ours, theirs = " ".join(sorted(words(wanted))), " ".join(sorted(words(fold_latin(name))))
    letters = SequenceMatcher(None, ours, theirs, autojunk=False).ratio()
    shared = len(bones & their_bones) / max(len(bones | their_bones), 1)
    return max(letters, 0.9 * shared)
