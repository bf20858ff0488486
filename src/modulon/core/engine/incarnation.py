"""This process's incarnation: a lock file that the kernel frees when it dies, and a heartbeat for other machines.

`<run folder>/<incarnation>.lock` is held by `flock` for as long as the process lives, so that a process of the same
machine that was killed is known to be gone at once. Others see that its row in `nodes` is no longer renewed: every 2 s,
overdue after 8 s, both by the database's clock.
"""

import asyncio
import fcntl
import os
import socket
import time
from collections.abc import Collection
from pathlib import Path
from typing import Final
from uuid import UUID

import sqlalchemy as sa
import structlog

from modulon.core.data.clock import NODE_EXPIRY_SECONDS, database_now
from modulon.core.data.database import Engine
from modulon.core.data.tables import nodes
from modulon.sdk.identity import Principal
from modulon.sdk.ids import new_id
from modulon.sdk.storage import Id, Integer, Text, change, rows

HEARTBEAT_SECONDS: Final = 2.0
FORGET_SECONDS: Final = 86_400

_WHY: Final = "processes belong to nobody"
_log = structlog.get_logger(module="engine")

_ENTER = change(
    sa.insert(nodes).values(
        incarnation=sa.bindparam("incarnation", type_=Id),
        node=sa.bindparam("node", type_=Text),
        pid=sa.bindparam("pid", type_=Integer),
        started_at=database_now(),
        heartbeat_at=database_now(),
    ),
    unguarded=_WHY,
)
_BEAT = change(
    sa.update(nodes).where(nodes.c.incarnation == sa.bindparam("mine", type_=Id)).values(heartbeat_at=database_now()),
    unguarded=_WHY,
)
_LEAVE = change(sa.delete(nodes).where(nodes.c.incarnation == sa.bindparam("mine", type_=Id)), unguarded=_WHY)
_FORGET = change(sa.delete(nodes).where(nodes.c.heartbeat_at < database_now(-FORGET_SECONDS)), unguarded=_WHY)
_CURRENT = rows(
    UUID,
    sa.select(nodes.c.incarnation).where(nodes.c.heartbeat_at >= database_now(-NODE_EXPIRY_SECONDS)),
    unguarded=_WHY,
)


class Incarnation:
    """Implements `sdk.node.Node` for this process. *run_dir* is the folder of the lock files."""

    def __init__(self, engine: Engine, run_dir: Path) -> None:
        self.incarnation = new_id()
        self._db = engine.bind(Principal(kind="system", name="node"))
        self._run_dir = run_dir
        self._lock: int | None = None
        self._beating: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Take the lock, then tell the others; from here on this process counts as living."""
        self._run_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._lock = os.open(self._path(self.incarnation), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        await asyncio.to_thread(self._tidy)
        async with self._db.write() as tx:
            tx.run(_FORGET)
            tx.run(_ENTER, {"incarnation": self.incarnation, "node": socket.gethostname(), "pid": os.getpid()})
        self._beating = asyncio.create_task(self._beat())

    async def stop(self) -> None:
        """Leave in good order: the others know at once."""
        if self._beating is not None:
            self._beating.cancel()
            await asyncio.gather(self._beating, return_exceptions=True)
            async with self._db.write() as tx:
                tx.run(_LEAVE, {"mine": self.incarnation})
        if self._lock is not None:
            self._path(self.incarnation).unlink(missing_ok=True)
            os.close(self._lock)
            self._lock = None

    async def gone(self, incarnations: Collection[UUID]) -> frozenset[UUID]:
        """Those among *incarnations* that live no more. A lock file on this machine decides, else the heartbeat."""
        others = set(incarnations) - {self.incarnation}
        if not others:
            return frozenset()
        ended = {one for one in others if self._freed(one)}
        unsure = {one for one in others - ended if not self._path(one).exists()}
        if unsure:
            async with self._db.read() as db:
                unsure -= set(await db.all(_CURRENT))
        return frozenset(ended | unsure)

    def _path(self, incarnation: UUID) -> Path:
        return self._run_dir / f"{incarnation}.lock"

    def _freed(self, incarnation: UUID) -> bool:
        """Whether a process of this machine held the lock and does so no more."""
        path = self._path(incarnation)
        try:
            file = os.open(path, os.O_RDWR | os.O_CLOEXEC)
        except FileNotFoundError:
            return False
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        finally:
            os.close(file)
        return True

    def _tidy(self) -> None:
        """Remove the files of processes that ended long ago; younger ones still tell that their process is gone."""
        for path in self._run_dir.glob("*.lock"):
            name = path.stem
            if time.time() - path.stat().st_mtime > FORGET_SECONDS and len(name) == 36 and self._freed(UUID(name)):
                path.unlink(missing_ok=True)

    async def _beat(self) -> None:
        while True:
            await asyncio.sleep(HEARTBEAT_SECONDS)
            try:
                async with self._db.write() as tx:
                    tx.run(_BEAT, {"mine": self.incarnation})
            except Exception:
                # The database may be away for a moment; the lease runs out by itself if it stays away.
                _log.warning("heartbeat failed", incarnation=str(self.incarnation), exc_info=True)
