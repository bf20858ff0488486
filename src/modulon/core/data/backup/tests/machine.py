"""A server's data without a server: a database with the tables of `notes`, a master key, a recovery key."""

from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa

from modulon.core.config import Config
from modulon.core.data.backup.service import Backups
from modulon.core.data.database import Engine, open_database
from modulon.core.data.migrations import migrate, with_core
from modulon.core.data.tables import instance
from modulon.core.data.tests import notes
from modulon.core.data.tests.notes import ADD, ADD_LINE, ADD_PAGE, TITLES, NoteRenamed, person
from modulon.core.engine.instance import identify
from modulon.core.secrets.known import confirm
from modulon.core.secrets.master import MasterKey
from modulon.core.secrets.recovery import new_recovery_key, wrap
from modulon.sdk.identity import Principal
from modulon.sdk.ids import new_id
from modulon.sdk.storage import Database, change

SYSTEM = Principal(kind="system", name="test")
FOLDERS = {"notes": notes.MIGRATIONS}
NOTE = change(sa.insert(instance), unguarded="a test")


async def write_note(db: Database, title: str) -> None:
    """A note with a page of three lines, and an event: all in one unit."""
    note, page = new_id(), new_id()
    async with db.write() as tx:
        tx.run(ADD, {"id": note, "title": title})
        tx.run(ADD_PAGE, {"id": page, "note_id": note, "body": {"text": f"{title}\n\\.\t\\N \x7f"}})
        tx.run(ADD_LINE, [{"id": new_id(), "page_id": page, "text": "line"} for _ in range(3)])
        tx.emit(NoteRenamed(note_id=note, title=title), key=str(note))


@dataclass
class Machine:
    """A data folder and its database."""

    config: Config

    @property
    def backups(self) -> Backups:
        return Backups(self.config, with_core(FOLDERS))

    async def open(self) -> Engine:
        return await open_database(self.config.database)

    async def begin(self, *titles: str) -> str:
        """What a first start does, and notes with these titles. The recovery key."""
        identify(self.config)
        await migrate(self.config.database, FOLDERS)
        engine = await self.open()
        master, key = MasterKey.load(self.config), new_recovery_key()
        await confirm(master, engine.bind(SYSTEM))
        async with engine.bind(SYSTEM).write() as tx:
            tx.run(NOTE, {"key": "recovery", "value": wrap(master, key)})
        await engine.close()
        await self.add(*titles)
        return key

    async def add(self, *titles: str) -> None:
        engine = await self.open()
        for title in titles:
            await write_note(engine.bind(person()), title)
        await engine.close()

    async def titles(self) -> list[str]:
        """Of all notes. Also that the master key is the database's."""
        assert await migrate(self.config.database, FOLDERS) == []
        engine = await self.open()
        await confirm(MasterKey.load(self.config), engine.bind(SYSTEM))
        async with engine.bind(SYSTEM).read() as db:
            found = await db.all(TITLES)
        await engine.close()
        return found

    async def restore(self, file: Path, recovery_key: str | None = None) -> None:
        async with self.backups.restoring(file, recovery_key) as restoration:
            await restoration.carry_out()
