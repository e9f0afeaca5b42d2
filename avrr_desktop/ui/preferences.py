"""
How this laptop's window looks and when it locks: kept in a plain file of the user, nothing about cases or people.

A file that cannot be read gives the defaults; a value that is out of range gives that value's default.
"""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import Any

LOOKS = ("system", "light", "dark", "black", "white")
DIRECTIONS = ("auto", "ltr", "rtl")
SCALES = (0.8, 2.0)
IDLE_MINUTES = (1, 60)


@dataclass(frozen=True, slots=True)
class Preferences:
    """
    What the user of this laptop chose.

    Attributes:
        look: One of `LOOKS`; "system" follows the system's light, dark and contrast.
        scale: Text size, from 0.8 to 2.0.
        direction: One of `DIRECTIONS`; "auto" follows the window's language.
        idle_minutes: Lock after so many minutes without a key, from 1 to 60.
        hide_asks: A hidden screen (F9) asks for the passphrase instead of F9.
    """

    look: str = "system"
    scale: float = 1.0
    direction: str = "auto"
    idle_minutes: int = 10
    hide_asks: bool = False


def load_preferences(path: Path) -> Preferences:
    """Read *path*; what is missing or unusable there takes its default."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return Preferences()
    if not isinstance(content, dict):
        return Preferences()
    known = {field.name: content[field.name] for field in fields(Preferences) if field.name in content}
    return replace(Preferences(), **{name: value for name, value in known.items() if _fits(name, value)})


def save_preferences(path: Path, preferences: Preferences) -> None:
    """Write *path* in one step. OSError when the disk refuses; the old file stays then."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f"{path.name}.part")
    part.write_text(json.dumps(asdict(preferences), indent=1, sort_keys=True) + "\n", encoding="utf-8")
    os.replace(part, path)


def _fits(name: str, value: Any) -> bool:
    match name:
        case "look":
            return value in LOOKS
        case "scale":
            return type(value) in (int, float) and SCALES[0] <= value <= SCALES[1]
        case "direction":
            return value in DIRECTIONS
        case "idle_minutes":
            return type(value) is int and IDLE_MINUTES[0] <= value <= IDLE_MINUTES[1]
        case _:
            return isinstance(value, bool)
