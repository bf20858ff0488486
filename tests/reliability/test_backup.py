"""R16, R04: backups where it goes wrong: a killed restore, a full disk, a crowd of writers, a lost machine."""

import asyncio
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import aiohttp
import pytest
import sqlalchemy as sa

from modulon.core.config import Config
from modulon.core.data.backup.tests.machine import SYSTEM, Machine
from modulon.core.data.tests import notes
from modulon.core.engine.folder import working
from modulon.sdk.errors import StorageFull
from modulon.sdk.storage import rows
from tests.reliability.test_full_disk import fill
from tests.rig.conversing import Chatter, set_up
from tests.rig.provider import Provider
from tests.rig.server import PASSWORD, Server, ServerFailed, running_server

PAGES_AND_LINES = rows(
    tuple,
    sa.select(
        notes.notes.c.title,
        sa.func.count(sa.distinct(notes.pages.c.id)),
        sa.func.count(notes.lines.c.id),
    )
    .outerjoin_from(notes.notes, notes.pages, notes.pages.c.note_id == notes.notes.c.id)
    .outerjoin(notes.lines, notes.lines.c.page_id == notes.pages.c.id)
    .group_by(notes.notes.c.id, notes.notes.c.title),
    unguarded="a test looks at everything",
)


@pytest.fixture(autouse=True)
def _state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))


class Restoring:
    """A process that is about to restore."""

    def __init__(self, machine: Machine, file: Path) -> None:
        config = machine.config
        where = (str(config.data_dir), config.database, str(file))
        command = [sys.executable, "-m", "tests.reliability.restoring", *where]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def line(self) -> str:
        assert self.process.stdout is not None
        return self.process.stdout.readline()

    def go(self) -> None:
        assert self.line() == "ready\n"
        assert self.process.stdin is not None
        self.process.stdin.write("go\n")
        self.process.stdin.flush()

    def kill(self) -> None:
        self.process.kill()
        self.process.communicate()


@contextmanager
def writers(url: str, count: int) -> Iterator[None]:
    """Processes that write to the database meanwhile, for a minute at most."""
    command = [sys.executable, "-m", "tests.reliability.writing", url, "60"]
    pipes: dict[str, Any] = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    running = [subprocess.Popen([*command, str(number)], **pipes) for number in range(count)]
    try:
        for process in running:
            assert process.stdout is not None
            assert process.stdout.readline() == b"ready\n"
        for process in running:
            assert process.stdin is not None
            process.stdin.write(b"go\n")
            process.stdin.flush()
        yield
    finally:
        for process in running:
            process.kill()
            process.communicate()


async def killed_in_restore(machine: Machine, kills: int) -> None:
    """Restore in turn the backup of the old and that of the new, killing each at a random moment."""
    await machine.begin("old")
    old = (await machine.backups.create()).shelved.file
    await machine.add("new")
    new = (await machine.backups.create()).shelved.file
    whole = Restoring(machine, old)
    whole.go()
    begun = time.monotonic()
    assert whole.line() == "done\n"
    longest = time.monotonic() - begun
    whole.kill()
    choose = random.Random(kills)
    states: list[bool] = []
    for _ in range(kills):
        before = await machine.titles()
        # Waking up takes a process longer now and then than the one that was measured.
        moment = longest * choose.uniform(0.2, 2.0)
        restoring = Restoring(machine, new if before == ["old"] else old)
        restoring.go()
        await asyncio.sleep(moment)
        restoring.kill()
        with working(machine.config):
            after = await machine.titles()
        assert after in (["old"], ["new", "old"])
        states.append(after == before)
    print(f"a restore takes {longest:.2f} s; of {kills} killed, {sum(states)} had changed nothing")


@pytest.mark.parametrize("kills", [8, pytest.param(20, marks=pytest.mark.nightly)])
async def test_r16_a_restore_killed_at_any_moment_leaves_the_old_or_the_new(tmp_path: Path, kills: int) -> None:
    await killed_in_restore(Machine(Config(data_dir=tmp_path / "data")), kills)


@pytest.mark.nightly
async def test_r16_a_restore_to_postgresql_killed_at_any_moment(tmp_path: Path, postgres_url: str) -> None:
    await killed_in_restore(Machine(Config(data_dir=tmp_path / "data", database_url=postgres_url)), 20)


@pytest.mark.nightly
async def test_r16_twenty_backups_under_the_load_of_eight_processes(tmp_path: Path, database_url: str) -> None:
    machine = Machine(Config(data_dir=tmp_path / "data", database_url=database_url))
    scratch = Machine(Config(data_dir=tmp_path / "other"))
    key = await machine.begin()
    made = await machine.backups.create(keep=20)
    with writers(database_url, 8):
        sizes: list[int] = []
        for _ in range(20):
            made = await machine.backups.create(keep=20)
            tables = {table.name: table.rows for table in made.manifest.tables}
            assert (await machine.backups.verify(made.shelved.file)).restored
            assert tables["note_pages"] == tables["notes"] == tables["events"]
            assert tables["note_lines"] == 3 * tables["notes"]
            sizes.append(tables["notes"])
            await asyncio.sleep(0.5)
        assert sizes == sorted(sizes)
        assert sizes[-1] > sizes[0]
    if made.manifest.database == "sqlite":
        await scratch.restore(made.shelved.file, key)
        engine = await scratch.open()
        async with engine.bind(SYSTEM).read() as db:
            found = await db.all(PAGES_AND_LINES)
        await engine.close()
        assert {(pages, lines) for _, pages, lines in found} == {(1, 3)}


async def test_r04_a_full_disk_leaves_no_half_backup_and_takes_no_whole_one(tmp_path: Path, small: Path) -> None:
    """Full where the copy is made, and full where the backup is written: both are the same disk here, and not there."""
    for machine in (
        Machine(Config(data_dir=small / "data")),
        Machine(Config(data_dir=tmp_path / "data", backup_dir=small / "backups")),
    ):
        await machine.begin("first")
        first = (await machine.backups.create(keep=1)).shelved.file
        ballast = fill(small)
        for _ in range(2):
            with pytest.raises(StorageFull, match="The disk is full"):
                await machine.backups.create(keep=1)
        assert list(machine.config.backups.iterdir()) == [first]
        assert not list(machine.config.run_dir.glob("scratch-*"))
        ballast.unlink()
        await machine.backups.verify(first)
        second = (await machine.backups.create(keep=1)).shelved.file
        assert list(machine.config.backups.iterdir()) == [second]


async def test_r04_a_full_disk_stops_a_restore_before_it_has_changed_anything(small: Path) -> None:
    machine = Machine(Config(data_dir=small / "data"))
    await machine.begin("first")
    file = (await machine.backups.create()).shelved.file
    await machine.add("second")
    ballast = fill(small)
    with pytest.raises(StorageFull, match="Nothing was changed"):
        await machine.restore(file)
    ballast.unlink()
    assert await machine.titles() == ["first", "second"]
    await machine.restore(file)
    assert await machine.titles() == ["first"]


async def test_r16_a_lost_machine_comes_back_by_the_command_line(tmp_path: Path, provider: Provider) -> None:
    """As an operator does it: back up the running server, lose everything, restore with the recovery key, start."""
    async with running_server(tmp_path) as server, set_up(server, provider.url) as one:
        key = await recovery_key(server)
        await one.call("POST", "/api/conversations", {"title": "The plan"})
        await server.command("backup", "create")
        with pytest.raises(ServerFailed, match="stop it first"):
            await server.command("backup", "restore", "--yes", str(only_backup(server)))
        await one.call("POST", "/api/conversations", {"title": "Too late"})
        file = only_backup(server).rename(tmp_path / "kept.mbk")
        await server.kill()
        shutil.rmtree(server.data_dir)

        with pytest.raises(ServerFailed, match="no master key here"):
            await server.command("backup", "verify", str(file))
        good = await server.command("backup", "verify", "--recovery-key-stdin", str(file), stdin=key)
        assert "The backup is good" in good
        with pytest.raises(ServerFailed, match=r"conversations .* in the backup 1"):
            await server.command("backup", "restore", "--recovery-key-stdin", str(file), stdin=f"{key}\nn\n")
        assert not (server.data_dir / "modulon.db").exists()
        said = await server.command("backup", "restore", "--recovery-key-stdin", "--yes", str(file), stdin=key)
        assert said.endswith("Restored. Start the server.\n")

        await server.start()
        page = await one.call("GET", "/api/conversations")
        assert [item["title"] for item in page["items"]] == ["The plan"]
        assert "no backups" in await server.command("backup", "list")
        # The provider's key and the sessions are those of the master key that came back.
        begun = await one.begin("Hello", "sim/sim-fast-n20")
        assert begun["run"]["id"]


async def recovery_key(server: Server) -> str:
    """A new one: it is shown to a person who proves the password, in a session of their own."""
    async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as session:
        person = Chatter(server, session, {"origin": server.url, "sec-fetch-site": "same-origin"})
        await person.call("POST", "/api/sessions", {"email": "admin@example.org", "password": PASSWORD})
        return str((await person.call("POST", "/api/recovery", {"current": PASSWORD}))["recovery_key"])


def only_backup(server: Server) -> Path:
    (file,) = (server.data_dir / "backups").glob("*.mbk")
    return file
