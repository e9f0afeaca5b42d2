"""Several laptops, a pile of media and an all-knowing observer that holds them to SYNC.md 6.1.

The hypothesis machine and the seeded search over mutants drive the same world.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random

from avrr_desktop.journal.commit import Commit, withhold
from avrr_desktop.journal.errors import NotHeld
from avrr_desktop.journal.header import RegisterKey
from avrr_desktop.journal.merge import LATEST, MostProtective, Rule
from avrr_desktop.journal.payload import Absent
from avrr_desktop.journal.replica import EMPTY, Image, Laptop, Replica

STREAMS = ("case1:core", "case1:money")
CONTROL = "case1:ctl"
NAME = RegisterKey("person", "p1", "name")
AMOUNT = RegisterKey("payment", "y1", "amount")
CONSENT = RegisterKey("consent", "c1", "state")
KEYS = (NAME, AMOUNT, CONSENT)
OFFICERS = ("ana", "ben")
PLAIN_VALUES = (None, True, "same")
START_MS = 1_795_000_000_000
CUTS = ("whole", "first half", "second half", "even", "odd", "last", "even", "odd", "thinned")

Place = tuple[str, RegisterKey]


def sign_as(device: str, message: bytes) -> bytes:
    return hmac.digest(device.encode(), message, "sha512")


def check(device: str, message: bytes, signature: bytes) -> bool:
    return hmac.compare_digest(sign_as(device, message), signature)


def rules(key: RegisterKey) -> Rule:
    return MostProtective((None, "same", True)) if key == CONSENT else LATEST


@dataclass
class Seat:
    """A laptop with what the observer knows of it."""

    device: str
    replica: Replica
    wall: list[int]
    pending: dict[Place, frozenset[str]] = field(default_factory=dict)
    superseded: set[tuple[str, int]] = field(default_factory=set)


@dataclass
class Disk:
    """A copied disk: its image and what was pending in it."""

    seat: int
    image: Image
    pending: dict[Place, frozenset[str]]


class World:
    """Act on laptops; after every act and at the end, look for a broken promise (AssertionError)."""

    def __init__(self, replica_type: type[Replica] = Replica, seats: int = 3) -> None:
        self.replica_type = replica_type
        self.counter = 0
        self.known: set[str] = set()
        self.seen: dict[tuple[str, RegisterKey], frozenset[str]] = {}
        self.media: list[tuple[Commit, ...]] = []
        self.disks: list[Disk] = []
        self.seats: list[Seat] = []
        for i in range(seats):
            self.sit(f"laptop{i}", EMPTY, {})

    # Acts

    def sit(self, device: str, image: Image, pending: dict[Place, frozenset[str]]) -> None:
        wall = [START_MS]
        self.seats.append(Seat(device, self.start(device, wall, image), wall, dict(pending)))
        self.observe(self.seats[-1])

    def start(self, device: str, wall: list[int], image: Image) -> Replica:
        def now() -> int:
            wall[0] += 7
            return wall[0]

        laptop = Laptop(
            device=device,
            sign=lambda message: sign_as(device, message),
            check=check,
            wall_ms=now,
            new_writer=lambda: self.chance("writer")[:8].hex(),
            new_seed=lambda: self.chance("seed")[:16],
            rules=rules,
            is_blocking=lambda key: key == AMOUNT,
        )
        return self.replica_type(laptop, image)

    def chance(self, what: str) -> bytes:
        self.counter += 1
        return hashlib.sha256(f"{what} {self.counter}".encode()).digest()

    def edit(self, at: int, stream: str, key: RegisterKey, officer: str, plain: int | None = None) -> None:
        seat = self.seat(at)
        self.counter += 1
        value = f"value {self.counter:06}" if plain is None else PLAIN_VALUES[plain]
        before = {c.cid for c in seat.replica.ledger.commits()}
        try:
            seat.replica.write(stream, key, value, officer)
        except NotHeld:
            return
        # An open commit of another officer was sealed first: this writer has seen its values too.
        held = frozenset(before | {c.cid for c in seat.replica.ledger.commits()})
        self.observe(seat, wrote=(stream, key), held=held)
        assert seat.replica.shown(stream, key) == value

    def seal(self, at: int) -> None:
        seat = self.seat(at)
        before = seat.replica.projection()
        seat.replica.seal_all()
        assert seat.replica.projection() == before, "sealing changed a shown value"
        self.observe(seat)

    def settle(self, at: int, stream: str, key: RegisterKey, officer: str) -> None:
        seat = self.seat(at)
        seat.replica.seal(stream)
        self.observe(seat)
        heads = seat.replica.ledger.heads(stream, key)
        value = heads[0].value if heads else None
        if isinstance(value, Absent):
            return
        seat.pending[stream, key] = self.held(seat)
        try:
            seat.replica.settle(stream, key, value, officer)
        except NotHeld:
            return
        self.observe(seat)

    def export(self, at: int, cut: str, streams: Sequence[str] | None = None) -> None:
        seat = self.seat(at)
        out = seat.replica.export(streams)
        self.observe(seat)
        half = len(out) // 2
        part = {
            "whole": out,
            "first half": out[:half],
            "second half": out[half:],
            "even": out[::2],
            "odd": out[1::2],
            "last": out[-1:],
            "thinned": tuple(withhold(commit, {0}) for commit in out),
        }[cut]
        if part:
            self.media.append(part)

    def deliver(self, medium: int, at: int, mix: int = 0) -> None:
        if self.media:
            seat = self.seat(at)
            commits = list(self.media[medium % len(self.media)])
            Random(mix).shuffle(commits)
            self.receive(seat, commits + commits[: mix % 3])

    def receive(self, seat: Seat, commits: Sequence[Commit]) -> None:
        seat.replica.receive(commits)
        self.observe(seat)

    def copy_disk(self, at: int, sealed: bool) -> None:
        seat = self.seat(at)
        image = seat.replica.backup() if sealed else seat.replica.image()
        self.observe(seat)
        self.disks.append(Disk(at % len(self.seats), image, dict(seat.pending)))

    def restore(self, disk: int) -> None:
        """Put an old disk back into its laptop; what was not exported since is gone."""
        if self.disks:
            old = self.disks[disk % len(self.disks)]
            self.boot(self.seats[old.seat], old.image, old.pending)

    def clone(self, disk: int) -> None:
        """Run a copied disk beside the original, up to four laptops."""
        if self.disks and len(self.seats) < 4:
            old = self.disks[disk % len(self.disks)]
            self.sit(self.seats[old.seat].device, old.image, old.pending)

    def crash(self, at: int) -> None:
        seat = self.seat(at)
        before = seat.replica.projection()
        self.boot(seat, seat.replica.image(), seat.pending)
        assert seat.replica.projection() == before, "a crash changed a shown value"

    def boot(self, seat: Seat, image: Image, pending: dict[Place, frozenset[str]]) -> None:
        seat.replica = self.start(seat.device, seat.wall, image)
        seat.pending = dict(pending)
        seat.superseded = set()
        self.observe(seat)

    def turn_clock(self, at: int, seconds: int) -> None:
        self.seat(at).wall[0] = START_MS + seconds * 1000

    def erase(self, at: int, stream: str, key: RegisterKey, stream_of_act: str = CONTROL) -> None:
        seat = self.seat(at)
        seat.replica.seal_all()
        self.observe(seat)
        heads = seat.replica.ledger.heads(stream, key)
        if heads:
            seat.replica.erase(stream_of_act, [(heads[-1].cid, heads[-1].index)], "ana")
            self.observe(seat)

    # The observer

    def seat(self, at: int) -> Seat:
        return self.seats[at % len(self.seats)]

    def held(self, seat: Seat) -> frozenset[str]:
        return frozenset(commit.cid for commit in seat.replica.ledger.commits())

    def observe(self, seat: Seat, wrote: Place | None = None, held: frozenset[str] = frozenset()) -> None:
        """Note who held what when a value was written, and that nothing superseded came back."""
        ledger = seat.replica.ledger
        for commit in ledger.commits():
            if commit.cid not in self.known:
                self.known.add(commit.cid)
                for key in commit.header.keys:
                    if (commit.header.stream, key) == wrote and wrote not in seat.pending:
                        self.seen[commit.cid, key] = held - {commit.cid}
                    else:
                        self.seen[commit.cid, key] = seat.pending[commit.header.stream, key]
        opened = seat.replica.opened()
        if wrote is not None:
            seat.pending[wrote] = held
        seat.pending = {p: h for p, h in seat.pending.items() if p[0] in opened and p[1] in opened[p[0]].ops}
        for place in ledger.places():
            heads = {(head.cid, head.index) for head in ledger.heads(*place)}
            assert heads, "a register lost all its values"
            assert not heads & seat.superseded, "a superseded value became current again"
            seat.superseded |= {(e.cid, e.index) for e in ledger.history(*place)} - heads

    def judge(self) -> None:
        """Exchange everything and hold the laptops to oracles (a), (b), (c) and (e)."""
        for at, seat in enumerate(self.seats):
            self.seal(at)
            self.judge_one(seat)
        everything = [c for seat in self.seats for c in seat.replica.export()]
        for medium in self.media:
            everything.extend(medium)
        for seat in self.seats:
            self.receive(seat, everything)
            self.judge_one(seat)
        assert len({seat.replica.ledger.digest() for seat in self.seats}) == 1, "laptops differ"
        self.judge_coverage(self.seats[0])

    def judge_one(self, seat: Seat) -> None:
        ledger = seat.replica.ledger
        assert ledger.rebuilt().digest() == ledger.digest(), "rebuilding differs"
        assert not ledger.twins(), "one dot, two commits"
        for cid, index in ledger.erased():
            commit = ledger.find(cid)
            if commit is not None:
                assert isinstance(commit.payload.values[index], Absent), "an erased value is here"
                assert commit.payload.seed is None, "an erased value can be guessed"

    def judge_coverage(self, seat: Seat) -> None:
        """Every value is current, or superseded by an author who held it; and never both."""
        ledger = seat.replica.ledger
        for stream, key in ledger.places():
            history = ledger.history(stream, key)
            heads = {head.cid for head in ledger.heads(stream, key)}
            for entry in history:
                replaced = any(entry.cid in self.seen[other.cid, key] for other in history)
                assert entry.cid in heads or replaced, "a value was lost"
                assert entry.cid not in heads or not replaced, "a replaced value still stands"


def play(world: World, chance: Random, steps: int = 30) -> None:
    """Act at random; the acts that make gaps and leftovers are drawn more often than life would."""
    for _ in range(steps):
        act = chance.choices(
            ["edit", "seal", "settle", "export", "deliver", "copy", "restore", "clone", "crash", "clock", "erase"],
            [30, 4, 3, 16, 24, 5, 4, 2, 4, 2, 5],
        )[0]
        at, pick = chance.randrange(4), chance.randrange(1000)
        stream, key, officer = chance.choice(STREAMS), chance.choice(KEYS), chance.choice(OFFICERS)
        if act == "edit":
            world.edit(at, stream, key, officer, chance.choice([None, None, None, 0, 1, 2]))
        elif act == "seal":
            world.seal(at)
        elif act == "settle":
            world.settle(at, stream, key, officer)
        elif act == "export":
            world.export(at, chance.choice(CUTS))
        elif act == "deliver":
            world.deliver(pick, at, chance.randrange(1000))
        elif act == "copy":
            world.copy_disk(at, sealed=chance.random() < 0.5)
        elif act == "restore":
            world.restore(pick)
        elif act == "clone":
            world.clone(pick)
        elif act == "crash":
            world.crash(at)
        elif act == "clock":
            world.turn_clock(at, chance.choice([-(10**9), 10**9, 0]))
        else:
            world.erase(at, stream, key, chance.choice([CONTROL, stream]))
    world.judge()
