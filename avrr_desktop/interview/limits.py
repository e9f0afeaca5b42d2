"""
Bound what a form from somebody else may ask of us.

Source: FORMS.md, "Safety". Time budgets are counted in nodes visited, not in seconds, so that a
form is refused on every machine or on none.
"""

from typing import Final

from avrr_desktop.interview.errors import LimitError

SOURCE_BYTES: Final = 32 * 1024 * 1024
XML_DEPTH: Final = 100
QUESTIONS: Final = 5_000
CHOICES: Final = 200_000
ROWS: Final = 1_000
EXPRESSION_DEPTH: Final = 200
EXPRESSION_LENGTH: Final = 20_000
TEXT_LENGTH: Final = 1_000_000
PASS_STEPS: Final = 4_000_000
"""Nodes visited in one pass; about two seconds on the 2-core machine of FORMS.md."""
PATTERN_LENGTH: Final = 500
PATTERN_SUBJECT: Final = 300
PATTERN_LOOPS: Final = 4
PATTERN_QUANTIFIERS: Final = 12


def require(found: int, allowed: int, limit: str) -> None:
    """
    Refuse more than is allowed.

    Raises:
        LimitError: *found* is larger than *allowed*.
    """
    if found > allowed:
        raise LimitError("limit", limit=limit, allowed=allowed)
