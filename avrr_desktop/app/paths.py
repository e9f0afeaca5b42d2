"""
Find the program's own files and the user's folders.

Forms and resources stand beside the package in a checkout and under ``avrr_desktop/_data`` in a wheel
(``packaging/wheel_data.py`` puts them there). Nothing is made or read when this module is imported.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from avrr_desktop.domain.failures import Expected

PROGRAM = "avrr-desktop"
HOME_VARIABLE = "AVRR_DESKTOP_HOME"
_PACKAGE = Path(__file__).resolve().parent.parent
_DATA = ("forms", "resources")


class DataMissing(Expected):
    """The program's own files are not where an installation keeps them; *searched* holds the places."""


@dataclass(frozen=True, slots=True)
class Paths:
    """
    Where things are.

    Attributes:
        forms: Forms shipped with the program, read-only.
        resources: Fonts, icons, programmes and wording shipped with the program, read-only.
        data_dir: The store and what belongs to it; not made yet.
        config_dir: Preferences of the window, nothing about cases; not made yet.
        state_dir: Logs and locks; not made yet.
    """

    forms: Path
    resources: Path
    data_dir: Path
    config_dir: Path
    state_dir: Path

    @property
    def fonts(self) -> Path:
        """Fonts shipped with the program."""
        return self.resources / "fonts"

    @property
    def icons(self) -> Path:
        """Icons shipped with the program."""
        return self.resources / "icons"

    @property
    def programmes(self) -> Path:
        """Dated rules of the programmes."""
        return self.resources / "programmes"

    @property
    def wording(self) -> Path:
        """Words of the papers, one file per language."""
        return self.resources / "wording"


def find_paths(environ: Mapping[str, str] | None = None, package: Path = _PACKAGE) -> Paths:
    """
    Find every folder the program needs; make none.

    Args:
        environ: Variables of the process, None for the real ones. ``AVRR_DESKTOP_HOME`` puts the user's
            folders below one folder (a stick, a rehearsal, a test).
        package: Folder of the installed package.

    Raises:
        DataMissing: Neither the wheel's nor the checkout's data folders are there.
    """
    environ = os.environ if environ is None else environ
    root = _data_root(package)
    home = environ.get(HOME_VARIABLE)
    if home:
        below = Path(home).expanduser().absolute()
        return Paths(root / "forms", root / "resources", below / "data", below / "config", below / "state")
    from platformdirs import PlatformDirs

    user = PlatformDirs(PROGRAM, appauthor=False)
    return Paths(root / "forms", root / "resources", user.user_data_path, user.user_config_path, user.user_state_path)


def _data_root(package: Path) -> Path:
    places = (package / "_data", package.parent)
    for place in places:
        if all((place / name).is_dir() for name in _DATA):
            return place
    raise DataMissing("paths.data_missing", searched=" | ".join(str(place) for place in places))
