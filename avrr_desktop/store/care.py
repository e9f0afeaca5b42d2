"""Look an open store's file over and tidy what lies beside it, in a worker, over connections of its own.

Nothing here touches the store's two connections, so the window reads, and after a clean start writes, meanwhile.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from avrr_desktop.store.blobs import Blobs
from avrr_desktop.store.errors import told_apart
from avrr_desktop.store.file import Connection, connect
from avrr_desktop.store.integrity import IntegrityReport, check_file, check_seals, check_structure
from avrr_desktop.store.upgrade import copies_of, forget_copies


@dataclass(frozen=True, slots=True)
class Tidied:
    """
    What was removed.

    Attributes:
        copies: Copies made before an upgrade.
        chunks: Chunks of attachments that no row names.
    """

    copies: int
    chunks: int


@dataclass(frozen=True, slots=True)
class Care:
    """
    The file of one open store; may cross into a worker.

    Attributes:
        path: Where it lies.
        key: 32 bytes.
        blobs: Of the open store, which remembers what this start wrote.
        fresh_copies: Copies this very start made before upgrading; they are kept.
    """

    path: Path
    key: bytes = field(repr=False)
    blobs: Blobs
    fresh_copies: tuple[Path, ...]

    def check_seals(self) -> IntegrityReport:
        """Run SQLCipher's check: every page bears its seal; raises as `integrity.check_file`."""
        return check_file(self.path, self.key, check_seals)

    def check_structure(self) -> IntegrityReport:
        """Run SQLite's check: the pages hang together; raises as `integrity.check_file`."""
        return check_file(self.path, self.key, check_structure)

    def has_leavings(self) -> bool:
        """Tell whether there is something to tidy."""
        if any(copy not in self.fresh_copies for copy in copies_of(self.path)):
            return True
        with self._reading() as connection:
            return bool(self.blobs.leavings(connection))

    def tidy(self) -> Tidied:
        """
        Remove old upgrade copies and orphaned chunks; only after both checks found nothing.

        Raises:
            DiskFailed, ReadOnly: The disk refuses; what is left is removed another time.
        """
        copies = forget_copies(self.path, self.fresh_copies)
        with self._reading() as connection:
            return Tidied(copies, self.blobs.collect_leavings(connection))

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with told_apart():
            connection = connect(self.path, self.key)
            try:
                yield connection
            finally:
                connection.close()
