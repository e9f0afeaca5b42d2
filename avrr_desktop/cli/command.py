"""What a command is: a name, its options and a function that answers with codes and values."""

from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

OK, FAILED, USAGE = 0, 1, 2


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
