"""Shared set-up of all tests: no screen unless a test asks for one, a quiet D-Bus, a fixed clock."""

import os

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--deep", action="store_true", help="run the long versions of searches and kill loops")


@pytest.fixture(scope="session")
def deep(request: pytest.FixtureRequest) -> bool:
    """True when the long versions were asked for."""
    return bool(request.config.getoption("--deep"))
