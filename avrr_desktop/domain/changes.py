"""What a verb changed, so that open screens can decide whether they care."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Changes:
    """
    The kinds of entity touched and the cases they belong to.

    Attributes:
        kinds: Entity kinds ("person", "plan_line").
        cases: Case ids; empty for acts of the office.
        entities: Entity ids.
    """

    kinds: frozenset[str] = frozenset()
    cases: frozenset[str] = frozenset()
    entities: frozenset[str] = frozenset()

    def __or__(self, other: Changes) -> Changes:
        return Changes(self.kinds | other.kinds, self.cases | other.cases, self.entities | other.entities)

    def __bool__(self) -> bool:
        return bool(self.kinds or self.cases or self.entities)
