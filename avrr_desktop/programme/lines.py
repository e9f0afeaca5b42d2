"""Where each table and key of a TOML text stands; tomllib does not say."""

from __future__ import annotations

import re
from collections.abc import Mapping

Path = tuple[str | int, ...]
"""Keys and array positions from the top: ("gate", 0, "condition", 2, "facts")."""

_TABLE = re.compile(r"\s*(\[\[?)\s*([\w.\-]+)\s*\]\]?\s*(?:#.*)?$")
_KEY = re.compile(r"\s*([\w.\-]+)\s*=(.*)$")
_STRING = re.compile(r'"(?:\\.|[^"\\])*"|' + r"'[^']*'")
_LONG = re.compile(r'("""|' + r"''').*?\1")


def _table_path(double: bool, words: list[str], seen: dict[Path, int]) -> Path:
    """Return the path of a header; *seen* counts the tables of each array so far."""
    path: Path = ()
    for position, word in enumerate(words):
        path = (*path, word)
        if double and position == len(words) - 1:
            seen[path] = seen.get(path, -1) + 1
        if path in seen:
            path = (*path, seen[path])
    return path


def line_index(text: str) -> dict[Path, int]:
    """Map each table and key of valid TOML to its 1-based line; keys of inline tables are not listed."""
    index: dict[Path, int] = {}
    seen: dict[Path, int] = {}
    here: Path = ()
    depth, quote = 0, ""
    for number, line in enumerate(text.splitlines(), start=1):
        if quote:
            if quote in line:
                quote = ""
            continue
        rest = line
        if depth == 0:
            if header := _TABLE.match(line):
                here = _table_path(header[1] == "[[", header[2].split("."), seen)
                index.setdefault(here, number)
                continue
            if not (key := _KEY.match(line)):
                continue
            index.setdefault((*here, *key[1].split(".")), number)
            rest = key[2]
        bare = _STRING.sub("", _LONG.sub("", rest)).split("#")[0]
        quote = next((mark for mark in ('"""', "'''") if mark in rest and mark in _LONG.sub("", rest)), "")
        if not quote:
            depth += bare.count("[") + bare.count("{") - bare.count("]") - bare.count("}")
    return index


def line_of(index: Mapping[Path, int], path: Path) -> int:
    """Return the line of *path*, or of the nearest table or key around it; 0 for the top."""
    for length in range(len(path), 0, -1):
        if path[:length] in index:
            return index[path[:length]]
    return 0
