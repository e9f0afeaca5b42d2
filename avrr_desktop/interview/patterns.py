r"""
Match regular expressions of forms without running away.

Python's `re` backtracks and cannot be stopped, so a pattern that could take exponential time is
refused before it runs: a repeated group that itself repeats or has alternatives, more than a few
open loops, a long subject. Back references and look-around are refused too; no form needs them.
"""

import re
from functools import lru_cache

from avrr_desktop.interview import limits
from avrr_desktop.interview.errors import ExpressionError

_PIECE = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|\((?:\?[:])?|\(\?|\)|[*+?]|\{\d*,?\d*\}|\||.", re.DOTALL)


def search(pattern: str, subject: str) -> bool:
    """
    Decide whether *pattern* is found in *subject*; anchors are the pattern's own business.

    Source: ODK Web Forms, which decides where clients differ (FORMS.md).

    Raises:
        ExpressionError: Code `pattern`, malformed or refused.
        LimitError: Pattern or subject too long.
    """
    compiled = compile_pattern(pattern)
    limits.require(len(subject), limits.PATTERN_SUBJECT, "pattern_subject")
    return compiled.search(subject) is not None


@lru_cache(maxsize=256)
def compile_pattern(pattern: str) -> re.Pattern[str]:
    """
    Compile a pattern that is known not to run away.

    Raises:
        ExpressionError: Code `pattern`.
        LimitError: The pattern is too long.
    """
    limits.require(len(pattern), limits.PATTERN_LENGTH, "pattern_length")
    if not _is_tame(pattern):
        raise ExpressionError("pattern", name=pattern[:60])
    try:
        return re.compile(pattern)
    except (re.error, OverflowError, RecursionError) as error:
        raise ExpressionError("pattern", name=pattern[:60]) from error


def _is_tame(pattern: str) -> bool:
    """Count quantifiers and look for a repeated group with a choice inside."""
    open_groups: list[bool] = []  # per open group: does it hold a quantifier or an alternative
    closed: bool | None = None  # the group that just closed, None after anything else
    loops = quantifiers = 0
    for match in _PIECE.finditer(pattern):
        piece = match.group()
        if piece in ("(", "(?:"):
            if piece == "(" and pattern.startswith("(?", match.start()):
                return False
            open_groups.append(False)
            closed = None
        elif piece == ")":
            closed = open_groups.pop() if open_groups else None
            if closed and open_groups:
                open_groups[-1] = True
        elif piece in ("*", "+", "?") or (piece[0] == "{" and piece[-1] == "}" and len(piece) > 2):
            repeats = piece != "?"
            if repeats and closed:
                return False
            fixed = piece[0] == "{" and "," not in piece
            quantifiers += not fixed
            loops += piece in ("*", "+") or (piece[0] == "{" and not fixed)
            if _bound(piece) > 1000:
                return False
            if open_groups and not fixed:
                open_groups[-1] = True
            closed = None if fixed else True if closed is not None else None
        elif piece == "|":
            if open_groups:
                open_groups[-1] = True
            closed = None
        elif len(piece) == 2 and piece[0] == "\\" and piece[1].isdigit():
            return False
        else:
            closed = None
    return loops <= limits.PATTERN_LOOPS and quantifiers <= limits.PATTERN_QUANTIFIERS


def _bound(piece: str) -> int:
    numbers = [int(part[:6]) for part in re.findall(r"\d+", piece)]
    return max(numbers, default=0)
