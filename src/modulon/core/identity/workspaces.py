"""Workspaces and who is a member: whoever has a grant on one, directly, through a group, or as everyone."""

from typing import Final
from uuid import UUID

import sqlalchemy as sa

from modulon.core.data.tables import api_keys, grants, memberships, workspaces
from modulon.sdk.errors import Conflict
from modulon.sdk.identity import EVERYONE, SYSTEM_WORKSPACE, Principal, Role, Workspace
from modulon.sdk.ids import new_id
from modulon.sdk.storage import Id, Integer, Text, Time, change, name_key, now, rows

from .errors import (
    TooManyWorkspaces,
    WorkspaceManagerOnly,
    WorkspaceNameTaken,
    WorkspacePersonal,
    WorkspaceUnknown,
)
from .events import WorkspaceCreated, WorkspaceDeleted, WorkspaceRenamed
from .parts import IDENTITY, Parts
from .users import manager_grant

LIMIT: Final = 100
"""Workspaces one person may own."""

_USER: Final = sa.bindparam("member", type_=Id)
_ID: Final = sa.bindparam("workspace_id", type_=Id)
_WHY: Final = "the statement itself demands a grant of the member's"

_MEMBERS: Final = sa.or_(
    grants.c.subject_id == _USER,
    grants.c.subject_id == sa.literal(EVERYONE, Id),
    grants.c.subject_id.in_(sa.select(memberships.c.group_id).where(memberships.c.user_id == _USER)),
)
_SEEN: Final = (
    sa.select(
        workspaces.c.id,
        workspaces.c.name,
        workspaces.c.personal,
        sa.func.max(grants.c.role),
        workspaces.c.created_at,
        workspaces.c.updated_at,
    )
    .join_from(workspaces, grants, grants.c.resource_id == workspaces.c.id)
    .where(_MEMBERS)
    .group_by(
        workspaces.c.id, workspaces.c.name, workspaces.c.personal, workspaces.c.created_at, workspaces.c.updated_at,
        workspaces.c.name_key,
    )
)  # fmt: skip
_LIST: Final = rows(
    Workspace,
    _SEEN.where(workspaces.c.id != sa.literal(SYSTEM_WORKSPACE, Id)).order_by(
        workspaces.c.personal.desc(), workspaces.c.name_key, workspaces.c.id
    ),
    unguarded=_WHY,
)
_ONE: Final = rows(Workspace, _SEEN.where(workspaces.c.id == _ID), unguarded=_WHY)
_OWNED: Final = rows(
    int,
    sa.select(sa.func.count()).select_from(workspaces).where(workspaces.c.owner_id == _USER),
    unguarded="counts what the principal owns",
)
_MANAGED: Final = sa.exists().where(
    grants.c.resource_id == workspaces.c.id, grants.c.role >= sa.literal(int(Role.manager), Integer), _MEMBERS
)
_ADD: Final = change(sa.insert(workspaces), unguarded="a new workspace belongs to who makes it")
_GRANT: Final = change(sa.insert(grants), unguarded="its maker manages a new workspace")
_RENAME: Final = change(
    sa.update(workspaces)
    .where(workspaces.c.id == _ID, _MANAGED)
    .values(
        name=sa.bindparam("new_name", type_=Text),
        name_key=sa.bindparam("new_key", type_=Text),
        updated_at=sa.bindparam("at", type_=Time),
    ),
    unguarded=_WHY,
)
_DELETE: Final = change(
    sa.delete(workspaces).where(workspaces.c.id == _ID, workspaces.c.personal.is_(False), _MANAGED), unguarded=_WHY
)
_DELETE_GRANTS: Final = change(
    sa.delete(grants).where(grants.c.resource_id == _ID), unguarded="the workspace was deleted in the same unit"
)
_REVOKE_KEYS: Final = change(
    sa.update(api_keys)
    .where(api_keys.c.workspace_id == _ID, api_keys.c.revoked_at.is_(None))
    .values(revoked_at=sa.bindparam("at", type_=Time)),
    unguarded="the workspace was deleted in the same unit",
)


class Workspaces:
    """Listing, making, renaming and deleting workspaces; and the role someone has in one."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    async def list(self, member: UUID) -> list[Workspace]:
        """The workspaces *member* sees, the personal one first, then by name; without the built-in one."""
        async with self._parts.engine.bind(IDENTITY).read() as db:
            return [_with_role(found) for found in await db.all(_LIST, {"member": member})]

    async def one(self, member: UUID, workspace_id: UUID) -> Workspace:
        """A workspace as *member* sees it; raises `WorkspaceUnknown`."""
        async with self._parts.engine.bind(IDENTITY).read() as db:
            found = await db.first(_ONE, {"member": member, "workspace_id": workspace_id})
        if found is None or (workspace_id == SYSTEM_WORKSPACE and found.role < Role.manager):
            # Everyone sees what lies in the built-in workspace; only administrators work in it.
            raise WorkspaceUnknown
        return _with_role(found)

    async def create(self, actor: Principal, owner: UUID, name: str) -> Workspace:
        """Create a workspace that *owner* manages. Raises `WorkspaceNameTaken`, `TooManyWorkspaces`."""
        db = self._parts.engine.bind(actor)
        async with db.read() as read:
            if await read.one(_OWNED, {"member": owner}) >= LIMIT:
                raise TooManyWorkspaces(params={"limit": LIMIT})
        at = now()
        made = Workspace(new_id(), name, False, Role.manager, at, at)
        values = {"id": made.id, "name": name, "name_key": name_key(name), "personal": False, "owner_id": owner}
        async with db.write() as tx:
            tx.run(
                _ADD,
                {**values, "created_at": at, "updated_at": at},
                expect=1,
                otherwise=WorkspaceNameTaken(at="/name"),
            )
            tx.run(_GRANT, manager_grant(made.id, owner, at))
            tx.emit(WorkspaceCreated(workspace_id=made.id, owner_id=owner), key=str(made.id))
        return made

    async def rename(self, actor: Principal, member: UUID, workspace_id: UUID, name: str) -> Workspace:
        """Rename. Raises `WorkspaceUnknown`, `WorkspaceManagerOnly`, `WorkspaceNameTaken`."""
        found = await self._managed(member, workspace_id)
        at = now()
        values = {"new_name": name, "new_key": name_key(name), "at": at}
        try:
            async with self._parts.engine.bind(actor).write() as tx:
                tx.run(_RENAME, {"workspace_id": workspace_id, "member": member, **values}, expect=1)
                tx.emit(WorkspaceRenamed(workspace_id=workspace_id), key=str(workspace_id))
        except Conflict as error:
            raise WorkspaceNameTaken(at="/name") from error
        return Workspace(found.id, name, found.personal, found.role, found.created_at, at)

    async def delete(self, actor: Principal, member: UUID, workspace_id: UUID) -> None:
        """Delete the workspace, its grants and its keys; modules delete their rows when they hear of it."""
        found = await self._managed(member, workspace_id)
        if found.personal:
            raise WorkspacePersonal
        async with self._parts.engine.bind(actor).write() as tx:
            of_it = {"workspace_id": workspace_id}
            tx.run(_DELETE, {**of_it, "member": member}, expect=1, otherwise=WorkspaceUnknown())
            tx.run(_DELETE_GRANTS, of_it)
            tx.run(_REVOKE_KEYS, {**of_it, "at": now()})
            tx.emit(WorkspaceDeleted(workspace_id=workspace_id), key=str(workspace_id))

    async def _managed(self, member: UUID, workspace_id: UUID) -> Workspace:
        found = await self.one(member, workspace_id)
        if found.role < Role.manager or workspace_id == SYSTEM_WORKSPACE:
            raise WorkspaceManagerOnly
        return found


def _with_role(found: Workspace) -> Workspace:
    return Workspace(found.id, found.name, found.personal, Role(found.role), found.created_at, found.updated_at)
