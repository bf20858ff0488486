"""From a credential to a principal: on every request, mostly without asking the database.

A token's signature is checked once; the state behind it (the user, the session, the key) is at most a second old.
"""

import asyncio
import dataclasses
import hashlib
import time
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

import sqlalchemy as sa
import structlog

from modulon.core.data.tables import api_keys, sessions, users, workspaces
from modulon.sdk.errors import Problem
from modulon.sdk.identity import SCOPES, Principal, Role
from modulon.sdk.storage import Id, LargeBinary, now, rows

from .errors import KeyRefused, OwnerSuspended, SessionEnded, WorkspaceUnknown
from .keys import USE_NOTED_EVERY, Keys
from .keytext import is_key
from .parts import IDENTITY, Parts
from .recent import SIZE, Recent
from .tokens import Access
from .workspaces import Workspaces

ALL_SCOPES: Final = frozenset[str](SCOPES)
MEMBER_SCOPES: Final = ALL_SCOPES - {"admin"}

_PERSONAL: Final = sa.and_(workspaces.c.owner_id == users.c.id, workspaces.c.personal.is_(True))
_WHY: Final = "decides whether a credential holds: there is no principal yet"

_log = structlog.get_logger(module="identity")


@dataclass(frozen=True, slots=True)
class _Person:
    """What of a user decides about credentials."""

    id: UUID
    admin: bool
    suspended: bool
    epoch: int
    workspace: UUID

    def principal(self, session: UUID | None) -> Principal:
        return Principal(
            "user",
            subject=self.id,
            user=self.id,
            workspace=self.workspace,
            scopes=scopes_of(admin=self.admin),
            admin=self.admin,
            epoch=self.epoch,
            session=session,
        )


@dataclass(frozen=True, slots=True)
class _Key:
    """What of an API key decides, with its owner."""

    id: UUID
    workspace: UUID
    scopes: list[str]
    expires_at: datetime | None
    user: UUID
    admin: bool
    suspended: bool
    epoch: int

    def principal(self) -> Principal:
        scopes = scopes_of(admin=self.admin) & frozenset(self.scopes)
        return Principal(
            "key",
            subject=self.id,
            user=self.user,
            workspace=self.workspace,
            scopes=scopes,
            admin="admin" in scopes,
            epoch=self.epoch,
        )


_PEOPLE: Final = sa.select(users.c.id, users.c.admin, users.c.suspended, users.c.epoch, workspaces.c.id).join_from(
    users, workspaces, _PERSONAL
)
_PERSON: Final = rows(_Person, _PEOPLE.where(users.c.id == sa.bindparam("user_id", type_=Id)), unguarded=_WHY)
_OF_SESSION: Final = rows(
    _Person,
    _PEOPLE.join(sessions, sessions.c.user_id == users.c.id).where(
        sessions.c.id == sa.bindparam("session_id", type_=Id), sessions.c.ended_at.is_(None)
    ),
    unguarded=_WHY,
)
_KEY: Final = rows(
    _Key,
    sa.select(
        api_keys.c.id,
        api_keys.c.workspace_id,
        api_keys.c.scopes,
        api_keys.c.expires_at,
        users.c.id,
        users.c.admin,
        users.c.suspended,
        users.c.epoch,
    )
    .join_from(api_keys, users, users.c.id == api_keys.c.user_id)
    .where(api_keys.c.hash == sa.bindparam("hash", type_=LargeBinary), api_keys.c.revoked_at.is_(None)),
    unguarded=_WHY,
)


class Credentials:
    """Checks access tokens and API keys, and which workspaces their user may choose."""

    def __init__(self, parts: Parts, keys: Keys, spaces: Workspaces) -> None:
        self._parts = parts
        self._keys = keys
        self._spaces = spaces
        self._signed: dict[bytes, Access] = {}
        self._people = Recent(self._load_person)
        self._sessions = Recent(self._load_session)
        self._found = Recent(self._load_key)
        self._roles = Recent(self._load_role)
        self._used: dict[UUID, float] = {}
        self._noting: set[asyncio.Task[None]] = set()

    async def by_access_token(self, token: str) -> Principal:
        """Who a browser session belongs to, in the personal workspace. Raises `SessionEnded`."""
        access = self._access(token)
        principal = await self._sessions.get(access.session)
        if principal is None or principal.user != access.user or principal.epoch != access.epoch:
            raise SessionEnded
        return principal

    async def by_key(self, text: str) -> Principal:
        """Whose key this is, in the key's workspace. Raises `KeyRefused`."""
        if not is_key(text):
            raise KeyRefused
        found = await self._found.get(self._parts.key_hashes.hash(text))
        if found is None or (found[1] is not None and found[1] <= now()):
            raise KeyRefused
        principal = found[0]
        self._note_use(principal)
        return principal

    async def by_session(self, session: UUID) -> Principal:
        """Who an open session belongs to. Raises `SessionEnded`."""
        principal = await self._sessions.get(session)
        if principal is None:
            raise SessionEnded
        return principal

    async def by_user(self, user: UUID, workspace: UUID) -> Principal:
        """The rights *user* has now in *workspace*, for work on their behalf. Raises `OwnerSuspended`."""
        person = await self._people.get(user)
        if person is None or person.suspended or await self._roles.get((user, workspace)) is None:
            raise OwnerSuspended
        return dataclasses.replace(person.principal(None), workspace=workspace)

    async def in_workspace(self, principal: Principal, workspace: UUID) -> Principal:
        """The same principal in another workspace of its user's. Raises `WorkspaceUnknown`."""
        if principal.workspace == workspace:
            return principal
        if principal.user is None or await self._roles.get((principal.user, workspace)) is None:
            raise WorkspaceUnknown
        return dataclasses.replace(principal, workspace=workspace)

    def forget_session(self, session: UUID) -> None:
        """A session ended."""
        self._sessions.forget(session)

    def forget_keys(self) -> None:
        """A key was revoked."""
        self._found.clear()

    def forget_workspaces(self) -> None:
        """Someone's workspaces changed."""
        self._roles.clear()
        self._found.clear()

    def forget_people(self) -> None:
        """Someone was suspended or restored."""
        self._people.clear()
        self._sessions.clear()
        self._found.clear()

    async def settle(self) -> None:
        """Wait for notes under way."""
        await asyncio.gather(*self._noting)

    def _access(self, token: str) -> Access:
        digest = hashlib.sha256(token.encode()).digest()
        access = self._signed.get(digest)
        if access is None:
            access = self._signed[digest] = self._parts.access.read(token)
            if len(self._signed) > SIZE:
                del self._signed[next(iter(self._signed))]
        if access.expires <= time.time():
            self._signed.pop(digest, None)
            raise SessionEnded
        return access

    def _note_use(self, principal: Principal) -> None:
        """Note the use in the background, at most once a minute for each key."""
        key, at = principal.subject, time.monotonic()
        if key is None or at - self._used.get(key, -1e9) < USE_NOTED_EVERY.total_seconds():
            return
        self._used.pop(key, None)
        self._used[key] = at
        if len(self._used) > SIZE:
            del self._used[next(iter(self._used))]
        task = asyncio.create_task(self._write_use(key))
        self._noting.add(task)
        task.add_done_callback(self._noting.discard)

    async def _write_use(self, key: UUID) -> None:
        try:
            await self._keys.note_use(key)
        except Problem as problem:
            # A full disk or a shutdown: the key works all the same.
            _log.warning("use of a key not noted", code=problem.code)

    async def _load_person(self, user: UUID) -> _Person | None:
        async with self._parts.engine.bind(IDENTITY).read() as db:
            return await db.first(_PERSON, {"user_id": user})

    async def _load_session(self, session: UUID) -> Principal | None:
        async with self._parts.engine.bind(IDENTITY).read() as db:
            person = await db.first(_OF_SESSION, {"session_id": session})
        return None if person is None or person.suspended else person.principal(session)

    async def _load_key(self, digest: bytes) -> tuple[Principal, datetime | None] | None:
        async with self._parts.engine.bind(IDENTITY).read() as db:
            key = await db.first(_KEY, {"hash": digest})
        return None if key is None or key.suspended else (key.principal(), key.expires_at)

    async def _load_role(self, member: tuple[UUID, UUID]) -> Role | None:
        try:
            return (await self._spaces.one(*member)).role
        except WorkspaceUnknown:
            return None


def scopes_of(*, admin: bool) -> frozenset[str]:
    """All that a user may do."""
    return ALL_SCOPES if admin else MEMBER_SCOPES
