"""A backup while it is written: beside its name until it is whole, then under it, or gone."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

import msgspec

from modulon import __version__
from modulon.core.durable import sync_folder
from modulon.core.secrets.master import MasterKey, MasterKeyError

from . import manifest as manifests
from .container import ChunkWriter, Engine, Header
from .entries import EntryWriter
from .errors import BackupRefused
from .keys import new_key
from .manifest import Facts, Manifest, SequenceState, TableState

UNFINISHED = ".part"


@dataclass(frozen=True, slots=True)
class Origin:
    """Which server is backed up, and when."""

    instance: str
    created_at: datetime
    database: Engine
    master: MasterKey


class Draft:
    """`begin` with what the database notes, write entries, `finish` with what was in them."""

    def __init__(self, file: BinaryIO, origin: Origin) -> None:
        self._file = file
        self._origin = origin
        self._sink: ChunkWriter | None = None
        self._entries: EntryWriter | None = None
        self._facts: Facts | None = None

    def begin(self, facts: Facts) -> EntryWriter:
        """Write the header; what it gives takes entries. Raises `MasterKeyError` if the database has another key."""
        origin = self._origin
        if facts.master_key is None:
            raise BackupRefused("The server has not been started with this database yet: there is nothing to back up.")
        if facts.master_key != origin.master.id:
            raise MasterKeyError(
                f"This database was written with the master key {facts.master_key}, and the present one is "
                f"{origin.master.id}. A backup would not open its secrets: put the right key back first."
            )
        key, wrapped = new_key(origin.master)
        header = Header(
            version=__version__,
            instance=origin.instance,
            created_at=origin.created_at,
            database=origin.database,
            master_key=origin.master.id,
            wrapped_key=wrapped,
            recovery=facts.recovery,
        )
        self._sink = ChunkWriter(self._file, header, key)
        self._entries, self._facts = EntryWriter(self._sink), facts
        return self._entries

    def finish(self, tables: list[TableState], sequences: list[SequenceState]) -> Manifest:
        """Write the manifest, and the end."""
        assert self._entries is not None  # noqa: S101 - `begin` came first
        assert self._sink is not None  # noqa: S101
        assert self._facts is not None  # noqa: S101
        made = Manifest(
            version=__version__,
            instance=self._origin.instance,
            created_at=self._origin.created_at,
            database=self._origin.database,
            event_seq=self._facts.event_seq,
            migrations=self._facts.migrations,
            tables=tables,
            sequences=sequences,
            entries=list(self._entries.written),
        )
        self._entries.add(manifests.NAME, msgspec.json.encode(made))
        self._sink.close()
        return made


@contextmanager
def draft(file: Path, origin: Origin) -> Iterator[Draft]:
    """Write the backup *file*, of mode 0600. It gets its name when all of it is on the disk; on failure it is gone."""
    unfinished = file.with_name(file.name + UNFINISHED)
    descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    try:
        with _closing(os.fdopen(descriptor, "wb")) as target:
            yield Draft(target, origin)
            target.flush()
            os.fsync(target.fileno())
        unfinished.rename(file)
        sync_folder(file.parent)
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise


@contextmanager
def _closing(file: BinaryIO) -> Iterator[BinaryIO]:
    try:
        yield file
    finally:
        # What could not be written cannot be flushed either; the failure that counts is under way already.
        with suppress(OSError):
            file.close()
