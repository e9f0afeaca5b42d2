"""Read attachments of the open store."""

from __future__ import annotations

from typing import TYPE_CHECKING

from avrr_desktop.domain.ids import BlobId
from avrr_desktop.store.blobs import Blobs

if TYPE_CHECKING:
    from avrr_desktop.store.file import Connection


class Attachments:
    """The blobs of one store, their keys read through the reading connection."""

    def __init__(self, blobs: Blobs, reader: Connection) -> None:
        self._blobs = blobs
        self._db = reader

    def read(self, blob: str) -> tuple[bytes, str]:
        """
        Return an attachment's bytes and media type.

        Raises:
            BlobUnknown, BlobMissing, BlobDamaged: See `store.errors`.
        """
        row = self._blobs.row(self._db, BlobId(blob))
        return b"".join(self._blobs.chunks(row)), row.media_type
