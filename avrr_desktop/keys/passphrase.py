"""What may be a passphrase, and how it becomes bytes.

The estimate is simple and says so: length counts, a few hopeless patterns are refused. It is an upper bound for
a passphrase a person made up, never a number of bits. No word list ships with the program, so none is generated.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from avrr_desktop.keys.errors import WeakPassphrase
from avrr_desktop.keys.secret import Secret

MINIMUM = 12
"""Characters. NIST SP 800-63B asks for 8 with a rate limit; an attacker with a copied file has none."""
MAXIMUM = 1024
FEWEST_DISTINCT = 5

_COMMON = (
    "password", "passphrase", "passw0rd", "letmein", "welcome", "iloveyou", "admin", "administrator", "qwerty",
    "azerty", "changeme", "changeit", "secret", "motdepasse", "bonjour", "monkey", "dragon", "football",
    "baseball", "sunshine", "princess", "canada", "ottawa", "toronto", "montreal", "avrr", "default", "temporary",
)  # fmt: skip
_ROWS = ("abcdefghijklmnopqrstuvwxyz", "0123456789", "qwertyuiopasdfghjklzxcvbnm", "azertyuiopqsdfghjklmwxcvbn")


class Refusal(StrEnum):
    """Why a passphrase is refused."""

    SHORT = "short"
    LONG = "long"
    CONTROL = "control"
    REPEATED = "repeated"
    COMMON = "common"
    SEQUENCE = "sequence"


class Level(StrEnum):
    """How long an accepted passphrase is; says nothing about how it was chosen."""

    FAIR = "fair"
    GOOD = "good"
    LONG = "long"


@dataclass(frozen=True, slots=True)
class Strength:
    """
    What the meter shows.

    Attributes:
        length: Characters after normalisation.
        refusal: None when accepted.
        level: None when refused.
    """

    length: int
    refusal: Refusal | None
    level: Level | None


def normalise(text: str) -> str:
    """
    Make one text of what different keyboards send: NFC, every kind of space as U+0020.

    Source: RFC 8265, profile OpaqueString (frozen: another rule would lock people out).
    """
    spaced = "".join(" " if unicodedata.category(letter) == "Zs" else letter for letter in text)
    return unicodedata.normalize("NFC", spaced)


def _refusal(text: str) -> Refusal | None:
    plain = text.casefold()
    letters = "".join(letter for letter in plain if letter.isalpha())
    if any(unicodedata.category(letter) in {"Cc", "Cs"} for letter in text):
        return Refusal.CONTROL
    if len(text) < MINIMUM:
        return Refusal.SHORT
    if len(text) > MAXIMUM:
        return Refusal.LONG
    if len(set(plain)) < FEWEST_DISTINCT:
        return Refusal.REPEATED
    if any(plain == (plain[:size] * len(plain))[: len(plain)] for size in range(1, len(plain) // 2 + 1)):
        return Refusal.REPEATED
    if any(plain in turned * 40 for row in _ROWS for turned in (row, row[::-1])):
        return Refusal.SEQUENCE
    if letters and any(letters == (word * len(letters))[: len(letters)] for word in _COMMON):
        return Refusal.COMMON
    return None


def measure(text: str) -> Strength:
    """Say whether *text* may be a passphrase and how long it is."""
    if len(text) > MAXIMUM:
        return Strength(len(text), Refusal.LONG, None)
    text = normalise(text)
    refusal = _refusal(text)
    level = Level.LONG if len(text) >= 24 else Level.GOOD if len(text) >= 16 else Level.FAIR
    return Strength(len(text), refusal, None if refusal else level)


def accept_new(text: str) -> Secret:
    """
    Return the bytes of a new passphrase.

    Raises:
        WeakPassphrase: It is refused; *why* says which rule.
    """
    strength = measure(text)
    if strength.refusal is not None:
        raise WeakPassphrase(why=strength.refusal.value, minimum=MINIMUM)
    return typed(text)


def typed(text: str) -> Secret:
    """Return the bytes of a passphrase typed to open; rules of today never lock out a passphrase of yesterday."""
    return Secret(normalise(text[:MAXIMUM]).encode("utf-8", "surrogatepass"))
