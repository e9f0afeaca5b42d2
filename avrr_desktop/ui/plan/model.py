"""The plan of a case: its state as the page draws it, and what an officer does with it. No Qt here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from avrr_desktop.domain.acting import Actor
from avrr_desktop.domain.failures import Expected
from avrr_desktop.domain.money import Money
from avrr_desktop.domain.reintegration import Category
from avrr_desktop.domain.sections import Right, Section
from avrr_desktop.services import planning
from avrr_desktop.services.ceilings import CeilingWhy, explain_ceiling
from avrr_desktop.services.desk import Desk, Done
from avrr_desktop.services.history import officer_names
from avrr_desktop.services.people import people
from avrr_desktop.services.planning import LineView, PlanView, Weighed
from avrr_desktop.ui.plan.typed import Typed, read_line, typed_of

READS = (Section.CORE, Section.REINT, Section.MONEY)
SIGNS = (Section.LEGAL, Section.COUNS)
PARTS = frozenset({"plan", "plan_line", "person", "citizenship", "status", "participation", "gate_pass", "stop",
                   "declaration", "consent", "interview", "programme_confirmation", "case", "ceiling"})  # fmt: skip
"""Kinds whose change redraws the plan."""


@dataclass(frozen=True, slots=True)
class Someone:
    """A person a line can be for; adults who take part can sign."""

    id: str
    name: str
    can_sign: bool


@dataclass(frozen=True, slots=True)
class Group:
    """One of the nine categories with its lines in order, and their sum (None without lines)."""

    category: Category
    lines: tuple[LineView, ...]
    total: Money | None


@dataclass(frozen=True, slots=True)
class State:
    """
    All that the page shows.

    Attributes:
        plan: The plan with its sums.
        groups: All nine categories, in the programme's order.
        people: Who a line can be for; empty id means everybody.
        why: The ceiling explained; None where section legal is not held here.
        missing: What stands before the signature, codes of gate G4; None where it cannot be judged here.
        can_write: Whether lines may be changed: by role, and not signed.
        signed_by: Name of who signed, "" before.
        officer: Name of the officer who signed, "" before.
        today: The office's date.
        place: Where the office is, offered as the place of the signature.
        contact_days: Days after arrival within which the person makes contact.
    """

    plan: PlanView
    groups: tuple[Group, ...]
    people: tuple[Someone, ...]
    why: CeilingWhy | None
    missing: tuple[str, ...] | None
    can_write: bool
    signed_by: str
    officer: str
    today: date
    place: str
    contact_days: int

    @property
    def can_sign(self) -> bool:
        """Tell whether nothing stands before the signature."""
        return self.missing == () and not self.plan.is_signed

    def name_of(self, person: str | None) -> str:
        """Return the name of a person, "" for everybody."""
        return next((one.name for one in self.people if one.id == person), "")


class PlanModel:
    """
    The plan of one case, read anew with `load`.

    Raises:
        Expected: Every verb passes on what its service refuses; the state stays as it was.
    """

    def __init__(self, desk: Desk, actor: Actor, case: str) -> None:
        self._desk = desk
        self._actor = actor
        self.case = case
        self.state = self._read()

    def load(self) -> State:
        """Read everything again."""
        self.state = self._read()
        return self.state

    def typed(self, line: str) -> Typed:
        """Return the fields of an existing line."""
        view = next(one for one in self.state.plan.lines if one.id == line)
        return typed_of(view, self.state.plan.currency)

    def weigh(self, typed: Typed, category: Category, line: str | None) -> Weighed | None:
        """Say what the typed line would do to the sums; None while a field cannot be read."""
        try:
            draft = read_line(typed, category, self.state.plan.currency)
            return planning.weigh(self.state.plan, draft, line)
        except Expected:
            return None

    def write(self, typed: Typed, category: Category, line: str | None) -> Done[str]:
        """Write the line. Raises what `typed.read_line` and `planning.write_line` raise."""
        draft = read_line(typed, category, self.state.plan.currency)
        return planning.write_line(self._desk, self._actor, self.case, draft, line)

    def remove(self, line: str) -> Done[None]:
        """Put a line into the trash."""
        return planning.remove_line(self._desk, self._actor, self.case, line)

    def write_goal(self, goal: str) -> Done[None]:
        """Write the goal in the person's own words."""
        return planning.write_goal(self._desk, self._actor, self.case, goal.strip())

    def answer_feasibility(self, answer: str) -> Done[None]:
        """Write the receiving office's answer: "yes", "no", "after_arrival"."""
        return planning.record_feasibility(self._desk, self._actor, self.case, answer)

    def sign(self, person: str, picture: bytes, media: str, place: str, explained: bool) -> Done[None]:
        """Sign today; *explained* is the tick beside the rule of first contact."""
        return planning.sign_plan(
            self._desk,
            self._actor,
            self.case,
            person=person,
            picture=picture,
            signed_on=self.state.today,
            place=place.strip(),
            media=media,
            explained=explained,
        )

    def _read(self) -> State:
        desk, actor, case = self._desk, self._actor, self.case
        plan = planning.plan(desk, actor, case)
        everyone = people(desk, actor, case)
        holds_legal = actor.may(Right.READ, Section.LEGAL)
        judges = all(actor.may(Right.READ, section) for section in (*SIGNS, *READS))
        someone = tuple(Someone(p.id, p.name, p.takes_part and not p.is_minor) for p in everyone if p.takes_part)
        names = {p.id: p.name for p in everyone}
        groups = tuple(_group(category, plan) for category in Category)
        return State(
            plan,
            groups,
            someone,
            explain_ceiling(desk, actor, case) if holds_legal else None,
            planning.before_signing(desk, actor, case) if judges else None,
            actor.may(Right.WRITE, Section.REINT) and not plan.is_signed,
            names.get(plan.plan.signed_by or "", ""),
            officer_names(desk).get(plan.plan.officer or "", ""),
            desk.today(),
            desk.office().name or "",
            planning.support_lengths(desk, case)[0],
        )


def _group(category: Category, plan: PlanView) -> Group:
    lines = tuple(view for view in plan.lines if view.line.category is category)
    return Group(category, lines, plan.sums().get(category))
