"""Bringing a backup back: everything is proved and laid ready first, then takes its place at once."""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from modulon.core.config import Config
from modulon.core.data.database import sqlite_path
from modulon.core.secrets.master import FILE, MasterKey

from . import sqlite
from .errors import BackupRefused
from .keys import Unlocked
from .manifest import Manifest, check_schema
from .reading import read, read_rows
from .replacing import STAGED, Move, replace
from .threads import in_thread

Size = tuple[int | None, datetime | None]
"""How many rows, `None` if there is no such table or it cannot be read; and the newest `created_at`."""

Sizes = Mapping[str, Size]


@dataclass(frozen=True, slots=True)
class Change:
    """What becomes of one table: its rows and the newest `created_at`, at present and in the backup."""

    table: str
    now: Size
    then: Size


class Restoration(ABC):
    """A backup that is laid ready. `manifest` and `changes` say what would be; `kept` where the present goes."""

    def __init__(self, config: Config, file: Path, unlocked: Unlocked, folders: Mapping[str, Path]) -> None:
        self._config = config
        self._file = file
        self._unlocked = unlocked
        self._folders = folders
        self._stamp = f"{datetime.now(UTC):%Y%m%dT%H%M%S%fZ}"
        self._moves: list[Move] = []
        self._manifest: Manifest | None = None
        self.changes: list[Change] = []
        self.kept: list[str] = []

    @property
    def manifest(self) -> Manifest:
        """What is in the backup."""
        assert self._manifest is not None  # noqa: S101 - `prepare` came first
        return self._manifest

    async def prepare(self) -> None:
        """Prove the backup and lay ready what it brings."""
        self._manifest = await self._proved()
        self._stage_keys()
        self.changes = _compare(await self._present(), self.manifest)
        self.kept += [move.kept for move in self._moves if move.staged and move.replaces]

    @abstractmethod
    async def carry_out(self) -> None:
        """Let the backup take the place of the present."""

    def tidy(self) -> None:
        """Remove what was laid ready and not used."""
        for move in self._moves:
            if move.staged is not None:
                Path(move.staged).unlink(missing_ok=True)

    @abstractmethod
    async def _proved(self) -> Manifest: ...

    @abstractmethod
    async def _present(self) -> Sizes | None: ...

    def _move(self, target: Path, *, staged: bool = True) -> Path:
        """Note that *target* is to be replaced; where its new content is to be laid."""
        place = target.with_name(target.name + STAGED)
        kept = target.with_name(f"{target.name}.before-restore-{self._stamp}")
        self._moves.append(Move(str(target), str(kept), str(place) if staged else None))
        return place

    def _stage_keys(self) -> None:
        """The backup's master key and instance, unless they are here."""
        master, config = self._unlocked.master, self._config
        present = MasterKey.present(config)
        if present is None or present.id != master.id:
            if config.master_key is not None:
                raise BackupRefused(
                    "MODULON_MASTER_KEY is set and is not the key of this backup. Nothing was changed. Unset it, or "
                    "set it to that key."
                )
            master.write(self._move(config.data_dir / FILE))
        instance = config.data_dir / "instance_id"
        if not instance.exists() or instance.read_text("ascii").strip() != self.manifest.instance:
            sqlite.extract([f"{self.manifest.instance}\n".encode()], self._move(instance))


class SqliteRestoration(Restoration):
    """The database is a file that is replaced by another."""

    async def carry_out(self) -> None:
        await in_thread(replace, self._config.data_dir, self._moves)

    async def _proved(self) -> Manifest:
        return await in_thread(self._extracted)

    def _extracted(self) -> Manifest:
        # A link stays one: the file it leads to is replaced, where it lies.
        database = sqlite_path(self._config.database).resolve()
        database.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        # What the present log holds belongs to the present file; below another it would be taken for that one's.
        for ending in ("-wal", "-shm"):
            self._log_aside(database, ending)
        place = self._move(database)

        def take(name: str, content: Iterator[bytes]) -> None:
            if name == sqlite.ENTRY:
                sqlite.extract(content, place)

        with sqlite.disk_problems_said(database.parent):
            manifest = read(self._file, self._unlocked.key, take)
            check_schema(manifest, self._folders)
            sqlite.prove(place, manifest)
        return manifest

    def _log_aside(self, database: Path, ending: str) -> None:
        kept = f"{database}.before-restore-{self._stamp}{ending}"
        self._moves.append(Move(f"{database}{ending}", kept))

    async def _present(self) -> Sizes | None:
        return await in_thread(sqlite.sizes_in, sqlite_path(self._config.database))


class PostgresRestoration(Restoration):
    """The present tables move into a schema of their own, and new ones are made and filled, in one transaction."""

    async def carry_out(self) -> None:
        # Where no key is yet, it comes first: a database without its key would be worse than a key without database.
        first = not any(move.replaces for move in self._moves)
        if first:
            await self._place_keys()
        try:
            await self._load()
        except BaseException:
            if first:
                self._take_keys_back()
            raise
        if not first:
            await self._place_keys()

    async def _place_keys(self) -> None:
        if self._moves:
            await in_thread(replace, self._config.data_dir, self._moves)

    def _take_keys_back(self) -> None:
        for move in self._moves:
            Path(move.target).unlink(missing_ok=True)

    async def _load(self) -> None:
        from .loading import load

        key, config = self._unlocked.key, self._config
        await load(config.database, self._file, key, self.manifest, self._folders, keep_in=self._schema)

    @property
    def _schema(self) -> str:
        return f"modulon_before_restore_{self._stamp.lower()}"

    async def _proved(self) -> Manifest:
        manifest = await in_thread(read_rows, self._file, self._unlocked.key)
        check_schema(manifest, self._folders)
        return manifest

    async def _present(self) -> Sizes | None:
        from .postgres import sizes_in, snapshot

        async with snapshot(self._config.database) as connection:
            present = await sizes_in(connection)
        if present:
            self.kept.append(f"the schema {self._schema}")
        return present


_UNKNOWN: Final = (None, None)


def _compare(present: Sizes | None, manifest: Manifest) -> list[Change]:
    then: Sizes = {table.name: (table.rows, table.newest) for table in manifest.tables}
    now: Sizes = {} if present is None else present
    names = sorted(then.keys() | now.keys())
    return [Change(name, now.get(name, _UNKNOWN), then.get(name, _UNKNOWN)) for name in names]
