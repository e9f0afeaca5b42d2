"""Find words that could harm the person who carries a paper. Source: DOMAIN.md 10.3, DESIGN.md 5.13."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass
from functools import lru_cache

from avrr_desktop.documents.failures import HarmfulWord
from avrr_desktop.documents.preview import page_texts
from avrr_desktop.documents.wording import Wording

NOT_LETTER = r"(?!\w)"

PARTING = "-\u2010\u2011\u2012\u2013\u2014_/\u0002\ufffe"
"""Signs between words; the last two are what the reader makes of a hyphen at the end of a printed line."""


def strings_of(value: object, path: str = "") -> Iterator[tuple[str, str]]:
    """
    Walk a paper's values and yield the path and text of every string in them.

    Dataclasses and tuples are walked; a path reads "lines[3].description".
    """
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, tuple | list):
        for at, entry in enumerate(value):
            yield from strings_of(entry, f"{path}[{at}]")
    elif is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            yield from strings_of(getattr(value, field.name), f"{path}.{field.name}" if path else field.name)


def harmful(text: str, wordings: Iterable[Wording]) -> str | None:
    """
    Return the first stem of *wordings* that begins a word of *text*; None when there is none.

    A stem in capitals is a whole word (`Wording.never_print`). Case, accents, line ends, no-break blanks,
    invisible characters, hyphens, and points between single letters ("C.B.S.A.") do not hide a word.
    """
    plain, tight = _plain(text), _tight(text)
    for wording in wordings:
        pattern = _pattern(wording)
        found = pattern.search(plain) or pattern.search(tight)
        if found and found.lastindex:
            return wording.never_print[found.lastindex - 1]
    return None


def check_values(values: object, wordings: Iterable[Wording]) -> None:
    """
    Refuse *values* of which a string holds a stem.

    Raises:
        HarmfulWord: Names the stem and the field.
    """
    known = tuple(wordings)
    for field, text in strings_of(values):
        stem = harmful(text, known)
        if stem is not None:
            raise HarmfulWord(stem, field)


def check_pdf(content: bytes, wordings: Iterable[Wording]) -> int:
    """
    Refuse a finished PDF of which a page shows a stem; return how many words were read.

    Raises:
        HarmfulWord: Names the stem and the page ("page 2").
    """
    known = tuple(wordings)
    words = 0
    for number, text in enumerate(page_texts(content), start=1):
        stem = harmful(text, known)
        if stem is not None:
            raise HarmfulWord(stem, f"page {number}")
        words += len(text.split())
    return words


@lru_cache(maxsize=64)
def _pattern(wording: Wording) -> re.Pattern[str]:
    """Join the stems into one pattern with a group for each."""
    parts = (f"({re.escape(_plain(stem))}{NOT_LETTER if stem.isupper() else ''})" for stem in wording.never_print)
    return re.compile(rf"(?<!\w)(?:{'|'.join(parts)})")


def _plain(text: str) -> str:
    apart = unicodedata.normalize("NFKD", text).replace("\u2019", "'")
    kept = "".join(
        " " if character in PARTING else character
        for character in apart
        if not unicodedata.combining(character) and unicodedata.category(character) != "Cf"
    )
    return " ".join(kept.casefold().split())


def _tight(text: str) -> str:
    """Close up letters parted by points or blanks: "c.b.s.a." and "c b s a" read "cbsa"."""
    return re.sub(r"(?<=\b\w)[. ]+(?=\w\b)", "", _plain(text))
