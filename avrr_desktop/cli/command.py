"""What a command is: a name, its options and a function that answers with codes and values."""

from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

OK, FAILED, USAGE, REFUSED = 0, 1, 2, 3
"""Exit codes: done, the verb failed, the words were not understood, this officer may not or does not get in."""

SHUT_OUT = frozenset(
    {
        "role.refused",
        "officer.inactive",
        "keys.wrong_passphrase",
        "keys.no_such_slot",
        "keys.device_secret_missing",
        "keys.keyring_refused",
    }
)
"""Failures of who asks, not of what is asked."""
USAGE_AREA = "usage."
"""Beginning of the codes of words that only an open office can find wrong."""


@dataclass(frozen=True, slots=True)
class Line:
    """
    One thing a command has to say.

    Attributes:
        code: Key of the sentence in ``cli/notices.py``.
        values: What the sentence is filled with; also what ``--json`` prints; what JSON does not
            know is printed as its text.
        failed: True when this line makes the command fail.
        raw: Print the values as one line of JSON instead of a sentence.
    """

    code: str
    values: Mapping[str, object] = field(default_factory=dict)
    failed: bool = False
    raw: bool = False


def exit_code(lines: Sequence[Line]) -> int:
    """Return what the program ends with after these lines; the failure that says most counts."""
    failed = [line.code for line in lines if line.failed]
    if not failed:
        return OK
    if any(code in SHUT_OUT for code in failed):
        return REFUSED
    return USAGE if any(code.startswith(USAGE_AREA) for code in failed) else FAILED


@dataclass(frozen=True, slots=True)
class Command:
    """
    One verb of the command line.

    Attributes:
        name: The word typed.
        run: Does the work and returns its lines in the order they are printed.
        add_options: Adds the verb's own options to its parser; None when it has none.
    """

    name: str
    run: Callable[[Namespace], tuple[Line, ...]]
    add_options: Callable[[ArgumentParser], None] | None = None
