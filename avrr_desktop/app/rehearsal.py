"""
People an office of rehearsal: invented returnees, each walked through the program's own verbs to some stage.

Nothing is written past the services. Every case is a script that says how long until its next act; one scheduler
runs all scripts in the order of time, so that histories read as if they had been lived.
"""

from __future__ import annotations

import heapq
import itertools
import struct
import zlib
from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from avrr_desktop.app.invented import PEOPLE, Invented
from avrr_desktop.app.talking import talk
from avrr_desktop.domain.acting import Actor
from avrr_desktop.domain.casefile import ConsentState, Purpose
from avrr_desktop.domain.counselling import Mode, SignedHow
from avrr_desktop.domain.legal import Answer3, Group, ProtectedGroup, ReturnKind, Verdict
from avrr_desktop.domain.reintegration import Category
from avrr_desktop.services import (
    casework,
    consenting,
    declaring,
    enrolling,
    interviewing,
    people,
    planning,
    referring,
    travelling,
)
from avrr_desktop.services.desk import Desk

PROGRAMME = "office-template"
CEILING_MINOR = 200_000
"""What the rehearsal office confirms per person: CAD 2,000.00 for every kind of return."""
CONSENTS = {
    Purpose.ASSISTANCE: ConsentState.GIVEN,
    Purpose.RECEIVING_OFFICE: ConsentState.GIVEN,
    Purpose.RESEARCH: ConsentState.REFUSED,
}
"""What every adult of the rehearsal answers."""


class MovingClock:
    """A clock that a rehearsal sets back, and that runs with the real one once let go."""

    def __init__(self, real: Callable[[], datetime]) -> None:
        self._real = real
        self._set: datetime | None = None

    def __call__(self) -> datetime:
        """Return the instant set, or the real one."""
        return self._set or self._real()

    def set(self, instant: datetime | None) -> None:
        """Stand still at *instant*; None follows the real clock again."""
        self._set = instant


@dataclass(frozen=True, slots=True)
class Cast:
    """Who works in the rehearsal: the case officers in turn, and the supervisor."""

    case_officers: tuple[Actor, ...]
    supervisor: Actor


Script = Generator[timedelta, None, None]


def signature_png(name: str) -> bytes:
    """Draw a small picture that stands for a signature: a wave whose shape comes from the name."""
    width, height = 240, 60
    seed = zlib.crc32(name.encode())
    rows = [bytearray(b"\xff" * width) for _ in range(height)]
    for x in range(16, width - 16):
        swing = ((seed >> (x // 24 % 28)) & 15) - 8
        y = height // 2 + swing * ((x % 24) - 12) // 12
        for thick in (0, 1):
            rows[max(0, min(height - 1, y + thick))][x] = 0
    raw = b"".join(b"\x00" + bytes(row) for row in rows)

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(raw)) + chunk(b"IEND", b"")


def rehearse(desk: Desk, cast: Cast, clock: MovingClock, folk: Sequence[Invented] = PEOPLE) -> list[str]:
    """
    Walk every invented person to their stage.

    Returns:
        Case ids in the order of *folk*.
    """
    now = clock()
    clock.set(now - timedelta(hours=max(person.hours_ago for person in folk) + 1))
    for programme, amounts in _amounts_to_confirm(desk):
        for rule, amount in amounts:
            planning.confirm_amount(desk, cast.supervisor, programme, rule, amount)
    made: dict[int, str] = {}
    turn = itertools.count()
    waiting: list[tuple[datetime, int, Script]] = []
    for index, person in enumerate(folk):
        actor = cast.case_officers[index % len(cast.case_officers)]
        begins = now - timedelta(hours=person.hours_ago)
        heapq.heappush(waiting, (begins, next(turn), _life(desk, actor, person, index, made, now)))
    while waiting:
        at, _order, script = heapq.heappop(waiting)
        clock.set(min(at, now))
        pause = next(script, None)
        if pause is not None:
            heapq.heappush(waiting, (at + pause, next(turn), script))
    clock.set(None)
    return [made[index] for index in sorted(made)]


def _amounts_to_confirm(desk: Desk) -> list[tuple[str, list[tuple[str, int]]]]:
    rules = desk.programmes[PROGRAMME]
    return [(PROGRAMME, [(e.fired.rule_id, CEILING_MINOR) for e in rules.entitlements])]


def _life(desk: Desk, actor: Actor, who: Invented, index: int, made: dict[int, str], now: datetime) -> Script:
    """Live one case up to `who.stage`; each yield is the time until the next act."""
    life = _Life(desk, actor, who, now)
    steps: tuple[tuple[int, Callable[[], None], frozenset[str]], ...] = (
        (0, life.refer, frozenset({"referred"})),
        (3 + index % 9, life.reach, frozenset({"contacted"})),
        (20, life.choose, frozenset({"citizen", "declined"})),
        (0, life.talk, frozenset({"interviewing", "interviewed"})),
        (26, life.enrol, frozenset({"enrolled", "withdrawn"})),
        (22, life.plan, frozenset({"planning", "agreed"})),
        (0, life.travel, frozenset()),
    )
    for hours, act, last_of in steps:
        if hours:
            yield timedelta(hours=hours)
        act()
        made[index] = life.case
        if who.stage in last_of:
            return


class _Life:
    """One case and the acts of its life; each act stops where `who.stage` ends."""

    def __init__(self, desk: Desk, actor: Actor, who: Invented, now: datetime) -> None:
        self._desk, self._actor, self._who, self._now = desk, actor, who, now
        self.case = ""
        self._principal = ""
        self._adults: list[people.PersonView] = []

    def refer(self) -> None:
        """Take the referral."""
        desk, actor, who = self._desk, self._actor, self._who
        draft = referring.NewReferral(
            who.family_name, who.given_names, desk.clock(), desk.zone, script_name=who.script_name
        )
        self.case = referring.new_referral(desk, actor, draft).value
        casework.set_destination(desk, actor, self.case, country=who.country, place=who.place)
        self._principal = people.people(desk, actor, self.case)[0].id

    def reach(self) -> None:
        """Note the first contact, and who belongs to the family."""
        desk, actor, case, who = self._desk, self._actor, self.case, self._who
        referring.log_first_contact(desk, actor, case, at=desk.clock(), how="phone")
        known = {"language": who.language, "interpreter": False, "reads": "yes"}
        people.edit_person(desk, actor, case, self._principal, **known)
        born = {"born_on": who.born_on, "born_precision": "day", "sex": who.sex, "phone": who.phone}
        people.edit_person(desk, actor, case, self._principal, **born)
        for one in who.family:
            added = people.add_person(
                desk,
                actor,
                case,
                family_name=one.family_name,
                given_names=one.given_names,
                relation=one.relation,
            ).value
            people.edit_person(desk, actor, case, added, born_on=one.born_on, born_precision="day")
            people.set_citizenships(desk, actor, case, added, one.citizenships)

    def choose(self) -> None:
        """Ask for citizenships; choose programme, kind and group."""
        desk, actor, case, who = self._desk, self._actor, self.case, self._who
        people.set_citizenships(desk, actor, case, self._principal, who.citizenships)
        kind = ReturnKind(who.return_kind)
        enrolling.choose_programme(desk, actor, case, programme=PROGRAMME, return_kind=kind, applied_on=desk.today())
        enrolling.set_group(desk, actor, case, self._principal, _group(who.group))
        if who.stage == "declined":
            enrolling.decline(desk, actor, case, "Wants to stay with a sister for now.")

    def talk(self) -> None:
        """Ask every adult for consent and hold the interview."""
        desk, actor, case, who = self._desk, self._actor, self.case, self._who
        self._adults = [p for p in people.people(desk, actor, case) if p.takes_part and not p.is_minor]
        for adult in self._adults[1:]:
            enrolling.set_group(desk, actor, case, adult.id, _group(who.group))
        for adult in self._adults:
            consenting.record_consents(
                desk,
                actor,
                case,
                adult.id,
                CONSENTS,
                on=desk.today(),
                language=who.language,
                interpreter=None,
            )
        interview = interviewing.begin_interview(
            desk,
            actor,
            case,
            self._principal,
            language="fr" if who.language == "fr" else "en",
            place="Interview room 2",
            mode=Mode.OFFICE,
            interpreter=None,
        ).value
        sitting = interviewing.Sitting(desk, actor, case, interview)
        if who.stage == "interviewing":
            talk(sitting, who, topics=2)
            sitting.end()
        else:
            talk(sitting, who)
            sitting.complete()

    def enrol(self) -> None:
        """Decide, sign the declarations, enrol; or change one's mind."""
        desk, actor, case = self._desk, self._actor, self.case
        if self._who.stage == "withdrawn":
            enrolling.withdraw(desk, actor, case, None)
            return
        _decide(desk, actor, case, self._who)
        for adult in self._adults:
            declaring.sign_declaration(
                desk,
                actor,
                case,
                adult.id,
                picture=signature_png(adult.name),
                how=SignedHow.SCREEN,
                language="en",
                signed_on=desk.today(),
                place="Toronto",
                interpreter=None,
            )
        enrolling.enrol(desk, actor, case)

    def plan(self) -> None:
        """Write the plan, and sign it where the case goes on."""
        desk, actor, case = self._desk, self._actor, self.case
        _plan(desk, actor, case, self._who)
        if self._who.stage == "planning":
            return
        planning.record_feasibility(desk, actor, case, "yes")
        planning.sign_plan(
            desk,
            actor,
            case,
            person=self._principal,
            picture=signature_png(self._who.given_names),
            signed_on=desk.today(),
            place="Toronto",
        )

    def travel(self) -> None:
        """Write the flights."""
        _journey(self._desk, self._actor, self.case, self._who, self._now)


def _group(word: str) -> Group | ProtectedGroup:
    return ProtectedGroup(word) if word in {member.value for member in ProtectedGroup} else Group(word)


def _decide(desk: Desk, actor: Actor, case: str, who: Invented) -> None:
    """Tick the checklist and write the authority's decision, where one decides."""
    for line in enrolling.checklist(desk, actor, case).lines:
        if line.state.code != "EL09":
            enrolling.answer_criterion(
                desk,
                actor,
                case,
                line.state.code,
                answer=Answer3.YES,
                evidence="Letter seen",
                confirmed_by="J. Leblanc",
                confirmed_on=desk.today(),
            )
    if who.return_kind != "stranded":
        enrolling.record_authority_decision(
            desk,
            actor,
            case,
            verdict=Verdict.ELIGIBLE,
            officer="J. Leblanc",
            on=desk.today(),
            reference=None,
        )


def _plan(desk: Desk, actor: Actor, case: str, who: Invented) -> None:
    planning.write_goal(desk, actor, case, who.goal)
    for category, description, quantity, price in who.lines:
        planning.write_line(desk, actor, case, planning.LineDraft(Category(category), description, quantity, price))


def _journey(desk: Desk, actor: Actor, case: str, who: Invented, now: datetime) -> None:
    """Book the invented flights; day 0 is the day the rehearsal begins."""
    start = now.date() + timedelta(days=8)
    for flight, origin, departs, destination, arrives in who.flights:
        travelling.write_leg(
            desk,
            actor,
            case,
            travelling.LegDraft(flight, origin, _local(start, departs), destination, _local(start, arrives)),
        )
    travelling.describe_journey(
        desk,
        actor,
        case,
        meeting_departure="Terminal 1, door C. Samira waits with a blue folder.",
        meeting_arrival="Arrivals hall, a sign with your first names.",
        onward=f"A car takes you to {who.place}.",
        baggage="Two pieces of 23 kg each",
    )


def _local(start: date, written: str) -> str:
    """Return "2026-12-02T17:55" for "0 17:55": days after *start* and the time on the clock."""
    days, _space, time = written.partition(" ")
    return f"{start + timedelta(days=int(days))}T{time}"
