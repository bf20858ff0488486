"""Accounts: made in one piece, found by address, shown to those who may see them."""

import asyncio

import pytest
import sqlalchemy as sa

from modulon.core.data.tables import events, grants, users, workspaces
from modulon.core.identity.errors import AdminOnly, EmailTaken
from modulon.core.identity.parts import IDENTITY
from modulon.sdk.errors import NotFound
from modulon.sdk.identity import SYSTEM_WORKSPACE, User
from modulon.sdk.ids import new_id
from modulon.sdk.storage import rows

from .conftest import PASSWORD, Server

COUNTS = {
    table.name: rows(int, sa.select(sa.func.count()).select_from(table), unguarded="a test counts")
    for table in (users, workspaces, grants, events)
}


async def counted(server: Server) -> dict[str, int]:
    async with server.engine.bind(IDENTITY).read() as db:
        return {name: await db.one(statement) for name, statement in COUNTS.items()}


async def test_an_account_comes_with_a_personal_workspace(server: Server) -> None:
    member = await server.member()
    assert [(space.name, space.personal) for space in await member.workspaces()] == [("Personal", True)]


async def test_an_address_is_taken_once_and_nothing_is_left_behind(server: Server) -> None:
    await server.user("ada@example.org")
    before = await counted(server)
    with pytest.raises(EmailTaken):
        await server.user("ADA@example.org")
    assert await counted(server) == before


async def test_of_parallel_accounts_with_one_address_one_is_made(server: Server) -> None:
    outcomes = await asyncio.gather(*(server.user("ada@example.org") for _ in range(8)), return_exceptions=True)
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["EmailTaken"] * 7 + ["User"]


async def test_accounts_are_made_by_administrators_and_the_command_line(server: Server) -> None:
    admin, member = await server.member("a@example.org", admin=True), await server.member("m@example.org")
    made = await admin.create_user(email="new@example.org", name="New", password=PASSWORD)
    assert isinstance(made, User)
    for service in (member, server.anonymous):
        with pytest.raises(AdminOnly):
            await service.create_user(email="x@example.org", name="X", password=PASSWORD, admin=True)


async def test_people_see_themselves_and_administrators_see_everyone(server: Server) -> None:
    admin, member = await server.member("a@example.org", admin=True), await server.member("m@example.org")
    me = await server.system.user_by_email(" M@example.org")
    assert await member.user(me.id) == me
    assert await admin.user(me.id) == me
    other = await server.user("other@example.org")
    for service, user_id in ((member, other.id), (member, new_id()), (admin, new_id())):
        with pytest.raises(NotFound):
            await service.user(user_id)


async def test_looking_up_addresses_is_for_administrators(server: Server) -> None:
    member = await server.member()
    with pytest.raises(AdminOnly):
        await member.user_by_email("user@example.org")
    with pytest.raises(NotFound):
        await server.system.user_by_email("nobody@example.org")


async def test_no_password_and_no_credential_stands_in_the_log(server: Server) -> None:
    member = await server.member()
    _, key = await member.create_key(name="k", scopes=["read"])
    payloads = rows(str, sa.select(sa.cast(events.c.payload, sa.Text)), unguarded="a test looks")
    async with server.engine.bind(IDENTITY).read() as db:
        text = "\n".join(await db.all(payloads))
    assert text
    assert PASSWORD not in text
    assert key not in text


async def test_an_administrator_manages_the_built_in_workspace(server: Server) -> None:
    admin, member = await server.member("a@example.org", admin=True), await server.member("m@example.org")
    assert (await admin.workspace(SYSTEM_WORKSPACE)).name == "System"
    with pytest.raises(NotFound):
        await member.workspace(SYSTEM_WORKSPACE)
    assert [space.name for space in await admin.workspaces()] == ["Personal"]
