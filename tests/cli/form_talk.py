"""Talk with `avrr-desktop form` in this process: lines in, lines out."""

import io
import json
import sys
from collections.abc import Sequence

import pytest

from avrr_desktop.app.main import main


def talk(capsys: pytest.CaptureFixture[str], words: Sequence[str], lines: Sequence[object]) -> list[dict[str, object]]:
    """Give *lines* (bytes as they are, else as JSON) to a part of `form`; return what it answers."""
    given = b"".join((line if isinstance(line, bytes) else json.dumps(line).encode()) + b"\n" for line in lines)
    usual = sys.stdin
    sys.stdin = io.TextIOWrapper(io.BytesIO(given), encoding="utf-8")
    try:
        main(["form", *words])
    finally:
        sys.stdin = usual
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def run(capsys: pytest.CaptureFixture[str], words: Sequence[str]) -> tuple[int, list[dict[str, object]]]:
    """Run a part of `form` that reads nothing; return its exit code and lines."""
    code = main(["form", *words])
    return code, [json.loads(line) for line in capsys.readouterr().out.splitlines()]
