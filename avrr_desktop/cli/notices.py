"""The sentences of the command line: one short help per verb, one short line per code."""

VERBS = {
    "selftest": "open one form, one font and one programme file of this installation",
}

LINES = {
    "opened": "ok      {kind}: {file}",
    "nothing_found": "failed  {kind}: no file in {file}",
    "unreadable": "failed  {kind}: {file} cannot be read ({reason})",
    "paths.data_missing": "failed  forms and resources are not in {searched}",
}
