"""Identifiers: random, opaque, typed; and the case number people read aloud.

Source: DESIGN.md 5.16 (case numbers): office code, year, seven random Crockford base-32 characters and a
check character. No counter, no nationality.
"""

from __future__ import annotations

import base64
import re
import secrets
from collections.abc import Callable
from typing import NewType

CaseId = NewType("CaseId", str)
EntityId = NewType("EntityId", str)
OfficerId = NewType("OfficerId", str)
DeviceId = NewType("DeviceId", str)
BlobId = NewType("BlobId", str)

RandomBytes = Callable[[int], bytes]

CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CHECK = CROCKFORD + "*~$=U"
"""The 37 check characters; the letters read aloud are drawn again until the check is a plain one."""

_NUMBER = re.compile(r"([A-Z]{3})-(\d{2})-([0-9A-Z]{7})-([0-9A-Z])")
_ID = re.compile(r"[a-z2-7]{26}")


def new_id(random_bytes: RandomBytes = secrets.token_bytes) -> str:
    """Return 128 random bits as 26 lower-case base-32 letters."""
    return base64.b32encode(random_bytes(16)).decode().rstrip("=").lower()


def is_id(text: str) -> bool:
    """Tell whether *text* has the shape of an id made by `new_id`."""
    return _ID.fullmatch(text) is not None


def _check_character(office: str, year: str, body: str) -> str:
    total = 0
    for letter in office + year + body:
        digit = CROCKFORD.find(letter)
        total = total * 32 + (digit if digit >= 0 else ord(letter))
    return CHECK[total % 37]


def new_case_number(office: str, year: int, random_bytes: RandomBytes = secrets.token_bytes) -> str:
    """
    Draw a case number such as "TOR-26-7KM2QX9-R".

    Args:
        office: Three capital letters.
        year: Four digits; the last two are used.
        random_bytes: Source of chance.
    """
    short_year = f"{year % 100:02d}"
    while True:
        body = "".join(CROCKFORD[byte & 31] for byte in random_bytes(7))
        check = _check_character(office, short_year, body)
        if check in CROCKFORD:
            return f"{office}-{short_year}-{body}-{check}"


def read_case_number(text: str) -> str | None:
    """Return the number in its one spelling when *text* is one (O, I, L, blanks and case forgiven), else None."""
    typed = re.sub(r"[\s\u2066-\u2069]", "", text).upper()
    parts = typed.split("-")
    if len(parts) == 4:
        parts[2:] = [p.replace("O", "0").replace("I", "1").replace("L", "1") for p in parts[2:]]
    number = "-".join(parts)
    match = _NUMBER.fullmatch(number)
    if match is None or _check_character(match[1], match[2], match[3]) != match[4]:
        return None
    return number


def short_number(number: str) -> str:
    """Return the part of a case number that goes on carried papers: body and check, "7KM2-QX9R"."""
    _, _, body, check = number.split("-")
    return f"{body[:4]}-{body[4:]}{check}"
