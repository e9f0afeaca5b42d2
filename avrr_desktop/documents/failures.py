"""What stops a paper from being made.

Expected
├── NotPrintable    "paper.not_printable"   a character no shipped font draws
├── HarmfulWord     "paper.harmful_word"    a word that could harm the person who carries the paper
└── BadWording      "paper.bad_wording"     a wording file lacks a text or holds a wrong one
"""

from __future__ import annotations

from avrr_desktop.domain.failures import Expected


class NotPrintable(Expected):
    """
    A value holds characters that would print as boxes; the paper is not made.

    Args:
        characters: Each such character once, in the order of the text.
        field: Path of the value inside the paper's values ("lines[3].description"), or "wording.<key>".

    Source: DOMAIN.md 11 (fallback boxes are an error, not a warning).
    """

    def __init__(self, characters: str, field: str) -> None:
        super().__init__("paper.not_printable", characters=characters, field=field)
        self.characters = characters
        self.field = field


class HarmfulWord(Expected):
    """
    A paper that leaves the office holds a word kept in `never_print`; the paper is not made.

    Args:
        stem: The stem as the wording file has it.
        field: Path of the value, or "page 2" when only the finished page showed it.

    Source: DOMAIN.md 10.3.
    """

    def __init__(self, stem: str, field: str) -> None:
        super().__init__("paper.harmful_word", stem=stem, field=field)
        self.stem = stem
        self.field = field


class BadWording(Expected):
    """A wording file cannot be used; *language* and *key* name the place."""

    def __init__(self, language: str, key: str) -> None:
        super().__init__("paper.bad_wording", language=language, key=key)
        self.language = language
        self.key = key
