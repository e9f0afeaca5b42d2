"""Attachments: durable before their row, unreadable without it, every changed chunk named."""

import errno
import os
from collections.abc import Iterator
from dataclasses import replace
from itertools import count
from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as sqlcipher

from avrr_desktop.domain.ids import BlobId
from avrr_desktop.store.blobs import CHUNK, Blobs
from avrr_desktop.store.errors import BlobDamaged, BlobMissing, BlobUnknown, DiskFull, StoreFailure
from avrr_desktop.store.file import File, open_file, transaction
from tests.encrypted import KEY, MARKER, die, flip, in_child, make

LONG = (MARKER.encode() + b" ") * 70_000
"""Three chunks."""


@pytest.fixture
def file(tmp_path: Path) -> Iterator[File]:
    with open_file(make(tmp_path, notes=0), KEY) as opened:
        yield opened


@pytest.fixture
def blobs(file: File) -> Blobs:
    return Blobs(file.path)


def attach(file: File, blobs: Blobs, data: bytes) -> BlobId:
    with transaction(file.writer) as connection:
        return blobs.attach(connection, data, "image/png")


def names(blobs: Blobs) -> set[str]:
    return {path.name for path in blobs.folder.iterdir()}


@pytest.mark.parametrize("size", [0, 1, CHUNK - 17, CHUNK - 16, CHUNK - 15, 2 * (CHUNK - 16), 2 * CHUNK + 5])
def test_what_is_attached_is_read_back(file: File, blobs: Blobs, size: int) -> None:
    data = os.urandom(size)
    blob = attach(file, blobs, data)
    assert data == blobs.read(file.reader, blob)
    row = blobs.row(file.reader, blob)
    assert (size, "image/png", len(names(blobs))) == (row.size, row.media_type, row.chunks)
    assert blobs.check(file.reader) == ()


def test_no_chunk_is_above_one_mebibyte_or_readable(file: File, blobs: Blobs) -> None:
    attach(file, blobs, LONG)
    sizes = [path.stat().st_size for path in blobs.folder.iterdir()]
    assert len(sizes) == 3
    assert max(sizes) == CHUNK
    assert {0o600} == {path.stat().st_mode & 0o777 for path in blobs.folder.iterdir()}
    assert blobs.folder.stat().st_mode & 0o777 == 0o700
    everything = [path for path in file.path.parent.rglob("*") if path.is_file()]
    assert len(everything) > 5
    for path in everything:
        assert MARKER.encode() not in path.read_bytes()
        assert b"image/png" not in path.read_bytes()


def test_equal_attachments_share_neither_key_nor_bytes(file: File, blobs: Blobs) -> None:
    first, second = (blobs.row(file.reader, attach(file, blobs, b"same")) for _ in range(2))
    assert first.id != second.id
    assert first.key != second.key
    assert len({path.read_bytes() for path in blobs.folder.iterdir()}) == 2


def test_no_two_chunks_share_a_nonce(file: File, blobs: Blobs) -> None:
    """Equal plain chunks under one key would show equal bytes."""
    attach(file, blobs, bytes(3 * (CHUNK - 16)))
    assert len({path.read_bytes()[:64] for path in blobs.folder.iterdir()}) == 3


def test_a_chunk_belongs_to_one_count_and_size(file: File, blobs: Blobs) -> None:
    row = blobs.row(file.reader, attach(file, blobs, LONG))
    for other in (replace(row, chunks=2), replace(row, size=row.size - 1)):
        with pytest.raises(BlobDamaged):
            list(blobs.chunks(other))


def test_ids_and_keys_come_from_the_given_chance(file: File) -> None:
    drawn = count()
    blobs = Blobs(file.path, random_bytes=lambda size: bytes([next(drawn)]) * size)
    row = blobs.row(file.reader, attach(file, blobs, b"x"))
    assert (row.id, row.key) == ("a" * 26, b"\1" * 32)
    with pytest.raises(StoreFailure):
        Blobs(file.path, random_bytes=lambda size: bytes(size)).write(b"y", "text/plain")
    assert blobs.read(file.reader, row.id) == b"x"


@pytest.mark.parametrize("chunk", [0, 1, 2])
@pytest.mark.parametrize("place", [0, 1000, -1])
def test_a_changed_chunk_is_named_and_nothing_is_released(file: File, blobs: Blobs, chunk: int, place: int) -> None:
    blob = attach(file, blobs, LONG)
    path = blobs.folder / f"{blob}.{chunk}"
    flip(path, place % path.stat().st_size)
    with pytest.raises(BlobDamaged) as caught:
        blobs.read(file.reader, blob)
    assert {"blob": blob, "chunk": chunk} == caught.value.params
    assert [caught.value.params] == [failure.params for failure in blobs.check(file.reader)]


def test_a_chunk_cut_lengthened_or_exchanged_is_named(file: File, blobs: Blobs) -> None:
    blob, other = attach(file, blobs, LONG), attach(file, blobs, LONG)
    first, second = blobs.folder / f"{blob}.0", blobs.folder / f"{blob}.1"
    whole, next_one = first.read_bytes(), second.read_bytes()
    for harmed in (whole[:-1], whole[:10], b"", whole + b"\0", next_one, (blobs.folder / f"{other}.0").read_bytes()):
        first.write_bytes(harmed)
        with pytest.raises(BlobDamaged) as caught:
            blobs.read(file.reader, blob)
        assert caught.value.params["chunk"] == 0
    first.write_bytes(whole)
    assert blobs.read(file.reader, blob) == LONG


def test_a_missing_chunk_is_named(file: File, blobs: Blobs) -> None:
    blob = attach(file, blobs, LONG)
    (blobs.folder / f"{blob}.2").unlink()
    with pytest.raises(BlobMissing) as caught:
        blobs.read(file.reader, blob)
    assert {"blob": blob, "chunk": 2} == caught.value.params
    assert [failure.code for failure in blobs.check(file.reader)] == ["store.blob_missing"]


def test_a_row_cannot_be_changed(file: File, blobs: Blobs) -> None:
    attach(file, blobs, b"x")
    with pytest.raises(sqlcipher.IntegrityError, match="written once"):
        file.writer.execute("UPDATE blob SET key = zeroblob(32)")


def test_a_kill_between_blob_and_row_leaves_an_orphan_that_is_collected(tmp_path: Path) -> None:
    path = make(tmp_path, notes=0)

    def work() -> None:
        file = open_file(path, KEY)
        blobs = Blobs(path)
        kept.write_text(attach(file, blobs, b"kept"))
        file.writer.execute("BEGIN IMMEDIATE")
        blobs.write(LONG, "image/png")
        die()

    kept = tmp_path / "kept"
    assert in_child(work) == "killed"
    blobs, blob = Blobs(path), BlobId(kept.read_text())
    with open_file(path, KEY) as file:
        assert file.reader.execute("SELECT count(*) FROM blob").fetchone()[0] == 1
        assert len(names(blobs)) == 4
        assert blobs.collect_orphans(file.reader) == 3
        assert {f"{blob}.0"} == names(blobs)
        assert blobs.read(file.reader, blob) == b"kept"
        assert blobs.collect_orphans(file.reader) == 0


def test_a_kill_after_the_row_keeps_the_blob(tmp_path: Path) -> None:
    path = make(tmp_path, notes=0)
    kept = tmp_path / "kept"

    def work() -> None:
        kept.write_text(attach(open_file(path, KEY), Blobs(path), LONG))
        die()

    assert in_child(work) == "killed"
    with open_file(path, KEY) as file:
        assert Blobs(path).collect_orphans(file.reader) == 0
        assert Blobs(path).read(file.reader, BlobId(kept.read_text())) == LONG


def test_a_rolled_back_attachment_is_unknown_and_collected(file: File, blobs: Blobs) -> None:
    file.writer.execute("BEGIN IMMEDIATE")
    blob = blobs.attach(file.writer, b"x", "text/plain")
    file.writer.execute("ROLLBACK")
    with pytest.raises(BlobUnknown):
        blobs.read(file.reader, blob)
    assert blobs.collect_orphans(file.reader) == 1


def test_collecting_inside_a_transaction_is_refused(file: File, blobs: Blobs) -> None:
    file.writer.execute("BEGIN IMMEDIATE")
    blob = blobs.attach(file.writer, b"x", "text/plain")
    with pytest.raises(RuntimeError):
        blobs.collect_orphans(file.writer)
    file.writer.execute("COMMIT")
    assert blobs.read(file.reader, blob) == b"x"


def test_collecting_leaves_other_names_alone(file: File, blobs: Blobs) -> None:
    assert blobs.collect_orphans(file.reader) == 0
    attach(file, blobs, b"x")
    others = {"README", "aaaaaaaaaaaaaaaaaaaaaaaaaa", "aaaaaaaaaaaaaaaaaaaaaaaaaa.txt", "short.0"}
    for name in others:
        (blobs.folder / name).write_bytes(b"")
    assert blobs.collect_orphans(file.reader) == 0
    assert others < names(blobs)


def test_shredding_destroys_the_only_key(file: File, blobs: Blobs) -> None:
    blob, other = attach(file, blobs, LONG), attach(file, blobs, b"stays")
    copy = {path.name: path.read_bytes() for path in blobs.folder.iterdir()}
    with transaction(file.writer) as connection:
        blobs.shred(connection, blob)
    file.empty_log()
    assert blobs.collect_orphans(file.reader) == 3
    for name, sealed in copy.items():
        (blobs.folder / name).write_bytes(sealed)
    with pytest.raises(BlobUnknown):
        blobs.read(file.reader, blob)
    with pytest.raises(BlobUnknown), transaction(file.writer) as connection:
        blobs.shred(connection, blob)
    assert blobs.read(file.reader, other) == b"stays"


def test_a_full_disk_leaves_no_row(file: File, blobs: Blobs, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(DiskFull):
        attach(file, blobs, b"x")
    monkeypatch.undo()
    assert file.reader.execute("SELECT count(*) FROM blob").fetchone()[0] == 0
    assert blobs.read(file.reader, attach(file, blobs, b"y")) == b"y"
