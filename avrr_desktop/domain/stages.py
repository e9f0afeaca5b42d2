"""The journey's stops: the officer's stages, the neutral words every office may see, the rail.

Source: DOMAIN.md 2.1 (states), DESIGN.md 4 (neutral words in section core).
"""

from __future__ import annotations

from enum import StrEnum


class Standing(StrEnum):
    """Where a case stands, in words that tell a stranger nothing about its legal side. Most protective first."""

    NOT_TRAVELLING = "not_travelling"
    PREPARING = "preparing"
    READY = "ready"
    DEPARTED = "departed"
    ARRIVED = "arrived"
    ACTIVE = "active"
    MONITORED = "monitored"
    CLOSED = "closed"


class Stage(StrEnum):
    """The last gate passed, derived from gate passes; this version moves a case up to PLAN_AGREED."""

    REFERRED = "referred"
    CONTACTED = "contacted"
    INTERVIEWED = "interviewed"
    ENROLLED = "enrolled"
    PLAN_AGREED = "plan_agreed"


GATES: tuple[tuple[str, Stage], ...] = (
    ("G1", Stage.CONTACTED),
    ("G2", Stage.INTERVIEWED),
    ("G3", Stage.ENROLLED),
    ("G4", Stage.PLAN_AGREED),
)
"""Gate id and the stage it opens, in order."""


class Stop(StrEnum):
    """The ten stops of the rail, in order."""

    REFERRAL = "referral"
    INTERVIEW = "interview"
    ENROLMENT = "enrolment"
    PLAN = "plan"
    TRAVEL = "travel"
    DEPARTURE = "departure"
    ARRIVAL = "arrival"
    REINTEGRATION = "reintegration"
    MONITORING = "monitoring"
    CLOSED = "closed"


NOW: dict[Stage, Stop] = {
    Stage.REFERRED: Stop.REFERRAL,
    Stage.CONTACTED: Stop.INTERVIEW,
    Stage.INTERVIEWED: Stop.ENROLMENT,
    Stage.ENROLLED: Stop.PLAN,
    Stage.PLAN_AGREED: Stop.TRAVEL,
}
"""The stop a case works on while at a stage."""


def stage_of(passed: frozenset[str]) -> Stage:
    """Return the stage of a case that has passed the gates *passed* (ids): the furthest without a hole before it."""
    stage = Stage.REFERRED
    for gate, opens in GATES:
        if gate not in passed:
            break
        stage = opens
    return stage
