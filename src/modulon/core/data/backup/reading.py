"""Reading a backup from its beginning to its end; nothing of it counts before the manifest, which comes last."""

from collections import deque
from collections.abc import Callable, Iterator
from pathlib import Path

from . import manifest as manifests
from .container import chunks
from .entries import Entry, Measure, entries
from .errors import BackupDamaged
from .manifest import TABLES, Manifest, check_entries, read_manifest

Take = Callable[[str, Iterator[bytes]], None]


def drain(_name: str, content: Iterator[bytes]) -> None:
    """Only look whether it opens."""
    deque(content, maxlen=0)


def read(file: Path, key: bytes, take: Take = drain) -> Manifest:
    """Pass each entry of *file* to *take* and return the manifest, once everything was as it says.

    Raises `BackupDamaged`.
    """
    found: list[Entry] = []
    manifest: Manifest | None = None
    with file.open("rb") as content:
        for name, frames in entries(chunks(content, key)):
            if manifest is not None:
                raise BackupDamaged("The backup goes on after its manifest.")
            if name == manifests.NAME:
                manifest = read_manifest(b"".join(frames))
                continue
            measure = Measure()
            measured = _through(frames, measure)
            take(name, measured)
            drain(name, measured)
            found.append(measure.entry(name))
    if manifest is None:
        raise BackupDamaged("The backup has no manifest.")
    check_entries(manifest, found)
    return manifest


def _through(frames: Iterator[bytes], measure: Measure) -> Iterator[bytes]:
    for frame in frames:
        measure.add(frame)
        yield frame


def read_rows(file: Path, key: bytes) -> Manifest:
    """Read a backup of PostgreSQL, comparing each table's rows with what the manifest says of them."""
    found: dict[str, int] = {}

    def take(name: str, content: Iterator[bytes]) -> None:
        found[name] = sum(piece.count(b"\n") for piece in content)

    manifest = read(file, key, take)
    sums = {entry.name: entry.sha256 for entry in manifest.entries}
    for table in manifest.tables:
        name = TABLES + table.name
        if found.get(name) != table.rows or sums.get(name) != table.sha256:
            raise BackupDamaged(f"The table {table.name} has other rows than the backup's manifest says.")
    return manifest
