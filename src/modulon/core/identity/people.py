"""Everyone's accounts, as an administrator looks after them."""

from typing import Final
from uuid import UUID

import sqlalchemy as sa

from modulon.core.data.tables import api_keys, grants, one_time_links, sessions, settings, users, workspaces
from modulon.sdk.errors import NotFound
from modulon.sdk.identity import SYSTEM_WORKSPACE, Person, Principal, UserDeleted, UserSuspended, WorkspaceDeleted
from modulon.sdk.storage import Boolean, Id, Integer, Statement, Text, Time, Write, change, name_key, now, rows

from .errors import LastAdmin, Oneself
from .events import AdminChanged, SessionsEnded, UserRestored
from .links import LAST_ID, revoke_of
from .parts import IDENTITY, Parts
from .users import Users, manager_grant

_ADMIN: Final = "the service lets administrators and the command line alone reach it"
_USER: Final = users.c.id == sa.bindparam("user_id", type_=Id)
_OF_USER: Final = sa.bindparam("of_user", type_=Id)
_AT: Final = sa.bindparam("at", type_=Time)

_open: Final = sa.and_(sessions.c.user_id == users.c.id, sessions.c.ended_at.is_(None), sessions.c.expires_at > _AT)
_LIST: Final = rows(
    Person,
    sa.select(
        users.c.id,
        users.c.email,
        users.c.name,
        users.c.admin,
        users.c.suspended,
        users.c.created_at,
        sa.select(sa.func.max(sessions.c.last_used_at)).where(sessions.c.user_id == users.c.id).scalar_subquery(),
        sa.select(sa.func.count()).select_from(sessions).where(_open).scalar_subquery(),
    )
    .where(
        users.c.id < sa.bindparam("before", type_=Id),
        sa.or_(
            sa.bindparam("pattern", type_=Text) == "%",
            users.c.email_key.like(sa.bindparam("pattern", type_=Text), escape="\\"),
            users.c.name_key.like(sa.bindparam("pattern", type_=Text), escape="\\"),
        ),
    )
    .order_by(users.c.id.desc())
    .limit(sa.bindparam("limit", type_=Integer)),
    unguarded=_ADMIN,
)

_other: Final = users.alias("other")
_NOT_LAST: Final = sa.or_(
    users.c.admin.is_(False),
    sa.exists(
        sa.select(_other.c.id).where(_other.c.id != users.c.id, _other.c.admin.is_(True), _other.c.suspended.is_(False))
    ),
)
"""Somebody who can look after the server is always left."""
_IN_TURN: Final = change(
    sa.update(workspaces).where(workspaces.c.id == sa.literal(SYSTEM_WORKSPACE, Id)).values(updated_at=_AT),
    unguarded=_ADMIN,
)
"""Goes before `_NOT_LAST`: of two administrators who remove each other at once, the second sees what the first did."""

_SUSPEND: Final = change(
    sa.update(users)
    .where(_USER, _NOT_LAST)
    .values(suspended=sa.literal(True, Boolean), epoch=users.c.epoch + 1, updated_at=_AT),
    unguarded=_ADMIN,
)
_RESTORE: Final = change(
    sa.update(users).where(_USER).values(suspended=sa.literal(False, Boolean), epoch=users.c.epoch + 1, updated_at=_AT),
    unguarded=_ADMIN,
)
_PROMOTE: Final = change(
    sa.update(users)
    .where(_USER, users.c.admin.is_(False))
    .values(admin=sa.literal(True, Boolean), epoch=users.c.epoch + 1, updated_at=_AT),
    unguarded=_ADMIN,
)
_DEMOTE: Final = change(
    sa.update(users)
    .where(_USER, users.c.admin.is_(True), _NOT_LAST)
    .values(admin=sa.literal(False, Boolean), epoch=users.c.epoch + 1, updated_at=_AT),
    unguarded=_ADMIN,
)
_GRANT: Final = change(sa.insert(grants), unguarded=_ADMIN)
_UNGRANT: Final = change(
    sa.delete(grants).where(grants.c.resource_id == sa.literal(SYSTEM_WORKSPACE, Id), grants.c.subject_id == _OF_USER),
    unguarded=_ADMIN,
)
_END_SESSIONS: Final = change(
    sa.update(sessions).where(sessions.c.user_id == _OF_USER, sessions.c.ended_at.is_(None)).values(ended_at=_AT),
    unguarded=_ADMIN,
)
_END_OTHERS: Final = change(
    sa.update(sessions)
    .where(
        sessions.c.user_id == _OF_USER,
        sessions.c.ended_at.is_(None),
        sessions.c.id != sa.bindparam("but", type_=Id),
    )
    .values(ended_at=_AT),
    unguarded="the sessions are the principal's own",
)

_alone: Final = ~sa.exists(
    sa.select(grants.c.id).where(grants.c.resource_id == workspaces.c.id, grants.c.subject_id != workspaces.c.owner_id)
)
_OWN_SPACES: Final = rows(
    UUID, sa.select(workspaces.c.id).where(workspaces.c.owner_id == _OF_USER, _alone), unguarded=_ADMIN
)
_DELETE: Final = (
    change(sa.delete(workspaces).where(workspaces.c.owner_id == _OF_USER, _alone), unguarded=_ADMIN),
    change(sa.delete(grants).where(grants.c.subject_id == _OF_USER), unguarded=_ADMIN),
    change(sa.delete(settings).where(settings.c.scope == "user", settings.c.scope_id == _OF_USER), unguarded=_ADMIN),
    change(sa.delete(api_keys).where(api_keys.c.user_id == _OF_USER), unguarded=_ADMIN),
    change(sa.delete(sessions).where(sessions.c.user_id == _OF_USER), unguarded=_ADMIN),
    change(sa.delete(one_time_links).where(one_time_links.c.user_id == _OF_USER), unguarded=_ADMIN),
)
_DELETE_USER: Final = change(sa.delete(users).where(_USER, _NOT_LAST), unguarded=_ADMIN)


class PeopleAdmin:
    """Listing, promoting, suspending, restoring and deleting. *Oneself* is never touched by oneself."""

    def __init__(self, parts: Parts, people: Users) -> None:
        self._parts = parts
        self._users = people

    async def list(self, query: str, after: UUID | None, limit: int) -> list[Person]:
        """Newest first; *query* is part of a name or an address."""
        params = {
            "pattern": _pattern(name_key(query)),
            "before": after or LAST_ID,
            "limit": limit,
            "at": now(),
        }
        async with self._parts.engine.bind(IDENTITY).read() as db:
            return await db.all(_LIST, params)

    async def suspend(self, actor: Principal, user_id: UUID) -> None:
        """Suspend: a new epoch, and no session or reset link is left. Raises `Oneself`, `LastAdmin`."""
        await self._known(actor, user_id)
        async with self._parts.engine.bind(actor).write() as tx:
            tx.run(_IN_TURN, {"at": now()}, expect=1)
            tx.run(_SUSPEND, {"user_id": user_id, "at": now()}, expect=1, otherwise=LastAdmin())
            self._end(tx, user_id)
            tx.emit(UserSuspended(user_id=user_id), key=str(user_id))

    async def restore(self, actor: Principal, user_id: UUID) -> None:
        """End a suspension. Sessions stay ended; keys work again."""
        async with self._parts.engine.bind(actor).write() as tx:
            tx.run(_RESTORE, {"user_id": user_id, "at": now()}, expect=1, otherwise=NotFound())
            tx.emit(UserRestored(user_id=user_id), key=str(user_id))

    async def set_admin(self, actor: Principal, user_id: UUID, *, admin: bool) -> None:
        """Promote or demote; nothing happens if it is so already."""
        if (await self._known(actor, user_id)) is admin:
            return
        async with self._parts.engine.bind(actor).write() as tx:
            at = now()
            tx.run(_IN_TURN, {"at": at}, expect=1)
            how: Statement[None] = _PROMOTE if admin else _DEMOTE
            tx.run(how, {"user_id": user_id, "at": at}, expect=1, otherwise=LastAdmin())
            tx.run(_UNGRANT, {"of_user": user_id})
            if admin:
                tx.run(_GRANT, manager_grant(SYSTEM_WORKSPACE, user_id, at))
            tx.emit(AdminChanged(user_id=user_id, admin=admin), key=str(user_id))

    async def end_sessions(self, actor: Principal, user_id: UUID, *, but: UUID | None = None) -> None:
        """Sign someone out everywhere, *but* in one session."""
        await self._users.one(user_id)
        async with self._parts.engine.bind(actor).write() as tx:
            if but is None:
                self._end(tx, user_id)
            else:
                tx.run(_END_OTHERS, {"of_user": user_id, "but": but, "at": now()})
            tx.emit(SessionsEnded(user_id=user_id), key=str(user_id))

    async def delete(self, actor: Principal, user_id: UUID) -> None:
        """Delete the account and the workspaces nobody else is in; modules delete what they keep for the person."""
        await self._known(actor, user_id)
        async with self._parts.engine.bind(IDENTITY).read() as db:
            spaces = await db.all(_OWN_SPACES, {"of_user": user_id})
        async with self._parts.engine.bind(actor).write() as tx:
            tx.run(_IN_TURN, {"at": now()}, expect=1)
            for statement in _DELETE:
                tx.run(statement, {"of_user": user_id})
            tx.run(_DELETE_USER, {"user_id": user_id}, expect=1, otherwise=LastAdmin())
            tx.emit(UserDeleted(user_id=user_id), key=str(user_id))
            for space in spaces:
                tx.emit(WorkspaceDeleted(workspace_id=space), key=str(space))

    def _end(self, tx: Write, user_id: UUID) -> None:
        tx.run(_END_SESSIONS, {"of_user": user_id, "at": now()})
        revoke_of(tx, "reset", user_id)

    async def _known(self, actor: Principal, user_id: UUID) -> bool:
        """Whether the user is an administrator; raises `NotFound`, `Oneself`."""
        if actor.user == user_id:
            raise Oneself
        return (await self._users.one(user_id)).admin


def end_sessions(tx: Write, user_id: UUID) -> None:
    """End every session of *user_id* in the unit."""
    tx.run(_END_SESSIONS, {"of_user": user_id, "at": now()})


def _pattern(query: str) -> str:
    escaped = query.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"%{escaped}%" if escaped else "%"
