"""Load programmes from their TOML files; a wrong file is refused whole, with file, line and reason."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

from avrr_desktop.programme.model import DeadlineRule, Entitlement, Programme, Regime
from avrr_desktop.programme.reader import Table, open_table
from avrr_desktop.programme.sections import (
    Known,
    read_all,
    read_category,
    read_criterion,
    read_currency,
    read_deadline,
    read_entitlement,
    read_gate,
    read_regime,
    read_report_time,
    read_retention,
    read_source,
    read_stop,
)
from avrr_desktop.programme.values import Fired, ProgrammeRefused, Refusal, Source

FORMAT = 1
"""The file format this version reads; a file of a later one is refused."""


def load(path: Path) -> Programme:
    """
    Read the programme file at *path*.

    Raises:
        ProgrammeRefused: It cannot be read, or a rule is wrong, has no source, or clashes with another.
    """
    top = open_table(path)
    if top.whole("format") != FORMAT:
        top.refuse(Refusal.NEWER_FORMAT, str(FORMAT), "format")
    code, name = top.code("code"), top.text("name")
    currency = read_currency(top)
    valid_from, valid_to = top.days("valid_from", "valid_to")
    known = Known(
        sources=MappingProxyType(_read_sources(top)),
        kinds=top.codes("kinds"),
        groups=top.codes("groups"),
        stages=top.codes("stages"),
        currency=currency,
        valid_from=valid_from,
        valid_to=valid_to,
    )
    regimes = read_all(top, "regime", read_regime, known, lambda rule: rule.code)
    _refuse_shared_claims(top, regimes)
    gates = {gate.id: gate for gate in read_all(top, "gate", read_gate, known, lambda rule: rule.id)}
    known = replace(known, regimes=tuple(regime.code for regime in regimes), gates=tuple(gates))
    entitlements = read_all(top, "entitlement", read_entitlement, known, lambda rule: rule.fired.rule_id)
    _refuse_clashes(top, entitlements)
    deadlines = read_all(top, "deadline", read_deadline, known, None)
    _refuse_repeated_deadlines(top, deadlines)
    programme = Programme(
        code=code,
        name=name,
        currency=currency,
        valid_from=valid_from,
        valid_to=valid_to,
        kinds=known.kinds,
        groups=known.groups,
        stages=known.stages,
        sources=known.sources,
        regimes=regimes,
        criteria=read_all(top, "criterion", read_criterion, known, lambda rule: rule.code),
        entitlements=entitlements,
        deadlines=deadlines,
        gates=MappingProxyType(gates),
        stops=MappingProxyType(
            {stop.code: stop for stop in read_all(top, "stop", read_stop, known, lambda rule: rule.code)}
        ),
        categories=MappingProxyType(
            {entry.code: entry for entry in read_all(top, "category", read_category, known, lambda rule: rule.code)}
        ),
        report_time=read_report_time(top.table("report_time"), known),
        retention=MappingProxyType(
            {rule.holds: rule for rule in read_all(top, "retention", read_retention, known, lambda rule: rule.holds)}
        ),
    )
    top.end()
    return programme


def load_all(folder: Path) -> dict[str, Programme]:
    """
    Read every `*.toml` in *folder*, by programme code, in the order of the file names.

    Raises:
        ProgrammeRefused: One of them is wrong, or two carry one code.
    """
    programmes: dict[str, Programme] = {}
    for path in sorted(folder.glob("*.toml")):
        programme = load(path)
        if programme.code in programmes:
            raise ProgrammeRefused(str(path), 0, Refusal.DUPLICATE, programme.code)
        programmes[programme.code] = programme
    return programmes


def _read_sources(top: Table) -> dict[str, Source]:
    table = top.table("sources")
    sources: dict[str, Source] = {}
    for key in tuple(table.values):
        entry = table.table(key)
        sources[key] = read_source(entry, key)
        entry.end()
    return sources


def _share_a_day(one: Fired, other: Fired) -> bool:
    """Tell whether two rules are ever valid on the same day."""
    starts_in_time = one.valid_from is None or other.valid_to is None or one.valid_from <= other.valid_to
    return starts_in_time and (other.valid_from is None or one.valid_to is None or other.valid_from <= one.valid_to)


def _refuse_shared_claims(top: Table, regimes: tuple[Regime, ...]) -> None:
    """Refuse two regimes that both hold for some claim date."""
    for later, regime in enumerate(regimes):
        for other in regimes[:later]:
            starts = [start for start in (regime.claim_from, other.claim_from) if start is not None]
            ends = [end for end in (regime.claim_before, other.claim_before) if end is not None]
            if not starts or not ends or max(starts) < min(ends):
                top.refuse(Refusal.OVERLAP, f"{other.code} {regime.code}", "regime", later)


def _refuse_clashes(top: Table, entitlements: tuple[Entitlement, ...]) -> None:
    """Refuse two entitlements that could both fire for one person on one day: order would decide."""
    for later, rule in enumerate(entitlements):
        for other in entitlements[:later]:
            if rule.when.meets(other.when) and _share_a_day(rule.fired, other.fired):
                top.refuse(Refusal.OVERLAP, f"{other.fired.rule_id} {rule.fired.rule_id}", "entitlement", later)


def _refuse_repeated_deadlines(top: Table, deadlines: tuple[DeadlineRule, ...]) -> None:
    """Refuse two versions of one deadline that are valid on the same day."""
    for later, rule in enumerate(deadlines):
        for other in deadlines[:later]:
            if rule.id == other.id and _share_a_day(rule.fired, other.fired):
                top.refuse(Refusal.OVERLAP, rule.id, "deadline", later)
