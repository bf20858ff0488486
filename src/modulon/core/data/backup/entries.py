"""What is named in a backup's content: entries one after another, of any length, each with its size and SHA-256.

An entry is its name, then its content, in frames: four bytes of length and as many bytes; an empty frame ends it. The
manifest is the last entry. Databases and tables are entries, and so will blobs be, as `blobs/<their SHA-256>`.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import BinaryIO, Final

import msgspec

from .container import ChunkWriter
from .errors import BackupDamaged

FRAME: Final = 1024 * 1024
_LENGTH: Final = 4


class Entry(msgspec.Struct, frozen=True):
    """One entry as the manifest lists it."""

    name: str
    size: int
    sha256: str


class Measure:
    """Counts and hashes what passes."""

    def __init__(self) -> None:
        self.size = 0
        self._hash = hashlib.sha256()

    def add(self, data: bytes) -> None:
        """Take *data* into account."""
        self.size += len(data)
        self._hash.update(data)

    def entry(self, name: str) -> Entry:
        """All that passed, as an entry."""
        return Entry(name, self.size, self._hash.hexdigest())


class EntryWriter:
    """Writes entries and remembers them."""

    def __init__(self, sink: ChunkWriter) -> None:
        self._sink = sink
        self.written: list[Entry] = []

    @contextmanager
    def entry(self, name: str) -> Iterator[Callable[[bytes], None]]:
        """A new entry; what it gives takes the content piece by piece."""
        measure = Measure()
        self._frame(name.encode())

        def write(data: bytes) -> None:
            measure.add(data)
            for at in range(0, len(data), FRAME):
                self._frame(data[at : at + FRAME])

        yield write
        self._frame(b"")
        self.written.append(measure.entry(name))

    def add(self, name: str, content: bytes | BinaryIO) -> None:
        """A whole entry."""
        with self.entry(name) as write:
            for piece in [content] if isinstance(content, bytes) else iter(lambda: content.read(FRAME), b""):
                write(piece)

    def _frame(self, data: bytes) -> None:
        self._sink.write(len(data).to_bytes(_LENGTH))
        self._sink.write(data)


def entries(chunks: Iterable[bytes]) -> Iterator[tuple[str, Iterator[bytes]]]:
    """Each entry's name and content, in order. The content must be read to its end before the next one."""
    source = _Frames(iter(chunks))
    while (name := source.first()) is not None:
        yield name.decode(), source.until_empty()


class _Frames:
    def __init__(self, chunks: Iterator[bytes]) -> None:
        self._chunks = chunks
        self._buffer = bytearray()

    def first(self) -> bytes | None:
        """An entry's first frame; `None` at the end of everything."""
        while not self._buffer:
            chunk = next(self._chunks, None)
            if chunk is None:
                return None
            self._buffer += chunk
        return self._next()

    def until_empty(self) -> Iterator[bytes]:
        while frame := self._next():
            yield frame

    def _next(self) -> bytes:
        length = int.from_bytes(self._take(_LENGTH))
        if length > FRAME:
            raise BackupDamaged("The backup's content is not in the form that Modulon writes.")
        return self._take(length)

    def _take(self, size: int) -> bytes:
        while len(self._buffer) < size:
            chunk = next(self._chunks, None)
            if chunk is None:
                raise BackupDamaged("The backup ends in the middle of an entry.")
            self._buffer += chunk
        taken = bytes(self._buffer[:size])
        del self._buffer[:size]
        return taken
