"""What a meter says of a passphrase while it is typed."""

from __future__ import annotations

from dataclasses import dataclass

from avrr_desktop.keys.passphrase import MINIMUM, measure


@dataclass(frozen=True, slots=True)
class Strength:
    """
    What may be said.

    Attributes:
        length: Characters.
        refusal: Why it is refused: "short", "long", "control", "repeated", "common", "sequence"; "" when accepted.
        level: "fair", "good", "long" when accepted, else "".
        minimum: Characters it must have.
    """

    length: int
    refusal: str
    level: str
    minimum: int = MINIMUM


def strength_of(text: str) -> Strength:
    """Measure *text*; a long text of a person's own is good, none is ever called safe."""
    found = measure(text)
    refusal, level = found.refusal, found.level
    return Strength(found.length, refusal.value if refusal else "", level.value if level else "")
