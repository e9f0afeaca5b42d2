"""
The label on the outside of an office: what the unlock page shows before anything is open.

A small plain file beside the store. Whoever holds the laptop reads it: the office's name, whether it is a rehearsal,
the time zone for "Locked at 14:03", and how the officers of the key file are called today. It proves nothing; inside,
the store's own records hold.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

MOST_BYTES = 64 * 1024
MOST_LETTERS = 200


@dataclass(frozen=True, slots=True)
class OfficeLabel:
    """
    What may be read outside.

    Attributes:
        office: Name of the office, "" when not known.
        rehearsal: Nobody here is real.
        zone: IANA name.
        officers: Officer id -> (name, role words); only those whose key-file entry has fallen behind matter.
    """

    office: str = ""
    rehearsal: bool = False
    zone: str = "UTC"
    officers: tuple[tuple[str, str, tuple[str, ...]], ...] = ()


def label_path(store_path: Path) -> Path:
    """Return where the label of a store lies."""
    return store_path.with_name(f"{store_path.name}.label")


def read_label(store_path: Path) -> OfficeLabel:
    """Read the label; one that is missing, too large or not understood says nothing."""
    try:
        with label_path(store_path).open("rb") as file:
            content = json.loads(file.read(MOST_BYTES))
    except (OSError, ValueError, RecursionError):
        return OfficeLabel()
    if not isinstance(content, dict):
        return OfficeLabel()
    officers = content.get("officers")
    return OfficeLabel(
        _line(content.get("office")),
        content.get("rehearsal") is True,
        _zone(content.get("zone")),
        tuple(map(_officer, officers)) if isinstance(officers, list) else (),
    )


def write_label(store_path: Path, label: OfficeLabel) -> None:
    """Write the label in one step. OSError when the disk refuses; the old one stays then."""
    content = {
        "office": label.office,
        "officers": [[who, name, list(roles)] for who, name, roles in label.officers],
        "rehearsal": label.rehearsal,
        "zone": label.zone,
    }
    path = label_path(store_path)
    part = path.with_name(f"{path.name}.part")
    # Readable by this account only: it names who works here.
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
        file.write(json.dumps(content, ensure_ascii=False, indent=1) + "\n")
    os.replace(part, path)


def _officer(entry: Any) -> tuple[str, str, tuple[str, ...]]:
    match entry:
        case [str(who), str(name), list(roles)]:
            return _line(who), _line(name), tuple(map(_line, roles))
        case _:
            return "", "", ()


def _line(value: Any) -> str:
    """Return one printable line; the file may have been changed by anybody."""
    letters = value[:MOST_LETTERS] if isinstance(value, str) else ""
    return "".join(letter for letter in letters if letter.isprintable())


def _zone(value: Any) -> str:
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    try:
        return ZoneInfo(value).key if isinstance(value, str) else "UTC"
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return "UTC"
