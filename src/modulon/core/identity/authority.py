"""The authority on people and credentials, one for the process."""

import asyncio
import importlib
from collections.abc import Sequence
from datetime import timedelta
from typing import Final, Literal
from uuid import UUID

import sqlalchemy as sa
import structlog

from modulon.core.data.database import Engine
from modulon.core.data.tables import api_keys, sessions
from modulon.core.events.log import Record
from modulon.sdk.errors import Problem
from modulon.sdk.identity import Principal, UserDeleted, UserSuspended
from modulon.sdk.storage import Time, change, now

from .credentials import Credentials
from .errors import OwnerSuspended
from .events import (
    AdminChanged,
    KeyRevoked,
    PasswordChanged,
    SessionClosed,
    SessionReplayed,
    SessionsEnded,
    UserRestored,
)
from .keys import Keys
from .links import DROP_OLD, KEPT_EXPIRED, Links
from .own import Own
from .parts import IDENTITY, KeySource, Parts
from .people import PeopleAdmin
from .recovery import RecoveryKeys
from .service import IdentityService
from .sessions import Sessions
from .setup import Setup
from .users import Users
from .workspaces import Workspaces

KEPT_AFTER_END: Final = timedelta(days=30)
"""How long the rows of ended sessions and revoked keys are kept, for questions afterwards."""

_TIDY_EVERY: Final = 3600.0

_log = structlog.get_logger(module="identity")

_ENDINGS: Final = frozenset(
    kind.type
    for kind in (
        AdminChanged, KeyRevoked, PasswordChanged, SessionClosed, SessionReplayed, SessionsEnded, UserDeleted,
        UserRestored, UserSuspended,
    )
)  # fmt: skip

_BEFORE: Final = sa.bindparam("before", type_=Time)
_DROP_SESSIONS: Final = change(
    sa.delete(sessions).where(sa.or_(sessions.c.ended_at < _BEFORE, sessions.c.expires_at < _BEFORE)),
    unguarded="sessions that ended long ago, whoever they belonged to",
)
_DROP_KEYS: Final = change(
    sa.delete(api_keys).where(api_keys.c.revoked_at < _BEFORE),
    unguarded="keys that were revoked long ago, whoever they belonged to",
)


class Authority:
    """Holds the keys, the caches and the parts of identity; `bound` gives what modules see of it."""

    def __init__(self, engine: Engine, secrets: KeySource) -> None:
        self._parts = Parts.of(engine, secrets)
        self.users: Final = Users(self._parts)
        self.keys: Final = Keys(self._parts)
        self.workspaces: Final = Workspaces(self._parts)
        self.sessions: Final = Sessions(self._parts, self.users)
        self.recovery: Final = RecoveryKeys(self._parts)
        self.setup: Final = Setup(self._parts, self.users, self.sessions, self.recovery)
        self.links: Final = Links(self._parts)
        self.people: Final = PeopleAdmin(self._parts, self.users)
        self.own: Final = Own(self._parts, self.users, self.sessions, self.links)
        self.credentials: Final = Credentials(self._parts, self.keys, self.workspaces)
        self._background: list[asyncio.Task[None]] = []

    async def start(self) -> None:
        """Begin the work in the background."""
        self._background = [asyncio.create_task(_warm()), asyncio.create_task(self._tidy_for_ever())]

    async def stop(self) -> None:
        """End it, and finish what is under way."""
        for task in self._background:
            task.cancel()
        await asyncio.gather(*self._background, return_exceptions=True)
        await self.credentials.settle()
        await asyncio.to_thread(self._parts.passwords.close)

    def bound(self, principal: Principal) -> IdentityService:
        """Identity as *principal* may use it."""
        return IdentityService(self, principal)

    async def setup_state(self) -> Literal["open", "done"]:
        """Whether the first administrator is still to be created."""
        return await self.setup.state()

    async def setup_link_token(self) -> str | None:
        """A new one-time token, good for an hour, while set-up is open."""
        return await self.setup.new_link()

    async def principal_of(self, user: UUID, workspace: UUID) -> Principal:
        """The rights *user* has now in *workspace*. Raises `OwnerSuspended`, also for those who are no member."""
        return await self.credentials.by_user(user, workspace)

    async def suspend(self, user: UUID, *, actor: Principal = IDENTITY) -> None:
        """End every credential of *user*: at once in this process, within a second in others."""
        await self.people.suspend(actor, user)
        self.credentials.forget_people()

    async def restore(self, user: UUID, *, actor: Principal = IDENTITY) -> None:
        """Let a suspended person sign in again."""
        await self.people.restore(actor, user)
        self.credentials.forget_people()

    async def recheck(self, principal: Principal) -> None:
        """Raise a `Problem` unless *principal*'s session or key, and its rights in its workspace, still hold."""
        if principal.user is None or principal.workspace is None:
            raise OwnerSuspended
        await self.credentials.by_user(principal.user, principal.workspace)
        if principal.session is not None:
            await self.credentials.by_session(principal.session)

    def heard(self, records: Sequence[Record]) -> None:
        """Other processes write to the same log: what ends credentials there ends them here, without waiting for
        what is remembered to grow old."""
        if any(record.type in _ENDINGS for record in records):
            self.credentials.forget_people()

    async def tidy(self) -> None:
        """Drop rows of sessions and keys that ended long ago."""
        before = now() - KEPT_AFTER_END
        async with self._parts.engine.bind(IDENTITY).write() as tx:
            tx.run(_DROP_SESSIONS, {"before": before})
            tx.run(_DROP_KEYS, {"before": before})
            tx.run(DROP_OLD, {"before": now() - KEPT_EXPIRED})

    async def _tidy_for_ever(self) -> None:
        while True:
            await asyncio.sleep(_TIDY_EVERY)
            try:
                await self.tidy()
            except Problem as problem:
                # A full disk, say: the next round may do better.
                _log.warning("old sessions and keys not dropped", code=problem.code)


async def _warm() -> None:
    """Load what the first sign-in needs (0.2 s) off the event loop, so that it waits for nothing."""
    for name in ("jwt", "argon2"):
        await asyncio.to_thread(importlib.import_module, name)
