"""Groups of letters a person can copy: Crockford base 32, four letters and a check letter each.

A group carries 20 bits. Its fifth letter is a weighted sum over GF(32) of the four letters and of the group's
place, so that one wrong letter, two swapped letters of a group, and two swapped groups are always noticed and
the group is named. Weights are the distinct powers x^1 .. x^4; the check letter itself has weight 1.

Source: Crockford base 32 (no I, L, O, U; I and L read as 1, O as 0); field polynomial x^5 + x^2 + 1.
The reading rules and the check are frozen: printed codes outlive the program.
"""

from __future__ import annotations

import re

from avrr_desktop.domain.ids import CROCKFORD

BITS = 20
"""Bits one group carries."""
LETTERS = 5
"""Letters of a group, its check letter included."""

_READ = {letter: place for place, letter in enumerate(CROCKFORD)} | {"O": 0, "I": 1, "L": 1}
_SEPARATOR = re.compile(r"[\s\-‐-―−_.]+")
_MOST_TYPED = 400


def _times_x(value: int) -> int:
    value <<= 1
    return value ^ 0b100101 if value & 0b100000 else value


def _check(digits: list[int], place: int) -> int:
    """Return the check digit of four *digits* in group *place* (0 to 30)."""
    total = 0
    for digit in reversed(digits):
        total = _times_x(total ^ digit)
    return total ^ (place + 1)


def write_groups(number: int, count: int) -> str:
    """
    Write *number* as *count* groups joined by hyphens, most significant first.

    Args:
        number: From 0 to below 2 ** (20 * count).
        count: From 1 to 31 groups.
    """
    groups = []
    for place in range(count):
        block = number >> (BITS * (count - 1 - place)) & ((1 << BITS) - 1)
        digits = [block >> shift & 31 for shift in (15, 10, 5, 0)]
        groups.append("".join(CROCKFORD[digit] for digit in (*digits, _check(digits, place))))
    return "-".join(groups)


def _split(typed: str, count: int) -> list[str]:
    """
    Cut what was typed into groups.

    The right number of letters is cut every five, wherever the blanks fell. Otherwise the separators decide, so that
    the group with a letter too few or too many can be named; without them nothing can be located.
    """
    pieces = [piece for piece in _SEPARATOR.split(typed) if piece]
    letters = "".join(pieces)
    if len(letters) == count * LETTERS:
        return [letters[start : start + LETTERS] for start in range(0, len(letters), LETTERS)]
    return pieces if len(pieces) == count else []


def _read_group(letters: str, place: int) -> int | None:
    digits = [_READ.get(letter) for letter in letters]
    known = [digit for digit in digits if digit is not None]
    if len(known) != LETTERS or len(digits) != LETTERS or _check(known[:4], place) != known[4]:
        return None
    return known[0] << 15 | known[1] << 10 | known[2] << 5 | known[3]


def read_groups(typed: str, count: int) -> tuple[int, tuple[int, ...]]:
    """
    Read what was typed, whatever its case, blanks and hyphens.

    Returns:
        The number, and the places (1 is the first) of groups that are wrong; the number means nothing unless
        there are none. A text of the wrong length gives place 0 alone.
    """
    pieces = _split(typed.upper(), count) if len(typed) <= _MOST_TYPED else []
    if not pieces:
        return 0, (0,)
    number, wrong = 0, []
    for place, letters in enumerate(pieces):
        block = _read_group(letters, place)
        if block is None:
            wrong.append(place + 1)
        number = number << BITS | (block or 0)
    return number, tuple(wrong)
