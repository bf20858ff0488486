"""What people change about their own account, and what a link lets them do: passwords, addresses, the first sign-in."""

from typing import Final
from uuid import UUID

import sqlalchemy as sa

from modulon.core.data.tables import users
from modulon.sdk.errors import Stale
from modulon.sdk.identity import Connection, Principal, SignedIn, User
from modulon.sdk.storage import Id, Integer, Text, Time, change, name_key, now

from . import cookies
from .errors import EmailTaken, PasswordWrong
from .events import PasswordChanged
from .links import Links, revoke_of, take
from .parts import Parts, acting
from .people import end_sessions
from .sessions import Sessions
from .throttle import PAUSE
from .users import ADD, Account, Users, add, new_account

_USER: Final = users.c.id == sa.bindparam("user_id", type_=Id)
_AT: Final = sa.bindparam("at", type_=Time)
_WHY: Final = "the principal's own account, or the one a link was made for"

_SET_PASSWORD: Final = change(
    sa.update(users)
    .where(_USER, users.c.epoch == sa.bindparam("seen", type_=Integer))
    .values(password_hash=sa.bindparam("new_hash", type_=Text), epoch=users.c.epoch + 1, updated_at=_AT),
    unguarded=_WHY,
)
_SET_NAME: Final = change(
    sa.update(users)
    .where(_USER)
    .values(
        name=sa.bindparam("new_name", type_=Text),
        name_key=sa.bindparam("new_key", type_=Text),
        updated_at=_AT,
    ),
    unguarded=_WHY,
)
_SET_EMAIL: Final = change(
    sa.update(users)
    .where(_USER)
    .values(
        email=sa.bindparam("new_email", type_=Text),
        email_key=sa.bindparam("new_key", type_=Text),
        updated_at=_AT,
    ),
    unguarded=_WHY,
)


class Own:
    """Changes that prove themselves: by the present password, or by a link."""

    def __init__(self, parts: Parts, people: Users, sessions: Sessions, links: Links) -> None:
        self._parts = parts
        self._users = people
        self._sessions = sessions
        self._links = links

    async def accept(self, *, token: str, name: str, password: str, connection: Connection) -> SignedIn:
        """Make the account an invitation is for, and sign in."""
        cookies.require_safe(connection)
        link = await self._links.find("invitation", token)
        if await self._users.by_email(link.email) is not None:
            raise EmailTaken
        account = new_account(link.email, name, await self._parts.passwords.hash(password), admin=link.admin)
        async with self._parts.engine.bind(acting(account.id, account.workspace)).write() as tx:
            take(tx, "invitation", token)
            add(tx, account, ADD, EmailTaken())
            return self._sessions.open(tx, account, connection)

    async def reset(self, *, token: str, password: str, connection: Connection) -> UUID:
        """Set the password of whoever the link is for; no session is left. Returns whose it was."""
        cookies.require_safe(connection)
        link = await self._links.find("reset", token)
        assert link.user_id is not None  # noqa: S101 - every link of this kind has one
        account = await self._users.account(link.user_id)
        await self._replace(acting(account.id, account.workspace), account, password, token=token)
        return account.id

    async def set_password(self, actor: Principal, user_id: UUID, password: str) -> None:
        """Set it without being asked for anything: for the command line."""
        await self._replace(actor, await self._users.account(user_id), password)

    async def change_password(
        self, actor: Principal, user_id: UUID, *, current: str, password: str, connection: Connection
    ) -> SignedIn:
        """Set another one; every session ends, and this browser gets a new one."""
        cookies.require_safe(connection)
        account = await self.prove(user_id, current, connection)
        new_hash = await self._parts.passwords.hash(password)
        async with self._parts.engine.bind(actor).write() as tx:
            values = {"user_id": user_id, "seen": account.epoch, "new_hash": new_hash, "at": now()}
            tx.run(_SET_PASSWORD, values, expect=1, otherwise=Stale())
            end_sessions(tx, user_id)
            revoke_of(tx, "reset", user_id)
            tx.emit(PasswordChanged(user_id=user_id), key=str(user_id))
            # Its access token carries the epoch that this very unit begins.
            return self._sessions.open(tx, account.at_epoch(account.epoch + 1), connection)

    async def change(
        self,
        actor: Principal,
        user_id: UUID,
        *,
        name: str | None,
        email: str | None,
        current: str,
        connection: Connection,
    ) -> User:
        """Change the name, or, with the present password, the address."""
        if email is not None and email != (await self._users.one(user_id)).email:
            await self.prove(user_id, current, connection)
        async with self._parts.engine.bind(actor).write() as tx:
            if name is not None:
                tx.run(_SET_NAME, {"user_id": user_id, "new_name": name, "new_key": name_key(name), "at": now()})
            if email is not None:
                values = {"user_id": user_id, "new_email": email, "new_key": name_key(email), "at": now()}
                tx.run(_SET_EMAIL, values, expect=1, otherwise=EmailTaken(at="/email"))
        return await self._users.one(user_id)

    async def prove(self, user_id: UUID, password: str, connection: Connection) -> Account:
        """The account, if *password* is its own; guesses are slowed down as at signing in."""
        account = await self._users.account(user_id)
        key = name_key(account.email)
        left = self._parts.throttle.begin(key, connection.address)
        if not await self._parts.passwords.matches(account.password_hash, password):
            params = {"tries": left, "minutes": int(PAUSE // 60)}
            raise PasswordWrong(params=params, at="/current")
        self._parts.throttle.succeeded(key, connection.address)
        return account

    async def _replace(self, actor: Principal, account: Account, password: str, *, token: str = "") -> None:
        new_hash = await self._parts.passwords.hash(password)
        async with self._parts.engine.bind(actor).write() as tx:
            if token:
                take(tx, "reset", token)
            values = {"user_id": account.id, "seen": account.epoch, "new_hash": new_hash, "at": now()}
            tx.run(_SET_PASSWORD, values, expect=1, otherwise=Stale())
            end_sessions(tx, account.id)
            revoke_of(tx, "reset", account.id)
            tx.emit(PasswordChanged(user_id=account.id), key=str(account.id))
