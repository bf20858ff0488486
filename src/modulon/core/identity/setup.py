"""Set-up: the one-time link, and the first administrator.

The link's token is 256 random bits, stored hashed, good for an hour. Exactly one of any number of parallel set-ups
succeeds: in one transaction it takes its link away, leaves the one mark `setup`, whose key is unique, and adds the
administrator only if there is none.
"""

import asyncio
import hashlib
import secrets
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Final, Literal

import sqlalchemy as sa

from modulon.core.data.tables import instance, users
from modulon.sdk.identity import Connection, SignedIn
from modulon.sdk.storage import Text, change, now, rows

from . import cookies
from .errors import EmailTaken, SetupDone, SetupLinkInvalid
from .parts import IDENTITY, Parts, acting
from .recovery import RecoveryKeys
from .sessions import Sessions
from .users import ADD_FIRST, Users, add, new_account

LINK_LIFE: Final = timedelta(minutes=60)

_DONE_KEY: Final = "setup"
_LINK: Final = "setup_link:"
_WHY: Final = "the host's own notes about itself"

_KEY: Final = sa.bindparam("note", type_=Text)
_DONE: Final = rows(
    str,
    sa.union_all(
        sa.select(instance.c.key).where(instance.c.key == sa.literal(_DONE_KEY, Text)),
        sa.select(sa.literal("admin", Text)).where(sa.exists(sa.select(users.c.id).where(users.c.admin.is_(True)))),
    ),
    unguarded="whether there is an administrator is no secret",
)
_UNTIL: Final = rows(str, sa.select(instance.c.value).where(instance.c.key == _KEY), unguarded=_WHY)
_NOTE: Final = change(sa.insert(instance), unguarded=_WHY)
_TAKE: Final = change(sa.delete(instance).where(instance.c.key == _KEY), unguarded=_WHY)
_DROP_LINKS: Final = change(
    sa.delete(instance).where(
        instance.c.key.like(sa.literal(_LINK + "%", Text)), instance.c.value < sa.bindparam("before", type_=Text)
    ),
    unguarded=_WHY,
)
_END_OF_TIME: Final = "9999"


class Setup:
    """Makes set-up links and lets one of them be used, once."""

    def __init__(self, parts: Parts, people: Users, sessions: Sessions, recovery: RecoveryKeys) -> None:
        self._parts = parts
        self._recovery = recovery
        self._users = people
        self._sessions = sessions
        self._done = False
        self._one_at_a_time = asyncio.Lock()

    async def state(self) -> Literal["open", "done"]:
        """Whether the first administrator is still to be created."""
        if not self._done:
            async with self._parts.engine.bind(IDENTITY).read() as db:
                self._done = await db.first(_DONE) is not None
        return "done" if self._done else "open"

    async def new_link(self) -> str | None:
        """A new link's token while set-up is open. Links of other processes stay good; expired ones are dropped."""
        if await self.state() == "done":
            return None
        token = secrets.token_urlsafe(32)
        at = now()
        async with self._parts.engine.bind(IDENTITY).write() as tx:
            tx.run(_DROP_LINKS, {"before": at.isoformat()})
            tx.run(_NOTE, {"key": _key_of(token), "value": (at + LINK_LIFE).astimezone(UTC).isoformat()})
        return token

    async def run(self, *, token: str, email: str, name: str, password: str, connection: Connection) -> SignedIn:
        """Create the first administrator and sign in. Raises `SetupDone`, `SetupLinkInvalid`."""
        cookies.require_safe(connection)
        # One at a time in this process: the others need not hash their passwords to learn that they are too late.
        async with self._one_at_a_time:
            await self._check(token, email)
            account = new_account(email, name, await self._parts.passwords.hash(password), admin=True)
            async with self._parts.engine.bind(acting(account.id, account.workspace)).write() as tx:
                too_late = SetupDone()
                tx.run(_TAKE, {"note": _key_of(token)}, expect=1, otherwise=too_late)
                tx.run(_NOTE, {"key": _DONE_KEY, "value": account.created_at.isoformat()}, otherwise=too_late)
                tx.run(_DROP_LINKS, {"before": _END_OF_TIME})
                add(tx, account, ADD_FIRST, too_late)
                signed_in = self._sessions.open(tx, account, connection)
                recovery_key = self._recovery.make(tx)
            self._done = True
        return replace(signed_in, recovery_key=recovery_key)

    async def _check(self, token: str, email: str) -> None:
        if await self.state() == "done":
            raise SetupDone
        async with self._parts.engine.bind(IDENTITY).read() as db:
            until = await db.first(_UNTIL, {"note": _key_of(token)})
        if until is None or datetime.fromisoformat(until) <= now():
            raise SetupLinkInvalid
        if await self._users.by_email(email) is not None:
            raise EmailTaken


def _key_of(token: str) -> str:
    # Looked up by its hash: neither the row nor the time the look-up takes says anything about a valid token.
    return _LINK + hashlib.sha256(token.encode()).hexdigest()
