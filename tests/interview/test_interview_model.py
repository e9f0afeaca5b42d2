"""The running form: answers, relevance, constraints, rows, languages, saving."""

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from interview_support import define, form, start

from avrr_desktop.interview.errors import AnswerError, DefinitionError, LimitError
from avrr_desktop.interview.model import Place, State, Stored

COLUMNS = (
    "type | name | label | required | relevant | constraint | constraint_message | calculation | default | "
    "repeat_count | trigger"
)


def row(kind: str, name: str, **cells: str) -> str:
    """Write one row of `COLUMNS`."""
    names = [one.strip() for one in COLUMNS.split("|")][2:]
    label = "" if kind in ("calculate", "end_group", "end_repeat", "today", "start") else name.title()
    return " | ".join([kind, name, *(cells.get(one, label if one == "label" else "") for one in names)])


FAMILY = form(
    COLUMNS,
    row("begin_group", "me"),
    row("text", "given", required="yes"),
    row("integer", "age", constraint=". >= 0 and . < 120", constraint_message="Not above 120"),
    row("text", "school", relevant="${age} < 18"),
    row("calculate", "grown", calculation="if(${age} >= 18, 'yes', 'no')"),
    row("end_group", ""),
    row("begin_group", "kin"),
    row("begin_repeat", "member"),
    row("text", "who", required="yes"),
    row("integer", "years", default="1"),
    row("end_repeat", ""),
    row("calculate", "minors", calculation="count(${member}[years < 18])"),
    row("end_group", ""),
)
AGE, SCHOOL, WHO, YEARS, MEMBER = (
    "/data/me/age",
    "/data/me/school",
    "/data/kin/member/who",
    "/data/kin/member/years",
    "/data/kin/member",
)


def test_an_answer_opens_and_closes_what_depends_on_it():
    running = start(define(FAMILY))
    assert not running.is_relevant(SCHOOL)
    changed = running.answer(AGE, "12")
    assert running.is_relevant(SCHOOL)
    assert Place(SCHOOL) in changed.places
    assert changed.stored == (Stored(AGE, value="12"),)
    assert running.value("/data/me/grown") == "no"


def test_a_broken_constraint_names_its_condition_and_the_forms_message():
    running = start(define(FAMILY))
    running.answer(AGE, "121")
    verdict = running.constraint(AGE)
    assert (verdict.valid, verdict.condition, verdict.message) == (False, "constraint", "Not above 120")
    running.answer(AGE, "119")
    assert running.constraint(AGE).valid


def test_what_was_saved_opens_the_same():
    running = start(define(FAMILY))
    running.answer(AGE, "12")
    running.answer(SCHOOL, "Primary")
    second = running.add_row(MEMBER).row
    running.answer(Place(WHO, second), "Nino")
    again = start(running.definition, running.stored())
    assert again.stored() == running.stored()
    assert again.submission_xml() == running.submission_xml()


def test_only_what_changed_is_reported():
    running = start(define(FAMILY))
    assert {one.node for one in running.answer("/data/me/given", "Ana").places} == {"/data/me/given"}
    assert running.answer("/data/me/given", "Ana").places == ()
    assert running.answer("/data/me/given", "Ana").stored == ()


def test_required_and_unanswered_is_a_violation_until_dealt_with():
    running = start(define(FAMILY))
    given, who = Place("/data/me/given"), Place(WHO, running.rows(MEMBER)[0])
    assert [(place, verdict.condition) for place, verdict in running.violations()] == [
        (given, "required"),
        (who, "required"),
    ]
    running.set_state(given, State.DECLINED, note="did not want to say")
    running.set_state(who, State.NOT_ASKED)
    assert running.violations() == ()
    assert running.stored_at(given) == Stored("/data/me/given", "", "", State.DECLINED, "did not want to say")


def test_declining_clears_the_value_and_answering_keeps_the_note():
    running = start(define(FAMILY))
    running.answer(AGE, "12", note="by the aunt")
    running.set_state(AGE, State.DECLINED)
    assert (running.value(AGE), running.is_relevant(SCHOOL)) == ("", False)
    running.answer(AGE, "13")
    assert running.stored_at(AGE) == Stored(AGE, "", "13", State.ANSWERED, "by the aunt")


def test_completeness_counts_relevant_questions_and_leaves_out_those_not_asked():
    running = start(define(FAMILY))
    assert running.completeness("/data/me") == (0, 2)
    running.answer(AGE, "12")
    assert running.completeness("/data/me") == (1, 3)
    running.set_state("/data/me/given", State.DECLINED)
    assert running.completeness("/data/me") == (2, 3)
    running.set_state(SCHOOL, State.NOT_ASKED)
    assert running.completeness("/data/me") == (2, 2)


def test_irrelevant_answers_are_kept_but_not_exported_and_come_back():
    running = start(define(FAMILY))
    running.answer(AGE, "12")
    running.answer(SCHOOL, "Primary")
    running.answer(AGE, "20")
    assert Stored(SCHOOL, value="Primary") in running.stored()
    assert "Primary" not in running.submission_xml()
    running.answer(AGE, "11")
    assert "<school>Primary</school>" in running.submission_xml()


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


def test_answers_without_a_question_are_kept():
    strange = Stored("/data/gone", "", "kept")
    running = start(define(FAMILY), [strange])
    assert strange in running.stored()


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


def test_rows_inside_rows_belong_to_their_outer_row():
    running = start(define(COUNTED))
    running.answer("/data/many", "2")
    first, second = running.rows("/data/kid")
    toy = running.add_row(Place("/data/kid/toy", second)).row
    running.answer(Place("/data/kid/toy/thing", toy), "kite")
    assert running.rows(Place("/data/kid/toy", first)) == ()
    assert running.rows(Place("/data/kid/toy", second)) == (toy,)
    assert running.value("/data/things") == "1"
    again = start(running.definition, running.stored())
    assert again.rows(Place("/data/kid/toy", second)) == (toy,)
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


@pytest.mark.parametrize(
    ("place", "value", "code"),
    [
        ("/data/nowhere", "1", "unknown_place"),
        (Place(WHO, "nobody"), "1", "unknown_place"),
        (WHO, "1", "unknown_place"),
        ("/data/me/grown", "1", "computed"),
        (AGE, "twelve", "not_int"),
        (AGE, "1.5", "not_int"),
        ("/data/me/given", "a\x00b", "control_characters"),
    ],
)
def test_an_answer_that_cannot_be_is_refused_by_name(place, value, code):
    running = start(define(FAMILY))
    before = running.stored()
    with pytest.raises(AnswerError) as failure:
        running.answer(place, value)
    assert failure.value.code == code
    assert running.stored() == before


@pytest.mark.parametrize(
    ("kind", "good", "bad"),
    [
        ("date", "2024-02-29", "2023-02-29"),
        ("date", "2024-12-01", "2024-12-1"),
        ("time", "23:59", "24:00"),
        ("dateTime", "2024-02-29T10:00:00.000-05:00", "2024-02-29"),
        ("decimal", "-1.50", "1,5"),
        ("integer", "-7", "1e3"),
        ("geopoint", "43.7 -79.4 76 5", "43.7"),
    ],
)
def test_values_are_held_to_their_canonical_text(kind, good, bad):
    running = start(define(form(COLUMNS, row(kind, "x"))))
    running.answer("/data/x", good)
    assert running.value("/data/x") == good
    with pytest.raises(AnswerError):
        running.answer("/data/x", bad)
    assert running.value("/data/x") == good


def test_defaults_ids_and_instants_are_answers_from_the_first_load_on():
    markdown = form(
        COLUMNS,
        row("start", "start"),
        row("today", "today"),
        row("text", "given", default="Ana"),
        row("date", "day", default="today()"),
        row("calculate", "token", calculation="once(uuid())"),
        row("calculate", "moment", calculation="if(${given} != '', now(), '')"),
        row("calculate", "echo", calculation="concat(${given}, '!')", trigger="${given}"),
    )
    definition = define(markdown)
    first = start(definition)
    assert first.value("/data/day") == "2026-03-10"
    later = start(definition, first.stored(), now=datetime(2026, 5, 1, tzinfo=UTC))
    assert later.stored() == first.stored()
    assert later.value("/data/token") == first.value("/data/token") != ""
    assert later.value("/data/moment") == first.value("/data/moment") == "2026-03-10T13:00:00.000-04:00"
    changed = later.answer("/data/given", "Nino")
    assert later.value("/data/echo") == "Nino!"
    assert "/data/moment" in {one.node for one in changed.stored}
    assert "/data/token" not in {one.node for one in changed.stored}


def test_the_end_is_written_when_the_interview_is_finished():
    running = start(define(form(COLUMNS, "end | end |  |  |  |  |  |  |  |  | ", row("text", "x"))))
    assert running.value("/data/end") == ""
    assert running.finish().stored == (Stored("/data/end", "", "2026-03-10T13:00:00.000-04:00"),)


def test_labels_are_filled_in_and_change_language_while_open():
    running = start(define(LANGUAGES))
    running.answer("/data/who", "Ana")
    assert running.label("/data/likes") == "What does Ana like?"
    running.language = "Français (fr)"
    assert running.label("/data/likes") == "Qu'aime Ana ?"
    assert running.label("/data/likes", "English (en)") == "What does Ana like?"


LANGUAGES = form(
    "type | name | label::English (en) | label::Français (fr) | choice_filter | guidance_hint::English (en)",
    "text | who | Who? | Qui ? | | ",
    "select_multiple food | likes | What does ${who} like? | Qu'aime ${who} ? | "
    "region = ${who} or region = 'all' | Ask twice",
    choices=[
        "list_name | name | label::English (en) | label::Français (fr) | region",
        "food | rice | Rice | Riz | all",
        "food | khachapuri | Cheese bread | Pain au fromage | Ana",
    ],
    settings={"default_language": "English (en)"},
)


def test_a_choice_filter_decides_what_is_offered_and_the_change_is_announced():
    running = start(define(LANGUAGES))
    assert [one.value for one in running.choices("/data/likes")] == ["rice"]
    changed = running.answer("/data/who", "Ana")
    assert Place("/data/likes") in changed.places
    assert [one.value for one in running.choices("/data/likes")] == ["rice", "khachapuri"]
    assert running.guidance("/data/likes") == "Ask twice"


def test_selected_values_are_stored_once_with_single_spaces():
    running = start(define(LANGUAGES))
    running.answer("/data/likes", " rice  khachapuri rice ")
    assert running.value("/data/likes") == "rice khachapuri"


def test_the_open_case_is_read_through_a_table_of_one_row():
    markdown = form(
        COLUMNS,
        "csv-external | cases |  |  |  |  |  |  |  |  | ",
        row("calculate", "name", calculation="instance('cases')/root/item[name = 'AB-1']/family_name"),
        row("text", "x"),
    )
    running = start(define(markdown), tables={"cases": [{"name": "AB-1", "family_name": "Sample"}]})
    assert running.value("/data/name") == "Sample"
    assert start(define(markdown)).value("/data/name") == ""


def test_pages_without_anything_to_show_are_left_out():
    markdown = form(
        COLUMNS,
        row("text", "loose"),
        row("begin_group", "one", relevant="${loose} != ''"),
        row("text", "a"),
        row("end_group", ""),
        row("begin_group", "two"),
        row("calculate", "c", calculation="1"),
        row("text", "b"),
        row("end_group", ""),
    )
    running = start(define(markdown))
    assert [page.name for page in running.pages()] == ["", "two"]
    running.answer("/data/loose", "x")
    assert [page.name for page in running.pages()] == ["", "one", "two"]
    assert running.places("/data/two") == (Place("/data/two/b"),)


def test_unknown_appearances_are_kept_and_harmless():
    markdown = form("type | name | label | appearance", "text | x | X | sparkle multiline")
    question = define(markdown).questions["/data/x"]
    assert (question.type, question.appearance) == ("text", ("sparkle", "multiline"))


def test_sections_come_from_the_question_the_group_or_the_form():
    markdown = form(
        "type | name | label | bind::avrr:section | bind::avrr:saveto",
        "text | a | A | | person.phone",
        "begin_group | g | G | protection | ",
        "text | b | B | | ",
        "text | c | C | medical | ",
        "end_group | | | | ",
        settings={
            "namespaces": 'avrr="https://avrr.invalid/xforms"',
            "attribute::avrr:section": "reint",
        },
    )
    definition = define(markdown)
    assert definition.section == "reint"
    sections = {one.name: one.section for one in definition.questions.values() if one.control}
    assert sections == {"a": "reint", "b": "protection", "c": "medical"}
    assert definition.questions["/data/a"].save_to == "person.phone"


@pytest.mark.parametrize(
    "rows",
    [
        [row("calculate", "a", calculation="${b} + 1"), row("calculate", "b", calculation="${a} + 1")],
        [row("text", "a", relevant="${b} = ''"), row("calculate", "b", calculation="${a}")],
        [row("begin_group", "a", relevant="${b} = 'x'"), row("text", "b"), row("end_group", "")],
    ],
)
def test_a_cycle_is_refused_with_its_names(rows):
    markdown = form(COLUMNS, *rows, row("text", "z"))
    with pytest.raises(DefinitionError) as failure:
        define(markdown)
    assert failure.value.code == "cycle"
    assert set(str(failure.value.params["names"]).split(" > ")) == {"a", "b"}


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
