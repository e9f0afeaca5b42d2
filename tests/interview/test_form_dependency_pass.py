"""A pass over what depends on a change ends where a pass over everything ends, and costs less."""

import random

import pytest
from interview_support import COLUMNS, define, form, row, start

from avrr_desktop.interview.errors import AnswerError
from avrr_desktop.interview.model import Place, RunningForm

Shown = dict[Place, tuple[str, bool]]


def shown(running: RunningForm) -> Shown:
    instance = running._instance
    return {instance.place(node): (node.text, node.relevant) for nodes in instance.nodes.values() for node in nodes}


def expression(chance: random.Random, names: list[str], inside: list[str]) -> str:
    name, other = chance.choice(names or ["none"]), chance.choice(names or ["none"])
    leaf = chance.choice(inside or names or ["none"])
    choices = [
        f"${{{name}}} + 1",
        f"concat(${{{name}}}, '-', ${{{other}}})",
        f"if(${{{name}}} > 3, ${{{other}}}, 'low')",
        f"string-length(${{{name}}})",
        f"once(${{{name}}})",
        f"${{{name}}} div explode()",
        "concat(today(), uuid())",
    ]
    if inside:
        choices += [
            f"sum(${{{leaf}}})",
            "count(${member})",
            f"count(${{member}}[{leaf} > 2])",
            f"join(' ', ${{{leaf}}})",
            "string(${member})",
            f"indexed-repeat(${{{leaf}}}, ${{member}}, 1)",
        ]
    return chance.choice(choices)


def truth(chance: random.Random, names: list[str]) -> str:
    name = chance.choice(names)
    return chance.choice([f"${{{name}}} > 2", f"${{{name}}} != ''", f"not(${{{name}}} = '1')", f"boom(${{{name}}})"])


def questions(chance: random.Random, prefix: str, count: int, names: list[str], inside: list[str]) -> list[str]:
    """Write rows whose expressions read questions before them only; *names* grows by those written."""
    lines = []
    for number in range(count):
        name = f"{prefix}{number}"
        relevant = truth(chance, names) if names and chance.random() < 0.4 else ""
        if names and chance.random() < 0.5:
            lines.append(row("calculate", name, relevant=relevant, calculation=expression(chance, names, inside)))
        else:
            lines.append(row("integer", name, relevant=relevant, default=chance.choice(["", "1", "5"])))
        names.append(name)
    return lines


def random_form(seed: int) -> str:
    chance = random.Random(seed)
    names: list[str] = []
    lines = questions(chance, "a", 4, names, [])
    lines.append(row("begin_group", "g", relevant=truth(chance, names)))
    lines += questions(chance, "g", 3, names, [])
    lines.append(row("end_group", ""))
    counted = f"${{{chance.choice(names)}}}" if chance.random() < 0.5 else ""
    relevant = truth(chance, names) if chance.random() < 0.5 else ""
    lines.append(row("begin_repeat", "member", repeat_count=counted, relevant=relevant))
    inside: list[str] = []
    scope = list(names)
    lines += questions(chance, "m", 4, scope, [])
    lines.append(row("calculate", "place", calculation="position(..)"))
    lines.append(row("calculate", "before", calculation="count(../preceding-sibling::member)"))
    inside = [name for name in scope if name.startswith("m")]
    lines.append(row("end_repeat", ""))
    lines += questions(chance, "z", 4, names, inside)
    return form(COLUMNS, *lines)


def step(chance: random.Random, running: RunningForm) -> bool:
    """Do one thing to the form; False when the form refuses it."""
    asked = [place for place in shown(running) if place.node in running.definition.questions]
    rows = running.rows("/data/member")
    verb = chance.random()
    try:
        if verb < 0.15:
            running.add_row("/data/member")
        elif verb < 0.25 and rows:
            running.remove_row(Place("/data/member", chance.choice(rows)))
        else:
            running.answer(chance.choice(asked), chance.choice(["", "1", "2", "3", "4", "7"]))
    except AnswerError:
        return False
    return True


@pytest.mark.parametrize("seed", range(60))
def test_a_full_pass_after_any_step_changes_nothing(seed: int) -> None:
    chance = random.Random(seed)
    running = start(define(random_form(seed)))
    running._passes.run(everything=True)
    done = 0
    for _step in range(25):
        done += step(chance, running)
        after, failed = shown(running), dict(running.failures())
        running._passes.run(everything=True)
        assert shown(running) == after
        assert dict(running.failures()).keys() == failed.keys()
    assert done


@pytest.mark.parametrize("seed", range(20))
def test_a_step_tells_every_place_that_it_changed(seed: int) -> None:
    chance = random.Random(seed)
    running = start(define(random_form(seed)))
    for _step in range(15):
        before, stored = shown(running), {one.place: one for one in running.stored()}
        [place] = chance.sample([one for one in before if one.node.endswith(("/a0", "/m0"))], 1)
        try:
            changed = running.answer(place, chance.choice(["", "1", "3", "9"]))
        except AnswerError:
            continue
        after = shown(running)
        moved = {one for one in before.keys() | after.keys() if before.get(one) != after.get(one)}
        assert moved <= set(changed.places)
        assert {one for one in running.stored() if stored.get(one.place) != one} == set(changed.stored)


def test_an_answer_nobody_reads_visits_nothing_else() -> None:
    lines = [row("integer", f"q{number}", relevant="${q0} > 1" if number > 1 else "") for number in range(200)]
    running = start(define(form(COLUMNS, *lines)))
    computed: list[str] = []
    running._passes._compute_path = computed.append  # type: ignore[method-assign]
    running.answer("/data/q1", "7")
    assert computed == []
    running.answer("/data/q0", "7")
    assert len(computed) == 198


def test_a_language_changes_calculations_that_speak_it() -> None:
    markdown = """
| survey |
| | type | name | label::English (en) | label::Français (fr) | calculation |
| | select_one yn | q | Q | Q | |
| | calculate | said | | | jr:choice-name(${q}, '${q}') |
| | calculate | copy | | | concat(${said}, '!') |
| choices |
| | list_name | name | label::English (en) | label::Français (fr) |
| | yn | yes | Yes | Oui |
| settings |
| | form_id | form_title |
| | t | T |
"""
    running = start(define(markdown))
    running.answer("/data/q", "yes")
    assert running.value("/data/copy") == "Yes!"
    running.language = "Français (fr)"
    assert running.value("/data/copy") == "Oui!"
