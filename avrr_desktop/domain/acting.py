"""The acting officer, given to every verb."""

from __future__ import annotations

from dataclasses import dataclass

from avrr_desktop.domain.failures import Refused
from avrr_desktop.domain.ids import OfficerId
from avrr_desktop.domain.sections import Right, Role, Section, rights


@dataclass(frozen=True, slots=True)
class Actor:
    """An officer who is unlocked at this laptop, with the roles held now."""

    officer: OfficerId
    roles: frozenset[Role]

    def may(self, right: Right, section: Section) -> bool:
        """Tell whether the role table gives *right* in *section*; WRITE includes COLLECT and OWN."""
        held = rights(self.roles, section)
        if right in (Right.COLLECT, Right.OWN, Right.CONTACT, Right.STAGE, Right.FITNESS) and Right.WRITE in held:
            return True
        return right in held

    def need(self, verb: str, *wanted: tuple[Right, Section]) -> None:
        """
        Refuse *verb* unless every pair of *wanted* is held.

        Raises:
            Refused: With verb, section and right of the first pair that is not.
        """
        for right, section in wanted:
            if not self.may(right, section):
                raise Refused("role.refused", verb=verb, section=section.value, right=right.value)
