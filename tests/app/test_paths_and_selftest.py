"""The program finds its data, starts light and says what an installation lacks."""

import io
import json
import subprocess
import sys
from argparse import Namespace
from pathlib import Path

import pytest

from avrr_desktop.app.main import COMMANDS
from avrr_desktop.app.paths import DataMissing, find_paths
from avrr_desktop.app.selftest import check_first, open_font, open_form, open_programme
from avrr_desktop.cli.command import Command, Line
from avrr_desktop.cli.main import main
from avrr_desktop.cli.notices import LINES, VERBS
from avrr_desktop.domain.failures import Fault


def test_a_checkout_is_found_beside_the_package() -> None:
    """Forms and resources are the top-level folders."""
    root = Path(__file__).resolve().parents[2]
    paths = find_paths()
    assert (root / "forms", root / "resources") == (paths.forms, paths.resources)


def test_a_wheel_is_found_inside_the_package_and_wins(tmp_path: Path) -> None:
    """A file named like the data folders beside site-packages does not matter."""
    package = tmp_path / "site" / "avrr_desktop"
    for place in (package / "_data", package.parent):
        for name in ("forms", "resources"):
            (place / name).mkdir(parents=True)
    assert package / "_data" / "forms" == find_paths({}, package).forms


def test_missing_data_names_both_places(tmp_path: Path) -> None:
    """The failure carries where was looked, not a sentence."""
    with pytest.raises(DataMissing) as caught:
        find_paths({}, tmp_path / "avrr_desktop")
    assert caught.value.code == "paths.data_missing"
    assert str(tmp_path / "avrr_desktop" / "_data") in str(caught.value.params["searched"])


def test_one_variable_moves_every_user_folder_and_nothing_is_made(tmp_path: Path) -> None:
    """A rehearsal or a test never touches the real home, and finding makes no folder."""
    home = tmp_path / "home"
    paths = find_paths({"AVRR_DESKTOP_HOME": str(home)})
    assert {home} == {paths.data_dir.parent, paths.config_dir.parent, paths.state_dir.parent}
    assert not home.exists()


def test_without_the_variable_the_folders_carry_the_programs_name() -> None:
    """The user's folders follow the system's habit."""
    paths = find_paths({})
    assert all("avrr-desktop" in str(f) for f in (paths.data_dir, paths.config_dir, paths.state_dir))


@pytest.mark.parametrize(
    ("opener", "name", "content"),
    [
        (open_form, "a.xlsx", b"PK\x03\x04 torn"),
        (open_form, "a.md", b"  \n"),
        (open_font, "a.ttf", b"\x00\x01\x00\x00\x00\x01" + bytes(40)),
        (open_programme, "a.toml", b"[open"),
        (open_programme, "a.toml", b""),
    ],
)
def test_a_damaged_file_fails_the_selftest(tmp_path: Path, opener: object, name: str, content: bytes) -> None:
    """Opening means reading, so a torn file is told apart from a good one."""
    (tmp_path / name).write_bytes(content)
    line = check_first("kind", tmp_path, (Path(name).suffix,), opener)  # type: ignore[arg-type]
    assert (line.failed, line.code) == (True, "unreadable")


def test_an_empty_folder_fails_the_selftest(tmp_path: Path) -> None:
    """An installation without data is not well."""
    assert check_first("form", tmp_path, (".xlsx",), open_form).failed


def test_the_command_prints_text_or_json_and_answers_with_its_code(tmp_path: Path) -> None:
    """Both faces say the same lines; a failed line makes 1."""
    good = tmp_path / "good.toml"
    good.write_text("a = 1")
    seen = (check_first("programme", tmp_path, (".toml",), open_programme),)
    bad = (*seen, check_first("form", tmp_path, (".xlsx",), open_form))
    for lines, code in ((seen, 0), (bad, 1)):
        command = Command("selftest", lambda _asked, lines=lines: lines)  # type: ignore[misc]
        text, data = io.StringIO(), io.StringIO()
        assert code == main(["selftest"], (command,), text)
        assert code == main(["selftest", "--json"], (command,), data)
        assert len(lines) == len(text.getvalue().splitlines()) == len(json.loads(data.getvalue()))


def test_an_expected_failure_becomes_a_line_and_ours_is_let_through(tmp_path: Path) -> None:
    """The world's no has a sentence and code 1; a fault of ours must be seen whole."""

    def refuse(_asked: Namespace) -> tuple[Line, ...]:
        find_paths({}, tmp_path / "avrr_desktop")
        return ()

    def stumble(_asked: Namespace) -> tuple[Line, ...]:
        raise Fault("fault.of_ours")

    out = io.StringIO()
    assert main(["selftest"], (Command("selftest", refuse),), out) == 1
    assert str(tmp_path) in out.getvalue()
    with pytest.raises(Fault):
        main(["selftest"], (Command("selftest", stumble),), out)


def test_words_nobody_knows_are_answered_with_2() -> None:
    """argparse's usage code."""
    with pytest.raises(SystemExit) as caught:
        main(["no-such-verb"], COMMANDS, io.StringIO())
    assert caught.value.code == 2


def test_every_verb_and_every_code_has_its_sentence() -> None:
    """A verb without help or a line without a sentence would raise in front of a person."""
    assert {command.name for command in COMMANDS} <= set(VERBS)
    assert {"opened", "nothing_found", "unreadable", "paths.data_missing"} <= set(LINES)


def test_the_program_starts_without_qt_and_without_the_heavy_libraries() -> None:
    """Importing the entry point loads the standard library and this package only."""
    code = "import sys, avrr_desktop.app.main; print(' '.join(sys.modules))"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    tops = {name.partition(".")[0] for name in loaded.split()}
    assert "avrr_desktop" in tops
    assert not tops & {
        "PySide6",
        "shiboken6",
        "pydantic",
        "sqlmodel",
        "sqlalchemy",
        "reportlab",
        "pyxform",
        "platformdirs",
    }
