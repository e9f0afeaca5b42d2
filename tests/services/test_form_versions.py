"""Forms of the office: versions coexist, an import says exactly what is different, a retired version stays readable."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from avrr_desktop.domain.acting import Actor
from avrr_desktop.domain.counselling import Interview, Mode
from avrr_desktop.domain.failures import Blocked, Expected, Refused
from avrr_desktop.domain.office import FormVersion
from avrr_desktop.services import form_versions
from avrr_desktop.services.desk import Desk
from avrr_desktop.services.form_changes import Comparison, Facet, compare
from avrr_desktop.services.form_sources import STREAM, definition_of, read_form, shipped_forms, version_key
from avrr_desktop.services.form_versions import (
    Candidate,
    accept_version,
    export_version,
    import_basis,
    look_over,
    offered_forms,
    put_back,
    retire_version,
    versions,
)
from avrr_desktop.services.history import undo
from avrr_desktop.services.interviewing import Sitting, begin_interview
from tests.interview_case import begin, open_case
from tests.office import TestOffice, reopen

SURVEY = """| survey |
| | type | name | label::English (en) | label::Français (fr) | hint::English (en) | required | relevant | constraint |
| | begin_group | page | A page | Une page |  |  |  |  |
| | select_one yn | here | Are you here? | Êtes-vous ici ? | Look around. | yes |  |  |
| | integer | age | How old are you? | Quel âge avez-vous ? |  |  | ${here} = 'yes' | . < 120 |
| | text | note_of | Anything else? | Autre chose ? |  |  |  |  |
| | end_group |  |  |  |  |  |  |  |
| | begin_group | last | The end | La fin |  |  |  |  |
| | text | bye | Goodbye? | Au revoir ? |  |  | ${age} > 17 |  |
| | end_group |  |  |  |  |  |  |  |
| choices |
| | list_name | name | label::English (en) | label::Français (fr) |
| | yn | yes | Yes | Oui |
| | yn | no | No | Non |
| settings |
| | form_title | form_id | version | default_language |
| | A small form | small | 1 | English (en) |
"""


def changed(*pairs: tuple[str, str], version: str = "2") -> str:
    text = SURVEY
    for old, new in (*pairs, ("| small | 1 |", f"| small | {version} |")):
        assert old in text, old
        text = text.replace(old, new)
    return text


def differences(*pairs: tuple[str, str]) -> Comparison:
    old, new = (read_form("md", text.encode(), "small")[1] for text in (SURVEY, changed(*pairs)))
    return compare(old, new)


def file(folder: Path, text: str, name: str = "form.md") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def shipped_text(desk: Desk) -> str:
    return shipped_forms(desk.resources.forms)["pre_departure"].data.decode()


def next_version(desk: Desk, version: str = "2099010101") -> str:
    held = shipped_forms(desk.resources.forms)["pre_departure"].version
    text = shipped_text(desk).replace(f"| {held} |", f"| {version} |")
    return text.replace("Are we talking alone, without family in the room?", "Are we alone in this room?")


def words(sitting: Sitting) -> list[str]:
    return [asked.text for topic in sitting.topics() for asked in sitting.questions(topic.path)]


def record(office: TestOffice, case: str, interview: str) -> Interview:
    found = office.desk.one(Interview, case, interview)
    assert found is not None
    return found


def import_version(desk: Desk, actor: Actor, path: Path) -> Candidate:
    return look_over(path, import_basis(desk, actor))


# -- Versions side by side --


def test_beginning_an_interview_keeps_the_version_in_the_same_transaction(office):
    case, person = open_case(office)
    assert office.desk.store.find(FormVersion) == []
    interview = begin(office, case, person)
    sha256 = record(office, case, interview).form_sha256
    kept = office.desk.store.get(FormVersion, sha256, stream=STREAM)
    assert (kept.form_id, kept.sha256, kept.source, kept.added_by) == (
        "pre_departure", sha256, "md", office.maya.officer,
    )  # fmt: skip
    assert office.desk.store.blobs.read(kept.blob)[0].decode() == shipped_text(office.desk)
    begin(office, case, person)
    assert len(office.desk.store.find(FormVersion)) == 1


def test_an_interview_opens_with_its_own_questions_after_a_later_version_was_imported(office, tmp_path):
    case, person = open_case(office)
    first = begin(office, case, person)
    found = import_version(office.desk, office.claire, file(tmp_path, next_version(office.desk)))
    assert found.checked.errors == ()
    accept_version(office.desk, office.claire, found)
    second = begin(office, case, person)
    assert record(office, case, second).form_version == "2099010101"
    old, new = (words(Sitting(office.desk, office.maya, case, one)) for one in (first, second))
    assert "Are we talking alone, without family in the room?" in old
    assert "Are we alone in this room?" not in old
    assert "Are we alone in this room?" in new


def test_an_interview_opens_when_the_program_carries_another_form_or_none(office, tmp_path):
    """The program was updated, then a form was dropped from it; the store keeps what the interview began with."""
    case, person = open_case(office)
    interview = begin(office, case, person)
    before = words(Sitting(office.desk, office.maya, case, interview))
    newer = tmp_path / "forms" / "pre_departure"
    newer.mkdir(parents=True)
    (newer / "form.md").write_text(next_version(office.desk), encoding="utf-8")
    office.desk.store.close()
    again = reopen(office.path)
    again.desk.resources = replace(again.desk.resources, forms=tmp_path / "forms")
    assert words(Sitting(again.desk, again.maya, case, interview)) == before
    (newer / "form.md").unlink()
    assert words(Sitting(again.desk, again.maya, case, interview)) == before
    again.desk.store.close()


def test_an_interview_of_before_versions_were_kept_says_so_when_its_form_is_gone(office):
    case, person = open_case(office)
    interview = begin(office, case, person)
    with office.desk.work(office.claire) as work:
        work.remove(STREAM, FormVersion, record(office, case, interview).form_sha256)
    Sitting(office.desk, office.maya, case, interview)
    office.desk.resources = replace(office.desk.resources, forms=office.path.parent / "nothing")
    with pytest.raises(Expected) as refused:
        Sitting(office.desk, office.maya, case, interview)
    assert refused.value.code == "form.missing"


def test_an_interview_whose_version_was_never_kept_names_both_versions(office, tmp_path):
    case, person = open_case(office)
    interview = begin(office, case, person)
    with office.desk.work(office.claire) as work:
        work.remove(STREAM, FormVersion, record(office, case, interview).form_sha256)
    folder = tmp_path / "forms" / "pre_departure"
    folder.mkdir(parents=True)
    (folder / "form.md").write_text(next_version(office.desk), encoding="utf-8")
    office.desk.resources = replace(office.desk.resources, forms=tmp_path / "forms")
    with pytest.raises(Expected) as refused:
        Sitting(office.desk, office.maya, case, interview)
    assert refused.value.code == "form.other_version"
    assert refused.value.params["held"] == "2099010101"
    assert refused.value.params["began"] == record(office, case, interview).form_version


def test_a_source_that_is_lost_spoils_neither_the_list_nor_the_next_import(office, tmp_path):
    accept_version(office.desk, office.claire, import_version(office.desk, office.claire, file(tmp_path, SURVEY)))
    for part in office.path.with_name(office.path.name + ".blobs").iterdir():
        part.unlink()
    form = next(form for form in versions(office.desk, office.maya) if form.form_id == "small")
    assert (form.current.questions, form.current.languages) == (0, ())
    later = import_version(office.desk, office.claire, file(tmp_path, changed()))
    assert (later.checked.errors, later.comparison, later.against, later.is_later) == ((), None, "1", True)
    accept_version(office.desk, office.claire, later)
    form = next(form for form in versions(office.desk, office.maya) if form.form_id == "small")
    assert (form.current.version, form.current.questions) == ("2", 4)


def test_taking_an_interview_back_leaves_its_version(office):
    case, person = open_case(office)
    done = begin_interview(
        office.desk, office.maya, case, person, language="fr", place="Room", mode=Mode.OFFICE, interpreter=None
    )
    undo(office.desk, office.maya, done.before)
    assert office.desk.one(Interview, case, done.value) is None
    assert len(office.desk.store.find(FormVersion)) == 1


@pytest.mark.parametrize(
    ("earlier", "later"), [("9", "10"), ("2026112401", "2026112402"), ("1.9", "1.10"), ("", "1"), ("2", "2b")]
)
def test_numbers_in_a_version_are_compared_as_numbers(earlier, later):
    assert version_key(earlier) < version_key(later)


def test_an_imported_version_wins_only_when_it_is_later(office, tmp_path):
    case, person = open_case(office)
    accept_version(
        office.desk,
        office.claire,
        import_version(office.desk, office.claire, file(tmp_path, next_version(office.desk, "2001010101"))),
    )
    shipped = shipped_forms(office.desk.resources.forms)["pre_departure"]
    assert record(office, case, begin(office, case, person)).form_sha256 == shipped.sha256
    later = import_version(office.desk, office.claire, file(tmp_path, next_version(office.desk)))
    assert later.is_later
    accept_version(office.desk, office.claire, later)
    assert record(office, case, begin(office, case, person)).form_version == "2099010101"


# -- Import --


def test_a_form_nobody_knows_is_accepted_and_offered(office, tmp_path):
    found = import_version(office.desk, office.claire, file(tmp_path, SURVEY))
    assert (found.comparison, found.questions, found.languages) == (None, 4, ("English", "Français"))
    accept_version(office.desk, office.claire, found)
    noted = office.desk.store.audit_trail.entries()[-1]
    assert (noted.event, noted.params["form"]) == ("form_accepted", "small")
    assert offered_forms(office.desk, office.maya)[0][0] == "pre_departure"
    assert ("small", "A small form") in offered_forms(office.desk, office.maya)
    case, person = open_case(office)
    interview = begin(office, case, person, form_id="small")
    assert "How old are you?" not in words(Sitting(office.desk, office.maya, case, interview))
    assert "Are you here?" in words(Sitting(office.desk, office.maya, case, interview))
    sha256 = record(office, case, interview).form_sha256
    assert form_versions.form_titles(office.desk, office.maya)[sha256] == "A small form"


def test_a_workbook_is_imported_and_given_back_as_it_came(office, tmp_path):
    accept_version(office.desk, office.claire, import_version(office.desk, office.claire, file(tmp_path, SURVEY)))
    one = next(form for form in versions(office.desk, office.maya) if form.form_id == "small").versions[0]
    assert one.suffix == ".xlsx"
    export_version(office.desk, office.maya, one.sha256, tmp_path / "small.xlsx")
    again = import_version(office.desk, office.claire, tmp_path / "small.xlsx")
    assert [remark.code for remark in again.checked.errors] == ["form.same_version"]
    assert again.comparison == Comparison((), ())
    from openpyxl import load_workbook  # type: ignore[import-untyped]  # no stubs exist

    book = load_workbook(tmp_path / "small.xlsx")
    book["settings"].cell(2, [cell.value for cell in book["settings"][1]].index("version") + 1, "2")
    book.save(tmp_path / "newer.xlsx")
    newer = import_version(office.desk, office.claire, tmp_path / "newer.xlsx")
    assert newer.checked.errors == ()
    sha256 = accept_version(office.desk, office.claire, newer).value
    export_version(office.desk, office.maya, sha256, tmp_path / "back.xlsx")
    assert (tmp_path / "back.xlsx").read_bytes() == (tmp_path / "newer.xlsx").read_bytes()


def test_one_version_never_names_two_contents(office, tmp_path):
    accept_version(office.desk, office.claire, import_version(office.desk, office.claire, file(tmp_path, SURVEY)))
    other = changed(("Goodbye?", "Farewell?"), version="1")
    found = import_version(office.desk, office.claire, file(tmp_path, other))
    assert [remark.code for remark in found.checked.errors] == ["form.same_version"]
    assert len(found.comparison.differences) == 1
    with pytest.raises(Expected) as refused:
        accept_version(office.desk, office.claire, found)
    assert refused.value.code == "form.same_version"
    assert len(office.desk.store.find(FormVersion)) == 1


def test_the_same_file_is_not_taken_twice_whatever_its_line_ends(office, tmp_path):
    accept_version(office.desk, office.claire, import_version(office.desk, office.claire, file(tmp_path, SURVEY)))
    path = tmp_path / "windows.md"
    path.write_bytes(b"\xef\xbb\xbf" + SURVEY.replace("\n", "\r\n").encode())
    found = import_version(office.desk, office.claire, path)
    assert [remark.code for remark in found.checked.errors] == ["form.known"]


@pytest.mark.parametrize(
    ("pair", "code"),
    [
        (("| small | 1 |", "| small |  |"), "form.no_version"),
        (("| small | 1 |", "| small | 1 st |"), "form.bad_version"),
    ],
)
def test_a_version_that_cannot_be_told_apart_is_refused(office, tmp_path, pair, code):
    found = import_version(office.desk, office.claire, file(tmp_path, SURVEY.replace(*pair)))
    assert [remark.code for remark in found.checked.errors] == [code]


def test_a_bad_form_is_refused_with_sheet_and_row_and_nothing_is_written(office, tmp_path):
    found = import_version(office.desk, office.claire, file(tmp_path, changed(("${age} > 17", "${age} > explode(1)"))))
    assert [(one.code, one.sheet, one.row, one.name) for one in found.checked.errors] == [
        ("form.unknown_function", "survey", 8, "bye")
    ]
    with pytest.raises(Blocked):
        accept_version(office.desk, office.claire, found)
    assert office.desk.store.find(FormVersion) == []


def test_a_file_that_is_no_form_is_told(office, tmp_path):
    found = import_version(office.desk, office.claire, tmp_path / "nothing.xlsx")
    assert [remark.code for remark in found.checked.errors] == ["form.unreadable"]


@pytest.mark.parametrize("act", ["import_basis", "accept_version", "retire_version", "put_back"])
def test_only_supervisors_and_administrators_change_forms(office, act):
    with pytest.raises(Refused):
        getattr(form_versions, act)(office.desk, office.maya, None)


# -- Retiring --


def test_no_interview_begins_with_a_retired_version_and_those_begun_go_on(office, tmp_path):
    case, person = open_case(office)
    shipped = shipped_forms(office.desk.resources.forms)["pre_departure"].sha256
    later = import_version(office.desk, office.claire, file(tmp_path, next_version(office.desk)))
    sha256 = accept_version(office.desk, office.claire, later).value
    first = begin(office, case, person)
    retire_version(office.desk, office.claire, sha256)
    assert record(office, case, begin(office, case, person)).form_sha256 == shipped
    assert "Are we alone in this room?" in words(Sitting(office.desk, office.maya, case, first))
    form = versions(office.desk, office.maya)[0]
    assert form.current.sha256 == shipped
    assert [(one.retired_by, one.interviews) for one in form.versions if one.sha256 == sha256] == [("Claire Moreau", 1)]
    put_back(office.desk, office.claire, sha256)
    assert versions(office.desk, office.maya)[0].current.sha256 == sha256


def test_retiring_is_taken_back_by_undo_but_the_version_stays(office):
    sustain = shipped_forms(office.desk.resources.forms)["sustainability"].sha256
    done = retire_version(office.desk, office.claire, sustain)
    assert "sustainability" not in dict(offered_forms(office.desk, office.maya))
    undo(office.desk, office.claire, done.before)
    assert "sustainability" in dict(offered_forms(office.desk, office.maya))
    assert office.desk.store.get(FormVersion, sustain, stream=STREAM) is not None


def test_the_last_version_of_the_form_every_case_needs_stays(office):
    shipped = shipped_forms(office.desk.resources.forms)["pre_departure"].sha256
    with pytest.raises(Blocked) as refused:
        retire_version(office.desk, office.claire, shipped)
    assert refused.value.code == "form.needed"


def test_a_form_whose_versions_are_all_retired_says_so(office):
    retire_version(office.desk, office.claire, shipped_forms(office.desk.resources.forms)["sustainability"].sha256)
    case, person = open_case(office)
    with pytest.raises(Expected) as refused:
        begin(office, case, person, form_id="sustainability")
    assert refused.value.code == "form.retired"


def test_what_the_list_says_of_a_form_is_what_the_compiled_form_says(office):
    """The list reads the sheets; the compiler decides."""
    shipped = shipped_forms(office.desk.resources.forms)
    seen = {form.form_id: form.versions[0] for form in versions(office.desk, office.maya)}
    assert seen.keys() == shipped.keys()
    for form_id, view in seen.items():
        definition = definition_of(shipped[form_id])
        assert (form_id, view.version, view.title) == (definition.form_id, definition.version, definition.title)
        assert view.questions == sum(question.is_asked for question in definition.questions.values())
        assert len(view.languages) == len(definition.languages)


# -- Comparison --


def test_two_equal_versions_have_no_difference():
    assert differences() == Comparison((), ())


YES, NO = "| | yn | yes | Yes | Oui |\n", "| | yn | no | No | Non |\n"
CHANGES = [
    (("Are you here?", "Are you there?"), "here", Facet("label", "Are you here?", "Are you there?", "English (en)")),
    (("Quel âge avez-vous ?", "Âge ?"), "age", Facet("label", "Quel âge avez-vous ?", "Âge ?", "Français (fr)")),
    (("Look around.", ""), "here", Facet("hint", "Look around.", "", "English (en)")),
    (("| integer | age", "| decimal | age"), "age", Facet("type", "integer", "decimal")),
    (("Look around. | yes |", "Look around. |  |"), "here", Facet("required", "true()", "")),
    (("${here} = 'yes'", "${here} != 'no'"), "age", Facet("relevant", "${here} = 'yes'", "${here} != 'no'")),
    ((". < 120", ". < 130"), "age", Facet("constraint", ". < 120", ". < 130")),
    ((NO, ""), "here", Facet("choice_removed", "No", "", choice="no")),
    (
        ("| Non |\n", "| Non |\n| | yn | maybe | Perhaps | Peut-être |\n"), "here",
        Facet("choice_added", "", "Perhaps", choice="maybe"),
    ),
    (
        (f"{YES}{NO}", f"{NO}{YES}"),
        "here", Facet("choice_order", "yes no", "no yes"),
    ),
    (("| Non |", "| Pas |"), "here", Facet("choice_label", "Non", "Pas", "Français (fr)", "no")),
]  # fmt: skip


@pytest.mark.parametrize(("pair", "name", "facet"), CHANGES)
def test_each_change_of_a_question_is_told_and_nothing_else(pair, name, facet):
    (found,) = differences(pair).differences
    assert (found.kind, found.name, found.facets) == ("changed", name, (facet,))


NEW_COLUMNS = [
    ("appearance", "multiline", Facet("appearance", "", "multiline")),
    ("default", "Nothing", Facet("default", "", "Nothing")),
    ("parameters", "rows=3", Facet("parameters", "", "rows=3")),
    ("calculation", "${age} + 1", Facet("calculation", "", "${age} + 1")),
    ("guidance_hint::English (en)", "Slowly.", Facet("guidance", "", "Slowly.", "English (en)")),
]


@pytest.mark.parametrize(("column", "cell", "facet"), NEW_COLUMNS)
def test_what_a_new_column_says_of_a_question_is_told(column, cell, facet):
    head, row = "| relevant | constraint |", "| Autre chose ? |  |  |  |  |"
    (found,) = differences((head, f"{head} {column} |"), (row, f"{row} {cell} |")).differences
    assert (found.kind, found.name, found.facets) == ("changed", "note_of", (facet,))


def test_another_title_is_told_of_the_form():
    found = differences(("| A small form |", "| A short form |"))
    assert (found.form, found.differences) == ((Facet("title", "A small form", "A short form"),), ())


def test_added_and_removed_questions_are_told():
    row = "| | text | note_of | Anything else? | Autre chose ? |  |  |  |  |\n"
    (gone,) = differences((row, "")).differences
    assert (gone.kind, gone.name, gone.label) == ("removed", "note_of", "Anything else?")
    (come,) = differences((row, row + "| | date | when | When? | Quand ? |  |  |  |  |\n")).differences
    assert (come.kind, come.name, come.label, come.facets) == ("added", "when", "When?", ())


def test_a_name_that_changed_is_one_removed_and_one_added_that_says_which_it_was():
    found = differences(("| note_of |", "| remark |")).differences
    assert [(one.kind, one.name, one.facets) for one in found] == [
        ("added", "remark", (Facet("name", "note_of", "remark"),)),
        ("removed", "note_of", ()),
    ]


def test_a_renamed_page_and_a_moved_question_change_no_rule_that_names_them():
    row = "| | integer | age | How old are you? | Quel âge avez-vous ? |  |  | ${here} = 'yes' | . < 120 |\n"
    found = differences((row, ""), ("| La fin |  |  |  |  |\n", "| La fin |  |  |  |  |\n" + row))
    assert [(one.name, one.facets) for one in found.differences] == [("age", (Facet("place", "page", "last"),))]
    assert [facet.what for facet in found.form] == ["order"]


def test_the_order_of_questions_is_told_of_the_form():
    first = "| | text | note_of | Anything else? | Autre chose ? |  |  |  |  |\n"
    head = "| | begin_group | page | A page | Une page |  |  |  |  |\n"
    found = differences((first, ""), (head, head + first))
    assert (found.differences, [facet.what for facet in found.form]) == ((), ["order"])


def test_a_language_that_came_is_said_once():
    found = differences(("::Français (fr)", "::Español (es)"))
    assert [(facet.what, facet.language) for facet in found.form] == [
        ("language_added", "Español (es)"),
        ("language_removed", "Français (fr)"),
    ]
    assert found.differences == ()
