"""Workspaces: whose they are, who may do what, and what goes with them."""

import asyncio
from uuid import UUID

import pytest
import sqlalchemy as sa

from modulon.core.data.tables import grants, groups, memberships
from modulon.core.identity import workspaces
from modulon.core.identity.errors import (
    KeyRefused,
    OwnerSuspended,
    TooManyWorkspaces,
    WorkspaceManagerOnly,
    WorkspaceNameTaken,
    WorkspacePersonal,
    WorkspaceUnknown,
)
from modulon.core.identity.parts import IDENTITY
from modulon.core.identity.service import IdentityService
from modulon.sdk.errors import Unauthenticated
from modulon.sdk.identity import ANONYMOUS, EVERYONE, SYSTEM_WORKSPACE, Principal, Role
from modulon.sdk.ids import new_id
from modulon.sdk.storage import change, now

from .conftest import Server

GRANT = change(sa.insert(grants), unguarded="a test shares a workspace")
ADD_GROUP = change(sa.insert(groups), unguarded="a test makes a group")
JOIN = change(sa.insert(memberships), unguarded="a test joins a group")


async def share(server: Server, workspace: UUID, subject: UUID, role: Role) -> None:
    async with server.engine.bind(IDENTITY).write() as tx:
        tx.run(
            GRANT,
            {
                "id": new_id(),
                "resource_type": "workspace",
                "resource_id": workspace,
                "subject_id": subject,
                "role": int(role),
                "created_at": now(),
            },
        )
    server.authority.credentials.forget_workspaces()


async def user_of(server: Server, service: IdentityService) -> UUID:
    user = service._principal.user
    assert user is not None
    return user


async def test_a_new_workspace_is_managed_by_who_made_it(server: Server) -> None:
    member = await server.member()
    made = await member.create_workspace(name="Research")
    assert (made.role, made.personal) == (Role.manager, False)
    assert await member.workspace(made.id) == made
    await member.create_workspace(name="archive")
    assert [space.name for space in await member.workspaces()] == ["Personal", "archive", "Research"]


async def test_names_are_unique_among_ones_own_however_spelled(server: Server) -> None:
    member, other = await server.member(), await server.member("other@example.org")
    first = await member.create_workspace(name="Research")
    await other.create_workspace(name="Research")
    with pytest.raises(WorkspaceNameTaken) as caught:
        await member.create_workspace(name=" RESEARCH ")
    assert "/name" in caught.value.fields
    second = await member.create_workspace(name="Second")
    with pytest.raises(WorkspaceNameTaken):
        await member.rename_workspace(second.id, name="research")
    assert (await member.rename_workspace(first.id, name="RESEARCH")).name == "RESEARCH"


async def test_of_parallel_workspaces_with_one_name_one_is_made(server: Server) -> None:
    member = await server.member()
    outcomes = await asyncio.gather(*(member.create_workspace(name="R") for _ in range(8)), return_exceptions=True)
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["Workspace"] + ["WorkspaceNameTaken"] * 7


async def test_a_foreign_workspace_and_an_absent_one_are_the_same(server: Server) -> None:
    member, other = await server.member(), await server.member("other@example.org")
    foreign = await member.create_workspace(name="Secret")
    for workspace in (foreign.id, new_id(), (await member.workspaces())[0].id):
        for attempt in (
            other.workspace(workspace),
            other.rename_workspace(workspace, name="Mine"),
            other.delete_workspace(workspace),
        ):
            with pytest.raises(WorkspaceUnknown):
                await attempt
    assert await member.workspace(foreign.id) == foreign


async def test_a_viewer_and_an_editor_see_it_but_change_nothing(server: Server) -> None:
    member, other = await server.member(), await server.member("other@example.org")
    shared = await member.create_workspace(name="Shared")
    await share(server, shared.id, await user_of(server, other), Role.editor)
    assert (await other.workspace(shared.id)).role == Role.editor
    assert shared.id in [space.id for space in await other.workspaces()]
    for attempt in (other.rename_workspace(shared.id, name="Mine"), other.delete_workspace(shared.id)):
        with pytest.raises(WorkspaceManagerOnly):
            await attempt


async def test_a_group_shares_and_the_highest_role_counts(server: Server) -> None:
    member, other = await server.member(), await server.member("other@example.org")
    shared = await member.create_workspace(name="Shared")
    group = new_id()
    async with server.engine.bind(IDENTITY).write() as tx:
        tx.run(ADD_GROUP, {"id": group, "name": "G", "name_key": "g", "created_at": now(), "updated_at": now()})
        tx.run(JOIN, {"group_id": group, "user_id": await user_of(server, other)})
    await share(server, shared.id, EVERYONE, Role.viewer)
    await share(server, shared.id, group, Role.manager)
    assert (await other.workspace(shared.id)).role == Role.manager
    assert (await other.rename_workspace(shared.id, name="Ours")).role == Role.manager
    third = await server.member("third@example.org")
    assert (await third.workspace(shared.id)).role == Role.viewer


async def test_the_personal_workspace_is_renamed_but_stays(server: Server) -> None:
    member = await server.member()
    personal = (await member.workspaces())[0]
    assert (await member.rename_workspace(personal.id, name="Mine")).personal
    with pytest.raises(WorkspacePersonal):
        await member.delete_workspace(personal.id)


async def test_the_built_in_workspace_stays_as_it_is(server: Server) -> None:
    admin = await server.member(admin=True)
    for attempt in (
        admin.rename_workspace(SYSTEM_WORKSPACE, name="Mine"),
        admin.delete_workspace(SYSTEM_WORKSPACE),
    ):
        with pytest.raises(WorkspaceManagerOnly):
            await attempt


async def test_with_a_workspace_go_its_keys_and_the_choice_of_it(server: Server) -> None:
    member = await server.member()
    made = await member.create_workspace(name="Research")
    inside = await server.authority.credentials.in_workspace(member._principal, made.id)
    assert inside.workspace == made.id
    _, text = await server.authority.bound(inside).create_key(name="k", scopes=["read"])
    assert (await server.authority.credentials.by_key(text)).workspace == made.id
    await member.delete_workspace(made.id)
    with pytest.raises(KeyRefused):
        await server.authority.credentials.by_key(text)
    with pytest.raises(WorkspaceUnknown):
        await server.authority.credentials.in_workspace(member._principal, made.id)
    with pytest.raises(WorkspaceUnknown):
        await member.delete_workspace(made.id)


async def test_workspaces_are_chosen_among_ones_own(server: Server) -> None:
    choose = server.authority.credentials.in_workspace
    member, other = await server.member(), await server.member("other@example.org")
    admin = await server.member("a@example.org", admin=True)
    own = (await member.workspaces())[0].id
    assert (await choose(member._principal, own)) is member._principal
    assert (await choose(admin._principal, SYSTEM_WORKSPACE)).workspace == SYSTEM_WORKSPACE
    for principal, workspace in (
        (other._principal, own),
        (member._principal, SYSTEM_WORKSPACE),
        (member._principal, new_id()),
        (ANONYMOUS, own),
    ):
        with pytest.raises(WorkspaceUnknown):
            await choose(principal, workspace)


async def test_work_on_behalf_of_someone_has_the_rights_of_now(server: Server) -> None:
    member = await server.member()
    user, made = await user_of(server, member), await member.create_workspace(name="Research")
    principal = await server.authority.principal_of(user, made.id)
    assert (principal.user, principal.workspace, principal.admin) == (user, made.id, False)
    for someone, workspace in ((user, new_id()), (new_id(), made.id)):
        with pytest.raises(OwnerSuspended):
            await server.authority.principal_of(someone, workspace)
    await server.authority.suspend(user)
    with pytest.raises(OwnerSuspended):
        await server.authority.principal_of(user, made.id)


async def test_a_person_owns_a_limited_number(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workspaces, "LIMIT", 2)
    member = await server.member()
    await member.create_workspace(name="Second")
    with pytest.raises(TooManyWorkspaces):
        await member.create_workspace(name="Third")


async def test_nobody_and_the_system_are_members_of_nothing(server: Server) -> None:
    for principal in (ANONYMOUS, Principal("module", name="notes")):
        with pytest.raises(Unauthenticated):
            await server.authority.bound(principal).workspaces()
