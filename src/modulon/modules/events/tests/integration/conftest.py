"""Applications with a module that cannot handle some of what it hears, until it is mended."""

from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from pathlib import Path

import pytest

from modulon.core.config import Config
from modulon.core.events.consumer import Retry
from modulon.core.testing import App
from modulon.sdk.testing import Client
from tests.rig.kit import Kit, kit

__all__ = ["Sick", "kit", "sick"]

_MORE = """
import pathlib
TRIED = []

@module.on(WorkspaceCreated)
async def picky(ctx: Context, event: WorkspaceCreated, tx: Write, delivery: Delivery) -> None:
    TRIED.append(delivery.seq)
    if pathlib.Path({broken!r}).exists():
        raise ValueError("cannot bear it")
    HANDLED.append(delivery.seq)
HANDLED = []
"""


@dataclass
class Sick:
    """A module whose consumer fails while it is broken."""

    kit: Kit
    module: str
    flag: Path

    @property
    def consumer(self) -> str:
        return f"{self.module}.picky"

    @property
    def handled(self) -> list[int]:
        """The numbers of the events it handled, in that order."""
        found: list[int] = self.kit.inside(self.module, "HANDLED")
        return found

    @property
    def tried(self) -> list[int]:
        found: list[int] = self.kit.inside(self.module, "TRIED")
        return found

    def mend(self) -> None:
        self.flag.unlink()

    def open(self) -> AbstractAsyncContextManager[App]:
        return self.kit.open()

    def config(self) -> Config:
        """Of another process on the same data."""
        return Config(
            data_dir=self.kit.data, database_url=self.kit.url, modules_dir=self.kit.folder, dev=True, log_level="error"
        )

    async def make(self, admin: Client, *names: str) -> None:
        """Make workspaces: an event for each, of which the consumer hears."""
        for name in names:
            assert (await admin.post("/api/workspaces", {"name": name})).status == 201

    async def poison(self, app: App, admin: Client, count: int) -> list[int]:
        """Break it, have so many events fail, and wait until it has given them up; their numbers, the oldest first."""
        self.flag.touch()
        await self.make(admin, *(f"W{number}" for number in range(count)))
        await app.core.bus.drained()
        dead = await app.system("events").events.dead(self.consumer)
        assert len(dead) == count
        return sorted(one.seq for one in dead)


@pytest.fixture
def sick(kit: Kit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Sick:
    """Of three tries without a pause, on each database."""
    monkeypatch.setattr("modulon.core.events.bus.Retry", lambda: Retry(tries=3, first_seconds=0.0))
    flag = tmp_path / "broken"
    return Sick(kit, kit.write("sick", "here", more=_MORE.format(broken=str(flag))), flag)
