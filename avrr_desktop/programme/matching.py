"""Which entitlement fits a person, when some facts are not known."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from avrr_desktop.programme.model import Entitlement, Programme


@dataclass(frozen=True, slots=True)
class ParticipantFacts:
    """
    What the rules read about one person; None is "not known".

    *group* None is the group of the question. *claim_on* is the day of the protection claim, *stage* a
    stage code of the programme, *dco* whether the person is a national of a designated country of origin.
    *takes_part* False: travels with the family, is not a participant.
    """

    person_id: str
    claim_on: date | None = None
    stage: str | None = None
    dco: bool | None = None
    canadian_citizen: bool | None = None
    group: str | None = None
    takes_part: bool = True


def find_rule(
    programme: Programme, person: ParticipantFacts, on: date, group: str | None, kind: str
) -> tuple[tuple[str, ...], Entitlement | None]:
    """Return the facts that must be known first, or the rule that fires; neither when no rule fits."""
    group_offered = (person.group or group) in (None, *programme.groups)
    if kind not in programme.kinds or not group_offered:
        return (), None
    lacking: list[str] = []
    for rule in programme.entitlements:
        if not rule.fired.is_valid_on(on):
            continue
        lacks = _lacks(programme, rule, person, person.group or group, kind)
        if lacks == ():
            return (), rule
        lacking += lacks or ()
    return tuple(dict.fromkeys(lacking)), None


def _lacks(
    programme: Programme, rule: Entitlement, person: ParticipantFacts, group: str | None, kind: str
) -> tuple[str, ...] | None:
    """Return the facts still needed to say that *rule* fires: none when it does, None when it cannot."""
    when = rule.when
    regime = next((r.code for r in programme.regimes if person.claim_on and r.holds(person.claim_on)), "")
    parts: tuple[tuple[str, bool, bool, bool], ...] = (
        ("kind", bool(when.kinds), True, kind in when.kinds),
        ("group", bool(when.groups), group is not None, group in when.groups),
        ("claim_on", bool(when.regimes), person.claim_on is not None, regime in when.regimes),
        ("stage", bool(when.stages), person.stage is not None, person.stage in when.stages),
        ("dco", when.dco is not None, person.dco is not None, person.dco == when.dco),
    )
    asked = [(fact, is_known, fits) for fact, is_asked, is_known, fits in parts if is_asked]
    if any(is_known and not fits for _, is_known, fits in asked):
        return None
    return tuple(fact for fact, is_known, _ in asked if not is_known)
