"""
The words of an imported form: what is wrong with it and where, and what is different from the version before.

Codes of failures a verb raises are in `ui.notices`; here are those of the compiler and of lint.
"""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication

from avrr_desktop.domain.failures import Failure
from avrr_desktop.services.asking import language_name
from avrr_desktop.services.form_changes import Facet
from avrr_desktop.services.forms import Remark
from avrr_desktop.ui import notices
from avrr_desktop.ui.components.base import isolate, ltr
from avrr_desktop.ui.notices import QT_TRANSLATE_NOOP

WORDS: dict[str, str] = {
    # compiling and loading
    "form.not_compiled": QT_TRANSLATE_NOOP(
        "FormWords", "The form does not compile ({detail}). Mend it and import it again."
    ),
    "form.compiler": QT_TRANSLATE_NOOP("FormWords", "The compiler remarks: {detail}"),
    "form.not_xml": QT_TRANSLATE_NOOP("FormWords", "The XForm is not well-formed XML. Export it again."),
    "form.entities": QT_TRANSLATE_NOOP("FormWords", "The XML declares entities, which are refused for safety."),
    "form.not_xform": QT_TRANSLATE_NOOP("FormWords", "The XML is no XForm. Choose the form, not a submission."),
    "form.no_instance": QT_TRANSLATE_NOOP("FormWords", "The XForm has no primary instance. Export it again."),
    "form.no_form_id": QT_TRANSLATE_NOOP("FormWords", "The form has no id. Write form_id on the settings sheet."),
    "form.no_settings": QT_TRANSLATE_NOOP("FormWords", "The form has no settings sheet. Add it."),
    "form.no_sheets": QT_TRANSLATE_NOOP("FormWords", "No sheet was found. A form begins with the sheet survey."),
    "form.unknown_path": QT_TRANSLATE_NOOP("FormWords", "The path {path} leads nowhere. Check the names in it."),
    "form.cycle": QT_TRANSLATE_NOOP("FormWords", "These compute from each other: {names}. Take one reference out."),
    "form.limit": QT_TRANSLATE_NOOP("FormWords", "The form asks for more than is allowed ({limit}: {allowed})."),
    "form.too_long": QT_TRANSLATE_NOOP("FormWords", "A computation takes too long. Make it simpler."),
    # expressions
    "form.syntax": QT_TRANSLATE_NOOP(
        "FormWords", "An expression breaks off at character {at} (“{token}”). Check brackets, quotes and commas there."
    ),
    "form.unknown_function": QT_TRANSLATE_NOOP("FormWords", "There is no function {name}(). Check its spelling."),
    "form.arity": QT_TRANSLATE_NOOP("FormWords", "{name}() has a wrong number of arguments."),
    "form.unknown_variable": QT_TRANSLATE_NOOP("FormWords", "${name} is not bound to anything."),
    "form.unknown_prefix": QT_TRANSLATE_NOOP("FormWords", "The prefix {name}: is not declared. Declare it."),
    "form.unknown_instance": QT_TRANSLATE_NOOP("FormWords", "There is no list or table called {name}. Add it."),
    "form.pattern": QT_TRANSLATE_NOOP(
        "FormWords", "The regular expression is broken or could run away. Make it simpler: no repeats inside repeats."
    ),
    # lint
    "form.absolute_in_predicate": QT_TRANSLATE_NOOP(
        "FormWords", "{path} stands inside [ ] and reads the same answer for every row. Write the bare name there."
    ),
    "form.days_cut": QT_TRANSLATE_NOOP(
        "FormWords", "{name}() around a difference of dates loses a day when the clocks change. Use round() for days."
    ),
    "form.no_label": QT_TRANSLATE_NOOP("FormWords", "The question has no label, so nobody can answer it. Write one."),
    "form.missing_translation": QT_TRANSLATE_NOOP(
        "FormWords", "A text is missing in {language}: people see the default language there."
    ),
    "form.choice_space": QT_TRANSLATE_NOOP(
        "FormWords", "The choice “{choice}” of {list} has a space in its name. Use an underscore."
    ),
    "form.choice_twice": QT_TRANSLATE_NOOP(
        "FormWords", "The choice “{choice}” of {list} is there twice, so the two cannot be told apart. Rename one."
    ),
    "form.required_never_relevant": QT_TRANSLATE_NOOP("FormWords", "The question is required but never shown."),
    "form.unknown_section": QT_TRANSLATE_NOOP("FormWords", "There is no section {section}."),
    "form.save_to_unknown": QT_TRANSLATE_NOOP("FormWords", "There is no case field {target} to save to."),
    "form.save_to_section": QT_TRANSLATE_NOOP(
        "FormWords", "{target} is kept in the section {section}, where this question may not write."
    ),
    "form.reads_restricted": QT_TRANSLATE_NOOP(
        "FormWords", "{path} is kept in the stricter section {section}. Do not read it here."
    ),
    "": QT_TRANSLATE_NOOP("FormWords", "The form cannot be used ({code})."),
}
"""What is wrong and what to do, by code; "" for a code that has no sentence of its own."""

FACETS: dict[str, str] = {
    "title": QT_TRANSLATE_NOOP("FormWords", "Title"),
    "section": QT_TRANSLATE_NOOP("FormWords", "Section"),
    "order": QT_TRANSLATE_NOOP("FormWords", "Questions stand in another order."),
    "language_added": QT_TRANSLATE_NOOP("FormWords", "Language added"),
    "language_removed": QT_TRANSLATE_NOOP("FormWords", "Language removed"),
    "label": QT_TRANSLATE_NOOP("FormWords", "Question"),
    "hint": QT_TRANSLATE_NOOP("FormWords", "Hint"),
    "guidance": QT_TRANSLATE_NOOP("FormWords", "Guidance"),
    "required_message": QT_TRANSLATE_NOOP("FormWords", "Message when it is not answered"),
    "constraint_message": QT_TRANSLATE_NOOP("FormWords", "Message when the answer does not fit"),
    "type": QT_TRANSLATE_NOOP("FormWords", "Type"),
    "required": QT_TRANSLATE_NOOP("FormWords", "Must be answered"),
    "relevant": QT_TRANSLATE_NOOP("FormWords", "Asked when"),
    "constraint": QT_TRANSLATE_NOOP("FormWords", "Answer fits when"),
    "calculation": QT_TRANSLATE_NOOP("FormWords", "Worked out as"),
    "read_only": QT_TRANSLATE_NOOP("FormWords", "Only shown"),
    "default": QT_TRANSLATE_NOOP("FormWords", "Begins with"),
    "appearance": QT_TRANSLATE_NOOP("FormWords", "Appearance"),
    "parameters": QT_TRANSLATE_NOOP("FormWords", "Parameters"),
    "save_to": QT_TRANSLATE_NOOP("FormWords", "Saved to"),
    "repeat_count": QT_TRANSLATE_NOOP("FormWords", "Number of rows"),
    "place": QT_TRANSLATE_NOOP("FormWords", "Stands in"),
    "name": QT_TRANSLATE_NOOP("FormWords", "Name"),
    "choice_added": QT_TRANSLATE_NOOP("FormWords", "Choice added"),
    "choice_removed": QT_TRANSLATE_NOOP("FormWords", "Choice removed"),
    "choice_label": QT_TRANSLATE_NOOP("FormWords", "Choice"),
    "choice_order": QT_TRANSLATE_NOOP("FormWords", "Order of choices"),
    "choice_filter": QT_TRANSLATE_NOOP("FormWords", "Choices offered"),
}
"""What about a question is another, by `Facet.what`."""


def remark_words(remark: Remark) -> str:
    """Return what is wrong, with what to do about it."""
    code, params = remark.code, dict(remark.params)
    if code == "form.not_loaded":
        code = f"form.{params.get('reason', '')}"
    if code == "form.limit" and params.get("limit") == "pass_budget":
        code = "form.too_long"
    if code in notices.SENTENCES:
        said = notices.notice(Failure(code, **params))
        return f"{said.text} {said.remedy}".strip()
    text = QCoreApplication.translate("FormWords", WORDS.get(code, WORDS[""]))
    return text.format_map(_Known({**{name: isolate(str(value)) for name, value in params.items()}, "code": code}))


def remark_place(remark: Remark) -> str:
    """Return where it is: sheet, row, name and column, as far as known; "" where nothing is."""
    translate = QCoreApplication.translate
    column = str(remark.params.get("column", ""))
    parts = (
        translate("FormWords", "Sheet {sheet}").format(sheet=ltr(remark.sheet)) if remark.sheet else "",
        translate("FormWords", "row {row}").format(row=remark.row) if remark.row is not None else "",
        ltr(remark.name) if remark.name else "",
        translate("FormWords", "column {column}").format(column=ltr(column)) if column else "",
    )
    return ", ".join(part for part in parts if part)


def facet_words(facet: Facet) -> str:
    """Return one line about what is different: what, in which language, what it was and what it is now."""
    translate = QCoreApplication.translate
    what = translate("FormWords", FACETS[facet.what])
    if facet.what == "order":
        return what
    if facet.what == "name":
        words = translate(
            "FormWords", "Has the words of {name}, which is removed: answers given there do not move here."
        )
        return words.format(name=ltr(facet.before))
    if facet.choice:
        what = f"{what} {ltr(facet.choice)}"
    if facet.language and not facet.what.startswith("language_"):
        words = translate("FormWords", "{what} in {language}")
        what = words.format(what=what, language=isolate(language_name(facet.language)))
    before, after = isolate(facet.before), isolate(facet.after)
    if not facet.before:
        return translate("FormWords", "{what}: “{after}”").format(what=what, after=after)
    if facet.what in ("choice_removed", "language_removed"):
        return translate("FormWords", "{what}: “{before}”").format(what=what, before=before)
    if not facet.after:
        return translate("FormWords", "{what}: no longer “{before}”").format(what=what, before=before)
    words = translate("FormWords", "{what}: “{before}” becomes “{after}”")
    return words.format(what=what, before=before, after=after)


class _Known(dict[str, object]):
    """Leave out what a sentence asks for and the remark does not know."""

    def __init__(self, values: Mapping[str, object]) -> None:
        super().__init__(values)

    def __missing__(self, key: str) -> str:
        return "?"
