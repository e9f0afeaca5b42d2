"""Save a finished file where the officer chose, whole or not at all."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from avrr_desktop.domain.failures import Expected


def save_whole(target: Path, data: bytes) -> None:
    """
    Write *data* beside *target*, make it durable and take its place; nothing is left of a try that failed.

    Raises:
        Expected: "file.not_written" with the system's word and number.
    """
    part = target.with_name(f"{target.name}.part")
    try:
        with part.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.replace(part, target)
    except OSError as refused:
        # What was half written may name somebody or hold a code, on a disk nobody will look at again.
        with suppress(OSError):
            part.unlink(missing_ok=True)
        raise Expected("file.not_written", why=refused.strerror or "", errno=refused.errno or 0) from refused
