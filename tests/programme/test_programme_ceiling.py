"""Ceilings: every row of the table by value, and every way there is none."""

import random
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from avrr_desktop.programme.ceiling import (
    Ceiling,
    Left,
    MissingFact,
    NoCeiling,
    NoReason,
    ceiling,
    confirm_amounts,
)
from avrr_desktop.programme.matching import ParticipantFacts
from avrr_desktop.programme.model import Programme
from avrr_desktop.programme.values import Mark, QuestionRefused, RuleUnknown

GROUP = "unsuccessful_asylum_seeker"
IN_PILOT = date(2014, 3, 10)
A, B = date(2012, 12, 14), date(2012, 12, 15)
SOURCED, RECALLED = Mark.SOURCED, Mark.RECALLED

ROWS = [
    (A, None, "RPD_NEG", 200000, "A.before_court", "np", SOURCED),
    (A, None, "RAD_PENDING_WITHDRAWN", 200000, "A.before_court", "np", SOURCED),
    (A, None, "RAD_NEG", 200000, "A.before_court", "np", SOURCED),
    (A, None, "JR_PENDING_WITHDRAWN", 150000, "A.after_court", "np", SOURCED),
    (A, None, "JR_NEG", 150000, "A.after_court", "np", SOURCED),
    (A, None, "PRRA_NEG", 100000, "A.risk_assessed", "np", SOURCED),
    (B, False, "RPD_NEG", 200000, "B.no_recourse", "bell", SOURCED),
    (B, False, "RAD_PENDING_WITHDRAWN", 150000, "B.one_recourse", "recollection", RECALLED),
    (B, False, "RAD_NEG", 150000, "B.one_recourse", "recollection", RECALLED),
    (B, False, "JR_PENDING_WITHDRAWN", 100000, "B.more_recourse", "recollection", RECALLED),
    (B, False, "JR_NEG", 100000, "B.more_recourse", "recollection", RECALLED),
    (B, False, "PRRA_PENDING_WITHDRAWN", 100000, "B.more_recourse", "recollection", RECALLED),
    (B, False, "PRRA_NEG", 100000, "B.more_recourse", "recollection", RECALLED),
    (B, True, "RPD_NEG", 50000, "B.dco", "bell", SOURCED),
    (B, True, "RAD_NEG", 50000, "B.dco", "bell", SOURCED),
    (B, True, "PRRA_NEG", 50000, "B.dco", "bell", SOURCED),
]


def person(name: str = "p", **facts: object) -> ParticipantFacts:
    known: dict[str, object] = {
        "claim_on": A,
        "stage": "RPD_NEG",
        "dco": False,
        "canadian_citizen": False,
    }
    return ParticipantFacts(name, **(known | facts))  # type: ignore[arg-type]  # rows mix the facts' types


def ask(
    programme: Programme,
    *people: ParticipantFacts,
    on: date = IN_PILOT,
    kind: str = "general",
    group: str = GROUP,
) -> Ceiling | NoCeiling:
    return ceiling(programme, on=on, group=group, kind=kind, participants=people)


@pytest.mark.parametrize(("claim", "dco", "stage", "amount", "rule", "source", "mark"), ROWS)
def test_each_row_gives_its_amount_its_rule_and_its_source(
    pilot: Programme,
    claim: date,
    dco: bool | None,
    stage: str,
    amount: int,
    rule: str,
    source: str,
    mark: Mark,
) -> None:
    answer = ask(pilot, person(claim_on=claim, dco=dco, stage=stage))
    assert isinstance(answer, Ceiling)
    assert (amount, "CAD") == (answer.total_minor, answer.currency)
    fired = answer.persons[0].fired
    assert (rule, source, mark) == (fired.rule_id, fired.source_key, fired.mark)
    assert fired.source_text
    assert bool(fired.source_address) is (mark is SOURCED)
    assert answer.is_published is (mark is SOURCED)


def test_rules_of_the_later_regime_are_valid_from_its_day_to_the_end_of_the_pilot(pilot: Programme) -> None:
    answer = ask(pilot, person(claim_on=B))
    assert isinstance(answer, Ceiling)
    fired = answer.persons[0].fired
    assert (date(2012, 12, 15), date(2015, 3, 31)) == (fired.valid_from, fired.valid_to)


def test_a_family_of_four_before_the_court_has_8000(pilot: Programme) -> None:
    answer = ask(pilot, *(person(name) for name in "abcd"))
    assert isinstance(answer, Ceiling)
    assert answer.total_minor == 800000
    assert [each.amount_minor for each in answer.persons] == [200000] * 4


def test_a_single_national_of_a_designated_country_with_a_claim_of_2013_has_500(pilot: Programme) -> None:
    answer = ask(pilot, person(claim_on=date(2013, 5, 2), dco=True))
    assert isinstance(answer, Ceiling)
    assert answer.total_minor == 50000


def test_a_canadian_born_child_gives_nothing_and_is_named_with_the_rule(pilot: Programme) -> None:
    child = ParticipantFacts("child", canadian_citizen=True)
    answer = ask(pilot, person("mother"), child)
    assert isinstance(answer, Ceiling)
    assert answer.total_minor == 200000
    (left,) = answer.left_out
    assert (left.person_id, left.code) == ("child", Left.CANADIAN_CITIZEN)
    assert left.fired is not None
    assert (left.fired.rule_id, left.fired.source_key) == ("EL09", "iom13")


def test_a_traveller_who_takes_no_part_gives_nothing_and_is_named(pilot: Programme) -> None:
    answer = ask(pilot, person("a"), person("b", takes_part=False, stage=None))
    assert isinstance(answer, Ceiling)
    assert answer.total_minor == 200000
    assert [(left.person_id, left.code) for left in answer.left_out] == [("b", Left.NOT_TAKING_PART)]


def test_the_spouse_who_withdraws_takes_their_share_with_them(pilot: Programme) -> None:
    both = ask(pilot, person("a"), person("b"))
    one = ask(pilot, person("a"))
    assert isinstance(both, Ceiling)
    assert isinstance(one, Ceiling)
    assert (both.total_minor, one.total_minor) == (400000, 200000)


@pytest.mark.parametrize(("on", "inside"), [
    (date(2012, 6, 28), False), (date(2012, 6, 29), True), (date(2015, 3, 31), True),
    (date(2015, 4, 1), False),
])  # fmt: skip
def test_outside_the_dates_of_the_pilot_there_is_no_ceiling(pilot: Programme, on: date, inside: bool) -> None:
    answer = ask(pilot, person(), on=on)
    assert inside is isinstance(answer, Ceiling)
    if isinstance(answer, NoCeiling):
        assert NoReason.OUTSIDE_DATES is answer.code
        assert (date(2012, 6, 29), date(2015, 3, 31)) == (answer.valid_from, answer.valid_to)


@pytest.mark.parametrize(("facts", "missing"), [
    ({"stage": None}, ["stage"]),
    ({"claim_on": None, "dco": True}, ["claim_on"]),
    ({"claim_on": B, "dco": None}, ["dco"]),
    ({"claim_on": None, "stage": None, "dco": None}, ["claim_on", "stage", "dco"]),
    ({"canadian_citizen": None}, ["canadian_citizen"]),
    ({"canadian_citizen": None, "stage": None}, ["canadian_citizen", "stage"]),
])  # fmt: skip
def test_a_missing_fact_is_named_with_its_person(
    pilot: Programme, facts: dict[str, object], missing: list[str]
) -> None:
    answer = ask(pilot, person("a"), person("b", **facts))
    assert isinstance(answer, NoCeiling)
    assert NoReason.FACT_MISSING is answer.code
    assert answer.persons == ("b",)
    assert [MissingFact("b", fact) for fact in missing] == list(answer.missing)


def test_the_designated_country_is_not_asked_of_an_old_claim(pilot: Programme) -> None:
    assert isinstance(ask(pilot, person(claim_on=A, dco=None)), Ceiling)


@pytest.mark.parametrize("question", [
    {"stage": "PRRA_PENDING_WITHDRAWN"}, {"stage": "UNHEARD_OF"}, {"group": "refugee"},
])  # fmt: skip
def test_where_no_rule_is_known_the_person_is_named_and_nothing_is_invented(
    pilot: Programme, question: dict[str, object]
) -> None:
    answer = ask(pilot, person("a"), person("b", **question))
    assert isinstance(answer, NoCeiling)
    assert (answer.code, answer.persons) == (NoReason.NO_RULE, ("b",))


def test_a_kind_the_programme_does_not_offer_has_no_rule(pilot: Programme) -> None:
    answer = ask(pilot, person(), kind="stranded")
    assert isinstance(answer, NoCeiling)
    assert NoReason.NO_RULE is answer.code


@pytest.mark.parametrize(("kind", "amount"), [("general", 200000), ("tailored", 200000), ("stranded", 50000)])
def test_the_template_proposes_and_waits_for_the_office(template: Programme, kind: str, amount: int) -> None:
    answer = ask(template, person("a"), kind=kind, group="other")
    assert isinstance(answer, NoCeiling)
    assert (answer.code, answer.currency, answer.persons) == (NoReason.NOT_CONFIRMED, "CAD", ("a",))
    assert [amount] == [each.amount_minor for each in answer.proposed]
    assert [(each.fired.confirmed, each.fired.mark) for each in answer.proposed] == [(False, Mark.PRACTICE)]


def test_no_amount_of_the_template_is_confirmed_or_called_published(template: Programme) -> None:
    assert template.entitlements
    assert {(False, Mark.PRACTICE)} == {(rule.fired.confirmed, rule.fired.mark) for rule in template.entitlements}


def test_an_amount_the_office_confirmed_counts_and_is_still_not_published(template: Programme) -> None:
    office = confirm_amounts(template, {"sample.general": 123400})
    answer = ask(office, person(), group="other")
    assert isinstance(answer, Ceiling)
    assert answer.total_minor == 123400
    assert not answer.is_published
    assert isinstance(ask(template, person(), group="other"), NoCeiling)


def test_a_published_amount_the_office_changes_is_practice_from_then_on(pilot: Programme) -> None:
    same = ask(confirm_amounts(pilot, {"A.before_court": 200000}), person())
    other = ask(confirm_amounts(pilot, {"A.before_court": 199999}), person())
    assert isinstance(same, Ceiling)
    assert isinstance(other, Ceiling)
    assert (same.is_published, other.is_published) == (True, False)


def test_only_known_rules_and_amounts_that_are_not_negative_are_confirmed(template: Programme) -> None:
    with pytest.raises(RuleUnknown):
        confirm_amounts(template, {"sample.nothing": 1})
    with pytest.raises(QuestionRefused, match="question_refused"):
        confirm_amounts(template, {"sample.general": -1})


def test_the_same_person_is_not_counted_twice(pilot: Programme) -> None:
    with pytest.raises(QuestionRefused) as refused:
        ask(pilot, person("a"), person("a"))
    assert refused.value.why == "same_person_twice"


people = st.lists(
    st.builds(
        ParticipantFacts,
        person_id=st.uuids().map(str),
        claim_on=st.dates(date(2011, 1, 1), date(2014, 1, 1)),
        stage=st.sampled_from(["RPD_NEG", "RAD_NEG", "JR_NEG", "PRRA_NEG"]),
        dco=st.booleans(),
        canadian_citizen=st.booleans(),
        takes_part=st.booleans(),
    ),
    max_size=6,
    unique_by=lambda each: each.person_id,
)


@settings(max_examples=150, deadline=None)
@given(people=people, seed=st.integers(0, 1000))
def test_a_ceiling_is_the_sum_of_its_persons_in_any_order(
    pilot: Programme, people: list[ParticipantFacts], seed: int
) -> None:
    whole = ask(pilot, *people)
    assert isinstance(whole, Ceiling)
    singles = [ask(pilot, each) for each in people]
    assert sum(single.total_minor for single in singles if isinstance(single, Ceiling)) == whole.total_minor
    assert len(people) == len(whole.persons) + len(whole.left_out)
    shuffled = random.Random(seed).sample(people, len(people))
    assert whole == ask(pilot, *shuffled)
