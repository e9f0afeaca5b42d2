"""
A reference office of any size, made quickly: the program's own first run, then sealed commits taken in like a bundle.

One case is about two and a half people and twenty-four values in two commits, sections core and legal. Everything is
invented and repeatable. The folders live as long as the run.
"""

from __future__ import annotations

import atexit
import hashlib
import json
import random
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from avrr_desktop.app.paths import HOME_VARIABLE
from avrr_desktop.app.rehearsal_home import CHEAP, FACTS, PASSPHRASE
from avrr_desktop.app.wiring import Session, Wiring, wire
from avrr_desktop.domain.clock import instant_text, milliseconds
from avrr_desktop.domain.sections import Section, Stream, case_stream
from avrr_desktop.journal.canon import Value
from avrr_desktop.journal.commit import Commit, Op, seal
from avrr_desktop.journal.context import Context
from avrr_desktop.journal.header import RegisterKey
from avrr_desktop.services import beginning
from avrr_desktop.services.unlocking import Unlocked

NOW = datetime(2026, 11, 24, 15, 0, tzinfo=UTC)
DEVICE = "bench" + "a" * 21
SIGNING = Ed25519PrivateKey.from_private_bytes(bytes(32))
WRITER = "b" * 16
AT_ONCE = 5000
"""Commits taken in by one transaction."""

RARE, RARE_HITS = ("quillonde", "tamberlic", "vostrikha"), 20
"""Names that as many cases carry in an office of any size."""
_GIVEN = (
    "Amina", "Laszlo", "Maria", "Jose", "Yusuf", "Olena", "Nadia", "Pierre", "Chidi", "Ngozi", "Arjun", "Priya",
    "Minh", "Linh", "Ahmad", "Fatima", "Ivan", "Elena", "Pavlo", "Gabriel", "Sofia", "Mateo", "Lucia", "Istvan",
    "Eszter", "Jan", "Petra", "Emeka", "Kwame", "Abena", "Tesfaye", "Hana",
)  # fmt: skip
_FAMILY = (
    "Horvath", "Nagy", "Kovacs", "Okafor", "Adeyemi", "Garcia", "Lopez", "Hernandez", "Singh", "Sharma", "Nguyen",
    "Tran", "Haddad", "Rahimi", "Petrov", "Ivanenko", "Shevchenko", "Moreau", "Lemieux", "Farkas", "Balogh",
    "Lakatos", "Mensah", "Bekele", "Alemu", "Novak", "Svoboda", "Costa", "Silva", "Pereira",
)  # fmt: skip
_SCRIPT = ("محمد رضا", "فاطمة حداد", "Олена Шевченко", "राजेश शर्मा", "")
_GATES = ("G1", "G2", "G3", "G4")


@dataclass(frozen=True, slots=True)
class Reference:
    """An office on disk, closed. *sheet* is a file with the key, for child processes; *cases* in the order made."""

    home: Path
    sheet: Path
    wiring: Wiring
    unlocked: Unlocked
    cases: tuple[str, ...]

    def open(self) -> Session:
        """Open the office."""
        return self.wiring.open(self.unlocked)

    @property
    def store_path(self) -> Path:
        """The encrypted file."""
        return self.wiring.lock.store_path


def folder() -> Path:
    """Return a new folder that goes with the run."""
    made = Path(tempfile.mkdtemp(prefix="avrr-bench-"))
    atexit.register(shutil.rmtree, made, ignore_errors=True)
    return made


def check_signature(_device: str, message: bytes, signature: bytes) -> bool:
    """Check a commit of the bench's only laptop; a forged one raises and ends the run."""
    SIGNING.public_key().verify(signature, message)
    return True


@cache
def reference(cases: int) -> Reference:
    """Make, once a run, a closed office with so many cases."""
    home = folder()
    wiring = wire({HOME_VARIABLE: str(home)})
    wiring = replace(wiring, lock=replace(wiring.lock, use_keyring=False, cost=CHEAP))
    begun = beginning.begin(wiring.lock, FACTS, PASSPHRASE)
    beginning.finish(wiring.lock, FACTS, begun)
    made = tuple(entity_id("case", n) for n in range(cases))
    session = wiring.open(begun.unlocked)
    try:
        store, officer = session.sitting.desk.store, session.sitting.actor.officer
        part: list[Commit] = []
        for commit in commits(cases, officer):
            part.append(commit)
            if len(part) == AT_ONCE:
                store.apply(part, check_signature)
                part = []
        store.apply(part, check_signature)
    finally:
        session.close()
    sheet = home / "key.json"
    unlocked = begun.unlocked
    told = {"key": unlocked.key.reveal().hex(), "officer": unlocked.officer, "slot": unlocked.slot}
    sheet.write_text(json.dumps(told), encoding="utf-8")
    return Reference(home, sheet, wiring, unlocked, made)


def entity_id(word: str, number: int) -> str:
    """Return an id of 26 letters and digits."""
    chance = hashlib.sha256(f"{word}{number}".encode()).digest()
    return "".join("abcdefghijklmnopqrstuvwxyz234567"[byte % 32] for byte in chance[:26])


def commits(cases: int, officer: str) -> Iterator[Commit]:
    """Yield the sealed commits of so many cases, two each."""
    chance = random.Random(20261124)
    rare = {n * cases // RARE_HITS: n for n in range(RARE_HITS)} if cases >= RARE_HITS else {}
    for number in range(cases):
        case = entity_id("case", number)
        core = list(core_ops(chance, case, number, officer, is_rare=number in rare))
        yield sealed(case_stream(case, Section.CORE), officer, core, number)
        yield sealed(case_stream(case, Section.LEGAL), officer, list(_legal_ops(chance, case, number)), number)


def sealed(
    stream: Stream, officer: str, ops: list[Op], number: int, *, n: int = 1, previous: str | None = None
) -> Commit:
    """Seal *ops* as the bench's laptop would have done."""
    return seal(
        stream=stream,
        writer=WRITER,
        device=DEVICE,
        n=n,
        previous=previous,
        context=Context({}),
        t=milliseconds(NOW - timedelta(days=200)) + number,
        officer=officer,
        ops=ops,
        seed=hashlib.shake_128(f"{stream}{n}".encode()).digest(16),
        sign=SIGNING.sign,
    )


def core_ops(chance: random.Random, case: str, number: int, officer: str, *, is_rare: bool) -> Iterator[Op]:
    """Yield the values of one case's section core: the case, one to four people, the gates passed."""

    def op(kind: str, entity: str, register: str, **fields: Value) -> Op:
        return Op(RegisterKey(kind, entity, register), dict(fields))

    opened = instant_text(NOW - timedelta(minutes=37 * number % 300_000))
    yield op("case", case, "number", number=f"TOR-26-{entity_id('number', number)[:7].upper()}-R")
    yield op("case", case, "opened", opened_at=opened, opened_zone="America/Toronto")
    yield op("case", case, "standing", standing="not_travelling" if number % 9 == 0 else "preparing")
    yield op("case", case, "officer", officer=officer)
    yield op("case", case, "destination", destination_country="HU", destination_place="Miskolc")
    family = chance.choice(_FAMILY)
    for place in range(1 + number % 4):
        who = entity_id("person", number * 4 + place)
        given = " ".join(RARE).title() if is_rare and place == 0 else chance.choice(_GIVEN)
        born = f"{1950 + chance.randrange(60)}-{1 + chance.randrange(12):02}-{1 + chance.randrange(28):02}"
        yield op("person", who, "name", family_name=family, given_names=given)
        yield op("person", who, "birth", born_on=born, born_precision="day")
        yield op("person", who, "place", relation="principal" if place == 0 else "child", travels=True)
        yield op("person", who, "sex", sex=chance.choice("FM"))
        if place == 0:
            yield op("person", who, "own_script", script_name=chance.choice(_SCRIPT) or None)
            yield op("person", who, "language", language="hu", reads="yes", interpreter=True)
            yield op("person", who, "contact", phone=f"+1416555{number % 10000:04}", safe_to_call="yes")
    for gate in _GATES[: number % 5]:
        yield op("gate_pass", entity_id(gate, number), "pass", gate=gate, at=opened, by=officer)


def _legal_ops(chance: random.Random, case: str, number: int) -> Iterator[Op]:
    def op(kind: str, register: str, **fields: Value) -> Op:
        return Op(RegisterKey(kind, case, register), dict(fields))

    received = NOW - timedelta(minutes=37 * number % 300_000)
    yield op("referral", "received", received_at=instant_text(received), received_zone="America/Toronto")
    yield op("referral", "sender", client_id=f"{chance.randrange(10**8):08}", sender_officer="A. Roy")
    if number % 40:
        at = instant_text(received + timedelta(hours=3))
        yield op("referral", "first_contact", contacted_at=at, contacted_how="phone")
