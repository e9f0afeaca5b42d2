"""The printed recovery code: 160 random bits on paper, in eight groups of five letters.

160 bits need no stretching, so a recovery slot opens at once and on a machine too small for argon2id.
The code is shown and printed once and never stored.
"""

from __future__ import annotations

import secrets

from avrr_desktop.domain.ids import RandomBytes
from avrr_desktop.keys.errors import RecoveryCodeMistyped
from avrr_desktop.keys.groups import read_groups, write_groups
from avrr_desktop.keys.secret import Secret

GROUPS = 8
SIZE_BYTES = 20


class RecoveryCode(Secret):
    """A recovery code; its repr shows nothing, `text` is for the paper."""

    __slots__ = ()

    def text(self) -> str:
        """Return the code as it is printed: eight groups of five letters joined by hyphens."""
        return write_groups(int.from_bytes(self.reveal(), "big"), GROUPS)

    def __repr__(self) -> str:
        return "RecoveryCode()"


def new_recovery_code(random_bytes: RandomBytes = secrets.token_bytes) -> RecoveryCode:
    """Draw a new code."""
    return RecoveryCode(random_bytes(SIZE_BYTES))


def read_recovery_code(typed: str) -> RecoveryCode:
    """
    Read a code from the paper: case, O for 0, I or L for 1, blanks and hyphens do not matter.

    Raises:
        RecoveryCodeMistyped: A group does not fit its check letter, or the length is wrong (no groups then).
    """
    number, wrong = read_groups(typed, GROUPS)
    if wrong:
        raise RecoveryCodeMistyped(groups=tuple(place for place in wrong if place), expected=GROUPS)
    return RecoveryCode(number.to_bytes(SIZE_BYTES, "big"))
