"""The wheel carries forms, fonts and programmes, and finds them wherever it is installed."""

import json
import os
import shutil
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel from a copy, because a build leaves files beside what it builds."""
    copy = tmp_path_factory.mktemp("source") / "copy"
    copy.mkdir()
    ignore = shutil.ignore_patterns("__pycache__", "*.egg-info")
    for name in ("avrr_desktop", "forms", "resources", "packaging"):
        shutil.copytree(ROOT / name, copy / name, ignore=ignore)
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        if (ROOT / name).exists():
            shutil.copy(ROOT / name, copy)
    out = copy.parent / "out"
    words = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(out), str(copy)]
    built = subprocess.run(words, capture_output=True, text=True, check=False)
    assert built.returncode == 0, built.stdout + built.stderr
    (made,) = out.glob("*.whl")
    return made


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install the wheel into an empty environment that borrows this one's libraries; give its bin folder."""
    home = tmp_path_factory.mktemp("installed")
    venv.create(home, with_pip=False, symlinks=os.name == "posix")
    programs = home / ("Scripts" if os.name == "nt" else "bin")
    words = [
        sys.executable,
        "-m",
        "pip",
        "--python",
        str(programs / "python"),
        "install",
        "--quiet",
        "--no-deps",
    ]
    done = subprocess.run([*words, "--no-index", str(wheel)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    (site,) = (path.parent for path in home.rglob("avrr_desktop") if path.parent.name == "site-packages")
    libraries = next(path for path in sys.path if path.endswith("site-packages"))
    (site / "borrowed.pth").write_text(libraries)
    return programs


def test_every_tracked_data_file_is_in_the_wheel(wheel: Path) -> None:
    """Forms and resources lie below avrr_desktop/_data, byte for byte."""
    sys.path.insert(0, str(ROOT / "packaging"))
    from wheel_data import data_files

    names = list(data_files())
    assert {"forms", "resources"} <= {name.partition("/")[0] for name in names}
    assert {f"forms/{path.parent.name}/form.md" for path in ROOT.glob("forms/*/form.md")} <= set(names)
    with zipfile.ZipFile(wheel) as archive:
        for name in names:
            assert archive.read(f"avrr_desktop/_data/{name}") == (ROOT / name).read_bytes()


def test_the_wheel_holds_the_package_and_nothing_of_the_workshop(wheel: Path) -> None:
    """Tests and packaging stay in the checkout."""
    with zipfile.ZipFile(wheel) as archive:
        tops = {name.partition("/")[0] for name in archive.namelist()}
        metadata = archive.read(next(n for n in archive.namelist() if n.endswith("METADATA"))).decode()
    assert {top.partition("-")[0] for top in tops} == {"avrr_desktop"}
    pins = [line.split("[")[0].split("==")[0] for line in (ROOT / "packaging/requirements.in").read_text().split()]
    assert pins
    assert [pin for pin in pins if f"Requires-Dist: {pin}" not in metadata] == []


def test_installed_elsewhere_the_program_opens_a_form_a_font_and_a_programme(installed: Path, tmp_path: Path) -> None:
    """The selftest runs in another folder, from the installed files only."""
    environ = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    done = subprocess.run(
        [str(installed / "avrr-desktop"), "selftest", "--json"],
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
        env=environ,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    lines = json.loads(done.stdout)
    assert [line["kind"] for line in lines] == ["form", "font", "programme"]
    assert all(str(installed.parent) in line["file"] for line in lines)
