"""What can go wrong, told apart once: a code and parameters, never a sentence.

    Failure
    ├── Expected    the world said no: wrong passphrase, full disk, newer file, a rule that refuses
    └── Fault       ours: a broken promise of the program itself

`ui/notices.py` and `cli/notices.py` own the sentences; one test keeps both tables complete.
"""

from __future__ import annotations


class Failure(Exception):
    """
    Carry a stable code and the values its sentence needs.

    Args:
        code: Dotted lower-case words, unique in the program, such as "plan.over_ceiling".
        params: Values for the sentence: ids, codes, numbers, dates. A name or an answer may stand here
            only if it was typed by the person who reads the sentence; logs print the code alone.
    """

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code)
        self.code = code
        self.params = params


class Expected(Failure):
    """Something a user can understand and act upon."""


class Fault(Failure):
    """A promise of the program was broken; nobody but its developers can mend it."""


class Refused(Expected):
    """The role table does not allow this officer this act; *params* hold verb, section and right."""


class Blocked(Expected):
    """A rule of the programme stands in the way; *params* hold the rule's id and what is missing."""


class BadValue(Expected):
    """A value does not fit its field; *params* hold entity, field and why."""
