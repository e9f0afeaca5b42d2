"""Shared set-up of all tests: no screen unless a test asks for one, a quiet D-Bus, a fixed clock."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.office import TestOffice

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--deep", action="store_true", help="run the long versions of searches and kill loops")


@pytest.fixture(scope="session")
def deep(request: pytest.FixtureRequest) -> bool:
    """True when the long versions were asked for."""
    return bool(request.config.getoption("--deep"))


@pytest.fixture
def office(tmp_path: Path) -> Iterator["TestOffice"]:
    """An open rehearsal office with three officers."""
    from tests.office import open_office

    opened = open_office(tmp_path)
    yield opened
    opened.desk.store.close()
