"""
Put ``forms/`` and ``resources/`` into the wheel.

Both are top-level folders of the checkout, because forms and rules are read and changed by people who never
open the package. A wheel holds packages only, so the build copies them to ``avrr_desktop/_data``. An editable
install copies nothing: ``avrr_desktop/app/paths.py`` finds the folders beside the package.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from setuptools.command.build_py import build_py

ROOT = Path(__file__).resolve().parent.parent
FOLDERS = ("forms", "resources")
TARGET = "avrr_desktop/_data"


def data_files(root: Path = ROOT) -> Iterator[str]:
    """Yield every shipped data file, sorted, relative to *root*, with forward slashes."""
    for folder in FOLDERS:
        for file in sorted((root / folder).rglob("*")):
            if file.is_file() and "__pycache__" not in file.parts and not file.name.startswith("."):
                yield file.relative_to(root).as_posix()


class BuildWithData(build_py):  # type: ignore[misc]  # setuptools carries no types
    """The usual build, then the data files."""

    def run(self) -> None:
        """Build the modules; copy the data unless the install is editable."""
        super().run()
        if not self.editable_mode:
            for file in data_files():
                target = Path(self.build_lib, TARGET, file)
                self.mkpath(str(target.parent))
                self.copy_file(str(ROOT / file), str(target), preserve_mode=False)

    def get_source_files(self) -> list[str]:
        """List what an sdist needs to build the same wheel again."""
        here = [path.relative_to(ROOT).as_posix() for path in sorted(ROOT.glob("packaging/*")) if path.is_file()]
        return [*super().get_source_files(), *data_files(), *here]

    def get_outputs(self, include_bytecode: bool = True) -> list[str]:
        """List what the build writes, the data included."""
        data = [] if self.editable_mode else [str(Path(self.build_lib, TARGET, file)) for file in data_files()]
        return [*super().get_outputs(include_bytecode), *data]
