"""Settings, Forms: the list, an import in the background, the comparison before accepting, retiring, export."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from avrr_desktop.domain.counselling import Interview
from avrr_desktop.domain.office import FormVersion
from avrr_desktop.services.form_changes import Comparison, Difference, Facet
from avrr_desktop.services.form_sources import shipped_forms
from avrr_desktop.services.form_versions import Candidate, versions
from avrr_desktop.services.forms import Checked, Remark
from avrr_desktop.ui.background import Background
from avrr_desktop.ui.case.view import CaseScreen
from avrr_desktop.ui.components.dialog import Dialog
from avrr_desktop.ui.components.label import WrapLabel
from avrr_desktop.ui.habits import Habits
from avrr_desktop.ui.room import Room
from avrr_desktop.ui.settings import forms_model
from avrr_desktop.ui.settings.form_words import FACETS, facet_words, remark_place, remark_words
from avrr_desktop.ui.settings.view import SettingsScreen
from tests.interview_case import open_case

FIRST = """| survey |
| | type | name | label::English (en) | label::Français (fr) | required | relevant |
| | select_one yn | here | Are you here? | Êtes-vous ici ? | yes |  |
| | text | why | Why not? | Pourquoi pas ? |  | ${here} = 'no' |
| choices |
| | list_name | name | label::English (en) | label::Français (fr) |
| | yn | yes | Yes | Oui |
| | yn | no | No | Non |
| settings |
| | form_title | form_id | version | default_language |
| | A small form | small | 1 | English (en) |
"""
SECOND = (
    FIRST.replace("| 1 |", "| 2 |")
    .replace("Why not?", "What keeps you away?")
    .replace("| choices |", "| | date | since | Since when? | Depuis quand ? |  |  |\n| choices |")
)


@pytest.fixture
def screen(qtbot, look, office):
    look()
    return show(qtbot, office, office.claire)


def show(qtbot, office, actor):
    room = Room(office.desk, actor)
    crashes: list[BaseException] = []
    made = SettingsScreen(room, Habits(), Background(crashes.append))
    made.refused, made.crashes = [], crashes
    room.refused.connect(made.refused.append)
    room.changed.connect(made.hear)
    qtbot.addWidget(made)
    made.resize(1166, 700)
    made.show()
    made.open(page="forms")
    return made


def give(qtbot, screen, folder: Path, text: str, name: str = "small.md"):
    """Import *text* and wait until it was looked over."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    page = screen.pages["forms"]
    page.read_file(path)
    qtbot.waitUntil(lambda: page.review is not None or bool(screen.refused) or bool(screen.crashes), timeout=20000)
    assert (screen.refused, screen.crashes) == ([], [])
    return page.review


def bare(words: str) -> str:
    """Return *words* without the signs that isolate a direction."""
    return words.translate(dict.fromkeys((0x2066, 0x2068, 0x2069, 0x200E)))


def held(office, form_id):
    return next((form for form in versions(office.desk, office.claire) if form.form_id == form_id), None)


def test_the_list_names_every_form_the_program_carries(screen, office):
    page = screen.pages["forms"]
    assert page.rows.keys() == {form.sha256 for form in shipped_forms(office.desk.resources.forms).values()}
    assert all(not line.retire.isHidden() and line.put_back.isHidden() for line in page.rows.values())


def test_others_read_and_export_but_change_nothing(qtbot, look, office):
    look()
    screen = show(qtbot, office, office.maya)
    page = screen.pages["forms"]
    assert page.import_button.isHidden()
    assert all(line.retire.isHidden() and not line.export.isHidden() for line in page.rows.values())
    assert not page._read_only.isHidden()


def test_a_new_form_is_read_shown_and_accepted(screen, qtbot, office, tmp_path):
    review = give(qtbot, screen, tmp_path, FIRST)
    assert office.desk.store.find(FormVersion) == []
    assert screen.pages["forms"]._lists.isHidden()
    qtbot.mouseClick(review.accept, Qt.MouseButton.LeftButton)
    assert screen.pages["forms"].review is None
    assert held(office, "small").current.version == "1"
    assert held(office, "small").current.sha256 in screen.pages["forms"].rows


def test_a_later_version_is_compared_before_it_is_accepted(screen, qtbot, office, tmp_path):
    give(qtbot, screen, tmp_path, FIRST).accept.click()
    review = give(qtbot, screen, tmp_path, SECOND)
    told = [bare(words) for words in review.told]
    assert "Since when?" in told
    assert "Question in English: “Why not?” becomes “What keeps you away?”" in told
    assert not any("Pourquoi" in words for words in told)
    review.accept.click()
    form = held(office, "small")
    assert [(one.version, one.is_current) for one in form.versions] == [("2", True), ("1", False)]


def test_leaving_it_writes_nothing_and_the_list_comes_back(screen, qtbot, office, tmp_path):
    review = give(qtbot, screen, tmp_path, FIRST)
    assert screen.focusWidget() is review.leave
    review.leave.click()
    assert office.desk.store.find(FormVersion) == []
    assert not screen.pages["forms"]._lists.isHidden()
    assert screen.focusWidget() is screen.pages["forms"].import_button


def test_a_bad_form_tells_sheet_and_row_and_cannot_be_accepted(screen, qtbot, office, tmp_path):
    review = give(qtbot, screen, tmp_path, FIRST.replace("${here} = 'no'", "explode(${here})"))
    told = bare(review.told[0])
    assert told == "Sheet survey, row 3, why, column relevant: There is no function explode(). Check its spelling."
    assert review.accept.isHidden()
    assert office.desk.store.find(FormVersion) == []


def test_reading_can_be_stopped_and_its_result_is_thrown_away(screen, qtbot, tmp_path):
    page = screen.pages["forms"]
    (tmp_path / "a.md").write_text(FIRST, encoding="utf-8")
    page.read_file(tmp_path / "a.md")
    assert not page.progress.isHidden()
    page.progress.stop.click()
    assert page.progress.isHidden()
    qtbot.waitUntil(lambda: not page.tools.background.is_busy(), timeout=20000)
    assert page.review is None
    assert not page.import_button.isHidden()


def test_a_version_is_retired_after_a_question_and_put_back(screen, office, monkeypatch):
    page = screen.pages["forms"]
    sha256 = shipped_forms(office.desk.resources.forms)["sustainability"].sha256
    monkeypatch.setattr(Dialog, "ask", lambda *_args, **_more: "keep")
    page.rows[sha256].retire.click()
    assert held(office, "sustainability").current is not None
    monkeypatch.setattr(Dialog, "ask", lambda *_args, **_more: "retire")
    page.rows[sha256].retire.click()
    assert held(office, "sustainability").current is None
    assert page.rows[sha256].retire.isHidden()
    page.rows[sha256].put_back.click()
    assert held(office, "sustainability").current is not None


def test_the_form_every_case_needs_is_not_retired_without_another(screen, office, monkeypatch):
    monkeypatch.setattr(Dialog, "ask", lambda *_args, **_more: "retire")
    screen.pages["forms"].rows[shipped_forms(office.desk.resources.forms)["pre_departure"].sha256].retire.click()
    assert [failure.code for failure in screen.refused] == ["form.needed"]


def test_older_versions_are_folded_and_can_be_reached(screen, qtbot, office, tmp_path):
    for text in (FIRST, SECOND):
        give(qtbot, screen, tmp_path, text).accept.click()
    older = next(one for one in held(office, "small").versions if not one.is_current)
    line = screen.pages["forms"].rows[older.sha256]
    card = next(c for c in screen.pages["forms"].findChildren(type(line.parent().parent())) if line in c.versions)
    assert not line.isVisible()
    card.fold.click()
    assert line.isVisible()


def test_a_form_is_exported_as_a_workbook(screen, office, tmp_path):
    page = screen.pages["forms"]
    view = held(office, "satisfaction").current
    assert forms_model.file_name(view) == f"satisfaction-{view.version}.xlsx"
    page.export_to(view, tmp_path / "satisfaction.xlsx")
    assert (tmp_path / "satisfaction.xlsx").read_bytes().startswith(b"PK")
    page.export_to(view, tmp_path / "nowhere" / "satisfaction.xlsx")
    assert [failure.code for failure in screen.refused] == ["form.unwritable"]


# -- Beginning an interview --


def test_an_interview_begins_with_the_form_that_was_chosen_and_the_list_names_it(screen, qtbot, office, tmp_path):
    give(qtbot, screen, tmp_path, FIRST).accept.click()
    case, _person = open_case(office)
    room = Room(office.desk, office.maya)
    page = CaseScreen(room)
    qtbot.addWidget(page)
    page.resize(1166, 700)
    page.show()
    page.open(case)
    page.show_tab("interview")
    interviews = page.page()
    assert interviews.fields["form"].value() == "pre_departure"
    interviews.fields["form"].set_value("small")
    interviews.fields["place"].set_value("Room 2")
    interviews.fields["language"].set_value("fr")
    interviews.begin.click()
    (begun,) = office.desk.find(Interview, case)
    assert begun.value.form_id == "small"
    page.show_tab("people")
    page.show_tab("interview")
    assert any("A small form" in label.text() for label in interviews.findChildren(WrapLabel))


# -- Words and model --


def test_what_is_different_is_counted_by_kind_and_long_lists_are_cut():
    many = tuple(Difference("removed", f"q{at}", "", False) for at in range(forms_model.SHOWN_AT_MOST + 3))
    one = Difference("added", "new", "New?", False)
    found = forms_model.parts(Candidate(Checked("", (), ()), comparison=Comparison((), (one, *many))))
    assert [(part.kind, len(part.shown), part.more) for part in found] == [
        ("added", 1, 0),
        ("removed", forms_model.SHOWN_AT_MOST, 3),
    ]


@pytest.mark.parametrize("what", sorted(FACETS))
def test_every_difference_has_words(qapp, what):
    language = "Français (fr)" if what in ("label", "choice_label") else ""
    said = facet_words(Facet(what, "a", "b", language))
    assert "{" not in said
    assert language == "" or "Français" in said


def test_words_are_there_for_what_a_comparison_tells_and_for_nothing_else():
    form = (Comparison.__doc__ or "").partition("differences:")[0]
    named = set(re.findall(r'"(\w+)"', f"{Facet.__doc__}{form}"))
    assert len(named) > 20
    assert named == FACETS.keys()


def test_every_finding_of_lint_has_words(qapp):
    """A remark without a sentence says its code; none of lint's does."""
    from avrr_desktop.interview import lint

    codes = [line.split("|")[1].split(", ") for line in (lint.__doc__ or "").splitlines() if line.startswith("| ")]
    named = [code.strip() for row in codes[1:] for code in row]
    assert len(named) > 15
    for code in (code for code in named if code != "not_loaded"):
        assert f"(form.{code})" not in remark_words(Remark(f"form.{code}", {"name": "x"}))


def test_a_compiler_says_where(qapp):
    said = remark_place(Remark("form.not_compiled", {"detail": "x"}, "choices", 7, "yn"))
    assert bare(said) == "Sheet choices, row 7, yn"
