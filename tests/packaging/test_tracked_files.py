"""What is tracked tells nothing about the machine it was written on, and lies where the map says."""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TOP = {
    ".ci",
    ".gitignore",
    "LICENSE",
    "README.md",
    "avrr_desktop",
    "forms",
    "packaging",
    "pyproject.toml",
    "resources",
    "tests",
}
# Written in pieces, so that this file does not contain them.
# Lists of ODK's secondary instances are read by an XPath like the home of root: to an item, or after a bracket.
PLACES = re.compile("|".join((r"(?<![\w.])/" + "work/", r"(?<![\w.)])/" + "root/(?!item)")))
REGISTRY = re.compile(
    "|".join(("index-" + "url *[=:]", "find-" + "links *[=:]", "pypi\\." + "org", "pythonhosted\\." + "org"))
)


def tracked() -> list[Path]:
    """List the tracked files that are there; a source archive without git has nothing to check."""
    names = subprocess.run(
        ["git", "-C", str(ROOT), "ls-files", "-z"], capture_output=True, text=True, check=True
    ).stdout
    return [ROOT / name for name in names.split("\0") if name and (ROOT / name).is_file()]


def texts() -> list[tuple[str, str]]:
    """Pair each tracked text with its name."""
    pairs = []
    for file in tracked():
        content = file.read_bytes()
        if b"\0" not in content[:8192]:
            pairs.append((file.relative_to(ROOT).as_posix(), content.decode("utf-8", "replace")))
    return pairs


def test_the_top_level_is_exactly_the_allowed_one() -> None:
    """A stray file at the top is the first thing a visitor sees."""
    assert {file.relative_to(ROOT).parts[0] for file in tracked()} - TOP == set()


def test_no_tracked_text_names_a_folder_of_a_machine() -> None:
    """A path of one machine works on no other."""
    found = [(name, match.group()) for name, text in texts() for match in PLACES.finditer(text)]
    assert found == []


@pytest.mark.parametrize("line", ["see /work" + "/main", "cd /root" + "/.cache"])
def test_the_search_for_machine_folders_sees_one(line: str) -> None:
    """The control: the pattern finds what it is for."""
    assert PLACES.search(line)


def test_no_tracked_text_names_a_package_registry() -> None:
    """Where packages come from is the machine's business; tests may write settings they make up."""
    found = [
        (name, match.group())
        for name, text in texts()
        if not name.startswith("tests/packaging/")
        for match in REGISTRY.finditer(text)
    ]
    assert found == []


def test_requirement_files_hold_pins_and_no_address() -> None:
    """Every package has a version and hashes; nothing is fetched from a place a file names."""
    files = sorted((ROOT / "packaging").glob("requirements*"))
    assert len(files) == 6
    for file in files:
        text = file.read_text()
        assert "://" not in text, file.name
        assert not re.search(r"^\s*--(?!hash=)", text, re.MULTILINE), file.name
    for file in (file for file in files if file.suffix == ".txt"):
        packages = re.findall(r"^[a-z0-9].*", file.read_text(), re.MULTILINE)
        assert packages
        assert [line for line in packages if "==" not in line or not line.endswith("\\")] == []


def test_every_wanted_package_is_pinned_to_the_same_version_in_each_lock() -> None:
    """A changed .in file without a new lock would install something else."""
    pins = {
        name: dict(re.findall(r"^([a-z0-9-]+)==([^ ;\\]+)", (ROOT / "packaging" / name).read_text(), re.MULTILINE))
        for name in ("requirements.txt", "requirements-dev.txt")
    }
    wanted = re.findall(r"^([\w-]+)(?:\[\w+\])?==(\S+)", (ROOT / "packaging/requirements.in").read_text(), re.MULTILINE)
    assert len(wanted) > 10
    for name, version in wanted:
        for lock in pins.values():
            assert lock[name.lower()] == version
