"""Rows and saving: rows by hand and by count, rows inside rows, what is saved opens the same."""

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from interview_support import AGE, COLUMNS, FAMILY, MEMBER, SCHOOL, WHO, YEARS, define, form, row, start

from avrr_desktop.interview.errors import AnswerError, LimitError
from avrr_desktop.interview.model import Place, State, Stored


def test_a_new_row_gets_its_defaults_and_a_removed_one_is_kept_unseen():
    running = start(define(FAMILY))
    added = running.add_row(MEMBER)
    assert Stored(YEARS, added.row, "1") in added.stored
    assert running.value("/data/kin/minors") == "2"
    running.answer(Place(WHO, added.row), "Nino")
    removed = running.remove_row(Place(MEMBER, added.row))
    assert removed.stored == (Stored(MEMBER, added.row, ""),)
    assert running.value("/data/kin/minors") == "1"
    assert Stored(WHO, added.row, "Nino") in running.stored()
    again = start(running.definition, running.stored())
    assert again.rows(MEMBER) == running.rows(MEMBER)
    assert again.stored() == running.stored()


def test_rows_keep_the_order_they_were_added_in_whatever_their_ids():
    definition = define(FAMILY)
    rows = [Stored(MEMBER, "zz", "1"), Stored(MEMBER, "aa", "2"), Stored(MEMBER, "mm", "1.5")]
    assert start(definition, rows).rows(MEMBER) == ("zz", "mm", "aa")


COUNTED = form(
    COLUMNS,
    row("integer", "many"),
    row("begin_repeat", "kid", repeat_count="${many}"),
    row("text", "called"),
    row("begin_repeat", "toy"),
    row("text", "thing"),
    row("end_repeat", ""),
    row("end_repeat", ""),
    row("calculate", "kids", calculation="count(${kid})"),
    row("calculate", "things", calculation="count(${toy})"),
)


def test_a_falling_count_hides_rows_and_a_rising_one_brings_them_back():
    running = start(define(COUNTED))
    running.answer("/data/many", "3")
    rows = running.rows("/data/kid")
    running.answer(Place("/data/kid/called", rows[2]), "Mia")
    running.answer("/data/many", "1")
    assert running.rows("/data/kid") == rows[:1]
    assert (running.value("/data/kids"), "Mia" in running.submission_xml()) == ("1", False)
    again = start(running.definition, running.stored())
    again.answer("/data/many", "3")
    assert again.rows("/data/kid") == rows
    assert again.value(Place("/data/kid/called", rows[2])) == "Mia"


def test_a_count_that_goes_up_and_down_makes_no_row_twice():
    running = start(define(COUNTED))
    running.answer("/data/many", "3")
    rows = running.rows("/data/kid")
    for many in ("1", "3", "1", "2", "0", "3"):
        running.answer("/data/many", many)
        assert running.rows("/data/kid") == rows[: int(many)]
    assert running.value("/data/kids") == "3"


def test_rows_that_are_not_relevant_are_not_counted():
    markdown = form(
        COLUMNS,
        row("text", "x"),
        row("begin_repeat", "r", relevant="${x} = 'yes'"),
        row("text", "y"),
        row("end_repeat", ""),
        row("calculate", "n", calculation="count(${r})"),
    )
    running = start(define(markdown))
    assert (running.value("/data/n"), running.is_relevant("/data/r")) == ("0", False)
    running.answer("/data/x", "yes")
    assert (running.value("/data/n"), running.is_relevant("/data/r")) == ("1", True)
    assert running.is_relevant(Place("/data/r/y", running.rows("/data/r")[0]))


def test_a_repeat_without_rows_still_has_its_page_while_it_is_relevant():
    markdown = form(
        COLUMNS,
        row("text", "x"),
        row("begin_group", "g"),
        row("begin_repeat", "r", relevant="${x} = 'yes'"),
        row("text", "y"),
        row("end_repeat", ""),
        row("end_group", ""),
    )
    running = start(define(markdown))
    running.remove_row(Place("/data/g/r", running.rows("/data/g/r")[0]))
    assert not running.is_relevant("/data/g/r")
    assert [page.name for page in running.pages()] == [""]
    running.answer("/data/x", "yes")
    assert running.is_relevant("/data/g/r")
    assert [page.name for page in running.pages()] == ["", "g"]
    assert running.rows("/data/g/r") == ()


def test_an_answer_in_a_row_fires_its_own_row_only_and_only_when_it_changes():
    markdown = form(
        COLUMNS,
        row("begin_repeat", "r"),
        row("text", "y"),
        row("calculate", "copied", calculation="concat(${y}, '!')", trigger="${y}"),
        row("end_repeat", ""),
        row("text", "outside"),
        row("calculate", "when", calculation="now()", trigger="${outside}"),
    )
    running = start(define(markdown))
    first, second = running.rows("/data/r")[0], running.add_row("/data/r").row
    changed = running.answer(Place("/data/r/y", second), "b")
    assert {one.place for one in changed.stored} == {Place("/data/r/y", second), Place("/data/r/copied", second)}
    assert running.value(Place("/data/r/copied", second)) == "b!"
    assert running.value(Place("/data/r/copied", first)) == ""
    running.answer("/data/outside", "a")
    later = start(running.definition, running.stored(), now=datetime(2026, 5, 1, tzinfo=UTC))
    assert later.answer("/data/outside", "a").stored == ()
    assert later.value("/data/when").startswith("2026-03-10")


def test_rows_inside_rows_belong_to_their_outer_row():
    running = start(define(COUNTED))
    running.answer("/data/many", "2")
    first, second = running.rows("/data/kid")
    [begun] = running.rows(Place("/data/kid/toy", second))
    toy = running.add_row(Place("/data/kid/toy", second)).row
    running.answer(Place("/data/kid/toy/thing", toy), "kite")
    assert len(running.rows(Place("/data/kid/toy", first))) == 1
    assert running.rows(Place("/data/kid/toy", second)) == (begun, toy)
    assert running.value("/data/things") == "3"
    again = start(running.definition, running.stored())
    assert again.rows(Place("/data/kid/toy", second)) == (begun, toy)
    assert again.submission_xml() == running.submission_xml()


def test_rows_the_form_counts_are_not_added_or_removed_by_hand():
    running = start(define(COUNTED))
    running.answer("/data/many", "1")
    for verb in (
        lambda: running.add_row("/data/kid"),
        lambda: running.remove_row(Place("/data/kid", running.rows("/data/kid")[0])),
    ):
        with pytest.raises(AnswerError) as failure:
            verb()
        assert failure.value.code == "counted"


def test_more_rows_than_allowed_are_refused_by_name():
    running = start(define(COUNTED))
    with pytest.raises(LimitError) as failure:
        running.answer("/data/many", "1001")
    assert failure.value.params["limit"] == "rows"


# Answers by place; `rep` is the row's number here.
ANSWERS = {
    Place(AGE): st.sampled_from(["", "5", "17", "18", "40"]),
    Place(SCHOOL): st.sampled_from(["", "Primary", "none"]),
    Place("/data/me/given"): st.sampled_from(["", "Ana", "Nino"]),
    Place(WHO, "1"): st.sampled_from(["", "Luka", "Mia"]),
    Place(YEARS, "1"): st.sampled_from(["", "3", "30"]),
    Place(WHO, "2"): st.sampled_from(["", "Luka", "Mia"]),
    Place(YEARS, "2"): st.sampled_from(["", "3", "30"]),
}


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_the_order_of_answers_does_not_matter(data):
    chosen = data.draw(st.fixed_dictionaries({}, optional=ANSWERS))
    orders = [list(chosen), data.draw(st.permutations(list(chosen)))]
    ends = []
    for order in orders:
        running = start(define(FAMILY))
        running.add_row(MEMBER)
        rows = running.rows(MEMBER)
        for place in order:
            rep = rows[int(place.rep) - 1] if place.rep else ""
            running.answer(Place(place.node, rep), chosen[place])
        ends.append((running.stored(), running.submission_xml(), running.calculated(), running.violations()))
    assert ends[0] == ends[1]


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_an_answer_taken_back_leaves_no_trace(data):
    running = start(define(FAMILY))
    running.add_row(MEMBER)
    rows = running.rows(MEMBER)
    places = {place: Place(place.node, rows[int(place.rep) - 1] if place.rep else "") for place in ANSWERS}
    for place, value in data.draw(st.fixed_dictionaries({}, optional=ANSWERS)).items():
        running.answer(places[place], value)
    place = data.draw(st.sampled_from(list(ANSWERS)))
    held = {at: running.value(at) for at in places.values()}
    before = (running.submission_xml(), running.calculated(), running.violations())
    running.answer(places[place], data.draw(ANSWERS[place]))
    running.answer(places[place], held[places[place]])
    assert (running.submission_xml(), running.calculated(), running.violations()) == before
    assert {at: running.value(at) for at in places.values()} == held


STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("answer"), st.sampled_from(["0", "1", "2", "4"])),
        st.tuples(st.just("name"), st.integers(0, 3), st.sampled_from(["", "Ana", "Mia"])),
        st.tuples(st.just("toy"), st.integers(0, 3)),
        st.tuples(st.just("drop"), st.integers(0, 3)),
        st.tuples(st.just("decline"), st.integers(0, 3)),
    ),
    max_size=12,
)


@settings(max_examples=80, deadline=None)
@given(STEPS)
def test_saving_and_opening_again_changes_nothing_at_any_step(steps):
    running = start(define(COUNTED))
    known = {one.place: one for one in running.stored()}
    for step in steps:
        rows = running.rows("/data/kid")
        changed = None
        if step[0] == "answer":
            changed = running.answer("/data/many", step[1])
        elif rows:
            kid = rows[int(step[1]) % len(rows)]
            toys = running.rows(Place("/data/kid/toy", kid))
            if step[0] == "name":
                changed = running.answer(Place("/data/kid/called", kid), step[2])
            elif step[0] == "toy":
                changed = running.add_row(Place("/data/kid/toy", kid))
            elif step[0] == "decline":
                changed = running.set_state(Place("/data/kid/called", kid), State.DECLINED)
            elif toys:
                changed = running.remove_row(Place("/data/kid/toy", toys[0]))
        if changed is not None:
            known |= {one.place: one for one in changed.stored}
        again = start(running.definition, running.stored())
        assert again.stored() == running.stored()
        assert again.submission_xml() == running.submission_xml()
        assert again.calculated() == running.calculated()
    assert set(known.values()) == set(running.stored())


def test_a_repeat_inside_a_new_row_begins_as_it_does_in_the_first_one():
    markdown = form(
        COLUMNS,
        row("begin_repeat", "outer"),
        row("begin_repeat", "inner"),
        row("text", "x"),
        row("end_repeat", ""),
        row("end_repeat", ""),
    )
    running = start(define(markdown))
    added = running.add_row("/data/outer").row
    counts = [len(running.rows(Place("/data/outer/inner", one))) for one in running.rows("/data/outer")]
    assert counts == [1, 1]
    [inner] = running.rows(Place("/data/outer/inner", added))
    running.remove_row(Place("/data/outer/inner", inner))
    again = start(running.definition, running.stored())
    assert again.rows(Place("/data/outer/inner", added)) == ()
