"""Accounts: a user, the personal workspace and the grants that belong to them, made in one transaction."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa

from modulon.core.data.tables import grants, users, workspaces
from modulon.sdk.errors import Problem
from modulon.sdk.identity import SYSTEM_WORKSPACE, Principal, Role, User
from modulon.sdk.ids import new_id
from modulon.sdk.storage import Boolean, Id, Integer, Statement, Text, Time, Write, change, name_key, now, rows

from .errors import EmailTaken
from .events import UserCreated
from .parts import IDENTITY, Parts

PERSONAL_NAME: Final = "Personal"

_USER: Final = (users.c.id, users.c.email, users.c.name, users.c.admin, users.c.suspended, users.c.created_at)


@dataclass(frozen=True, slots=True)
class Account:
    """A user with what signing in needs."""

    id: UUID
    email: str
    name: str
    admin: bool
    suspended: bool
    created_at: datetime
    password_hash: str
    epoch: int
    workspace: UUID

    @property
    def user(self) -> User:
        """The part that may be shown."""
        return User(self.id, self.email, self.name, self.admin, self.suspended, self.created_at)

    def at_epoch(self, epoch: int) -> "Account":
        """The account once *epoch* has begun."""
        return replace(self, epoch=epoch)


_ACCOUNTS: Final = sa.select(*_USER, users.c.password_hash, users.c.epoch, workspaces.c.id).join_from(
    users, workspaces, sa.and_(workspaces.c.owner_id == users.c.id, workspaces.c.personal.is_(True))
)
_BY_EMAIL: Final = rows(
    Account,
    _ACCOUNTS.where(users.c.email_key == sa.bindparam("email_key", type_=Text)),
    unguarded="finds the account whose password is then checked",
)
_ACCOUNT: Final = rows(
    Account,
    _ACCOUNTS.where(users.c.id == sa.bindparam("user_id", type_=Id)),
    unguarded="whoever asks was checked by the service",
)
_ONE: Final = rows(
    User,
    sa.select(*_USER).where(users.c.id == sa.bindparam("user_id", type_=Id)),
    unguarded="the service shows people themselves, and everyone to administrators",
)

_COLUMNS: Final[dict[str, Any]] = {
    "id": Id,
    "email": Text,
    "email_key": Text,
    "name": Text,
    "name_key": Text,
    "password_hash": Text,
    "admin": Boolean,
    "suspended": Boolean,
    "epoch": Integer,
    "created_at": Time,
    "updated_at": Time,
}
ADD: Final = change(sa.insert(users), unguarded="accounts are made by administrators, the command line and set-up")
ADD_FIRST: Final = change(
    sa.insert(users).from_select(
        list(_COLUMNS),
        sa.select(*(sa.bindparam(name, type_=kind) for name, kind in _COLUMNS.items())).where(
            ~sa.exists(sa.select(users.c.id).where(users.c.admin.is_(True)))
        ),
    ),
    unguarded="the first administrator, only while there is none",
)
_ADD_WORKSPACE: Final = change(sa.insert(workspaces), unguarded="a new account's own workspace")
_GRANT: Final = change(sa.insert(grants), unguarded="a new account's rights on its own workspace")
_SET_PASSWORD: Final = change(
    sa.update(users)
    .where(users.c.id == sa.bindparam("user_id", type_=Id))
    .values(password_hash=sa.bindparam("new_hash", type_=Text), updated_at=sa.bindparam("at", type_=Time)),
    unguarded="someone who has just proved to know the password",
)


class Users:
    """Accounts by id and email; making, suspending and restoring them."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    async def by_email(self, email: str) -> Account | None:
        """The account with this address, however it is spelled."""
        async with self._parts.engine.bind(IDENTITY).read() as db:
            return await db.first(_BY_EMAIL, {"email_key": name_key(email)})

    async def account(self, user_id: UUID) -> Account:
        """The account; `NotFound` if there is none."""
        async with self._parts.engine.bind(IDENTITY).read() as db:
            return await db.one(_ACCOUNT, {"user_id": user_id})

    async def one(self, user_id: UUID) -> User:
        """The user; `NotFound` if there is none."""
        async with self._parts.engine.bind(IDENTITY).read() as db:
            return await db.one(_ONE, {"user_id": user_id})

    async def create(self, actor: Principal, *, email: str, name: str, password: str, admin: bool) -> User:
        """Create an account. Raises `EmailTaken`."""
        account = new_account(email, name, await self._parts.passwords.hash(password), admin=admin)
        async with self._parts.engine.bind(actor).write() as tx:
            add(tx, account, ADD, EmailTaken())
        return account.user

    def set_hash(self, tx: Write, account: Account, password_hash: str) -> None:
        """Replace the stored hash of the same password."""
        tx.run(_SET_PASSWORD, {"user_id": account.id, "new_hash": password_hash, "at": now()}, expect=1)


def new_account(email: str, name: str, password_hash: str, *, admin: bool) -> Account:
    """An account that does not exist yet."""
    return Account(new_id(), email.strip(), name.strip(), admin, False, now(), password_hash, 1, new_id())


def add(tx: Write, account: Account, how: Statement[None], otherwise: Problem) -> None:
    """Add *account*, its workspace and its rights to the unit; *otherwise* is raised if the user's row is refused."""
    at = account.created_at
    tx.run(how, _row(account), expect=1, otherwise=otherwise)
    tx.run(
        _ADD_WORKSPACE,
        {
            "id": account.workspace,
            "name": PERSONAL_NAME,
            "name_key": name_key(PERSONAL_NAME),
            "personal": True,
            "owner_id": account.id,
            "created_at": at,
            "updated_at": at,
        },
    )
    tx.run(_GRANT, manager_grant(account.workspace, account.id, at))
    if account.admin:
        tx.run(_GRANT, manager_grant(SYSTEM_WORKSPACE, account.id, at))
    tx.emit(UserCreated(user_id=account.id, workspace_id=account.workspace, admin=account.admin), key=str(account.id))


def manager_grant(workspace: UUID, user: UUID, at: datetime) -> dict[str, Any]:
    """The row that makes *user* a manager of *workspace*."""
    return {
        "id": new_id(),
        "resource_type": "workspace",
        "resource_id": workspace,
        "subject_id": user,
        "role": int(Role.manager),
        "created_at": at,
    }


def _row(account: Account) -> dict[str, Any]:
    return {
        "id": account.id,
        "email": account.email,
        "email_key": name_key(account.email),
        "name": account.name,
        "name_key": name_key(account.name),
        "password_hash": account.password_hash,
        "admin": account.admin,
        "suspended": False,
        "epoch": account.epoch,
        "created_at": account.created_at,
        "updated_at": account.created_at,
    }
