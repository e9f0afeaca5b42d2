"""The sentences of the command line: one short help per verb, one short line per code."""

VERBS = {
    "run": "open the window; the same as no verb",
    "selftest": "open one form, one font and one programme file of this installation",
}

LINES = {
    "window.ended": "failed  the window ended with code {exit_code}",
    "opened": "ok      {kind}: {file}",
    "nothing_found": "failed  {kind}: no file in {file}",
    "unreadable": "failed  {kind}: {file} cannot be read ({reason})",
    "paths.data_missing": "failed  forms and resources are not in {searched}",
}
