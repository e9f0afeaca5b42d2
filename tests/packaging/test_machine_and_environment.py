"""What the machine lacks is read from the loader and PATH, and got only where that is allowed."""

import shutil
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "packaging"))

import environment  # noqa: E402 - lies outside any package
import tasks  # noqa: E402
from machine import (  # noqa: E402
    LIBRARIES,
    QT_FILES,
    TEST_PROGRAMS,
    Machine,
    apt_line,
    install_packages,
    missing_libraries,
    missing_programs,
    packages_for,
    parse_missing,
)

LOADER = """\
\tlinux-vdso.so.1 (0x00007ff7c21d7000)
\tlibGL.so.1 => not found
\tlibxkbcommon.so.0 => /lib/x86_64-linux-gnu/libxkbcommon.so.0 (0x00007f)
\tlibxcb-cursor.so.0 => not found
\tlibGL.so.1 => not found
\tlibnovel.so.7 => not found
"""


class Calls:
    """Answers programs from a table and remembers what was called."""

    def __init__(self, answers: dict[str, tuple[int, str]] | None = None) -> None:
        self.answers = answers or {}
        self.made: list[list[str]] = []

    def ask(self, argv: Sequence[str]) -> tuple[int, str]:
        self.made.append(list(argv))
        return next((v for k, v in self.answers.items() if k in " ".join(argv)), (0, ""))

    def run(self, argv: Sequence[str]) -> int:
        return self.ask(argv)[0]


def machine(
    calls: Calls,
    platform: str = "linux",
    is_root: bool = True,
    which: Callable[[str], str | None] = lambda name: f"/usr/bin/{name}",
    **environ: str,
) -> Machine:
    return Machine(platform, environ, is_root, which, calls.run, calls.ask)


def test_the_loaders_missing_names_are_listed_once_in_order() -> None:
    """Found libraries and repeated lines do not count."""
    assert parse_missing(LOADER) == ("libGL.so.1", "libxcb-cursor.so.0", "libnovel.so.7")


def test_missing_names_become_debian_packages_and_unknown_ones_are_kept() -> None:
    """A name no package is known for is told, not dropped."""
    assert packages_for(parse_missing(LOADER)) == (("libgl1", "libxcb-cursor0"), ("libnovel.so.7",))


def test_every_library_of_the_measured_apt_line_is_known() -> None:
    """The packages found by bisecting a bare Debian 12."""
    measured = (
        "libgl1 libegl1 libglib2.0-0 libdbus-1-3 libfontconfig1 libxkbcommon0 libxkbcommon-x11-0 "
        "libxcb-cursor0 libxcb-icccm4 libxcb-keysyms1 libxcb-shape0 libxcb-xkb1 libxcb-image0 "
        "libxcb-render-util0 libcups2"
    )
    assert set(measured.split()) <= set(LIBRARIES.values())


def test_the_real_loader_finds_nothing_missing_here_and_the_names_exist() -> None:
    """The files asked about are files of the pinned PySide6, so an empty answer means something."""
    import PySide6

    pyside = Path(PySide6.__file__).parent
    if sys.platform == "linux":
        assert [name for name in QT_FILES if not (pyside / name).exists()] == []
    assert missing_libraries(Machine.here(), pyside) == ()


def test_a_missing_library_is_asked_from_the_loader_file_by_file(tmp_path: Path) -> None:
    """Each file of Qt that is there is asked about; Qt's own libraries are not system libraries."""
    for name in QT_FILES[:2]:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    calls = Calls({"libQt6Gui": (0, LOADER), "libQt6Widgets": (0, "\tlibQt6Core.so.6 => not found\n")})
    assert "libGL.so.1" in missing_libraries(machine(calls), tmp_path)
    assert "libQt6Core.so.6" not in missing_libraries(machine(calls), tmp_path)
    assert [call[0] for call in calls.made[:2]] == ["ldd", "ldd"]


def test_as_root_packages_are_installed_after_an_update() -> None:
    """No sudo, no question, no recommended packages."""
    calls = Calls()
    assert install_packages(machine(calls), ("libgl1",))
    assert calls.made[0][-1] == "update"
    assert "sudo" not in calls.made[1]
    assert calls.made[1][-4:] == ["install", "-y", "--no-install-recommends", "libgl1"]


def test_with_passwordless_sudo_packages_are_installed_through_it() -> None:
    """``sudo -n`` never waits for a password."""
    calls = Calls()
    assert install_packages(machine(calls, is_root=False), ("libgl1",))
    assert calls.made[-1][:2] == ["sudo", "-n"]


@pytest.mark.parametrize("which", [lambda name: None if name == "sudo" else name, lambda name: None])
def test_without_the_right_the_one_line_is_printed(
    which: Callable[[str], str | None], capsys: pytest.CaptureFixture[str]
) -> None:
    """The person copies one line; nothing was tried."""
    calls = Calls()
    assert not install_packages(machine(calls, is_root=False, which=which), ("libgl1", "libegl1"))
    assert apt_line(("libgl1", "libegl1")) in capsys.readouterr().out
    assert calls.made == []


def test_sudo_that_wants_a_password_is_not_used() -> None:
    """A command that waits for a password would hang a build."""
    calls = Calls({"sudo -n true": (1, "a password is required")})
    assert not install_packages(machine(calls, is_root=False), ("libgl1",))


def test_a_failing_installation_says_the_line_too(capsys: pytest.CaptureFixture[str]) -> None:
    """The tool's own words come first."""
    calls = Calls({"install -y": (100, "E: Unable to locate package")})
    assert not install_packages(machine(calls), ("libgl1",))
    said = capsys.readouterr().out
    assert "E: Unable to locate package" in said
    assert apt_line(("libgl1",)) in said


def test_programs_of_the_tests_that_are_not_on_path_are_packages() -> None:
    """The tests need X, a window manager, D-Bus, a keyring, poppler and strace."""
    wanted = {"xvfb", "xauth", "xdotool", "openbox", "dbus", "gnome-keyring", "poppler-utils", "strace"}
    assert wanted <= set(TEST_PROGRAMS.values())
    assert missing_programs(machine(Calls(), which=lambda n: None if n == "Xvfb" else n)) == ("xvfb",)


@pytest.mark.parametrize("platform", ["darwin", "win32"])
def test_other_platforms_have_a_display_and_ask_no_loader(platform: str, tmp_path: Path) -> None:
    """ldd and apt are Linux's; the wheels bring their libraries along elsewhere."""
    calls = Calls()
    other = machine(calls, platform, which=lambda name: None)
    assert other.has_display
    assert missing_libraries(other, tmp_path) == ()
    assert missing_programs(other) == ()
    assert calls.made == []


def test_programs_of_the_environment_lie_where_each_platform_puts_them() -> None:
    """Windows has Scripts and .exe."""
    venv = Path("v")
    assert machine(Calls(), "win32").program(venv, "python") == venv / "Scripts" / "python.exe"
    assert machine(Calls(), "darwin").program(venv, "python") == venv / "bin" / "python"


def test_a_linux_display_is_x_or_wayland() -> None:
    """Neither set means: draw into a folder."""
    assert machine(Calls(), DISPLAY=":0").has_display
    assert machine(Calls(), WAYLAND_DISPLAY="wayland-0").has_display
    assert not machine(Calls(), DISPLAY="").has_display


def test_the_fingerprint_changes_with_a_pin_and_with_the_python(tmp_path: Path) -> None:
    """What decides the content of .venv decides the stamp."""
    for name in ("pins.txt", "pyproject.toml"):
        (tmp_path / name).write_text("a==1")
    first = environment.fingerprint(tmp_path, ("pins.txt",), "3.11")
    assert first == environment.fingerprint(tmp_path, ("pins.txt",), "3.11")
    assert first != environment.fingerprint(tmp_path, ("pins.txt",), "3.12")
    (tmp_path / "pins.txt").write_text("a==2")
    assert first != environment.fingerprint(tmp_path, ("pins.txt",), "3.11")


def _project(root: Path) -> tuple[Path, Path]:
    for names in environment.SETS.values():
        for name in (*names, "pyproject.toml"):
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_text("a==1")
    venv = root / ".venv"
    (venv / "bin").mkdir(parents=True)
    (venv / "bin/python").touch()
    (venv / "lib/python3/site-packages/PySide6").mkdir(parents=True)
    return root, venv


def test_the_second_preparation_installs_nothing(tmp_path: Path) -> None:
    """The stamp is believed as long as nothing that decides the content changed."""
    root, venv = _project(tmp_path)
    first, second, third = Calls(), Calls(), Calls()
    without_uv: Callable[[str], str | None] = lambda name: None  # noqa: E731
    assert environment.prepare(machine(first, which=without_uv), "run", root, venv)
    assert "--require-hashes" in first.made[0]
    assert "--no-deps" in first.made[1]
    assert environment.prepare(machine(second, which=without_uv), "run", root, venv)
    assert second.made == []
    (root / "packaging/requirements.txt").write_text("a==2")
    assert environment.prepare(machine(third, which=without_uv), "run", root, venv)
    assert len(third.made) == 2


def test_windows_keeps_its_packages_elsewhere_and_asks_nobody_for_libraries(tmp_path: Path) -> None:
    """Lib/site-packages instead of lib/pythonX/site-packages, Scripts instead of bin."""
    root, venv = _project(tmp_path)
    (venv / "Scripts").mkdir()
    (venv / "Scripts/python.exe").touch()
    shutil.rmtree(venv / "lib")
    (venv / "Lib/site-packages/PySide6").mkdir(parents=True)
    calls = Calls()
    assert environment.prepare(machine(calls, "win32", which=lambda name: None), "run", root, venv)
    assert {call[0] for call in calls.made} == {str(venv / "Scripts" / "python.exe")}


def test_without_pyside_preparation_fails(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An emptied environment under a stamp that still fits is told, not believed."""
    root, venv = _project(tmp_path)
    (venv / "lib/python3/site-packages/PySide6").rmdir()
    assert not environment.prepare(machine(Calls()), "run", root, venv)
    assert "PySide6" in capsys.readouterr().out


def test_uv_is_used_where_it_is_and_pip_where_it_cannot(tmp_path: Path) -> None:
    """uv does not read pip's settings, so a private index makes it fail."""
    root, venv = _project(tmp_path)
    calls = Calls({"uv pip": (2, "")})
    assert environment.prepare(machine(calls), "run", root, venv)
    assert [call[0] == "uv" for call in calls.made] == [True, False, True, False]


def test_a_failed_installation_leaves_no_stamp(tmp_path: Path) -> None:
    """The next run tries again."""
    root, venv = _project(tmp_path)
    calls = Calls({"pip install": (1, "")})
    assert not environment.prepare(machine(calls, which=lambda n: None), "run", root, venv)
    assert list(venv.glob(".stamp*")) == []


def test_missing_ensurepip_is_installed_before_the_environment_is_made(tmp_path: Path) -> None:
    """Debian keeps it in python3-venv."""
    root, venv = _project(tmp_path)
    (venv / "bin/python").unlink()
    calls = Calls({"import ensurepip": (1, ""), "-m venv": (1, "")})
    assert not environment.prepare(machine(calls, which=lambda n: n if n == "apt-get" else None), "run", root, venv)
    said = [" ".join(call) for call in calls.made]
    assert any("install" in words and "python3-venv" in words for words in said)
    assert [i for i, w in enumerate(said) if "python3-venv" in w] < [i for i, w in enumerate(said) if "-m venv" in w]


def test_an_old_python_is_told_what_it_needs(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The entry point says it in words any Python 3.8 can run."""
    import ast

    import dev

    ast.parse((ROOT / "packaging/dev.py").read_text(), feature_version=(3, 8))
    monkeypatch.setattr(sys, "version_info", (3, 8, 18))
    assert dev.main() == 2
    assert "3.11" in capsys.readouterr().out


def test_unknown_words_are_refused_where_no_tool_would_read_them(capsys: pytest.CaptureFixture[str]) -> None:
    """A mistyped option of set-up must not look as if it had worked."""
    with pytest.raises(SystemExit) as caught:
        tasks.main(["setup", "--no-such"])
    assert caught.value.code == 2
    assert "--no-such" in capsys.readouterr().err


def test_every_step_of_the_checks_is_there() -> None:
    """One command runs format, lint, types and contracts before the tests."""
    assert [program[0] for _, program in tasks.CHECKS] == ["ruff", "ruff", "mypy", "lint-imports"]
