"""What the journal refuses.

Failure (domain.failures)
├── Expected
│   └── Rejected            something that was read is not acceptable
│       ├── NotCanonical    bytes are not the one canonical spelling of a value
│       ├── Malformed       header, payload or context has a wrong shape; `why` names the place
│       ├── TooLarge        a limit was passed; `limit` names it, `most` is its size
│       ├── Forged          the device's signature does not fit the header
│       └── Altered         the payload is not the one the header was signed for
│   └── NotHeld             a value that is withheld here would be overwritten unseen
└── Fault
    ├── NotAValue           our own code offered something canonical JSON cannot hold
    └── NotSealable         our own code offered a commit that `parse` would refuse
"""

from __future__ import annotations

from avrr_desktop.domain.failures import Expected, Fault


class Rejected(Expected):
    """Something that was read is not acceptable; every reader in this package raises only this family."""


class NotCanonical(Rejected):
    """The bytes are not the one canonical spelling of a value; *params* hold `why`."""

    def __init__(self, why: str) -> None:
        super().__init__("journal.not_canonical", why=why)


class Malformed(Rejected):
    """A header, payload or context has a wrong shape; *params* hold `why`."""

    def __init__(self, why: str) -> None:
        super().__init__("journal.malformed", why=why)


class TooLarge(Rejected):
    """A limit was passed; *params* hold `limit` and `most`."""

    def __init__(self, limit: str, most: int) -> None:
        super().__init__("journal.too_large", limit=limit, most=most)


class Forged(Rejected):
    """The signature does not fit header and device; *params* hold `cid` and `device`."""

    def __init__(self, cid: str, device: str) -> None:
        super().__init__("journal.forged", cid=cid, device=device)


class Altered(Rejected):
    """A payload does not lead to the root in its header; *params* hold `cid`."""

    def __init__(self, cid: str) -> None:
        super().__init__("journal.altered", cid=cid)


class NotHeld(Expected):
    """A register whose value is withheld here is not overwritten; *params* name the register."""

    def __init__(self, stream: str, type: str, entity: str, register: str) -> None:
        super().__init__("journal.not_held", stream=stream, type=type, entity=entity, register=register)


class NotAValue(Fault):
    """A Python object that canonical JSON cannot hold was offered; *params* hold `why`."""

    def __init__(self, why: str) -> None:
        super().__init__("journal.not_a_value", why=why)


class NotSealable(Fault):
    """A commit that no reader would accept was offered for sealing; *params* hold `why`."""

    def __init__(self, why: str) -> None:
        super().__init__("journal.not_sealable", why=why)
