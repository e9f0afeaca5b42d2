"""The running form: answers, relevance, constraints, rows, languages, saving."""

from datetime import UTC, datetime
from xml.etree import ElementTree

import pytest
from interview_support import AGE, COLUMNS, FAMILY, MEMBER, SCHOOL, WHO, define, form, row, start

from avrr_desktop.interview.errors import AnswerError, DefinitionError
from avrr_desktop.interview.model import Place, State, Stored


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


def test_answers_without_a_question_are_kept():
    strange = Stored("/data/gone", "", "kept")
    running = start(define(FAMILY), [strange])
    assert strange in running.stored()


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


def test_a_text_missing_in_a_language_is_said_in_the_default_one():
    markdown = form(
        "type | name | label::English (en) | label::Français (fr) | hint::Deutsch (de) | label::Deutsch (de)",
        "text | x | Name | Nom | | ",
        "text | y | Age | Âge | Jahre | Alter",
        settings={"default_language": "Français (fr)"},
    )
    running = start(define(markdown))
    assert running.definition.languages[0] == "Français (fr)"
    assert running.label("/data/x", "Deutsch (de)") == "Nom"
    assert running.label("/data/y", "Deutsch (de)") == "Alter"


def test_once_may_read_the_node_it_fills():
    assert (
        start(define(form(COLUMNS, row("text", "x"), row("calculate", "c", calculation="once(concat(., 'a'))")))).value(
            "/data/c"
        )
        == "a"
    )
    with pytest.raises(DefinitionError):
        define(form(COLUMNS, row("text", "x"), row("calculate", "c", calculation="concat(., 'a')")))


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


def test_a_form_with_an_entities_sheet_loads_and_keeps_its_save_to():
    markdown = form("type | name | label | save_to", "text | who | Who? | family_name")
    markdown += "\n| entities |\n| | list_name | label |\n| | persons | ${who} |"
    running = start(define(markdown))
    running.answer("/data/who", "Ana")
    assert running.definition.questions["/data/who"].save_to == "family_name"


def test_states_may_be_given_as_plain_text_but_not_invented():
    assert Stored("/data/x", state="declined").state is State.DECLINED
    with pytest.raises(ValueError, match="perhaps"):
        Stored("/data/x", state="perhaps")


def test_a_group_label_that_says_an_answer_is_announced():
    markdown = form(
        COLUMNS,
        row("text", "who"),
        row("begin_group", "g", label="About ${who}"),
        row("text", "x"),
        row("end_group", ""),
    )
    running = start(define(markdown))
    assert Place("/data/g") in running.answer("/data/who", "Ana").places
    assert running.label("/data/g") == "About Ana"


def test_what_xml_cannot_hold_is_left_out_of_a_submission():
    running = start(define(FAMILY), [Stored("/data/me/given", value="a\x0bb<&")])
    assert "<given>ab&lt;&amp;</given>" in running.submission_xml()


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


def test_a_submission_reads_as_written_whatever_answers_and_attributes_hold():
    held = "A & B < \"C\" > 'D' ]]>\nnext\tline"
    settings = {"version": '1 & <2> "3"'}
    running = start(define(form("type | name | label", "text | said | What?", settings=settings)))
    running.answer("/data/said", held)
    root = ElementTree.fromstring(running.submission_xml())
    assert root.findtext("said") == held
    assert root.attrib["version"] == settings["version"]
