"""What a backup says about itself: from which server and moment, and what must be in it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Final

import msgspec

from modulon import __version__
from modulon.core.data.migrations.files import migration_files
from modulon.core.data.migrations.history import Applied, check_applied
from modulon.core.data.migrations.refused import MigrationRefused

from .container import Engine
from .entries import Entry
from .errors import BackupDamaged, BackupRefused

NAME: Final = "manifest.json"
TABLES: Final = "tables/"
"""What the name of an entry begins with that holds the rows of one table of PostgreSQL."""


class TableState(msgspec.Struct, frozen=True):
    """One table: how many rows, the SHA-256 over all of them, and the newest `created_at` if it has one."""

    name: str
    rows: int
    sha256: str
    newest: datetime | None
    columns: list[str]


class SequenceState(msgspec.Struct, frozen=True):
    """A sequence of PostgreSQL, by the column it numbers."""

    table: str
    column: str
    last: int
    called: bool


class Facts(msgspec.Struct, frozen=True):
    """What the host notes in the database: read at the same cut as its rows."""

    event_seq: int
    """The newest event of the log."""
    migrations: list[Applied]
    master_key: str | None
    """The id of the master key that the database was written with."""
    recovery: str | None
    """That key, wrapped by the recovery key."""


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """The last entry of a backup."""

    version: str
    instance: str
    created_at: datetime
    database: Engine
    event_seq: int
    migrations: list[Applied]
    tables: list[TableState]
    sequences: list[SequenceState]
    entries: list[Entry]

    @property
    def revisions(self) -> dict[str, str]:
        """The newest revision of each module."""
        found: dict[str, str] = {}
        for applied in self.migrations:
            found[applied.module] = max(found.get(applied.module, ""), applied.revision)
        return found


def read_manifest(text: bytes) -> Manifest:
    """The manifest in *text*. Raises `BackupRefused` if this Modulon does not understand it."""
    try:
        return msgspec.json.decode(text, type=Manifest)
    except msgspec.DecodeError as error:
        raise BackupRefused(f"The backup's manifest is not of this Modulon: {error}.") from error


def check_entries(manifest: Manifest, found: Sequence[Entry]) -> None:
    """Raise `BackupDamaged` unless *found* is what *manifest* lists, naming the first that is not."""
    for listed, read in zip(manifest.entries, found, strict=False):
        if listed != read:
            raise BackupDamaged(f"The backup's entry {listed.name} is not what its manifest says.")
    if len(found) != len(manifest.entries):
        raise BackupDamaged(f"The backup has {len(found)} entries, its manifest lists {len(manifest.entries)}.")


def check_tables(manifest: Manifest, found: Sequence[TableState]) -> None:
    """Raise `BackupDamaged` unless the tables *found* are those of *manifest*, row by row, naming the first other."""
    there = {table.name: table for table in found}
    for table in manifest.tables:
        restored = there.pop(table.name, None)
        if restored is None:
            raise BackupDamaged(f"The table {table.name} is missing.")
        if restored.rows != table.rows:
            raise BackupDamaged(f"The table {table.name} has {restored.rows:,} rows in place of {table.rows:,}.")
        if restored.sha256 != table.sha256:
            raise BackupDamaged(f"The table {table.name} has other rows than the backup's manifest says.")
    if there:
        raise BackupDamaged(f"The table {min(there)} is not in the backup's manifest.")


def check_schema(manifest: Manifest, folders: Mapping[str, Path]) -> None:
    """Raise `BackupRefused` if this Modulon could not work with the backup's database. *folders* has the migrations'
    folder of each module, core's too. An older one is brought up to date at the next start."""
    unknown = [
        f"{module}/{revision}"
        for module, revision in manifest.revisions.items()
        if module in folders and revision not in {file.name[:4] for file in migration_files(folders[module])}
    ]
    if unknown:
        raise BackupRefused(
            f"This backup was made by a newer Modulon, {manifest.version}: its database has changes that this one, "
            f"{__version__}, does not know ({', '.join(unknown)}). Nothing was changed. Install {manifest.version} or "
            "later and restore with that."
        )
    try:
        check_applied(manifest.migrations, folders, __version__)
    except MigrationRefused as error:
        raise BackupRefused(f"The server would not start with this backup. {error}") from error
