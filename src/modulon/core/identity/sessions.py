"""Browser sessions: one row each, from signing in to signing out.

A session lasts while it is used, for at most two weeks between uses and three months in all.
"""

import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, Literal
from uuid import UUID

import sqlalchemy as sa

from modulon.core.data.tables import sessions, users
from modulon.sdk.errors import Conflict, NotFound
from modulon.sdk.identity import Connection, Principal, Session, SignedIn, User
from modulon.sdk.ids import new_id
from modulon.sdk.storage import Id, LargeBinary, Time, Write, change, name_key, now, rows

from . import cookies
from .errors import SessionEnded, SignInFailed, Suspended
from .events import SessionClosed, SessionReplayed, SessionStarted
from .parts import IDENTITY, Parts, acting
from .throttle import PAUSE
from .users import Account, Users

IDLE_LIFE: Final = timedelta(days=14)
WHOLE_LIFE: Final = timedelta(days=90)
SAME_SUCCESSOR: Final = timedelta(seconds=30)
"""For how long the same refresh token may come again: tabs that wake together, answers that got lost."""

_LONGEST_AGENT: Final = 200

_MINE: Final = sa.and_(sessions.c.user_id == sa.bindparam("of_user", type_=Id), sessions.c.ended_at.is_(None))
_ID: Final = sessions.c.id == sa.bindparam("session_id", type_=Id)
_WHY: Final = "the session is the principal's own"
_PROVEN: Final = "the caller holds the session's refresh token"


@dataclass(frozen=True, slots=True)
class _Standing:
    """A session as an exchange of its refresh token finds it."""

    token_hash: bytes
    parent_hash: bytes | None
    rotated_at: datetime
    created_at: datetime
    expires_at: datetime
    ended_at: datetime | None
    user_id: UUID
    email: str
    name: str
    admin: bool
    suspended: bool
    user_created_at: datetime
    epoch: int

    @property
    def user(self) -> User:
        return User(self.user_id, self.email, self.name, self.admin, self.suspended, self.user_created_at)

    def over(self, at: datetime) -> bool:
        """Whether nothing can be exchanged any more."""
        return self.ended_at is not None or self.expires_at <= at or self.suspended


_STANDING: Final = rows(
    _Standing,
    sa.select(
        sessions.c.token_hash,
        sessions.c.parent_hash,
        sessions.c.rotated_at,
        sessions.c.created_at,
        sessions.c.expires_at,
        sessions.c.ended_at,
        users.c.id,
        users.c.email,
        users.c.name,
        users.c.admin,
        users.c.suspended,
        users.c.created_at,
        users.c.epoch,
    )
    .join_from(sessions, users, users.c.id == sessions.c.user_id)
    .where(_ID),
    unguarded=_PROVEN,
)
_LIST: Final = rows(
    Session,
    sa.select(sessions.c.id, sessions.c.user_id, sessions.c.user_agent, sessions.c.created_at, sessions.c.last_used_at)
    .where(_MINE, sessions.c.expires_at > sa.bindparam("at", type_=Time))
    .order_by(sessions.c.created_at.desc(), sessions.c.id.desc())
    .limit(200),
    unguarded=_WHY,
)
_ADD: Final = change(sa.insert(sessions), unguarded="a session of the person who has just signed in")
_ROTATE: Final = change(
    sa.update(sessions)
    .where(_ID, sessions.c.token_hash == sa.bindparam("parent", type_=LargeBinary), sessions.c.ended_at.is_(None))
    .values(
        token_hash=sa.bindparam("successor", type_=LargeBinary),
        parent_hash=sa.bindparam("parent", type_=LargeBinary),
        rotated_at=sa.bindparam("at", type_=Time),
        last_used_at=sa.bindparam("at", type_=Time),
        expires_at=sa.bindparam("until", type_=Time),
    ),
    unguarded=_PROVEN,
)
_END: Final = change(
    sa.update(sessions).where(_ID, _MINE).values(ended_at=sa.bindparam("at", type_=Time)), unguarded=_WHY
)


class _Overtaken(Conflict):
    """Another request exchanged the same token in between."""


class Sessions:
    """Signing in, exchanging tokens, signing out."""

    def __init__(self, parts: Parts, people: Users) -> None:
        self._parts = parts
        self._users = people

    async def sign_in(self, *, email: str, password: str, connection: Connection) -> SignedIn:
        """Check the password and open a session; unknown accounts cost the same and get the same answer."""
        cookies.require_safe(connection)
        key = name_key(email)
        left = self._parts.throttle.begin(key, connection.address)
        account = await self._users.by_email(email)
        stored = account.password_hash if account else None
        if not await self._parts.passwords.matches(stored, password) or account is None:
            raise SignInFailed(params={"tries": left, "minutes": int(PAUSE // 60)})
        self._parts.throttle.succeeded(key, connection.address)
        if account.suspended:
            raise Suspended
        renewed = None
        if self._parts.passwords.outdated(account.password_hash):
            renewed = await self._parts.passwords.hash(password)
        async with self._parts.engine.bind(acting(account.id, account.workspace)).write() as tx:
            signed_in = self.open(tx, account, connection)
            if renewed is not None:
                self._users.set_hash(tx, account, renewed)
        return signed_in

    def open(self, tx: Write, account: Account, connection: Connection) -> SignedIn:
        """Add a new session of *account* to the unit."""
        session, at = new_id(), now()
        token = self._parts.refresh.first(session)
        row: dict[str, Any] = {
            "id": session,
            "user_id": account.id,
            "family": session,
            "token_hash": self._parts.refresh.hash(token),
            "parent_hash": None,
            "rotated_at": at,
            "user_agent": connection.user_agent[:_LONGEST_AGENT],
            "created_at": at,
            "last_used_at": at,
            "expires_at": _until(at, at),
            "ended_at": None,
        }
        tx.run(_ADD, row)
        tx.emit(SessionStarted(user_id=account.id, session_id=session), key=str(account.id))
        access = self._parts.access.issue(account.id, session, account.epoch, at)
        return SignedIn(account.user, cookies.issued(connection, access, token, IDLE_LIFE))

    async def refresh(self, *, cookie_header: str, connection: Connection) -> SignedIn:
        """Exchange the refresh token for its successor. Raises `SessionEnded`."""
        cookies.require_safe(connection)
        token = cookies.read(cookie_header, cookies.REFRESH, encrypted=connection.encrypted)
        session = self._parts.refresh.session_of(token)
        if session is None:
            raise SessionEnded
        try:
            return await self._exchange(session, token, connection)
        except _Overtaken:
            return await self._exchange(session, token, connection)

    async def list(self, owner: UUID) -> list[Session]:
        """The owner's open sessions, newest first."""
        async with self._parts.engine.bind(IDENTITY).read() as db:
            return await db.all(_LIST, {"of_user": owner, "at": now()})

    async def end(self, actor: Principal, owner: UUID, session: UUID) -> None:
        """End one of the owner's sessions; `NotFound` for any other."""
        async with self._parts.engine.bind(actor).write() as tx:
            tx.run(_END, {"session_id": session, "of_user": owner, "at": now()}, expect=1, otherwise=NotFound())
            tx.emit(SessionClosed(user_id=owner, session_id=session), key=str(owner))

    async def _exchange(self, session: UUID, token: str, connection: Connection) -> SignedIn:
        at = now()
        async with self._parts.engine.bind(IDENTITY).read() as db:
            found = await db.first(_STANDING, {"session_id": session})
        if found is None or found.over(at):
            raise SessionEnded
        presented = self._parts.refresh.hash(token)
        match _standing_of(presented, found, at):
            case "current":
                await self._rotate(session, presented, token, found, at)
            case "replayed":
                await self._end_replayed(session, found)
                raise SessionEnded
            case "repeated":
                pass
        access = self._parts.access.issue(found.user_id, session, found.epoch, at)
        successor = self._parts.refresh.successor(token)
        life = min(IDLE_LIFE, found.created_at + WHOLE_LIFE - at)
        return SignedIn(found.user, cookies.issued(connection, access, successor, life))

    async def _rotate(self, session: UUID, parent: bytes, token: str, found: _Standing, at: datetime) -> None:
        values: Mapping[str, Any] = {
            "session_id": session,
            "parent": parent,
            "successor": self._parts.refresh.hash(self._parts.refresh.successor(token)),
            "at": at,
            "until": _until(at, found.created_at),
        }
        async with self._parts.engine.bind(IDENTITY).write() as tx:
            tx.run(_ROTATE, values, expect=1, otherwise=_Overtaken())

    async def _end_replayed(self, session: UUID, found: _Standing) -> None:
        async with self._parts.engine.bind(IDENTITY).write() as tx:
            tx.run(_END, {"session_id": session, "of_user": found.user_id, "at": now()})
            tx.emit(SessionReplayed(user_id=found.user_id, session_id=session), key=str(found.user_id))


def _standing_of(presented: bytes, found: _Standing, at: datetime) -> Literal["current", "repeated", "replayed"]:
    """Whether a token of the session is its current one, the one just exchanged, or an old one."""
    if hmac.compare_digest(presented, found.token_hash):
        return "current"
    parent = found.parent_hash or b""
    if hmac.compare_digest(presented, parent) and at - found.rotated_at <= SAME_SUCCESSOR:
        return "repeated"
    return "replayed"


def _until(at: datetime, created: datetime) -> datetime:
    return min(at + IDLE_LIFE, created + WHOLE_LIFE)
