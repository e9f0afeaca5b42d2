"""The import contracts hold, and each can fail: one that names the wrong package keeps for ever."""

import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "avrr_desktop"
# contract -> (file to add or replace, what it imports)
BREAKS = {
    "the map": [
        ("domain/broken.py", "import avrr_desktop.services"),
        ("journal/broken.py", "import avrr_desktop.keys"),
        ("cli/broken.py", "import avrr_desktop.app"),
        ("documents/broken.py", "import avrr_desktop.store"),
        ("bundles/broken.py", "import avrr_desktop.store"),
        ("stray/__init__.py", ""),
    ],
    "faces speak to services only": [
        ("ui/broken.py", "import avrr_desktop.interview"),
        ("cli/broken.py", "import avrr_desktop.store"),
    ],
    "Qt lives in ui and app": [
        ("services/broken.py", "from PySide6 import QtCore"),
        ("domain/broken.py", "def late() -> None:\n    import shiboken6"),
    ],
    "screen models know no Qt": [
        ("ui/broken/model.py", "from PySide6 import QtCore"),
        ("ui/deep/broken/model.py", "from PySide6 import QtCore"),
    ],
    "SQL lives in store": [
        ("services/broken.py", "import sqlite3"),
        ("app/broken.py", "import sqlcipher3"),
        ("domain/broken.py", "import sqlalchemy"),
    ],
    "sqlmodel lives in store and domain": [("documents/broken.py", "import sqlmodel")],
}
CASES = [(name, file, text) for name, breaks in BREAKS.items() for file, text in breaks]


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    """Run import-linter on the package in *folder* with the project's contracts."""
    words = [
        str(Path(sys.executable).with_name("lint-imports")),
        "--no-cache",
        "--config",
        str(ROOT / "pyproject.toml"),
    ]
    environ = {**os.environ, "PYTHONPATH": str(folder), "NO_COLOR": "1", "PYTHONSAFEPATH": "1"}
    return subprocess.run(words, capture_output=True, text=True, check=False, cwd=folder, env=environ)


def contracts() -> list[str]:
    """Name the contracts of the project."""
    table = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return [contract["name"] for contract in table["tool"]["importlinter"]["contracts"]]


def test_every_contract_holds() -> None:
    """The real package keeps the map."""
    done = lint(ROOT)
    assert done.returncode == 0, done.stdout
    assert f"{len(contracts())} kept, 0 broken" in done.stdout


def test_every_contract_has_a_break_below() -> None:
    """A new contract without one would never have been seen to fail."""
    assert sorted(contracts()) == sorted(BREAKS)


def test_every_package_stands_in_every_contract_that_should_hold_it() -> None:
    """A package added later must not be free of the rules because a list was written before it."""
    packages = {path.parent.name for path in PACKAGE.glob("*/__init__.py")}
    table = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    told = {contract["name"]: contract for contract in table["tool"]["importlinter"]["contracts"]}

    def held(name: str, key: str) -> set[str]:
        return {module.removeprefix("avrr_desktop.") for module in told[name][key]}

    below = packages & {"store", "bundles", "documents", "journal", "interview", "programme", "keys"}
    assert below <= held("faces speak to services only", "forbidden_modules")
    assert packages - {"app", "ui"} <= held("Qt lives in ui and app", "source_modules")
    assert packages - {"store"} <= held("SQL lives in store", "source_modules")
    assert packages - {"store", "domain"} <= held("sqlmodel lives in store and domain", "source_modules")


def test_the_pattern_of_screen_models_matches_every_screen() -> None:
    """A pattern that matches nothing keeps silently; each folder of a screen has its model."""
    # Help is a sheet over a screen: it shows what it is given and decides nothing.
    screens = {view.parent for view in (PACKAGE / "ui").rglob("view.py")} - {PACKAGE / "ui" / "help"}
    assert screens
    models = {model.parent for model in (PACKAGE / "ui").rglob("model.py")}
    assert screens <= models
    if models:
        import grimp
        import importlinter.domain.helpers as helpers
        from importlinter.domain.imports import ModuleExpression

        graph = grimp.build_graph("avrr_desktop", cache_dir=None)
        found = helpers.module_expressions_to_modules(graph, [ModuleExpression("avrr_desktop.ui.**.model")])
        assert len(found) == len(models)


def _copy(folder: Path) -> Path:
    ignore = shutil.ignore_patterns("__pycache__", "_data")
    shutil.copytree(PACKAGE, folder / "avrr_desktop", ignore=ignore)
    return folder / "avrr_desktop"


def _add(package: Path, file: str, text: str) -> None:
    target = package / file
    target.parent.mkdir(parents=True, exist_ok=True)
    for folder in target.relative_to(package).parents:
        (package / folder / "__init__.py").touch()
    target.write_text(text + "\n")


def test_an_unbroken_copy_keeps_every_contract(tmp_path: Path) -> None:
    """The control of the breaks: the copy itself is looked at, and is well."""
    package = _copy(tmp_path)
    _add(package, "services/allowed.py", "import avrr_desktop.store")
    done = lint(tmp_path)
    assert "BROKEN" not in done.stdout
    assert f"{len(contracts())} kept, 0 broken" in done.stdout


@pytest.mark.parametrize(("contract", "file", "text"), CASES)
def test_a_broken_contract_is_told(contract: str, file: str, text: str, tmp_path: Path) -> None:
    """One forbidden import in a copy of the package makes the contract of that name fail."""
    _add(_copy(tmp_path), file, text)
    done = lint(tmp_path)
    assert done.returncode == 1, done.stdout + done.stderr
    assert f"{contract} BROKEN" in done.stdout
