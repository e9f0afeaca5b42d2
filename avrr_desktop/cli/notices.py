"""The sentences of the command line: one short help per verb, one short line per code."""

VERBS = {
    "form": "evaluate expressions, play and check forms, carry them to a workbook and back",
    "run": "open the window; the same as no verb",
    "demo": "open a rehearsal office full of invented cases; without a screen, walk through it and leave pictures",
    "selftest": "open one form, one font and one programme file of this installation",
}

LINES = {
    "form.written": "ok      {file}: {rows} rows",
    "form.refused": "failed  {file}: {reason}",
    "window.ended": "failed  the window ended with code {exit_code}",
    "demo.no_screen": "No screen was found: the same windows are driven without one.",
    "demo.office": "ok      a rehearsal office with {cases} invented cases",
    "demo.made": "ok      {file}",
    "opened": "ok      {kind}: {file}",
    "nothing_found": "failed  {kind}: no file in {file}",
    "unreadable": "failed  {kind}: {file} cannot be read ({reason})",
    "paths.data_missing": "failed  forms and resources are not in {searched}",
}
