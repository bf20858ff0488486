"""The encrypted file: what was written comes back, and nothing else is taken for it."""

import io
import os
from collections.abc import Callable
from datetime import UTC, datetime

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from modulon.core.data.backup.container import MAGIC, TAG, ChunkWriter, Header, chunks, read_header
from modulon.core.data.backup.entries import FRAME, EntryWriter, entries
from modulon.core.data.backup.errors import BackupDamaged, BackupRefused

KEY = bytes(range(32))
SIZE = 16
"""Bytes in a chunk: small, so that a test's file has many."""

HEADER = Header(
    version="0.1.0",
    instance="i",
    created_at=datetime(2026, 11, 29, tzinfo=UTC),
    database="sqlite",
    master_key="m",
    wrapped_key=b"w",
    recovery=None,
    chunk=SIZE,
)
SEALED = SIZE + TAG


def sealed(content: bytes, header: Header = HEADER) -> bytes:
    file = io.BytesIO()
    writer = ChunkWriter(file, header, KEY)
    writer.write(content)
    writer.close()
    return file.getvalue()


def opened(file: bytes, key: bytes = KEY) -> bytes:
    return b"".join(chunks(io.BytesIO(file), key))


def first_chunk(file: bytes) -> int:
    """Where the chunks begin."""
    clear = io.BytesIO(file)
    read_header(clear)
    return clear.tell()


CONTENT = bytes(range(256))[:100]
FILE = sealed(CONTENT)
START = first_chunk(FILE)
COUNT = -(-len(CONTENT) // SIZE)


@given(st.binary(max_size=200), st.integers(1, 40))
def test_what_was_written_comes_back(content: bytes, size: int) -> None:
    assert opened(sealed(content, msgspec.structs.replace(HEADER, chunk=size))) == content


@given(st.lists(st.binary(max_size=50), max_size=8))
def test_the_pieces_it_was_written_in_do_not_matter(pieces: list[bytes]) -> None:
    file = io.BytesIO()
    writer = ChunkWriter(file, HEADER, KEY)
    for piece in pieces:
        writer.write(piece)
    writer.close()
    assert file.getvalue() == sealed(b"".join(pieces))


def test_r16_any_bit_that_flips_is_noticed_and_its_place_named() -> None:
    """Every bit of a whole file."""
    for position in range(len(FILE)):
        for bit in range(8):
            damaged = bytearray(FILE)
            damaged[position] ^= 1 << bit
            with pytest.raises(BackupDamaged) as caught:
                opened(bytes(damaged))
            said = str(caught.value)
            if position < len(MAGIC):
                assert "does not begin like one" in said
            elif position < START:
                assert "header" in said
            else:
                assert f"chunk {(position - START) // SEALED + 1} (bytes" in said


def test_r16_any_truncation_is_noticed() -> None:
    for length in range(len(FILE)):
        with pytest.raises(BackupDamaged):
            opened(FILE[:length])


def test_r16_a_file_cut_between_two_chunks_is_called_cut_off() -> None:
    for kept in range(1, COUNT):
        with pytest.raises(BackupDamaged, match=rf"cut off after chunk {kept} "):
            opened(FILE[: START + kept * SEALED])


def rearranged(pieces: list[bytes]) -> bytes:
    return FILE[:START] + b"".join(pieces)


PIECES = [FILE[at : at + SEALED] for at in range(START, len(FILE), SEALED)]


@given(st.permutations(range(COUNT)).filter(lambda order: order != list(range(COUNT))))
def test_r16_chunks_in_another_order_do_not_open(order: list[int]) -> None:
    first_wrong = next(at for at, number in enumerate(order) if at != number)
    with pytest.raises(BackupDamaged, match=rf"chunk {first_wrong + 1} "):
        opened(rearranged([PIECES[number] for number in order]))


@pytest.mark.parametrize("number", range(COUNT))
def test_r16_a_chunk_left_out_or_repeated_is_noticed(number: int) -> None:
    for pieces in (PIECES[:number] + PIECES[number + 1 :], PIECES[: number + 1] + PIECES[number:]):
        with pytest.raises(BackupDamaged):
            opened(rearranged(pieces))


@given(st.binary(min_size=1, max_size=3 * SEALED))
def test_r16_nothing_can_be_added(tail: bytes) -> None:
    with pytest.raises(BackupDamaged):
        opened(FILE + tail)


def test_what_follows_a_whole_last_chunk_is_called_added() -> None:
    file = sealed(bytes(2 * SIZE))
    with pytest.raises(BackupDamaged, match=r"added after its end, chunk 2 "):
        opened(file + b"x")


@pytest.mark.parametrize("field", ["version", "instance", "master_key", "recovery"])
def test_chunks_belong_to_their_header(field: str) -> None:
    """A header with a sum of its own that fits, as an attacker would write it."""
    other = sealed(CONTENT, msgspec.structs.replace(HEADER, **{field: "other"}))
    with pytest.raises(BackupDamaged, match="chunk 1 "):
        opened(other[: first_chunk(other)] + FILE[START:])


def test_equal_chunks_do_not_look_alike() -> None:
    file = sealed(bytes(8 * SIZE))
    assert len({file[at : at + SIZE] for at in range(START, len(file), SEALED)}) == 8


def test_another_key_opens_nothing() -> None:
    with pytest.raises(BackupDamaged, match="chunk 1 "):
        opened(FILE, os.urandom(32))


def test_a_file_without_its_end_does_not_open() -> None:
    file = io.BytesIO()
    ChunkWriter(file, HEADER, KEY).write(bytes(5 * SIZE))
    with pytest.raises(BackupDamaged):
        opened(file.getvalue())


def test_a_header_of_another_kind_is_refused() -> None:
    for text in (b"[]", b"{}", msgspec.json.encode({**msgspec.to_builtins(HEADER), "database": "mysql"})):
        with pytest.raises(BackupRefused, match="not of this Modulon"):
            opened(with_header(text))
    with pytest.raises(BackupDamaged, match="not one that Modulon has written"):
        opened(with_header(msgspec.json.encode(msgspec.structs.replace(HEADER, chunk=1 << 40))))


def with_header(text: bytes) -> bytes:
    import hashlib

    clear = MAGIC + len(text).to_bytes(4) + text
    return clear + hashlib.sha256(clear).digest()


NAMES = st.text(st.characters(codec="utf-8"), min_size=1, max_size=20)


@settings(max_examples=50)
@given(st.lists(st.tuples(NAMES, st.binary(max_size=100)), max_size=6))
def test_entries_come_back_in_order(written: list[tuple[str, bytes]]) -> None:
    assert list(read_entries(lambda into: [into.add(name, content) for name, content in written])) == written


def test_an_entry_may_be_longer_than_a_frame() -> None:
    content = os.urandom(2 * FRAME + 5)
    ((name, found),) = read_entries(lambda into: into.add("long", content), chunk=FRAME)
    assert (name, found) == ("long", content)


def test_entries_that_end_in_the_middle_are_refused() -> None:
    for content in (b"\0", b"\0\0\0\1", b"\0\0\0\1x", b"\0\0\0\1x\0\0\0\5abc", b"\xff\xff\xff\xff"):
        with pytest.raises(BackupDamaged):
            [list(frames) for _, frames in entries([content])]


def read_entries(write: Callable[[EntryWriter], object], chunk: int = SIZE) -> list[tuple[str, bytes]]:
    file = io.BytesIO()
    sink = ChunkWriter(file, msgspec.structs.replace(HEADER, chunk=chunk), KEY)
    write(EntryWriter(sink))
    sink.close()
    file.seek(0)
    return [(name, b"".join(frames)) for name, frames in entries(chunks(file, KEY))]
