"""Fork a typist, kill it with SIGKILL at a random moment, and return what it had told before."""

from __future__ import annotations

import os
import random
import select
import signal
import time
import traceback
from collections.abc import Callable


def told_before_the_kill(
    typist: Callable[[Callable[[str], None]], None], chance: random.Random, longest: float = 0.05
) -> list[str]:
    """
    Return the lines of a typist that was killed.

    Args:
        typist: Works for ever; it is given a function that tells one line, to be called when a verb has returned.
        chance: Says when the kill comes.
        longest: Seconds a typist lives at most after its first word.
    """
    out, into = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(out)
        try:
            typist(lambda line: os.write(into, f"{line}\n".encode()) and None)
        except BaseException:  # noqa: BLE001 - whatever ended the typist is told
            traceback.print_exc()
        finally:
            os._exit(1)
    os.close(into)
    told = b""
    select.select([out], [], [], 20)
    deadline = time.monotonic() + chance.uniform(0, longest)
    while time.monotonic() < deadline:
        if select.select([out], [], [], max(0, deadline - time.monotonic()))[0]:
            told += os.read(out, 65536)
    os.kill(child, signal.SIGKILL)
    while piece := os.read(out, 65536):
        told += piece
    os.close(out)
    _pid, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status), "the typist ended by itself"
    # The last line may be half a line.
    lines = told.decode(errors="replace").split("\n")[:-1]
    assert lines, "the typist said nothing"
    return lines
