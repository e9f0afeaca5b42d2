"""The three programmes of these tests: the pilot, the template, and an invented one unlike both."""

from pathlib import Path

import pytest

from avrr_desktop.programme.load import load
from avrr_desktop.programme.model import Programme

HERE = Path(__file__).parent
SHIPPED = HERE.parents[1] / "resources" / "programmes"


@pytest.fixture(scope="session")
def shipped() -> Path:
    """The folder of the programmes the application carries."""
    return SHIPPED


@pytest.fixture(scope="session")
def pilot() -> Programme:
    return load(SHIPPED / "avrr-2012.toml")


@pytest.fixture(scope="session")
def template() -> Programme:
    return load(SHIPPED / "office-template.toml")


@pytest.fixture(scope="session")
def invented_file() -> Path:
    return HERE / "data" / "harbour.toml"


@pytest.fixture(scope="session")
def invented(invented_file: Path) -> Programme:
    return load(invented_file)
