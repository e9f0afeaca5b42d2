"""
The sentences about forms: what is wrong, in words, and what to do about it.

One per code of the form engine, its lint and its compiler; `DETAIL` adds the remedy to the compiler's own words.
"""

from collections.abc import Mapping

WORDS = {
    # files
    "form.unreadable": "The file cannot be read ({reason}). Check the name and whether another program holds it open.",
    "form.unreadable_table": "The table {file} cannot be read. Save it as CSV in UTF-8.",
    "form.unwritable": "{file} cannot be written ({reason}). Choose another folder or close the file elsewhere.",
    "form.empty": "The file is empty. Choose the form itself.",
    "form.too_large": "The file is larger than {allowed} bytes. Move long lists of choices to a CSV beside the form.",
    "form.unknown_kind": "A file ending in .{suffix} is no form. Use .md, .xlsx, .xls, .csv or an XForm .xml.",
    "form.wrong_kind": "The file is {found}, not {wanted}. Export takes Markdown, import takes .xlsx.",
    "form.not_text": "The file is not text in UTF-8. Save it again with the encoding UTF-8.",
    "form.not_workbook": "The file is not an .xlsx workbook. Open it in a spreadsheet program and save it as .xlsx.",
    "form.old_workbook": (
        "The file is an old .xls workbook under another name. Open it in a spreadsheet program and save it as .xlsx."
    ),
    "form.not_writable": (
        "A sheet's name or a character cannot stand in a workbook. Shorten the name to 31 letters, without []:*?/\\."
    ),
    "form.no_sheets": "No sheet was found. A Markdown form begins with the line | survey | and a row of headers.",
    # compiling and loading
    "form.not_compiled": "{detail}",
    "form.compiler": "{detail}",
    "form.not_loaded": "The form was compiled but cannot be run: {why}",
    "form.not_xml": "The XForm is not well-formed XML. Export it again from the program that made it.",
    "form.entities": "The XML declares entities, which are refused for safety. Remove the <!DOCTYPE …> with them.",
    "form.not_xform": "The XML is no XForm: h:head, model or h:body is missing. Choose the form, not a submission.",
    "form.no_instance": "The XForm has no primary instance. Export it again from the program that made it.",
    "form.no_form_id": "The form has no id. Write form_id on the settings sheet (or id on the primary instance).",
    "form.unknown_path": "The path {path} leads nowhere. Check the spelling of the names in it.",
    "form.cycle": "These compute from each other: {names}. Take one of the references out.",
    "form.limit": "The form asks for more than is allowed ({limit}: at most {allowed}). Make it smaller.",
    "form.too_long": "The computation takes too long. Make it simpler: fewer // and fewer [ ] inside each other.",
    # expressions
    "form.syntax": 'The expression breaks off at character {at} ("{token}"). Check brackets, quotes and commas there.',
    "form.unknown_function": "There is no function {name}(). Check its spelling; ODK's list has those that exist.",
    "form.arity": "{name}() has a wrong number of arguments. Compare it with ODK's list of functions.",
    "form.unknown_variable": "${name} is not bound to anything. Write ${{{name}}} for a question.",
    "form.unknown_prefix": "The prefix {name}: is not declared. Declare its namespace.",
    "form.unknown_instance": "There is no list or table called {name}. Add it, or check the spelling.",
    "form.unknown_digest": "There is no digest {name}. Use MD5, SHA-1, SHA-256, SHA-384 or SHA-512.",
    "form.unknown_encoding": "There is no encoding {name}. Use base64 or hex.",
    "form.not_nodes": "{function}() or a path was given a value instead of nodes. Give it a path.",
    "form.pattern": "The regular expression is broken or could run away. Make it simpler: no repeats inside repeats.",
    "form.date_pattern": "A date pattern has no %{name}. Use %Y %y %m %n %b %d %e %a, and %H %h %M %S %3 for time.",
    "form.no_chance": "random() may not be used here.",
    "form.out_of_range": "A number or date in the expression is too large to compute with.",
    "form.no_node": "The path {path} of {field} gives no node. Check it against the instance.",
    "form.zone": "There is no time zone {zone}. Use a name such as America/Toronto.",
    # lint
    "form.absolute_in_predicate": (
        "In {column}, {path} stands inside [ ] and reads one and the same node for every row. "
        "Write the bare name there instead of ${{…}}."
    ),
    "form.days_cut": (
        "In {column}, {name}() around a difference of dates loses a day when the clocks change in between. "
        "Use round() for days; for an age, count the years with format-date()."
    ),
    "form.no_label": "The question has no label, so nobody can answer it. Write one.",
    "form.missing_translation": "The {column} is missing in {language}. Write it, or people see the default language.",
    "form.choice_space": 'The choice "{choice}" of {list} has a space in its name. Use an underscore.',
    "form.choice_twice": 'The choice "{choice}" of {list} is there twice, so the two cannot be told apart. Rename one.',
    "form.required_never_relevant": "The question is required but never shown. Take one of the two out.",
    "form.unknown_section": "There is no section {section}. Use one of the office's sections, such as couns.",
    "form.save_to_unknown": "There is no case field {target} to save to. Check the spelling.",
    "form.save_to_section": "{target} is kept in the section {section}, where this question may not write.",
    "form.reads_restricted": "In {column}, {path} is kept in the stricter section {section}. Do not read it here.",
    # playing
    "form.unknown_place": "The form has no {node}. Paths look like /data/member[2]/age.",
    "form.no_row": "{path} names a row that is not there (there are {rows}). Add it first.",
    "form.no_repeat": "{path} is no repeat, or lacks the position of the row.",
    "form.not_shown": "{path} is not shown now: it is not relevant, or nobody is asked.",
    "form.computed": "{node} is computed or only shown; nobody answers it.",
    "form.counted": "The form itself decides the number of rows here.",
    "form.unknown_step": "There is no step {step}.",
    "form.unknown_query": "Nothing is called {what} that could be asked.",
    "form.unknown_language": "The form has no language {language}. It has: {known}.",
    "form.spaces_in_choice": "The name of a choice has no spaces.",
    "form.control_characters": "The value holds control characters.",
    "form.not_int": "The value is not a whole number.",
    "form.not_decimal": "The value is not a number.",
    "form.not_date": "The value is not a date such as 2026-03-10.",
    "form.not_time": "The value is not a time such as 14:05:00.000.",
    "form.not_dateTime": "The value is not an instant such as 2026-03-10T14:05:00.000-05:00.",
    "form.not_geopoint": "The value is not a place such as 45.5 -73.6 0 0.",
    "form.not_geotrace": "The value is not a line of two places or more, such as 45.5 -73.6;45.6 -73.5.",
    "form.not_geoshape": "The value is not a shape: three places or more, then the first one again, ; between them.",
    "form.not_on_earth": "A latitude lies between -90 and 90, a longitude between -180 and 180.",
    "form.not_in_range": "The value is not between {start} and {end} in steps of {step}.",
    "form.step_refused": "Step {number} was refused: {why}",
    # the line itself
    "form.request": "The line lacks a proper {field}.",
    "form.not_json": "The line is not one JSON object.",
    "form.broken": "The program failed on this ({kind}). Please report it with the form.",
}

DETAIL = (
    ("Missing calculation", "Write an expression in the column calculation of this row, or choose another type."),
    ("Question with no type", "Write a type, such as text, in the column type of this row, or delete the row."),
    ("with no name", "Write a name without spaces in the column name of this row."),
    ("List name not in", "Add the list to that sheet, or correct the list's name in the column type."),
    ("Unmatched 'begin_", "Add the end row after the last question of the group, or delete this row."),
    ("Unmatched 'end_", "Delete this row, or add the begin row before the first question of the group."),
    ("Unknown question type", "Correct the column type; xlsform.org lists the types that exist."),
    ("has no label", "Write a label for it."),
    ("Duplicate column header", "Rename or delete one of the two columns."),
    ("no survey element named", "Correct the name in ${…}, or add a question with that name."),
    ("multiple survey elements named", "Give each of them a name of its own."),
    ("missing the", "Add the column for that language, or delete the language."),
    ("Choice filter not supported", "Delete the choice_filter, or the words it does not go with."),
    ("specify choices", "Add the choices of the list to the choices sheet."),
    ("must have an integer value", "Write a whole number there."),
    ("Error reading", "Check that the file begins with a survey sheet and its headers."),
    ("does not appear to be a valid XLSForm", "It needs a sheet called survey with the headers type and name."),
    ("There should be a", "Add that sheet with its headers."),
    ("must have a sheet named survey", "Add a sheet called survey with the headers type and name."),
    ("should end with one of", "Correct the ending of the file's name in the column type."),
    ("too deeply nested", "Put fewer groups inside each other."),
)
"""Words of the compiler and what to do about them; most of its later messages say that themselves."""


def sentence(code: str, params: Mapping[str, object]) -> str:
    """Return the sentence of a code, filled in; an unknown code is said as it is."""
    values = _Values(params)
    if code == "form.step_refused":
        values["why"] = sentence(str(params.get("reason", "")), params)
    if code == "form.not_loaded":
        values["why"] = sentence(f"form.{params.get('reason', '')}", params)
    if code == "form.limit" and params.get("limit") == "pass_budget":
        code = "form.too_long"
    text = WORDS.get(code, code).format_map(values)
    if code == "form.not_compiled":
        remedy = next((remedy for words, remedy in DETAIL if words in text), "")
        text = f"{text.strip() or 'The form does not compile.'} {remedy or _otherwise(text)}"
    return " ".join(text.split())


def place_words(sheet: str, row: int | None, name: str, params: Mapping[str, object]) -> str:
    """Write where something is: sheet, row, name and column, as far as known."""
    column = str(params.get("column", ""))
    parts = [
        f"sheet {sheet}" if sheet else "",
        f"row {row}" if row is not None else "",
        name,
        f"column {column}" if column else "",
    ]
    return ", ".join(part for part in parts if part)


def _otherwise(text: str) -> str:
    """Return what to do when the compiler's words are not known: most of them end in an advice already."""
    says_how = any(word in text for word in ("must ", "Please", "Learn more", "should ", "only ", "Either "))
    return "" if says_how else "Correct this in the form, compare it with xlsform.org, and check again."


class _Values(dict[str, object]):
    """Leave out what a sentence asks for and the failure does not know."""

    def __missing__(self, key: str) -> str:
        return "?"
