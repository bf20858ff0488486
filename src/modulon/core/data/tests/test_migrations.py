"""Migrations: in order, once, refused when they do not fit, and cheap when there is nothing to do."""

import asyncio
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
import sqlalchemy as sa

from modulon.core.data import migrations, tables
from modulon.core.data.compiled import POSTGRES
from modulon.core.data.database import is_sqlite, open_database, sqlite_path
from modulon.core.data.migrations import MigrationRefused, migrate
from modulon.core.data.migrations.backup import KEPT, back_up
from modulon.core.data.sqlite.lock import WriteLock
from modulon.sdk.identity import Principal
from modulon.sdk.storage import rows

CORE = [f"core/{file.name[:4]}" for file in sorted(Path(migrations.__file__).parent.glob("versions/0*.py"))]
"""What a new database gets in any case."""

SYSTEM = Principal(kind="system", name="test")
SYSTEM_ROWS = rows(str, sa.select(tables.workspaces.c.name), unguarded="a test looks at everything")

FIRST = '''"""The first table."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
min_code_version = "{minimum}"


def upgrade() -> None:
    op.create_table("boxes", sa.Column("id", sa.Integer, primary_key=True), sa.Column("name", sa.Text))
    op.execute("INSERT INTO boxes VALUES (1, 'old')")
'''
SECOND = '''"""One more column."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
min_code_version = "{minimum}"


def upgrade() -> None:
    with op.batch_alter_table("boxes") as table:
        table.add_column(sa.Column("size", sa.Integer, nullable=False, server_default="3"))
'''
BROKEN = SECOND.replace("with op.batch", "op.execute('UPDATE boxes SET name = 1')\n    1 / 0\n    with op.batch")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "migrations"
    made.mkdir()
    return made


def write(folder: Path, name: str, text: str, minimum: str = "0.1.0") -> None:
    (folder / name).write_text(text.replace("{minimum}", minimum))


async def first_row(url: str) -> tuple[object, ...]:
    engine = await open_database(url)
    async with engine.snapshot() as source:
        (row,) = await source.fetch("SELECT * FROM boxes", (), list)
    await engine.close()
    return tuple(row)


async def test_a_new_database_gets_every_table(database_url: str) -> None:
    assert await migrate(database_url, {}) == CORE
    engine = await open_database(database_url)
    async with engine.bind(SYSTEM).read() as db:
        assert await db.all(SYSTEM_ROWS) == ["System"]
    await engine.close()


async def test_the_second_time_nothing_happens(database_url: str, folder: Path) -> None:
    write(folder, "0001_first.py", FIRST)
    assert await migrate(database_url, {"boxes": folder}) == [*CORE, "boxes/0001"]
    assert await migrate(database_url, {"boxes": folder}) == []


async def test_only_what_is_new_is_applied_and_rows_stay(database_url: str, folder: Path) -> None:
    write(folder, "0001_first.py", FIRST)
    await migrate(database_url, {"boxes": folder})
    write(folder, "0002_size.py", SECOND)
    assert await migrate(database_url, {"boxes": folder}) == ["boxes/0002"]
    assert await first_row(database_url) == (1, "old", 3)


async def test_a_failure_leaves_everything_as_it_was(database_url: str, folder: Path) -> None:
    write(folder, "0001_first.py", FIRST)
    await migrate(database_url, {"boxes": folder})
    write(folder, "0002_size.py", BROKEN)
    with pytest.raises(ZeroDivisionError):
        await migrate(database_url, {"boxes": folder})
    assert await first_row(database_url) == (1, "old")
    write(folder, "0002_size.py", SECOND)
    assert await migrate(database_url, {"boxes": folder}) == ["boxes/0002"]


async def test_an_applied_migration_must_not_be_edited(database_url: str, folder: Path) -> None:
    write(folder, "0001_first.py", FIRST)
    await migrate(database_url, {"boxes": folder})
    write(folder, "0001_first.py", FIRST + "\n# changed\n")
    with pytest.raises(MigrationRefused, match=r"0001_first\.py was edited"):
        await migrate(database_url, {"boxes": folder})
    (folder / "0001_first.py").write_bytes(FIRST.replace("{minimum}", "0.1.0").replace("\n", "\r\n").encode())
    assert await migrate(database_url, {"boxes": folder}) == []


async def test_code_below_the_minimum_is_refused(database_url: str, folder: Path) -> None:
    write(folder, "0001_first.py", FIRST, minimum="99.0.0rc1+local")
    await migrate(database_url, {"boxes": folder})
    write(folder, "0002_size.py", SECOND)
    with pytest.raises(MigrationRefused, match=r"needs 99\.0\.0"):
        await migrate(database_url, {"boxes": folder})


async def test_older_code_may_work_with_an_expanded_database(database_url: str, folder: Path) -> None:
    write(folder, "0001_first.py", FIRST)
    write(folder, "0002_size.py", SECOND)
    await migrate(database_url, {"boxes": folder})
    (folder / "0002_size.py").unlink()
    assert await migrate(database_url, {"boxes": folder}) == []
    assert await migrate(database_url, {"boxes": folder}) == []
    assert await first_row(database_url) == (1, "old", 3)


@pytest.mark.parametrize(
    ("name", "text"), [("0002_first.py", FIRST), ("0001_first.py", FIRST.replace("None", "'0000'"))]
)
async def test_numbers_must_be_in_a_row(sqlite_url: str, folder: Path, name: str, text: str) -> None:
    write(folder, name, text)
    with pytest.raises(MigrationRefused, match="boxes: `revision` must be"):
        await migrate(sqlite_url, {"boxes": folder})


async def test_two_at_once_do_the_work_once(database_url: str, folder: Path) -> None:
    write(folder, "0001_first.py", FIRST)
    results = await asyncio.gather(*(migrate(database_url, {"boxes": folder}) for _ in range(3)))
    assert sorted(results) == [[], [], [*CORE, "boxes/0001"]]


async def test_a_module_without_migrations_is_fine(sqlite_url: str, folder: Path) -> None:
    assert await migrate(sqlite_url, {"empty": folder, "absent": folder / "no"}) == CORE


async def test_the_order_of_modules_is_kept(sqlite_url: str, tmp_path: Path) -> None:
    folders = {}
    for name in ("zebra", "ant"):
        folders[name] = tmp_path / name
        folders[name].mkdir()
        write(folders[name], "0001_first.py", FIRST.replace("boxes", f"{name}_boxes"))
    assert await migrate(sqlite_url, folders) == [*CORE, "zebra/0001", "ant/0001"]


async def test_rows_left_pointing_to_nothing_undo_it(sqlite_url: str, folder: Path) -> None:
    await migrate(sqlite_url, {})
    orphan = "op.execute(\"INSERT INTO memberships VALUES (x'00', x'00')\")"
    write(folder, "0001_first.py", FIRST.replace("op.execute(\"INSERT INTO boxes VALUES (1, 'old')\")", orphan))
    with pytest.raises(MigrationRefused, match="memberships"):
        await migrate(sqlite_url, {"boxes": folder})
    with closing(sqlite3.connect(sqlite_path(sqlite_url))) as db:
        assert db.execute("SELECT count(*) FROM sqlite_master WHERE name = 'boxes'").fetchone() == (0,)


async def test_before_a_change_a_copy_is_laid_aside(sqlite_url: str, folder: Path) -> None:
    path = sqlite_path(sqlite_url)
    await migrate(sqlite_url, {})
    backups = path.parent / "backups"
    assert not backups.exists()
    write(folder, "0001_first.py", FIRST)
    await migrate(sqlite_url, {"boxes": folder})
    (copy,) = backups.iterdir()
    with closing(sqlite3.connect(copy)) as db:
        names = {name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert "users" in names
    assert "boxes" not in names


async def test_only_the_last_copies_are_kept(sqlite_url: str) -> None:
    await migrate(sqlite_url, {})
    path = sqlite_path(sqlite_url)
    copies = [back_up(path) for _ in range(KEPT + 2)]
    assert sorted((path.parent / "backups").iterdir()) == copies[2:]


async def test_writers_of_other_processes_wait_meanwhile(sqlite_url: str, folder: Path) -> None:
    await migrate(sqlite_url, {})
    write(folder, "0001_first.py", FIRST)
    lock = WriteLock(sqlite_path(sqlite_url))
    with lock.held():
        task = asyncio.create_task(migrate(sqlite_url, {"boxes": folder}))
        done, _ = await asyncio.wait((task,), timeout=0.3)
        assert not done
    lock.close()
    assert await task == ["boxes/0001"]


async def test_an_unreadable_file_is_not_taken_for_a_new_database(tmp_path: Path) -> None:
    (tmp_path / "modulon.db").write_bytes(b"this is not a database, but something else" * 100)
    with pytest.raises(sqlite3.DatabaseError):
        await migrate(f"sqlite:///{tmp_path / 'modulon.db'}", {})


def test_alembic_is_not_loaded_when_there_is_nothing_to_do(tmp_path: Path) -> None:
    program = (
        "import asyncio, sys\n"
        "from modulon.core.data.migrations import migrate\n"
        "applied = asyncio.run(migrate(sys.argv[1], {}))\n"
        "print(len(applied), 'alembic' in sys.modules, 'asyncpg' in sys.modules)\n"
    )
    command = [sys.executable, "-c", program, f"sqlite:///{tmp_path / 'modulon.db'}"]
    outputs = [subprocess.run(command, capture_output=True, text=True, check=True).stdout for _ in range(2)]
    assert outputs == [f"{len(CORE)} True False\n", "0 False False\n"]


async def test_the_migrations_make_what_the_tables_say(database_url: str) -> None:
    await migrate(database_url, {})
    engine = sa.create_engine(database_url) if is_sqlite(database_url) else None
    if engine is None:
        found = await _postgres_columns(database_url)
    else:
        inspector = sa.inspect(engine)
        found = {
            (table, column["name"], bool(column["nullable"]))
            for table in inspector.get_table_names()
            for column in inspector.get_columns(table)
        }
        engine.dispose()
    said = {(t.name, c.name, bool(c.nullable)) for t in tables.metadata.tables.values() for c in t.c}
    extra = {column for column in found if not column[0].startswith("alembic_")} - said
    assert said - found == set()
    assert extra == ({("events", "xid", False)} if engine is None else set())


async def _postgres_columns(url: str) -> set[tuple[str, str, bool]]:
    engine = await open_database(url)
    assert engine.dialect is POSTGRES
    query = "SELECT table_name, column_name, is_nullable FROM information_schema.columns WHERE table_schema = 'public'"
    async with engine.snapshot() as source:
        found = await source.fetch(query, (), list)
    await engine.close()
    return {(table, column, nullable == "YES") for table, column, nullable in found}
