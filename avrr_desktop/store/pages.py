"""Look at the pages of an encrypted file without SQLite, to tell a wrong key from a damaged page.

SQLCipher answers "file is not a database" to a wrong key, a damaged first page and a foreign file alike
(TECH.md 2). Each page carries its own HMAC-SHA512, so one page that verifies proves the key.

Source: SQLCipher 4 design, https://www.zetetic.net/sqlcipher/design/ (defaults: page 4096, reserve 80,
HMAC key = PBKDF2-SHA512 of the key, salt XOR 0x3a, 2 rounds); the first page begins with the salt.

Nothing here may run while the same process has the file open through SQLite: closing the handle would drop
SQLite's locks (POSIX).
"""

from __future__ import annotations

import hashlib
import hmac
import math
import struct
from collections.abc import Iterator
from pathlib import Path

PAGE = 4096
SALT = 16
TAG = 64
PLAIN_HEADER = b"SQLite format 3\0"


def good_pages(path: Path, key: bytes) -> Iterator[bool]:
    """Yield for every page in order, a cut last one included, whether it was written with *key*."""
    with path.open("rb") as file:
        salt = file.read(SALT)
        mac_key = hashlib.pbkdf2_hmac("sha512", key, bytes(byte ^ 0x3A for byte in salt), 2, 32)
        file.seek(0)
        number = 0
        while page := file.read(PAGE):
            number += 1
            body = page[SALT if number == 1 else 0 : PAGE - TAG]
            tag = hmac.digest(mac_key, body + struct.pack("<I", number), "sha512")
            yield len(page) == PAGE and hmac.compare_digest(tag, page[-TAG:])


def looks_random(path: Path) -> bool:
    """Tell whether the first page has about as many different bytes as chance would give; False for text and forms."""
    with path.open("rb") as file:
        sample = file.read(PAGE)
    expected = 256 * (1 - math.exp(-len(sample) / 256))
    return len(set(sample)) >= 0.85 * expected


def pages_in_wal(path: Path) -> set[int]:
    """
    Return the numbers of the pages whose committed content lies in the write-ahead log beside *path*.

    Source: https://sqlite.org/fileformat2.html, section 4.1.
    """
    wal = path.with_name(path.name + "-wal")
    waiting: set[int] = set()
    if not wal.exists():
        return waiting
    with wal.open("rb") as file:
        salts = file.read(32)[16:24]
        open_transaction: set[int] = set()
        while len(header := file.read(24)) == 24 and header[8:16] == salts:
            open_transaction.add(int.from_bytes(header[:4], "big"))
            if any(header[4:8]):  # size of the database after a commit; zero in every other frame
                waiting |= open_transaction
                open_transaction.clear()
            file.seek(PAGE, 1)
    return waiting
