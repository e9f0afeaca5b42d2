"""The shipped files, and an invented one that shows nothing is hard-coded."""

import re
import tomllib
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from avrr_desktop.programme.ceiling import Ceiling, NoCeiling, NoReason, ceiling
from avrr_desktop.programme.deadlines import contact_clock, deadline, retain_until
from avrr_desktop.programme.eligibility import Result, eligibility
from avrr_desktop.programme.gates import Met, blocking_stops, gate
from avrr_desktop.programme.matching import ParticipantFacts
from avrr_desktop.programme.model import Programme
from avrr_desktop.programme.plan import PlanMoney, plan_check
from avrr_desktop.programme.values import Fired, Mark

GROUPS = (
    "irregular_migrant",
    "unsuccessful_asylum_seeker",
    "refugee",
    "victim_of_trafficking",
    "unaccompanied_child",
    "stranded_migrant",
    "other",
)
CATEGORIES = [
    "luggage",
    "onward",
    "job_search",
    "legal",
    "material",
    "medical",
    "business",
    "housing",
    "training",
]


def numbers(value: object) -> Iterator[object]:
    if isinstance(value, dict):
        for child in value.values():
            yield from numbers(child)
    elif isinstance(value, list):
        for child in value:
            yield from numbers(child)
    elif isinstance(value, int | float):
        yield value


def every_fired(programme: Programme) -> Iterator[Fired]:
    for rules in (programme.criteria, programme.entitlements, programme.deadlines):
        yield from (rule.fired for rule in rules)
    for table in (programme.gates, programme.stops, programme.categories, programme.retention):
        yield from (rule.fired for rule in table.values())
    yield from (condition.fired for rule in programme.gates.values() for condition in rule.conditions)
    yield programme.report_time.fired


@pytest.mark.parametrize("name", ["avrr-2012.toml", "office-template.toml"])
def test_no_number_in_a_file_has_a_point(shipped: Path, name: str) -> None:
    found = list(numbers(tomllib.loads((shipped / name).read_text(encoding="utf-8"))))
    assert found
    assert not [number for number in found if isinstance(number, float)]


def test_the_pilot_has_its_true_dates(pilot: Programme) -> None:
    assert (pilot.valid_from, pilot.valid_to) == (date(2012, 6, 29), date(2015, 3, 31))


def test_the_nine_categories_stand_in_order(pilot: Programme, template: Programme) -> None:
    for programme in (pilot, template):
        assert [(c.code, c.name) for c in programme.categories.values()] == [
            (f"C{number}", name) for number, name in enumerate(CATEGORIES, start=1)
        ]
    assert pilot.categories["C1"].delivered == "before_departure"
    assert pilot.categories["C2"].delivered == "arrival_day"
    assert {c.fired.source_key for c in pilot.categories.values()} == {"iom13"}


def test_the_template_knows_every_kind_and_group(template: Programme) -> None:
    assert (template.kinds, template.groups) == (("general", "tailored", "stranded"), GROUPS)
    assert (template.valid_from, template.valid_to, template.currency) == (None, None, "CAD")


def test_every_rule_has_a_source_and_what_is_sourced_has_an_address(pilot: Programme, template: Programme) -> None:
    for programme in (pilot, template):
        fired = list(every_fired(programme))
        assert len(fired) > 50
        for each in fired:
            assert each.source_text
            if each.mark is Mark.SOURCED:
                assert re.match(r"https?://", each.source_address)


def test_no_source_stands_in_a_file_unused(pilot: Programme, template: Programme) -> None:
    for programme in (pilot, template):
        used = {source.key for fired in every_fired(programme) for source in fired.sources}
        assert used == set(programme.sources)


def test_only_law_and_gate_conditions_of_the_template_are_called_sourced(template: Programme) -> None:
    sourced = {fired.rule_id for fired in every_fired(template) if fired.mark is Mark.SOURCED}
    assert sourced == {
        "EL11",
        "D2",
        "G2.consent_before_data",
        "G3.unaccompanied_represented",
        "G6.fitness_checked",
    }


def test_every_length_of_time_the_office_may_set_waits_for_it(template: Programme) -> None:
    rules = [rule.fired for rule in template.deadlines if rule.id != "D2"]
    rules += [rule.fired for rule in template.retention.values()]
    assert {fired.confirmed for fired in [*rules, template.report_time.fired]} == {False}


COOK = ParticipantFacts("cook", claim_on=date(2020, 3, 1), group="cook")
SAILOR = ParticipantFacts("sailor", claim_on=None, stage="ASHORE")


def asked(programme: Programme, on: date, *people: ParticipantFacts) -> Ceiling | NoCeiling:
    return ceiling(programme, on=on, group="sailor", kind="long", participants=people)


def test_an_invented_programme_gives_its_own_amounts_in_its_own_currency(invented: Programme) -> None:
    answer = asked(invented, date(2020, 7, 1), COOK, SAILOR)
    assert isinstance(answer, Ceiling)
    assert (answer.total_minor, answer.currency) == (12345 + 777, "JPY")
    assert [person.fired.rule_id for person in answer.persons] == ["early.cook", "old.sailor"]
    assert plan_check(answer, [PlanMoney("net", "2", 6562, "JPY")]).over_minor == 2


def test_the_rule_of_the_day_fires(invented: Programme) -> None:
    last, first = asked(invented, date(2020, 12, 31), SAILOR), asked(invented, date(2021, 1, 1), SAILOR)
    assert isinstance(last, Ceiling)
    assert last.total_minor == 777
    assert isinstance(first, NoCeiling)
    assert (first.code, first.proposed[0].amount_minor) == (NoReason.NOT_CONFIRMED, 888)


def test_an_open_end_has_no_last_day_but_a_first_one(invented: Programme) -> None:
    assert isinstance(asked(invented, date(2099, 1, 1), COOK), Ceiling)
    before = asked(invented, date(2019, 12, 31), COOK)
    assert isinstance(before, NoCeiling)
    assert (before.code, before.valid_from, before.valid_to) == (
        NoReason.OUTSIDE_DATES,
        date(2020, 1, 1),
        None,
    )


def test_a_missing_group_is_named_where_a_rule_reads_it(invented: Programme) -> None:
    nobody = ParticipantFacts("x", claim_on=date(2020, 3, 1), stage="ASHORE")
    answer = ceiling(invented, on=date(2020, 7, 1), group=None, kind="long", participants=[nobody])
    assert isinstance(answer, NoCeiling)
    assert [missing.fact for missing in answer.missing] == ["group"]


def test_its_clocks_have_their_own_lengths(invented: Programme) -> None:
    received = datetime(2020, 2, 28, 9, tzinfo=UTC)
    assert contact_clock(invented, received).due == datetime(2020, 3, 1, 9, tzinfo=UTC)
    assert deadline(invented, "visit", date(2020, 9, 30)).due == date(2021, 2, 28)
    assert deadline(invented, "visit", date(2021, 1, 1)).due == date(2021, 1, 12)
    assert retain_until(invented, "voyage", date(2020, 1, 31)).until == date(2020, 8, 31)
    assert invented.report_time.minutes == 45


def test_its_gates_stops_criteria_and_categories_are_its_own(invented: Programme) -> None:
    answer = gate(invented, "anchor", {"rope": True, "bollard": True, "engine_off": False})
    assert (answer.to, answer.conditions) == ("moored", (("rope_ashore", Met.MET), ("engine_off", Met.UNMET)))
    assert [stop.code for stop in blocking_stops(invented, "anchor", ["storm"])] == ["storm"]
    assert eligibility(invented, "short", {"swims": True}, group="sailor").result is Result.ELIGIBLE
    assert eligibility(invented, "long", {}, group="cook").result is Result.WARN
    assert list(invented.categories) == ["K1"]
