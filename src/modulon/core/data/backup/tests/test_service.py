"""Backups of a whole database, on each engine: made, proved, brought back."""

import asyncio
import os
import stat
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import suppress
from pathlib import Path

import pytest
import sqlalchemy as sa

from modulon.core.config import Config
from modulon.core.data.backup.errors import BackupDamaged, BackupLocked, BackupRefused
from modulon.core.data.backup.service import Backups
from modulon.core.data.backup.tests.machine import FOLDERS, SYSTEM, Machine, write_note
from modulon.core.data.database import is_sqlite
from modulon.core.data.migrations import migrate, with_core
from modulon.core.data.postgres.connection import connect
from modulon.core.data.tables import events, instance, migrations
from modulon.core.data.tests import notes
from modulon.core.data.tests.notes import person
from modulon.core.engine.folder import FolderBusy, working
from modulon.core.engine.incarnation import Incarnation
from modulon.core.secrets.master import FILE, MasterKeyError
from modulon.core.secrets.recovery import new_recovery_key
from modulon.sdk.storage import change, now, rows
from tests.rig.postgres import Postgres

FORGET_NOTES = change(sa.delete(instance).where(instance.c.key != "schema_digest"), unguarded="a test")
APPLY = change(sa.insert(migrations), unguarded="a test")
WHOLE = rows(
    tuple,
    sa.select(
        sa.select(sa.func.count()).select_from(notes.notes).scalar_subquery(),
        sa.select(sa.func.count()).select_from(notes.pages).scalar_subquery(),
        sa.select(sa.func.count()).select_from(notes.lines).scalar_subquery(),
        sa.select(sa.func.count()).select_from(events).scalar_subquery(),
        sa.select(sa.func.max(events.c.seq)).scalar_subquery(),
    ),
    unguarded="a test",
)


async def test_r16_an_empty_machine_and_the_recovery_key_are_enough(machine: Machine, empty: Machine) -> None:
    key = await machine.begin("first", "second")
    made = await machine.backups.create()
    await empty.restore(made.shelved.file, key.lower().replace("-", " "))
    assert await empty.titles() == ["first", "second"]
    for name in (FILE, "instance_id"):
        assert (empty.config.data_dir / name).read_text() == (machine.config.data_dir / name).read_text()
    assert stat.S_IMODE((empty.config.data_dir / FILE).stat().st_mode) == 0o600
    # It is a database like any other: it can be written to, and backed up again.
    await empty.add("third")
    again = await empty.backups.create()
    assert (await empty.backups.verify(again.shelved.file)).restored
    assert again.manifest.event_seq == made.manifest.event_seq + 1


async def test_a_backup_is_one_private_file_that_can_be_proved(machine: Machine) -> None:
    await machine.begin("first")
    made = await machine.backups.create()
    assert [one.file for one in machine.backups.list()] == [made.shelved.file]
    assert os.listdir(machine.config.backups) == [made.shelved.file.name]
    assert stat.S_IMODE(made.shelved.file.stat().st_mode) == 0o600
    verified = await machine.backups.verify(made.shelved.file)
    assert verified.restored
    assert verified.manifest == made.manifest
    assert {table.name: table.rows for table in made.manifest.tables}["note_lines"] == 3
    assert not [name for name in os.listdir(machine.config.run_dir) if name.startswith("scratch")]


async def test_what_is_here_is_kept_and_the_change_is_said_first(machine: Machine) -> None:
    await machine.begin("first")
    made = await machine.backups.create()
    await machine.add("second")
    async with machine.backups.restoring(made.shelved.file) as restoration:
        (change_of_notes,) = [one for one in restoration.changes if one.table == "notes"]
        (kept,) = restoration.kept
    assert (change_of_notes.now[0], change_of_notes.then[0]) == (2, 1)
    assert await machine.titles() == ["first", "second"], "nothing was agreed to"
    assert not list(machine.config.data_dir.glob("*.restoring"))
    async with machine.backups.restoring(made.shelved.file) as restoration:
        await restoration.carry_out()
        (kept,) = restoration.kept
    assert await machine.titles() == ["first"]
    if is_sqlite(machine.config.database):
        config = machine.config.model_copy(update={"database_url": f"sqlite:///{kept}"})
        assert await Machine(config).titles() == ["first", "second"]
    else:
        engine = await machine.open()
        async with engine.snapshot() as source:
            found = await source.fetch(f"SELECT title FROM {kept.removeprefix('the schema ')}.notes", (), list)
        assert sorted(title for (title,) in found) == ["first", "second"]
        await engine.close()


async def test_r16_without_the_right_key_it_stays_shut(machine: Machine, empty: Machine) -> None:
    await machine.begin("first")
    file = (await machine.backups.create()).shelved.file
    with pytest.raises(BackupLocked, match="no master key here"):
        await empty.restore(file)
    with pytest.raises(MasterKeyError, match="not the recovery key"):
        await empty.restore(file, new_recovery_key())
    assert not (empty.config.data_dir / FILE).exists()
    await empty.begin("other")
    with pytest.raises(BackupLocked, match="was made with the master key"):
        await empty.backups.verify(file)
    assert await empty.titles() == ["other"]


async def test_another_servers_data_is_replaced_with_its_key(machine: Machine, empty: Machine) -> None:
    """Somebody set a new server up before they found the backup."""
    key = await machine.begin("first")
    file = (await machine.backups.create()).shelved.file
    await empty.begin("other")
    before = (empty.config.data_dir / FILE).read_text()
    async with empty.backups.restoring(file, key) as restoration:
        assert len(restoration.kept) == 3
        await restoration.carry_out()
    assert await empty.titles() == ["first"]
    (kept,) = empty.config.data_dir.glob(f"{FILE}.before-restore-*")
    assert kept.read_text() == before


async def test_without_a_recovery_key_only_the_master_key_opens_it(machine: Machine, empty: Machine) -> None:
    await machine.begin("first")
    engine = await machine.open()
    async with engine.bind(SYSTEM).write() as tx:
        tx.run(change(sa.delete(instance).where(instance.c.key == "recovery"), unguarded="a test"))
    await engine.close()
    made = await machine.backups.create()
    assert made.shelved.header is not None
    assert made.shelved.header.recovery is None
    with pytest.raises(BackupRefused, match="there was no recovery key"):
        await empty.restore(made.shelved.file, new_recovery_key())
    (empty.config.data_dir / FILE).write_bytes((machine.config.data_dir / FILE).read_bytes())
    (empty.config.data_dir / FILE).chmod(0o600)
    await empty.restore(made.shelved.file)
    assert await empty.titles() == ["first"]


async def test_r16_damage_is_named_and_nothing_changes(machine: Machine) -> None:
    await machine.begin("first")
    file = (await machine.backups.create()).shelved.file
    whole = file.read_bytes()
    for position in (len(whole) // 2, len(whole) - 1):
        file.write_bytes(whole[:position] + bytes([whole[position] ^ 4]) + whole[position + 1 :])
        with pytest.raises(BackupDamaged, match=r"chunk 1 \(bytes"):
            await machine.backups.verify(file)
        with pytest.raises(BackupDamaged, match=r"chunk 1 \(bytes"):
            await machine.restore(file)
    assert await machine.titles() == ["first"]
    assert not list(machine.config.data_dir.glob("*.restoring"))
    file.write_bytes(whole[:10])
    (shelved,) = machine.backups.list()
    assert shelved.header is None
    assert "does not begin like one" in shelved.problem


async def test_r13_a_backup_of_a_newer_schema_is_refused(machine: Machine) -> None:
    await machine.begin("first")
    engine = await machine.open()
    newer = {"module": "notes", "revision": "0099", "checksum": "x", "min_code_version": "0.1.0", "applied_at": now()}
    async with engine.bind(SYSTEM).write() as tx:
        tx.run(APPLY, newer)
    await engine.close()
    file = (await machine.backups.create()).shelved.file
    with pytest.raises(BackupRefused, match=r"newer Modulon.*notes/0099.*Nothing was changed"):
        await machine.restore(file)


async def test_r13_an_older_backup_is_brought_up_to_date_at_the_next_start(machine: Machine, tmp_path: Path) -> None:
    await machine.begin("first")
    file = (await machine.backups.create()).shelved.file
    newer = tmp_path / "newer"
    newer.mkdir()
    for migration in FOLDERS["notes"].glob("0*.py"):
        (newer / migration.name).write_bytes(migration.read_bytes())
    (newer / "0002_more.py").write_text(
        '"""One more column."""\n\nimport sqlalchemy as sa\nfrom alembic import op\n\nrevision = "0002"\n'
        'down_revision = "0001"\nmin_code_version = "0.1.0"\n\n\ndef upgrade() -> None:\n'
        '    op.add_column("notes", sa.Column("more", sa.Integer))\n'
    )
    assert await migrate(machine.config.database, {"notes": newer}) == ["notes/0002"]
    await Machine(machine.config).add("second")
    async with Backups(machine.config, with_core({"notes": newer})).restoring(file) as restoration:
        await restoration.carry_out()
    assert await machine.titles() == ["first"]
    assert await migrate(machine.config.database, {"notes": newer}) == ["notes/0002"]


async def test_r16_while_a_server_runs_nothing_is_restored(machine: Machine) -> None:
    await machine.begin("first")
    file = (await machine.backups.create()).shelved.file
    with working(machine.config), pytest.raises(FolderBusy, match="stop it first"):
        await machine.restore(file)
    assert await machine.titles() == ["first"]


async def test_a_restore_keeps_servers_out(machine: Machine) -> None:
    await machine.begin("first")
    file = (await machine.backups.create()).shelved.file
    async with machine.backups.restoring(file):
        with pytest.raises(FolderBusy, match="being restored"), working(machine.config, patience=0.1):
            raise AssertionError("it began to work")


@pytest.mark.postgres
async def test_r16_a_server_of_another_machine_counts_too(postgres_url: str, tmp_path: Path) -> None:
    machine = Machine(Config(data_dir=tmp_path / "data", database_url=postgres_url))
    await machine.begin("first")
    file = (await machine.backups.create()).shelved.file
    engine = await machine.open()
    node = Incarnation(engine, tmp_path / "elsewhere")
    await node.start()
    with pytest.raises(BackupRefused, match="A server works with this database"):
        await machine.restore(file)
    await node.stop()
    await engine.close()
    await machine.restore(file)
    assert await machine.titles() == ["first"]


@pytest.fixture
async def limited(postgres: Postgres) -> AsyncIterator[Callable[[], Awaitable[str]]]:
    """Databases for a user who may create tables, and nothing else."""
    made: list[str] = []

    async def make() -> str:
        made.append(postgres.fresh_database())
        admin = await connect(made[-1])
        await admin.execute("GRANT CREATE, USAGE ON SCHEMA public TO limited")
        await admin.close()
        return made[-1].replace("//postgres@", "//limited@")

    admin = await connect(postgres.admin_url)
    await admin.execute("CREATE ROLE limited LOGIN")
    yield make
    for url in made:
        postgres.drop(url)
    await admin.execute("DROP ROLE limited")
    await admin.close()


@pytest.mark.postgres
async def test_with_few_rights_what_is_possible_is_done(
    limited: Callable[[], Awaitable[str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    machine = Machine(Config(data_dir=tmp_path / "one", database_url=await limited()))
    empty = Machine(Config(data_dir=tmp_path / "other", database_url=await limited()))
    key = await machine.begin("first")
    file = (await machine.backups.create()).shelved.file
    verified = await machine.backups.verify(file)
    assert not verified.restored, "that needs the right to create databases"
    await machine.add("second")
    with pytest.raises(BackupRefused, match="right to create schemas"):
        await machine.restore(file)
    assert await machine.titles() == ["first", "second"]
    await empty.restore(file, key)
    assert await empty.titles() == ["first"]


@pytest.mark.postgres
async def test_tables_of_somebody_else_are_not_moved(
    postgres: Postgres, postgres_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    machine = Machine(Config(data_dir=tmp_path / "one", database_url=postgres_url))
    key = await machine.begin("first")
    file = (await machine.backups.create()).shelved.file
    theirs = Machine(Config(data_dir=tmp_path / "other", database_url=postgres.fresh_database()))
    other = await connect(theirs.config.database)
    await other.execute("CREATE TABLE letters (id int)")
    with pytest.raises(BackupRefused, match="not Modulon's"):
        await theirs.restore(file, key)
    assert await other.fetchval("SELECT count(*) FROM letters") == 0
    await other.close()
    postgres.drop(theirs.config.database)


async def test_r16_under_load_every_unit_is_whole_or_absent(machine: Machine, empty: Machine) -> None:
    key = await machine.begin()
    engine = await machine.open()
    begun: set[str] = set()
    done: set[str] = set()
    written = asyncio.Semaphore(0)
    over = asyncio.Event()

    async def write(name: int) -> None:
        db, count = engine.bind(person()), 0
        while not over.is_set():
            count += 1
            begun.add(title := f"{name}/{count}")
            await write_note(db, title)
            done.add(title)
            written.release()

    writers = [asyncio.create_task(write(name)) for name in range(4)]
    made = []
    for _ in range(3):
        for _ in range(10):
            await written.acquire()
        before = frozenset(done)
        made.append((before, await machine.backups.create(), frozenset(begun)))
    over.set()
    await asyncio.gather(*writers)
    await engine.close()
    for before, backup, after in made:
        await empty.restore(backup.shelved.file, key)
        found = set(await empty.titles())
        assert before <= found <= after
        other = await empty.open()
        async with other.bind(SYSTEM).read() as db:
            there = await db.one(WHOLE)
        await other.close()
        count = len(found)
        assert there == (count, count, 3 * count, count, backup.manifest.event_seq)


async def test_only_so_many_are_kept_and_others_are_left_alone(machine: Machine, new_machine: object) -> None:
    await machine.begin("first")
    backups, folder = machine.backups, machine.config.backups
    first = (await backups.create(keep=2)).shelved.file
    damaged = first.with_name("modulon-00000000T000000000000Z.mbk")
    damaged.write_bytes(b"not a backup")
    foreign = first.with_name("copy.db")
    foreign.write_bytes(b"somebody's")
    second = (await backups.create(keep=2)).shelved.file
    made = await backups.create(keep=2)
    assert made.removed == [first]
    assert set(folder.iterdir()) == {damaged, foreign, second, made.shelved.file}
    only = await backups.create(keep=1)
    assert set(folder.iterdir()) == {damaged, foreign, only.shelved.file}


async def test_the_new_one_stays_whatever_the_clock_says(machine: Machine) -> None:
    await machine.begin("first")
    first = (await machine.backups.create()).shelved.file
    future = first.rename(first.with_name("modulon-29990101T000000000000Z.mbk"))
    made = await machine.backups.create(keep=1)
    assert made.removed == [future]
    assert list(machine.config.backups.iterdir()) == [made.shelved.file]


async def test_r16_a_disk_that_writes_something_else_costs_no_older_backup(
    machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    await machine.begin("first")
    first = (await machine.backups.create(keep=1)).shelved.file
    flush = os.fsync

    def fails(file: int) -> None:
        if os.fstat(file).st_ino in {part.stat().st_ino for part in machine.config.backups.glob("*.part")}:
            os.pwrite(file, b"\0\0", 5_000)
        flush(file)

    monkeypatch.setattr(os, "fsync", fails)
    with pytest.raises(BackupDamaged, match=r"could not be read again.*chunk 1 "):
        await machine.backups.create(keep=1)
    assert list(machine.config.backups.iterdir()) == [first]


async def test_a_failure_leaves_no_file_and_takes_none(machine: Machine) -> None:
    await machine.begin("first")
    first = (await machine.backups.create(keep=1)).shelved.file
    master = machine.config.data_dir / FILE
    kept = master.read_bytes()
    master.unlink()
    with pytest.raises(BackupRefused, match="nothing to back up"):
        await machine.backups.create(keep=1)
    master.write_bytes(kept[:0] + b"AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n")
    master.chmod(0o600)
    with pytest.raises(MasterKeyError, match="put the right key back"):
        await machine.backups.create(keep=1)
    assert list(machine.config.backups.iterdir()) == [first]
    assert not [name for name in os.listdir(machine.config.run_dir) if name.startswith("scratch")]


async def test_what_a_killed_one_left_is_removed(machine: Machine) -> None:
    await machine.begin("first")
    machine.config.backups.mkdir(exist_ok=True)
    left = machine.config.backups / "modulon-20260101T000000000000Z.mbk.part"
    left.touch()
    scratch = machine.config.run_dir / "scratch-killed"
    scratch.mkdir()
    (scratch / "lock").touch()
    made = await machine.backups.create()
    await machine.backups.verify(made.shelved.file)
    assert not left.exists()
    assert not is_sqlite(machine.config.database) or not scratch.exists()


async def test_two_at_once_are_one(machine: Machine) -> None:
    await machine.begin("first")
    results = await asyncio.gather(*(machine.backups.create() for _ in range(3)), return_exceptions=True)
    refused = [result for result in results if isinstance(result, BaseException)]
    assert len(machine.backups.list()) == 3 - len(refused) >= 1
    assert all(isinstance(one, BackupRefused) and "Another backup" in str(one) for one in refused)


async def test_whoever_gives_up_leaves_nothing_running(machine: Machine) -> None:
    await machine.begin("first")
    for delay in (0.0, 0.01, 0.03):
        making = asyncio.create_task(machine.backups.create())
        await asyncio.sleep(delay)
        making.cancel()
        with suppress(asyncio.CancelledError):
            await making
        left = {file.suffix for file in machine.config.backups.glob("*")}
        assert left <= {".mbk"}
        assert not [name for name in os.listdir(machine.config.run_dir) if name.startswith("scratch")]
    await machine.backups.create()
    for shelved in machine.backups.list():
        await machine.backups.verify(shelved.file)


async def test_a_linked_database_is_replaced_where_it_lies(machine: Machine, tmp_path: Path) -> None:
    await machine.begin("first")
    file = (await machine.backups.create()).shelved.file
    await machine.add("second")
    link, there = machine.config.data_dir / "modulon.db", tmp_path / "disk" / "real.db"
    if is_sqlite(machine.config.database):
        there.parent.mkdir()
        link.rename(there)
        link.symlink_to(there)
    await machine.restore(file)
    assert await machine.titles() == ["first"]
    assert link.is_symlink() == is_sqlite(machine.config.database)


@pytest.mark.postgres
async def test_a_load_that_fails_takes_the_key_back(
    postgres: Postgres, postgres_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    machine = Machine(Config(data_dir=tmp_path / "one", database_url=postgres_url))
    key = await machine.begin("first")
    file = (await machine.backups.create()).shelved.file
    node = Incarnation(engine := await machine.open(), tmp_path / "elsewhere")
    await node.start()
    second = Machine(Config(data_dir=tmp_path / "other", database_url=postgres_url))
    with pytest.raises(BackupRefused, match="A server works"):
        await second.restore(file, key)
    assert not (second.config.data_dir / FILE).exists()
    assert not (second.config.data_dir / "instance_id").exists()
    await node.stop()
    await engine.close()


async def test_a_database_that_nobody_started_is_refused(machine: Machine) -> None:
    with pytest.raises(BackupRefused, match="nothing to back up"):
        await machine.backups.create()
    await machine.begin()
    engine = await machine.open()
    async with engine.bind(SYSTEM).write() as tx:
        tx.run(FORGET_NOTES)
    await engine.close()
    with pytest.raises(BackupRefused, match="not been started with this database"):
        await machine.backups.create()


async def test_another_master_key_in_the_environment_is_not_silently_used(
    machine: Machine, empty: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pydantic import SecretStr

    key = await machine.begin("first")
    file = (await machine.backups.create()).shelved.file
    other = SecretStr("AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=")
    set_up = Machine(empty.config.model_copy(update={"master_key": other}))
    with pytest.raises(BackupRefused, match="MODULON_MASTER_KEY is set"):
        await set_up.restore(file, key)
    same = SecretStr((machine.config.data_dir / FILE).read_text())
    right = Machine(empty.config.model_copy(update={"master_key": same}))
    await right.restore(file, key)
    assert await right.titles() == ["first"]
    assert not (empty.config.data_dir / FILE).exists()
